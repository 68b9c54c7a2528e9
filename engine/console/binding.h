/* Binding: the commands that have a key or stand in the palette. */
#ifndef CONSOLE_BINDING_H
#define CONSOLE_BINDING_H

#include <stdbool.h>
#include <stdint.h>

#include "console/lexicon.h"

typedef struct toc_binding {
    const char *command, *argument;
    const char *key; /* "" none */
    toc_lexicon_id what;
    char desk; /* 'P', 'C', 'E'; 'A' all */
} toc_binding;

/* By number from 0, of those that a desk has; NULL behind the last. */
const toc_binding *toc_binding_at(uint32_t number, char desk);
/* NULL where the key does nothing there. */
const toc_binding *toc_binding_of_key(const char *key, char desk);

#endif
