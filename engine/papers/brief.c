#include "papers/brief.h"

#include <glib.h>
#include <string.h>

#include "drawing/excerpt.h"
#include "papers/guide.h"
#include "papers/span.h"
#include "papers/procedure.h"
#include "tocsin/wording.h"

static const char *worded(const toc_leaf *leaf, const toc_drill *drill, const char *text) {
    return toc_wording_in(drill, toc_leaf_head_of(leaf).language, text);
}

/* -- Whose seat it is ---------------------------------------------------------------------------
 */

static char *team_of(const toc_papers_request *request) {
    const char *seat = toc_drill_seat(request->drill, request->seat);
    return g_strndup(seat, strcspn(seat, "."));
}

static bool is_control(const toc_papers_request *request) {
    char *team = team_of(request);
    bool is = strcmp(team, TOC_CONTROL) == 0;
    g_free(team);
    return is;
}

/* The operator that the seat's team is, TOC_INDEX_NONE where it is none or has no asset. */
static uint32_t operator_of(const toc_papers_request *request) {
    const toc_topology *topology = toc_drill_topology(request->drill);
    char *team = team_of(request);
    uint32_t own = toc_topology_find_operator(topology, team), asset = 0;
    g_free(team);
    while (own != TOC_INDEX_NONE && asset < topology->asset_count &&
           topology->assets[asset].operator_index != own) {
        asset++;
    }
    return asset < topology->asset_count ? own : TOC_INDEX_NONE;
}

/* An authority, or a body that runs nothing. */
static bool is_outside(const toc_papers_request *request) {
    uint32_t own = operator_of(request);
    const toc_topology *topology = toc_drill_topology(request->drill);
    return own == TOC_INDEX_NONE || strcmp(topology->operators[own].sector, "government") == 0;
}

toc_phrase_id toc_brief_name(const toc_papers_request *request) {
    return is_control(request)   ? TOC_PHRASE_BRIEF_CONTROL
           : is_outside(request) ? TOC_PHRASE_BRIEF_OUTSIDE
                                 : TOC_PHRASE_BRIEF;
}

toc_topology *toc_brief_map(const toc_papers_request *request) {
    uint32_t own = operator_of(request);
    return own == TOC_INDEX_NONE || is_control(request)
               ? NULL
               : toc_excerpt_create(toc_drill_topology(request->drill), own);
}

/* -- Of every brief -----------------------------------------------------------------------------
 */

/* The team's own briefing where the package has one, else everybody's. */
static void put_situation(toc_leaf *leaf, const toc_papers_request *request) {
    toc_package_file file;
    char buffer[256];
    char *team = team_of(request), *own = g_strdup_printf("briefing-%s.md", team);
    const char *path =
        toc_wording_paper(request->package, own, request->language, buffer, sizeof buffer);
    if (path == NULL) {
        path = toc_wording_paper(request->package, "briefing.md", request->language, buffer,
                                 sizeof buffer);
    }
    if (path != NULL && toc_package_find(request->package, path, &file)) {
        toc_leaf_heading(leaf, TOC_PHRASE_SITUATION);
        toc_leaf_text(leaf, file.bytes);
    }
    g_free(team);
    g_free(own);
}

static void put_verbs(toc_leaf *leaf, const toc_papers_request *request) {
    static const toc_phrase_id heads[] = {TOC_PHRASE_VERB, TOC_PHRASE_MEANING};
    toc_plan_verb verb;
    toc_leaf_heading(leaf, TOC_PHRASE_VERBS);
    toc_leaf_table(leaf, heads, 2);
    for (uint32_t i = 0; toc_plan_verb_at(request->drill, request->seat, i, &verb); i++) {
        toc_leaf_row(leaf, (const char *const[]){verb.name, verb.help});
    }
}

/* -- A player's ---------------------------------------------------------------------------------
 */

static void put_assets(toc_leaf *leaf, const toc_topology *own) {
    static const toc_phrase_id heads[] = {TOC_PHRASE_NUMBER, TOC_PHRASE_NAME, TOC_PHRASE_KIND,
                                          TOC_PHRASE_ZONE};
    toc_leaf_heading(leaf, TOC_PHRASE_ASSETS);
    toc_leaf_table(leaf, heads, 4);
    for (uint32_t i = 0; i < own->asset_count; i++) {
        const toc_asset *asset = &own->assets[i];
        toc_leaf_row(leaf, (const char *const[]){
                               asset->id, asset->name == NULL ? "" : asset->name,
                               toc_topology_kind(asset->kind)->title,
                               asset->zone < own->zone_count ? own->zones[asset->zone].id : ""});
    }
}

