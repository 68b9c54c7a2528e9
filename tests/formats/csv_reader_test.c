#include "imported.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static struct import import_tables(const char *assets, const char *links) {
    const toc_formats_source sources[] = {
        {assets, strlen(assets), "plant/assets.csv"},
        {links, links != NULL ? strlen(links) : 0, "plant/links.csv"}};
    return imported("csv", sources, links != NULL ? 2 : 1);
}

static void assert_told(const struct import *import, size_t index, const char *wanted) {
    char line[1000] = "";
    assert_true(toc_problems_kept(import->problems) > index);
    (void)toc_problems_print(toc_problems_at(import->problems, index), line, sizeof line);
    assert_string_equal(line, wanted);
}

static void columns_are_known_by_many_names_in_any_order(void **state) {
    struct import import = import_tables(
        "\xEF\xBB\xBFType,Asset_ID,Label,Owner,Security Zone,Customers,x,y,Depends on\r\n"
        "PLC,plc-1,\"Pump \"\"A\"\", south\",Water Co,Field,,1.5,-2,\"ss-1; tank 1\"\r\n"
        "Substation,ss-1,,Grid Co,,12000,,,\r\n"
        "\r\n"
        "human machine interface,hmi-1,,Water Co,Control,,,,\r\n"
        "tank,tank 1,\xE6\xB0\xB4\xE7\xAE\xB1,Water Co,Field,,,,ss-1\r\n",
        "Node A\tNode B\tMedium\tBandwidth\thop\nplc-1\thmi-1\tdata\t100 Mbit/s\t1\n"
        "ss-1\tplc-1\tline\t5MW\t\nplc-1\thmi-1\t\t\t\n");
    const toc_topology *t = import.result.topology;
    (void)state;
    assert_int_equal(import.status, TOC_OK);
    assert_string_equal(t->name, "assets");
    assert_int_equal(t->asset_count, 4);
    assert_int_equal(t->assets[0].kind, TOC_ASSET_PLC);
    assert_string_equal(t->assets[0].name, "Pump \"A\", south");
    assert_string_equal(t->operators[t->assets[0].operator_index].id, "Water-Co");
    assert_string_equal(t->zones[t->assets[0].zone].id, "Field");
    assert_int_equal(t->assets[0].x_m, 1500);
    assert_int_equal(t->assets[0].y_m, -2000);
    assert_int_equal(t->needs[t->assets[0].first_need].source_count, 2);
    assert_int_equal(t->assets[1].people, 12000);
    assert_int_equal(t->assets[2].kind, TOC_ASSET_HMI);
    assert_string_equal(t->assets[3].id, "tank-1");
    assert_int_equal(t->link_count, 3);
    assert_int_equal(t->links[0].rating, 100000000);
    assert_int_equal(t->links[1].kind, TOC_LINK_LINE);
    assert_int_equal(import.result.parallel_edges, 1);
    assert_told(&import, 0, "plant/links.csv:1: warning: columns that are not used: 'hop'");
    finish(&import);
}

enum column {
    COLUMN_ID,
    COLUMN_NAME,
    COLUMN_KIND,
    COLUMN_OWNER,
    COLUMN_ZONE,
    COLUMN_X,
    COLUMN_Y,
    COLUMN_LATITUDE,
    COLUMN_LONGITUDE,
    COLUMN_PEOPLE,
    COLUMN_NEEDS,
    COLUMN_PROVIDES,
    COLUMN_FROM,
    COLUMN_TO,
    COLUMN_RATING,
    COLUMN_REACTANCE
};

