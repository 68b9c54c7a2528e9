#include "imported.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct import import_bytes(const char *bytes, size_t size, const char *file) {
    toc_formats_source source = {bytes, size, file};
    return imported("graphml", &source, 1);
}

static struct import import_text(const char *text) {
    return import_bytes(text, strlen(text), "net.graphml");
}

static void assert_one_problem(const struct import *import, const char *wanted) {
    char line[1000] = "";
    assert_int_equal(toc_problems_count(import->problems, TOC_ERROR), 1);
    (void)toc_problems_print(toc_problems_at(import->problems, 0), line, sizeof line);
    assert_string_equal(line, wanted);
}

/* What EXPECTED.tsv says of one file; -1 where it says nothing. */
static long expected(const char *name, const char *metric) {
    char wanted[200], line[300];
    long value = -1;
    FILE *table = fopen(support_data("EXPECTED.tsv"), "r");
    assert_non_null(table);
    (void)snprintf(wanted, sizeof wanted, "%s\t%s\t", name, metric);
    while (fgets(line, sizeof line, table) != NULL) {
        if (strncmp(line, wanted, strlen(wanted)) == 0) {
            value = strtol(line + strlen(wanted), NULL, 10);
        }
    }
    (void)fclose(table);
    return value;
}

static void check_file(const char *name) {
    toc_formats_buffer buffer = {NULL, 0, 0};
    toc_problems *problems = toc_problems_create();
    struct import import;
    assert_int_equal(toc_formats_load(support_data(name), problems, &buffer), TOC_OK);
    import = import_bytes(buffer.bytes, buffer.size, name);
    if (expected(name, "wellformed_libxml2_2.9.14_default") != 1 ||
        expected(name, "dangling_edges") > 0) {
        assert_int_equal(import.status, TOC_BAD_INPUT);
        assert_int_equal(toc_problems_kept(import.problems), 1);
        assert_null(import.result.topology);
    } else {
        assert_int_equal(import.status, TOC_OK);
        assert_int_equal(import.result.nodes, expected(name, "nodes"));
        assert_int_equal(import.result.edges, expected(name, "edges"));
        assert_int_equal(import.result.parallel_edges, expected(name, "parallel_edges"));
        assert_int_equal(import.result.self_loops, expected(name, "self_loops"));
        assert_int_equal(import.result.components, expected(name, "components"));
        assert_int_equal(import.result.topology->asset_count, import.result.nodes);
        assert_int_equal(import.result.topology->link_count,
                         import.result.edges - import.result.self_loops);
    }
    finish(&import);
    toc_formats_buffer_finish(&buffer);
    toc_problems_destroy(problems);
}

static void other_peoples_files_give_the_counts_of_an_independent_reader(void **state) {
    static const char *const files[] = {"graphml-topologyzoo/Abilene.graphml",
                                        "graphml-topologyzoo/Arpanet196912.graphml",
                                        "graphml-topologyzoo/BtEurope.graphml",
                                        "graphml-topologyzoo/Garr201201.graphml",
                                        "graphml-topologyzoo/Geant2012.graphml",
                                        "graphml-topologyzoo/Kdl.graphml",
                                        "graphml-topologyzoo/Switch.graphml",
                                        "graphml-topologyzoo/Telecomserbia.graphml",
                                        "graphml-other/basic.graphml",
                                        "graphml-other/graphml-default-attrs.xml",
                                        "graphml-other/graphml-lenient.xml",
                                        "graphml-other/graphml-namespace.xml",
                                        "graphml-other/graphml-yed.xml",
                                        "graphml-other/missing_nodes.graphml",
                                        "graphml-other/multigraph.graphml",
                                        "graphml-other/yfiles.graphml",
                                        "graphml-malformed/bug_1970.graphml",
                                        "graphml-malformed/bug_2506_1.graphml",
                                        "graphml-malformed/cattr_bool_bug2.graphml",
                                        "graphml-malformed/invalid1.graphml",
                                        "graphml-malformed/invalid3.graphml",
                                        "graphml-malformed/invalid5.graphml"};
    (void)state;
    if (support_data("EXPECTED.tsv") == NULL) {
        skip();
    }
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        check_file(files[i]);
    }
}

