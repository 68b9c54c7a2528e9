#include "formats/epanet_text.h"

#include "kernel/assert.h"
#include "kernel/names.h"

#include <stdio.h>
#include <string.h>

/* Ten times the largest network that anybody has published. */
enum { LINES = 4000000 };

enum use { USED, PASSED, LOST };

struct section {
    const char *letters, *name;
    enum use use;
};

static const struct section sections[] = {
#define TOC_EPANET_SECTION(id, letters, use) {letters, #id, use},
#include "formats/epanet_section.def"
#undef TOC_EPANET_SECTION
};

static const char *const section_names[] = {
#define TOC_EPANET_SECTION(id, letters, use) #id,
#include "formats/epanet_section.def"
#undef TOC_EPANET_SECTION
};

struct cutter {
    toc_epanet_text *text;
    toc_problems *problems;
    toc_epanet_section section; /* TOC_EPANET_SECTIONS: before the first head */
    uint32_t number;
    bool failed;
};

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}

static char small(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool toc_epanet_text_is(const char *word, const char *letters) {
    for (; *letters != '\0'; word++, letters++) {
        if (small(*word) != small(*letters)) {
            return false;
        }
    }
    return true;
}

static toc_place place(const struct cutter *cutter, uint32_t column) {
    return (toc_place){cutter->text->file, cutter->number, column};
}

static void tell_unknown_section(struct cutter *cutter, const char *at, uint32_t column) {
    char name[40], large[40];
    const char *nearest;
    size_t length = strcspn(at + 1, "] \t\r");
    (void)snprintf(name, sizeof name, "%.*s", length < 30 ? (int)length : 30, at + 1);
    for (size_t i = 0; i < sizeof large; i++) {
        large[i] = name[i] >= 'a' && name[i] <= 'z' ? (char)(name[i] - 'a' + 'A') : name[i];
    }
    nearest = toc_names_nearest_of(section_names, TOC_EPANET_SECTIONS, large);
    (void)toc_problems_error(cutter->problems, place(cutter, column),
                             "there is no section [%s]%s%s%s in a network file of EPANET", name,
                             nearest != NULL ? " (nearest: [" : "", nearest != NULL ? nearest : "",
                             nearest != NULL ? "])" : "");
    cutter->failed = true;
}

static void open_section(struct cutter *cutter, const char *at, uint32_t column) {
    for (size_t i = 0; i < TOC_EPANET_SECTIONS; i++) {
        if (toc_epanet_text_is(at + 1, sections[i].letters)) {
            cutter->section = (toc_epanet_section)i;
            return;
        }
    }
    tell_unknown_section(cutter, at, column);
}

/* `at` ends with a zero. */
static void add_line(struct cutter *cutter, char *start) {
    char *at = start;
    toc_epanet_line *line;
    if (cutter->section == TOC_EPANET_END) {
        return;
    }
    /* a title is shown as it is, and may hold anything */
    if (cutter->section != TOC_EPANET_TITLE) {
        at[strcspn(at, ";")] = '\0';
    }
    while (is_blank(*at)) {
        at++;
    }
    if (*at == '\0' || *at == ';') {
        return;
    }
    if (*at == '[') {
        open_section(cutter, at, (uint32_t)(at - start) + 1);
        return;
    }
    if (cutter->section == TOC_EPANET_SECTIONS) {
        (void)toc_problems_error(cutter->problems, place(cutter, (uint32_t)(at - start) + 1),
                                 "found '%.30s' before the first section; expected a network file "
                                 "of EPANET, which begins with [TITLE] or another section",
                                 at);
        cutter->failed = true;
        return;
    }
    line = toc_list_add(&cutter->text->lines, sizeof *line);
    *line = (toc_epanet_line){cutter->number, cutter->section, start};
}

static void cut_lines(struct cutter *cutter, char *at, const char *end) {
    while (at < end && !cutter->failed) {
        char *stop = memchr(at, '\n', (size_t)(end - at));
        if (stop == NULL) {
            stop = at + (end - at);
        }
        *stop = '\0';
        cutter->number++;
        add_line(cutter, at);
        if (cutter->text->lines.count > LINES) {
            (void)toc_problems_error(cutter->problems, place(cutter, 0),
                                     "has more than %d lines; no network has", LINES);
            cutter->failed = true;
        }
        at = stop + 1;
    }
}

toc_status toc_epanet_text_read(const toc_formats_source *source, toc_problems *problems,
                                toc_epanet_text *out_text) {
    struct cutter cutter = {.text = out_text, .problems = problems, .section = TOC_EPANET_SECTIONS};
    toc_place whole = {source->file, 0, 0};
    char *copy;
    size_t skip = 0;
    *out_text = (toc_epanet_text){.arena = toc_arena_create(), .file = source->file};
    if (source->size > 0 && memchr(source->bytes, '\0', source->size) != NULL) {
        return toc_problems_error(problems, whole,
                                  "is no text file; expected a network file of EPANET (.inp)");
    }
    copy = toc_arena_text_n(out_text->arena, source->bytes, source->size);
    if (source->size >= 3 && memcmp(copy, "\xEF\xBB\xBF", 3) == 0) {
        skip = 3;
    }
    cut_lines(&cutter, copy + skip, copy + source->size);
    return cutter.failed ? TOC_BAD_INPUT : TOC_OK;
}

void toc_epanet_text_finish(toc_epanet_text *text) {
    toc_list_finish(&text->lines);
    toc_arena_destroy(text->arena);
}

bool toc_epanet_text_cut(const toc_epanet_text *text, uint32_t index, toc_problems *problems,
                         toc_epanet_words *out_words) {
    const toc_epanet_line *line = TOC_LIST_AT(const toc_epanet_line, &text->lines, index);
    char *at = line->at;
    out_words->count = 0;
    out_words->line = line->number;
    for (;;) {
        while (is_blank(*at)) {
            at++;
        }
        if (*at == '\0') {
            return true;
        }
        if (out_words->count == TOC_EPANET_WORDS) {
            toc_place where = {text->file, line->number, (uint32_t)(at - line->at) + 1};
            (void)toc_problems_error(problems, where, "this line has more than %d words",
                                     TOC_EPANET_WORDS);
            return false;
        }
        out_words->word[out_words->count] = at;
        out_words->column[out_words->count++] = (uint32_t)(at - line->at) + 1;
        while (*at != '\0' && !is_blank(*at)) {
            at++;
        }
        if (*at != '\0') {
            *at++ = '\0';
        }
    }
}

uint32_t toc_epanet_text_count(const toc_epanet_text *text, toc_epanet_section section) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < text->lines.count; i++) {
        count += TOC_LIST_AT(const toc_epanet_line, &text->lines, i)->section == section ? 1 : 0;
    }
    return count;
}

void toc_epanet_text_tell_lost(const toc_epanet_text *text, toc_problems *problems) {
    for (unsigned i = 0; i < TOC_EPANET_SECTIONS; i++) {
        uint32_t count = toc_epanet_text_count(text, (toc_epanet_section)i);
        toc_place whole = {text->file, 0, 0};
        if (sections[i].use == LOST && count > 0) {
            toc_problems_warn(problems, whole,
                              "section [%s] is left out: a topology says nothing of outflow that "
                              "depends on pressure (lines: %u)",
                              sections[i].name, count);
        }
    }
}