/* A table in which one column goes by the alias, and whether its value arrived. */
static bool alias_works(enum column column, const char *alias) {
    char assets[300] = "id\na\nb\n", links[300] = "from,to\na,b\n";
    const toc_topology *t;
    struct import import;
    bool works = false;
    switch (column) {
    case COLUMN_ID:
        (void)snprintf(assets, sizeof assets, "%s\na\nb\n", alias);
        break;
    case COLUMN_FROM:
        (void)snprintf(links, sizeof links, "%s,to\na,b\n", alias);
        break;
    case COLUMN_TO:
        (void)snprintf(links, sizeof links, "from,%s\na,b\n", alias);
        break;
    case COLUMN_RATING:
        (void)snprintf(links, sizeof links, "from,to,%s\na,b,10Gbit/s\n", alias);
        break;
    case COLUMN_REACTANCE:
        (void)snprintf(links, sizeof links, "from,to,kind,%s\na,b,line,0.25\n", alias);
        break;
    case COLUMN_X:
    case COLUMN_Y:
    case COLUMN_LATITUDE:
    case COLUMN_LONGITUDE:
        (void)snprintf(assets, sizeof assets, "id,%s,%s\na,3,3\nb,5,5\n", alias,
                       column == COLUMN_X          ? "y"
                       : column == COLUMN_Y        ? "x"
                       : column == COLUMN_LATITUDE ? "lon"
                                                   : "lat");
        break;
    case COLUMN_NAME:
    case COLUMN_KIND:
    case COLUMN_OWNER:
    case COLUMN_ZONE:
    case COLUMN_PEOPLE:
    case COLUMN_NEEDS:
    case COLUMN_PROVIDES:
        (void)snprintf(assets, sizeof assets, "id,%s\na,%s\nb,\n", alias,
                       column == COLUMN_KIND       ? "plc"
                       : column == COLUMN_PEOPLE   ? "7"
                       : column == COLUMN_PROVIDES ? "power 5MW"
                                                   : "b");
        break;
    }
    import = import_tables(assets, links);
    t = import.result.topology;
    if (import.status == TOC_OK && toc_problems_kept(import.problems) == 0) {
        const toc_asset *a = &t->assets[0];
        works = t->asset_count == 2 && t->link_count == 1 &&
                (column != COLUMN_NAME || strcmp(a->name, "b") == 0) &&
                (column != COLUMN_KIND || a->kind == TOC_ASSET_PLC) &&
                (column != COLUMN_OWNER || strcmp(t->operators[0].id, "b") == 0) &&
                (column != COLUMN_ZONE || strcmp(t->zones[a->zone].id, "b") == 0) &&
                (column < COLUMN_X || column > COLUMN_LONGITUDE || a->placed) &&
                (column != COLUMN_PEOPLE || a->people == 7) &&
                (column != COLUMN_NEEDS || a->need_count == 1) &&
                (column != COLUMN_PROVIDES || a->provision_count == 1) &&
                (column != COLUMN_RATING || t->links[0].rating == INT64_C(10000000000)) &&
                (column != COLUMN_REACTANCE || t->links[0].reactance == 0.25);
    }
    finish(&import);
    return works;
}

static void every_alias_of_every_column_is_understood(void **state) {
    static const struct {
        enum column column;
        const char *alias;
    } aliases[] = {
#define TOC_COLUMN(id, name) {COLUMN_##id, name},
#include "formats/csv_column.def"
#undef TOC_COLUMN
    };
    (void)state;
    for (size_t i = 0; i < sizeof aliases / sizeof aliases[0]; i++) {
        if (!alias_works(aliases[i].column, aliases[i].alias)) {
            fail_msg("the column '%s' is not understood", aliases[i].alias);
        }
    }
}

static void semicolons_bring_decimal_commas(void **state) {
    struct import import = import_tables("id;Breite;lat;lon\na;x;48,5;9,0\nb;x;48,7;9,2\n", NULL);
    const toc_topology *t = import.result.topology;
    (void)state;
    assert_int_equal(import.status, TOC_OK);
    assert_in_range(t->assets[1].y_m, 11118, 11121);
    assert_int_equal(t->assets[0].y_m, -t->assets[1].y_m);
    finish(&import);
}

static void every_mistake_of_a_table_is_told_with_its_line(void **state) {
    struct import import =
        import_tables("id,people,needs\na,many,\n,5,\n\"b\nc\",5,\na,1,\nd,-1,\n",
                      "from,to,rating,kind\na,,,\na,d,fast,\na,d,5MW,pipe\n");
    (void)state;
    assert_int_equal(import.status, TOC_BAD_INPUT);
    assert_told(&import, 0,
                "plant/assets.csv:2: the number of people is 'many'; expected a whole "
                "number");
    assert_told(&import, 1, "plant/assets.csv:3: this row has no id");
    assert_told(&import, 2,
                "plant/assets.csv:7: the number of people is '-1'; expected a whole "
                "number");
    assert_told(&import, 3, "plant/links.csv:2: this link has no 'to'");
    assert_told(&import, 4,
                "plant/links.csv:3: the rating is 'fast'; expected a number and a unit, "
                "like '175MW' or '10Gbit/s'");
    assert_told(&import, 5,
                "plant/links.csv:4: a link of kind 'pipe' is not rated in MW; expected "
                "something like '36m3/h'");
    assert_int_equal(toc_problems_count(import.problems, TOC_ERROR), 6);
    finish(&import);
}

