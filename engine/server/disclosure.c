#include "server/disclosure.h"

#include <glib.h>
#include <string.h>

#include "server/branching.h"
#include "tocsin/truth.h"
#include "tocsin/wording.h"

enum list {
    LIST_ASSETS,
    LIST_SERVICES,
    LIST_INJECTS,
    LIST_ATTACKS,
    LIST_SEATS,
    LIST_BRANCHES,
    LIST_OBJECTIVES,
    LISTS
};

static const toc_wire_kind kinds[LISTS] = {
    [LIST_ASSETS] = TOC_WIRE_M_FACT,         [LIST_SERVICES] = TOC_WIRE_M_FACT,
    [LIST_INJECTS] = TOC_WIRE_M_INJECT,      [LIST_ATTACKS] = TOC_WIRE_M_ATTACK,
    [LIST_SEATS] = TOC_WIRE_M_PLACE,         [LIST_BRANCHES] = TOC_WIRE_M_BRANCH,
    [LIST_OBJECTIVES] = TOC_WIRE_M_OBJECTIVE};

struct toc_disclosure {
    const toc_hall *hall;
    const char *language;
    GHashTable *known[LISTS]; /* hash of each item as it was told, by its id; never walked */
    GByteArray *changed[LISTS];
    GPtrArray *blocks; /* what the changed items point to */
    bool begun;
};

toc_disclosure *toc_disclosure_create(const toc_hall *hall, const char *language) {
    toc_disclosure *disclosure = g_new0(toc_disclosure, 1);
    disclosure->hall = hall;
    disclosure->language = language;
    disclosure->blocks = g_ptr_array_new_with_free_func(g_free);
    for (int i = 0; i < LISTS; i++) {
        disclosure->known[i] = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
        disclosure->changed[i] = g_byte_array_new();
    }
    return disclosure;
}

void toc_disclosure_destroy(toc_disclosure *disclosure) {
    if (disclosure == NULL) {
        return;
    }
    for (int i = 0; i < LISTS; i++) {
        g_hash_table_destroy(disclosure->known[i]);
        (void)g_byte_array_free(disclosure->changed[i], TRUE);
    }
    (void)g_ptr_array_free(disclosure->blocks, TRUE);
    g_free(disclosure);
}

/* -- What has changed ---------------------------------------------------------------------------
 */

static uint64_t mix(uint64_t hash, const void *bytes, size_t size) {
    for (size_t i = 0; i < size; i++) { /* FNV-1a */
        hash = (hash ^ ((const unsigned char *)bytes)[i]) * UINT64_C(0x100000001b3);
    }
    return hash;
}

static uint64_t mix_text(uint64_t hash, const char *text) {
    return mix(hash, text == NULL ? "" : text, text == NULL ? 1 : strlen(text) + 1);
}

static uint64_t mix_field(uint64_t hash, const toc_wire_field *field, const void *item) {
    const void *at = (const char *)item + field->offset;
    switch (field->type) {
    case TOC_WIRE_TYPE_TEXT:
    case TOC_WIRE_TYPE_WORD:
        return mix_text(hash, *(const char *const *)at);
    case TOC_WIRE_TYPE_NUMBER:
    case TOC_WIRE_TYPE_TIME:
        return mix(hash, at, sizeof(int64_t));
    case TOC_WIRE_TYPE_FLAG:
        return mix(hash, at, sizeof(bool));
    case TOC_WIRE_TYPE_TEXTS: {
        const toc_wire_texts *texts = at;
        for (uint32_t i = 0; i < texts->count; i++) {
            hash = mix_text(hash, texts->items[i]);
        }
        return mix(hash, &texts->count, sizeof texts->count);
    }
    case TOC_WIRE_TYPE_WHY:
    case TOC_WIRE_TYPE_PAIRS:
    case TOC_WIRE_TYPE_LIST:
        break; /* no item of these lists has any */
    }
    return hash;
}

