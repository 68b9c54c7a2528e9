#include "support/support.h"

#include "drill/gist.h"
#include "drill/rehearsal.h"
#include "tocsin/standin.h"

static toc_gist gist_of(const char *kind, const char *expects, const char *about) {
    const char *expected[1] = {expects};
    toc_inject inject = {.kind = kind == NULL ? NULL : toc_inject_kind_find(kind),
                         .expects = expected,
                         .expect_count = expects == NULL ? 0 : 1,
                         .about = about};
    return toc_gist_of_inject(&inject);
}

static void what_its_author_says_comes_first_and_a_false_alarm_reads_like_any_other(void **state) {
    (void)state;
    assert_int_equal(gist_of(NULL, NULL, NULL), TOC_GISTS);
    assert_int_equal(gist_of(NULL, "isolate", NULL), TOC_GIST_INTRUSION);
    assert_int_equal(gist_of(NULL, "press_statement", NULL), TOC_GIST_PUBLIC);
    assert_int_equal(gist_of("signal.alarm", NULL, NULL), TOC_GIST_ODDITY);
    assert_int_equal(gist_of("signal.false-alarm", NULL, NULL), TOC_GIST_ODDITY);
    assert_int_equal(gist_of("signal.calls", NULL, NULL), TOC_GIST_PUBLIC);
    assert_int_equal(gist_of("intel.wrong", NULL, NULL), gist_of("intel.peer", NULL, NULL));
    assert_int_equal(gist_of("signal.complaint", "isolate", NULL), TOC_GIST_INTRUSION);
    assert_int_equal(gist_of("attack.access", "isolate", "fault"), TOC_GIST_FAULT);
    for (int i = 0; i < TOC_GISTS; i++) {
        assert_int_equal(toc_gist_find(toc_gist_name((toc_gist)i)), i);
    }
}

/* Played by the library's team, with a message that says nothing in any language. */
static void play(const char *about, char *trace, size_t size) {
    char lines[1024];
    (void)snprintf(lines, sizeof lines,
                   REHEARSAL_HEAD
                   "drill:inject { at = t.minutes(2), to = \"gridco.dispatcher\", "
                   "from = \"crew\", text = \"vpn-1: 鼠标自己在动\", about = \"%s\" }\n"
                   "drill:at(t.minutes(5), function(d)\n"
                   "  d:fail(\"ss-1\", \"open-breaker\") d:fail(\"ss-2\", "
                   "\"open-breaker\") end)\n" REHEARSAL_TAIL,
                   about);
    rehearsal *played = rehearsal_open(lines, NULL, 1);
    toc_standins *standins = NULL;
    rehearsal_check(played);
    assert_int_equal(toc_standins_create(played->drill, played->package, "reference", NULL, NULL,
                                         played->problems, &standins),
                     TOC_OK);
    (void)toc_standins_play(standins, TOC_HOUR, played->problems);
    rehearsal_check(played);
    (void)snprintf(trace, size, "%s", played->trace);
    toc_standins_destroy(standins);
    rehearsal_close(played);
}

static void a_team_of_the_library_goes_by_the_gist_not_by_english_words(void **state) {
    static char trace[1 << 17];
    (void)state;
    play("intrusion", trace, sizeof trace);
    assert_non_null(strstr(trace, "action|vpn-1|gridco.soc|isolate|done"));
    play("fault", trace, sizeof trace);
    assert_null(strstr(trace, "|isolate|"));
}

static void a_gist_that_is_none_is_told_with_the_nearest(void **state) {
    rehearsal *played =
        rehearsal_open(REHEARSAL("drill:inject { at = 1, to = \"gridco.soc\", text = \"x\",\n"
                                 "  about = \"intruson\" }\n"),
                       NULL, 1);
    (void)state;
    assert_string_equal(rehearsal_problem(played, 0),
                        "dark/scenario.lua:5:3: 'intruson' is nothing that a message can be about; "
                        "did you mean 'intrusion'?");
    rehearsal_close(played);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_its_author_says_comes_first_and_a_false_alarm_reads_like_any_other),
        cmocka_unit_test(a_team_of_the_library_goes_by_the_gist_not_by_english_words),
        cmocka_unit_test(a_gist_that_is_none_is_told_with_the_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
