/* Likeness: names, addresses and numbers in a package that look like real ones. A drill's people,
   companies and networks are invented, so that nobody real is called, attacked or blamed by
   mistake. */
#ifndef TOCSIN_LIKENESS_H
#define TOCSIN_LIKENESS_H

#include <stddef.h>
#include <stdint.h>

#include "tocsin/package.h"
#include "tocsin/problems.h"

/* Warns of each, with its place and what to write instead: public IPv4 addresses outside RFC 5737,
   domains outside RFC 2606, telephone numbers outside those kept for fiction, well-known brands.
   Texts of scripts count, their comments do not; nor do notes.md and duties/, which cite the facts.
   How many there are. */
uint32_t toc_likeness_check(const toc_package *package, toc_problems *problems);
/* Copies a text that is to leave the drill: addresses that are not of RFC 5737, and domains and
   telephone numbers that look real, become "[withheld]". As snprintf, the bytes that it takes. */
size_t toc_likeness_screen(const char *text, char *buffer, size_t size);

#endif
