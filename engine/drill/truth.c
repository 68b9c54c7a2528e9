#include "tocsin/truth.h"

#include "drill/adversary.h"
#include "drill/call.h"
#include "drill/ticket.h"
#include "kernel/assert.h"

_Static_assert((int)TOC_CAUSES <= (int)TOC_TRUTH_CAUSES, "room for every cause");

uint32_t toc_truth_element_count(const toc_drill *drill) {
    return drill->topology->asset_count + drill->topology->link_count;
}

toc_truth_element toc_truth_element_at(const toc_drill *drill, uint32_t index) {
    TOC_ASSERT(index < toc_truth_element_count(drill));
    toc_truth_element element = {
        .id = toc_topology_element_id(drill->topology, index),
        .operation = toc_world_operation_name(toc_world_operation(drill->world, index))};
    for (int cause = 0; cause < TOC_CAUSES; cause++) {
        if (toc_world_has_cause(drill->world, index, (toc_cause)cause)) {
            element.causes[element.cause_count++] = toc_world_cause_name((toc_cause)cause);
        }
    }
    return element;
}

uint32_t toc_truth_inject_count(const toc_drill *drill) {
    return drill->injects.count;
}

toc_truth_inject toc_truth_inject_at(const toc_drill *drill, uint32_t index) {
    const toc_inject *inject = toc_inject_at(drill, index);
    bool came = inject->delivered_at != TOC_NEVER;
    bool rings = inject->call != NULL && inject->rang_at != TOC_NEVER;
    toc_truth_inject truth = {.id = inject->id,
                              .state = came           ? "delivered"
                                       : rings        ? "due"
                                       : inject->held ? "held"
                                                      : "pending",
                              .text = inject->text,
                              .from = inject->from,
                              .channel = inject->channel,
                              .to = inject->to,
                              .to_count = inject->to_count,
                              .at = came    ? inject->delivered_at
                                    : rings ? inject->rang_at
                                            : inject->at};
    if (inject->call != NULL) {
        truth.script = inject->call->script;
        truth.answers = inject->call->answers;
        truth.answer_count = inject->call->answer_count;
    }
    return truth;
}

uint32_t toc_truth_adversary_count(const toc_drill *drill) {
    return drill->adversaries.count;
}

toc_truth_adversary toc_truth_adversary_at(const toc_drill *drill, uint32_t index) {
    return toc_adversary_read(drill, index);
}

uint32_t toc_truth_open_tickets(const toc_drill *drill, uint32_t seat) {
    uint32_t open = 0;
    for (uint32_t number = 1; number <= toc_ticket_count(drill); number++) {
        const toc_ticket *ticket = toc_ticket_at(drill, number);
        open += ticket->seat == seat && ticket->stage < TOC_TICKET_DONE;
    }
    return open;
}
