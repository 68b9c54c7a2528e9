#include "support/support.h"

#include "evaluation/instant.h"
#include "evaluation/report.h"
#include "evaluation/story.h"
#include "drawing/map.h"
#include "made_record.h"

#define MW INT64_C(1000000)

static const char evil[] = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>&amp;";

/* A drill in which a little of everything happens, and people write what they like. */
static void tell_a_drill(made_record *made, const char *said) {
    made_fact(made, "form", "", "", "practical", 0);
    made_fact(made, "starts", "", "", "2026-03-01 08:00 Europe/Berlin", 0);
    made_fact(made, "seat", "east.soc", "", "", 0);
    made_fact(made, "objective", "O1", "east", said, TOC_HOUR);
    made_fact(made, "maps", "O1", said, said, 0);
    made_fact(made, "duty", "D1", "east", said, TOC_HOUR);
    made_fact(made, "source", "D1", "", said, 0);
    made_service(made, "east", 10 * MW);
    made_put(made, 10, TOC_TRACE_OBJECTIVE, "O1", "", "started", "", TOC_HOUR, 0);
    made_put(made, 15, TOC_TRACE_TECHNIQUE, "e-1", said, "T0855", "started: Unauthorized Command",
             0, 0);
    made_put(made, 20, TOC_TRACE_TECHNIQUE, "e-1", said, "T0855", "done: open-breaker", 0, 0);
    made_put(made, 20, TOC_TRACE_CAUSE, "e-1", said, "opened", "", 0, 1);
    made_put(made, 20, TOC_TRACE_OPERATION, "e-1", "", "off", "", 2, 0);
    made_supply(made, 20, "east", 10 * MW, 0);
    made_people(made, 20, "east", 0, 600);
    made_put(made, 20, TOC_TRACE_CONTROL, "e-2", "", "", "", 1, 0);
    made_put(made, 25, TOC_TRACE_BELIEF, "e-1", "east", "off", "telemetry", 2, 0);
    made_put(made, 30, TOC_TRACE_INJECT, "I-01", said, "phone", said, 0, 0);
    made_put(made, 30, TOC_TRACE_DELIVERED, "I-01", "east.soc", "phone", "", 0, 1);
    made_put(made, 40, TOC_TRACE_ACTION, said, "east.soc", "note", "requested: text=", 0, 1);
    made_put(made, 41, TOC_TRACE_ACTION, said, "east.soc", "note", "done", 0, 1);
    made_put(made, 42, TOC_TRACE_DUTY, "D1", "east", "started", said, TOC_HOUR, 0);
    made_put(made, TOC_HOUR, TOC_TRACE_DUTY, "D1", "east", "missed", said, TOC_HOUR, 0);
    made_put(made, TOC_HOUR, TOC_TRACE_OBJECTIVE, "O1", "", "missed", said, TOC_HOUR, 0);
}

static toc_formats_buffer page_of(made_record *made, size_t times) {
    toc_formats_buffer page = {0};
    const toc_measures *all[2] = {made->measures, made->measures};
    assert_int_equal(toc_report_write(all, times, made->problems, &page), TOC_OK);
    return page;
}

static size_t count_of(const char *page, const char *what) {
    size_t count = 0;
    for (const char *at = strstr(page, what); at != NULL; at = strstr(at + 1, what)) {
        count++;
    }
    return count;
}

static void the_steps_of_a_plan_are_shown_with_who_did_them_and_when(void **state) {
    (void)state;
    made_record made;
    made_begin(&made, "x", made_topology);
    tell_a_drill(&made, "x");
    made_fact(&made, "plan", "east", "3", evil, 0);
    made_fact(&made, "plan-step", "east/a", "soc", "Step A", 0);
    made_fact(&made, "plan-step", "east/b", "soc", "Step B", 0);
    made_put(&made, TOC_HOUR, TOC_TRACE_PLAN, "east", "east.soc", "in-force", "", 0, 1);
    made_put(&made, TOC_HOUR, TOC_TRACE_PLAN, "east/a", "east.soc", "done", "Step A", 0, 1);
    made_put(&made, TOC_HOUR, TOC_TRACE_PLAN, "east/b", "", "skipped", "Step B", 0, 0);
    made_put(&made, TOC_HOUR, TOC_TRACE_PLAN, "east/n", "east.soc", "forbidden", "No", 0, 1);
    assert_int_equal(made_measure(&made, 2 * TOC_HOUR), TOC_OK);
    toc_formats_buffer page = page_of(&made, 1);
    assert_non_null(strstr(page.bytes, "1 of 2 required steps done in time"));
    assert_non_null(strstr(page.bytes, "<td>never</td>"));
    assert_non_null(strstr(page.bytes, "the plan forbids it: No"));
    assert_null(strstr(page.bytes, "<script"));
    toc_formats_buffer_finish(&page);
    made_end(&made);
}

