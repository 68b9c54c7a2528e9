#include "support/support.h"

#include <libxml/parser.h>
#include <libxml/xmlschemas.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tocsin/cap.h"

static const toc_cap_alert outage = {.identifier = "EX 1,<&",
                                     .sender = "gridco.exercise.invalid",
                                     .moment = INT64_C(1700000000250000),
                                     .exercise = "Six <Hours> & \"more\"",
                                     .language = "en",
                                     .event = "power outage",
                                     .headline = "Half the city is dark",
                                     .description = "Boil <no> water & stay calm.",
                                     .area = "River City",
                                     .severity = TOC_CAP_SEVERE};

static char *write_alert(const toc_cap_alert *alert) {
    size_t size = 0;
    char *text = toc_cap_write(alert, &size);
    assert_int_equal(strlen(text), size);
    return text;
}

static void a_warning_is_an_exercise_restricted_and_named_so_in_every_text(void **state) {
    (void)state;
    char *text = write_alert(&outage);
    assert_non_null(strstr(text, "<status>Exercise</status>"));
    assert_non_null(strstr(text, "<scope>Restricted</scope>"));
    assert_non_null(strstr(text, "<identifier>EX-1---</identifier>"));
    assert_non_null(strstr(text, "<sent>2023-11-14T22:13:20-00:00</sent>"));
    assert_non_null(strstr(text, "the exercise Six &lt;Hours&gt; &amp; &quot;more&quot;"));
    static const char *const texts[] = {"event", "headline", "description", "areaDesc"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char wanted[64];
        (void)snprintf(wanted, sizeof wanted, "<%s>EXERCISE EXERCISE EXERCISE: ", texts[i]);
        assert_non_null(strstr(text, wanted));
    }
    toc_cap_free(text);
}

static void addresses_make_it_private(void **state) {
    (void)state;
    toc_cap_alert alert = outage;
    alert.addresses = "desk@aqua.exercise.invalid";
    char *text = write_alert(&alert);
    assert_non_null(strstr(text, "<scope>Private</scope>"));
    assert_non_null(strstr(text, "<addresses>desk@aqua.exercise.invalid</addresses>"));
    assert_null(strstr(text, "<restriction>"));
    toc_cap_free(text);
}

static void no_input_makes_an_actual_or_a_public_one(void **state) {
    (void)state;
    static const char *const nasty[] = {"</status><status>Actual</status>",
                                        "Actual",
                                        "Public",
                                        "\n<scope>Public</scope>",
                                        "]]>",
                                        "a\x01z",
                                        ""};
    for (size_t i = 0; i < sizeof nasty / sizeof *nasty; i++) {
        toc_cap_alert alert = outage;
        alert.identifier = alert.sender = alert.exercise = alert.event = alert.headline =
            alert.description = alert.area = nasty[i];
        char *text = write_alert(&alert);
        assert_null(strstr(text, "<status>Actual"));
        assert_null(strstr(text, "<scope>Public"));
        xmlDoc *document = xmlReadMemory(text, (int)strlen(text), "nasty", NULL, XML_PARSE_NONET);
        assert_non_null(document);
        xmlFreeDoc(document);
        toc_cap_free(text);
    }
}

static bool is_valid(xmlSchemaParserCtxt *parser, const char *text) {
    xmlSchema *schema = xmlSchemaParse(parser);
    assert_non_null(schema);
    xmlDoc *document = xmlReadMemory(text, (int)strlen(text), "alert.xml", NULL, XML_PARSE_NONET);
    assert_non_null(document);
    xmlSchemaValidCtxt *check = xmlSchemaNewValidCtxt(schema);
    bool valid = xmlSchemaValidateDoc(check, document) == 0;
    xmlSchemaFreeValidCtxt(check);
    xmlFreeDoc(document);
    xmlSchemaFree(schema);
    return valid;
}

static void every_kind_of_warning_is_valid_cap_1_2(void **state) {
    (void)state;
    const char *path = support_data("schemas/cap12.xsd");
    if (path == NULL) {
        skip();
    }
    for (int type = TOC_CAP_ALERT; type <= TOC_CAP_CANCEL; type++) {
        for (int severity = TOC_CAP_UNKNOWN; severity <= TOC_CAP_EXTREME; severity++) {
            toc_cap_alert alert = outage;
            alert.type = (toc_cap_type)type;
            alert.severity = (toc_cap_severity)severity;
            alert.language = severity % 2 == 0 ? "en" : "zh";
            alert.addresses = severity % 2 == 0 ? NULL : "a@b.invalid";
            alert.references = type == TOC_CAP_ALERT ? NULL : "s,i,2023-11-14T22:13:20-00:00";
            char *text = write_alert(&alert);
            xmlSchemaParserCtxt *parser = xmlSchemaNewParserCtxt(path);
            assert_true(is_valid(parser, text));
            xmlSchemaFreeParserCtxt(parser);
            toc_cap_free(text);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_warning_is_an_exercise_restricted_and_named_so_in_every_text),
        cmocka_unit_test(addresses_make_it_private),
        cmocka_unit_test(no_input_makes_an_actual_or_a_public_one),
        cmocka_unit_test(every_kind_of_warning_is_valid_cap_1_2)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
