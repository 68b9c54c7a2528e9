/* What is on the screen, and where. */
#include "small_screen.h"

/* Two panels beside each other: buttons in one, a list of many rows in the other. */
static void fill(void *object, toc_screen *screen, uint32_t number, toc_element *row) {
    uint32_t *made = object;
    (*made)++;
    row->argument = toc_screen_text(screen, "row %u", number);
    (void)toc_widget_cell(screen, row->argument, -1, TOC_TINT_TEXT);
}

static uint32_t draw(small_screen *small, uint32_t rows, const char *word) {
    uint32_t made = 0;
    toc_screen *screen = small->screen;
    toc_screen_begin(screen, &small->look);
    toc_element *row = toc_widget_row(screen, 4);
    row->box.height = -1;
    (void)toc_widget_panel(screen, "left", "Left", "", true);
    (void)toc_widget_wrap(screen, 4);
    for (int i = 0; i < 5; i++) {
        (void)toc_widget_button(screen, toc_screen_text(screen, "b.%d", i), word, "press",
                                toc_screen_text(screen, "%d", i));
    }
    toc_screen_close(screen);
    (void)toc_widget_field(screen, "name", "Name", "named");
    toc_widget_close_panel(screen);
    (void)toc_widget_panel(screen, "right", "Right", "", false);
    (void)toc_widget_list(screen, &(toc_widget_rows){.id = "rows",
                                                     .label = "Rows",
                                                     .count = rows,
                                                     .height = 20,
                                                     .fill = fill,
                                                     .object = &made,
                                                     .empty = "none"});
    toc_widget_close_panel(screen);
    toc_screen_close(screen);
    toc_screen_end(screen);
    return made;
}

static void what_nobody_touched_is_not_painted_again(void **state) {
    small_screen small = small_open(800, 600, 1);
    (void)state;
    (void)draw(&small, 5, "Go");
    assert_int_equal(small_paint(&small), 1);
    (void)draw(&small, 5, "Go"); /* now it is known how many rows are seen */
    (void)small_paint(&small);
    uint64_t pixels = toc_screen_work_of(small.screen).pixels;
    uint64_t shaped = toc_screen_work_of(small.screen).shaped;
    (void)draw(&small, 5, "Go");
    assert_int_equal(small_paint(&small), 0);
    assert_true(toc_screen_work_of(small.screen).pixels == pixels);
    assert_true(toc_screen_work_of(small.screen).shaped == shaped);
    small_finish(&small);
}

static void one_change_paints_its_own_panel_alone(void **state) {
    small_screen small = small_open(800, 600, 1);
    (void)state;
    for (int i = 0; i < 3; i++) {
        (void)draw(&small, 5, "Go");
        (void)small_paint(&small);
    }
    uint64_t panels = toc_screen_work_of(small.screen).panels;
    uint64_t pixels = toc_screen_work_of(small.screen).pixels;
    (void)draw(&small, 5, "Stop");
    assert_int_equal(small_paint(&small), 1);
    assert_true(toc_screen_work_of(small.screen).pixels - pixels < 800 * 600);
    assert_true(toc_screen_work_of(small.screen).panels - panels <= 2); /* and what it lies on */
    small_finish(&small);
}

static void another_theme_paints_everything_anew(void **state) {
    small_screen small = small_open(800, 600, 1);
    (void)state;
    for (int i = 0; i < 3; i++) {
        (void)draw(&small, 5, "Go");
        (void)small_paint(&small);
    }
    uint64_t pixels = toc_screen_work_of(small.screen).pixels;
    small.look.theme = toc_theme_dark();
    (void)draw(&small, 5, "Go");
    (void)small_paint(&small);
    assert_true(toc_screen_work_of(small.screen).pixels - pixels >= 800 * 600);
    small_finish(&small);
}

static void ten_thousand_rows_cost_those_that_are_seen(void **state) {
    small_screen small = small_open(800, 600, 1);
    (void)state;
    (void)draw(&small, 10000, "Go");
    assert_true(draw(&small, 10000, "Go") < 40);
    assert_true(toc_screen_count(small.screen) < 150);
    toc_screen_set_focus(small.screen, "rows");
    (void)draw(&small, 10000, "Go");
    assert_int_equal(toc_handling_key(small.screen, "End", &small.deed), TOC_HANDLING_CHANGED);
    assert_true(draw(&small, 10000, "Go") < 40);
    const toc_element *last = small_find(&small, "rows.9999");
    assert_true(last->is_selected);
    assert_true(last->shown.h > 10);
    assert_int_equal(toc_handling_key(small.screen, "Return", &small.deed), TOC_HANDLING_DEED);
    assert_string_equal(small.deed.argument, "row 9999");
    small_finish(&small);
}

static void tab_goes_everywhere_and_comes_back(void **state) {
    small_screen small = small_open(800, 600, 1);
    (void)state;
    (void)draw(&small, 5, "Go");
    static const char *const order[] = {"b.0", "b.1", "b.2", "b.3", "b.4", "name", "rows"};
    for (size_t i = 0; i < 2 * sizeof order / sizeof order[0]; i++) {
        assert_string_equal(toc_screen_focus(small.screen),
                            order[i % (sizeof order / sizeof order[0])]);
        (void)toc_handling_key(small.screen, "Tab", &small.deed);
        (void)draw(&small, 5, "Go");
    }
    (void)toc_handling_key(small.screen, "Shift+Tab", &small.deed);
    assert_string_equal(toc_screen_focus(small.screen), "rows");
    small_finish(&small);
}

