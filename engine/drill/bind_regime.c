/* Bindings of duties that a rulebook states. */
#include <stdio.h>
#include <string.h>

#include "drill/bindings.h"
#include "drill/regime.h"

static const char prefix[] = "duties/", ending[] = ".xml";

/* "cn-2025" of "duties/cn-2025.xml"; NULL where it is another file. */
static const char *stem_of(toc_drill *drill, const char *path) {
    size_t length = strlen(path), around = sizeof prefix - 1 + sizeof ending - 1;
    if (length <= around || strncmp(path, prefix, sizeof prefix - 1) != 0 ||
        strcmp(path + length - (sizeof ending - 1), ending) != 0) {
        return NULL;
    }
    return toc_arena_text_n(drill->arena, path + sizeof prefix - 1, length - around);
}

/* What could be meant: rulebooks of the package and of the program. */
static const char *nearest_book(toc_drill *drill, const char *name) {
    toc_names *names = toc_names_create();
    for (size_t i = 0; i < toc_package_count(drill->package); i++) {
        const char *stem = stem_of(drill, toc_package_at(drill->package, i).path);
        if (stem != NULL) {
            (void)toc_names_add(names, stem, NULL);
        }
    }
    for (size_t i = 0; i < toc_embedded_duties_count; i++) {
        const char *path =
            toc_arena_format(drill->arena, "%s%s", prefix, toc_embedded_duties[i].path);
        (void)toc_names_add(names, stem_of(drill, path), NULL);
    }
    const char *nearest = toc_names_nearest(names, name);
    nearest = nearest == NULL ? NULL : toc_arena_text(drill->arena, nearest);
    toc_names_destroy(names);
    return nearest;
}

/* NULL, and told, where there is none of that name or it has mistakes. */
static const toc_rulebook *read_book(toc_spec *spec, const char *name) {
    toc_drill *drill = spec->drill;
    const char *path = toc_arena_format(drill->arena, "%s%.100s%s", prefix, name, ending);
    toc_package_file file;
    toc_rulebook *book = NULL;
    char hint[96];
    if (!toc_package_find(drill->package, path, &file)) {
        const char *nearest = nearest_book(drill, name);
        bool is_made_up = nearest != NULL && strcmp(nearest, name) == 0;
        toc_spec_complain(spec, NULL, "there are no duties '%.60s'%s", name,
                          is_made_up ? "; write the name as it is, in quotes: a name that is put "
                                       "together is not found"
                                     : toc_spec_hint(nearest, hint, sizeof hint));
        return NULL;
    }
    toc_formats_source source = {file.bytes, file.size, toc_package_shown(drill->package, path)};
    toc_spec_charge(spec->lua, sizeof(toc_rulebook) + 4 * file.size);
    if (toc_rulebook_read(&source, drill->problems, &book) != TOC_OK) {
        return NULL;
    }
    toc_regime_keep(drill, book);
    return book;
}

/* severity = { major = t.marked "dark" } */
static void read_levels(toc_spec *spec, toc_regime *regime) {
    const toc_rulebook *book = regime->book;
    const char *ids[TOC_RULEBOOK_PARTS];
    for (int i = 0; i < book->level_count; i++) {
        ids[i] = book->levels[i].id;
    }
    for (int i = 0; i < TOC_RULEBOOK_PARTS; i++) {
        regime->reached[i] = TOC_INDEX_NONE;
    }
    if (toc_spec_has(spec, "severity")) {
        toc_spec inner = toc_spec_open_inner(spec, "severity", ids, (size_t)book->level_count);
        for (int i = 0; i < book->level_count; i++) {
            regime->reached[i] =
                toc_bind_criterion_field(spec->lua, inner.table, ids[i], "severity of duties");
        }
        spec->faulty = spec->faulty || inner.faulty;
        lua_pop(spec->lua, 1);
    }
}

static void read_roles(toc_spec *spec, toc_regime *regime) {
    toc_drill *drill = spec->drill;
    const toc_rulebook *book = regime->book;
    char hint[96];
    for (int i = 0; i < book->role_count; i++) {
        regime->roles[i] = toc_spec_text(spec, book->roles[i].id, NULL);
    }
    regime->operator_id = toc_spec_text(spec, "operator", NULL);
    if (regime->operator_id == NULL) {
        toc_spec_complain(spec, NULL, "duties '%s': operator is missing: whose duties are they?",
                          book->name.id);
        return;
    }
    if (toc_topology_find_operator(drill->topology, regime->operator_id) != TOC_INDEX_NONE) {
        return;
    }
    const char **ids =
        toc_arena_alloc(drill->arena, (drill->topology->operator_count + 1) * sizeof *ids);
    for (uint32_t i = 0; i < drill->topology->operator_count; i++) {
        ids[i] = drill->topology->operators[i].id;
    }
    const char *nearest =
        toc_names_nearest_of(ids, drill->topology->operator_count, regime->operator_id);
    toc_spec_complain(spec, "operator", "duties '%s': there is no operator '%.60s'%s",
                      book->name.id, regime->operator_id,
                      toc_spec_hint(nearest, hint, sizeof hint));
}

/* Each duty is kept, and compared with all there are. */
static void charge_duties(toc_spec *spec, const toc_rulebook *book) {
    uint64_t count = 0;
    for (int i = 0; i < book->duty_count; i++) {
        count += (uint64_t)book->duties[i].to_count;
    }
    toc_spec_charge(spec->lua, count * (sizeof(toc_duty_rule) + 256));
    toc_host_charge(spec->lua, count * spec->drill->duties.count);
}

/* (drill, name, options) */
static int declare(lua_State *lua) {
    toc_spec plain = {.lua = lua,
                      .drill = toc_spec_drill(lua),
                      .what = "duties",
                      .place = toc_host_place(lua),
                      .depth = 1};
    toc_regime regime = {.book = read_book(&plain, toc_binder_text(lua, 2, "drill:duties")),
                         .place = plain.place};
    const char *keys[TOC_RULEBOOK_PARTS + 2] = {"operator", "severity"};
    size_t count = 2;
    if (regime.book == NULL) {
        return 0;
    }
    for (int i = 0; i < regime.book->role_count; i++) {
        keys[count++] = regime.book->roles[i].id;
    }
    toc_spec spec = toc_spec_open(lua, 3, "duties", keys, count);
    read_roles(&spec, &regime);
    read_levels(&spec, &regime);
    charge_duties(&spec, regime.book);
    if (!spec.faulty && !toc_regime_add(spec.drill, &regime)) {
        toc_spec_complain(&spec, NULL, "duties '%s' of '%.60s' are there already",
                          regime.book->name.id, regime.operator_id);
    }
    return 0;
}

int toc_bind_regime_declare(lua_State *lua) {
    (void)toc_bind_drill_self(lua);
    toc_spec_declares(lua, "drill:duties");
    (void)toc_binder_text(lua, 2, "drill:duties");
    if (!lua_isnone(lua, 3)) {
        return declare(lua);
    }
    toc_spec_chain(lua, declare, 2, "duties");
    return 1;
}
