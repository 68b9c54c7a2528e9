#include "support/support.h"

#include "drill/rehearsal.h"

static const char town[] =
    "<topology xmlns=\"urn:tocsin:topology:1\" name=\"Town\">\n"
    "  <operator id=\"waterco\"/>\n"
    "  <asset id=\"spring\" kind=\"reservoir\" operator=\"waterco\">"
    "<supplies service=\"water\" rate=\"40\" unit=\"L/s\"/></asset>\n"
    "  <asset id=\"tower\" kind=\"tank\" operator=\"waterco\">"
    "<tank service=\"water\" volume=\"2000\" unit=\"m3\" height=\"20m\" begins=\"10m\"/></asset>\n"
    "  <asset id=\"clinic\" kind=\"hospital\" operator=\"waterco\">"
    "<provides service=\"water\" demand=\"10\" capacity=\"20\" unit=\"L/s\"/></asset>\n"
    "  <link id=\"main\" from=\"spring\" to=\"tower\" kind=\"pipe\"/>\n"
    "  <link id=\"street\" from=\"tower\" to=\"clinic\" kind=\"pipe\"/>\n"
    "</topology>\n";

static const char script[] =
    "local t = require \"tocsin\"\n"
    "local drill = t.drill { title = \"Still\", length = t.hours(4) }\n"
    "drill:team \"waterco\" { \"soc\" }\n"
    "local red = drill:adversary { name = \"MOTH\" }\n"
    "red:plan(function(a) a:wait(t.minutes(10))\n"
    "  a:technique \"T0856\" { on = \"tower\", effect = \"freeze-view\", takes = 1 } end)\n"
    "return drill\n";

static void do_it(rehearsal *played, const char *target) {
    toc_input input = {
        .seat = "waterco.soc", .verb = "restore_config", .target = target, .parameters = ""};
    toc_time at;
    assert_int_equal(toc_drill_submit(played->drill, &input, played->problems, &at), TOC_OK);
}

static void settings_set_back_end_a_false_reading_and_tell_of_it(void **state) {
    rehearsal *played = rehearsal_open(script, town, 1);
    (void)state;
    rehearsal_play(played, TOC_HOUR);
    assert_int_equal(rehearsal_count(played, "reading|tower"), 1);
    do_it(played, "tower");
    do_it(played, "clinic");
    rehearsal_play(played, 2 * TOC_HOUR);
    assert_int_equal(rehearsal_count(played, "01:20:00 reading|tower|waterco.soc"), 1);
    rehearsal_expect(played, "action|tower|waterco.soc|restore_config|done: its settings had been "
                             "changed, they are as they should be again\n");
    rehearsal_expect(played, "action|clinic|waterco.soc|restore_config|done: its settings were as "
                             "they should be\n");
    rehearsal_close(played);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(settings_set_back_end_a_false_reading_and_tell_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
