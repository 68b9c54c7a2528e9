#include "drill/leaflet.h"

#include <stdbool.h>
#include <string.h>

#include "script/embedded.h"

/* One module's text, gone through line by line. */
struct text {
    const char *at, *end;
};

struct line {
    const char *start;
    size_t length;
};

static bool next_line(struct text *text, struct line *out) {
    if (text->at >= text->end) {
        return false;
    }
    const char *stop = memchr(text->at, '\n', (size_t)(text->end - text->at));
    stop = stop == NULL ? text->end : stop;
    *out = (struct line){text->at, (size_t)(stop - text->at)};
    text->at = stop + (stop < text->end);
    return true;
}

static bool begins(const struct line *line, const char *with) {
    size_t length = strlen(with);
    return line->length >= length && memcmp(line->start, with, length) == 0;
}

static void put(toc_formats_buffer *page, const char *text) {
    toc_formats_buffer_add(page, text, strlen(text));
}

/* What a comment says, behind "-- ". */
static void put_comment(toc_formats_buffer *page, const struct line *line) {
    size_t skip = line->length > 3 ? 3 : line->length;
    toc_formats_buffer_add(page, line->start + skip, line->length - skip);
    put(page, "\n");
}

/* The module's first comment; what stands two blanks further in is an example. */
static void put_head(toc_formats_buffer *page, struct text *text) {
    struct line line;
    bool is_code = false;
    while (next_line(text, &line) && begins(&line, "--")) {
        bool code = begins(&line, "--   ") || (is_code && line.length == 2);
        if (code != is_code) {
            put(page, code ? "```lua\n" : "```\n\n");
            is_code = code;
        }
        put_comment(page, &line);
    }
    put(page, is_code ? "```\n\n" : "\n");
}

/* A public function ("function techniques.walk_in(a, options)") with the comment before it. */
static void put_functions(toc_formats_buffer *page, const char *module, struct text *text) {
    struct line line, comment[16];
    size_t count = 0;
    while (next_line(text, &line)) {
        if (begins(&line, "-- ") && count < sizeof comment / sizeof *comment) {
            comment[count++] = line;
            continue;
        }
        bool is_public = begins(&line, "function ") && line.length > 9 + strlen(module) &&
                         memcmp(line.start + 9, module, strlen(module)) == 0;
        if (is_public && count > 0) {
            put(page, "- `");
            toc_formats_buffer_add(page, line.start + 9, line.length - 9);
            put(page, "`  \n");
            for (size_t i = 0; i < count; i++) {
                put(page, "  ");
                put_comment(page, &comment[i]);
            }
        }
        count = 0;
    }
    put(page, "\n");
}

static void put_module(toc_formats_buffer *page, const char *name) {
    for (size_t i = 0; i < toc_embedded_lua_count; i++) {
        const toc_embedded_file *file = &toc_embedded_lua[i];
        size_t length = strlen(name);
        if (strncmp(file->path, "tocsin/", 7) == 0 && strncmp(file->path + 7, name, length) == 0 &&
            strcmp(file->path + 7 + length, ".lua") == 0) {
            struct text text = {(const char *)file->bytes, (const char *)file->bytes + file->size};
            put(page, "### require \"tocsin.");
            put(page, name);
            put(page, "\"\n\n");
            put_head(page, &text);
            put_functions(page, name, &text);
        }
    }
}

void toc_leaflet_write(toc_formats_buffer *page) {
    static const char *const modules[] = {"techniques", "failures", "bodies", "phases", "worker"};
    put(page, "\n## The library\n\nWritten in Lua on what stands above; `require` finds it from "
              "scenarios, what is of seats from policies.\n\n");
    for (size_t i = 0; i < sizeof modules / sizeof *modules; i++) {
        put_module(page, modules[i]);
    }
    put(page,
        "Policies of the library are `none`, where nobody does anything, and `reference`, a "
        "competent and cautious team. `reference:pace=2` is slower, `reference:delay=10min` sets "
        "about everything later, `reference:competence=70%` overlooks and forgets, "
        "`reference:hands=1` does one thing at a time, `reference:plan=1` looks into its "
        "emergency plan. A package's own "
        "`policies/reference.lua` takes the place of the library's.\n");
}
