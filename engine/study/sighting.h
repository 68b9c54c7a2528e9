/* Sighting: what one run shows of the things that claims are about, from its trace. */
#ifndef STUDY_SIGHTING_H
#define STUDY_SIGHTING_H

#include "tocsin/claim.h"
#include "tocsin/trace.h"

/* One claim in one run. */
typedef struct toc_sighting {
    toc_time at; /* when it happened first; TOC_NEVER: it did not */
    bool known;  /* there is such a thing in the drill */
} toc_sighting;

typedef struct toc_sightings toc_sightings;

/* Of `count` claims, which must outlive it. */
toc_sightings *toc_sighting_begin(const toc_claims *claims);
void toc_sighting_see(void *sightings, const toc_trace_entry *entry); /* a toc_trace_sink */
/* After the last entry. */
toc_sighting toc_sighting_of(const toc_sightings *sightings, size_t claim);
/* The name most like the claim's among those of its kind that the run knows, or NULL. */
const char *toc_sighting_nearest(const toc_sightings *sightings, size_t claim);
void toc_sighting_free(toc_sightings *sightings);

bool toc_sighting_holds(const toc_claim *claim, toc_sighting sighting);

#endif
