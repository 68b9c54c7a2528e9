#include "support/support.h"

#include <stdio.h>
#include <string.h>

#include "client/mirror.h"

static toc_wire_duty made_duty(const char *id, const char *how) {
    toc_wire_duty duty;
    toc_wire_clear(TOC_WIRE_M_DUTY, &duty);
    duty.id = id;
    duty.state = how;
    return duty;
}

static void tell_duties(toc_mirror *mirror, const toc_wire_duty *duties, uint32_t count,
                        bool whole) {
    toc_wire_message message = toc_wire_blank(TOC_WIRE_M_STATE);
    message.as.state.whole = whole;
    message.as.state.duties = (toc_wire_duty_list){duties, count};
    toc_mirror_take(mirror, &message);
}

static void an_item_told_again_stands_in_its_place_and_a_new_one_at_the_end(void **state) {
    (void)state;
    toc_mirror *mirror = toc_mirror_create();
    toc_wire_duty first[] = {made_duty("report", "open"), made_duty("notify", "open")};
    toc_wire_duty second[] = {made_duty("sum-up", "open"), made_duty("report", "done")};
    tell_duties(mirror, first, 2, true);
    tell_duties(mirror, second, 2, false);
    const toc_wire_state *now = toc_mirror_state(mirror);
    assert_int_equal(now->duties.count, 3);
    assert_string_equal(now->duties.items[0].id, "report");
    assert_string_equal(now->duties.items[0].state, "done");
    assert_string_equal(now->duties.items[1].id, "notify");
    assert_string_equal(now->duties.items[2].id, "sum-up");
    toc_mirror_destroy(mirror);
}

static void what_is_gone_is_gone_from_its_own_list_alone(void **state) {
    (void)state;
    toc_mirror *mirror = toc_mirror_create();
    toc_wire_message message = toc_wire_blank(TOC_WIRE_M_STATE);
    toc_wire_duty duties[] = {made_duty("a", "open"), made_duty("b", "open")};
    toc_wire_zone zone;
    toc_wire_clear(TOC_WIRE_M_ZONE, &zone);
    zone.id = "a";
    message.as.state.zones = (toc_wire_zone_list){&zone, 1};
    message.as.state.duties = (toc_wire_duty_list){duties, 2};
    toc_mirror_take(mirror, &message);
    toc_wire_gone gone = {"duties", "a"};
    message = toc_wire_blank(TOC_WIRE_M_STATE);
    message.as.state.gone = (toc_wire_gone_list){&gone, 1};
    toc_mirror_take(mirror, &message);
    const toc_wire_state *now = toc_mirror_state(mirror);
    assert_int_equal(now->duties.count, 1);
    assert_string_equal(now->duties.items[0].id, "b");
    assert_int_equal(now->zones.count, 1);
    toc_mirror_destroy(mirror);
}

static void a_whole_state_voids_what_was_told_before(void **state) {
    (void)state;
    toc_mirror *mirror = toc_mirror_create();
    toc_wire_duty old[] = {made_duty("a", "open"), made_duty("b", "open")};
    toc_wire_duty fresh[] = {made_duty("c", "open")};
    tell_duties(mirror, old, 2, false);
    tell_duties(mirror, fresh, 1, true);
    assert_int_equal(toc_mirror_state(mirror)->duties.count, 1);
    assert_string_equal(toc_mirror_state(mirror)->duties.items[0].id, "c");
    toc_mirror_destroy(mirror);
}

static void what_was_told_is_kept_when_the_frame_is_gone(void **state) {
    (void)state;
    toc_mirror *mirror = toc_mirror_create();
    char id[] = "report", item[] = "cause";
    const char *told[] = {item, "people"};
    toc_wire_duty duty = made_duty(id, "open");
    duty.told = (toc_wire_texts){told, 2};
    tell_duties(mirror, &duty, 1, false);
    memset(id, 'x', sizeof id - 1);
    memset(item, 'x', sizeof item - 1);
    told[1] = NULL;
    const toc_wire_duty *kept = &toc_mirror_state(mirror)->duties.items[0];
    assert_string_equal(kept->id, "report");
    assert_string_equal(kept->told.items[0], "cause");
    assert_string_equal(kept->told.items[1], "people");
    toc_mirror_destroy(mirror);
}

