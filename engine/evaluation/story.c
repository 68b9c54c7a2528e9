#include "evaluation/story.h"

#include <stdlib.h>
#include <string.h>

#include "evaluation/shelf.h"

struct technique {
    const char *id, *name;
};

/* What became of an action, by ticket number. */
struct outcome {
    uint64_t entry;
    bool done;
};

struct toc_story {
    const toc_measures *measures;
    toc_story_moment *moments;
    toc_story_part *parts; /* from 1 */
    struct technique *techniques;
    struct outcome *outcomes; /* from 0: ticket 1 */
    size_t moment_count, part_count, technique_count, outcome_count;
};

static bool begins(const char *text, const char *with) {
    return strncmp(text, with, strlen(with)) == 0;
}

/* -- Before the story ---------------------------------------------------------------------------
 */

static void learn_technique(toc_story *story, const toc_trace_entry *entry) {
    if (!begins(entry->text, "started: ") || toc_story_technique(story, entry->verb)[0] != '\0') {
        return;
    }
    story->techniques =
        toc_shelf_grow(story->techniques, story->technique_count, sizeof *story->techniques);
    story->techniques[story->technique_count++] =
        (struct technique){entry->verb, entry->text + strlen("started: ")};
}

static void learn_outcome(toc_story *story, const toc_trace_entry *entry, uint64_t number) {
    bool ends = begins(entry->text, "done") || begins(entry->text, "failed") ||
                begins(entry->text, "refused") || begins(entry->text, "cancelled");
    if (!ends || entry->after < 1 || (uint64_t)entry->after > number) {
        return;
    }
    while (story->outcome_count < (size_t)entry->after) {
        story->outcomes =
            toc_shelf_grow(story->outcomes, story->outcome_count, sizeof *story->outcomes);
        story->outcomes[story->outcome_count++] = (struct outcome){0, false};
    }
    story->outcomes[entry->after - 1] = (struct outcome){number, begins(entry->text, "done")};
}

static void learn(toc_story *story) {
    const toc_record *record = toc_measure_record(story->measures);
    for (uint64_t number = 1; number <= toc_record_trace_count(record); number++) {
        toc_trace_entry entry = toc_record_trace_at(record, number);
        if (entry.kind == TOC_TRACE_TECHNIQUE) {
            learn_technique(story, &entry);
        } else if (entry.kind == TOC_TRACE_ACTION) {
            learn_outcome(story, &entry, number);
        }
    }
}

/* -- What belongs in ----------------------------------------------------------------------------
 */

/* A service's turning points; what lies between is the curve's. */
static bool is_turning_point(const toc_measures *measures, uint64_t number) {
    for (size_t i = 0; i < toc_measure_services(measures); i++) {
        const toc_measure_service *service = toc_measure_service_at(measures, i);
        if (service->first_loss.entry == number || service->restored.entry == number ||
            service->min_level.entry == number) {
            return true;
        }
    }
    return false;
}

static bool is_first_alarm(const toc_measures *measures, uint64_t number) {
    for (size_t i = 0; i < toc_measure_teams(measures); i++) {
        if (toc_measure_team_at(measures, i)->alarm.entry == number) {
            return true;
        }
    }
    return false;
}

static bool is_seat(const toc_measures *measures, const char *name) {
    for (size_t i = 0; i < toc_measure_seats(measures); i++) {
        if (strcmp(toc_measure_seat_at(measures, i)->id, name) == 0) {
            return true;
        }
    }
    return false;
}

static bool classify(const toc_story *story, const toc_trace_entry *entry, uint64_t number,
                     toc_story_kind *out_kind) {
    switch ((int)entry->kind) {
    case TOC_TRACE_DRILL:
        *out_kind = TOC_STORY_DRILL;
        return true;
    case TOC_TRACE_TECHNIQUE:
        *out_kind = TOC_STORY_ATTACK;
        return !begins(entry->text, "started");
    case TOC_TRACE_INJECT:
    case TOC_TRACE_MESSAGE:
        *out_kind = TOC_STORY_TOLD;
        return !is_seat(story->measures, entry->actor); /* a seat's message is its action */
    case TOC_TRACE_ACTION:
        *out_kind = TOC_STORY_ACTION;
        return begins(entry->text, "requested");
    case TOC_TRACE_JOB:
        *out_kind = TOC_STORY_WORK;
        return begins(entry->text, "done") || begins(entry->text, "failed");
    case TOC_TRACE_SERVICE:
        *out_kind = TOC_STORY_SERVICE;
        return is_turning_point(story->measures, number);
    case TOC_TRACE_BELIEF:
        *out_kind = TOC_STORY_NOTICED;
        return is_first_alarm(story->measures, number);
    case TOC_TRACE_OBJECTIVE:
        *out_kind = TOC_STORY_OBJECTIVE;
        return !begins(entry->verb, "started");
    case TOC_TRACE_DUTY:
        *out_kind = TOC_STORY_DUTY;
        return strcmp(entry->verb, "content") != 0;
    default:
        return false;
    }
}

