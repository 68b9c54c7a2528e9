/* Handbook: hosts with everything bound and nothing run. */
#include "tocsin/handbook.h"

#include "drill/bindings.h"
#include "drill/claim.h"
#include "drill/leaflet.h"
#include "drill/standin_state.h"
#include "drill/vocabulary.h"
#include "formats/schema_page.h"
#include "kernel/assert.h"
#include "script/bind_world.h"
#include "script/process.h"
#include "script/reference.h"

enum { SCENARIO, POLICY, EXPECTATIONS, PARTS };

static void write(void *object, const char *bytes, size_t size) {
    toc_formats_buffer_add(object, bytes, size);
}

void toc_handbook_write(toc_handbook_form form, toc_formats_buffer *out_buffer) {
    toc_problems *problems = toc_problems_create();
    toc_calendar *calendar = toc_calendar_create();
    toc_host_options options = {.name = "handbook"};
    toc_host *hosts[PARTS];
    toc_processes *processes[PARTS];
    for (int i = 0; i < PARTS; i++) {
        hosts[i] = toc_host_create(&options, problems);
        TOC_ASSERT(hosts[i] != NULL);
        processes[i] = toc_processes_create(hosts[i], calendar, problems, NULL, NULL);
    }
    toc_bind_drill_install(hosts[SCENARIO]);
    toc_bind_world_classes(hosts[SCENARIO]);
    toc_bind_seat_install(hosts[POLICY]);
    toc_bind_claim_install(hosts[EXPECTATIONS]);
    const toc_reference_part parts[PARTS] = {
        {hosts[SCENARIO], "tocsin", "t", "Scenarios: require \"tocsin\""},
        {hosts[POLICY], "tocsin.policy", "p", "Policies: require \"tocsin.policy\""},
        {hosts[EXPECTATIONS], "tocsin.expect", "e", "Expectations: require \"tocsin.expect\""}};
    const toc_reference_sink sink = {.write = write, .object = out_buffer};
    if (form == TOC_HANDBOOK_PAGE) {
        toc_reference_page(parts, PARTS, &sink);
        toc_leaflet_write(out_buffer);
        toc_schema_page_write(out_buffer);
        toc_vocabulary_write(out_buffer);
    } else {
        size_t unreadable = toc_reference_stubs(parts, PARTS,
                                                form == TOC_HANDBOOK_POLICY         ? POLICY
                                                : form == TOC_HANDBOOK_EXPECTATIONS ? EXPECTATIONS
                                                                                    : SCENARIO,
                                                &sink);
        TOC_ASSERT(unreadable == 0);
    }
    for (int i = 0; i < PARTS; i++) {
        toc_processes_destroy(processes[i]);
        toc_host_destroy(hosts[i]);
    }
    toc_calendar_destroy(calendar);
    toc_problems_destroy(problems);
}
