/* EPANET text: a network file cut into sections, lines and words. What they mean is known
   elsewhere. */
#ifndef FORMATS_EPANET_TEXT_H
#define FORMATS_EPANET_TEXT_H

#include "kernel/arena.h"
#include "kernel/list.h"
#include "tocsin/formats.h"

#include <stdbool.h>

typedef enum toc_epanet_section {
#define TOC_EPANET_SECTION(id, letters, use) TOC_EPANET_##id,
#include "formats/epanet_section.def"
#undef TOC_EPANET_SECTION
    TOC_EPANET_SECTIONS
} toc_epanet_section;

enum { TOC_EPANET_WORDS = 128 };

typedef struct toc_epanet_line {
    uint32_t number;
    toc_epanet_section section;
    char *at; /* without its comment */
} toc_epanet_line;

typedef struct toc_epanet_text {
    toc_arena *arena;
    const char *file;
    toc_list lines; /* toc_epanet_line; empty ones and heads are none */
} toc_epanet_text;

/* The words of one line. */
typedef struct toc_epanet_words {
    uint32_t count, line;
    const char *word[TOC_EPANET_WORDS];
    uint32_t column[TOC_EPANET_WORDS];
} toc_epanet_words;

/* The text must be finished, also where it could not be read. */
toc_status toc_epanet_text_read(const toc_formats_source *source, toc_problems *problems,
                                toc_epanet_text *out_text);
void toc_epanet_text_finish(toc_epanet_text *text);
/* Cuts a line up: each line can be asked for once. Tells where it has too many words. */
bool toc_epanet_text_cut(const toc_epanet_text *text, uint32_t line, toc_problems *problems,
                         toc_epanet_words *out_words);
/* Whether `word` begins with `letters`, whatever their case: how EPANET knows its own words. */
bool toc_epanet_text_is(const char *word, const char *letters);
/* How many lines a section has. */
uint32_t toc_epanet_text_count(const toc_epanet_text *text, toc_epanet_section section);
/* Tells of the sections that bear on the supply and cannot be said in a topology. */
void toc_epanet_text_tell_lost(const toc_epanet_text *text, toc_problems *problems);

#endif
