#include "study/page.h"

#include <glib.h>
#include <inttypes.h>
#include <string.h>

#include "drawing/strips.h"
#include "drawing/svg.h"
#include "study/advice.h"

enum { WIDTH = 900, MARGIN = 12, HEAD = 70, LINE = 18, LONGEST = 128 };

/* Panels under each other, and what belongs to them until they are drawn. */
struct sheet {
    const toc_rehearsal *rehearsal;
    GArray *panels; /* toc_strips */
    GPtrArray *texts, *rows, *advice;
};

static const char *keep(struct sheet *sheet, char *text) {
    g_ptr_array_add(sheet->texts, text);
    return text;
}

/* One subject under every policy. */
static void add_rows(struct sheet *sheet, GArray *rows, const char *label,
                     toc_sample (*sample_of)(const toc_rehearsal_policy *policy, size_t index),
                     size_t index) {
    const toc_rehearsal *rehearsal = sheet->rehearsal;
    for (size_t k = 0; k < rehearsal->policy_count; k++) {
        toc_sample sample = sample_of(&rehearsal->policies[k], index);
        toc_strips_row row = {k == 0 ? label : "",
                              rehearsal->policies[k].name,
                              sample.least,
                              sample.p10,
                              sample.median,
                              sample.p90,
                              sample.most,
                              sample.count == 0,
                              k + 1 == rehearsal->policy_count};
        g_array_append_val(rows, row);
    }
}

static void add_panel(struct sheet *sheet, const char *title, const char *unit, GArray *rows) {
    toc_strips panel = {.title = title,
                        .unit = unit,
                        .rows = (const toc_strips_row *)(void *)rows->data,
                        .row_count = rows->len,
                        .theme = toc_theme_light()};
    g_ptr_array_add(sheet->rows, rows);
    g_array_append_val(sheet->panels, panel);
}

static GArray *new_rows(void) {
    return g_array_new(FALSE, FALSE, sizeof(toc_strips_row));
}

/* -- What is shown ------------------------------------------------------------------------------
 */

static toc_sample all_people(const toc_rehearsal_policy *policy, size_t index) {
    (void)index;
    return policy->people_hours;
}

static toc_sample left_over(const toc_rehearsal_policy *policy, size_t index) {
    (void)index;
    return policy->left;
}

static toc_sample service_loss(const toc_rehearsal_policy *policy, size_t index) {
    return policy->services[index].loss;
}

static toc_sample met_at(const toc_rehearsal_policy *policy, size_t index) {
    return policy->objectives[index].at;
}

static toc_sample share_met(const toc_rehearsal_policy *policy, size_t index) {
    toc_sample_share met = policy->objectives[index].met;
    /* the interval of a share takes the place of the band */
    return (toc_sample){.count = met.count,
                        .least = 100 * met.low,
                        .p10 = 100 * met.low,
                        .median = 100 * met.share,
                        .p90 = 100 * met.high,
                        .most = 100 * met.high};
}

/* One panel for each unit, in the order in which they come up. */
static void add_services(struct sheet *sheet) {
    const toc_rehearsal *rehearsal = sheet->rehearsal;
    for (size_t i = 0; i < rehearsal->service_count; i++) {
        const char *unit = rehearsal->services[i].unit;
        bool is_first = true;
        for (size_t k = 0; k < i; k++) {
            is_first = is_first && strcmp(rehearsal->services[k].unit, unit) != 0;
        }
        if (!is_first) {
            continue;
        }
        GArray *rows = new_rows();
        for (size_t k = i; k < rehearsal->service_count; k++) {
            const toc_rehearsal_subject *service = &rehearsal->services[k];
            if (strcmp(service->unit, unit) == 0) {
                const char *label =
                    keep(sheet, g_strdup_printf("%s %s", service->operator_id, service->id));
                add_rows(sheet, rows, label, service_loss, k);
            }
        }
        add_panel(sheet, "Not supplied", keep(sheet, g_strdup_printf("%s \xc3\x97 hours", unit)),
                  rows);
    }
}

static void add_objectives(struct sheet *sheet) {
    const toc_rehearsal *rehearsal = sheet->rehearsal;
    if (rehearsal->objective_count == 0) {
        return;
    }
    GArray *shares = new_rows(), *times = new_rows();
    for (size_t i = 0; i < rehearsal->objective_count; i++) {
        add_rows(sheet, shares, rehearsal->objectives[i].id, share_met, i);
        add_rows(sheet, times, rehearsal->objectives[i].id, met_at, i);
    }
    add_panel(sheet, "Objectives met", "% of runs, with 95 % interval", shares);
    g_array_index(sheet->panels, toc_strips, sheet->panels->len - 1).high = 100;
    add_panel(sheet, "When they are met", "hours since STARTEX", times);
}