static void hostile_xml_gives_one_line_each(void **state) {
    static const char *const files[] = {
        "lol_classic.xml", "lol_eg.xml",   "lol_ig_content.xml",    "lol_long_value.xml",
        "lol_param.xml",   "huge_dtd.xml", "quadratic-defattr.xml", "utf16lebom.xml",
        "758588.xml",      "attr6.xml",    "truncated-utf16.xml",   "ebcdic_566012.xml"};
    (void)state;
    if (support_data("nasty-xml/lol_classic.xml") == NULL) {
        skip();
    }
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        char name[100];
        toc_formats_buffer buffer = {NULL, 0, 0};
        toc_problems *problems = toc_problems_create();
        struct import import;
        (void)snprintf(name, sizeof name, "nasty-xml/%s", files[i]);
        assert_int_equal(toc_formats_load(support_data(name), problems, &buffer), TOC_OK);
        import = import_bytes(buffer.bytes, buffer.size, name);
        assert_int_equal(import.status, TOC_BAD_INPUT);
        assert_int_equal(toc_problems_kept(import.problems), 1);
        finish(&import);
        toc_formats_buffer_finish(&buffer);
        toc_problems_destroy(problems);
    }
}

static void values_are_found_by_key_and_domain_with_defaults(void **state) {
    struct import import = import_text(
        "<g:graphml xmlns:g='http://graphml.graphdrawing.org/xmlns'>"
        "<g:key id='a' for='node' attr.name='label'/><g:key id='b' for='edge' attr.name='label'/>"
        "<g:key id='k' for='node' attr.name='kind'><g:default> pump </g:default></g:key>"
        "<g:key id='z' for='node' attr.name='zone'/><g:key id='p' for='node' attr.name='people'/>"
        "<g:key id='c' for='edge' attr.name='capacity'/><g:key id='n' for='graph' "
        "attr.name='name'/>"
        "<g:graph><g:data key='n'>River</g:data>"
        "<g:edge id='e' source='2' target='1'><g:data key='b'>x</g:data>"
        "<g:data key='c'>175MW</g:data></g:edge>"
        "<g:node id='1'><g:data key='a'>  Same \n name </g:data><g:data "
        "key='p'>12</g:data></g:node>"
        "<g:node id='2'><g:data key='a'>Same name</g:data><g:data key='k'>tank</g:data>"
        "<g:data key='z'>Field OT</g:data></g:node></g:graph></g:graphml>");
    const toc_topology *t = import.result.topology;
    (void)state;
    assert_int_equal(import.status, TOC_OK);
    assert_string_equal(t->name, "River");
    assert_string_equal(t->assets[0].id, "1");
    assert_string_equal(t->assets[0].name, "Same name");
    assert_string_equal(t->assets[1].name, "Same name");
    assert_int_equal(t->assets[0].kind, TOC_ASSET_PUMP);
    assert_int_equal(t->assets[1].kind, TOC_ASSET_TANK);
    assert_int_equal(t->assets[0].people, 12);
    assert_string_equal(t->zones[t->assets[1].zone].id, "Field-OT");
    assert_string_equal(t->zones[t->assets[1].zone].name, "Field OT");
    assert_int_equal(t->links[0].kind, TOC_LINK_LINE);
    assert_int_equal(t->links[0].rating, 175000000);
    finish(&import);
}

static void a_drawing_gives_the_first_label_and_the_place(void **state) {
    struct import import = import_text(
        "<graphml xmlns:y='urn:y'><key id='d' for='node' yfiles.type='nodegraphics'/><graph>"
        "<node id='g'><data key='d'><y:ProxyAutoBoundsNode><y:GroupNode><y:NodeLabel>Plant"
        "<y:LabelModel/></y:NodeLabel></y:GroupNode></y:ProxyAutoBoundsNode></data><graph>"
        "<node id='g::a'><data key='d'><y:ShapeNode><y:Geometry x='120.5' y='-40' width='30'/>"
        "<y:NodeLabel>Main<!-- c --> pump</y:NodeLabel><y:NodeLabel>second</y:NodeLabel>"
        "</y:ShapeNode></data></node></graph></node></graph></graphml>");
    const toc_topology *t = import.result.topology;
    (void)state;
    assert_int_equal(import.status, TOC_OK);
    assert_int_equal(t->asset_count, 2);
    assert_string_equal(t->assets[0].id, "g::a");
    assert_string_equal(t->assets[0].name, "Main pump");
    assert_int_equal(t->assets[0].x_m, 1205);
    assert_int_equal(t->assets[0].y_m, 400);
    assert_string_equal(t->zones[t->assets[0].zone].name, "Plant");
    assert_false(t->assets[1].placed);
    finish(&import);
}

