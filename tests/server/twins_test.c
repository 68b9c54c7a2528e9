/* Twin worlds: river-city twice, alike but for something hidden. What a seat is sent, byte for
   byte, may differ only from the moment on at which the drill itself has shown it something else.
 */
#include "support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "server/lobby.h"
#include "server/loopback.h"
#include "server/token.h"
#include "tocsin/record.h"
#include "tocsin/standing.h"
#include "tocsin/stream.h"

enum { SEATS = 64, STEPS = 70, SPEED = 100000 /* 100 seconds of drill to a step of one */ };

struct frames {
    char *text; /* all but chain heads, a line each */
    size_t used, room;
    size_t until[STEPS]; /* how much of it had come after each step */
};

struct world {
    char folder[64];
    toc_problems *problems;
    toc_package *package;
    toc_record *record;
    toc_drill *drill;
    toc_token_book *tokens;
    toc_loopback *loopback;
    toc_lobby *lobby;
    toc_peer peers[SEATS];
    struct frames frames[SEATS];
    uint64_t shown[SEATS][STEPS]; /* hash of what the drill has shown the seat after each step */
    toc_time now[STEPS];
    uint32_t seats;
};

static int64_t moment(void) {
    return INT64_C(1700000000) * TOC_SECOND;
}

static void finished(void *object, toc_status status) {
    (void)object;
    (void)status;
}

static void pulse(void *object) {
    (void)object;
}

static void must(struct world *world, toc_status status) {
    char line[1024] = "it failed";
    if (status != TOC_OK) {
        if (toc_problems_kept(world->problems) > 0) {
            (void)toc_problems_print(toc_problems_at(world->problems, 0), line, sizeof line);
        }
        fail_msg("%s", line);
    }
}

/* The drill as it is in the tree, with a piece of Lua before its last line. */
static void make_package(struct world *world, const char *secret) {
    char path[4096];
    toc_package *plain = NULL;
    toc_package_file files[128];
    size_t count = 0;
    (void)snprintf(path, sizeof path, "%s/scenarios/river-city", support_source());
    must(world, toc_package_open(path, world->problems, &plain));
    char *changed = NULL;
    for (count = 0; count < toc_package_count(plain); count++) {
        assert_true(count < 128);
        files[count] = toc_package_at(plain, count);
        if (strcmp(files[count].path, "scenario.lua") == 0) {
            const char *end = strstr(files[count].bytes, "\nreturn drill");
            assert_non_null(end);
            size_t before = (size_t)(end - files[count].bytes) + 1;
            changed = calloc(1, files[count].size + strlen(secret) + 1);
            (void)memcpy(changed, files[count].bytes, before);
            (void)strcpy(changed + before, secret);
            (void)strcat(changed, end + 1);
            files[count].bytes = changed;
            files[count].size = strlen(changed);
        }
    }
    must(world,
         toc_package_from_files("river-city", files, count, world->problems, &world->package));
    free(changed);
    toc_package_destroy(plain);
}

static void sit_down(struct world *world, uint32_t seat) {
    char token[TOC_TOKEN_TEXT], text[256];
    toc_token_grant grant = {.seats = toc_drill_seat(world->drill, seat),
                             .role = "player",
                             .expires = moment() / TOC_SECOND + 100000};
    must(world, toc_token_issue(world->tokens, &grant, world->problems, token));
    world->peers[seat] = toc_loopback_connect(world->loopback, "10.0.0.1");
    (void)snprintf(text, sizeof text,
                   "{\"m\":\"hello\",\"protocol\":\"tocsin.1\",\"token\":\"%s\",\"after\":0}",
                   token);
    toc_loopback_send(world->loopback, world->peers[seat], text, strlen(text));
}

