#include "drill/perimeter.h"

#include "kernel/assert.h"

static void trace(toc_drill *drill, const toc_change *change, const char *subject, const char *verb,
                  const char *text) {
    toc_trace_put(drill, TOC_TRACE_NETWORK, subject, drill->actor, verb, text, change->before,
                  change->after);
}

void toc_perimeter_on_change(toc_drill *drill, const toc_change *change) {
    const toc_topology *topology = drill->topology;
    bool is_shut = change->after != 0;
    if (change->kind == TOC_CHANGE_CONDUIT) {
        trace(drill, change, topology->conduits[change->subject].id, is_shut ? "blocked" : "open",
              "");
    } else if (change->kind == TOC_CHANGE_ZONE) {
        trace(drill, change, topology->zones[change->subject].id, is_shut ? "cut-off" : "joined",
              "");
    } else if (change->kind == TOC_CHANGE_LISTENER) {
        trace(drill, change, topology->assets[change->subject].id, is_shut ? "refused" : "taken",
              topology->protocols[change->other]);
    } else {
        TOC_ASSERT(change->kind == TOC_CHANGE_PHASE);
        trace(drill, change, topology->phases[change->after].id, "phase",
              topology->phases[change->after].name);
    }
}
