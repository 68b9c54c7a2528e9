#include "papers/form.h"

#include <glib.h>
#include <string.h>

#include "papers/span.h"
#include "tocsin/pace.h"
#include "tocsin/wording.h"

/* -- What the package says ----------------------------------------------------------------------
 */

static const char *named(const toc_leaf *leaf, const char *name, toc_phrase_id first,
                         toc_phrase_id last) {
    for (toc_phrase_id id = first; id <= last; id++) {
        if (strcmp(toc_phrase_in("en", id), name) == 0) {
            return toc_leaf_say(leaf, id);
        }
    }
    return name;
}

static char *kind_of(const toc_leaf *leaf, const toc_drill *drill) {
    toc_drill_facts facts = toc_drill_facts_of(drill);
    return g_strdup_printf(
        "%s · %s · %s",
        named(leaf, facts.form, TOC_PHRASE_FORM_TABLETOP, TOC_PHRASE_FORM_DEMONSTRATION),
        named(leaf, facts.span, TOC_PHRASE_SPAN_IN_HOUSE, TOC_PHRASE_SPAN_CROSS_REGION),
        named(leaf, facts.content, TOC_PHRASE_CONTENT_COMPREHENSIVE, TOC_PHRASE_CONTENT_THEMATIC));
}

void toc_form_put_kind(toc_leaf *leaf, const toc_drill *drill) {
    char *kind = kind_of(leaf, drill);
    toc_leaf_datum(leaf, TOC_PHRASE_FORM, kind);
    g_free(kind);
}

static const char *worded(const toc_leaf *leaf, const toc_drill *drill, const char *text) {
    return toc_wording_in(drill, toc_leaf_head_of(leaf).language, text);
}

static char *time_of(const toc_leaf *leaf, const toc_drill *drill) {
    char span[TOC_SPAN_SIZE];
    const char *starts = toc_drill_facts_of(drill).starts;
    (void)toc_span_print(toc_leaf_head_of(leaf).language, toc_drill_length(drill), span);
    return g_strdup_printf("%s%s%s", starts, starts[0] == '\0' ? "" : "\n", span);
}

static size_t team_length(const char *seat) {
    return strcspn(seat, ".");
}

/* Exercise control takes no part in what it runs. */
static bool is_control(const char *seat) {
    return strncmp(seat, TOC_CONTROL ".", strlen(TOC_CONTROL ".")) == 0;
}

static bool is_same_team(const char *one, const char *other) {
    size_t length = team_length(one);
    return length == team_length(other) && strncmp(one, other, length) == 0;
}

/* "North Grid (north)", where the team is an operator with a name. */
static void add_team(GString *list, const toc_drill *drill, const char *seat) {
    const toc_topology *topology = toc_drill_topology(drill);
    char *team = g_strndup(seat, team_length(seat));
    uint32_t own = toc_topology_find_operator(topology, team);
    const char *name = own == TOC_INDEX_NONE ? NULL : topology->operators[own].name;
    if (name != NULL && name[0] != '\0' && strcmp(name, team) != 0) {
        g_string_append_printf(list, "%s (%s)", name, team);
    } else {
        g_string_append(list, team);
    }
    g_free(team);
}

/* A line for each team, with its seats behind it or without. */
static char *teams_of(const toc_drill *drill, bool with_seats) {
    GString *list = g_string_new("");
    uint32_t count = toc_drill_facts_of(drill).seats;
    for (uint32_t i = 0; i < count; i++) {
        const char *seat = toc_drill_seat(drill, i);
        bool is_new = with_seats || !is_control(seat);
        for (uint32_t k = 0; k < i && is_new; k++) {
            is_new = !is_same_team(seat, toc_drill_seat(drill, k));
        }
        if (!is_new) {
            continue;
        }
        g_string_append(list, list->len == 0 ? "" : "\n");
        add_team(list, drill, seat);
        const char *gap = ": ";
        for (uint32_t k = i; with_seats && k < count; k++) {
            const char *other = toc_drill_seat(drill, k);
            if (is_same_team(seat, other)) {
                g_string_append_printf(list, "%s%s", gap, other + team_length(other) + 1);
                gap = ", ";
            }
        }
    }
    return g_string_free(list, FALSE);
}