static void latitudes_place_nodes_around_the_middle(void **state) {
    struct import import =
        import_text("<graphml><key id='a' for='node' attr.name='Latitude'/>"
                    "<key id='o' for='node' attr.name='Longitude'/><graph>"
                    "<node id='n'><data key='a'>61</data><data key='o'>11</data></node>"
                    "<node id='s'><data key='a'>59</data><data key='o'>9</data></node>"
                    "<node id='lost'/></graph></graphml>");
    const toc_topology *t = import.result.topology;
    (void)state;
    assert_int_equal(import.status, TOC_OK);
    assert_in_range(t->assets[0].y_m, 111194, 111196);
    assert_in_range(t->assets[0].x_m, 55597, 55598);
    assert_int_equal(t->assets[1].x_m, -t->assets[0].x_m);
    assert_false(t->assets[2].placed);
    finish(&import);
}

static void ids_become_usable_and_stay_distinct(void **state) {
    struct import import = import_text(
        "<graphml><graph><node id='New York'/><node id='New  York'/><node id='New-York'/>"
        "<node id='a&#x202E;b'/><node id='0'/><node id='1'/>"
        "<edge id='0' source='New York' target='0'/><edge id='0' source='1' target='0'/>"
        "</graph></graphml>");
    const toc_topology *t = import.result.topology;
    (void)state;
    assert_int_equal(import.status, TOC_OK);
    assert_string_equal(t->assets[0].id, "New-York");
    assert_string_equal(t->assets[1].id, "New-York-2");
    assert_string_equal(t->assets[2].id, "New-York-3");
    assert_string_equal(t->assets[3].id, "a\xEF\xBF\xBD"
                                         "b");
    assert_string_equal(t->links[0].id, "0-2");
    assert_string_equal(t->links[1].id, "0-3");
    finish(&import);
}

static void mistakes_are_told_with_their_line(void **state) {
    struct import import;
    (void)state;
    import = import_text("<graphml><graph>\n<node id='a'/>\n<edge source='a' target='b'/>\n"
                         "<edge source='c' target='a'/></graph></graphml>");
    assert_one_problem(&import, "net.graphml:3:1: the edge from 'a' to 'b' leads to 'b', which is "
                                "no node of the file (nearest: 'a'); others like it: 1");
    finish(&import);
    import = import_text("<graphml><graph><node id='a'/>\n <node id='a'/></graph></graphml>");
    assert_one_problem(&import, "net.graphml:2:2: the node id 'a' is taken already");
    finish(&import);
    import = import_text("<graphml><graph><node/></graph></graphml>");
    assert_one_problem(&import, "net.graphml:1:17: <node> lacks its 'id'");
    finish(&import);
    import = import_text("<graphml><graph><edge source='a'/></graph></graphml>");
    assert_one_problem(&import, "net.graphml:1:17: <edge> lacks its 'target'");
    finish(&import);
    import = import_text("<graphml/>");
    assert_one_problem(&import, "net.graphml: holds no <graph>");
    finish(&import);
    import = import_text("<gexf/>");
    assert_one_problem(&import, "net.graphml:1:1: found <gexf>, expected <graphml>");
    finish(&import);
}

static void an_empty_graph_is_told_as_empty(void **state) {
    struct import import = import_text("<graphml><graph/></graphml>");
    (void)state;
    assert_int_equal(import.status, TOC_OK);
    assert_int_equal(import.result.nodes, 0);
    assert_string_equal(toc_problems_at(import.problems, 0).text,
                        "the graph is empty: it has no nodes");
    finish(&import);
}

static void what_is_exported_is_imported_alike(void **state) {
    char path[1000];
    toc_problems *problems = toc_problems_create();
    toc_topology *town = NULL;
    toc_formats_buffer first = {NULL, 0, 0}, second = {NULL, 0, 0};
    struct import import;
    (void)state;
    (void)snprintf(path, sizeof path, "%s/tests/formats/files/river-city.xml", support_source());
    assert_int_equal(toc_formats_load_topology(path, problems, &town), TOC_OK);
    assert_int_equal(toc_formats_export_topology("graphml", town, problems, &first), TOC_OK);
    import = import_bytes(first.bytes, first.size, "net.graphml");
    assert_int_equal(import.status, TOC_OK);
    assert_int_equal(import.result.nodes, town->asset_count);
    assert_int_equal(import.result.edges, town->link_count - town->traffic_count);
    assert_string_equal(import.result.topology->assets[0].name, "North & East");
    assert_int_equal(
        toc_formats_export_topology("graphml", import.result.topology, problems, &second), TOC_OK);
    assert_string_equal(first.bytes, second.bytes);
    assert_int_equal(toc_formats_export_topology("graphlm", town, problems, &second),
                     TOC_BAD_USAGE);
    toc_formats_buffer_finish(&first);
    toc_formats_buffer_finish(&second);
    toc_topology_destroy(town);
    toc_problems_destroy(problems);
    finish(&import);
}

