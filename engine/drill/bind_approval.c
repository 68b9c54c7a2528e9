/* Bindings of approvals: which actions another person has to allow. */
#include "drill/approval.h"
#include "drill/bindings.h"
#include "drill/spec.h"

/* The verbs, as many as there are of those that were named. */
static uint32_t read_verbs(toc_spec *spec, const char *const **out_verbs) {
    const char **names = NULL;
    char hint[96];
    uint32_t count = toc_spec_texts(spec, "verb", &names), kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        toc_action_verb verb = toc_action_find(names[i]);
        if (verb == TOC_VERBS) {
            toc_spec_complain(spec, "verb", "'%.60s' is no action%s", names[i],
                              toc_spec_hint(toc_action_nearest(names[i]), hint, sizeof hint));
        } else if (verb == TOC_VERB_APPROVE || verb == TOC_VERB_REJECT) {
            toc_spec_complain(spec, "verb", "'%s' is an answer, which nobody need approve",
                              names[i]);
        } else {
            names[kept++] = names[i];
        }
    }
    if (count == 0) {
        toc_spec_complain(spec, NULL, "an approval says which actions it is for: verb");
    }
    *out_verbs = names;
    return kept;
}

/* (drill, options) */
int toc_bind_approval_declare(lua_State *lua) {
    static const char *const keys[] = {"verb", "by", "on", "team", "within"};
    const char **by = NULL;
    (void)toc_bind_drill_self(lua);
    toc_spec_declares(lua, "drill:approval");
    toc_spec spec = toc_spec_open(lua, 2, "approval", keys, sizeof keys / sizeof *keys);
    toc_spec_charge(lua, sizeof(toc_approval_rule));
    toc_approval_rule rule = {.team = toc_spec_text(&spec, "team", ""),
                              .within = toc_spec_time(&spec, "within", 30 * TOC_MINUTE),
                              .place = spec.place};
    rule.verb_count = read_verbs(&spec, &rule.verbs);
    rule.by_count = toc_spec_texts(&spec, "by", &by);
    rule.by = (const char *const *)by;
    if (rule.by_count == 0) {
        toc_spec_complain(&spec, NULL, "an approval says who gives it: by");
    }
    if (rule.within <= 0) {
        toc_spec_complain(&spec, "within", "an approval takes time: within is above 0");
    }
    if (toc_spec_has(&spec, "on")) {
        rule.element_count = toc_spec_elements(&spec, "on", &rule.elements);
    }
    if (!spec.faulty) {
        toc_approval_add(spec.drill, &rule);
    }
    return 0;
}