static struct world *begin(const char *secret) {
    struct world *world = calloc(1, sizeof *world);
    char path[128];
    static const bool nobody[SEATS];
    toc_record_meta meta = {.title = "Six Hours", .policy = "people", .seed = 1};
    world->problems = toc_problems_create();
    make_package(world, secret);
    (void)strcpy(world->folder, "/tmp/tocsin-twins-XXXXXX");
    assert_non_null(mkdtemp(world->folder));
    (void)snprintf(path, sizeof path, "%s/w.drill", world->folder);
    must(world, toc_record_create(path, world->package, &meta, world->problems, &world->record));
    toc_drill_options options = {
        .seed = 1, .trace = toc_record_trace, .trace_object = world->record};
    must(world, toc_drill_open(world->package, &options, world->problems, &world->drill));
    world->tokens = toc_token_create("twins");
    world->loopback = toc_loopback_create();
    toc_lobby_options lobby = {.transport = toc_loopback_transport(world->loopback),
                               .hall = {.drill = &world->drill,
                                        .record = world->record,
                                        .package = world->package,
                                        .policy = "none",
                                        .standins = nobody,
                                        .speed = SPEED,
                                        .moment = moment},
                               .tokens = world->tokens,
                               .drill = "twins",
                               .most = 1000,
                               .finished = finished,
                               .pulse = pulse,
                               .object = world};
    must(world, toc_lobby_create(&lobby, world->problems, &world->lobby));
    world->seats = toc_drill_facts_of(world->drill).seats;
    assert_true(world->seats >= 29 && world->seats <= SEATS);
    for (uint32_t i = 0; i < world->seats; i++) {
        sit_down(world, i);
    }
    return world;
}

static void end(struct world *world) {
    char command[96];
    for (uint32_t i = 0; i < world->seats; i++) {
        free(world->frames[i].text);
    }
    toc_lobby_destroy(world->lobby);
    toc_loopback_destroy(world->loopback);
    toc_token_destroy(world->tokens);
    toc_drill_close(world->drill);
    toc_record_close(world->record);
    toc_package_destroy(world->package);
    toc_problems_destroy(world->problems);
    (void)snprintf(command, sizeof command, "rm -rf %s", world->folder);
    assert_int_equal(system(command), 0);
    free(world);
}

/* -- What is sent, and what was shown ------------------------------------------------------------
 */

static void hear(struct world *world, uint32_t seat) {
    struct frames *frames = &world->frames[seat];
    size_t size = 0;
    for (const char *text = toc_loopback_take(world->loopback, world->peers[seat], &size);
         text != NULL; text = toc_loopback_take(world->loopback, world->peers[seat], &size)) {
        if (strncmp(text, "{\"m\":\"head\"", 11) == 0) {
            continue; /* the head of the chain is of everybody's deeds, and stands apart */
        }
        if (frames->used + size + 2 > frames->room) {
            frames->room = (frames->used + size + 2) * 2;
            frames->text = realloc(frames->text, frames->room);
            assert_non_null(frames->text);
        }
        (void)memcpy(frames->text + frames->used, text, size);
        frames->text[frames->used + size] = '\n';
        frames->used += size + 1;
    }
    char seen[64]; /* so that the window is never full */
    (void)snprintf(seen, sizeof seen, "{\"m\":\"seen\",\"seq\":%u}",
                   toc_stream_count(world->drill, seat));
    if (toc_stream_count(world->drill, seat) > 0) {
        toc_loopback_send(world->loopback, world->peers[seat], seen, strlen(seen));
    }
}

