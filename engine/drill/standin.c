/* Standin: hosts with policies, and the loop that keeps them in step with the drill. */
#include "tocsin/standin.h"

#include <stdio.h>
#include <string.h>

#include "drill/action.h"
#include "drill/observation.h"
#include "drill/seat.h"
#include "drill/standin_state.h"
#include "kernel/assert.h"
#include "kernel/names.h"
#include "script/embedded.h"

enum { MOST_INPUTS = 100000, MOST_BYTES = 32 << 20, PATH_SIZE = 128 };

static const char standin_key = 0;
static const toc_place nowhere = {.file = NULL};

struct toc_standin *toc_standin_of(lua_State *lua) {
    struct toc_standin *standin = toc_host_get(lua, &standin_key);
    TOC_ASSERT(standin != NULL);
    return standin;
}

static void hand_on(toc_standins *standins, toc_problems *problems) {
    size_t *told = &standins->problems_told;
    for (; *told < toc_problems_kept(standins->problems); (*told)++) {
        toc_problem problem = toc_problems_at(standins->problems, *told);
        (void)toc_problems_error(problems, problem.place, "%s", problem.text);
    }
}

/* A policy of the library is found where the package has none of that name. */
static const char *find(void *object, const char *path, size_t *size) {
    const toc_standins *standins = object;
    char embedded[PATH_SIZE];
    toc_package_file file;
    if (toc_package_find(standins->package, path, &file)) {
        *size = file.size;
        return file.bytes;
    }
    (void)snprintf(embedded, sizeof embedded, "tocsin/%s", path);
    for (size_t i = 0; strcmp(path, standins->policy_path) == 0 && i < toc_embedded_lua_count;
         i++) {
        if (strcmp(toc_embedded_lua[i].path, embedded) == 0) {
            *size = toc_embedded_lua[i].size;
            return (const char *)toc_embedded_lua[i].bytes;
        }
    }
    return NULL;
}

static const char *shown(void *object, const char *path) {
    const toc_standins *standins = object;
    return toc_package_shown(standins->package, path);
}

static void failed(void *object, toc_problems *problems) {
    toc_standins *standins = object;
    (void)problems;
    standins->status = TOC_BAD_INPUT;
    toc_calendar_halt(standins->calendar);
}

struct toc_reader *toc_standin_reader(struct toc_standin *standin, uint64_t process) {
    uint32_t slot = (uint32_t)process;
    while (standin->readers.count <= slot) {
        (void)toc_list_add(&standin->readers, sizeof(struct toc_reader));
    }
    struct toc_reader *reader = TOC_LIST_AT(struct toc_reader, &standin->readers, slot);
    if (reader->process != process) {
        *reader = (struct toc_reader){.process = process, .read = standin->shown};
    }
    return reader;
}

toc_status toc_standin_give(struct toc_standin *standin, toc_input *input, toc_problems *problems) {
    toc_standins *all = standin->all;
    if (standin->inputs >= MOST_INPUTS) {
        return toc_problems_error(problems, nowhere, "%s has done more than %d things", input->seat,
                                  MOST_INPUTS);
    }
    standin->bytes += strlen(input->parameters);
    if (standin->bytes > MOST_BYTES) {
        return toc_problems_error(problems, nowhere, "%s has said more than %d MB", input->seat,
                                  MOST_BYTES >> 20);
    }
    toc_status status = toc_drill_submit(all->drill, input, problems, &input->at);
    if (status != TOC_OK) {
        return status;
    }
    standin->inputs++;
    if (all->sink != NULL) {
        status = all->sink(all->sink_object, input, all->problems);
        if (status != TOC_OK) {
            all->status = status;
            toc_calendar_halt(all->calendar);
        }
    }
    return TOC_OK;
}

/* -- Beginning ----------------------------------------------------------------------------------
 */

static bool stop(void *object) {
    toc_standins *standins = object;
    return toc_patience_is_over(&standins->patience, standins->drill->package,
                                toc_calendar_now(standins->calendar));
}

static toc_status start_seat(toc_standins *standins, uint32_t seat) {
    struct toc_standin *standin = &standins->seats[seat];
    char name[PATH_SIZE];
    standin->all = standins;
    standin->seat = seat;
    standin->inputs = toc_action_taken(standins->drill, seat);
    standin->shown = toc_observation_count(standins->drill, seat);
    (void)snprintf(name, sizeof name, "policy of %s", toc_seat_name(standins->drill, seat));
    toc_host_options options = {
        .chance = {standins->drill->options.seed, standins->drill->options.replication},
        .name = name,
        .find = find,
        .object = standins,
        .shown_path = shown,
        .stop = stop,
        .compiled = standins->compiled};
    standin->host = toc_host_create(&options, standins->problems);
    if (standin->host == NULL) {
        return TOC_SYSTEM_FAULT;
    }
    toc_host_set(standin->host, &standin_key, standin);
    toc_bind_seat_install(standin->host);
    standin->processes = toc_processes_create(standin->host, standins->calendar, standins->problems,
                                              failed, standins);
    toc_status status = toc_host_load(standin->host, standins->policy_path, standins->problems);
    if (status == TOC_OK && !toc_bind_seat_start(standin)) {
        toc_place place = {toc_package_shown(standins->package, standins->policy_path), 0, 0};
        status = toc_problems_error(standins->problems, place,
                                    "a policy must end with 'return p.policy { ... }'");
    }
    if (status == TOC_OK && standins->policy_options[0] != '\0' && !standin->has_options) {
        toc_place place = {toc_package_shown(standins->package, standins->policy_path), 0, 0};
        status = toc_problems_error(standins->problems, place,
                                    "this policy takes no options, it was asked for with '%.60s'; "
                                    "one that does calls p.options",
                                    standins->policy_options);
    }
    return status;
}

