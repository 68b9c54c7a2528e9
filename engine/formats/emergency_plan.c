#include "formats/emergency_plan.h"

#include <stdio.h>
#include <string.h>

#include "formats/xml_form.h"
#include "kernel/arena.h"
#include "kernel/names.h"

#define NAMESPACE "urn:tocsin:plan:1"

enum element {
#define PLAN_ELEMENT(id, name, parent) ELEMENT_##id,
#include "formats/emergency_plan_word.def"
#undef PLAN_ELEMENT
    ELEMENTS,
    ELEMENT_NOTHING = TOC_XML_FORM_NOTHING
};

static const toc_xml_form_element elements[] = {
#define PLAN_ELEMENT(id, name, parent) {name, ELEMENT_##parent},
#include "formats/emergency_plan_word.def"
#undef PLAN_ELEMENT
};

static const toc_xml_form_attribute attributes[] = {
#define PLAN_ATTRIBUTE(element, name, required) {ELEMENT_##element, name, required},
#include "formats/emergency_plan_word.def"
#undef PLAN_ATTRIBUTE
};

static const toc_xml_form form = {NAMESPACE, elements, attributes, ELEMENTS,
                                  sizeof attributes / sizeof *attributes};

enum { MOST = 400, LONGEST = 60, NONE = TOC_EMERGENCY_PLAN_NONE };

/* The plan and all its texts lie in one arena. */
struct owned {
    toc_emergency_plan plan;
    toc_arena *arena;
};

typedef const toc_xml_form_reader *reader_at;

static const char *keep(reader_at reader, const struct owned *owned, const char *name) {
    return toc_arena_text(owned->arena, toc_xml_form_value(reader, name));
}

static toc_place place_of(reader_at reader, const char *name) {
    return toc_xml_cursor_attribute_place(reader->cursor, name);
}

static toc_emergency_plan_part part_of(reader_at reader, const struct owned *owned,
                                       const char *key) {
    toc_emergency_plan_part part = {.id = keep(reader, owned, key),
                                    .en = keep(reader, owned, "en"),
                                    .zh = keep(reader, owned, "zh"),
                                    .seat = keep(reader, owned, "seat"),
                                    .deputy = keep(reader, owned, "deputy"),
                                    .at = keep(reader, owned, "at"),
                                    .by = NONE,
                                    .place = toc_xml_cursor_place(reader->cursor)};
    size_t length = strspn(part.id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                    "0123456789_-");
    if (part.id[length] != '\0' || length > LONGEST) {
        toc_xml_form_wrong(reader, key, "at most 60 letters, digits, '-' and '_'", NULL);
    }
    return part;
}

static int find(const toc_emergency_plan_part *parts, int count, const char *id) {
    for (int i = 0; i < count; i++) {
        if (strcmp(parts[i].id, id) == 0) {
            return i;
        }
    }
    return NONE;
}

/* The one that the attribute names; NONE where it is not there, or told. */
static int one_of(reader_at reader, const char *name, const toc_emergency_plan_part *parts,
                  int count) {
    const char *ids[TOC_EMERGENCY_PLAN_PARTS], *id = toc_xml_form_value(reader, name);
    int found = find(parts, count, id);
    if (id[0] != '\0' && found == NONE) {
        for (int i = 0; i < count; i++) {
            ids[i] = parts[i].id;
        }
        toc_xml_form_wrong(reader, name, "one that stands before this element",
                           toc_names_nearest_of(ids, (size_t)count, id));
    }
    return found;
}

/* Whether there is room for one more, whose id no other has. */
static bool is_new(reader_at reader, const toc_emergency_plan_part *part, int same, int count) {
    if (part->id[0] != '\0' && same != NONE) {
        toc_xml_form_wrong(reader, "id", "an id that no other has", NULL);
        return false;
    }
    if (count == TOC_EMERGENCY_PLAN_PARTS) {
        toc_xml_form_wrong(reader, "id", "at most 64 of them", NULL);
        return false;
    }
    return true;
}

static void add_part(reader_at reader, struct owned *owned, toc_emergency_plan_part *parts,
                     int *count) {
    toc_emergency_plan_part part = part_of(reader, owned, "id");
    part.by = one_of(reader, "by", owned->plan.roles, owned->plan.role_count);
    if (is_new(reader, &part, find(parts, *count, part.id), *count)) {
        parts[(*count)++] = part;
    }
}

static int find_step(const toc_emergency_plan *plan, const char *id) {
    int step = plan->step_count - 1;
    while (step >= 0 && strcmp(plan->steps[step].name.id, id) != 0) {
        step--;
    }
    return step; /* NONE is what is left */
}

/* As one_of, among steps. */
static int step_of(reader_at reader, const toc_emergency_plan *plan, const char *name,
                   const char *id) {
    const char *ids[TOC_EMERGENCY_PLAN_PARTS];
    int found = find_step(plan, id);
    if (id[0] != '\0' && found == NONE) {
        for (int i = 0; i < plan->step_count; i++) {
            ids[i] = plan->steps[i].name.id;
        }
        toc_xml_form_wrong(reader, name, "steps that stand before this one",
                           toc_names_nearest_of(ids, (size_t)plan->step_count, id));
    }
    return found;
}

static uint64_t steps_of(reader_at reader, const toc_emergency_plan *plan, const char *name) {
    const char *at = toc_xml_form_value(reader, name);
    uint64_t steps = 0;
    char id[LONGEST + 2];
    while (at[strspn(at, " \t\r\n")] != '\0') {
        at += strspn(at, " \t\r\n");
        size_t length = strcspn(at, " \t\r\n");
        (void)snprintf(id, sizeof id, "%.*s", (int)(length <= LONGEST ? length : LONGEST + 1), at);
        at += length;
        int step = step_of(reader, plan, name, id);
        if (step == NONE) {
            break;
        }
        steps |= UINT64_C(1) << step;
    }
    return steps;
}

