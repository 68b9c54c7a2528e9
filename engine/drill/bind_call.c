/* Bindings of calls: `call` of an inject. */
#include "drill/bindings.h"
#include "drill/call.h"
#include "drill/spec.h"

/* Most of the minutes that a call may take to be made. */
enum { LONGEST_HOURS = 4 };

const toc_call *toc_bind_call_read(toc_spec *outer) {
    static const char *const keys[] = {"says", "answers", "within"};
    if (!toc_spec_has(outer, "call")) {
        return NULL;
    }
    toc_spec spec = toc_spec_open_inner(outer, "call", keys, sizeof keys / sizeof *keys);
    toc_call *call = toc_arena_alloc(outer->drill->arena, sizeof *call);
    *call = (toc_call){.script = toc_bind_wording_text(&spec, "says", ""),
                       .within = toc_spec_time(&spec, "within", 5 * TOC_MINUTE)};
    if (call->script[0] == '\0') {
        toc_spec_complain(&spec, NULL, "a call needs what is said in it: says = \"...\"");
    }
    if (toc_spec_has(&spec, "answers")) {
        call->answer_count = toc_bind_wording_list(&spec, "answers", &call->answers);
    }
    if (call->answer_count % 2 != 0) {
        toc_spec_complain(&spec, "answers",
                          "answers: expected what may be asked and what is answered, by turns; "
                          "one of %u has no partner",
                          call->answer_count);
        call->answer_count--;
    }
    if (call->within <= 0 || call->within > LONGEST_HOURS * TOC_HOUR) {
        toc_spec_complain(&spec, "within", "within: expected a time up to %d hours", LONGEST_HOURS);
        call->within = 5 * TOC_MINUTE;
    }
    lua_pop(outer->lua, 1);
    return call;
}
