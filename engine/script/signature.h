/* Signature: what a binding's row says of its call, taken apart:
     asset.id: string                     a field
     t.between(name: string, low?: time) -> integer
     drill:team "gridco" { "a", ... }     a call without brackets, one argument after the other */
#ifndef SCRIPT_SIGNATURE_H
#define SCRIPT_SIGNATURE_H

#include <stdbool.h>
#include <stddef.h>

enum { TOC_SIGNATURE_ARGUMENTS = 48 };

typedef struct toc_signature_part {
    const char *text; /* within the signature, not ended by a zero */
    size_t length;
} toc_signature_part;

/* An argument, or an entry of a table of options. */
typedef struct toc_signature_argument {
    toc_signature_part name, type; /* empty where not said; a name of "..." stands for any more */
    bool is_optional, is_table;    /* a table: the type is what stands between its braces */
} toc_signature_argument;

typedef struct toc_signature {
    toc_signature_argument arguments[TOC_SIGNATURE_ARGUMENTS];
    size_t count;
    bool is_field;
    bool is_curried;           /* without brackets */
    toc_signature_part result; /* type of the field or of what the call gives; empty: nothing */
} toc_signature;

/* False where the signature is written in none of these ways; `name` is the row's. */
bool toc_signature_read(const char *text, const char *name, toc_signature *out);
/* The entries between a table's braces; false where they are wrong. */
bool toc_signature_entries(toc_signature_part inside, toc_signature *out);

#endif