static void what_people_write_cannot_become_markup(void **state) {
    (void)state;
    made_record made;
    made_begin(&made, evil, made_topology);
    tell_a_drill(&made, evil);
    assert_int_equal(made_measure(&made, 2 * TOC_HOUR), TOC_OK);
    toc_formats_buffer page = page_of(&made, 1);
    assert_int_equal(count_of(page.bytes, "<script"), 0);
    assert_int_equal(count_of(page.bytes, "<img src=x"), 0);
    assert_true(count_of(page.bytes, "&lt;script&gt;alert(&#39;x&#39;)") > 8);
    assert_int_equal(count_of(page.bytes, "&amp;amp;") > 0, 1);
    toc_formats_buffer_finish(&page);
    made_end(&made);
}

static void what_would_turn_the_text_around_is_shown(void **state) {
    (void)state;
    made_record made;
    made_begin(&made, "made", made_topology);
    tell_a_drill(&made, "back\xe2\x80\xaewards \x1b[31m \xc2\x85 broken \xff\xc0\xaf end");
    assert_int_equal(made_measure(&made, 2 * TOC_HOUR), TOC_OK);
    toc_formats_buffer page = page_of(&made, 1);
    assert_non_null(strstr(page.bytes, "back[U+202E]wards [U+001B][31m [U+0085] broken "
                                       "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd end"));
    assert_null(strstr(page.bytes, "\xe2\x80\xae"));
    toc_formats_buffer_finish(&page);
    made_end(&made);
}

/* Every link leads to an entry that is on the page. */
static void assert_links_lead_somewhere(const char *page) {
    size_t links = 0;
    for (const char *at = strstr(page, "href=\"#"); at != NULL; at = strstr(at + 1, "href=\"#")) {
        char wanted[80];
        size_t length = strcspn(at + 7, "\"");
        assert_true(length < 60);
        (void)snprintf(wanted, sizeof wanted, "id=\"%.*s\"", (int)length, at + 7);
        if (strstr(page, wanted) == NULL) {
            fail_msg("nothing on the page has %s", wanted);
        }
        links++;
    }
    assert_true(links > 20);
}

static void duties_that_never_began_are_told_in_one_line(void **state) {
    (void)state;
    made_record made;
    made_begin(&made, "made", made_topology);
    tell_a_drill(&made, "First report");
    made_fact(&made, "duty", "law/onward", "east", "Passed on", TOC_HOUR);
    made_fact(&made, "duty", "law/summary", "east", "Summary", TOC_HOUR);
    assert_int_equal(made_measure(&made, 2 * TOC_HOUR), TOC_OK);
    toc_formats_buffer page = page_of(&made, 1);
    assert_non_null(strstr(page.bytes, "Never began: law/onward "));
    assert_non_null(strstr(page.bytes, ", law/summary "));
    assert_int_equal(count_of(page.bytes, "not done</span>"), 1); /* D1 has its row */
    assert_links_lead_somewhere(page.bytes);
    toc_formats_buffer_finish(&page);
    made_end(&made);
}

static void a_decision_tells_who_chose_what_and_how_soon(void **state) {
    (void)state;
    made_record made;
    made_begin(&made, "made", made_topology);
    made_fact(&made, "starts", "", "", "2026-03-01 08:00 Europe/Berlin", 0);
    made_fact(&made, "decision", "D1", "go <b>\nstay", "Go or stay?", TOC_HOUR);
    made_fact(&made, "decision", "D2", "cut\nwait", "Cut?", TOC_HOUR);
    made_fact(&made, "decision", "D3", "yes\nno", "Well?", TOC_HOUR);
    made_service(&made, "east", 10 * MW);
    made_put(&made, TOC_MINUTE, TOC_TRACE_DECISION, "D1", "", "open", "go <b>\nstay", TOC_HOUR, 0);
    made_put(&made, TOC_MINUTE, TOC_TRACE_DECISION, "D2", "", "open", "cut\nwait", TOC_HOUR, 0);
    made_put(&made, 4 * TOC_MINUTE, TOC_TRACE_DECISION, "D1", "east.soc", "chosen", "go <b>",
             TOC_HOUR, 0);
    made_put(&made, TOC_HOUR, TOC_TRACE_DECISION, "D2", "", "default", "wait", TOC_HOUR, 0);
    assert_int_equal(made_measure(&made, 2 * TOC_HOUR), TOC_OK);
    toc_formats_buffer page = page_of(&made, 1);
    assert_non_null(strstr(page.bytes, "<div class=\"option\"><b>&#10003; go &lt;b&gt;</b></div>"
                                       "<div class=\"option\">stay</div></td><td>east.soc</td>"));
    assert_non_null(strstr(page.bytes, "<td>3\xc2\xa0min</td><td>59\xc2\xa0min</td>"));
    assert_non_null(
        strstr(page.bytes, "<b>&#10003; wait</b></div></td><td>nobody: the default</td>"));
    assert_non_null(strstr(page.bytes, "no</div></td><td>was not put</td>"));
    toc_formats_buffer_finish(&page);
    made_end(&made);
}