static void consider(toc_disclosure *disclosure, enum list list, const void *item) {
    toc_wire_record record = toc_wire_record_of(kinds[list]);
    const char *id = *(const char *const *)item; /* the first field of every item */
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < record.count; i++) {
        hash = mix_field(hash, &record.fields[i], item);
    }
    const uint64_t *known = g_hash_table_lookup(disclosure->known[list], id);
    if (known == NULL || *known != hash) {
        (void)g_hash_table_insert(disclosure->known[list], g_strdup(id),
                                  g_memdup2(&hash, sizeof hash));
        (void)g_byte_array_append(disclosure->changed[list], item, (guint)record.size);
    }
}

/* -- How things are -----------------------------------------------------------------------------
 */

static void add_assets(toc_disclosure *disclosure, const toc_drill *drill) {
    for (uint32_t i = 0; i < toc_truth_element_count(drill); i++) {
        toc_truth_element element = toc_truth_element_at(drill, i);
        toc_wire_fact fact;
        toc_wire_clear(TOC_WIRE_M_FACT, &fact);
        fact.id = element.id;
        fact.operation = element.operation;
        if (element.cause_count > 0) {
            char *causes =
                g_memdup2(element.causes, element.cause_count * sizeof element.causes[0]);
            g_ptr_array_add(disclosure->blocks, causes);
            fact.causes = (toc_wire_texts){(const void *)causes, element.cause_count};
        }
        consider(disclosure, LIST_ASSETS, &fact);
    }
}

static void add_services(toc_disclosure *disclosure, const toc_drill *drill) {
    for (uint32_t i = 0; i < toc_drill_facts_of(drill).services; i++) {
        toc_drill_service service = toc_drill_service_at(drill, i);
        char *id = g_strdup_printf("%s/%s", service.operator_id, service.id);
        toc_wire_fact fact;
        toc_wire_clear(TOC_WIRE_M_FACT, &fact);
        g_ptr_array_add(disclosure->blocks, id);
        fact.id = id;
        fact.level = CLAMP(service.level_ppm, 0, 1000000);
        consider(disclosure, LIST_SERVICES, &fact);
    }
}

static const char *say(const toc_disclosure *disclosure, const toc_drill *drill, const char *text) {
    return disclosure->language[0] == '\0' ? text
                                           : toc_wording_in(drill, disclosure->language, text);
}

static void add_injects(toc_disclosure *disclosure, const toc_drill *drill) {
    for (uint32_t i = 0; i < toc_truth_inject_count(drill); i++) {
        toc_truth_inject inject = toc_truth_inject_at(drill, i);
        toc_wire_inject told;
        toc_wire_clear(TOC_WIRE_M_INJECT, &told);
        told.id = inject.id;
        told.state = inject.state;
        told.at = inject.at;
        told.to = (toc_wire_texts){inject.to, inject.to_count};
        told.text = say(disclosure, drill, inject.text);
        told.script = inject.script == NULL ? "" : say(disclosure, drill, inject.script);
        told.answers = (toc_wire_texts){inject.answers, inject.answer_count};
        consider(disclosure, LIST_INJECTS, &told);
    }
}

static void add_attacks(toc_disclosure *disclosure, const toc_drill *drill) {
    for (uint32_t i = 0; i < toc_truth_adversary_count(drill); i++) {
        toc_truth_adversary adversary = toc_truth_adversary_at(drill, i);
        toc_wire_attack attack;
        toc_wire_clear(TOC_WIRE_M_ATTACK, &attack);
        attack.id = adversary.id;
        attack.technique = adversary.technique;
        attack.target = adversary.target;
        attack.text = adversary.outcome;
        attack.steps = adversary.steps;
        consider(disclosure, LIST_ATTACKS, &attack);
    }
}

