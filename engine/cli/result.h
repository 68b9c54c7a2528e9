/* Result: how a drill stands, as a document for machines and as a table for people. */
#ifndef CLI_RESULT_H
#define CLI_RESULT_H

#include "cli/cli.h"
#include "tocsin/drill.h"

typedef struct toc_result {
    const toc_drill *drill;
    const toc_package *files;     /* that were played; NULL: what is handed out is not listed */
    const char *package, *policy; /* policy "" where none played */
    const char *language;         /* of texts; NULL: as the drill has them */
    uint64_t seed;
} toc_result;

json_t *toc_result_json(const toc_result *result);
void toc_result_print(const toc_result *result);

#endif