static void put_plant(toc_leaf *leaf, const toc_topology *map) {
    enum { MOST_DRAWN = 1000 };
    toc_leaf_heading(leaf, TOC_PHRASE_MAP);
    if (map->asset_count <= MOST_DRAWN) {
        toc_leaf_map(leaf, map);
    } else {
        toc_leaf_line(leaf, toc_leaf_say(leaf, TOC_PHRASE_MAP_LARGE));
    }
    put_assets(leaf, map);
}

/* -- An outside body's --------------------------------------------------------------------------
 */

static void put_operators(toc_leaf *leaf, const toc_drill *drill) {
    static const toc_phrase_id heads[] = {TOC_PHRASE_BODY, TOC_PHRASE_NAME, TOC_PHRASE_SECTOR};
    const toc_topology *topology = toc_drill_topology(drill);
    bool *has_plant = g_new0(bool, topology->operator_count + (gsize)1);
    for (uint32_t i = 0; i < topology->asset_count; i++) {
        uint32_t owner = topology->assets[i].operator_index;
        has_plant[MIN(owner, topology->operator_count)] = true;
    }
    toc_leaf_heading(leaf, TOC_PHRASE_OUTSIDE_OPERATORS);
    toc_leaf_table(leaf, heads, 3);
    for (uint32_t i = 0; i < topology->operator_count; i++) {
        const toc_operator *body = &topology->operators[i];
        if (has_plant[i]) {
            toc_leaf_row(leaf, (const char *const[]){body->id, body->name, body->sector});
        }
    }
    g_free(has_plant);
}

/* Those of rulebooks: what the law asks is known to everybody, a scenario's own duties are not. */
static void put_reports(toc_leaf *leaf, const toc_papers_request *request) {
    static const toc_phrase_id heads[] = {TOC_PHRASE_OWED_BY, TOC_PHRASE_DUTY, TOC_PHRASE_CLOCK,
                                          TOC_PHRASE_ALLOWED, TOC_PHRASE_SOURCE};
    const toc_drill *drill = request->drill;
    const char *seat = toc_drill_seat(drill, request->seat);
    char *team = team_of(request);
    bool begun = false;
    for (uint32_t i = 0; i < toc_plan_count(drill); i++) {
        toc_plan_part part = toc_plan_at(drill, i);
        if (part.kind != TOC_PLAN_DUTY || !part.by_rules ||
            (strcmp(part.recipient, seat) != 0 && strcmp(part.recipient, team) != 0)) {
            continue;
        }
        if (!begun) {
            toc_leaf_heading(leaf, TOC_PHRASE_OUTSIDE_REPORTS);
            toc_leaf_table(leaf, heads, G_N_ELEMENTS(heads));
            begun = true;
        }
        char *limit = toc_guide_limit(leaf, part.within, TOC_PHRASE_NO_LIMIT);
        toc_leaf_row(leaf, (const char *const[]){part.team, worded(leaf, drill, part.text),
                                                 toc_guide_clock(leaf, part.clock), limit,
                                                 worded(leaf, drill, part.source)});
        g_free(limit);
    }
    g_free(team);
}

/* -- Exercise control's -------------------------------------------------------------------------
 */

static void put_people(toc_leaf *leaf, const toc_drill *drill) {
    static const toc_phrase_id heads[] = {TOC_PHRASE_NUMBER, TOC_PHRASE_NAME, TOC_PHRASE_CHANNEL,
                                          TOC_PHRASE_ABOUT, TOC_PHRASE_WHOM};
    uint32_t count = toc_drill_facts_of(drill).personas;
    if (count > 0) {
        toc_leaf_heading(leaf, TOC_PHRASE_CONTROL_PEOPLE);
        toc_leaf_table(leaf, heads, G_N_ELEMENTS(heads));
    }
    for (uint32_t i = 0; i < count; i++) {
        toc_drill_persona persona = toc_drill_persona_at(drill, i);
        toc_leaf_row(leaf, (const char *const[]){persona.id, worded(leaf, drill, persona.name),
                                                 persona.channel,
                                                 worded(leaf, drill, persona.about), ""});
    }
}

/* "Who is it? – The night shift.", a line each. */
static char *answers_of(const toc_leaf *leaf, const toc_drill *drill, const toc_plan_part *part) {
    GString *list = g_string_new("");
    for (uint32_t i = 0; i + 1 < part->answer_count; i += 2) {
        g_string_append_printf(list, "%s%s – %s", i == 0 ? "" : "\n",
                               worded(leaf, drill, part->answers[i]),
                               worded(leaf, drill, part->answers[i + 1]));
    }
    return g_string_free(list, FALSE);
}

