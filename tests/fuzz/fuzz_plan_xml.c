/* Any bytes as an emergency plan: refused with a problem, or a plan whose every reference leads
   somewhere, and backwards where it is to a step. */
#include "formats/emergency_plan.h"
#include "kernel/assert.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_step(const toc_emergency_plan *plan, int index) {
    const toc_emergency_plan_step *step = &plan->steps[index];
    TOC_ASSERT(step->role >= 0 && step->role < plan->role_count);
    TOC_ASSERT(step->level >= TOC_EMERGENCY_PLAN_NONE && step->level < plan->level_count);
    TOC_ASSERT(step->from >= TOC_EMERGENCY_PLAN_NONE && step->from < index);
    TOC_ASSERT(step->after >> index == 0);
    TOC_ASSERT(step->within >= 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    toc_formats_source source = {(const char *)data, size, "fuzzed.xml"};
    toc_problems *problems = toc_problems_create();
    toc_emergency_plan *plan = NULL;
    toc_status status = toc_emergency_plan_read(&source, problems, &plan);
    if (status == TOC_OK) {
        for (int i = 0; i < plan->step_count; i++) {
            check_step(plan, i);
        }
        for (int i = 0; i < plan->level_count; i++) {
            TOC_ASSERT(plan->levels[i].by >= 0 && plan->levels[i].by < plan->role_count);
        }
    } else {
        TOC_ASSERT(status == TOC_BAD_INPUT && plan == NULL);
        TOC_ASSERT(toc_problems_count(problems, TOC_ERROR) > 0);
    }
    toc_emergency_plan_destroy(plan);
    toc_problems_destroy(problems);
    return 0;
}
