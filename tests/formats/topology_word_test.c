/* The schema is the reader's vocabulary for editors; the two must be one. */
#include "support/support.h"

#include "formats/topology_word.h"
#include "formats/xml_cursor.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum {
    UNITS = 0
#define TOC_UNIT(name, dimension, base) +1
#include "model/unit.def"
#undef TOC_UNIT
};

struct schema {
    toc_formats_buffer bytes;
    toc_problems *problems;
    toc_xml_cursor *cursor;
};

static int set_up(void **state) {
    static const toc_xml_options options = {.elements = 10000, .expects = "a schema"};
    static struct schema schema;
    char path[1000];
    toc_formats_source source;
    schema = (struct schema){{NULL, 0, 0}, toc_problems_create(), NULL};
    (void)snprintf(path, sizeof path, "%s/assets/schema/topology-1.xsd", support_source());
    if (toc_formats_load(path, schema.problems, &schema.bytes) != TOC_OK) {
        return -1;
    }
    source = (toc_formats_source){schema.bytes.bytes, schema.bytes.size, path};
    schema.cursor = toc_xml_cursor_open(&source, &options, schema.problems);
    *state = &schema;
    return 0;
}

static int tear_down(void **state) {
    struct schema *schema = *state;
    toc_xml_cursor_close(schema->cursor);
    toc_formats_buffer_finish(&schema->bytes);
    toc_problems_destroy(schema->problems);
    return 0;
}

static const char *find(const struct schema *schema, const char *name) {
    const char *value = toc_xml_cursor_find(schema->cursor, name);
    return value != NULL ? value : "";
}

static bool starts(const struct schema *schema, const char *name) {
    return strcmp(toc_xml_cursor_name(schema->cursor), name) == 0;
}

/* The element whose description the cursor stands in. */
static toc_topology_element around(const toc_topology_element *by_depth, uint32_t depth) {
    while (depth > 0 && by_depth[depth] == TOC_ELEMENT_NOTHING) {
        depth--;
    }
    return by_depth[depth];
}

static void check_attribute(const struct schema *schema, toc_topology_element element) {
    const char *name = find(schema, "name");
    assert_int_not_equal(element, TOC_ELEMENT_NOTHING);
    for (unsigned at = toc_topology_word_first(element); at < toc_topology_word_last(element);
         at++) {
        const toc_topology_attribute_facts *facts =
            toc_topology_word_attribute((toc_topology_attribute)at);
        if (strcmp(facts->name, name) == 0) {
            assert_int_equal(facts->required, strcmp(find(schema, "use"), "required") == 0);
            return;
        }
    }
    fail_msg("the reader does not know %s of %s", name, toc_topology_word_element(element)->name);
}

static void the_schema_has_the_attributes_that_the_reader_knows(void **state) {
    struct schema *schema = *state;
    toc_topology_element by_depth[65] = {TOC_ELEMENT_NOTHING};
    size_t seen = 0;
    toc_xml_event event;
    while ((event = toc_xml_cursor_next(schema->cursor)) < TOC_XML_DONE) {
        uint32_t depth = toc_xml_cursor_depth(schema->cursor);
        if (event != TOC_XML_START) {
            continue;
        }
        by_depth[depth] = TOC_ELEMENT_NOTHING;
        if (starts(schema, "complexType") || starts(schema, "element")) {
            by_depth[depth] = toc_topology_word_find(find(schema, "name"));
        } else if (starts(schema, "attribute")) {
            check_attribute(schema, around(by_depth, depth));
            seen++;
        }
    }
    assert_int_equal(event, TOC_XML_DONE);
    assert_int_equal(seen, TOC_TOPOLOGY_ATTRIBUTES);
}

static void the_schema_lists_exactly_the_kinds_and_units_there_are(void **state) {
    struct schema *schema = *state;
    char type[40] = "";
    size_t assets = 0, links = 0, units = 0;
    toc_xml_event event;
    while ((event = toc_xml_cursor_next(schema->cursor)) < TOC_XML_DONE) {
        if (event == TOC_XML_START && starts(schema, "simpleType")) {
            (void)snprintf(type, sizeof type, "%s", find(schema, "name"));
        }
        if (event != TOC_XML_START || !starts(schema, "enumeration")) {
            continue;
        }
        if (strcmp(type, "asset-kind") == 0) {
            assert_int_equal(toc_topology_find_kind(find(schema, "value")), assets);
            assets++;
        } else if (strcmp(type, "link-kind") == 0) {
            assert_string_equal(toc_topology_link_kind_name((toc_link_kind)links),
                                find(schema, "value"));
            links++;
        } else if (strcmp(type, "unit") == 0) {
            assert_non_null(toc_unit_find(find(schema, "value")));
            units++;
        }
    }
    assert_int_equal(assets, TOC_ASSET_KINDS);
    assert_int_equal(links, TOC_LINK_TRAFFIC); /* which has an element of its own */
    assert_int_equal(units, UNITS);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_schema_has_the_attributes_that_the_reader_knows, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_schema_lists_exactly_the_kinds_and_units_there_are,
                                        set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
