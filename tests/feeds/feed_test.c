#include "support/support.h"

#include <string.h>

#include "feeds/feed.h"

static char lines[8192], warnings[16384], names[256];

static void keep_line(void *object, const char *bytes, size_t size) {
    (void)object;
    (void)strncat(lines, bytes, size);
}

static void keep_warning(void *object, const char *name, const char *xml, size_t size) {
    (void)object;
    (void)strcat(strcat(names, name), " ");
    (void)strncat(warnings, xml, size);
}

static toc_feed *open_feed(void) {
    toc_feed_options options = {.team = "gridco",
                                .exercise = "Six Hours",
                                .language = "en",
                                .line = keep_line,
                                .warning = keep_warning};
    lines[0] = warnings[0] = names[0] = '\0';
    return toc_feed_create(&options);
}

static void note(toc_feed *feed, toc_trace_kind kind, const char *subject, const char *actor,
                 const char *verb, const char *text, int64_t after) {
    toc_trace_entry entry = {.time = 42 * TOC_MINUTE,
                             .kind = kind,
                             .subject = subject,
                             .actor = actor,
                             .verb = verb,
                             .text = text,
                             .after = after};
    toc_feed_note(feed, INT64_C(1700000000000000), &entry);
}

static void a_team_hears_of_its_own_alerts_and_telemetry_only(void **state) {
    (void)state;
    toc_feed *feed = open_feed();
    note(feed, TOC_TRACE_ALERT, "hmi-1", "gridco", "raised", "ids-1", 1);
    note(feed, TOC_TRACE_ALERT, "core-1", "telco", "raised", "ids-telco", 2);
    note(feed, TOC_TRACE_BELIEF, "ss-1", "gridco", "off", "telemetry", 0);
    note(feed, TOC_TRACE_BELIEF, "ss-2", "gridco", "off", "line-crew", 0);
    note(feed, TOC_TRACE_BELIEF, "ss-9", "gridco2", "off", "telemetry", 0);
    note(feed, TOC_TRACE_INTRUSION, "hmi-1", "gridco", "access", "admin", 0);
    note(feed, TOC_TRACE_OPERATION, "ss-1", "gridco", "off", "", 0);
    assert_non_null(strstr(lines, "ids-1: sign of an intruder on hmi-1\n"));
    assert_non_null(strstr(lines, "ss-1 is off\n"));
    assert_non_null(strstr(lines, "time=\"D+0 00:42:00\""));
    assert_null(strstr(lines, "core-1"));
    assert_null(strstr(lines, "ss-2"));
    assert_null(strstr(lines, "ss-9"));
    assert_null(strstr(lines, "admin"));
    toc_feed_destroy(feed);
}

static void what_the_public_is_told_becomes_a_warning_once_it_is_said(void **state) {
    (void)state;
    toc_feed *feed = open_feed();
    note(feed, TOC_TRACE_ACTION, "", "gridco.public_affairs", "press_statement",
         "requested: message=M-1\ntext=Light by noon.\\nStay calm & call 8.8.8.8", 7);
    assert_string_equal(names, "");
    note(feed, TOC_TRACE_ACTION, "", "gridco.public_affairs", "press_statement", "done", 7);
    note(feed, TOC_TRACE_ACTION, "", "telco.public_affairs", "press_statement", "done", 8);
    note(feed, TOC_TRACE_ACTION, "hmi-1", "gridco.soc", "isolate", "done", 9);
    assert_string_equal(names, "gridco-1.xml ");
    assert_non_null(strstr(warnings, "<status>Exercise</status>"));
    assert_non_null(strstr(warnings, "Light by noon.\nStay calm &amp; call [withheld]"));
    assert_null(strstr(warnings, "M-1"));
    toc_feed_destroy(feed);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_team_hears_of_its_own_alerts_and_telemetry_only),
        cmocka_unit_test(what_the_public_is_told_becomes_a_warning_once_it_is_said)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
