#include "support/support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drawing/prospect.h"

enum { WIDE = 1920, TALL = 1080 };

/* `count` assets in zones of a hundred, each linked to the next and needing the one before. */
static toc_panorama *town(uint32_t count) {
    toc_panorama_node *nodes = calloc(count, sizeof *nodes);
    toc_panorama_edge *edges = calloc((size_t)2 * count, sizeof *edges);
    char(*texts)[2][24] = calloc(count, sizeof *texts);
    for (uint32_t i = 0; i < count; i++) {
        (void)snprintf(texts[i][0], 24, "Pump %u", i);
        (void)snprintf(texts[i][1], 24, "Zone %u", i / 100);
        nodes[i] = (toc_panorama_node){
            .label = texts[i][0],
            .zone = texts[i][1],
            .kind = toc_topology_kind(i % 2 == 0 ? TOC_ASSET_PUMP : TOC_ASSET_SUBSTATION),
            .layers = 1u << i % 3};
        edges[2 * i] = (toc_panorama_edge){.from = i, .to = (i + 1) % count, .kind = TOC_LINK_DATA};
        edges[2 * i + 1] = (toc_panorama_edge){
            .from = i, .to = i == 0 ? 0 : i - 1, .kind = TOC_LINK_DATA, .is_need = true};
    }
    toc_panorama *panorama = toc_panorama_create(nodes, count, edges, 2 * count);
    free(nodes);
    free(edges);
    free(texts);
    return panorama;
}

static toc_panorama_look look_at(const toc_panorama *panorama) {
    return (toc_panorama_look){.theme = toc_theme_light(),
                               .view = toc_panorama_fit(panorama, WIDE, TALL),
                               .zoom = 1,
                               .selected = TOC_PANORAMA_NONE};
}

static const int whole[4] = {0, 0, WIDE, TALL};
static const double size[2] = {WIDE, TALL};

static void from_afar_a_zone_is_one_tile_and_near_by_a_symbol_has_a_name(void **state) {
    toc_panorama *panorama = town(10000);
    cairo_surface_t *image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, WIDE, TALL);
    toc_panorama_look look = look_at(panorama);
    (void)state;
    look.view.scale = 4;
    toc_prospect_paint(panorama, image, whole, &look);
    assert_true(toc_panorama_work_of(panorama).tiles > 50);
    assert_int_equal(toc_panorama_work_of(panorama).symbols, 0);
    look.view = toc_panorama_near(panorama, 555, 1);
    toc_prospect_paint(panorama, image, whole, &look);
    toc_panorama_work work = toc_panorama_work_of(panorama);
    assert_true(work.symbols > 50 && work.symbols < 1000); /* what is out of sight costs nothing */
    assert_true(work.labels > 50);
    toc_panorama_destroy(panorama);
    cairo_surface_destroy(image);
}

static void moving_the_map_sets_no_text_anew(void **state) {
    toc_panorama *panorama = town(2000);
    cairo_surface_t *image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, WIDE, TALL);
    toc_panorama_look look = look_at(panorama);
    (void)state;
    look.view = toc_panorama_near(panorama, 555, 1);
    toc_prospect_paint(panorama, image, whole, &look);
    assert_true(toc_panorama_work_of(panorama).shaped > 0);
    look.view.x += 0.01;
    toc_prospect_paint(panorama, image, whole, &look);
    assert_int_equal(toc_panorama_work_of(panorama).shaped, 0);
    toc_panorama_destroy(panorama);
    cairo_surface_destroy(image);
}

static void what_is_under_the_pointer_is_found_where_it_is_drawn(void **state) {
    toc_panorama *panorama = town(500);
    toc_panorama_look look = look_at(panorama);
    (void)state;
    for (uint32_t i = 0; i < 500; i += 7) {
        double at[2];
        toc_panorama_where(panorama, &look.view, i, size, at);
        assert_true(at[0] > 0 && at[0] < WIDE && at[1] > 0 && at[1] < TALL);
        assert_int_equal(toc_panorama_hit(panorama, &look, at, size), i);
    }
    look.layers = 2; /* a node of another layer is not there */
    double at[2];
    toc_panorama_where(panorama, &look.view, 3, size, at);
    assert_int_not_equal(toc_panorama_hit(panorama, &look, at, size), 3);
    toc_panorama_destroy(panorama);
}

static void zooming_keeps_what_is_under_the_pointer(void **state) {
    toc_panorama *panorama = town(500);
    toc_panorama_view view = toc_panorama_fit(panorama, WIDE, TALL);
    double before[2], after[2];
    (void)state;
    toc_panorama_where(panorama, &view, 123, size, before);
    view = toc_panorama_zoom(view, 1.7, before, size);
    toc_panorama_where(panorama, &view, 123, size, after);
    assert_true(hypot(before[0] - after[0], before[1] - after[1]) < 1e-6);
    for (int i = 0; i < 60; i++) { /* and ends somewhere */
        view = toc_panorama_zoom(view, 1.5, before, size);
    }
    assert_true(view.scale <= 200);
    toc_panorama_destroy(panorama);
}

