#include "support/support.h"

#include "rehearsal.h"

static void ask(rehearsal *played, toc_time at, const char *seat, const char *text) {
    char said[128];
    (void)snprintf(said, sizeof said, "text=%s", text);
    toc_input input = {
        .at = at, .seat = seat, .verb = "ask", .target = "vendor", .parameters = said};
    assert_int_equal(toc_drill_replay(played->drill, &input, played->problems), TOC_OK);
}

static void an_inject_from_a_persona_bears_its_name_and_its_channel(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL("drill:persona \"editor\" { \"M. Stone, Evening Post\", channel = \"social\" }\n"
                  "drill:inject { at = 0, from = \"editor\", to = \"gridco.soc\", text = \"Is it "
                  "true?\" }\n"
                  "drill:inject { at = 1, from = \"editor\", channel = \"email\", to = "
                  "\"gridco.soc\", text "
                  "= \"Well?\" }\n"),
        NULL, 1);
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played, "inject|I-01|M. Stone, Evening Post|social|Is it true?");
    rehearsal_expect(played, "inject|I-02|M. Stone, Evening Post|email|Well?");
    rehearsal_expect(played, "fact|editor|M. Stone, Evening Post|persona|");
    rehearsal_close(played);
}

static void who_asks_a_persona_is_answered_in_turn(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL(
            "drill:persona \"vendor\" { \"Vendor hotline\", delay = t.minutes(10), spread = 0,\n"
            "  answers = \"Restart it.\" }\n"),
        NULL, 1);
    rehearsal_check(played);
    ask(played, TOC_MINUTE, "gridco.soc", "Help");
    ask(played, TOC_MINUTE, "gridco.dispatcher", "Help");
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played, "message|vendor|gridco.soc|phone|Help");
    rehearsal_expect(played, "00:12:00 message|gridco.soc|Vendor hotline|phone|Restart it.");
    rehearsal_expect(played, "00:22:00 message|gridco.dispatcher|Vendor hotline|phone|Restart it.");
    assert_int_equal(rehearsal_count(played, "|Restart it."), 2);
    rehearsal_close(played);
}

static void with_two_at_the_phone_nobody_waits(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL("drill:persona \"vendor\" { delay = t.minutes(10), spread = 0, capacity = 2,\n"
                  "  competence = 0, answers = \"never\", unable = \"Nobody here knows.\" }\n"),
        NULL, 1);
    rehearsal_check(played);
    ask(played, TOC_MINUTE, "gridco.soc", "Help");
    ask(played, TOC_MINUTE, "gridco.dispatcher", "Help");
    rehearsal_play(played, TOC_NEVER);
    assert_int_equal(rehearsal_count(played, "00:12:00 message|gridco"), 2);
    assert_int_equal(rehearsal_count(played, "|vendor|phone|Nobody here knows."), 2);
    rehearsal_close(played);
}

static void a_function_can_answer_and_take_its_time(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL(
            "drill:persona \"vendor\" { delay = 0, answers = function(d, asked)\n"
            "  if asked.text == \"Bye\" then return end\n"
            "  d:wait(t.minutes(3)) d:clear(\"ss-1\", \"damage\")\n"
            "  return asked.seat .. \": \" .. asked.text .. \" \" .. tostring(asked.helped) end }\n"
            "drill:at(0, function(d) d:fail(\"ss-1\", \"damage\") end)\n"),
        NULL, 1);
    rehearsal_check(played);
    ask(played, TOC_MINUTE, "gridco.soc", "Why?");
    ask(played, TOC_MINUTE, "gridco.soc", "Bye");
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played, "00:05:00 message|gridco.soc|vendor|phone|gridco.soc: Why? true");
    assert_int_equal(rehearsal_count(played, "|vendor|phone|"), 1);
    assert_int_equal(toc_drill_service_at(played->drill, 0).level_ppm, 1000000);
    rehearsal_close(played);
}

static void an_answer_that_is_no_text_stops_the_drill_at_its_line(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL("drill:persona \"vendor\" { delay = 0, answers = function(d, asked)\n"
                  "  return drill end }\n"),
        NULL, 1);
    rehearsal_check(played);
    ask(played, TOC_MINUTE, "gridco.soc", "Why?");
    assert_int_equal(toc_drill_advance(played->drill, TOC_NEVER, played->problems), TOC_BAD_INPUT);
    if (strstr(rehearsal_problem(played, 0),
               "answers of persona 'vendor': expected a text, found drill") == NULL) {
        fail_msg("%s", rehearsal_problem(played, 0));
    }
    rehearsal_close(played);
}

static void how_often_it_can_help_is_its_competence(void **state) {
    (void)state;
    int helped = 0;
    for (uint64_t seed = 1; seed <= 200; seed++) {
        rehearsal *played = rehearsal_open(
            REHEARSAL(
                "drill:persona \"vendor\" { competence = 0.7, answers = \"Yes.\", unable = \"No.\" "
                "}\n"),
            NULL, seed);
        rehearsal_check(played);
        ask(played, TOC_MINUTE, "gridco.soc", "Help");
        rehearsal_play(played, TOC_NEVER);
        helped += rehearsal_count(played, "|phone|Yes.");
        rehearsal_close(played);
    }
    assert_in_range(helped, 115, 165); /* 140, standard deviation 6.5 */
}

static void a_text_is_filled_in_when_it_is_sent(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL(
            "drill:set(\"city\", \"Harbour\") drill:set(\"dark\", 0)\n"
            "drill:inject { at = t.minutes(5), to = \"gridco\", text = \"{city}: {dark} of 4, "
            "{else} {\" }\n"
            "drill:when(function(w) return w:get \"dark\" >= 2 end, function() print \"two\" end)\n"
            "drill:at(t.minutes(1), function(d) for k = 1, 3 do d:set(\"dark\", d:get \"dark\" + "
            "1)\n"
            "  d:wait(t.minutes(1)) end end)\n"),
        NULL, 1);
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played, "inject|I-01|exercise control|phone|Harbour: 3 of 4, {else} {\n");
    rehearsal_expect(played, "00:02:00 log||scenario||two");
    assert_int_equal(rehearsal_count(played, "||two"), 1);
    rehearsal_expect(played, "00:03:00 fact|dark||variable|3");
    rehearsal_close(played);
}

static void variables_keep_their_kind(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL(
            "drill:set(\"a\", 2) drill:set(\"b\", 0.5) drill:set(\"c\", false) drill:set(\"d\", "
            "\"7\")\n"
            "drill:at(0, function(d) print(d:get \"a\" + 1, d:get \"b\", not d:get \"c\", "
            "type(d:get \"d\")) end)\n"),
        NULL, 1);
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played, "log||scenario||3\t0.5\ttrue\tstring");
    rehearsal_close(played);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_inject_from_a_persona_bears_its_name_and_its_channel),
        cmocka_unit_test(who_asks_a_persona_is_answered_in_turn),
        cmocka_unit_test(with_two_at_the_phone_nobody_waits),
        cmocka_unit_test(a_function_can_answer_and_take_its_time),
        cmocka_unit_test(an_answer_that_is_no_text_stops_the_drill_at_its_line),
        cmocka_unit_test(how_often_it_can_help_is_its_competence),
        cmocka_unit_test(a_text_is_filled_in_when_it_is_sent),
        cmocka_unit_test(variables_keep_their_kind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