static uint64_t mix(uint64_t hash, const char *text) {
    for (; *text != '\0'; text++) {
        hash = (hash ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
    }
    return hash * 31 + 7;
}

/* Everything the drill lets the seat know: its stream, and how its team believes things to stand.
 */
static uint64_t shown_to(const struct world *world, uint32_t seat) {
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    char number[64];
    for (uint32_t i = 0; i < toc_stream_count(world->drill, seat); i++) {
        toc_stream_entry entry = toc_stream_at(world->drill, seat, i);
        hash = mix(mix(mix(mix(hash, entry.kind), entry.subject), entry.verb), entry.text);
        (void)snprintf(number, sizeof number, "%lld %lld", (long long)entry.at,
                       (long long)entry.due);
        hash = mix(hash, number);
    }
    for (uint32_t i = 0; i < toc_drill_facts_of(world->drill).services; i++) {
        toc_standing_service service;
        if (toc_standing_service_at(world->drill, seat, i, &service)) {
            (void)snprintf(number, sizeof number, "%.9f", service.level);
            hash = mix(hash, number);
        }
    }
    for (uint32_t i = 0; i < toc_standing_card_count(world->drill, seat); i++) {
        toc_standing_card card = toc_standing_card_at(world->drill, seat, i);
        hash = mix(mix(mix(hash, card.element), card.said), card.said_by);
    }
    return hash;
}

static void say(struct world *world, const char *seat, const char *frame) {
    uint32_t number = 0;
    assert_true(toc_stream_find_seat(world->drill, seat, &number));
    toc_loopback_send(world->loopback, world->peers[number], frame, strlen(frame));
}

/* Nearly two hours, in which some of those who play do the same in both worlds. */
static void play(struct world *world) {
    for (int step = 0; step < STEPS; step++) {
        if (step == 5) {
            say(world, "gridco.dispatcher",
                "{\"m\":\"act\",\"id\":\"a-1\",\"verb\":\"log_decision\",\"parameters\":"
                "{\"text\":\"Nothing to decide yet.\"}}");
        }
        if (step == 12) {
            say(world, "waterco.duty_operator",
                "{\"m\":\"act\",\"id\":\"a-1\",\"verb\":\"notify_peer\",\"target\":"
                "\"gridco.dispatcher\",\"parameters\":{\"text\":\"How long does it last?\"}}");
        }
        toc_loopback_run(world->loopback, TOC_SECOND);
        world->now[step] = toc_drill_now(world->drill);
        for (uint32_t seat = 0; seat < world->seats; seat++) {
            hear(world, seat);
            world->frames[seat].until[step] = world->frames[seat].used;
            world->shown[seat][step] = shown_to(world, seat);
        }
    }
}

/* The first step in which the two are no longer the same; STEPS where they are throughout. */
static int parting_of_frames(const struct world *one, const struct world *other, uint32_t seat) {
    const struct frames *a = &one->frames[seat], *b = &other->frames[seat];
    for (int step = 0; step < STEPS; step++) {
        if (a->until[step] != b->until[step] || memcmp(a->text, b->text, a->until[step]) != 0) {
            return step;
        }
    }
    return STEPS;
}

static int parting_of_sight(const struct world *one, const struct world *other, uint32_t seat) {
    int step = 0;
    while (step < STEPS && one->shown[seat][step] == other->shown[seat][step]) {
        step++;
    }
    return step;
}

/* How many seats were ever sent something else; fails where one was before it was shown it. */
static uint32_t compare(const char *secret) {
    struct world *plain = begin(""), *twin = begin(secret);
    uint32_t parted = 0;
    play(plain);
    play(twin);
    assert_true(plain->now[STEPS - 1] > 100 * TOC_MINUTE);
    for (uint32_t seat = 0; seat < plain->seats; seat++) {
        int frames = parting_of_frames(plain, twin, seat);
        int sight = parting_of_sight(plain, twin, seat);
        assert_true(plain->frames[seat].used > 1000);
        if (frames < sight) {
            fail_msg("%s is sent something else from minute %lld on, and shown it from minute %lld",
                     toc_drill_seat(plain->drill, seat),
                     (long long)(plain->now[frames] / TOC_MINUTE),
                     (long long)(sight == STEPS ? -1 : plain->now[sight] / TOC_MINUTE));
        }
        parted += frames < STEPS;
    }
    end(plain);
    end(twin);
    return parted;
}

static void what_nobody_can_see_is_sent_to_nobody(void **state) {
    (void)state;
    assert_int_equal(
        compare(
            "drill:inject { id = 'S-1', at = t.minutes(9), hidden = true, "
            "kind = 'evaluation.prompt', text = 'Only evaluators know.' }\n"
            "drill:at(t.minutes(11), function(d) d:mark 'a-secret' d:set('a-secret', 7) end)\n"),
        0);
}

static void what_an_intruder_does_unseen_is_sent_to_nobody(void **state) {
    (void)state;
    assert_int_equal(
        compare("local moth = drill:adversary { name = 'MOTH', at = 'sup-update', skill = "
                "'expert' }\nmoth:plan(function(a) a:wait(t.minutes(10)) "
                "a:technique 'T0859' { on = 'sup-rms' } end)\n"),
        0);
}

/* What one operator is told, the others know nothing of. */
static void what_one_operator_is_told_changes_its_own_streams_alone(void **state) {
    (void)state;
    uint32_t parted = compare(
        "drill:inject { id = 'S-2', at = t.minutes(9), to = 'waterco.duty_operator', "
        "channel = 'phone', from = 'a neighbour', text = 'It smells odd.', expects = {} }\n");
    assert_int_equal(parted, 1); /* and this test would see it, were it more */
}

/* The same blow, falling earlier: each seat parts when it is shown it, and none before. */
static void a_blow_is_seen_by_each_seat_when_it_is_shown_it(void **state) {
    (void)state;
    uint32_t parted =
        compare("drill:at(t.minutes(20), function(d) d:fail('ss-east', 'open-breaker') end)\n");
    assert_true(parted > 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_nobody_can_see_is_sent_to_nobody),
        cmocka_unit_test(what_an_intruder_does_unseen_is_sent_to_nobody),
        cmocka_unit_test(what_one_operator_is_told_changes_its_own_streams_alone),
        cmocka_unit_test(a_blow_is_seen_by_each_seat_when_it_is_shown_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
