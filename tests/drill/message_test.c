#include "support/support.h"

#include "drill/marking.h"
#include "drill/message.h"
#include "drill/seat_stage.h"

static void markings_are_read_as_people_write_them(void **state) {
    static const struct {
        const char *text;
        toc_marking marking;
    } cases[] = {
        {"RED", TOC_MARKING_RED},
        {"tlp:amber", TOC_MARKING_AMBER},
        {"TLP:AMBER+STRICT", TOC_MARKING_AMBER_STRICT},
        {"PAP:Green", TOC_MARKING_GREEN},
        {"clear", TOC_MARKING_CLEAR},
        {"white", TOC_MARKINGS},
        {"REDDER", TOC_MARKINGS},
        {"", TOC_MARKINGS},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(toc_marking_find(cases[i].text), cases[i].marking);
    }
    assert_int_equal(toc_marking_of_text("TLP:AMBER. Expect wiped disks."), TOC_MARKING_AMBER);
    assert_int_equal(toc_marking_of_text("TLP:AMBER+STRICT"), TOC_MARKING_AMBER_STRICT);
    assert_int_equal(toc_marking_of_text("TLP:AMBERGRIS for sale"), TOC_MARKING_NONE);
    assert_int_equal(toc_marking_of_text("Our TLP:RED mail"), TOC_MARKING_NONE);
}

/* The dispatcher gets a notice with this marking, and does something with it. */
static stage *told(const char *marking) {
    char scenario[512];
    (void)snprintf(scenario, sizeof scenario,
                   "drill:inject { id = 'N-1', at = t.minutes(1), channel = 'email',\n"
                   "  to = { 'gridco.dispatcher', 'gridco.soc' },\n"
                   "  from = 'national CERT', text = 'TLP:%s Look for wipers.' }\n",
                   marking);
    stage *staged = stage_open(scenario, NULL, 1);
    stage_until(staged, 2 * TOC_MINUTE);
    return staged;
}

static void leaks(const char *marking, const char *verb, const char *target, const char *parameters,
                  const char *wanted) {
    stage *staged = told(marking);
    stage_do(staged, "gridco.dispatcher", verb, target, parameters);
    stage_until(staged, TOC_HOUR);
    assert_string_equal(staged->leaks, wanted);
    stage_close(staged);
}

static void what_is_passed_on_against_its_marking_is_a_leak(void **state) {
    const char *relay = "message=M-1";
    (void)state;
    leaks("RED", "relay", "gridco.incident_lead", relay,
          "N-1 by gridco.dispatcher, RED: gridco.incident_lead\n");
    leaks("AMBER+STRICT", "relay", "gridco.incident_lead", relay, "");
    leaks("AMBER+STRICT", "relay", "waterco.dispatcher", relay,
          "N-1 by gridco.dispatcher, AMBER+STRICT: waterco.dispatcher\n");
    leaks("AMBER", "relay", "authority.duty_officer", relay,
          "N-1 by gridco.dispatcher, AMBER: authority.duty_officer\n");
    leaks("AMBER", "relay", "waterco.dispatcher", relay, ""); /* its pump hangs on our station */
    leaks("GREEN", "relay", "authority.duty_officer", relay, "");
    leaks("CLEAR", "relay", "authority.duty_officer", relay, "");
}

static void who_was_told_by_the_source_may_hear_it_again(void **state) {
    (void)state;
    leaks("RED", "relay", "gridco.soc", "message=M-1", "");
}

static void a_marking_cannot_be_lowered_on_the_way(void **state) {
    (void)state;
    leaks("AMBER", "relay", "gridco.incident_lead", "message=M-1\ntlp=clear",
          "N-1 by gridco.dispatcher, AMBER: marked CLEAR for gridco.incident_lead\n");
    leaks("GREEN", "relay", "gridco.incident_lead", "message=M-1\ntlp=red", "");
}

static void a_chain_leads_back_to_the_source(void **state) {
    stage *staged = told("RED");
    (void)state;
    stage_do(staged, "gridco.dispatcher", "relay", "gridco.incident_lead", "message=1");
    stage_until(staged, 10 * TOC_MINUTE);
    stage_do(staged, "gridco.incident_lead", "ask", "waterco.dispatcher",
             "text=Have you seen this?\nmessage=M-1");
    stage_until(staged, 20 * TOC_MINUTE);
    assert_string_equal(staged->leaks, "N-1 by gridco.dispatcher, RED: gridco.incident_lead\n"
                                       "N-1 by gridco.incident_lead, RED: waterco.dispatcher\n");
    assert_int_equal(toc_message_at(staged->drill, toc_message_count(staged->drill))->tlp,
                     TOC_MARKING_RED);
    stage_close(staged);
}

static void the_public_may_hear_only_what_is_clear(void **state) {
    stage *staged = stage_open("drill:inject { at = t.minutes(1), to = 'waterco.dispatcher',\n"
                               "  channel = 'email', text = 'TLP:GREEN. Boil it.' }\n"
                               "drill:inject { at = t.minutes(2), to = 'waterco.dispatcher',\n"
                               "  channel = 'email', text = 'TLP:CLEAR. Boil it.' }\n",
                               NULL, 1);
    (void)state;
    stage_until(staged, 3 * TOC_MINUTE);
    stage_do(staged, "waterco.dispatcher", "press_statement", "", "text=Boil it.\nmessage=M-2");
    stage_until(staged, TOC_HOUR);
    assert_string_equal(staged->leaks, "");
    stage_do(staged, "waterco.dispatcher", "press_statement", "", "text=Boil it.\nmessage=M-1");
    stage_until(staged, 2 * TOC_HOUR);
    assert_non_null(strstr(staged->leaks, "by waterco.dispatcher, GREEN: the public\n"));
    stage_close(staged);
}

static void a_message_that_is_not_there_cannot_be_passed_on(void **state) {
    stage *staged = told("GREEN");
    (void)state;
    stage_do(staged, "gridco.dispatcher", "relay", "gridco.soc", "message=M-2");
    stage_last(staged, "gridco.dispatcher relay gridco.soc: refused: there is no such message in "
                       "this inbox");
    stage_do(staged, "gridco.dispatcher", "relay", "gridco.soc", "text=It");
    stage_last(staged, "gridco.dispatcher relay gridco.soc: refused: it is not said which message");
    stage_close(staged);
    stage_refuses("gridco.soc", "share_ioc", "waterco.dispatcher", "text=x\ntlp=ambr",
                  "'ambr' is no marking; did you mean 'AMBER'?");
    stage_refuses("gridco.soc", "ask", "waterco.dispatcher", "text=x\nchannel=fone",
                  "'fone' is no channel; did you mean 'phone'?");
    stage_refuses("gridco.soc", "ask", "waterco.dispatcher", "text=x\nmessage=first",
                  "message: expected a number like M-3, found 'first'");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(markings_are_read_as_people_write_them),
        cmocka_unit_test(what_is_passed_on_against_its_marking_is_a_leak),
        cmocka_unit_test(who_was_told_by_the_source_may_hear_it_again),
        cmocka_unit_test(a_marking_cannot_be_lowered_on_the_way),
        cmocka_unit_test(a_chain_leads_back_to_the_source),
        cmocka_unit_test(the_public_may_hear_only_what_is_clear),
        cmocka_unit_test(a_message_that_is_not_there_cannot_be_passed_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