static char *purpose_of(const toc_leaf *leaf, const toc_drill *drill, bool with_objectives) {
    GString *list = g_string_new(worded(leaf, drill, toc_drill_facts_of(drill).purpose));
    for (uint32_t i = 0; with_objectives && i < toc_plan_count(drill); i++) {
        toc_plan_part part = toc_plan_at(drill, i);
        if (part.kind == TOC_PLAN_OBJECTIVE) {
            g_string_append_printf(list, "%s%s  %s", list->len == 0 ? "" : "\n", part.id,
                                   worded(leaf, drill, part.text));
        }
    }
    return g_string_free(list, FALSE);
}

/* -- How it runs --------------------------------------------------------------------------------
 */

/* The earliest inject by the clock behind `after` whose phase is not `phase`. */
static bool next_phase(const toc_drill *drill, toc_time after, const char *phase,
                       toc_plan_part *out_part) {
    bool found = false;
    for (uint32_t i = 0; i < toc_plan_count(drill); i++) {
        toc_plan_part part = toc_plan_at(drill, i);
        if (part.kind == TOC_PLAN_INJECT && part.at != TOC_NEVER && part.at >= after &&
            part.phase[0] != '\0' && strcmp(part.phase, phase) != 0 &&
            (!found || part.at < out_part->at)) {
            *out_part = part;
            found = true;
        }
    }
    return found;
}

static void add_moment(GString *list, const toc_leaf *leaf, const toc_drill *drill, toc_time at,
                       const char *what) {
    char cell[TOC_SPAN_SIZE];
    toc_msel_clock clock = toc_msel_clock_of(toc_drill_facts_of(drill).starts);
    g_string_append(list, list->len == 0 ? "" : "\n");
    if (clock.known) {
        g_string_append(list, toc_span_wall(clock, at, cell));
    } else {
        g_string_append_printf(list, "+%s",
                               toc_span_print(toc_leaf_head_of(leaf).language, at, cell));
    }
    g_string_append_printf(list, "  %s", what);
}

/* The phases by the clock; of a drill without any, its injects as one. */
static char *flow_of(const toc_leaf *leaf, const toc_drill *drill) {
    GString *list = g_string_new("");
    toc_plan_part part = {.phase = ""};
    toc_time last = TOC_NEVER;
    add_moment(list, leaf, drill, 0, toc_leaf_say(leaf, TOC_PHRASE_FLOW_START));
    while (next_phase(drill, part.at, part.phase, &part)) {
        add_moment(list, leaf, drill, part.at, worded(leaf, drill, part.phase));
    }
    for (uint32_t i = 0; part.phase[0] == '\0' && i < toc_plan_count(drill); i++) {
        toc_plan_part inject = toc_plan_at(drill, i);
        bool is_timed = inject.kind == TOC_PLAN_INJECT && inject.at != TOC_NEVER;
        last = is_timed && (last == TOC_NEVER || inject.at > last) ? inject.at : last;
    }
    if (last != TOC_NEVER) {
        add_moment(list, leaf, drill, last, toc_leaf_say(leaf, TOC_PHRASE_FLOW_INJECTS));
    }
    add_moment(list, leaf, drill, toc_drill_length(drill), toc_leaf_say(leaf, TOC_PHRASE_FLOW_END));
    return g_string_free(list, FALSE);
}

/* -- The forms ----------------------------------------------------------------------------------
 */

void toc_form_plan(toc_leaf *leaf, const toc_papers_request *request) {
    enum { OTHERS = 4 };
    static const toc_phrase_id heads[] = {
        TOC_PHRASE_NUMBER, TOC_PHRASE_ITEM,   TOC_PHRASE_DEMANDS,     TOC_PHRASE_FORM,
        TOC_PHRASE_TIME,   TOC_PHRASE_BODIES, TOC_PHRASE_ARRANGEMENT, TOC_PHRASE_BUDGETED};
    const toc_drill *drill = request->drill;
    const char *box = toc_leaf_say(leaf, TOC_PHRASE_YES_NO);
    char *purpose = purpose_of(leaf, drill, true), *kind = kind_of(leaf, drill);
    char *time = time_of(leaf, drill), *teams = teams_of(drill, false);
    char *flow = flow_of(leaf, drill);
    toc_leaf_line(leaf, toc_leaf_say(leaf, TOC_PHRASE_PLAN_NOTE));
    toc_leaf_table(leaf, heads, sizeof heads / sizeof *heads);
    toc_leaf_row(leaf,
                 (const char *const[]){"1", worded(leaf, drill, toc_drill_facts_of(drill).title),
                                       purpose, kind, time, teams, flow, box});
    for (int i = 0; i < OTHERS; i++) {
        toc_leaf_row(leaf, (const char *const[]){(const char[]){(char)('2' + i), '\0'}, "\n\n", "",
                                                 "", "", "", "", box});
    }
    g_free(purpose);
    g_free(kind);
    g_free(time);
    g_free(teams);
    g_free(flow);
}

