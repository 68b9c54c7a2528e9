#include "drill/direction.h"

#include <string.h>

#include "drill/action.h"
#include "drill/call.h"
#include "drill/effect.h"
#include "drill/inject.h"
#include "drill/marking.h"
#include "drill/message.h"
#include "drill/parameter.h"
#include "drill/scenario.h"
#include "drill/seat.h"
#include "drill/ticket.h"
#include "kernel/assert.h"
#include "model/bridge.h"

enum direction_verb {
#define TOC_DIRECTION(id, name, target, keys, help) DIRECT_##id,
#include "drill/direction.def"
#undef TOC_DIRECTION
    DIRECTIONS
};

enum direction_target { ON_NOTHING, ON_INJECT, ON_SEAT, ON_ELEMENT, ON_OWNER };

enum { LEAST_SHARE_PPM = 10000 };

static const struct {
    const char *name;
    enum direction_target target;
    const char *keys, *help;
} directions[DIRECTIONS] = {
#define TOC_DIRECTION(id, name, target, keys, help) {name, ON_##target, keys, help},
#include "drill/direction.def"
#undef TOC_DIRECTION
};

static const char *const names[DIRECTIONS] = {
#define TOC_DIRECTION(id, name, target, keys, help) name,
#include "drill/direction.def"
#undef TOC_DIRECTION
};

/* One that was taken and waits for its instant. */
struct direction {
    enum direction_verb verb;
    const char *target;
    toc_parameters parameters;
};

static const toc_place nowhere = {.file = NULL};

bool toc_direction_is_seat(const char *seat) {
    return strcmp(seat, TOC_CONTROL) == 0;
}

uint32_t toc_direction_count(void) {
    return DIRECTIONS;
}

toc_drill_direction toc_direction_at(uint32_t index) {
    static const char *const targets[] = {[ON_NOTHING] = "",
                                          [ON_INJECT] = "inject",
                                          [ON_SEAT] = "seat",
                                          [ON_ELEMENT] = "asset",
                                          [ON_OWNER] = "operator"};
    TOC_ASSERT(index < DIRECTIONS);
    return (toc_drill_direction){directions[index].name, targets[directions[index].target],
                                 directions[index].keys, directions[index].help};
}

/* -- Taking -------------------------------------------------------------------------------------
 */

static toc_status tell_unknown(toc_problems *problems, const char *what, const char *found,
                               const char *nearest) {
    if (nearest != NULL) {
        return toc_problems_error(problems, nowhere, "'%.60s' is no %s; did you mean '%s'?", found,
                                  what, nearest);
    }
    return toc_problems_error(problems, nowhere, "'%.60s' is no %s", found, what);
}

static toc_status check_owner(const toc_drill *drill, const char *target, toc_problems *problems) {
    const toc_topology *topology = drill->topology;
    if (toc_topology_find_operator(topology, target) != TOC_INDEX_NONE ||
        toc_topology_find_zone(topology, target) != TOC_INDEX_NONE) {
        return TOC_OK;
    }
    toc_names *owners = toc_names_create();
    for (uint32_t i = 0; i < topology->operator_count; i++) {
        (void)toc_names_add(owners, topology->operators[i].id, NULL);
    }
    for (uint32_t i = 0; i < topology->zone_count; i++) {
        (void)toc_names_add(owners, topology->zones[i].id, NULL);
    }
    toc_status status = tell_unknown(problems, "operator or zone of this drill", target,
                                     toc_names_nearest(owners, target));
    toc_names_destroy(owners);
    return status;
}

static toc_status check_target(toc_drill *drill, enum direction_target sort, const char *target,
                               toc_problems *problems) {
    switch (sort) {
    case ON_NOTHING:
        return target[0] == '\0' ? TOC_OK
                                 : toc_problems_error(problems, nowhere,
                                                      "it takes no target, found '%.60s'", target);
    case ON_INJECT:
        return toc_inject_find(drill, target) != TOC_INDEX_NONE
                   ? TOC_OK
                   : tell_unknown(problems, "inject of this drill so far", target,
                                  toc_names_nearest(drill->inject_names, target));
    case ON_SEAT:
        return toc_scenario_reaches(drill, target)
                   ? TOC_OK
                   : tell_unknown(problems, "seat or team of this drill", target,
                                  toc_seat_nearest(drill, target));
    case ON_ELEMENT:
        return toc_topology_find_element(drill->topology, target) != TOC_INDEX_NONE
                   ? TOC_OK
                   : tell_unknown(problems, "asset or link", target,
                                  toc_topology_nearest_element(drill->topology, target));
    case ON_OWNER:
        return check_owner(drill, target, problems);
    }
    TOC_ASSERT(false); /* a sort of target */
    return TOC_BAD_USAGE;
}