static void add_sentence(void *object, const char *sentence) {
    struct sheet *sheet = object;
    g_ptr_array_add(sheet->advice, g_strdup(sentence));
}

/* Cut at blanks; SVG breaks no lines. */
static double put_sentence(toc_formats_buffer *page, const char *sentence, double top) {
    const toc_theme *theme = toc_theme_light();
    char **words = g_strsplit(sentence, " ", -1);
    GString *line = g_string_new("\xe2\x80\xa2");
    for (size_t i = 0; words[i] != NULL; i++) {
        if (line->len + strlen(words[i]) > LONGEST) {
            toc_svg_write(page, line->str,
                          (toc_svg_words){MARGIN, top, 12, NULL, false, theme->text2});
            g_string_assign(line, "  ");
            top += LINE;
        }
        g_string_append_printf(line, " %s", words[i]);
    }
    toc_svg_write(page, line->str, (toc_svg_words){MARGIN, top, 12, NULL, false, theme->text2});
    (void)g_string_free(line, TRUE);
    g_strfreev(words);
    return top + LINE;
}

static double height_of(const struct sheet *sheet) {
    double height = HEAD;
    for (guint i = 0; i < sheet->advice->len; i++) {
        const char *sentence = g_ptr_array_index(sheet->advice, i);
        height += LINE * (double)(2 + strlen(sentence) / (LONGEST - 24));
    }
    for (guint i = 0; i < sheet->panels->len; i++) {
        height += toc_strips_height(&g_array_index(sheet->panels, toc_strips, i));
    }
    return height;
}

static void draw(const struct sheet *sheet, const char *title, toc_formats_buffer *page) {
    const toc_theme *theme = toc_theme_light();
    const toc_rehearsal *rehearsal = sheet->rehearsal;
    double top = HEAD, height = height_of(sheet);
    toc_svg_begin(page, WIDTH, height, title);
    toc_svg_fill(page, (toc_svg_box){0, 0, WIDTH, height, 0, theme->panel, NULL});
    toc_svg_write(page, title, (toc_svg_words){MARGIN, 28, 18, NULL, true, theme->text});
    char *facts = g_strdup_printf(
        "%" PRIu32 " runs of each policy, seeds %" PRIu64 " to %" PRIu64
        ". Rule: least to most; band: eight of ten runs; mark and figure: median.",
        rehearsal->runs, rehearsal->first_seed, rehearsal->first_seed + rehearsal->runs - 1);
    toc_svg_write(page, facts, (toc_svg_words){MARGIN, 48, 12, NULL, false, theme->text3});
    g_free(facts);
    for (guint i = 0; i < sheet->advice->len; i++) {
        top = put_sentence(page, g_ptr_array_index(sheet->advice, i), top);
    }
    for (guint i = 0; i < sheet->panels->len; i++) {
        const toc_strips *panel = &g_array_index(sheet->panels, toc_strips, i);
        toc_strips_draw(panel, top, WIDTH, page);
        top += toc_strips_height(panel);
    }
    toc_svg_end(page);
}

static void free_rows(gpointer rows) {
    (void)g_array_free(rows, TRUE);
}

void toc_page_draw(const char *title, const toc_rehearsal *rehearsal, toc_formats_buffer *page) {
    struct sheet sheet = {rehearsal, g_array_new(FALSE, FALSE, sizeof(toc_strips)),
                          g_ptr_array_new_with_free_func(g_free),
                          g_ptr_array_new_with_free_func(free_rows),
                          g_ptr_array_new_with_free_func(g_free)};
    GArray *people = new_rows();
    add_rows(&sheet, people, "all services", all_people, 0);
    add_panel(&sheet, "People-hours lost", "people \xc3\x97 hours", people);
    if (rehearsal->policy_count > 1) {
        GArray *left = new_rows();
        add_rows(&sheet, left, "all services", left_over, 0);
        add_panel(&sheet, "Difficulty: what a team leaves of the loss",
                  "% of what the weakest loses with the same luck", left);
    }
    add_services(&sheet);
    add_objectives(&sheet);
    toc_advice_give(rehearsal, add_sentence, &sheet);
    draw(&sheet, title, page);
    (void)g_array_free(sheet.panels, TRUE);
    g_ptr_array_unref(sheet.texts);
    g_ptr_array_unref(sheet.rows);
    g_ptr_array_unref(sheet.advice);
}