static void put_groups(toc_leaf *leaf, const toc_drill *drill) {
    static const toc_phrase_id heads[] = {TOC_PHRASE_GROUP, TOC_PHRASE_BODY, TOC_PHRASE_PERSONS,
                                          TOC_PHRASE_TASK};
    toc_leaf_heading(leaf, TOC_PHRASE_ORGANISATION);
    toc_leaf_table(leaf, heads, 4);
    for (toc_phrase_id id = TOC_PHRASE_GROUP_MANAGING; id <= TOC_PHRASE_GROUP_OBSERVERS; id += 2) {
        char *teams = teams_of(drill, false);
        bool plays = id == TOC_PHRASE_GROUP_EXECUTION;
        toc_leaf_row(leaf, (const char *const[]){toc_leaf_say(leaf, id), plays ? teams : "", "",
                                                 toc_leaf_say(leaf, id + 1)});
        g_free(teams);
    }
}

static void put_briefing(toc_leaf *leaf, const toc_papers_request *request) {
    toc_package_file file;
    char buffer[256];
    const char *path = toc_wording_paper(request->package, "briefing.md", request->language, buffer,
                                         sizeof buffer);
    toc_leaf_heading(leaf, TOC_PHRASE_SCENE);
    if (path != NULL && toc_package_find(request->package, path, &file)) {
        toc_leaf_text(leaf, file.bytes);
    } else {
        toc_leaf_form(leaf);
        toc_leaf_entry(leaf, TOC_PHRASE_SCENE, "");
    }
}

toc_phrase_id toc_form_pace(const toc_drill *drill) {
    switch (toc_pace_of(drill)) {
    case TOC_PACE_TALK:
        return TOC_PHRASE_PACE_TALK;
    case TOC_PACE_SCRIPT:
        return TOC_PHRASE_PACE_SCRIPT;
    case TOC_PACE_CLOCK:
        break;
    }
    return TOC_PHRASE_PACE_CLOCK;
}

static char *rules_of(const toc_leaf *leaf, toc_phrase_id first, toc_phrase_id last) {
    GString *list = g_string_new("");
    for (toc_phrase_id id = first; id <= last; id++) {
        g_string_append_printf(list, "%s• %s", id == first ? "" : "\n", toc_leaf_say(leaf, id));
    }
    return g_string_free(list, FALSE);
}

void toc_form_work(toc_leaf *leaf, const toc_papers_request *request) {
    const toc_drill *drill = request->drill;
    toc_drill_facts facts = toc_drill_facts_of(drill);
    char *time = time_of(leaf, drill), *kind = kind_of(leaf, drill);
    char *purpose = purpose_of(leaf, drill, false), *objectives = purpose_of(leaf, drill, true);
    char *flow = flow_of(leaf, drill);
    char *rules = rules_of(leaf, TOC_PHRASE_RULE_MARK, TOC_PHRASE_RULE_CONTROL);
    toc_leaf_line(leaf, toc_leaf_say(leaf, TOC_PHRASE_WORK_NOTE));
    toc_leaf_form(leaf);
    toc_leaf_entry(leaf, TOC_PHRASE_ITEM, worded(leaf, drill, facts.title));
    toc_leaf_entry(leaf, TOC_PHRASE_TIME, time);
    toc_leaf_entry(leaf, TOC_PHRASE_PLACE, worded(leaf, drill, facts.place));
    toc_leaf_entry(leaf, TOC_PHRASE_ORGANISER, worded(leaf, drill, facts.organiser));
    toc_leaf_entry(leaf, TOC_PHRASE_PURPOSE, purpose);
    toc_leaf_entry(leaf, TOC_PHRASE_FORM, kind);
    put_groups(leaf, drill);
    put_briefing(leaf, request);
    toc_leaf_heading(leaf, TOC_PHRASE_CONTENT);
    toc_leaf_form(leaf);
    toc_leaf_entry(leaf, TOC_PHRASE_GUIDING, "");
    toc_leaf_entry(leaf, TOC_PHRASE_PRINCIPLES, "");
    toc_leaf_entry(leaf, TOC_PHRASE_DEMANDS, objectives);
    toc_leaf_entry(leaf, TOC_PHRASE_FLOW, flow);
    toc_leaf_entry(leaf, TOC_PHRASE_PREPARATIONS, "");
    toc_leaf_entry(leaf, TOC_PHRASE_REQUIREMENTS, rules);
    toc_leaf_entry(leaf, TOC_PHRASE_PACE, toc_leaf_say(leaf, toc_form_pace(drill)));
    g_free(time);
    g_free(kind);
    g_free(purpose);
    g_free(objectives);
    g_free(flow);
    g_free(rules);
}

