/* Presence: what people did around a live drill, from its journal: who sat where, what evaluators
   wrote down while they watched, and how control ran it. Nothing where nobody did anything. */
#ifndef EVALUATION_PRESENCE_H
#define EVALUATION_PRESENCE_H

#include "evaluation/html.h"
#include "evaluation/measure.h"

void toc_presence_write(const toc_measures *measures, toc_html *html);

#endif