static void every_number_leads_to_its_evidence(void **state) {
    (void)state;
    made_record made;
    made_begin(&made, "made", made_topology);
    tell_a_drill(&made, "Something");
    assert_int_equal(made_measure(&made, 2 * TOC_HOUR), TOC_OK);
    toc_formats_buffer page = page_of(&made, 1);
    assert_links_lead_somewhere(page.bytes);
    assert_int_equal(count_of(page.bytes, "id=\"r1e14\""), 1); /* the loss of supply */
    toc_formats_buffer_finish(&page);
    page = page_of(&made, 2);
    assert_links_lead_somewhere(page.bytes);
    assert_int_equal(count_of(page.bytes, "id=\"r2e14\""), 1);
    toc_formats_buffer_finish(&page);
    made_end(&made);
}

static void the_page_asks_nothing_of_the_network(void **state) {
    (void)state;
    made_record made;
    made_begin(&made, "made", made_topology);
    tell_a_drill(&made, "Something");
    assert_int_equal(made_measure(&made, 2 * TOC_HOUR), TOC_OK);
    toc_formats_buffer page = page_of(&made, 1);
    assert_non_null(strstr(page.bytes, "default-src 'none'"));
    static const char *const loaders[] = {"src=\"http",
                                          "src=\"//",
                                          "@import",
                                          "url(",
                                          "<iframe",
                                          "<object",
                                          "<script",
                                          "<form",
                                          "http-equiv=\"refresh",
                                          "rel=\"stylesheet"};
    for (size_t i = 0; i < sizeof loaders / sizeof loaders[0]; i++) {
        assert_int_equal(count_of(page.bytes, loaders[i]), 0);
    }
    toc_formats_buffer_finish(&page);
    made_end(&made);
}

static void the_same_record_gives_the_same_page(void **state) {
    (void)state;
    made_record made;
    made_begin(&made, "made", made_topology);
    tell_a_drill(&made, "Something");
    assert_int_equal(made_measure(&made, 2 * TOC_HOUR), TOC_OK);
    toc_formats_buffer one = page_of(&made, 1), other = page_of(&made, 1);
    assert_int_equal(one.size, other.size);
    assert_memory_equal(one.bytes, other.bytes, one.size);
    toc_formats_buffer_finish(&one);
    toc_formats_buffer_finish(&other);
    made_end(&made);
}

static void the_page_says_what_it_cannot_say(void **state) {
    (void)state;
    made_record made;
    made_begin(&made, "made", made_topology);
    tell_a_drill(&made, "Something");
    assert_int_equal(made_measure(&made, 2 * TOC_HOUR), TOC_OK);
    toc_formats_buffer page = page_of(&made, 1);
    assert_non_null(strstr(page.bytes, "n&nbsp;=&nbsp;1"));
    assert_null(strstr(page.bytes, "side by side"));
    toc_formats_buffer_finish(&page);
    page = page_of(&made, 2);
    assert_non_null(strstr(page.bytes, "2 records side by side"));
    assert_non_null(strstr(page.bytes, "the same luck"));
    toc_formats_buffer_finish(&page);
    made_end(&made);
}

/* -- The instant, the story -------------------------------------------------------------------- */

static void the_instant_shows_how_every_asset_stood(void **state) {
    (void)state;
    made_record made;
    made_begin(&made, "made", made_topology);
    tell_a_drill(&made, "Something");
    made_put(&made, 2 * TOC_HOUR, TOC_TRACE_OPERATION, "e-1", "", "on", "", 0, 2);
    assert_int_equal(made_measure(&made, 3 * TOC_HOUR), TOC_OK);
    toc_measure_event worst = toc_measure_worst(made.measures);
    assert_int_equal(worst.at, 20);
    uint8_t *states = toc_instant_states(made.measures, worst.at);
    assert_int_equal(states[0], TOC_MAP_FAILED);
    assert_int_equal(states[1], TOC_MAP_NO_DATA); /* of the same instant, later on the trace */
    assert_int_equal(states[2], TOC_MAP_NORMAL);
    free(states);
    states = toc_instant_states(made.measures, 19);
    assert_int_equal(states[0], TOC_MAP_NORMAL);
    free(states);
    states = toc_instant_states(made.measures, 3 * TOC_HOUR);
    assert_int_equal(states[0], TOC_MAP_COMPROMISED); /* runs again, but nobody cleaned it */
    free(states);
    made_end(&made);
}

