#include "model/belief.h"

#include "kernel/assert.h"
#include "model/sense.h"
#include "model/sight.h"
#include "model/world_state.h"

static uint32_t find(const toc_world *world, uint32_t operator_index, uint32_t element) {
    uint32_t at = world->elements[element].first_belief;
    while (at != TOC_INDEX_NONE) {
        const struct belief_record *record = TOC_LIST_AT(struct belief_record, &world->beliefs, at);
        if (record->operator_index == operator_index) {
            return at;
        }
        at = record->next;
    }
    return TOC_INDEX_NONE;
}

toc_belief toc_belief_read(const toc_world *world, uint32_t operator_index, uint32_t element) {
    uint32_t at = find(world, operator_index, element);
    toc_belief belief = {(toc_operation)world->elements[element].begun, 0, TOC_SEEN_AT_START,
                         false};
    if (at != TOC_INDEX_NONE) {
        const struct belief_record *record = TOC_LIST_AT(struct belief_record, &world->beliefs, at);
        belief.operation = (toc_operation)record->operation;
        belief.since = record->since;
        belief.source = (toc_belief_source)record->source;
    }
    belief.stale = !toc_sense_has_telemetry(world, operator_index, element);
    return belief;
}

static void tell(toc_world *world, uint32_t operator_index, uint32_t element, int64_t before,
                 int64_t after) {
    toc_world_tell(world, (toc_change){TOC_CHANGE_BELIEF, element, operator_index, before, after});
}

void toc_belief_learn(toc_world *world, uint32_t operator_index, uint32_t element,
                      toc_belief_source source) {
    uint32_t at = find(world, operator_index, element);
    toc_operation operation = source == TOC_SEEN_BY_TELEMETRY ? toc_sight_shown(world, element)
                                                              : toc_world_operation(world, element);
    toc_operation before = (toc_operation)world->elements[element].begun;
    struct belief_record *record;
    TOC_ASSERT(operator_index < world->topology->operator_count && source < TOC_BELIEF_SOURCES);
    if (at == TOC_INDEX_NONE) {
        at = world->beliefs.count;
        record = toc_list_add(&world->beliefs, sizeof *record);
        record->operator_index = operator_index;
        record->next = world->elements[element].first_belief;
        world->elements[element].first_belief = at;
    } else {
        record = TOC_LIST_AT(struct belief_record, &world->beliefs, at);
        before = (toc_operation)record->operation;
    }
    record->operation = (uint8_t)operation;
    record->source = (uint8_t)source;
    record->since = toc_calendar_now(world->calendar);
    tell(world, operator_index, element, before, operation);
}

void toc_belief_staleness_changed(toc_world *world, uint32_t operator_index, uint32_t element) {
    int64_t believed = toc_belief_read(world, operator_index, element).operation;
    tell(world, operator_index, element, believed, believed);
}

const char *toc_belief_source_name(toc_belief_source source) {
    static const char *const names[] = {"start", "telemetry", "calls", "crew", "message"};
    _Static_assert(sizeof names / sizeof names[0] == TOC_BELIEF_SOURCES, "a name for every source");
    return names[source];
}
