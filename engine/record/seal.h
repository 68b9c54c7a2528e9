/* Seal: what makes every byte of a finished record count. Behind SQLite's last page stand a hash of
   each page and a hash over those, so that a changed byte names the page it is in. */
#ifndef RECORD_SEAL_H
#define RECORD_SEAL_H

#include <stdbool.h>

#include "tocsin/problems.h"

/* Puts a sealed copy in the place of a file that nobody has open. A power cut leaves either the one
   or the other, whole and under its name. */
toc_status toc_seal_write(const char *path, toc_problems *problems);
/* The same file without its seal, under a name that must be free. */
toc_status toc_seal_take_off(const char *path, const char *copy, toc_problems *problems);
/* Checks it. *out_sealed says whether there is one: a record of an unfinished drill has none. */
toc_status toc_seal_check(const char *path, bool *out_sealed, toc_problems *problems);

#endif