/* A random walk of changes, against a plain model of the same list. */
static void changes_in_any_order_give_what_the_sender_has(void **state) {
    (void)state;
    enum { NAMES = 12 };
    uint64_t draw = support_seed("mirror");
    toc_mirror *mirror = toc_mirror_create();
    char names[NAMES][8];
    const char *order[NAMES], *how[NAMES] = {NULL};
    static const char *const states[] = {"open", "done", "late", "missed"};
    uint32_t count = 0;
    for (int i = 0; i < NAMES; i++) {
        (void)snprintf(names[i], sizeof names[i], "d-%d", i);
    }
    for (int step = 0; step < 3000; step++) {
        draw = draw * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        int name = (int)((draw >> 33) % NAMES);
        uint32_t at = 0;
        while (at < count && strcmp(order[at], names[name]) != 0) {
            at++;
        }
        if ((draw >> 50) % 3 == 0) {
            toc_wire_gone gone = {"duties", names[name]};
            toc_wire_message message = toc_wire_blank(TOC_WIRE_M_STATE);
            message.as.state.gone = (toc_wire_gone_list){&gone, 1};
            toc_mirror_take(mirror, &message);
            if (at < count) {
                count--;
                memmove(&order[at], &order[at + 1], (count - at) * sizeof order[0]);
            }
            continue;
        }
        how[name] = states[(draw >> 40) % 4];
        toc_wire_duty duty = made_duty(names[name], how[name]);
        tell_duties(mirror, &duty, 1, false);
        if (at == count) {
            order[count++] = names[name];
        }
        const toc_wire_state *now = toc_mirror_state(mirror);
        assert_int_equal(now->duties.count, count);
        for (uint32_t i = 0; i < count; i++) {
            assert_string_equal(now->duties.items[i].id, order[i]);
        }
        assert_string_equal(now->duties.items[at].state, how[name]);
    }
    toc_mirror_destroy(mirror);
}

static void an_event_sent_again_is_kept_once(void **state) {
    (void)state;
    toc_mirror *mirror = toc_mirror_create();
    toc_wire_message message = toc_wire_blank(TOC_WIRE_M_EVENT);
    message.as.event.kind = "alarm";
    message.as.event.at = 5;
    for (int64_t seq = 1; seq <= 3; seq++) {
        message.as.event.seq = seq;
        toc_mirror_take(mirror, &message);
        toc_mirror_take(mirror, &message);
    }
    assert_int_equal(toc_mirror_event_count(mirror), 3);
    assert_int_equal(toc_mirror_last(mirror), 3);
    assert_string_equal(toc_mirror_event(mirror, 0)->kind, "alarm");
    toc_mirror_destroy(mirror);
}

static void a_new_welcome_voids_the_catalogue_and_parts_of_it_add_up(void **state) {
    (void)state;
    toc_mirror *mirror = toc_mirror_create();
    toc_wire_message welcome = toc_wire_blank(TOC_WIRE_M_WELCOME);
    toc_wire_message part = toc_wire_blank(TOC_WIRE_M_CATALOGUE);
    toc_wire_own own[2];
    assert_null(toc_mirror_welcome(mirror));
    welcome.as.welcome.seat = "gridco.dispatcher";
    toc_wire_clear(TOC_WIRE_M_OWN, &own[0]);
    toc_wire_clear(TOC_WIRE_M_OWN, &own[1]);
    own[0].id = "ss-1";
    own[1].id = "ss-2";
    for (int connection = 0; connection < 2; connection++) {
        toc_mirror_take(mirror, &welcome);
        part.as.catalogue.assets = (toc_wire_own_list){&own[0], 1};
        part.as.catalogue.more = true;
        toc_mirror_take(mirror, &part);
        assert_true(toc_mirror_catalogue(mirror)->more);
        part.as.catalogue.assets = (toc_wire_own_list){&own[1], 1};
        part.as.catalogue.more = false;
        toc_mirror_take(mirror, &part);
        assert_false(toc_mirror_catalogue(mirror)->more);
        assert_int_equal(toc_mirror_catalogue(mirror)->assets.count, 2);
    }
    toc_mirror_take(mirror, &welcome);
    assert_int_equal(toc_mirror_catalogue(mirror)->assets.count, 0);
    assert_string_equal(toc_mirror_welcome(mirror)->seat, "gridco.dispatcher");
    toc_mirror_destroy(mirror);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_item_told_again_stands_in_its_place_and_a_new_one_at_the_end),
        cmocka_unit_test(what_is_gone_is_gone_from_its_own_list_alone),
        cmocka_unit_test(a_whole_state_voids_what_was_told_before),
        cmocka_unit_test(what_was_told_is_kept_when_the_frame_is_gone),
        cmocka_unit_test(changes_in_any_order_give_what_the_sender_has),
        cmocka_unit_test(an_event_sent_again_is_kept_once),
        cmocka_unit_test(a_new_welcome_voids_the_catalogue_and_parts_of_it_add_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
