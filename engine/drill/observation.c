#include "drill/observation.h"

#include <stdio.h>

#include "drill/seat.h"
#include "drill/team.h"
#include "kernel/assert.h"

struct stream {
    toc_list observations;
    uint32_t messages;
};

static struct stream *stream_of(toc_drill *drill, uint32_t seat) {
    TOC_ASSERT(seat < toc_seat_count(drill));
    while (drill->streams.count <= seat) {
        (void)toc_list_add(&drill->streams, sizeof(struct stream));
    }
    return TOC_LIST_AT(struct stream, &drill->streams, seat);
}

void toc_observation_add(toc_drill *drill, uint32_t seat, const toc_observation *observation) {
    char number[32];
    struct stream *stream = stream_of(drill, seat);
    toc_observation *kept = toc_list_add(&stream->observations, sizeof *kept);
    TOC_ASSERT(observation->kind < TOC_OBSERVED_KINDS);
    *kept = *observation;
    kept->at = toc_calendar_now(drill->calendar);
    kept->actor = toc_drill_keep(drill, observation->actor);
    kept->verb = toc_drill_keep(drill, observation->verb);
    kept->text = toc_drill_keep(drill, observation->text);
    if (kept->kind == TOC_OBSERVED_INJECT || kept->kind == TOC_OBSERVED_MESSAGE) {
        kept->after = ++stream->messages;
        (void)snprintf(number, sizeof number, "M-%u", stream->messages);
        kept->subject = toc_drill_keep(drill, number);
    } else {
        kept->subject = toc_drill_keep(drill, observation->subject);
    }
}

void toc_observation_add_team(toc_drill *drill, const char *operator_id,
                              const toc_observation *observation) {
    uint32_t team = toc_team_find(drill, operator_id);
    if (team == TOC_INDEX_NONE) {
        return;
    }
    if (observation->kind == TOC_OBSERVED_ALARM) {
        toc_team_raise_alarm(drill, team, observation->subject);
    }
    for (uint32_t seat = 0; seat < toc_seat_count(drill); seat++) {
        if (toc_seat_team(drill, seat) == team) {
            toc_observation_add(drill, seat, observation);
        }
    }
}

uint32_t toc_observation_count(const toc_drill *drill, uint32_t seat) {
    TOC_ASSERT(seat < toc_seat_count(drill));
    return seat < drill->streams.count
               ? TOC_LIST_AT(const struct stream, &drill->streams, seat)->observations.count
               : 0;
}

const toc_observation *toc_observation_at(const toc_drill *drill, uint32_t seat, uint32_t index) {
    TOC_ASSERT(index < toc_observation_count(drill, seat));
    return TOC_LIST_AT(const toc_observation,
                       &TOC_LIST_AT(const struct stream, &drill->streams, seat)->observations,
                       index);
}

void toc_observation_finish(toc_drill *drill) {
    for (uint32_t i = 0; i < drill->streams.count; i++) {
        toc_list_finish(&TOC_LIST_AT(struct stream, &drill->streams, i)->observations);
    }
    toc_list_finish(&drill->streams);
}
