/* Audit: what is no mistake in a network, but says something else than somebody meant: rules that
   are never read, conduits that let nothing pass, traffic that never passes, weaknesses that nobody
   can use. */
#ifndef MODEL_AUDIT_H
#define MODEL_AUDIT_H

#include "model/draft.h"

/* Adds warnings to a draft that is resolved without errors. Its effort is bounded: of networks with
   very many rules the rest goes untold. */
void toc_audit_network(toc_builder *builder);

#endif
