/* EPANET field: the lines of a .cpa file, cut at their commas. */
#ifndef FORMATS_EPANET_FIELD_H
#define FORMATS_EPANET_FIELD_H

#include "kernel/arena.h"
#include "kernel/names.h"
#include "tocsin/formats.h"

#include <stdbool.h>

enum { TOC_EPANET_FIELDS = 8 };

typedef struct toc_epanet_fields {
    toc_arena *arena;
    const char *file;
    toc_problems *problems;
    char *at, *end;      /* of what is left of the file */
    uint32_t line;       /* the present one */
    const char *section; /* "CYBERNODES", "" before the first */
    const char *remark;  /* the comment lines just before, made one; "" where there are none */
    uint32_t count;
    char *field[TOC_EPANET_FIELDS]; /* without blanks around them */
    uint32_t column[TOC_EPANET_FIELDS];
    bool failed;
} toc_epanet_fields;

/* False and told where the source is no text. Texts live in the arena. */
bool toc_epanet_field_start(toc_epanet_fields *fields, const toc_formats_source *source,
                            toc_arena *arena, toc_problems *problems);
/* The next line that says something; false at the end of the file. */
bool toc_epanet_field_next(toc_epanet_fields *fields);
/* "" where the line has no such field. */
const char *toc_epanet_field_at(const toc_epanet_fields *fields, uint32_t field);
void toc_epanet_field_wrong(toc_epanet_fields *fields, uint32_t field, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* "there is no WHAT 'NAME'", with the nearest. */
void toc_epanet_field_unknown(toc_epanet_fields *fields, uint32_t field, const char *what,
                              const char *name, const toc_names *ids);
/* The next blank-separated word of *at, which moves behind it; "" where there is none. */
const char *toc_epanet_field_word(toc_epanet_fields *fields, const char **at);

#endif