/* Adds a word that is not yet among those of the list. */
static void add_once(GString *list, const char *word) {
    char **known = g_strsplit(list->str, ", ", -1);
    if (word != NULL && word[0] != '\0' && !g_strv_contains((const char *const *)known, word)) {
        g_string_append_printf(list, "%s%s", list->len == 0 ? "" : ", ", word);
    }
    g_strfreev(known);
}

static char *channels_of(const toc_leaf *leaf, const toc_drill *drill) {
    GString *channels = g_string_new(""), *people = g_string_new("");
    for (uint32_t i = 0; i < toc_plan_count(drill); i++) {
        toc_plan_part part = toc_plan_at(drill, i);
        add_once(channels, part.kind == TOC_PLAN_INJECT && !part.silent ? part.channel : NULL);
    }
    for (uint32_t i = 0; i < toc_drill_facts_of(drill).personas; i++) {
        toc_drill_persona persona = toc_drill_persona_at(drill, i);
        add_once(channels, persona.channel);
        add_once(people, worded(leaf, drill, persona.name));
    }
    char *text =
        g_strdup_printf("%s %s%s%s%s%s", toc_leaf_say(leaf, TOC_PHRASE_CHANNELS_USED),
                        channels->str, people->len == 0 ? "" : "\n",
                        people->len == 0 ? "" : toc_leaf_say(leaf, TOC_PHRASE_PLAYED_BY_CONTROL),
                        people->len == 0 ? "" : " ", people->str);
    (void)g_string_free(channels, TRUE);
    (void)g_string_free(people, TRUE);
    return text;
}

void toc_form_support(toc_leaf *leaf, const toc_papers_request *request) {
    static const toc_phrase_id heads[] = {TOC_PHRASE_SUPPORT_ITEM, TOC_PHRASE_SUPPORT_WHAT,
                                          TOC_PHRASE_SUPPORT_WHO, TOC_PHRASE_SUPPORT_DUE,
                                          TOC_PHRASE_SUPPORT_DONE};
    const toc_drill *drill = request->drill;
    char *teams = teams_of(drill, true);
    char *people = g_strdup_printf("%s\n%s", toc_leaf_say(leaf, TOC_PHRASE_SEATS_TO_FILL), teams);
    char *channels = channels_of(leaf, drill);
    char *rules = rules_of(leaf, TOC_PHRASE_RULE_WORD, TOC_PHRASE_RULE_PLANTS);
    toc_leaf_line(leaf, toc_leaf_say(leaf, TOC_PHRASE_SUPPORT_NOTE));
    toc_leaf_table(leaf, heads, 5);
    for (toc_phrase_id id = TOC_PHRASE_SUPPORT_PEOPLE; id <= TOC_PHRASE_SUPPORT_INSPECTION; id++) {
        const char *what = id == TOC_PHRASE_SUPPORT_PEOPLE ? people
                           : id == TOC_PHRASE_SUPPORT_VENUE
                               ? worded(leaf, drill, toc_drill_facts_of(drill).place)
                           : id == TOC_PHRASE_SUPPORT_COMMUNICATIONS ? channels
                           : id == TOC_PHRASE_SUPPORT_SAFETY         ? rules
                                                                     : "";
        const char *space = what[0] == '\0' ? "\n\n\n" : what;
        toc_leaf_row(leaf, (const char *const[]){toc_leaf_say(leaf, id), space, "", "", ""});
    }
    g_free(teams);
    g_free(people);
    g_free(channels);
    g_free(rules);
}