static void a_click_does_what_it_hits_unless_the_pointer_moves_away(void **state) {
    small_screen small = small_open(800, 600, 2);
    (void)state;
    (void)draw(&small, 5, "Go");
    toc_rect rect = small_find(&small, "b.3")->rect;
    int x = rect.x + rect.w / 2, y = rect.y + rect.h / 2;
    (void)toc_handling_press(small.screen, x, y, &small.deed);
    assert_int_equal(toc_handling_release(small.screen, x, y, &small.deed), TOC_HANDLING_DEED);
    assert_string_equal(small.deed.command, "press");
    assert_string_equal(small.deed.argument, "3");
    (void)toc_handling_press(small.screen, x, y, &small.deed);
    assert_int_equal(toc_handling_release(small.screen, x, y + 300, &small.deed),
                     TOC_HANDLING_IGNORED);
    small_finish(&small);
}

static void nothing_overlaps_and_nothing_leaves_the_window(void **state) {
    static const int sizes[][2] = {{640, 360}, {1280, 720}, {1920, 1080}};
    (void)state;
    for (size_t s = 0; s < 3; s++) {
        for (int scale = 2; scale <= 4; scale++) {
            small_screen small = small_open(sizes[s][0], sizes[s][1], scale / 2.0);
            (void)draw(&small, 100, "Go on then");
            toc_rect window = {0, 0, sizes[s][0], sizes[s][1]};
            for (uint32_t i = 0; i < toc_screen_count(small.screen); i++) {
                const toc_element *one = toc_screen_at(small.screen, i);
                toc_rect inside = toc_element_meet(&one->shown, &window);
                assert_memory_equal(&inside, &one->shown, sizeof inside);
                for (uint32_t k = i + 1; one->takes_focus && k < toc_screen_count(small.screen);
                     k++) {
                    const toc_element *other = toc_screen_at(small.screen, k);
                    toc_rect both = toc_element_meet(&one->shown, &other->shown);
                    assert_true(!other->takes_focus || toc_element_is_empty(&both));
                }
            }
            small_finish(&small);
        }
    }
}

static void a_label_that_does_not_fit_is_told(void **state) {
    small_screen small = small_open(300, 200, 1);
    (void)state;
    (void)draw(&small, 1, "A word");
    assert_false(small_find(&small, "b.0")->is_clipped);
    (void)draw(&small, 1, "A word that is far too long for the narrow panel that it stands in");
    assert_true(small_find(&small, "b.0")->is_clipped);
    small_finish(&small);
}

static void a_dialog_keeps_everything_else_out_of_reach(void **state) {
    small_screen small = small_open(800, 600, 1);
    (void)state;
    toc_screen *screen = small.screen;
    toc_screen_begin(screen, &small.look);
    (void)toc_widget_button(screen, "under", "Under", "press", "");
    (void)toc_widget_dialog(screen, "ask", "Really?", 300);
    (void)toc_widget_button(screen, "yes", "Yes", "yes", "");
    (void)toc_widget_button(screen, "no", "No", "no", "");
    toc_screen_close(screen);
    toc_screen_end(screen);
    assert_string_equal(toc_screen_focus(screen), "yes");
    toc_screen_step_focus(screen, -1);
    assert_string_equal(toc_screen_focus(screen), "no");
    toc_rect rect = small_find(&small, "under")->rect;
    assert_null(toc_screen_hit(screen, rect.x + 2, rect.y + 2));
    small_finish(&small);
}

static void the_tree_can_be_read_as_lines_of_json(void **state) {
    small_screen small = small_open(400, 300, 1);
    toc_formats_buffer buffer = {0};
    (void)state;
    (void)draw(&small, 1, "Say \"go\"");
    toc_screen_dump(small.screen, &buffer);
    assert_non_null(strstr(buffer.bytes, "{\"role\":\"button\",\"id\":\"b.0\","));
    assert_non_null(strstr(buffer.bytes, "\"label\":\"Say \\\"go\\\"\""));
    assert_non_null(strstr(buffer.bytes, "\"focus\":true"));
    toc_formats_buffer_finish(&buffer);
    small_finish(&small);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_nobody_touched_is_not_painted_again),
        cmocka_unit_test(one_change_paints_its_own_panel_alone),
        cmocka_unit_test(another_theme_paints_everything_anew),
        cmocka_unit_test(ten_thousand_rows_cost_those_that_are_seen),
        cmocka_unit_test(tab_goes_everywhere_and_comes_back),
        cmocka_unit_test(a_click_does_what_it_hits_unless_the_pointer_moves_away),
        cmocka_unit_test(nothing_overlaps_and_nothing_leaves_the_window),
        cmocka_unit_test(a_label_that_does_not_fit_is_told),
        cmocka_unit_test(a_dialog_keeps_everything_else_out_of_reach),
        cmocka_unit_test(the_tree_can_be_read_as_lines_of_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
