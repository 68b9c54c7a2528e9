#include "support/support.h"

#include "drawing/map.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static toc_topology *read(const char *text) {
    toc_problems *problems = toc_problems_create();
    toc_topology *topology = NULL;
    if (toc_formats_read_topology(text, strlen(text), "t", problems, &topology) != TOC_OK) {
        fail_msg("%s", toc_problems_at(problems, 0).text);
    }
    toc_problems_destroy(problems);
    return topology;
}

static toc_topology *load_town(void) {
    char path[1000];
    toc_problems *problems = toc_problems_create();
    toc_topology *topology = NULL;
    (void)snprintf(path, sizeof path, "%s/tests/formats/files/river-city.xml", support_source());
    assert_int_equal(toc_formats_load_topology(path, problems, &topology), TOC_OK);
    toc_problems_destroy(problems);
    return topology;
}

static toc_formats_buffer draw(const toc_map_request *request) {
    toc_formats_buffer buffer = {NULL, 0, 0};
    toc_problems *problems = toc_problems_create();
    assert_int_equal(toc_map_draw(request, problems, &buffer), TOC_OK);
    assert_int_equal(toc_problems_count(problems, TOC_ERROR), 0);
    toc_problems_destroy(problems);
    return buffer;
}

static void each_format_is_what_it_says_and_always_alike(void **state) {
    static const char *const heads[] = {
        [TOC_MAP_SVG] = "<?xml", [TOC_MAP_PNG] = "\x89PNG\r\n", [TOC_MAP_PDF] = "%PDF-1."};
    toc_topology *town = load_town();
    (void)state;
    for (unsigned i = 0; i < TOC_MAP_FORMATS; i++) {
        toc_map_request request = {.topology = town, .format = (toc_map_format)i, .needs = true};
        toc_formats_buffer one = draw(&request), two = draw(&request);
        assert_memory_equal(one.bytes, heads[i], strlen(heads[i]));
        assert_int_equal(one.size, two.size);
        assert_memory_equal(one.bytes, two.bytes, one.size);
        toc_formats_buffer_finish(&one);
        toc_formats_buffer_finish(&two);
    }
    toc_topology_destroy(town);
}

static size_t count(const toc_formats_buffer *buffer, const char *text) {
    size_t found = 0;
    for (const char *at = buffer->bytes; (at = strstr(at, text)) != NULL; at++) {
        found++;
    }
    return found;
}

/* Percentages as Cairo writes the critical red of the light theme, #C1121F. */
static const char red[] = "rgb(75.686275%,7.058824%,12.156863%)";

static void what_failed_is_red_and_what_is_normal_is_not(void **state) {
    toc_topology *town = load_town();
    uint8_t *states = calloc(1, (size_t)town->asset_count + town->link_count);
    toc_map_request request = {.topology = town, .format = TOC_MAP_SVG};
    toc_formats_buffer calm = draw(&request), failed;
    (void)state;
    assert_non_null(states);
    assert_int_equal(count(&calm, red), 0);
    states[0] = TOC_MAP_FAILED;
    states[town->asset_count] = TOC_MAP_FAILED;
    request.states = states;
    failed = draw(&request);
    /* frame and badge of the asset, the link, and the same in the legend */
    assert_in_range(count(&failed, red), 5, 7);
    toc_formats_buffer_finish(&calm);
    toc_formats_buffer_finish(&failed);
    toc_topology_destroy(town);
    free(states);
}

