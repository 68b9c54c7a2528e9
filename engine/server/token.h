/* Token: what opens a seat: 256 bits by chance, shown once. Kept is its SHA-256 alone, with the
   drill, the seats, the role and until when. */
#ifndef SERVER_TOKEN_H
#define SERVER_TOKEN_H

#include <stdbool.h>
#include <stdint.h>

#include "tocsin/problems.h"
#include "wire/wire.h"

enum { TOC_TOKEN_TEXT = 65 }; /* 64 hexadecimal digits and a zero */

typedef struct toc_token_grant {
    const char *seats; /* "gridco.dispatcher gridco.soc", separated by blanks */
    const char *role;  /* player, control, evaluator, observer */
    int64_t expires;   /* seconds since 1970, UTC */
} toc_token_grant;

typedef struct toc_token_book toc_token_book;

/* Of one drill, by whatever names it. */
toc_token_book *toc_token_create(const char *drill);
void toc_token_destroy(toc_token_book *book);
/* Makes a token; `out` is the only place where it ever stands. */
toc_status toc_token_issue(toc_token_book *book, const toc_token_grant *grant,
                           toc_problems *problems, char out[TOC_TOKEN_TEXT]);
/* Ends every token of exactly these seats; how many. */
uint32_t toc_token_revoke(toc_token_book *book, const char *seats);
uint32_t toc_token_count(const toc_token_book *book);
toc_token_grant toc_token_at(const toc_token_book *book, uint32_t index);
/* Writes the file anew, as a whole, for its owner's eyes only. */
toc_status toc_token_save(const toc_token_book *book, const char *path, toc_problems *problems);
/* What is no line of such a file is told with its place; so is a file of another drill. */
toc_status toc_token_load(const char *path, const char *drill, toc_problems *problems,
                          toc_token_book **out_book);
/* Whether the token opens `seat`, "" for its only or first one, at the moment `now` (seconds since
   1970). TOC_WIRE_NONE and *out_grant; or why not. How long it takes says nothing of how nearly it
   was right. */
toc_wire_reason toc_token_check(const toc_token_book *book, const char *token, const char *seat,
                                int64_t now, toc_token_grant *out_grant);

#endif