/* -- Moments ------------------------------------------------------------------------------------
 */

static bool is_alike(const toc_story_moment *moment, toc_story_kind kind,
                     const toc_trace_entry *entry) {
    if (moment->kind != kind || strcmp(moment->first.actor, entry->actor) != 0 ||
        strcmp(moment->first.verb, entry->verb) != 0) {
        return false;
    }
    if (kind == TOC_STORY_ATTACK || kind == TOC_STORY_WORK) {
        return strcmp(moment->first.text, entry->text) == 0;
    }
    return kind == TOC_STORY_ACTION;
}

static toc_story_moment *find_moment(toc_story *story, toc_story_kind kind,
                                     const toc_trace_entry *entry, toc_time gap) {
    enum { FAR = 48 };
    size_t count = story->moment_count;
    for (size_t i = count; i > 0 && count - i < FAR; i--) {
        toc_story_moment *moment = &story->moments[i - 1];
        if (is_alike(moment, kind, entry) && entry->time - moment->last_at <= gap) {
            return moment;
        }
    }
    return NULL;
}

static size_t add_part(toc_story *story, const toc_trace_entry *entry, uint64_t number,
                       toc_story_moment *moment) {
    toc_story_part part = {.entry = number};
    if (moment->kind == TOC_STORY_ACTION && entry->after >= 1 &&
        (size_t)entry->after <= story->outcome_count) {
        const struct outcome *outcome = &story->outcomes[entry->after - 1];
        part.ended = outcome->entry;
        moment->done += outcome->done;
        moment->failed += outcome->entry != 0 && !outcome->done;
    }
    story->parts = toc_shelf_grow(story->parts, story->part_count, sizeof *story->parts);
    story->parts[story->part_count] = part;
    return ++story->part_count;
}

static void add_entry(toc_story *story, const toc_trace_entry *entry, uint64_t number,
                      toc_time gap) {
    toc_story_kind kind;
    if (!classify(story, entry, number, &kind)) {
        return;
    }
    toc_story_moment *moment = find_moment(story, kind, entry, gap);
    if (moment == NULL) {
        story->moments =
            toc_shelf_grow(story->moments, story->moment_count, sizeof *story->moments);
        moment = &story->moments[story->moment_count++];
        *moment = (toc_story_moment){.kind = kind, .first = *entry};
    }
    size_t part = add_part(story, entry, number, moment);
    if (moment->count++ == 0) {
        moment->first_part = part;
    } else {
        story->parts[moment->last_part - 1].next = part;
    }
    moment->last_part = part;
    moment->last_at = entry->time;
}

toc_story *toc_story_create(const toc_measures *measures, size_t most) {
    toc_story *story = toc_shelf_zeroed(1, sizeof *story);
    const toc_record *record = toc_measure_record(measures);
    story->measures = measures;
    learn(story);
    toc_time gap = 10 * TOC_MINUTE;
    do {
        story->moment_count = story->part_count = 0;
        for (uint64_t number = 1; number <= toc_record_trace_count(record); number++) {
            toc_trace_entry entry = toc_record_trace_at(record, number);
            add_entry(story, &entry, number, gap);
        }
        gap *= 4;
    } while (story->moment_count > most && gap < toc_measure_end(measures));
    return story;
}

void toc_story_destroy(toc_story *story) {
    if (story != NULL) {
        free(story->moments);
        free(story->parts);
        free(story->techniques);
        free(story->outcomes);
        free(story);
    }
}

size_t toc_story_count(const toc_story *story) {
    return story->moment_count;
}

const toc_story_moment *toc_story_at(const toc_story *story, size_t index) {
    return &story->moments[index];
}

const toc_story_part *toc_story_part_at(const toc_story *story, size_t part) {
    return &story->parts[part - 1];
}

const char *toc_story_technique(const toc_story *story, const char *id) {
    for (size_t i = 0; i < story->technique_count; i++) {
        if (strcmp(story->techniques[i].id, id) == 0) {
            return story->techniques[i].name;
        }
    }
    return "";
}