static void what_flows_is_counted_among_what_is_left_out(void **state) {
    static const char text[] =
        "<topology xmlns='urn:tocsin:topology:1' name='T'>"
        "<asset id='w' kind='well'><supplies service='water' unit='L/s'/></asset>"
        "<asset id='p' kind='pump'><passes service='water' rate='5' unit='L/s'/></asset>"
        "<asset id='t' kind='tank'><tank service='water' volume='9' unit='m3' height='3m'/></asset>"
        "<link from='w' to='p' kind='pipe'/><link from='p' to='t' kind='pipe'/>"
        "<control of='p' sees='t' above='2m' then='off'/></topology>";
    toc_problems *problems = toc_problems_create();
    toc_topology *town = NULL;
    toc_formats_buffer buffer = {NULL, 0, 0};
    (void)state;
    assert_int_equal(toc_formats_read_topology(text, sizeof text - 1, "t.xml", problems, &town),
                     TOC_OK);
    assert_int_equal(toc_formats_export_topology("graphml", town, problems, &buffer), TOC_OK);
    assert_int_equal(toc_problems_kept(problems), 1);
    assert_string_equal(toc_problems_at(problems, 0).text,
                        "GraphML has no words for this, which is left out: sources of what flows "
                        "1, throughputs 1, tanks 1, controls 1");
    toc_formats_buffer_finish(&buffer);
    toc_topology_destroy(town);
    toc_problems_destroy(problems);
}

static void services_and_plain_needs_travel_and_the_rest_is_told(void **state) {
    static const char text[] =
        "<topology xmlns='urn:tocsin:topology:1' name='T'><operator id='o'/>"
        "<stock at='a' part='fuse' count='2'/>"
        "<vendor id='v' parts='fuse' delivers='2h'/>"
        "<asset id='a' kind='substation' operator='o' off='yes' part='fuse'>"
        "<provides service='power' capacity='24' demand='19.5' unit='MW'/>"
        "<provides service='heat' capacity='2' unit='MW'/>"
        "<needs all='b c'/><needs any='b c'/></asset>"
        "<asset id='b' kind='feeder' operator='o'/><asset id='c' kind='feeder' operator='o'/>"
        "<crew id='k' operator='o' skills='repair' base='c' size='1'/></topology>";
    toc_problems *problems = toc_problems_create();
    toc_topology *town = NULL;
    toc_formats_buffer buffer = {NULL, 0, 0};
    struct import import;
    const toc_topology *t;
    (void)state;
    assert_int_equal(toc_formats_read_topology(text, sizeof text - 1, "t.xml", problems, &town),
                     TOC_OK);
    assert_int_equal(toc_formats_export_topology("graphml", town, problems, &buffer), TOC_OK);
    assert_int_equal(toc_problems_kept(problems), 1);
    assert_string_equal(
        toc_problems_at(problems, 0).text,
        "GraphML has no words for this, which is left out: needs with conditions "
        "1, crews 1, wants of parts 1, stocks 1, vendors 1, what begins switched off 1");
    import = import_bytes(buffer.bytes, buffer.size, "t.graphml");
    t = import.result.topology;
    assert_int_equal(import.status, TOC_OK);
    assert_int_equal(t->provision_count, 2);
    assert_string_equal(t->services[t->provisions[0].service].id, "power");
    assert_int_equal(t->provisions[0].capacity, 24000000);
    assert_int_equal(t->provisions[0].demand, 19500000);
    assert_int_equal(t->provisions[1].demand, 2000000);
    assert_int_equal(t->need_count, 1);
    assert_int_equal(t->needs[0].source_count, 2);
    toc_formats_buffer_finish(&buffer);
    toc_topology_destroy(town);
    toc_problems_destroy(problems);
    finish(&import);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(other_peoples_files_give_the_counts_of_an_independent_reader),
        cmocka_unit_test(hostile_xml_gives_one_line_each),
        cmocka_unit_test(values_are_found_by_key_and_domain_with_defaults),
        cmocka_unit_test(a_drawing_gives_the_first_label_and_the_place),
        cmocka_unit_test(latitudes_place_nodes_around_the_middle),
        cmocka_unit_test(ids_become_usable_and_stay_distinct),
        cmocka_unit_test(mistakes_are_told_with_their_line),
        cmocka_unit_test(an_empty_graph_is_told_as_empty),
        cmocka_unit_test(what_is_exported_is_imported_alike),
        cmocka_unit_test(services_and_plain_needs_travel_and_the_rest_is_told),
        cmocka_unit_test(what_flows_is_counted_among_what_is_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
