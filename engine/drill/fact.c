#include "drill/fact.h"

#include "drill/approval.h"
#include "drill/decision.h"
#include "drill/duty.h"
#include "drill/emergency.h"
#include "drill/gridwork.h"
#include "drill/inject.h"
#include "drill/objective.h"
#include "drill/persona.h"
#include "drill/phase.h"
#include "drill/state.h"
#include "drill/variable.h"
#include "drill/wording.h"

void toc_fact_put(toc_drill *drill, const char *verb, const char *subject, const char *actor,
                  const char *text, int64_t before) {
    toc_trace_put(drill, TOC_TRACE_FACT, subject, actor, verb, text, before, 0);
}

void toc_fact_begin(toc_drill *drill) {
    toc_fact_put(drill, "form", "", "", drill->form, 0);
    toc_fact_put(drill, "span", "", "", drill->span, 0);
    toc_fact_put(drill, "content", "", "", drill->content, 0);
    toc_fact_put(drill, "starts", "", "", drill->starts, 0);
    if (drill->classification[0] != '\0') {
        toc_fact_put(drill, "classification", "", "", drill->classification, 0);
    }
    const char *const said[][2] = {
        {"place", drill->place}, {"organiser", drill->organiser}, {"purpose", drill->purpose}};
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        if (said[i][1][0] != '\0') {
            toc_fact_put(drill, said[i][0], "", "", said[i][1], 0);
        }
    }
    toc_fact_put(drill, "length", "", "", "", drill->length);
    if (toc_gridwork_rule(drill)[0] != '\0') {
        toc_fact_put(drill, "power", "", "", toc_gridwork_rule(drill), 0);
    }
    toc_fact_put(drill, "topology", "", "", drill->topology_path, 0);
    for (uint32_t i = 0; i < toc_names_count(drill->seat_names); i++) {
        toc_fact_put(drill, "seat", toc_names_at(drill->seat_names, i), "", "", 0);
    }
    toc_objective_facts(drill);
    toc_duty_facts(drill);
    toc_emergency_facts(drill);
    toc_decision_facts(drill);
    toc_approval_facts(drill);
    toc_phase_facts(drill);
    toc_persona_facts(drill);
    toc_variable_facts(drill);
    toc_inject_facts(drill);
    toc_wording_facts(drill);
}
