/* Signet: a key that signs the head of a record, or tells whether it did. Keys are PEM files as
   OpenSSL writes them; SM2 signs with the usual identifier 1234567812345678 (GM/T 0009). */
#ifndef RECORD_SIGNET_H
#define RECORD_SIGNET_H

#include <stdbool.h>
#include <stddef.h>

#include "record/suite.h"
#include "tocsin/problems.h"

enum { TOC_SIGNET_TEXT = 512 }; /* room for a key or a signature as hexadecimal digits */

typedef struct toc_signet toc_signet;

/* Makes a key of the suite: `path`, which must not exist, for its owner's eyes only, and the public
   half as `path`.pub. */
toc_status toc_signet_make(const char *path, toc_suite suite, toc_problems *problems);
/* A private key, or only the public half of one. A key of another suite is refused. */
toc_status toc_signet_load(const char *path, toc_suite suite, bool is_private,
                           toc_problems *problems, toc_signet **out_signet);
void toc_signet_destroy(toc_signet *signet);
/* The public half as hexadecimal digits. */
void toc_signet_print(const toc_signet *signet, char out[TOC_SIGNET_TEXT]);
/* Signs the text; the signature as hexadecimal digits. */
void toc_signet_sign(const toc_signet *signet, const char *text, char out[TOC_SIGNET_TEXT]);
/* Whether the key printed as `key` signed the text so. */
bool toc_signet_check(toc_suite suite, const char *key, const char *text, const char *signature);

#endif
