#include "drill/variable.h"

#include <string.h>

#include "drill/cell.h"
#include "drill/fact.h"
#include "drill/wording.h"
#include "kernel/assert.h"

enum { MOST_NAME = 60 };

static toc_variable *variable_at(const toc_drill *drill, uint32_t number) {
    TOC_ASSERT(number < drill->variables.count);
    return TOC_LIST_AT(toc_variable, &drill->variables, number);
}

static void put_fact(toc_drill *drill, uint32_t number) {
    toc_fact_put(drill, "variable", toc_names_at(drill->variable_names, number), "",
                 variable_at(drill, number)->text, 0);
}

void toc_variable_set(toc_drill *drill, const char *name, const toc_variable *value) {
    uint32_t number = toc_names_add(drill->variable_names, name, NULL);
    if (number == drill->variables.count) {
        (void)toc_list_add(&drill->variables, sizeof(toc_variable));
    }
    *variable_at(drill, number) = *value;
    if (drill->stage == TOC_DRILL_RUNNING) {
        put_fact(drill, number);
    }
    toc_conditions_touch(drill->conditions, toc_cell_named(TOC_CELL_VARIABLE, name));
}

const toc_variable *toc_variable_find(const toc_drill *drill, const char *name) {
    uint32_t number = toc_names_find(drill->variable_names, name);
    toc_conditions_read(drill->conditions, toc_cell_named(TOC_CELL_VARIABLE, name));
    return number == TOC_NONE ? NULL : variable_at(drill, number);
}

const char *toc_variable_nearest(const toc_drill *drill, const char *name) {
    return toc_names_nearest(drill->variable_names, name);
}

/* Reads "{name}" at `at`: the length of the whole, 0 where it is none. */
static size_t read_name(const char *at, char name[MOST_NAME + 1]) {
    size_t length = strspn(at + 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                   "0123456789_");
    if (length == 0 || length > MOST_NAME || at[1 + length] != '}') {
        return 0;
    }
    memcpy(name, at + 1, length);
    name[length] = '\0';
    return length + 2;
}

const char *toc_variable_fill(toc_drill *drill, const char *text, const char *language) {
    char name[MOST_NAME + 1];
    const char *filled = text, *at = text;
    while ((at = strchr(at, '{')) != NULL) {
        size_t length = read_name(at, name);
        uint32_t number = length == 0 ? TOC_NONE : toc_names_find(drill->variable_names, name);
        if (number == TOC_NONE) {
            at++;
            continue;
        }
        const char *value = toc_wording_in(drill, language, variable_at(drill, number)->text);
        size_t before = (size_t)(at - filled);
        filled =
            toc_arena_format(drill->arena, "%.*s%s%s", (int)before, filled, value, at + length);
        at = filled + before + strlen(value);
    }
    return filled;
}

const char *toc_variable_misspelt(const toc_drill *drill, const char *text, char *name,
                                  size_t size) {
    char found[MOST_NAME + 1];
    for (const char *at = strchr(text, '{'); at != NULL; at = strchr(at + 1, '{')) {
        if (read_name(at, found) == 0 || toc_names_find(drill->variable_names, found) != TOC_NONE) {
            continue;
        }
        const char *nearest = toc_names_nearest(drill->variable_names, found);
        if (nearest != NULL) {
            TOC_ASSERT(size > strlen(found));
            memcpy(name, found, strlen(found) + 1);
            return nearest;
        }
    }
    return NULL;
}

void toc_variable_facts(toc_drill *drill) {
    for (uint32_t i = 0; i < drill->variables.count; i++) {
        put_fact(drill, i);
    }
}

void toc_variable_digest(const toc_drill *drill, toc_digest *digest) {
    for (uint32_t i = 0; i < drill->variables.count; i++) {
        toc_digest_text(digest, toc_names_at(drill->variable_names, i));
        toc_digest_u64(digest, variable_at(drill, i)->kind);
        toc_digest_text(digest, variable_at(drill, i)->text);
    }
}

void toc_variable_finish(toc_drill *drill) {
    toc_names_destroy(drill->variable_names);
    toc_list_finish(&drill->variables);
}
