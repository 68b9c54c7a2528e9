#include "model/alert.h"

#include "kernel/assert.h"
#include "model/detection_state.h"

uint32_t toc_alert_analysts(const toc_world *world, uint32_t operator_index) {
    for (uint32_t i = 0; i < world->topology->analysts_count; i++) {
        if (world->topology->analysts[i].operator_index == operator_index) {
            return i;
        }
    }
    return TOC_INDEX_NONE;
}

uint32_t toc_alert_count(const toc_world *world) {
    return world->detection == NULL ? 0 : world->detection->alerts.count;
}

static toc_alert *alert_at(const toc_world *world, uint32_t alert) {
    TOC_ASSERT(alert < toc_alert_count(world));
    return TOC_LIST_AT(toc_alert, &world->detection->alerts, alert);
}

const toc_alert *toc_alert_at(const toc_world *world, uint32_t alert) {
    return alert_at(world, alert);
}

uint32_t toc_alert_waiting(const toc_world *world, uint32_t operator_index) {
    uint32_t analysts = toc_alert_analysts(world, operator_index);
    return analysts == TOC_INDEX_NONE || world->detection == NULL
               ? 0
               : world->detection->desks[analysts].waiting;
}

uint64_t toc_alert_cell(void) {
    return toc_world_cell(TOC_CHANGE_ALERT, TOC_INDEX_NONE);
}

static void change(toc_world *world, uint32_t number, toc_alert_stage stage) {
    toc_alert *alert = alert_at(world, number);
    toc_alert_stage before = alert->stage;
    alert->stage = stage;
    alert->seen = stage == TOC_ALERT_SEEN ? toc_calendar_now(world->calendar) : TOC_NEVER;
    if (world->conditions != NULL) {
        toc_conditions_touch(world->conditions, toc_alert_cell());
    }
    toc_world_tell(world,
                   (toc_change){TOC_CHANGE_ALERT, number, alert->operator_index, before, stage});
}

static void on_looked(void *object, uint64_t number) {
    toc_world *world = object;
    const toc_alert *alert = alert_at(world, (uint32_t)number);
    uint32_t analysts = toc_alert_analysts(world, alert->operator_index);
    toc_resource_release(world->detection->desks[analysts].people, alert->ticket);
    change(world, (uint32_t)number, TOC_ALERT_SEEN);
}

static void on_begin(void *object, uint64_t number) {
    toc_world *world = object;
    const toc_alert *alert = alert_at(world, (uint32_t)number);
    uint32_t index = toc_alert_analysts(world, alert->operator_index);
    const toc_analysts *analysts = &world->topology->analysts[index];
    toc_draw draw = {toc_chance_key(world->topology->sensors[alert->sensor].id),
                     toc_chance_key("looked at"), alert->number};
    toc_time takes = analysts->mean != 0
                         ? toc_chance_exponential(&world->chance, draw, analysts->mean)
                         : toc_chance_lognormal(&world->chance, draw, analysts->median,
                                                (double)analysts->spread_ppm / 1e6);
    world->detection->desks[index].waiting--;
    change(world, (uint32_t)number, TOC_ALERT_LOOKED_AT);
    (void)toc_calendar_schedule(world->calendar, toc_calendar_now(world->calendar) + takes,
                                TOC_SENSOR, on_looked, world, number);
}

void toc_alert_raise(toc_world *world, const toc_alert *facts) {
    uint32_t number = world->detection->alerts.count;
    uint32_t analysts = toc_alert_analysts(world, facts->operator_index);
    bool is_hunted = facts->sensor == TOC_INDEX_NONE;
    toc_alert *alert = toc_list_add(&world->detection->alerts, sizeof *alert);
    *alert = *facts;
    alert->stage = TOC_ALERT_WAITING;
    alert->raised = toc_calendar_now(world->calendar);
    alert->seen = TOC_NEVER;
    alert->number = is_hunted ? 0 : world->detection->sensors[facts->sensor].alerts++;
    alert->ticket = 0;
    if (analysts == TOC_INDEX_NONE || is_hunted) {
        change(world, number, TOC_ALERT_SEEN);
        return;
    }
    world->detection->desks[analysts].waiting++;
    alert->ticket =
        toc_resource_request(world->detection->desks[analysts].people, 0, on_begin, world, number);
    change(world, number, TOC_ALERT_WAITING);
}

/* -- People for something else ----------------------------------------------------------------- */

static void on_borrowed(void *object, uint64_t argument) {
    (void)object;
    (void)argument;
}

static struct desk *desk_of(toc_world *world, uint32_t operator_index) {
    uint32_t analysts = toc_alert_analysts(world, operator_index);
    return analysts == TOC_INDEX_NONE ? NULL : &world->detection->desks[analysts];
}

void toc_alert_borrow(toc_world *world, uint32_t operator_index) {
    struct desk *desk = desk_of(world, operator_index);
    if (desk != NULL) {
        *(uint32_t *)toc_list_add(&desk->borrowed, sizeof(uint32_t)) =
            toc_resource_request(desk->people, -1, on_borrowed, NULL, 0);
    }
}

/* One is as good as another: the first who left comes back, and another may leave. */
void toc_alert_give_back(toc_world *world, uint32_t operator_index) {
    struct desk *desk = desk_of(world, operator_index);
    uint32_t ticket;
    if (desk == NULL) {
        return;
    }
    TOC_ASSERT(desk->borrowed.count > 0);
    ticket = *TOC_LIST_AT(uint32_t, &desk->borrowed, 0);
    for (uint32_t i = 1; i < desk->borrowed.count; i++) {
        *TOC_LIST_AT(uint32_t, &desk->borrowed, i - 1) = *TOC_LIST_AT(uint32_t, &desk->borrowed, i);
    }
    desk->borrowed.count--;
    if (!toc_resource_withdraw(desk->people, ticket)) {
        toc_resource_release(desk->people, ticket);
    }
}

/* -- Beginning and end ------------------------------------------------------------------------- */

void toc_alert_init(toc_world *world) {
    for (uint32_t i = 0; i < world->topology->analysts_count; i++) {
        world->detection->desks[i].people =
            toc_resource_create(world->calendar, world->topology->analysts[i].size, TOC_SENSOR);
    }
}

void toc_alert_finish(toc_world *world) {
    for (uint32_t i = 0; i < world->topology->analysts_count; i++) {
        toc_resource_destroy(world->detection->desks[i].people);
        toc_list_finish(&world->detection->desks[i].borrowed);
    }
    toc_list_finish(&world->detection->alerts);
}

void toc_alert_digest(const toc_world *world, toc_digest *digest) {
    for (uint32_t i = 0; i < toc_alert_count(world); i++) {
        const toc_alert *alert = toc_alert_at(world, i);
        toc_digest_u64(digest, (uint64_t)alert->sensor << 32 | alert->asset);
        toc_digest_u64(digest, (uint64_t)alert->attacker << 32 | alert->stage);
        toc_digest_i64(digest, alert->raised);
        toc_digest_i64(digest, alert->seen);
    }
    for (uint32_t i = 0; world->detection != NULL && i < world->detection->stays.count; i++) {
        const struct stay *stay = TOC_LIST_AT(const struct stay, &world->detection->stays, i);
        toc_digest_u64(digest, (uint64_t)stay->sensor << 32 | stay->asset);
        toc_digest_u64(digest, (uint64_t)stay->steps << 32 | stay->times);
    }
}
