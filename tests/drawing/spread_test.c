#include "support/support.h"

#include "drawing/label.h"
#include "drawing/pack.h"
#include "drawing/spread.h"

#include <math.h>

static uint64_t dice(uint64_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static void where_there_is_room_nobody_touches_another(void **state) {
    uint64_t seed = support_seed("where_there_is_room_nobody_touches_another");
    const toc_spread_field field = {0, 0, 1000, 600, 20};
    (void)state;
    for (int round = 0; round < 20; round++) {
        double x[200], y[200];
        for (uint32_t i = 0; i < 200; i++) {
            x[i] = 300 + (double)(dice(&seed) % 4000) / 10;
            y[i] = 150 + (double)(dice(&seed) % 3000) / 10;
        }
        x[1] = x[0];
        y[1] = y[0];
        toc_spread_apart(x, y, 200, &field);
        for (uint32_t i = 0; i < 200; i++) {
            assert_true(x[i] >= 0 && x[i] <= 1000 && y[i] >= 0 && y[i] <= 600);
            for (uint32_t j = 0; j < i; j++) {
                assert_true(hypot(x[i] - x[j], y[i] - y[j]) > 15);
            }
        }
    }
}

static void who_touches_nobody_stays(void **state) {
    const toc_spread_field field = {0, 0, 100, 100, 10};
    double x[] = {20, 80, 50}, y[] = {20, 20, 70};
    (void)state;
    toc_spread_apart(x, y, 3, &field);
    assert_true(x[0] == 20 && y[0] == 20 && x[1] == 80 && y[2] == 70);
}

static void who_cannot_be_parted_stays(void **state) {
    enum { CROWD = 3000 };
    toc_spread_field field = {.left = 0, .top = 0, .right = 500, .bottom = 500, .distance = 20};
    static double x[CROWD], y[CROWD], was_x[CROWD], was_y[CROWD];
    uint64_t seed = 1;
    (void)state;
    for (size_t i = 0; i < CROWD; i++) {
        x[i] = was_x[i] = (double)(dice(&seed) % 500);
        y[i] = was_y[i] = (double)(dice(&seed) % 500);
    }
    toc_spread_apart(x, y, CROWD, &field);
    assert_memory_equal(x, was_x, sizeof x);
    assert_memory_equal(y, was_y, sizeof y);
}

static void packed_boxes_do_not_overlap(void **state) {
    uint64_t seed = support_seed("packed_boxes_do_not_overlap");
    (void)state;
    for (int round = 0; round < 50; round++) {
        toc_pack_box boxes[30];
        for (size_t i = 0; i < 30; i++) {
            boxes[i] =
                (toc_pack_box){(double)(dice(&seed) % 100), (double)(dice(&seed) % 100), 0, 0};
        }
        toc_pack_rows(boxes, 30, 2, 1.6);
        for (size_t i = 0; i < 30; i++) {
            for (size_t j = 0; j < i; j++) {
                assert_true(boxes[i].x >= boxes[j].x + boxes[j].width + 2 ||
                            boxes[j].x >= boxes[i].x + boxes[i].width + 2 ||
                            boxes[i].y >= boxes[j].y + boxes[j].height + 2 ||
                            boxes[j].y >= boxes[i].y + boxes[i].height + 2);
            }
        }
    }
}

static void a_label_fits_where_nothing_was_taken(void **state) {
    toc_label_field *field = toc_label_create((toc_label_box){10, 10, 500, 300});
    (void)state;
    assert_true(toc_label_is_free(field, (toc_label_box){100, 100, 200, 12}));
    toc_label_take(field, (toc_label_box){250, 90, 20, 20});
    assert_false(toc_label_is_free(field, (toc_label_box){100, 100, 200, 12}));
    assert_true(toc_label_is_free(field, (toc_label_box){100, 100, 150, 12}));
    assert_true(toc_label_is_free(field, (toc_label_box){100, 110, 200, 12}));
    assert_false(toc_label_is_free(field, (toc_label_box){5, 100, 20, 12}));
    assert_false(toc_label_is_free(field, (toc_label_box){500, 100, 20, 12}));
    toc_label_destroy(field);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(where_there_is_room_nobody_touches_another),
        cmocka_unit_test(who_touches_nobody_stays),
        cmocka_unit_test(who_cannot_be_parted_stays),
        cmocka_unit_test(packed_boxes_do_not_overlap),
        cmocka_unit_test(a_label_fits_where_nothing_was_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
