#include "drill/wording.h"

#include <stdio.h>
#include <string.h>

#include "drill/fact.h"
#include "drill/spot.h"
#include "drill/state.h"
#include "drill/variable.h"
#include "kernel/assert.h"

static const char *const tags[] = {
#define TOC_LANGUAGE(tag) tag,
#include "drill/language.def"
#undef TOC_LANGUAGE
};

enum { LANGUAGES = sizeof tags / sizeof *tags };

/* One text in each language; NULL where nobody wrote it. */
struct wording {
    const char *in[LANGUAGES];
};

struct toc_wordings {
    toc_arena *arena;
    toc_names *texts;
    toc_list wordings; /* struct wording, by the numbers of the texts */
};

/* A text in one language: where. */
struct single {
    toc_place place;
    const char *key;
    int depth;
};

const char *const *toc_wording_languages(size_t *out_count) {
    *out_count = LANGUAGES;
    return tags;
}

/* LANGUAGES where there is none. */
static size_t number_of(const char *language) {
    size_t number = 0;
    while (number < LANGUAGES && strcmp(tags[number], language) != 0) {
        number++;
    }
    return number;
}

bool toc_wording_is_language(const char *tag) {
    return number_of(tag) < LANGUAGES;
}

toc_wordings *toc_wording_create(void) {
    toc_arena *arena = toc_arena_create();
    toc_wordings *wordings = toc_arena_alloc(arena, sizeof *wordings);
    *wordings = (toc_wordings){.arena = arena, .texts = toc_names_create()};
    return wordings;
}

void toc_wording_destroy(toc_wordings *wordings) {
    if (wordings != NULL) {
        toc_names_destroy(wordings->texts);
        toc_list_finish(&wordings->wordings);
        toc_arena_destroy(wordings->arena);
    }
}

bool toc_wording_add(toc_wordings *wordings, const char *text, const char *language,
                     const char *wording) {
    size_t number = number_of(language);
    bool was_new = false;
    TOC_ASSERT(number < LANGUAGES);
    uint32_t at = toc_names_add(wordings->texts, text, &was_new);
    if (was_new) {
        (void)toc_list_add(&wordings->wordings, sizeof(struct wording));
    }
    const char **kept = &TOC_LIST_AT(struct wording, &wordings->wordings, at)->in[number];
    if (*kept == NULL) {
        *kept = toc_arena_text(wordings->arena, wording);
    }
    return strcmp(*kept, wording) == 0;
}

const char *toc_wording_find(const toc_wordings *wordings, const char *language, const char *text) {
    size_t number = number_of(language);
    uint32_t at =
        wordings == NULL || number == LANGUAGES ? TOC_NONE : toc_names_find(wordings->texts, text);
    if (at == TOC_NONE) {
        return text;
    }
    const char *found = TOC_LIST_AT(const struct wording, &wordings->wordings, at)->in[number];
    return found == NULL ? text : found;
}

/* -- Of a drill ---------------------------------------------------------------------------------
 */

const char *toc_wording_in(const toc_drill *drill, const char *language, const char *text) {
    return toc_wording_find(drill->wordings, language, text);
}

bool toc_wording_is_used(const toc_drill *drill) {
    return drill->translated;
}

static void put_fact(toc_drill *drill, const char *text, const char *language) {
    toc_fact_put(drill, TOC_WORDING_FACT, text, language, toc_wording_in(drill, language, text), 0);
}

bool toc_wording_tell(toc_drill *drill, const char *text, const char *language,
                      const char *wording) {
    if (drill->wordings == NULL) {
        drill->wordings = toc_wording_create();
    }
    bool is_known = toc_wording_in(drill, language, text) != text;
    bool is_same = toc_wording_add(drill->wordings, text, language, wording);
    if (!is_known && drill->stage == TOC_DRILL_RUNNING) {
        put_fact(drill, text, language);
    }
    return is_same;
}

const char *toc_wording_fill(toc_drill *drill, const char *text) {
    const char *filled = toc_variable_fill(drill, text, "");
    for (size_t i = 0; drill->wordings != NULL && filled != text && i < LANGUAGES; i++) {
        const char *wording =
            toc_variable_fill(drill, toc_wording_in(drill, tags[i], text), tags[i]);
        if (strcmp(wording, filled) != 0) {
            (void)toc_wording_tell(drill, filled, tags[i], wording);
        }
    }
    return filled;
}

void toc_wording_note_translated(toc_drill *drill) {
    drill->translated = true;
}

/* While the drill runs, a line may bring its text again and again. */
static bool is_noted(const toc_drill *drill, toc_place place, const char *key) {
    for (uint32_t i = 0; i < drill->singles.count; i++) {
        const struct single *single = TOC_LIST_AT(const struct single, &drill->singles, i);
        bool same_key = (key == NULL) == (single->key == NULL) &&
                        (key == NULL || strcmp(key, single->key) == 0);
        if (same_key && single->place.line == place.line &&
            strcmp(single->place.file, place.file) == 0) {
            return true;
        }
    }
    return false;
}

void toc_wording_note_single(toc_drill *drill, toc_place place, const char *key, int depth) {
    if (drill->stage != TOC_DRILL_DECLARING &&
        (!drill->translated || is_noted(drill, place, key))) {
        return;
    }
    *(struct single *)toc_list_add(&drill->singles, sizeof(struct single)) =
        (struct single){place, key, depth};
}

uint32_t toc_wording_lacking(const toc_drill *drill) {
    return drill->translated ? drill->singles.count : 0;
}

toc_place toc_wording_lacking_at(const toc_drill *drill, uint32_t index) {
    TOC_ASSERT(index < drill->singles.count);
    const struct single *single = TOC_LIST_AT(const struct single, &drill->singles, index);
    return single->key == NULL ? single->place
                               : toc_spot_of_key(drill, single->place, single->key, single->depth);
}

void toc_wording_facts(toc_drill *drill) {
    uint32_t count = drill->wordings == NULL ? 0 : toc_names_count(drill->wordings->texts);
    for (uint32_t i = 0; i < count; i++) {
        const struct wording *wording =
            TOC_LIST_AT(const struct wording, &drill->wordings->wordings, i);
        for (size_t k = 0; k < LANGUAGES; k++) {
            if (wording->in[k] != NULL) {
                put_fact(drill, toc_names_at(drill->wordings->texts, i), tags[k]);
            }
        }
    }
}

void toc_wording_finish(toc_drill *drill) {
    toc_wording_destroy(drill->wordings);
    toc_list_finish(&drill->singles);
}

const char *toc_wording_paper(const toc_package *package, const char *path, const char *language,
                              char *buffer, size_t size) {
    toc_package_file file;
    const char *ending = strrchr(path, '.');
    size_t stem = ending == NULL ? strlen(path) : (size_t)(ending - path);
    (void)snprintf(buffer, size, "%.*s.%s%s", (int)stem, path, language,
                   ending == NULL ? "" : ending);
    if (!toc_package_find(package, buffer, &file)) {
        (void)snprintf(buffer, size, "%s", path);
    }
    return toc_package_find(package, buffer, &file) ? buffer : NULL;
}
