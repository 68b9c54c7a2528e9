/* Gate: what one network address may ask of the server before it has shown a token: so many
   connections at a time, and so many wrong tokens. */
#ifndef SERVER_GATE_H
#define SERVER_GATE_H

#include <stdbool.h>
#include <stdint.h>

enum {
    TOC_GATE_WAITING = 1024,  /* connections of one address that have not shown a token; a whole
                                 room of consoles may sit behind one address and come at once */
    TOC_GATE_WRONG_BURST = 10 /* wrong tokens of one address at once; then one every second */
};

typedef struct toc_gate toc_gate;

toc_gate *toc_gate_create(void);
void toc_gate_destroy(toc_gate *gate);
/* Somebody has connected; false: too many of that address wait already, and it is not counted. */
bool toc_gate_arrive(toc_gate *gate, const char *address);
/* One who arrived has shown a token, or has gone. */
void toc_gate_leave(toc_gate *gate, const char *address);
/* Whether a token from there is looked at; `now` in microseconds of a clock that never goes back.
 */
bool toc_gate_may_try(toc_gate *gate, const char *address, int64_t now);
/* A token from there was wrong. */
void toc_gate_failed(toc_gate *gate, const char *address, int64_t now);

#endif
