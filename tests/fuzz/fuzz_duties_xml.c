/* Any bytes as rules of reporting: refused with a problem, or rules whose every reference leads
   somewhere. */
#include "formats/rulebook.h"
#include "kernel/assert.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_duty(const toc_rulebook *book, const toc_rulebook_duty *duty) {
    uint64_t all =
        book->item_count == TOC_RULEBOOK_ITEMS ? UINT64_MAX : (UINT64_C(1) << book->item_count) - 1;
    TOC_ASSERT(duty->from >= 0 && duty->from < book->role_count);
    TOC_ASSERT(duty->to_count > 0);
    for (int i = 0; i < duty->to_count; i++) {
        TOC_ASSERT(duty->to[i] >= 0 && duty->to[i] < book->role_count);
    }
    TOC_ASSERT(duty->least < book->level_count && duty->below < book->level_count);
    TOC_ASSERT((duty->content & ~all) == 0 && (duty->at_once & ~duty->content) == 0);
    TOC_ASSERT(duty->within >= 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    toc_formats_source source = {(const char *)data, size, "fuzzed.xml"};
    toc_problems *problems = toc_problems_create();
    toc_rulebook *book = NULL;
    toc_status status = toc_rulebook_read(&source, problems, &book);
    if (status == TOC_OK) {
        for (int i = 0; i < book->duty_count; i++) {
            check_duty(book, &book->duties[i]);
        }
        for (int i = 0; i < book->when_count; i++) {
            TOC_ASSERT(book->whens[i].level >= 0 && book->whens[i].level < book->level_count);
        }
    } else {
        TOC_ASSERT(status == TOC_BAD_INPUT && book == NULL);
        TOC_ASSERT(toc_problems_count(problems, TOC_ERROR) > 0);
    }
    toc_rulebook_destroy(book);
    toc_problems_destroy(problems);
    return 0;
}