static void any_small_topology_can_be_drawn(void **state) {
    static const char *const texts[] = {
        "<topology xmlns=\"urn:tocsin:topology:1\"/>",
        "<topology xmlns=\"urn:tocsin:topology:1\"><asset id=\"a\" kind=\"rtu\"/></topology>",
        "<topology xmlns=\"urn:tocsin:topology:1\"><asset id=\"a\" kind=\"rtu\" x=\"1\" y=\"1\"/>"
        "<asset id=\"b\" kind=\"rtu\" x=\"1\" y=\"1\"/></topology>",
        "<topology xmlns=\"urn:tocsin:topology:1\"><zone id=\"z\" level=\"1\"/><asset id=\"a\" "
        "kind=\"rtu\" zone=\"z\" x=\"1\" y=\"1\"/><asset id=\"b\" kind=\"rtu\" zone=\"z\" x=\"1\" "
        "y=\"9\"/></topology>",
        "<topology xmlns=\"urn:tocsin:topology:1\"><asset id=\"a\" kind=\"rtu\" x=\"-100000\" "
        "y=\"1\"/><asset id=\"b\" kind=\"rtu\" x=\"100000\" y=\"1\"/></topology>"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        toc_topology *topology = read(texts[i]);
        toc_map_request request = {.topology = topology, .format = TOC_MAP_SVG, .needs = true};
        toc_formats_buffer buffer = draw(&request);
        assert_int_equal(count(&buffer, "nan"), 0);
        assert_int_equal(count(&buffer, "inf"), 0);
        toc_formats_buffer_finish(&buffer);
        request = (toc_map_request){
            .topology = topology, .format = TOC_MAP_PNG, .width = 300, .height = 240};
        buffer = draw(&request);
        assert_true(buffer.size > 500);
        toc_formats_buffer_finish(&buffer);
        toc_topology_destroy(topology);
    }
}

static void sizes_beyond_reason_are_refused(void **state) {
    toc_topology *topology = read("<topology xmlns=\"urn:tocsin:topology:1\"/>");
    toc_map_request request = {.topology = topology, .width = 100000};
    toc_formats_buffer buffer = {NULL, 0, 0};
    toc_problems *problems = toc_problems_create();
    (void)state;
    assert_int_equal(toc_map_draw(&request, problems, &buffer), TOC_BAD_USAGE);
    assert_int_equal(buffer.size, 0);
    assert_string_equal(toc_problems_at(problems, 0).text,
                        "a map of 100000 by 0 cannot be drawn; expected 240 to 16000 each way");
    toc_problems_destroy(problems);
    toc_topology_destroy(topology);
}

static void the_format_is_known_by_the_ending(void **state) {
    (void)state;
    assert_int_equal(toc_map_format_of("a/b.c/map.svg"), TOC_MAP_SVG);
    assert_int_equal(toc_map_format_of("map.png"), TOC_MAP_PNG);
    assert_int_equal(toc_map_format_of("map.pdf"), TOC_MAP_PDF);
    assert_int_equal(toc_map_format_of("map.gif"), TOC_MAP_FORMATS);
    assert_int_equal(toc_map_format_of("svg"), TOC_MAP_FORMATS);
}

static void networks_of_other_people_are_drawn(void **state) {
    static const char *const files[] = {"graphml-topologyzoo/Kdl.graphml",
                                        "graphml-topologyzoo/Garr201201.graphml",
                                        "graphml-other/yfiles.graphml"};
    (void)state;
    if (support_data(files[0]) == NULL) {
        skip();
    }
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        toc_formats_buffer file = {NULL, 0, 0}, picture;
        toc_formats_import import = {.topology = NULL};
        toc_problems *problems = toc_problems_create();
        assert_int_equal(toc_formats_load(support_data(files[i]), problems, &file), TOC_OK);
        toc_formats_source source = {file.bytes, file.size, files[i]};
        assert_int_equal(toc_formats_import_topology("graphml", &source, 1, problems, &import),
                         TOC_OK);
        toc_map_request request = {
            .topology = import.topology, .format = TOC_MAP_PNG, .theme = toc_theme_dark()};
        picture = draw(&request);
        assert_true(picture.size > 10000);
        toc_formats_buffer_finish(&file);
        toc_formats_buffer_finish(&picture);
        toc_topology_destroy(import.topology);
        toc_problems_destroy(problems);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_format_is_what_it_says_and_always_alike),
        cmocka_unit_test(what_failed_is_red_and_what_is_normal_is_not),
        cmocka_unit_test(any_small_topology_can_be_drawn),
        cmocka_unit_test(sizes_beyond_reason_are_refused),
        cmocka_unit_test(the_format_is_known_by_the_ending),
        cmocka_unit_test(networks_of_other_people_are_drawn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
