#include "support/support.h"

#include "drill/seat_stage.h"
#include "tocsin/standing.h"

static double level_of(const stage *staged, const char *seat) {
    toc_standing_service service;
    return toc_standing_service_at(staged->drill, stage_seat(staged, seat), 0, &service)
               ? service.level
               : -1.0;
}

static void a_team_believes_of_its_services_what_it_has_seen(void **state) {
    stage *staged = stage_open(
        "drill:at(t.minutes(1), function(d) d:fail('ss-1', 'open-breaker') end)\n", NULL, 1);
    (void)state;
    assert_true(level_of(staged, "gridco.soc") == 1.0);
    assert_true(level_of(staged, "waterco.dispatcher") == -1.0);
    assert_true(level_of(staged, "authority.duty_officer") == -1.0);
    stage_until(staged, 10 * TOC_MINUTE);
    assert_true(level_of(staged, "gridco.soc") > 0.33 && level_of(staged, "gridco.soc") < 0.34);
    stage_close(staged);
}

static void what_stands_on_the_board_says_who_put_it_there(void **state) {
    stage *staged = stage_open("", NULL, 1);
    uint32_t soc = stage_seat(staged, "gridco.soc");
    (void)state;
    assert_int_equal(toc_standing_card_count(staged->drill, soc), 0);
    stage_do(staged, "gridco.dispatcher", "set_belief", "ss-2", "state=failed\nconfidence=0.8\n");
    assert_int_equal(toc_standing_card_count(staged->drill, soc), 1);
    assert_int_equal(
        toc_standing_card_count(staged->drill, stage_seat(staged, "waterco.dispatcher")), 0);
    toc_standing_card card = toc_standing_card_at(staged->drill, soc, 0);
    assert_string_equal(card.element, "ss-2");
    assert_string_equal(card.said, "failed");
    assert_string_equal(card.said_by, "gridco.dispatcher");
    assert_int_equal(card.confidence_ppm, 800000);
    assert_int_equal(card.found_at, TOC_NEVER);
    stage_close(staged);
}

static void what_a_crew_found_is_in_words_and_a_crew_at_work_is_not_free(void **state) {
    stage *staged = stage_open(
        "drill:at(t.minutes(1), function(d) d:fail('ss-1', 'open-breaker') end)\n", NULL, 1);
    uint32_t seat = stage_seat(staged, "gridco.dispatcher");
    toc_standing_crew crew;
    char found[128];
    (void)state;
    assert_true(toc_standing_crew_at(staged->drill, seat, 0, &crew));
    assert_string_equal(crew.id, "east");
    assert_int_equal(crew.free, 1);
    assert_false(
        toc_standing_crew_at(staged->drill, stage_seat(staged, "waterco.dispatcher"), 0, &crew));
    stage_until(staged, 10 * TOC_MINUTE);
    stage_do(staged, "gridco.dispatcher", "inspect_site", "ss-1", "");
    stage_until(staged, 11 * TOC_MINUTE);
    assert_true(toc_standing_crew_at(staged->drill, seat, 0, &crew));
    assert_int_equal(crew.free, 0);
    stage_until(staged, 5 * TOC_HOUR);
    assert_true(toc_standing_crew_at(staged->drill, seat, 0, &crew));
    assert_int_equal(crew.free, 1);
    assert_true(toc_standing_card_count(staged->drill, seat) > 0);
    toc_standing_card card = toc_standing_card_at(staged->drill, seat, 0);
    assert_true(card.found_at != TOC_NEVER);
    toc_standing_found(card.found, found, sizeof found);
    assert_string_equal(found, "opened");
    toc_standing_found(0, found, sizeof found);
    assert_string_equal(found, "nothing wrong");
    stage_close(staged);
}

static void a_store_is_its_operators_alone(void **state) {
    stage *staged =
        stage_open_on("<stock part='transformer' at='depot' count='2'/>\n", "", NULL, 1);
    uint32_t pile = UINT32_MAX;
    toc_standing_stock stock;
    (void)state;
    assert_true(
        toc_standing_next_stock(staged->drill, stage_seat(staged, "gridco.soc"), &pile, &stock));
    assert_string_equal(stock.part, "transformer");
    assert_string_equal(stock.where, "depot");
    assert_int_equal(stock.count, 2);
    assert_false(
        toc_standing_next_stock(staged->drill, stage_seat(staged, "gridco.soc"), &pile, &stock));
    pile = UINT32_MAX;
    assert_false(toc_standing_next_stock(staged->drill, stage_seat(staged, "waterco.dispatcher"),
                                         &pile, &stock));
    stage_close(staged);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_team_believes_of_its_services_what_it_has_seen),
        cmocka_unit_test(what_stands_on_the_board_says_who_put_it_there),
        cmocka_unit_test(what_a_crew_found_is_in_words_and_a_crew_at_work_is_not_free),
        cmocka_unit_test(a_store_is_its_operators_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
