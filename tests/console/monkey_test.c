/* Whatever somebody does to a desk, in whatever order, it stays one. */
#include "console/inspection.h"

#include "small_desk.h"

enum { STEPS = 10000 };

static uint32_t draw(uint64_t *chance, uint32_t below) {
    *chance = *chance * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*chance >> 33) % below;
}

static void press_any_key(small_desk *desk, uint64_t *chance) {
    static const char *const keys[] = {
        "Tab",    "Shift+Tab", "Return", "Space",       "Up",        "Down",   "Left",   "Right",
        "PageUp", "End",       "Home",   "Escape",      "F1",        "F2",     "F3",     "F4",
        "F5",     "F6",        "F7",     "F8",          "F9",        "F10",    "A",      "H",
        "R",      "W",         "T",      "[",           "]",         "1",      "5",      "9",
        "N",      "S",         "+",      "-",           "0",         "Ctrl+K", "Ctrl+D", "Ctrl+L",
        "Ctrl++", "Ctrl+-",    "Ctrl+A", "Ctrl+Z",      "Ctrl+Y",    "G",      ".",      "Ctrl+X",
        "Ctrl+V", "Backspace", "Delete", "Ctrl+Return", "Shift+Left"};
    toc_bureau_key(desk->bureau, keys[draw(chance, sizeof keys / sizeof keys[0])]);
}

static void tell_something(small_desk *desk, uint64_t *chance) {
    static const char *const states[] = {"unacknowledged", "returned", "normal"};
    uint32_t number = draw(chance, 60);
    switch (draw(chance, 6)) {
    case 0:
        desk_state(desk);
        break;
    case 1:
        desk_tell(desk, "{\"m\":\"clock\",\"now\":%u000000,\"speed\":4000,\"paused\":%s}",
                  600 + draw(chance, 9000), draw(chance, 2) == 0 ? "true" : "false");
        break;
    case 2:
        desk_tell(desk,
                  "{\"m\":\"state\",\"at\":1,\"alarms\":[{\"id\":\"a-%u\",\"state\":\"%s\","
                  "\"at\":%u000000}]}",
                  number, states[draw(chance, 3)], draw(chance, 9000));
        break;
    case 3:
        desk_tell(desk,
                  "{\"m\":\"state\",\"at\":1,\"gone\":[{\"list\":\"alarms\",\"id\":\"a-%u\"}]}",
                  number);
        break;
    case 4:
        desk_tell(desk,
                  "{\"m\":\"not-taken\",\"id\":\"c-%u\",\"reason\":\"not-now\",\"text\":\"no\"}",
                  number);
        break;
    default:
        desk_tell(desk, "{\"m\":\"state\",\"at\":1,\"whole\":true}");
        break;
    }
}

static void do_something(small_desk *desk, uint64_t *chance, int *width, int *height) {
    static const char *const words[] = {"x", "变电站", "1h20min", " ", "a-1", "\xf0\x9f\x8f\xad"};
    static const int sizes[][2] = {{640, 360}, {800, 600}, {1280, 720}, {1920, 1080}};
    int x = (int)draw(chance, (uint32_t)*width), y = (int)draw(chance, (uint32_t)*height);
    switch (draw(chance, 10)) {
    case 0:
    case 1:
    case 2:
        press_any_key(desk, chance);
        break;
    case 3:
        toc_bureau_text(desk->bureau, words[draw(chance, 6)]);
        break;
    case 4:
    case 5:
        toc_bureau_press(desk->bureau, x, y);
        toc_bureau_release(desk->bureau, x, y);
        break;
    case 6:
        toc_bureau_press(desk->bureau, x, y);
        toc_bureau_drag(desk->bureau, x + 40, y - 30);
        toc_bureau_release(desk->bureau, x + 40, y - 30);
        break;
    case 7:
        toc_bureau_wheel(desk->bureau, x, y, (int)draw(chance, 7) - 3);
        break;
    case 8:
        tell_something(desk, chance);
        break;
    default:
        toc_bureau_preedit(desk->bureau, draw(chance, 2) == 0 ? "bian" : "");
        if (draw(chance, 40) == 0) {
            uint32_t size = draw(chance, 4);
            *width = sizes[size][0];
            *height = sizes[size][1];
        }
        break;
    }
}

static void play(const char *role, const char *name) {
    uint64_t chance = support_seed(name);
    int width = 1280, height = 720;
    small_desk *desk = desk_open(role, "en", "light", 1);
    cairo_surface_t *image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 1920, 1080);
    for (int i = 0; i < STEPS && !toc_client_is_over(desk->client); i++) {
        uint32_t count = 0;
        do_something(desk, &chance, &width, &height);
        toc_bureau_compose(desk->bureau, width, height);
        toc_screen *screen = toc_bureau_screen(desk->bureau);
        if (i % 20 == 0) {
            (void)toc_brush_paint(screen, image, false, &count);
        }
        assert_true(toc_screen_count(screen) > 5 && toc_screen_count(screen) < 4000);
        if (i % 50 == 0) {
            toc_formats_buffer told = {0};
            toc_bureau_compose(desk->bureau, width, height);
            if (width >= 1280 && toc_inspection_run(screen, &told) > 0) {
                fail_msg("after %d steps: %s", i, told.bytes);
            }
            toc_formats_buffer_finish(&told);
        }
    }
    cairo_surface_destroy(image);
    desk_close(desk);
}

static void ten_thousand_steps_leave_the_players_desk_in_order(void **state) {
    (void)state;
    play("player", __func__);
}

static void ten_thousand_steps_leave_controls_desk_in_order(void **state) {
    (void)state;
    play("control", __func__);
}

static void ten_thousand_steps_leave_the_evaluators_desk_in_order(void **state) {
    (void)state;
    play("evaluator", __func__);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ten_thousand_steps_leave_the_players_desk_in_order),
        cmocka_unit_test(ten_thousand_steps_leave_controls_desk_in_order),
        cmocka_unit_test(ten_thousand_steps_leave_the_evaluators_desk_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
