#include "console/stagehand.h"

#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "console/screen.h"
#include "tocsin/unit.h"

enum { MOST_WORDS = 6 };

struct scene {
    toc_bureau *bureau;
    const toc_stagehand_host *host;
    toc_problems *problems;
    toc_place place;
    toc_stagehand_result result;
    char **words; /* of the line */
    int count;
};

static void fail(struct scene *scene, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void fail(struct scene *scene, const char *format, ...) {
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    (void)g_vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    scene->result.failed++;
    (void)toc_problems_error(scene->problems, scene->place, "%s", text);
}

static const char *word(const struct scene *scene, int number) {
    return number < scene->count ? scene->words[number] : "";
}

static const toc_element *find(struct scene *scene, const char *id) {
    const toc_element *element = toc_screen_find(toc_bureau_screen(scene->bureau), id);
    if (element == NULL) {
        fail(scene, "there is no '%s' on the screen", id);
    }
    return element;
}

/* -- What is done -------------------------------------------------------------------------------
 */

static void do_key(struct scene *scene) {
    toc_bureau_key(scene->bureau, word(scene, 1));
}

static void do_type(struct scene *scene) {
    toc_bureau_text(scene->bureau, word(scene, 1));
}

static void do_click(struct scene *scene) {
    const toc_element *element = find(scene, word(scene, 1));
    if (element == NULL) {
        return;
    }
    int x = element->shown.x + element->shown.w / 2, y = element->shown.y + element->shown.h / 2;
    bool is_seen = element->shown.w > 0 && element->shown.h > 0;
    if (!is_seen) { /* as the keyboard would come to it */
        if (!toc_bureau_click(scene->bureau, word(scene, 1))) {
            fail(scene, "'%s' cannot be clicked", word(scene, 1));
        }
        return;
    }
    toc_bureau_press(scene->bureau, x, y);
    toc_bureau_release(scene->bureau, x, y);
}

static void do_drag(struct scene *scene) {
    const toc_element *element = find(scene, word(scene, 1));
    if (element != NULL) {
        int x = element->shown.x + element->shown.w / 2;
        int y = element->shown.y + element->shown.h / 2;
        int to_x = x + atoi(word(scene, 2)), to_y = y + atoi(word(scene, 3));
        toc_bureau_press(scene->bureau, x, y);
        toc_bureau_drag(scene->bureau, to_x, to_y);
        toc_bureau_release(scene->bureau, to_x, to_y);
    }
}

static void do_wheel(struct scene *scene) {
    const toc_element *element = find(scene, word(scene, 1));
    if (element != NULL) {
        toc_bureau_wheel(scene->bureau, element->shown.x + element->shown.w / 2,
                         element->shown.y + element->shown.h / 2, atoi(word(scene, 2)));
    }
}

static void do_wait(struct scene *scene) {
    toc_time time = 0;
    if (!toc_unit_parse_time(word(scene, 1), &time) ||
        !scene->host->wait(scene->host->object, (double)time / 1e6)) {
        fail(scene, "wait: cannot wait '%s'", word(scene, 1));
    }
}

static void do_advance(struct scene *scene) {
    toc_time time = 0;
    if (!toc_unit_parse_time(word(scene, 1), &time) ||
        !scene->host->advance(scene->host->object, time)) {
        fail(scene, "advance: the drill did not go on by '%s'", word(scene, 1));
    }
}

static void do_shot(struct scene *scene) {
    if (!scene->host->shoot(scene->host->object, word(scene, 1))) {
        fail(scene, "the picture '%s' cannot be written", word(scene, 1));
    }
}

static void do_size(struct scene *scene) {
    if (!scene->host->resize(scene->host->object, atoi(word(scene, 1)), atoi(word(scene, 2)))) {
        fail(scene, "the window cannot be made so large");
    }
}

static void do_dump(struct scene *scene) {
    toc_formats_buffer buffer = {0};
    FILE *file = fopen(word(scene, 1), "w");
    toc_screen_dump(toc_bureau_screen(scene->bureau), &buffer);
    bool is_written = file != NULL && fwrite(buffer.bytes, 1, buffer.size, file) == buffer.size;
    if (file != NULL) {
        is_written = fclose(file) == 0 && is_written;
    }
    if (!is_written) {
        fail(scene, "the dump '%s' cannot be written", word(scene, 1));
    }
    toc_formats_buffer_finish(&buffer);
}

/* -- What is expected ---------------------------------------------------------------------------
 */

static bool has(const char *text, const char *wanted) {
    return strstr(text, wanted) != NULL;
}

static void expect_element(struct scene *scene) {
    const char *id = word(scene, 1), *what = word(scene, 2), *wanted = word(scene, 3);
    const toc_element *element = toc_screen_find(toc_bureau_screen(scene->bureau), id);
    bool is_gone = strcmp(what, "gone") == 0;
    bool holds = is_gone == (element == NULL);
    if (element != NULL && strcmp(what, "says") == 0) {
        holds = has(element->label, wanted) || has(element->value, wanted);
    } else if (element != NULL && strcmp(what, "is") == 0) {
        holds = strcmp(element->label, wanted) == 0 || strcmp(element->value, wanted) == 0;
    } else if (element != NULL && strcmp(what, "off") == 0) {
        holds = element->is_off;
    } else if (element != NULL && strcmp(what, "on") == 0) {
        holds = !element->is_off;
    } else if (element != NULL && !is_gone && what[0] != '\0' && strcmp(what, "there") != 0) {
        holds = strcmp(element->state, what) == 0;
    }
    scene->result.passed += holds;
    if (!holds) {
        fail(scene, "'%s' is %s%s%s, not: %s %s", id,
             element == NULL ? "not there" : element->state, element == NULL ? "" : " and says ",
             element == NULL             ? ""
             : element->label[0] == '\0' ? element->value
                                         : element->label,
             what, wanted);
    }
}

static void do_expect(struct scene *scene) {
    if (strcmp(word(scene, 1), "focus") != 0) {
        expect_element(scene);
        return;
    }
    const char *focus = toc_screen_focus(toc_bureau_screen(scene->bureau));
    bool holds = strcmp(focus, word(scene, 2)) == 0;
    scene->result.passed += holds;
    if (!holds) {
        fail(scene, "the keyboard is at '%s', not at '%s'", focus, word(scene, 2));
    }
}

/* Tries again until it holds or the time is over. */
static void do_await(struct scene *scene) {
    toc_time patience = 0;
    if (!toc_unit_parse_time(word(scene, 1), &patience)) {
        fail(scene, "await TIME ID WHAT: '%s' is no time", word(scene, 1));
        return;
    }
    for (double spent = 0; spent < (double)patience / 1e6; spent += 0.1) {
        const toc_element *element =
            toc_screen_find(toc_bureau_screen(scene->bureau), word(scene, 2));
        bool holds = element != NULL &&
                     (scene->count < 4 || strcmp(element->state, word(scene, 3)) == 0 ||
                      has(element->label, word(scene, 3)) || has(element->value, word(scene, 3)));
        if (holds) {
            scene->result.passed++;
            return;
        }
        if (!scene->host->wait(scene->host->object, 0.1)) {
            break;
        }
    }
    fail(scene, "'%s' did not come to be '%s'", word(scene, 2), word(scene, 3));
}

/* -- The script ---------------------------------------------------------------------------------
 */

static void play_line(struct scene *scene, const char *line) {
    static const struct {
        const char *name;
        void (*play)(struct scene *scene);
    } table[] = {{"key", do_key},         {"type", do_type},     {"click", do_click},
                 {"drag", do_drag},       {"wheel", do_wheel},   {"wait", do_wait},
                 {"advance", do_advance}, {"shot", do_shot},     {"size", do_size},
                 {"dump", do_dump},       {"expect", do_expect}, {"await", do_await}};
    GError *error = NULL;
    if (!g_shell_parse_argv(line, &scene->count, &scene->words, &error)) {
        fail(scene, "this line cannot be read: %s", error->message);
        g_error_free(error);
        return;
    }
    bool is_known = false;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        if (strcmp(table[i].name, scene->words[0]) == 0) {
            table[i].play(scene);
            is_known = true;
        }
    }
    if (!is_known) {
        fail(scene,
             "there is no '%s'; a script has key, type, click, drag, wheel, wait, advance, "
             "await, expect, shot, dump and size",
             scene->words[0]);
    }
    g_strfreev(scene->words);
    scene->host->show(scene->host->object);
}

toc_stagehand_result toc_stagehand_play(toc_bureau *bureau, const toc_formats_source *script,
                                        const toc_stagehand_host *host, toc_problems *problems) {
    struct scene scene = {
        .bureau = bureau, .host = host, .problems = problems, .place = {.file = script->file}};
    char *text = g_strndup(script->bytes, script->size);
    char **lines = g_strsplit(text, "\n", -1);
    host->show(host->object);
    for (uint32_t i = 0; lines[i] != NULL && !toc_bureau_has_left(bureau); i++) {
        char *line = g_strstrip(lines[i]);
        scene.place.line = i + 1;
        if (line[0] != '\0' && line[0] != '#') {
            play_line(&scene, line);
        }
    }
    g_strfreev(lines);
    g_free(text);
    return scene.result;
}