static void read_step(reader_at reader, struct owned *owned) {
    toc_emergency_plan *plan = &owned->plan;
    toc_emergency_plan_step step = {
        .name = part_of(reader, owned, "id"),
        .role = one_of(reader, "role", plan->roles, plan->role_count),
        .level = one_of(reader, "level", plan->levels, plan->level_count),
        .from = step_of(reader, plan, "from", toc_xml_form_value(reader, "from")),
        .after = steps_of(reader, plan, "after"),
        .verb = keep(reader, owned, "verb"),
        .target = keep(reader, owned, "target"),
        .if_en = keep(reader, owned, "if"),
        .if_zh = keep(reader, owned, "if-zh"),
        .within = toc_xml_form_time(reader, "within", TOC_NEVER),
        .verb_place = place_of(reader, "verb"),
        .target_place = place_of(reader, "target"),
        .within_place = place_of(reader, "within"),
        .optional = toc_xml_form_yes(reader, "optional")};
    if (step.target[0] != '\0' && step.verb[0] == '\0') {
        toc_xml_form_wrong(reader, "target", "a 'verb' that is done to it", NULL);
    }
    if (step.from != NONE && step.within == TOC_NEVER) {
        toc_xml_form_wrong(reader, "from", "'within', whose time counts from there", NULL);
    }
    if (is_new(reader, &step.name, find_step(plan, step.name.id), plan->step_count)) {
        plan->steps[plan->step_count++] = step;
    }
}

static void read_limit(reader_at reader, struct owned *owned) {
    toc_emergency_plan *plan = &owned->plan;
    toc_emergency_plan_limit limit = {.name = part_of(reader, owned, "id"),
                                      .verb = keep(reader, owned, "verb"),
                                      .target = keep(reader, owned, "target"),
                                      .verb_place = place_of(reader, "verb"),
                                      .target_place = place_of(reader, "target")};
    int same = NONE;
    for (int i = 0; i < plan->limit_count; i++) {
        same = strcmp(plan->limits[i].name.id, limit.name.id) == 0 ? i : same;
    }
    if (is_new(reader, &limit.name, same, plan->limit_count)) {
        plan->limits[plan->limit_count++] = limit;
    }
}

static void read_element(toc_xml_form_reader *reader, void *object) {
    struct owned *owned = object;
    toc_emergency_plan *plan = &owned->plan;
    switch ((enum element)reader->element) {
    case ELEMENT_PLAN:
        plan->name = part_of(reader, owned, "operator");
        plan->version = keep(reader, owned, "version");
        break;
    case ELEMENT_ROLE:
        add_part(reader, owned, plan->roles, &plan->role_count);
        break;
    case ELEMENT_LEVEL:
        add_part(reader, owned, plan->levels, &plan->level_count);
        break;
    case ELEMENT_CONTACT:
        add_part(reader, owned, plan->contacts, &plan->contact_count);
        break;
    case ELEMENT_STEP:
        read_step(reader, owned);
        break;
    case ELEMENT_LIMIT:
        read_limit(reader, owned);
        break;
    case ELEMENTS:
    case ELEMENT_NOTHING:
        break;
    }
}

toc_status toc_emergency_plan_read(const toc_formats_source *source, toc_problems *problems,
                                   toc_emergency_plan **out_plan) {
    static const toc_xml_options options = {.elements = MOST, .expects = "an emergency plan"};
    toc_arena *arena = toc_arena_create();
    struct owned *owned = toc_arena_alloc(arena, sizeof *owned);
    owned->arena = arena;
    size_t before = toc_problems_count(problems, TOC_ERROR);
    toc_xml_form_reader reader = {.form = &form,
                                  .cursor = toc_xml_cursor_open(source, &options, problems),
                                  .problems = problems,
                                  .read = read_element,
                                  .object = owned};
    toc_xml_form_read(&reader);
    toc_xml_cursor_close(reader.cursor);
    if (toc_problems_count(problems, TOC_ERROR) == before && owned->plan.step_count == 0) {
        toc_place place = {source->file, 0, 0};
        (void)toc_problems_error(problems, place, "the plan has no <step>: nothing is to be done");
    }
    if (toc_problems_count(problems, TOC_ERROR) > before) {
        toc_emergency_plan_destroy(&owned->plan);
        return TOC_BAD_INPUT;
    }
    *out_plan = &owned->plan;
    return TOC_OK;
}

void toc_emergency_plan_destroy(toc_emergency_plan *plan) {
    if (plan != NULL) {
        toc_arena_destroy(((struct owned *)plan)->arena);
    }
}

bool toc_emergency_plan_is(const toc_formats_source *source) {
    enum { HEAD = 4096 };
    static const char name[] = "urn:tocsin:plan:";
    size_t end = source->size < HEAD ? source->size : HEAD;
    for (size_t at = 0; at + sizeof name - 1 <= end; at++) {
        if (memcmp(source->bytes + at, name, sizeof name - 1) == 0) {
            return true;
        }
    }
    return false;
}

toc_status toc_emergency_plan_check(const toc_formats_source *source, toc_problems *problems,
                                    char *summary, size_t size) {
    toc_emergency_plan *plan = NULL;
    toc_status status = toc_emergency_plan_read(source, problems, &plan);
    if (status == TOC_OK) {
        (void)snprintf(summary, size,
                       "'%.80s' of %.60s, version %.40s: %d roles, %d levels, %d steps, %d limits",
                       plan->name.en, plan->name.id, plan->version, plan->role_count,
                       plan->level_count, plan->step_count, plan->limit_count);
    }
    toc_emergency_plan_destroy(plan);
    return status;
}
