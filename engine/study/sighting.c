#include "study/sighting.h"

#include <glib.h>
#include <string.h>

#include "tocsin/problems.h"

enum noun { INJECT, OBJECTIVE, DUTY, SERVICE, MARK, DECISION, NOUNS };

struct level {
    char *service, *operator_id;
    int64_t demand, supply;
};

struct toc_sightings {
    const toc_claims *claims;
    toc_sighting *seen;
    bool *whole;    /* of services: all demand is met */
    GArray *levels; /* struct level */
    GPtrArray *names[NOUNS];
};

toc_sightings *toc_sighting_begin(const toc_claims *claims) {
    size_t count = toc_claim_count(claims);
    toc_sightings *sightings = g_new0(toc_sightings, 1);
    sightings->claims = claims;
    sightings->seen = g_new0(toc_sighting, count);
    sightings->whole = g_new0(bool, count);
    sightings->levels = g_array_new(FALSE, FALSE, sizeof(struct level));
    for (size_t i = 0; i < count; i++) {
        bool is_whole = toc_claim_at(claims, i)->event == TOC_CLAIM_SERVICE_WHOLE;
        sightings->seen[i].at = is_whole ? 0 : TOC_NEVER; /* whole until something is lost */
        sightings->whole[i] = true;
    }
    for (int i = 0; i < NOUNS; i++) {
        sightings->names[i] = g_ptr_array_new_with_free_func(g_free);
    }
    return sightings;
}

void toc_sighting_free(toc_sightings *sightings) {
    if (sightings == NULL) {
        return;
    }
    for (guint i = 0; i < sightings->levels->len; i++) {
        struct level *level = &g_array_index(sightings->levels, struct level, i);
        g_free(level->service);
        g_free(level->operator_id);
    }
    for (int i = 0; i < NOUNS; i++) {
        g_ptr_array_unref(sightings->names[i]);
    }
    (void)g_array_free(sightings->levels, TRUE);
    g_free(sightings->seen);
    g_free(sightings->whole);
    g_free(sightings);
}

/* -- Names --------------------------------------------------------------------------------------
 */

static enum noun noun_of(toc_claim_event event) {
    switch (event) {
    case TOC_CLAIM_INJECT_FIRES:
        return INJECT;
    case TOC_CLAIM_OBJECTIVE_MET:
    case TOC_CLAIM_OBJECTIVE_MISSED:
        return OBJECTIVE;
    case TOC_CLAIM_DUTY_BEGINS:
    case TOC_CLAIM_DUTY_IN_TIME:
        return DUTY;
    case TOC_CLAIM_SERVICE_BELOW:
    case TOC_CLAIM_SERVICE_WHOLE:
        return SERVICE;
    case TOC_CLAIM_MARK_REACHED:
        return MARK;
    case TOC_CLAIM_DECISION_MADE:
        return DECISION;
    case TOC_CLAIM_ACTION_DONE: /* any verb may go unused */
    case TOC_CLAIM_DRILL_ENDS:
    case TOC_CLAIM_EVENTS:
        break;
    }
    return NOUNS;
}

static void learn_name(toc_sightings *sightings, enum noun noun, const char *name) {
    GPtrArray *names = sightings->names[noun];
    for (guint i = 0; i < names->len; i++) {
        if (strcmp(g_ptr_array_index(names, i), name) == 0) {
            return;
        }
    }
    g_ptr_array_add(names, g_strdup(name));
}

static void learn(toc_sightings *sightings, const toc_trace_entry *entry) {
    static const struct {
        const char *verb;
        enum noun noun;
    } facts[] = {
        {"inject", INJECT}, {"objective", OBJECTIVE}, {"duty", DUTY}, {"decision", DECISION}};
    for (size_t i = 0; entry->kind == TOC_TRACE_FACT && i < sizeof facts / sizeof facts[0]; i++) {
        if (strcmp(entry->verb, facts[i].verb) == 0) {
            learn_name(sightings, facts[i].noun, entry->subject);
        }
    }
    if (entry->kind == TOC_TRACE_SERVICE) {
        learn_name(sightings, SERVICE, entry->subject);
    } else if (entry->kind == TOC_TRACE_MARK) {
        learn_name(sightings, MARK, entry->subject);
    }
}

static bool is_known(const toc_sightings *sightings, const toc_claim *claim) {
    enum noun noun = noun_of(claim->event);
    if (noun == NOUNS || noun == MARK) {
        return true; /* a mark that no run reaches may be just what is expected */
    }
    const GPtrArray *names = sightings->names[noun];
    for (guint i = 0; i < names->len; i++) {
        if (strcmp(g_ptr_array_index(names, i), claim->id) == 0) {
            return true;
        }
    }
    return false;
}

const char *toc_sighting_nearest(const toc_sightings *sightings, size_t claim) {
    const toc_claim *about = toc_claim_at(sightings->claims, claim);
    enum noun noun = noun_of(about->event);
    if (noun == NOUNS) {
        return NULL;
    }
    const GPtrArray *names = sightings->names[noun];
    return toc_problems_nearest((const char *const *)names->pdata, names->len, about->id);
}

/* -- Events -------------------------------------------------------------------------------------
 */

static bool is_of(const char *seat, const char *by) {
    size_t length = strlen(by);
    return length == 0 ||
           (strncmp(seat, by, length) == 0 && (seat[length] == '\0' || seat[length] == '.'));
}

