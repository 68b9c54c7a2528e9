#include "drill/assessment.h"

#include <string.h>

#include "drill/seat.h"
#include "kernel/assert.h"
#include "kernel/names.h"
#include "tocsin/technique.h"

static const toc_place nowhere = {.file = NULL};

static const char *const categories[] = {
#define TOC_INCIDENT_CATEGORY(id, title, what) id,
#include "drill/incident_category.def"
#undef TOC_INCIDENT_CATEGORY
};

static const char *const levels[] = {
#define TOC_INCIDENT_LEVEL(id, title) id,
#include "drill/incident_level.def"
#undef TOC_INCIDENT_LEVEL
};

enum {
    CATEGORIES = sizeof categories / sizeof *categories,
    LEVELS = sizeof levels / sizeof *levels,
    MOST_DIGITS = 9
};

/* Which parameter says what is assessed. */
static const char *key_of(toc_action_verb verb) {
    switch ((int)verb) {
    case TOC_VERB_CLASSIFY:
        return "category";
    case TOC_VERB_GRADE:
        return "grade";
    case TOC_VERB_ATTRIBUTE:
        return "technique";
    default:
        TOC_ASSERT(verb == TOC_VERB_ESTIMATE_IMPACT);
        return "people";
    }
}

static toc_status check_word(const char *what, const char *const *words, uint32_t count,
                             const char *value, toc_problems *problems) {
    for (uint32_t i = 0; i < count; i++) {
        if (strcmp(words[i], value) == 0) {
            return TOC_OK;
        }
    }
    const char *nearest = toc_names_nearest_of(words, count, value);
    return toc_problems_error(problems, nowhere, "'%.60s' is no %s%s%s%s", value, what,
                              nearest == NULL ? "; there are general up to particularly-major, and "
                                                "malware, network-attack, facility-failure and more"
                                              : "; did you mean '",
                              nearest == NULL ? "" : nearest, nearest == NULL ? "" : "'?");
}

static toc_status check_technique(const char *value, toc_problems *problems) {
    if (toc_technique_id(value) != NULL) {
        return TOC_OK;
    }
    const char *nearest = toc_technique_nearest(value);
    return toc_problems_error(problems, nowhere, "'%.60s' is no technique of ATT&CK for ICS%s%s%s",
                              value, nearest == NULL ? "" : "; did you mean '",
                              nearest == NULL ? "" : nearest, nearest == NULL ? "" : "'?");
}

toc_status toc_assessment_check(const char *key, const char *value, toc_problems *problems) {
    if (strcmp(key, "category") == 0) {
        return check_word("category of incidents", categories, CATEGORIES, value, problems);
    }
    if (strcmp(key, "grade") == 0) {
        return check_word("level of incidents", levels, LEVELS, value, problems);
    }
    if (strcmp(key, "technique") == 0) {
        return check_technique(value, problems);
    }
    size_t digits = strspn(value, "0123456789");
    if ((strcmp(key, "people") == 0 || strcmp(key, "minutes") == 0) &&
        (digits == 0 || digits > MOST_DIGITS || value[digits] != '\0')) {
        return toc_problems_error(problems, nowhere, "%s: expected a whole number, found '%.40s'",
                                  key, value);
    }
    return TOC_OK;
}

const char *toc_assessment_begin(toc_drill *drill, uint32_t number) {
    const toc_ticket *ticket = toc_ticket_at(drill, number);
    const char *key = key_of(ticket->verb);
    if (toc_parameter_text(&ticket->parameters, key) == NULL) {
        return toc_arena_format(drill->arena, "the %s is not said", key);
    }
    if (ticket->verb == TOC_VERB_GRADE &&
        toc_parameter_text(&ticket->parameters, "reason") == NULL) {
        return "the reason is not said: a level that nobody can check is worth nothing";
    }
    return NULL;
}

const char *toc_assessment_end(toc_drill *drill, const toc_ticket *ticket, const char **out_said) {
    const toc_parameters *said = &ticket->parameters;
    const char *reason = toc_parameter_text(said, "reason");
    const char *value = toc_parameter_text(said, key_of(ticket->verb));
    int64_t people = 0, minutes = 0;
    if (ticket->verb == TOC_VERB_ESTIMATE_IMPACT) {
        people = toc_parameter_number(said, "people", 0);
        minutes = toc_parameter_number(said, "minutes", 0);
    }
    toc_trace_put(drill, TOC_TRACE_ASSESSMENT, value, toc_seat_name(drill, ticket->seat),
                  toc_action_name(ticket->verb), reason == NULL ? "" : reason, people, minutes);
    *out_said = value;
    return NULL;
}