static void arrows_reach_every_neighbour(void **state) {
    toc_panorama *panorama = town(300);
    (void)state;
    uint32_t right = toc_panorama_step(panorama, 5, 1, 0);
    assert_int_equal(right, 6);
    assert_int_equal(toc_panorama_step(panorama, right, -1, 0), 5);
    uint32_t down = toc_panorama_step(panorama, 5, 0, 1);
    assert_int_not_equal(down, 5);
    assert_int_equal(toc_panorama_step(panorama, down, 0, -1), 5);
    toc_panorama_destroy(panorama);
}

static uint32_t *pixels_of(cairo_surface_t *image) {
    cairo_surface_flush(image);
    return (uint32_t *)(void *)cairo_image_surface_get_data(image);
}

static size_t count_colour(cairo_surface_t *image, toc_theme_colour colour) {
    uint32_t wanted = (uint32_t)colour.red << 16 | (uint32_t)colour.green << 8 | colour.blue;
    size_t count = 0;
    for (size_t i = 0; i < (size_t)WIDE * TALL; i++) {
        count += (pixels_of(image)[i] & 0xFFFFFF) == wanted;
    }
    return count;
}

static void what_is_wrong_is_seen_at_every_distance(void **state) {
    toc_panorama *panorama = town(10000);
    cairo_surface_t *image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, WIDE, TALL);
    toc_panorama_look look = look_at(panorama);
    (void)state;
    for (double scale = 3; scale < 100; scale *= 1.8) {
        look.view = toc_panorama_near(panorama, 4321, 1);
        look.view.scale = scale;
        toc_panorama_set_node(panorama, 4321, TOC_MAP_NORMAL);
        toc_prospect_paint(panorama, image, whole, &look);
        assert_int_equal(count_colour(image, look.theme->critical), 0);
        toc_panorama_set_node(panorama, 4321, TOC_MAP_FAILED);
        toc_prospect_paint(panorama, image, whole, &look);
        assert_true(count_colour(image, look.theme->critical) > 10);
    }
    toc_panorama_destroy(panorama);
    cairo_surface_destroy(image);
}

static void a_trace_shows_what_an_asset_rests_on_and_what_rests_on_it(void **state) {
    toc_panorama *panorama = town(50);
    cairo_surface_t *image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, WIDE, TALL);
    toc_panorama_look look = look_at(panorama);
    (void)state;
    look.selected = 20;
    toc_prospect_paint(panorama, image, whole, &look);
    size_t alone = count_colour(image, look.theme->text);
    look.traces = true;
    toc_prospect_paint(panorama, image, whole, &look);
    assert_true(count_colour(image, look.theme->text) > 10 * alone);
    toc_panorama_destroy(panorama);
    cairo_surface_destroy(image);
}

static void nothing_is_drawn_outside_its_box(void **state) {
    toc_panorama *panorama = town(2000);
    cairo_surface_t *image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, WIDE, TALL);
    toc_panorama_look look = look_at(panorama);
    const int box[4] = {301, 97, 640, 411};
    (void)state;
    for (size_t i = 0; i < (size_t)WIDE * TALL; i++) {
        pixels_of(image)[i] = 0xFF123456;
    }
    cairo_surface_mark_dirty(image);
    for (double scale = 1; scale < 160; scale *= 2.3) {
        look.view.scale = scale;
        toc_prospect_paint(panorama, image, box, &look);
        toc_prospect_paint_small(panorama, image, (const int[4]){310, 100, 160, 90}, &look,
                                 (const double[2]){640, 411});
    }
    for (int y = 0; y < TALL; y++) {
        for (int x = 0; x < WIDE; x++) {
            bool inside = x >= 301 && x < 941 && y >= 97 && y < 508;
            if (!inside) {
                assert_int_equal(pixels_of(image)[y * WIDE + x], 0xFF123456);
            }
        }
    }
    toc_panorama_destroy(panorama);
    cairo_surface_destroy(image);
}

static void an_empty_map_is_a_quiet_one(void **state) {
    toc_panorama *panorama = toc_panorama_create(NULL, 0, NULL, 0);
    cairo_surface_t *image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, WIDE, TALL);
    toc_panorama_look look = look_at(panorama);
    (void)state;
    toc_prospect_paint(panorama, image, whole, &look);
    assert_int_equal(count_colour(image, look.theme->window), (size_t)WIDE * TALL);
    assert_int_equal(toc_panorama_hit(panorama, &look, (const double[2]){5, 5}, size),
                     TOC_PANORAMA_NONE);
    toc_panorama_destroy(panorama);
    cairo_surface_destroy(image);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(from_afar_a_zone_is_one_tile_and_near_by_a_symbol_has_a_name),
        cmocka_unit_test(moving_the_map_sets_no_text_anew),
        cmocka_unit_test(what_is_under_the_pointer_is_found_where_it_is_drawn),
        cmocka_unit_test(zooming_keeps_what_is_under_the_pointer),
        cmocka_unit_test(arrows_reach_every_neighbour),
        cmocka_unit_test(what_is_wrong_is_seen_at_every_distance),
        cmocka_unit_test(a_trace_shows_what_an_asset_rests_on_and_what_rests_on_it),
        cmocka_unit_test(nothing_is_drawn_outside_its_box),
        cmocka_unit_test(an_empty_map_is_a_quiet_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
