#include "support/support.h"

#include <stdio.h>

#include "drawing/excerpt.h"
#include "drawing/map.h"

static toc_topology *load_town(void) {
    char path[1000];
    toc_problems *problems = toc_problems_create();
    toc_topology *topology = NULL;
    (void)snprintf(path, sizeof path, "%s/scenarios/river-city/topology.xml", support_source());
    assert_int_equal(toc_formats_load_topology(path, problems, &topology), TOC_OK);
    toc_problems_destroy(problems);
    return topology;
}

static uint32_t owned(const toc_topology *town, uint32_t owner) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < town->asset_count; i++) {
        count += town->assets[i].operator_index == owner;
    }
    return count;
}

static void check_ends(const toc_topology *town, const toc_topology *part, uint32_t owner) {
    for (uint32_t i = 0; i < part->asset_count; i++) {
        const toc_asset *asset = &part->assets[i];
        assert_int_equal(asset->operator_index, 0);
        assert_true(asset->zone == TOC_INDEX_NONE || asset->zone < part->zone_count);
        assert_int_equal(asset->weakness_count, 0);
    }
    for (uint32_t i = 0; i < part->link_count; i++) {
        assert_true(part->links[i].from < part->asset_count);
        assert_true(part->links[i].to < part->asset_count);
    }
    for (uint32_t i = 0; i < part->need_count; i++) {
        const toc_need *need = &part->needs[i];
        assert_true(need->source_count > 0 &&
                    need->first_source + need->source_count <= part->source_count);
        for (uint32_t k = 0; k < need->source_count; k++) {
            assert_true(part->sources[need->first_source + k] < part->asset_count);
        }
    }
    assert_string_equal(part->operators[0].id, town->operators[owner].id);
}

static void each_operators_part_holds_its_own_assets_and_what_joins_them(void **state) {
    (void)state;
    toc_topology *town = load_town();
    uint32_t links = 0;
    for (uint32_t owner = 0; owner < town->operator_count; owner++) {
        toc_topology *part = toc_excerpt_create(town, owner);
        assert_int_equal(part == NULL, owned(town, owner) == 0);
        if (part != NULL) {
            assert_int_equal(part->asset_count, owned(town, owner));
            check_ends(town, part, owner);
            links += part->link_count;
        }
        toc_excerpt_destroy(part);
    }
    assert_true(links > 0 && links <= town->link_count);
    toc_topology_destroy(town);
}

static void a_part_is_drawn_like_a_whole(void **state) {
    (void)state;
    toc_topology *town = load_town();
    toc_topology *part = toc_excerpt_create(town, toc_topology_find_operator(town, "telco"));
    toc_problems *problems = toc_problems_create();
    toc_formats_buffer picture = {0};
    const toc_map_request request = {.topology = part, .needs = true};
    assert_int_equal(toc_map_draw(&request, problems, &picture), TOC_OK);
    assert_memory_equal(picture.bytes, "<?xml", 5);
    toc_formats_buffer_finish(&picture);
    toc_problems_destroy(problems);
    toc_excerpt_destroy(part);
    toc_topology_destroy(town);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_operators_part_holds_its_own_assets_and_what_joins_them),
        cmocka_unit_test(a_part_is_drawn_like_a_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
