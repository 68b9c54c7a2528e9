/* No screen has what no screen may have: every desk and page, in both languages and themes, at
   three scales and three sizes. */
#include "console/inspection.h"

#include "small_desk.h"

static const int sizes[][2] = {{1280, 720}, {1920, 1080}, {3840, 2160}};
static const double scales[] = {1.0, 1.5, 2.0};
static const char *const languages[] = {"en", "zh"};
static const char *const themes[] = {"light", "dark"};

struct count {
    uint32_t screens, findings;
};

static void inspect(struct count *count, small_desk *desk, const int size[2], const char *what) {
    toc_formats_buffer told = {0};
    toc_screen *screen = desk_compose(desk, size[0], size[1]);
    uint32_t findings = toc_inspection_run(screen, &told);
    count->screens++;
    if (findings > 0 && count->findings < 12) {
        print_message("%s %s %s at %dx%d, %.1f:\n%s", what, toc_screen_look_of(screen)->language,
                      toc_screen_look_of(screen)->theme->name, size[0], size[1],
                      toc_screen_look_of(screen)->scale, told.bytes);
    }
    count->findings += findings;
    toc_formats_buffer_finish(&told);
}

/* Every page of the desk, and what opens over it. */
static void go_through(struct count *count, small_desk *desk, const int size[2], const char *role) {
    static const char *const pages[] = {"overview", "map",    "alarms",     "asset",     "inbox",
                                        "tasks",    "duties", "orders",     "decisions", "board",
                                        "plan",     "crews",  "log",        "injects",   "lanes",
                                        "seats",    "clock",  "objectives", "curve",     "notes"};
    inspect(count, desk, size, role);
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        char tab[64];
        (void)snprintf(tab, sizeof tab, "tab.%s", pages[i]);
        if (toc_bureau_click(desk->bureau, tab)) {
            inspect(count, desk, size, pages[i]);
        }
    }
    (void)toc_bureau_click(desk->bureau, "alarms.0");
    inspect(count, desk, size, "an asset that was chosen");
    static const char *const keys[] = {"1", "F1", "Ctrl+K", "F10", "H", "W", "4"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        toc_bureau_key(desk->bureau, keys[i]);
        inspect(count, desk, size, keys[i]);
        toc_bureau_key(desk->bureau, "Escape");
        (void)desk_compose(desk, size[0], size[1]);
    }
}

static struct count all_screens_of(const char *role) {
    struct count count = {0};
    for (size_t l = 0; l < 2; l++) {
        for (size_t t = 0; t < 2; t++) {
            for (size_t s = 0; s < 3; s++) {
                small_desk *desk = desk_open(role, languages[l], themes[t], scales[s]);
                for (size_t z = 0; z < 3; z++) {
                    go_through(&count, desk, sizes[z], role);
                }
                desk_close(desk);
            }
        }
    }
    return count;
}

static void no_screen_of_the_player_has_what_none_may_have(void **state) {
    (void)state;
    struct count count = all_screens_of("player");
    print_message("%u screens\n", count.screens);
    assert_true(count.screens > 36 * 10);
    assert_int_equal(count.findings, 0);
}

static void no_screen_of_control_has_what_none_may_have(void **state) {
    (void)state;
    struct count count = all_screens_of("control");
    print_message("%u screens\n", count.screens);
    assert_true(count.screens > 36 * 6);
    assert_int_equal(count.findings, 0);
}

static void no_screen_of_the_evaluator_has_what_none_may_have(void **state) {
    (void)state;
    struct count count = all_screens_of("evaluator");
    print_message("%u screens\n", count.screens);
    assert_true(count.screens > 36 * 6);
    assert_int_equal(count.findings, 0);
}

static void tab_visits_everything_that_can_be_reached(void **state) {
    static const char *const roles[] = {"player", "control", "evaluator"};
    (void)state;
    for (size_t r = 0; r < 3; r++) {
        small_desk *desk = desk_open(roles[r], "en", "light", 1);
        toc_screen *screen = desk_compose(desk, 1920, 1080);
        uint32_t wanted = 0, steps = 0;
        for (uint32_t i = 0; i < toc_screen_count(screen); i++) {
            const toc_element *element = toc_screen_at(screen, i);
            wanted += element->takes_focus && !element->is_off;
        }
        char first[200];
        (void)snprintf(first, sizeof first, "%s", toc_screen_focus(screen));
        do {
            toc_bureau_key(desk->bureau, "Tab");
            screen = desk_compose(desk, 1920, 1080);
            steps++;
        } while (strcmp(toc_screen_focus(screen), first) != 0 && steps < 1000);
        assert_int_equal(steps, wanted);
        desk_close(desk);
    }
}

static void an_inspection_finds_what_is_wrong(void **state) {
    toc_screen *screen = toc_screen_create();
    toc_formats_buffer told = {0};
    toc_screen_look look = {
        .width = 300, .height = 200, .scale = 1, .theme = toc_theme_light(), .language = "zh"};
    (void)state;
    toc_screen_begin(screen, &look);
    toc_element *one = toc_screen_add(screen, TOC_TRAIT_BUTTON, "one");
    one->label = "Acknowledge";
    one->takes_focus = true;
    one->ink = TOC_TINT_MEDIUM;
    one->box = (toc_box){.width = 30, .height = 20};
    toc_element *two = toc_screen_add(screen, TOC_TRAIT_BUTTON, "one");
    two->takes_focus = true;
    two->box = (toc_box){.width = 30, .height = 20};
    two->edge = TOC_TINT_CRITICAL;
    toc_screen_end(screen);
    assert_true(toc_inspection_run(screen, &told) >= 5);
    assert_non_null(strstr(told.bytes, "is cut off"));
    assert_non_null(strstr(told.bytes, "is too faint"));
    assert_non_null(strstr(told.bytes, "is not translated"));
    assert_non_null(strstr(told.bytes, "has the id of another"));
    assert_non_null(strstr(told.bytes, "by colour alone"));
    toc_formats_buffer_finish(&told);
    toc_screen_destroy(screen);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_screen_of_the_player_has_what_none_may_have),
        cmocka_unit_test(no_screen_of_control_has_what_none_may_have),
        cmocka_unit_test(no_screen_of_the_evaluator_has_what_none_may_have),
        cmocka_unit_test(tab_visits_everything_that_can_be_reached),
        cmocka_unit_test(an_inspection_finds_what_is_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
