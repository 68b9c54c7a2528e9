/* What keys do to a text. */
#include "small_screen.h"

static char *held;

static char *paste(void *object) {
    (void)object;
    return held == NULL ? NULL : strdup(held);
}

static void copy(void *object, const char *text) {
    (void)object;
    free(held);
    held = strdup(text);
}

static void draw(small_screen *small) {
    toc_screen_begin(small->screen, &small->look);
    (void)toc_widget_field(small->screen, "line", "", "send");
    (void)toc_widget_area(small->screen, "lines", "", 4, "send");
    toc_screen_end(small->screen);
}

static void keys(small_screen *small, const char *names) {
    char *copied = strdup(names), *rest = NULL;
    for (char *key = strtok_r(copied, " ", &rest); key != NULL; key = strtok_r(NULL, " ", &rest)) {
        (void)toc_handling_key(small->screen, key, &small->deed);
        draw(small);
    }
    free(copied);
}

static const char *line(small_screen *small) {
    return toc_editing_text(small->screen, "line");
}

static void letters_of_any_script_are_moved_over_and_rubbed_out_whole(void **state) {
    small_screen small = small_open(400, 300, 1);
    (void)state;
    draw(&small);
    (void)toc_handling_text(small.screen, "变电站 ss-1");
    keys(&small, "Home Right Delete");
    assert_string_equal(line(&small), "变站 ss-1");
    keys(&small, "End Ctrl+Backspace Backspace");
    assert_string_equal(line(&small), "变站 ss");
    small_finish(&small);
}

static void what_is_selected_is_replaced(void **state) {
    small_screen small = small_open(400, 300, 1);
    (void)state;
    draw(&small);
    (void)toc_handling_text(small.screen, "one two");
    keys(&small, "Ctrl+Shift+Left");
    (void)toc_handling_text(small.screen, "three");
    assert_string_equal(line(&small), "one three");
    small_finish(&small);
}

static void everything_can_be_undone_and_done_again(void **state) {
    small_screen small = small_open(400, 300, 1);
    (void)state;
    draw(&small);
    (void)toc_handling_text(small.screen, "a");
    (void)toc_handling_text(small.screen, "b");
    keys(&small, "Backspace Ctrl+Z");
    assert_string_equal(line(&small), "ab");
    keys(&small, "Ctrl+Z Ctrl+Z Ctrl+Z");
    assert_string_equal(line(&small), "");
    keys(&small, "Ctrl+Y Ctrl+Shift+Z");
    assert_string_equal(line(&small), "ab");
    small_finish(&small);
}

static void texts_go_to_the_clipboard_and_come_back_as_one_line(void **state) {
    small_screen small = small_open(400, 300, 1);
    (void)state;
    toc_screen_set_clipboard(small.screen, (toc_screen_clipboard){.paste = paste, .copy = copy});
    draw(&small);
    (void)toc_handling_text(small.screen, "cut me");
    keys(&small, "Ctrl+A Ctrl+X");
    assert_string_equal(line(&small), "");
    assert_string_equal(held, "cut me");
    copy(NULL, "two\nlines");
    keys(&small, "Ctrl+V");
    assert_string_equal(line(&small), "two lines");
    toc_screen_set_focus(small.screen, "lines");
    draw(&small);
    keys(&small, "Ctrl+V");
    assert_string_equal(toc_editing_text(small.screen, "lines"), "two\nlines");
    free(held);
    held = NULL;
    small_finish(&small);
}

static void lines_are_moved_between(void **state) {
    small_screen small = small_open(400, 300, 1);
    (void)state;
    toc_screen_set_focus(small.screen, "lines");
    draw(&small);
    (void)toc_handling_text(small.screen, "first");
    keys(&small, "Return");
    (void)toc_handling_text(small.screen, "second");
    keys(&small, "Up");
    (void)toc_handling_text(small.screen, "!");
    assert_string_equal(toc_editing_text(small.screen, "lines"), "first!\nsecond");
    keys(&small, "Down Home");
    (void)toc_handling_text(small.screen, "the ");
    assert_string_equal(toc_editing_text(small.screen, "lines"), "first!\nthe second");
    small_finish(&small);
}

