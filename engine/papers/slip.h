/* Slip: what a person gets handed to join a live drill with: where, as whom, and the token, once in
   letters and once as a QR code (ISO/IEC 18004) that opens the page. Whoever holds it sits there.
 */
#ifndef PAPERS_SLIP_H
#define PAPERS_SLIP_H

#include <stddef.h>

#include "tocsin/formats.h"
#include "tocsin/roster.h"

typedef struct toc_slip {
    const toc_roster_person *person;
    const char *token;
} toc_slip;

typedef struct toc_slip_sheet {
    const char *title;          /* the drill's */
    const char *classification; /* "" for none */
    const char *address;        /* "https://drill.example:7443/" */
    const char *until;          /* when tokens end, as people read it */
    const char *language;       /* of those whose roster line says none */
    const toc_slip *slips;
    size_t count;
} toc_slip_sheet;

/* Appends one HTML page with a slip for each, cut apart after printing. */
void toc_slip_write(const toc_slip_sheet *sheet, toc_formats_buffer *buffer);

#endif
