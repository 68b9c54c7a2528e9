/* Any bytes as a planner's event list, a table or a workbook: refused with a problem, or a list
   that comes back whole from what is written of it. */
#include <string.h>

#include "kernel/assert.h"
#include "tocsin/msel.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_return(const toc_msel *msel, toc_msel_clock clock, toc_problems *problems) {
    toc_formats_buffer buffer = {NULL, 0, 0};
    toc_msel *again = NULL;
    toc_msel_layout_csv(msel, TOC_MSEL_LAYOUT_TOCSIN, clock, &buffer);
    toc_formats_source source = {buffer.bytes, buffer.size, "again.csv"};
    toc_status status = toc_msel_read(&source, clock, problems, &again);
    TOC_ASSERT(status == TOC_OK && toc_msel_count(again) == toc_msel_count(msel));
    for (uint32_t i = 0; i < toc_msel_count(msel); i++) {
        const toc_msel_entry *one = toc_msel_at(msel, i), *other = toc_msel_at(again, i);
        TOC_ASSERT(one->at == other->at);
        TOC_ASSERT(strcmp(one->cells[TOC_MSEL_MESSAGE], other->cells[TOC_MSEL_MESSAGE]) == 0);
    }
    toc_msel_destroy(again);
    toc_formats_buffer_finish(&buffer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    toc_formats_source source = {(const char *)data, size, "fuzzed"};
    toc_msel_clock clock = toc_msel_clock_of("2026-10-05 19:00 UTC");
    toc_problems *problems = toc_problems_create();
    toc_msel *msel = NULL;
    toc_status status = toc_msel_read(&source, clock, problems, &msel);
    if (status == TOC_OK) {
        check_return(msel, clock, problems);
    } else {
        TOC_ASSERT(status == TOC_BAD_INPUT && msel == NULL);
        TOC_ASSERT(toc_problems_count(problems, TOC_ERROR) > 0);
    }
    toc_msel_destroy(msel);
    toc_problems_destroy(problems);
    return 0;
}
