#include "model/draft.h"

#include "kernel/assert.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct spot toc_draft_spot(toc_builder *builder, toc_place place) {
    struct spot spot = {TOC_NONE, place.line, place.column};
    if (place.file == NULL) {
        return spot;
    }
    /* Nearly always the file of the place before: comparing is cheaper than hashing a path. */
    if (toc_names_count(builder->files) == 0 ||
        strcmp(toc_names_at(builder->files, builder->latest_file), place.file) != 0) {
        builder->latest_file = toc_names_add(builder->files, place.file, NULL);
    }
    spot.file = builder->latest_file;
    return spot;
}

static void keep(toc_builder *builder, struct spot spot, toc_severity severity, const char *text) {
    struct mistake *mistake;
    builder->errors += severity == TOC_ERROR ? 1 : 0;
    if (builder->mistakes.count == DRAFT_MISTAKES) {
        builder->mistakes_untold++;
        return;
    }
    mistake = toc_list_add(&builder->mistakes, sizeof *mistake);
    *mistake = (struct mistake){spot, severity, toc_arena_text(builder->arena, text)};
}

void toc_draft_error(toc_builder *builder, struct spot spot, const char *format, ...) {
    char text[2048];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    keep(builder, spot, TOC_ERROR, text);
}

void toc_draft_warn(toc_builder *builder, struct spot spot, const char *format, ...) {
    char text[2048];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    keep(builder, spot, TOC_WARNING, text);
}

/* Among the names of things that are there. */
static const char *nearest_in(const struct roll *roll, const char *name) {
    const char **table = toc_arena_heap(NULL, (size_t)roll->index.count + 1, sizeof *table);
    const char *nearest;
    size_t count = 0;
    for (uint32_t i = 0; i < roll->index.count; i++) {
        if (*TOC_LIST_AT(uint32_t, &roll->index, i) != TOC_INDEX_NONE) {
            table[count++] = toc_names_at(roll->names, i);
        }
    }
    nearest = toc_names_nearest_of(table, count, name);
    toc_arena_heap_free(table);
    return nearest;
}

const char *toc_draft_hint(toc_builder *builder, const struct roll *roll, const char *name) {
    uint64_t cost = (uint64_t)roll->index.count + 1;
    const char *nearest = NULL;
    if (cost <= builder->search_budget) {
        builder->search_budget -= cost;
        nearest = nearest_in(roll, name);
    }
    return nearest != NULL ? toc_arena_format(builder->arena, " (nearest: '%s')", nearest) : "";
}

static int by_place(const void *left, const void *right) {
    const struct mistake *a = left, *b = right;
    if (a->spot.file != b->spot.file) {
        return a->spot.file < b->spot.file ? -1 : 1;
    }
    if (a->spot.line != b->spot.line) {
        return a->spot.line < b->spot.line ? -1 : 1;
    }
    if (a->spot.column != b->spot.column) {
        return a->spot.column < b->spot.column ? -1 : 1;
    }
    return strcmp(a->text, b->text);
}

toc_status toc_draft_tell(toc_builder *builder, toc_problems *problems) {
    const struct mistake *mistakes = builder->mistakes.items;
    if (builder->mistakes.count > 0) {
        qsort(builder->mistakes.items, builder->mistakes.count, sizeof *mistakes, by_place);
    }
    for (uint32_t i = 0; i < builder->mistakes.count; i++) {
        const struct mistake *mistake = &mistakes[i];
        toc_place place = {NULL, mistake->spot.line, mistake->spot.column};
        if (mistake->spot.file != TOC_NONE) {
            place.file = toc_names_at(builder->files, mistake->spot.file);
        }
        if (mistake->severity == TOC_ERROR) {
            (void)toc_problems_error(problems, place, "%s", mistake->text);
        } else {
            toc_problems_warn(problems, place, "%s", mistake->text);
        }
    }
    if (builder->mistakes_untold > 0) {
        toc_problems_warn(problems, (toc_place){NULL, 0, 0},
                          "%lu further mistakes are not told one by one",
                          (unsigned long)builder->mistakes_untold);
    }
    return builder->errors > 0 ? TOC_BAD_INPUT : TOC_OK;
}

/* A place for every name, empty where the name is new. */
static void cover_names(struct roll *roll) {
    while (roll->index.count < toc_names_count(roll->names)) {
        *(uint32_t *)toc_list_add(&roll->index, sizeof(uint32_t)) = TOC_INDEX_NONE;
    }
}

const char *toc_draft_enter(struct roll *roll, const char *name, uint32_t index, bool *was_new) {
    uint32_t number = toc_names_add(roll->names, name, NULL);
    uint32_t *place;
    cover_names(roll);
    place = TOC_LIST_AT(uint32_t, &roll->index, number);
    *was_new = *place == TOC_INDEX_NONE;
    if (*was_new) {
        *place = index;
    }
    return toc_names_at(roll->names, number);
}

/* Ids stand in blank-separated lists and in messages, so they hold neither blanks nor controls. */
static void check_id(toc_builder *builder, struct spot spot, const char *what, const char *id) {
    size_t length = strlen(id);
    if (length == 0) {
        toc_draft_error(builder, spot, "%s without an id", what);
    }
    if (length > DRAFT_ID_LENGTH) {
        toc_draft_error(builder, spot, "%s id '%.40s...' is longer than %d bytes", what, id,
                        (int)DRAFT_ID_LENGTH);
    }
    for (const char *c = id; *c != '\0'; c++) {
        if ((unsigned char)*c <= ' ' || *c == 127) {
            toc_draft_error(builder, spot, "%s id '%.255s' has a blank or control character in it",
                            what, id);
            return;
        }
    }
}

const char *toc_draft_id(toc_builder *builder, struct roll *roll, struct spot spot, uint32_t index,
                         const char *what, const char *id) {
    const char *text = id != NULL ? id : "";
    bool was_new = true;
    check_id(builder, spot, what, text);
    if (text[0] != '\0') {
        text = toc_draft_enter(roll, text, index, &was_new);
    }
    if (!was_new) {
        toc_draft_error(builder, spot, "%s id '%.255s' is taken already", what, text);
    }
    return text[0] != '\0' ? text : "";
}

uint32_t toc_draft_find(const struct roll *roll, const char *name) {
    uint32_t number = toc_names_find(roll->names, name);
    return number == TOC_NONE ? TOC_INDEX_NONE : *TOC_LIST_AT(uint32_t, &roll->index, number);
}

uint32_t toc_draft_word(toc_builder *builder, const char *text) {
    if (text == NULL || text[0] == '\0') {
        return TOC_NONE;
    }
    return toc_names_add(builder->owned->words, text, NULL);
}

const char *toc_draft_text(toc_builder *builder, const char *text) {
    uint32_t word = toc_draft_word(builder, text);
    return word == TOC_NONE ? "" : toc_names_at(builder->owned->words, word);
}

uint32_t toc_draft_protocol(toc_builder *builder, const char *name) {
    if (name == NULL || name[0] == '\0' || strcmp(name, "any") == 0) {
        return TOC_INDEX_NONE;
    }
    return toc_names_add(builder->owned->protocols, name, NULL);
}

void toc_draft_refer_all(toc_builder *builder, const char *const *ids, size_t count,
                         uint32_t *out) {
    toc_names_add_all(builder->owned->elements.names, ids, count, out);
    cover_names(&builder->owned->elements);
}

uint32_t toc_draft_refer(toc_builder *builder, const char *id) {
    uint32_t number;
    toc_draft_refer_all(builder, &id, 1, &number);
    return number;
}