static void thirty_breakers_opened_in_a_row_are_one_line(void **state) {
    (void)state;
    made_record made;
    made_begin(&made, "made", made_topology);
    for (int i = 0; i < 30; i++) {
        made_put(&made, i * TOC_MINUTE, TOC_TRACE_TECHNIQUE, "e-1", "ONE", "T0855",
                 "done: open-breaker", 0, 0);
        made_put(&made, i * TOC_MINUTE, TOC_TRACE_TECHNIQUE, "w-1", "OTHER", "T0855",
                 "done: open-breaker", 0, 0);
    }
    made_put(&made, 3 * TOC_HOUR, TOC_TRACE_TECHNIQUE, "e-1", "ONE", "T0855", "done: open-breaker",
             0, 0);
    assert_int_equal(made_measure(&made, 4 * TOC_HOUR), TOC_OK);
    toc_story *story = toc_story_create(made.measures, 100);
    assert_int_equal(toc_story_count(story), 3); /* the late one stands apart */
    assert_int_equal(toc_story_at(story, 0)->count, 30);
    assert_int_equal(toc_story_at(story, 1)->count, 30);
    assert_int_equal(toc_story_at(story, 0)->last_at, 29 * TOC_MINUTE);
    toc_story_destroy(story);
    made_end(&made);
}

static void what_was_told_to_nobody_is_said_to_be_so(void **state) {
    (void)state;
    made_record made;
    made_begin(&made, "made", made_topology);
    made_fact(&made, "seat", "east.soc", "", "", 0);
    made_put(&made, 30, TOC_TRACE_INJECT, "I-01", "plant", "phone", "It hums.", 0, 0);
    made_put(&made, 30, TOC_TRACE_DELIVERED, "I-01", "east.soc", "phone", "", 0, 1);
    made_put(&made, TOC_MINUTE, TOC_TRACE_INJECT, "E-01", "control", "phone", "Who asks?", 0, 0);
    assert_int_equal(made_measure(&made, TOC_HOUR), TOC_OK);
    toc_formats_buffer page = page_of(&made, 1);
    assert_int_equal(count_of(page.bytes, "phone: <q>It hums."), 1);
    assert_int_equal(count_of(page.bytes, "told to no seat: <q>Who asks?"), 1);
    toc_formats_buffer_finish(&page);
    made_end(&made);
}

static void a_long_story_is_told_in_fewer_lines(void **state) {
    (void)state;
    made_record made;
    made_begin(&made, "made", made_topology);
    for (int i = 0; i < 200; i++) {
        made_put(&made, i * 30 * TOC_MINUTE, TOC_TRACE_TECHNIQUE, "e-1", "ONE", "T0855",
                 "done: open-breaker", 0, 0);
    }
    assert_int_equal(made_measure(&made, 101 * TOC_HOUR), TOC_OK);
    toc_story *story = toc_story_create(made.measures, 50);
    assert_int_equal(toc_story_count(story), 1);
    assert_int_equal(toc_story_at(story, 0)->count, 200);
    toc_story_destroy(story);
    made_end(&made);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_people_write_cannot_become_markup),
        cmocka_unit_test(the_steps_of_a_plan_are_shown_with_who_did_them_and_when),
        cmocka_unit_test(what_would_turn_the_text_around_is_shown),
        cmocka_unit_test(duties_that_never_began_are_told_in_one_line),
        cmocka_unit_test(a_decision_tells_who_chose_what_and_how_soon),
        cmocka_unit_test(every_number_leads_to_its_evidence),
        cmocka_unit_test(the_page_asks_nothing_of_the_network),
        cmocka_unit_test(the_same_record_gives_the_same_page),
        cmocka_unit_test(the_page_says_what_it_cannot_say),
        cmocka_unit_test(the_instant_shows_how_every_asset_stood),
        cmocka_unit_test(thirty_breakers_opened_in_a_row_are_one_line),
        cmocka_unit_test(what_was_told_to_nobody_is_said_to_be_so),
        cmocka_unit_test(a_long_story_is_told_in_fewer_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