static void what_is_needed_must_be_there(void **state) {
    struct import import = import_tables("id,needs\npump,pmup;fan\n", NULL);
    (void)state;
    assert_int_equal(import.status, TOC_BAD_INPUT);
    assert_null(import.result.topology);
    assert_told(&import, 0,
                "plant/assets.csv:2: 'pump' needs 'pmup', which is not there "
                "(nearest: 'pump')");
    assert_told(&import, 1, "plant/assets.csv:2: 'pump' needs 'fan', which is not there");
    finish(&import);
}

static void an_unknown_kind_is_told_once_and_becomes_a_node(void **state) {
    struct import import = import_tables("id,kind\na,Pummp\nb,pummp\nc,pump\n", NULL);
    (void)state;
    assert_int_equal(import.status, TOC_OK);
    assert_int_equal(toc_problems_kept(import.problems), 1);
    assert_told(&import, 0,
                "plant/assets.csv:2: warning: there is no kind of asset 'Pummp' "
                "(nearest: 'pump'); such assets become nodes");
    assert_int_equal(import.result.topology->assets[0].kind, TOC_ASSET_NODE);
    assert_int_equal(import.result.topology->assets[2].kind, TOC_ASSET_PUMP);
    finish(&import);
}

static void what_is_no_table_is_refused_in_one_line(void **state) {
    static const struct {
        const char *text, *told;
    } rows[] = {
        {"", "plant/assets.csv: is empty; expected a CSV table"},
        {"\n\n", "plant/assets.csv: is empty; expected a CSV table"},
        {"\xFF\xFEi\xC3\xA9", "plant/assets.csv: is UTF-16 text; save it as CSV in UTF-8 instead"},
        {"PK\x03\x04", "plant/assets.csv: is a workbook or an archive; save the sheet as CSV "
                       "instead"},
        {"id,name\na,\"b\n", "plant/assets.csv:2: a quoted cell begins here and does not end"},
        {"id,name\na,\"b\"c\n",
         "plant/assets.csv:2: text follows a quoted cell without a separator"},
        {"colour,shape\nred,round\n", "plant/assets.csv:1: the head has neither a column 'id' (a "
                                      "table of assets) nor 'from' and "
                                      "'to' (a table of links)"}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct import import = import_tables(rows[i].text, NULL);
        size_t warnings = toc_problems_count(import.problems, TOC_WARNING);
        assert_int_equal(import.status, TOC_BAD_INPUT);
        assert_int_equal(toc_problems_count(import.problems, TOC_ERROR), 1);
        assert_told(&import, warnings, rows[i].told);
        finish(&import);
    }
}

static void hostile_characters_become_harmless(void **state) {
    struct import import = import_tables("id,name\na,\x1b[31mred\xE2\x80\xAEtxt.exe\n\xFF\xFE"
                                         "b,=cmd()\n",
                                         NULL);
    const toc_topology *t = import.result.topology;
    (void)state;
    assert_int_equal(import.status, TOC_OK);
    assert_string_equal(t->assets[0].name, "\xEF\xBF\xBD[31mred\xEF\xBF\xBDtxt.exe");
    assert_string_equal(t->assets[1].id, "\xEF\xBF\xBD\xEF\xBF\xBD"
                                         "b");
    finish(&import);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_are_known_by_many_names_in_any_order),
        cmocka_unit_test(every_alias_of_every_column_is_understood),
        cmocka_unit_test(semicolons_bring_decimal_commas),
        cmocka_unit_test(every_mistake_of_a_table_is_told_with_its_line),
        cmocka_unit_test(what_is_needed_must_be_there),
        cmocka_unit_test(an_unknown_kind_is_told_once_and_becomes_a_node),
        cmocka_unit_test(what_is_no_table_is_refused_in_one_line),
        cmocka_unit_test(hostile_characters_become_harmless),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
