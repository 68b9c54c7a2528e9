#include "support/support.h"

#include "drawing/layout.h"
#include "tocsin/formats.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static toc_topology *read(const char *elements) {
    static char text[200000];
    toc_problems *problems = toc_problems_create();
    toc_topology *topology = NULL;
    (void)snprintf(text, sizeof text, "<topology xmlns=\"urn:tocsin:topology:1\">%s</topology>",
                   elements);
    if (toc_formats_read_topology(text, strlen(text), "t", problems, &topology) != TOC_OK) {
        fail_msg("%s", toc_problems_at(problems, 0).text);
    }
    toc_problems_destroy(problems);
    return topology;
}

static double distance(const toc_layout *layout, uint32_t a, uint32_t b) {
    return hypot(layout->x[a] - layout->x[b], layout->y[a] - layout->y[b]);
}

static void known_places_are_kept_with_north_up(void **state) {
    toc_topology *t = read("<asset id=\"a\" kind=\"node\" x=\"0\" y=\"0\"/>"
                           "<asset id=\"b\" kind=\"node\" x=\"3\" y=\"4\"/>");
    toc_layout layout;
    (void)state;
    toc_layout_compute(t, 1.6, &layout);
    assert_true(layout.geographic);
    assert_true(fabs(distance(&layout, 0, 1) - 5000) < 1e-6);
    assert_true(layout.y[1] < layout.y[0]);
    toc_layout_finish(&layout);
    toc_topology_destroy(t);
}

static void an_asset_without_a_place_stands_by_its_neighbours(void **state) {
    toc_topology *t = read("<asset id=\"a\" kind=\"node\" x=\"0\" y=\"0\"/>"
                           "<asset id=\"b\" kind=\"node\" x=\"100\" y=\"0\"/>"
                           "<asset id=\"c\" kind=\"node\"><needs all=\"b\"/></asset>"
                           "<asset id=\"lost\" kind=\"node\"/>"
                           "<asset id=\"d\" kind=\"node\" x=\"0\" y=\"100\"/>");
    toc_layout layout;
    (void)state;
    toc_layout_compute(t, 1.6, &layout);
    assert_true(distance(&layout, 2, 1) < distance(&layout, 2, 0));
    assert_true(layout.y[3] > layout.y[0]);
    toc_layout_finish(&layout);
    toc_topology_destroy(t);
}

static void neighbours_stand_near_and_nobody_stands_on_another(void **state) {
    toc_topology *t = read("<asset id=\"a\" kind=\"node\"/><asset id=\"b\" kind=\"node\"/>"
                           "<asset id=\"c\" kind=\"node\"/><asset id=\"d\" kind=\"node\"/>"
                           "<link from=\"a\" to=\"b\" kind=\"data\"/><link from=\"b\" to=\"c\" "
                           "kind=\"data\"/><link from=\"b\" to=\"c\" kind=\"data\"/>"
                           "<link from=\"c\" to=\"d\" kind=\"data\"/>");
    toc_layout layout;
    (void)state;
    toc_layout_compute(t, 1.6, &layout);
    assert_false(layout.geographic);
    assert_true(distance(&layout, 0, 3) > 1.8 * distance(&layout, 0, 1));
    for (uint32_t i = 0; i < 4; i++) {
        for (uint32_t j = 0; j < i; j++) {
            assert_true(distance(&layout, i, j) > 0.3);
        }
    }
    toc_layout_finish(&layout);
    toc_topology_destroy(t);
}

static void assets_stand_in_the_box_of_their_zone(void **state) {
    char text[20000] = "<zone id=\"z0\" level=\"1\"/><zone id=\"z1\" level=\"2\"/>"
                       "<zone id=\"empty\" level=\"2\"/>";
    toc_topology *t;
    toc_layout layout;
    (void)state;
    for (int i = 0; i < 40; i++) {
        (void)snprintf(text + strlen(text), 200, "<asset id=\"a%d\" kind=\"node\" zone=\"z%d\"/>%s",
                       i, i % 2,
                       i % 5 == 0 && i > 0 ? "<link from=\"a0\" to=\"a1\" kind=\"data\"/>" : "");
    }
    t = read(text);
    toc_layout_compute(t, 1.6, &layout);
    assert_int_equal(layout.box_count, 2);
    for (uint32_t i = 0; i < 40; i++) {
        const toc_layout_box *box = &layout.boxes[layout.boxes[0].zone == i % 2 ? 0 : 1];
        assert_true(layout.x[i] > box->x && layout.x[i] < box->x + box->width);
        assert_true(layout.y[i] > box->y && layout.y[i] < box->y + box->height);
    }
    toc_layout_finish(&layout);
    toc_topology_destroy(t);
}

static void large_networks_are_placed_and_always_alike(void **state) {
    static char text[200000];
    size_t length = 0;
    toc_topology *t;
    toc_layout one, two;
    (void)state;
    for (int i = 0; i < 1500; i++) {
        length += (size_t)snprintf(text + length, sizeof text - length,
                                   "<asset id=\"a%d\" kind=\"node\"/>", i);
    }
    for (int i = 1; i < 1500; i++) {
        length += (size_t)snprintf(text + length, sizeof text - length,
                                   "<link from=\"a%d\" to=\"a%d\" kind=\"data\"/>", i, i / 2);
    }
    t = read(text);
    toc_layout_compute(t, 1.6, &one);
    toc_layout_compute(t, 1.6, &two);
    for (uint32_t i = 0; i < t->asset_count; i++) {
        assert_true(isfinite(one.x[i]) && isfinite(one.y[i]));
        assert_true(one.x[i] == two.x[i] && one.y[i] == two.y[i]);
    }
    toc_layout_finish(&one);
    toc_layout_finish(&two);
    toc_topology_destroy(t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_places_are_kept_with_north_up),
        cmocka_unit_test(an_asset_without_a_place_stands_by_its_neighbours),
        cmocka_unit_test(neighbours_stand_near_and_nobody_stands_on_another),
        cmocka_unit_test(assets_stand_in_the_box_of_their_zone),
        cmocka_unit_test(large_networks_are_placed_and_always_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