static toc_status ask_for(const struct direction *taken, const char *key, toc_problems *problems) {
    if (toc_parameter_text(&taken->parameters, key) != NULL) {
        return TOC_OK;
    }
    return toc_problems_error(problems, nowhere, "%s needs the parameter '%s'",
                              directions[taken->verb].name, key);
}

static toc_status check_effect(const struct direction *taken, toc_problems *problems) {
    const char *all[TOC_MOST_EFFECTS + 1],
        *effect = toc_parameter_text(&taken->parameters, "effect");
    size_t count = toc_effect_all(all);
    all[count++] = "mend";
    for (size_t i = 0; i < count; i++) {
        if (strcmp(all[i], effect) == 0) {
            return TOC_OK;
        }
    }
    return tell_unknown(problems, "effect", effect, toc_names_nearest_of(all, count, effect));
}

/* What is entered for a seat must be what the seat could have done itself. */
static void read_entry(const struct direction *taken, toc_input *out_entry) {
    const char *object = toc_parameter_text(&taken->parameters, "object");
    const char *said = toc_parameter_text(&taken->parameters, "parameters");
    *out_entry = (toc_input){.seat = taken->target,
                             .verb = toc_parameter_text(&taken->parameters, "verb"),
                             .target = object == NULL ? "" : object,
                             .parameters = said == NULL ? "" : said};
}

static toc_status check_parameters(toc_drill *drill, const struct direction *taken,
                                   toc_problems *problems) {
    static const char *const asked[DIRECTIONS] = {
        [DIRECT_RETIME] = "at",  [DIRECT_TELL] = "text",  [DIRECT_OVERRIDE] = "effect",
        [DIRECT_SLOW] = "share", [DIRECT_ENTER] = "verb", [DIRECT_REMARK] = "text"};
    toc_input entry;
    toc_status status =
        asked[taken->verb] == NULL ? TOC_OK : ask_for(taken, asked[taken->verb], problems);
    if (status == TOC_OK && taken->verb == DIRECT_OVERRIDE) {
        status = check_effect(taken, problems);
    }
    if (status == TOC_OK && taken->verb == DIRECT_ENTER) {
        read_entry(taken, &entry);
        status = toc_action_check(drill, &entry, problems);
    }
    if (status == TOC_OK && taken->verb == DIRECT_SLOW &&
        toc_parameter_ppm(&taken->parameters, "share", 0) < LEAST_SHARE_PPM) {
        status = toc_problems_error(problems, nowhere,
                                    "share: expected a number from 0.01 to 1; to stop time, pause");
    }
    return status;
}

static void on_due(void *object, uint64_t argument);

toc_status toc_direction_take(toc_drill *drill, const toc_input *input, toc_time at,
                              toc_problems *problems) {
    struct direction taken = {.target = toc_arena_text(drill->arena, input->target)};
    while (taken.verb < DIRECTIONS && strcmp(names[taken.verb], input->verb) != 0) {
        taken.verb++;
    }
    if (taken.verb == DIRECTIONS) {
        return tell_unknown(problems, "thing that control can do", input->verb,
                            toc_names_nearest_of(names, DIRECTIONS, input->verb));
    }
    toc_status status = check_target(drill, directions[taken.verb].target, taken.target, problems);
    if (status == TOC_OK) {
        status = toc_parameter_read(drill, input->parameters, directions[taken.verb].keys, problems,
                                    &taken.parameters);
    }
    if (status == TOC_OK) {
        status = check_parameters(drill, &taken, problems);
    }
    if (status != TOC_OK) {
        return status;
    }
    *(struct direction *)toc_list_add(&drill->directions, sizeof taken) = taken;
    (void)toc_calendar_schedule(drill->calendar, at, TOC_DEFENDER, on_due, drill,
                                drill->directions.count - 1);
    return TOC_OK;
}

/* -- Doing --------------------------------------------------------------------------------------
 */

static const char *text_of(const struct direction *direction, const char *key,
                           const char *otherwise) {
    const char *text = toc_parameter_text(&direction->parameters, key);
    return text == NULL ? otherwise : text;
}

/* Seconds since the start as a time. */
static toc_time time_of(const struct direction *direction, const char *key) {
    int64_t seconds = toc_parameter_number(&direction->parameters, key, -1);
    return seconds < 0 ? TOC_NEVER : seconds * TOC_SECOND;
}

static void tell(toc_drill *drill, const struct direction *direction) {
    const char *tlp = toc_parameter_text(&direction->parameters, "tlp");
    toc_message message = {.from = text_of(direction, "from", "exercise control"),
                           .channel = text_of(direction, "channel", "phone"),
                           .text = text_of(direction, "text", ""),
                           .inject = "",
                           .tlp = tlp == NULL ? TOC_MARKING_NONE : toc_marking_find(tlp)};
    for (uint32_t seat = 0; seat < toc_seat_count(drill); seat++) {
        if (toc_scenario_is_of(drill, seat, direction->target)) {
            message.to = seat;
            (void)toc_message_deliver(drill, &message);
        }
    }
}