/* Whether the entry says that what the claim is about has just happened. */
static bool happens(const toc_claim *claim, const toc_trace_entry *entry) {
    bool same = strcmp(entry->subject, claim->id) == 0;
    switch (claim->event) {
    case TOC_CLAIM_INJECT_FIRES:
        return entry->kind == TOC_TRACE_INJECT && same;
    case TOC_CLAIM_OBJECTIVE_MET:
        return entry->kind == TOC_TRACE_OBJECTIVE && same && strcmp(entry->verb, "met") == 0;
    case TOC_CLAIM_OBJECTIVE_MISSED:
        return entry->kind == TOC_TRACE_OBJECTIVE && same && strcmp(entry->verb, "missed") == 0;
    case TOC_CLAIM_DUTY_BEGINS:
        return entry->kind == TOC_TRACE_DUTY && same && is_of(entry->actor, claim->by) &&
               strcmp(entry->verb, "started") == 0;
    case TOC_CLAIM_DUTY_IN_TIME:
        return entry->kind == TOC_TRACE_DUTY && same && is_of(entry->actor, claim->by) &&
               strcmp(entry->verb, "done") == 0 && entry->time <= entry->before;
    case TOC_CLAIM_ACTION_DONE:
        return entry->kind == TOC_TRACE_ACTION && strcmp(entry->verb, claim->id) == 0 &&
               is_of(entry->actor, claim->by) &&
               (claim->on[0] == '\0' || strcmp(entry->subject, claim->on) == 0) &&
               strncmp(entry->text, "done", 4) == 0;
    case TOC_CLAIM_MARK_REACHED:
        return entry->kind == TOC_TRACE_MARK && same;
    case TOC_CLAIM_DECISION_MADE:
        return entry->kind == TOC_TRACE_DECISION && same && strcmp(entry->verb, "chosen") == 0 &&
               (claim->on[0] == '\0' || strcmp(entry->text, claim->on) == 0);
    case TOC_CLAIM_DRILL_ENDS:
        return entry->kind == TOC_TRACE_DRILL && strcmp(entry->verb, "ended") == 0;
    case TOC_CLAIM_SERVICE_BELOW:
    case TOC_CLAIM_SERVICE_WHOLE:
    case TOC_CLAIM_EVENTS:
        break;
    }
    return false;
}

static void note_level(toc_sightings *sightings, const toc_trace_entry *entry) {
    bool is_start = strcmp(entry->verb, "at-start") == 0;
    for (guint i = 0; i < sightings->levels->len; i++) {
        struct level *level = &g_array_index(sightings->levels, struct level, i);
        if (strcmp(level->service, entry->subject) == 0 &&
            strcmp(level->operator_id, entry->actor) == 0) {
            if (entry->kind == TOC_TRACE_DEMAND) {
                level->demand = entry->after;
                return;
            }
            level->supply = entry->after;
            level->demand = is_start ? entry->before : level->demand;
            return;
        }
    }
    struct level level = {g_strdup(entry->subject), g_strdup(entry->actor),
                          is_start ? entry->before : 0, entry->after};
    g_array_append_val(sightings->levels, level);
}

static void see_service(toc_sightings *sightings, size_t index, toc_time now) {
    const toc_claim *claim = toc_claim_at(sightings->claims, index);
    toc_sighting *seen = &sightings->seen[index];
    double demand = 0, supply = 0;
    for (guint i = 0; i < sightings->levels->len; i++) {
        const struct level *level = &g_array_index(sightings->levels, struct level, i);
        if (strcmp(level->service, claim->id) == 0 &&
            (claim->by[0] == '\0' || strcmp(level->operator_id, claim->by) == 0)) {
            demand += (double)level->demand;
            supply += (double)(level->supply < level->demand ? level->supply : level->demand);
        }
    }
    if (claim->event == TOC_CLAIM_SERVICE_BELOW) {
        bool is_below = supply * 1e6 < demand * (double)claim->level_ppm;
        seen->at = is_below && seen->at == TOC_NEVER ? now : seen->at;
        return;
    }
    bool is_whole = supply >= demand;
    if (is_whole != sightings->whole[index]) {
        seen->at = is_whole ? now : TOC_NEVER;
        sightings->whole[index] = is_whole;
    }
}

void toc_sighting_see(void *object, const toc_trace_entry *entry) {
    toc_sightings *sightings = object;
    learn(sightings, entry);
    if (entry->kind == TOC_TRACE_SERVICE || entry->kind == TOC_TRACE_DEMAND) {
        note_level(sightings, entry);
    }
    for (size_t i = 0; i < toc_claim_count(sightings->claims); i++) {
        const toc_claim *claim = toc_claim_at(sightings->claims, i);
        bool is_of_service =
            claim->event == TOC_CLAIM_SERVICE_BELOW || claim->event == TOC_CLAIM_SERVICE_WHOLE;
        if (is_of_service && entry->kind == TOC_TRACE_SERVICE &&
            strcmp(entry->subject, claim->id) == 0) {
            see_service(sightings, i, entry->time);
        } else if (!is_of_service && sightings->seen[i].at == TOC_NEVER && happens(claim, entry)) {
            sightings->seen[i].at = entry->time;
        }
    }
}

toc_sighting toc_sighting_of(const toc_sightings *sightings, size_t claim) {
    toc_sighting seen = sightings->seen[claim];
    seen.known = is_known(sightings, toc_claim_at(sightings->claims, claim));
    return seen;
}

bool toc_sighting_holds(const toc_claim *claim, toc_sighting sighting) {
    if (claim->never) {
        return sighting.at == TOC_NEVER;
    }
    return sighting.at != TOC_NEVER && sighting.at >= claim->from && sighting.at <= claim->until;
}
