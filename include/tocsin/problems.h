/* Problems: every mistake found in what a user gave us, with its place and its remedy. */
#ifndef TOCSIN_PROBLEMS_H
#define TOCSIN_PROBLEMS_H

#include <stddef.h>
#include <stdint.h>

#include "tocsin/status.h"

typedef enum toc_severity { TOC_ERROR, TOC_WARNING } toc_severity;

/* Where: line 0 says the file as a whole, column 0 the line as a whole, file NULL no place. */
typedef struct toc_place {
    const char *file;
    uint32_t line, column;
} toc_place;

typedef struct toc_problem {
    toc_severity severity;
    toc_place place;
    const char
        *text; /* what was found and what was expected, one line, already harmless to print */
} toc_problem;

typedef struct toc_problems toc_problems;

toc_problems *toc_problems_create(void);
void toc_problems_destroy(toc_problems *problems);

/* Each copies file and text; control and bidi characters become visible escapes. Past a thousand,
   problems are counted and no longer kept. The status returned is the one to return in turn. The
   same at the same place is told and counted once. */
toc_status toc_problems_error(toc_problems *problems, toc_place place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
toc_status toc_problems_fault(toc_problems *problems, toc_place place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void toc_problems_warn(toc_problems *problems, toc_place place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

size_t toc_problems_count(const toc_problems *problems, toc_severity severity);
/* All kept problems in the order found; index below toc_problems_kept(). */
size_t toc_problems_kept(const toc_problems *problems);
toc_problem toc_problems_at(const toc_problems *problems, size_t index);

/* The text of the table most like `name`, to be offered in its place; NULL where none is near. */
const char *toc_problems_nearest(const char *const *table, size_t count, const char *name);

/* Copies `text` as problems show it: what a terminal would obey, what turns text around and what is
   no UTF-8 become visible escapes; cut with an ellipsis where it does not fit. Gives `buffer`, of
   at least 16 bytes. */
const char *toc_problems_show(const char *text, char *buffer, size_t size);

/* Writes "file:line:column: text" (parts that are unknown left out) as one line without newline. */
size_t toc_problems_print(toc_problem problem, char *buffer, size_t size);

#endif