static bool is_embedded(const char *path) {
    for (size_t i = 0; i < toc_embedded_lua_count; i++) {
        if (strncmp(toc_embedded_lua[i].path, "tocsin/", 7) == 0 &&
            strcmp(toc_embedded_lua[i].path + 7, path) == 0) {
            return true;
        }
    }
    return false;
}

/* Every policy there is, by the name it is asked for. */
static toc_names *list_policies(const toc_package *package) {
    toc_names *names = toc_names_create();
    for (size_t i = 0; i < toc_embedded_lua_count; i++) {
        const char *path = toc_embedded_lua[i].path;
        if (strncmp(path, "tocsin/policies/", 16) == 0) {
            char name[PATH_SIZE];
            (void)snprintf(name, sizeof name, "%.*s", (int)strlen(path + 16) - 4, path + 16);
            (void)toc_names_add(names, name, NULL);
        }
    }
    for (size_t i = 0; i < toc_package_count(package); i++) {
        const char *path = toc_package_at(package, i).path;
        if (strncmp(path, "policies/", 9) == 0) {
            (void)toc_names_add(names, path, NULL);
        }
    }
    return names;
}

static toc_status tell_unknown(const toc_package *package, const char *policy,
                               toc_problems *problems) {
    toc_names *names = list_policies(package);
    const char *nearest = toc_names_nearest(names, policy);
    toc_status status =
        nearest != NULL
            ? toc_problems_error(problems, nowhere,
                                 "there is no policy '%.60s'; did you mean '%s'?", policy, nearest)
            : toc_problems_error(problems, nowhere,
                                 "there is no policy '%.60s'; there are 'none' and 'reference', "
                                 "and what the package has under policies/",
                                 policy);
    toc_names_destroy(names);
    return status;
}

/* Where the policy is; NULL where there is none. */
static const char *find_path(toc_arena *arena, const toc_package *package, const char *policy) {
    toc_package_file file;
    const char *path = toc_arena_format(arena, "policies/%s.lua", policy);
    if (toc_package_find(package, path, &file) || is_embedded(path)) {
        return path;
    }
    return toc_package_find(package, policy, &file) ? toc_arena_text(arena, policy) : NULL;
}

toc_status toc_standins_create_at(toc_drill *drill, const toc_package *package, const char *policy,
                                  const bool *seats, toc_standins_sink *sink, void *sink_object,
                                  toc_problems *problems, toc_standins **out_standins) {
    toc_arena *arena = toc_arena_create();
    const char *options = strchr(policy, ':');
    const char *name = toc_arena_text_n(
        arena, policy, options == NULL ? strlen(policy) : (size_t)(options - policy));
    const char *path = find_path(arena, package, name);
    if (path == NULL) {
        toc_status status = tell_unknown(package, name, problems);
        toc_arena_destroy(arena);
        return status;
    }
    toc_standins *standins = toc_arena_alloc(arena, sizeof *standins);
    *standins =
        (toc_standins){.drill = drill,
                       .package = package,
                       .policy_path = path,
                       .policy_options = options == NULL ? "" : toc_arena_text(arena, options + 1),
                       .sink = sink,
                       .sink_object = sink_object,
                       .calendar = toc_calendar_create(),
                       .compiled = toc_compiled_create(),
                       .arena = arena,
                       .problems = toc_problems_create()};
    standins->seats = toc_arena_alloc(arena, (toc_seat_count(drill) + 1) * sizeof *standins->seats);
    toc_calendar_run(standins->calendar, toc_drill_now(drill));
    for (uint32_t i = 0; i < toc_seat_count(drill) && standins->status == TOC_OK; i++) {
        standins->seats[i] = (struct toc_standin){.all = standins, .seat = i};
        standins->status = seats == NULL || seats[i] ? start_seat(standins, i) : TOC_OK;
    }
    hand_on(standins, problems);
    if (standins->status != TOC_OK) {
        toc_status status = standins->status;
        toc_standins_destroy(standins);
        return status;
    }
    *out_standins = standins;
    return TOC_OK;
}

