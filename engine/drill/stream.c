/* Stream: observations and actions as drivers outside the engine see them. */
#include "tocsin/stream.h"

#include "drill/action.h"
#include "drill/marking.h"
#include "drill/observation.h"
#include "drill/parameter.h"
#include "drill/seat.h"
#include "kernel/assert.h"

bool toc_stream_find_seat(const toc_drill *drill, const char *name, uint32_t *out_seat) {
    uint32_t seat = toc_seat_find(drill, name);
    if (seat == TOC_INDEX_NONE) {
        return false;
    }
    *out_seat = seat;
    return true;
}

uint32_t toc_stream_count(const toc_drill *drill, uint32_t seat) {
    return toc_observation_count(drill, seat);
}

static const char *kind_of(toc_observation_kind kind) {
    switch (kind) {
    case TOC_OBSERVED_INJECT:
    case TOC_OBSERVED_MESSAGE:
        return "message";
    case TOC_OBSERVED_ALARM:
        return "alarm";
    case TOC_OBSERVED_CONTROL:
        return "control";
    case TOC_OBSERVED_TICKET:
        return "ticket";
    case TOC_OBSERVED_DUTY:
        return "duty";
    case TOC_OBSERVED_DECISION:
        return "decision";
    case TOC_OBSERVED_APPROVAL:
        return "approval";
    case TOC_OBSERVED_ALERT:
        return "alert";
    case TOC_OBSERVED_AID:
        return "aid";
    case TOC_OBSERVED_SHIFT:
        return "shift";
    case TOC_OBSERVED_ORDER:
        return "order";
    case TOC_OBSERVED_KINDS:
        break;
    }
    TOC_ASSERT(false); /* a kind of observation */
    return "";
}

toc_stream_entry toc_stream_at(const toc_drill *drill, uint32_t seat, uint32_t index) {
    const toc_observation *observation = toc_observation_at(drill, seat, index);
    toc_stream_entry entry = {.at = observation->at,
                              .kind = kind_of(observation->kind),
                              .subject = observation->subject,
                              .actor = observation->actor,
                              .verb = observation->verb,
                              .text = observation->text,
                              .marking = "",
                              .due = TOC_NEVER};
    switch (observation->kind) {
    case TOC_OBSERVED_INJECT:
    case TOC_OBSERVED_MESSAGE:
        entry.number = observation->after;
        entry.marking = observation->before == TOC_MARKING_NONE
                            ? ""
                            : toc_marking_name((toc_marking)observation->before);
        break;
    case TOC_OBSERVED_TICKET:
    case TOC_OBSERVED_CONTROL:
        entry.number = observation->after;
        break;
    case TOC_OBSERVED_ORDER:
        entry.number = observation->after;
        entry.due = observation->before;
        break;
    case TOC_OBSERVED_DUTY:
    case TOC_OBSERVED_DECISION:
    case TOC_OBSERVED_APPROVAL:
    case TOC_OBSERVED_AID:
        entry.due = observation->before;
        break;
    case TOC_OBSERVED_ALERT:
        entry.number = observation->before;
        break;
    case TOC_OBSERVED_ALARM:
    case TOC_OBSERVED_SHIFT:
    case TOC_OBSERVED_KINDS:
        break;
    }
    return entry;
}

static const char *target_name(toc_action_target target) {
    static const char *const names[] = {"",         "element", "conduit",  "zone",
                                        "phase",    "area",    "seat",     "crew",
                                        "decision", "request", "recipient"};
    _Static_assert(sizeof names / sizeof *names == TOC_TARGET_RECIPIENT + 1, "a name each");
    return names[target];
}

bool toc_stream_verb_at(uint32_t index, toc_stream_verb *out_verb) {
    if (index >= TOC_VERBS) {
        return false;
    }
    toc_action_verb verb = (toc_action_verb)index;
    *out_verb = (toc_stream_verb){.name = toc_action_name(verb),
                                  .help = toc_action_help(verb),
                                  .target = target_name(toc_action_target_of(verb)),
                                  .keys = toc_action_keys(verb),
                                  .takes = toc_action_takes(verb),
                                  .final = toc_action_is_final(verb)};
    return true;
}

bool toc_stream_may(const toc_drill *drill, uint32_t seat, uint32_t verb) {
    return verb < TOC_VERBS && toc_seat_may(drill, seat, (toc_action_verb)verb);
}

size_t toc_stream_parameter(const char *key, const char *value, char *buffer, size_t size) {
    return toc_parameter_write(key, value, buffer, size);
}