/* NULL, or why it came to nothing. */
static const char * override(toc_drill *drill, const struct direction *direction) {
    uint32_t element = toc_topology_find_element(drill->topology, direction->target);
    const char *effect = text_of(direction, "effect", ""), *obstacle = NULL;
    bool changed = false;
    drill->actor = TOC_CONTROL;
    if (strcmp(effect, "mend") == 0) {
        for (int cause = 0; cause < TOC_CAUSES; cause++) {
            changed |= toc_world_clear(drill->world, element, (toc_cause)cause);
        }
    } else {
        toc_pretence pretence = {.is_state = false};
        obstacle = toc_effect_obstacle(drill->world, effect, element);
        changed = obstacle == NULL && toc_effect_apply(drill->world, effect, element, &pretence);
    }
    drill->actor = "";
    return obstacle != NULL ? obstacle : changed ? NULL : "that changes nothing";
}

static void slow(toc_drill *drill, const struct direction *direction) {
    const toc_topology *topology = drill->topology;
    uint32_t owner = toc_topology_find_operator(topology, direction->target);
    uint32_t zone = toc_topology_find_zone(topology, direction->target);
    int64_t share_ppm = toc_parameter_ppm(&direction->parameters, "share", 1000000);
    for (uint32_t i = 0; i < topology->buffer_count; i++) {
        const toc_asset *fed = &topology->assets[topology->buffers[i].feeds];
        if (owner != TOC_INDEX_NONE ? fed->operator_index == owner : fed->zone == zone) {
            toc_bridge_set_pace(drill->world, i, share_ppm);
        }
    }
}

static const char *carry_out(toc_drill *drill, const struct direction *direction) {
    uint32_t inject = directions[direction->verb].target == ON_INJECT
                          ? toc_inject_find(drill, direction->target)
                          : TOC_INDEX_NONE;
    toc_input entry;
    switch (direction->verb) {
    case DIRECT_FIRE:
        return toc_inject_fire(drill, inject) ? NULL : "it has come already";
    case DIRECT_HOLD:
        return toc_inject_hold(drill, inject);
    case DIRECT_RELEASE:
        return toc_inject_release(drill, inject);
    case DIRECT_CALLED:
        return toc_call_make(drill, inject);
    case DIRECT_RETIME:
        return toc_inject_retime(drill, inject, time_of(direction, "at"));
    case DIRECT_TELL:
        tell(drill, direction);
        return NULL;
    case DIRECT_OVERRIDE:
        return override(drill, direction);
    case DIRECT_SLOW:
        slow(drill, direction);
        return NULL;
    case DIRECT_ENTER:
        read_entry(direction, &entry);
        toc_action_enter(drill, &entry);
        return NULL;
    case DIRECT_REMARK:
        return NULL;
    case DIRECT_END:
        drill->ended_why = toc_arena_format(drill->arena, "control ended it: %s",
                                            text_of(direction, "reason", "no reason was given"));
        toc_drill_stop(drill, TOC_OK);
        return NULL;
    case DIRECTIONS:
        break;
    }
    TOC_ASSERT(false); /* one of direction.def */
    return NULL;
}

/* What it said beside verb and target, for the trace. */
static const char *describe(toc_drill *drill, const struct direction *direction, const char *why) {
    const char *text = why == NULL ? "" : toc_arena_format(drill->arena, "refused: %s", why);
    for (uint32_t i = 0; i < direction->parameters.count; i++) {
        text = toc_arena_format(drill->arena, "%s%s%s=%s", text, text[0] == '\0' ? "" : "; ",
                                direction->parameters.keys[i], direction->parameters.values[i]);
    }
    return text;
}

static void on_due(void *object, uint64_t argument) {
    toc_drill *drill = object;
    struct direction direction = *TOC_LIST_AT(struct direction, &drill->directions, argument);
    toc_time claimed = time_of(&direction, "claimed");
    const char *why = claimed != TOC_NEVER && claimed > toc_calendar_now(drill->calendar)
                          ? "it is claimed for a time that has not come"
                          : carry_out(drill, &direction);
    toc_trace_put(drill, TOC_TRACE_DIRECTION, direction.target, TOC_CONTROL,
                  directions[direction.verb].name, describe(drill, &direction, why),
                  claimed == TOC_NEVER ? 0 : claimed, why == NULL);
}

void toc_direction_finish(toc_drill *drill) {
    toc_list_finish(&drill->directions);
}
