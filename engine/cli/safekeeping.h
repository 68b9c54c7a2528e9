/* Safekeeping: what a record's owner asks for it: a suite, a signature, a day of destruction, a
   passphrase. */
#ifndef CLI_SAFEKEEPING_H
#define CLI_SAFEKEEPING_H

#include "cli/cli.h"
#include "tocsin/record.h"

enum { TOC_SAFEKEEPING_PASSPHRASE = 1024 };
/* What a locked record's name ends with. */
#define TOC_SAFEKEEPING_ENDING ".locked"

/* --suite and --keep-until into the meta; wrong usage where they are none. */
toc_status toc_safekeeping_read(toc_cli_call *call, toc_record_meta *meta);
/* Has a record that was just created signed with --sign; where that cannot be, it is closed and
   nothing is left of it. */
toc_status toc_safekeeping_begin(toc_cli_call *call, toc_record **record, const char *path);
/* "2028-01-31". */
bool toc_safekeeping_is_day(const char *text);
/* From the first line of --passphrase-file, else asked for on the terminal, twice where `anew`. */
toc_status toc_safekeeping_passphrase(toc_cli_call *call, bool anew,
                                      char out[TOC_SAFEKEEPING_PASSPHRASE]);
/* `to` stands whole: `from` goes, unless --keep, and the user is told. */
toc_status toc_safekeeping_replace(toc_cli_call *call, const char *from, const char *to);

#endif