static void what_an_input_method_has_not_settled_is_shown_and_not_kept(void **state) {
    small_screen small = small_open(400, 300, 1);
    (void)state;
    draw(&small);
    (void)toc_handling_text(small.screen, "x");
    (void)toc_handling_preedit(small.screen, "bian");
    draw(&small);
    assert_string_equal(small_find(&small, "line")->preedit, "bian");
    assert_string_equal(line(&small), "x");
    (void)small_paint(&small);
    (void)toc_handling_text(small.screen, "变");
    draw(&small);
    assert_string_equal(line(&small), "x变");
    assert_string_equal(small_find(&small, "line")->preedit, "");
    small_finish(&small);
}

static void return_sends_a_line_and_control_return_a_text(void **state) {
    small_screen small = small_open(400, 300, 1);
    (void)state;
    draw(&small);
    (void)toc_handling_text(small.screen, "go");
    draw(&small);
    assert_int_equal(toc_handling_key(small.screen, "Return", &small.deed), TOC_HANDLING_DEED);
    assert_string_equal(small.deed.value, "go");
    toc_screen_set_focus(small.screen, "lines");
    draw(&small);
    assert_int_equal(toc_handling_key(small.screen, "Return", &small.deed), TOC_HANDLING_CHANGED);
    assert_int_equal(toc_handling_key(small.screen, "Ctrl+Return", &small.deed), TOC_HANDLING_DEED);
    small_finish(&small);
}

static void any_keys_in_any_order_leave_a_text_that_is_one(void **state) {
    static const char *const names[] = {"Left",      "Right",      "Shift+Left", "Shift+Right",
                                        "Home",      "End",        "Backspace",  "Delete",
                                        "Ctrl+Left", "Ctrl+Right", "Ctrl+Z",     "Ctrl+Y",
                                        "Up",        "Down",       "Return",     "Ctrl+A"};
    static const char *const typed[] = {"a", "电", "é", " ", "🏭", "\n"};
    small_screen small = small_open(400, 300, 1);
    uint64_t chance = support_seed(__func__);
    (void)state;
    toc_screen_set_focus(small.screen, "lines");
    draw(&small);
    for (int i = 0; i < 5000; i++) {
        chance = chance * UINT64_C(6364136223846793005) + 1442695040888963407u;
        uint32_t lot = (uint32_t)(chance >> 33);
        if (lot % 3 == 0) {
            (void)toc_handling_text(small.screen, typed[lot / 3 % 6]);
        } else {
            (void)toc_handling_key(small.screen, names[lot / 3 % 16], &small.deed);
        }
        draw(&small);
        const char *text = toc_editing_text(small.screen, "lines");
        const toc_element *area = small_find(&small, "lines");
        assert_true(g_utf8_validate(text, -1, NULL));
        assert_true(area->caret >= 0 && area->caret <= (int)strlen(text));
        assert_true(((unsigned char)text[area->caret] & 0xC0) != 0x80); /* never within a letter */
    }
    small_finish(&small);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_of_any_script_are_moved_over_and_rubbed_out_whole),
        cmocka_unit_test(what_is_selected_is_replaced),
        cmocka_unit_test(everything_can_be_undone_and_done_again),
        cmocka_unit_test(texts_go_to_the_clipboard_and_come_back_as_one_line),
        cmocka_unit_test(lines_are_moved_between),
        cmocka_unit_test(what_an_input_method_has_not_settled_is_shown_and_not_kept),
        cmocka_unit_test(return_sends_a_line_and_control_return_a_text),
        cmocka_unit_test(any_keys_in_any_order_leave_a_text_that_is_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