toc_status toc_standins_create(toc_drill *drill, const toc_package *package, const char *policy,
                               toc_standins_sink *sink, void *sink_object, toc_problems *problems,
                               toc_standins **out_standins) {
    return toc_standins_create_at(drill, package, policy, NULL, sink, sink_object, problems,
                                  out_standins);
}

static void end_seat(struct toc_standin *standin) {
    toc_processes_destroy(standin->processes);
    toc_host_destroy(standin->host);
    toc_list_finish(&standin->readers);
    *standin = (struct toc_standin){.all = standin->all, .seat = standin->seat};
}

void toc_standins_destroy(toc_standins *standins) {
    if (standins == NULL) {
        return;
    }
    for (uint32_t i = 0; i < toc_seat_count(standins->drill); i++) {
        end_seat(&standins->seats[i]);
    }
    toc_compiled_destroy(standins->compiled);
    toc_calendar_destroy(standins->calendar);
    toc_problems_destroy(standins->problems);
    toc_arena_destroy(standins->arena);
}

bool toc_standins_has(const toc_standins *standins, uint32_t seat) {
    TOC_ASSERT(seat < toc_seat_count(standins->drill));
    return standins->seats[seat].host != NULL;
}

void toc_standins_leave(toc_standins *standins, uint32_t seat) {
    if (toc_standins_has(standins, seat)) {
        toc_processes_cancel_all(standins->seats[seat].processes);
        end_seat(&standins->seats[seat]);
    }
}

toc_status toc_standins_enter(toc_standins *standins, uint32_t seat, toc_problems *problems) {
    if (standins->status != TOC_OK || toc_standins_has(standins, seat)) {
        return standins->status;
    }
    toc_calendar_run(standins->calendar, toc_drill_now(standins->drill));
    standins->status = start_seat(standins, seat);
    hand_on(standins, problems);
    return standins->status;
}

/* -- Playing ------------------------------------------------------------------------------------
 */

static bool is_any_shown(const toc_standins *standins) {
    for (uint32_t i = 0; i < toc_seat_count(standins->drill); i++) {
        if (standins->seats[i].host != NULL &&
            toc_observation_count(standins->drill, i) > standins->seats[i].shown) {
            return true;
        }
    }
    return false;
}

static void wake_readers(struct toc_standin *standin) {
    for (uint32_t i = 0; i < standin->readers.count; i++) {
        struct toc_reader *reader = TOC_LIST_AT(struct toc_reader, &standin->readers, i);
        if (reader->waits) {
            reader->waits = false;
            (void)toc_processes_wake(standin->processes, reader->process);
        }
    }
}

/* Lets the stand-ins see what they were shown, and do what is due. Their calendar comes up to the
   drill's time first, because what is woken goes on at its now. */
static void act(toc_standins *standins) {
    uint32_t count = toc_seat_count(standins->drill);
    toc_time now = toc_drill_now(standins->drill);
    for (uint32_t i = 0; i < count; i++) {
        struct toc_standin *standin = &standins->seats[i];
        uint32_t shown_now = toc_observation_count(standins->drill, i);
        standin->has_news = shown_now > standin->shown;
        standin->shown = shown_now;
    }
    toc_calendar_run(standins->calendar, now);
    for (uint32_t i = 0; i < count; i++) {
        if (standins->seats[i].has_news) {
            wake_readers(&standins->seats[i]);
        }
    }
    toc_calendar_run(standins->calendar, now);
}

/* Lets the drill go on until somebody is shown something, at the latest until `until`. */
static toc_status go_on(toc_standins *standins, toc_time until, toc_problems *problems) {
    toc_drill *drill = standins->drill;
    toc_status status = TOC_OK;
    bool is_over = false;
    while (status == TOC_OK && !is_over) {
        toc_time next = toc_drill_next(drill);
        is_over = next >= until;
        status = toc_drill_advance(drill, next < until ? next : until, problems);
        is_over = is_over || toc_drill_has_ended(drill) || is_any_shown(standins);
    }
    return status;
}

toc_time toc_standins_next(const toc_standins *standins) {
    return toc_calendar_next(standins->calendar);
}

toc_status toc_standins_play(toc_standins *standins, toc_time until, toc_problems *problems) {
    toc_drill *drill = standins->drill;
    toc_status status = standins->status;
    if (until > toc_drill_length(drill)) {
        until = toc_drill_length(drill);
    }
    if (status == TOC_OK) { /* what is due at STARTEX comes before anybody looks */
        status = toc_drill_advance(drill, toc_drill_now(drill), problems);
    }
    while (status == TOC_OK && !toc_drill_has_ended(drill)) {
        act(standins);
        status = standins->status;
        if (status != TOC_OK || toc_drill_now(drill) >= until) {
            break;
        }
        toc_time next = toc_calendar_next(standins->calendar);
        status = go_on(standins, next < until ? next : until, problems);
    }
    hand_on(standins, problems);
    return status;
}