static void add_seats(toc_disclosure *disclosure, const toc_drill *drill) {
    for (uint32_t i = 0; i < toc_drill_facts_of(drill).seats; i++) {
        toc_wire_place place;
        toc_hall_place(disclosure->hall, i, &place);
        place.open = toc_truth_open_tickets(drill, i);
        consider(disclosure, LIST_SEATS, &place);
    }
}

static void add_objectives(toc_disclosure *disclosure, const toc_drill *drill) {
    for (uint32_t i = 0; i < toc_drill_facts_of(drill).objectives; i++) {
        toc_drill_objective objective = toc_drill_objective_at(drill, i);
        toc_wire_objective told;
        toc_wire_clear(TOC_WIRE_M_OBJECTIVE, &told);
        told.id = objective.id;
        told.text = say(disclosure, drill, objective.text);
        told.met = objective.met;
        told.started = objective.started_at;
        told.due = objective.due;
        told.at = objective.met_at;
        told.by = objective.by == NULL ? "" : objective.by;
        consider(disclosure, LIST_OBJECTIVES, &told);
    }
}

static void add_branches(toc_disclosure *disclosure) {
    for (uint32_t i = 1; i <= toc_branching_count(disclosure->hall); i++) {
        toc_wire_branch branch;
        char *id = g_strdup_printf("%u", i);
        char *from = g_strdup_printf("%u", toc_branching_read(disclosure->hall, i, &branch));
        g_ptr_array_add(disclosure->blocks, id);
        g_ptr_array_add(disclosure->blocks, from);
        branch.id = id;
        branch.from = strcmp(from, "0") == 0 ? "" : from;
        consider(disclosure, LIST_BRANCHES, &branch);
    }
}

bool toc_disclosure_next(toc_disclosure *disclosure, toc_wire_truth *out_truth) {
    const toc_drill *drill = toc_hall_drill(disclosure->hall);
    uint32_t counts[LISTS], all = 0;
    (void)g_ptr_array_set_size(disclosure->blocks, 0);
    for (int i = 0; i < LISTS; i++) {
        (void)g_byte_array_set_size(disclosure->changed[i], 0);
    }
    add_assets(disclosure, drill);
    add_services(disclosure, drill);
    add_injects(disclosure, drill);
    add_attacks(disclosure, drill);
    add_seats(disclosure, drill);
    add_branches(disclosure);
    add_objectives(disclosure, drill);
    for (int i = 0; i < LISTS; i++) {
        counts[i] = (uint32_t)(disclosure->changed[i]->len / toc_wire_record_of(kinds[i]).size);
        all += counts[i];
    }
    toc_wire_clear(TOC_WIRE_M_TRUTH, out_truth);
    out_truth->at = toc_drill_now(drill);
    out_truth->whole = !disclosure->begun;
    disclosure->begun = true;
    GByteArray **changed = disclosure->changed;
    out_truth->assets =
        (toc_wire_fact_list){(const void *)changed[LIST_ASSETS]->data, counts[LIST_ASSETS]};
    out_truth->services =
        (toc_wire_fact_list){(const void *)changed[LIST_SERVICES]->data, counts[LIST_SERVICES]};
    out_truth->injects =
        (toc_wire_inject_list){(const void *)changed[LIST_INJECTS]->data, counts[LIST_INJECTS]};
    out_truth->attacks =
        (toc_wire_attack_list){(const void *)changed[LIST_ATTACKS]->data, counts[LIST_ATTACKS]};
    out_truth->seats =
        (toc_wire_place_list){(const void *)changed[LIST_SEATS]->data, counts[LIST_SEATS]};
    out_truth->objectives = (toc_wire_objective_list){(const void *)changed[LIST_OBJECTIVES]->data,
                                                      counts[LIST_OBJECTIVES]};
    out_truth->branches =
        (toc_wire_branch_list){(const void *)changed[LIST_BRANCHES]->data, counts[LIST_BRANCHES]};
    return all > 0 || out_truth->whole;
}