static char *receivers_of(const toc_plan_part *part) {
    GString *list = g_string_new("");
    for (uint32_t i = 0; i < part->to_count; i++) {
        g_string_append_printf(list, "%s%s", i == 0 ? "" : "; ", part->to[i]);
    }
    return g_string_free(list, FALSE);
}

static char *comes_at(const toc_leaf *leaf, const toc_plan_part *part) {
    char at[64];
    (void)toc_time_print(part->at, at, sizeof at);
    return g_strdup(
        part->at != TOC_NEVER
            ? at
            : toc_leaf_say(leaf, part->by_hand ? TOC_PHRASE_BY_HAND : TOC_PHRASE_ON_CONDITION));
}

/* What is to be spoken. */
static void put_calls(toc_leaf *leaf, const toc_drill *drill) {
    static const toc_phrase_id heads[] = {TOC_PHRASE_NUMBER, TOC_PHRASE_COMES, TOC_PHRASE_FROM,
                                          TOC_PHRASE_ROLE,   TOC_PHRASE_SAYS,  TOC_PHRASE_ANSWERS};
    bool begun = false;
    for (uint32_t i = 0; i < toc_plan_count(drill); i++) {
        toc_plan_part part = toc_plan_at(drill, i);
        if (part.kind != TOC_PLAN_INJECT || part.says == NULL) {
            continue;
        }
        if (!begun) {
            toc_leaf_heading(leaf, TOC_PHRASE_CALLS);
            toc_leaf_table(leaf, heads, G_N_ELEMENTS(heads));
            begun = true;
        }
        char *at = comes_at(leaf, &part), *answers = answers_of(leaf, drill, &part);
        char *to = receivers_of(&part);
        toc_leaf_row(leaf, (const char *const[]){part.id, at, worded(leaf, drill, part.from), to,
                                                 worded(leaf, drill, part.says), answers});
        g_free(at);
        g_free(answers);
        g_free(to);
    }
}

/* Those that do not come by the clock. */
static void put_waiting(toc_leaf *leaf, const toc_drill *drill) {
    static const toc_phrase_id heads[] = {TOC_PHRASE_NUMBER, TOC_PHRASE_COMES, TOC_PHRASE_MESSAGE};
    bool begun = false;
    for (uint32_t i = 0; i < toc_plan_count(drill); i++) {
        toc_plan_part part = toc_plan_at(drill, i);
        if (part.kind != TOC_PLAN_INJECT || part.at != TOC_NEVER) {
            continue;
        }
        if (!begun) {
            toc_leaf_heading(leaf, TOC_PHRASE_CONTROL_INJECTS);
            toc_leaf_table(leaf, heads, 3);
            begun = true;
        }
        toc_leaf_row(
            leaf, (const char *const[]){part.id,
                                        toc_leaf_say(leaf, part.by_hand ? TOC_PHRASE_BY_HAND
                                                                        : TOC_PHRASE_ON_CONDITION),
                                        worded(leaf, drill, part.text)});
    }
}

void toc_brief_control(toc_leaf *leaf, const toc_papers_request *request) {
    static const toc_phrase_id heads[] = {TOC_PHRASE_VERB, TOC_PHRASE_MEANING};
    toc_leaf_line(leaf, toc_leaf_say(leaf, TOC_PHRASE_CONTROL_NOTE));
    put_people(leaf, request->drill);
    put_calls(leaf, request->drill);
    put_waiting(leaf, request->drill);
    toc_leaf_heading(leaf, TOC_PHRASE_CONTROL_VERBS);
    toc_leaf_table(leaf, heads, 2);
    for (uint32_t i = 0; i < toc_drill_direction_count(); i++) {
        toc_drill_direction direction = toc_drill_direction_at(i);
        toc_leaf_row(leaf, (const char *const[]){direction.verb, direction.help});
    }
}

void toc_brief_write(toc_leaf *leaf, const toc_papers_request *request, const toc_topology *map) {
    toc_leaf_datum(leaf, TOC_PHRASE_SEAT, toc_drill_seat(request->drill, request->seat));
    if (is_control(request)) {
        toc_brief_control(leaf, request);
        put_verbs(leaf, request);
        return;
    }
    if (is_outside(request)) {
        toc_leaf_line(leaf, toc_leaf_say(leaf, TOC_PHRASE_OUTSIDE_NOTE));
    }
    put_situation(leaf, request);
    if (is_outside(request)) {
        put_operators(leaf, request->drill);
        put_reports(leaf, request);
    }
    toc_procedure_write(leaf, request->drill, request->seat);
    put_verbs(leaf, request);
    if (map != NULL) {
        put_plant(leaf, map);
    }
}
