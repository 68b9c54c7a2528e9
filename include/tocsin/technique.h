/* Technique: what ATT&CK for ICS calls the ways of an adversary: what they are for, on what they
   can be used, and what stands against them. */
#ifndef TOCSIN_TECHNIQUE_H
#define TOCSIN_TECHNIQUE_H

#include <stdbool.h>
#include <stddef.h>

#include "tocsin/topology.h"

/* The id itself as a constant, and the name; NULL where there is none in force. */
const char *toc_technique_id(const char *id);
const char *toc_technique_name(const char *id);
/* The id most like `id`, or of the technique whose name is most like it; NULL. */
const char *toc_technique_nearest(const char *id);

/* Blank-separated: "inhibit-response-function impact"; "M0807 M0930". NULL as above. */
const char *toc_technique_tactics(const char *id);
const char *toc_technique_mitigations(const char *id);
/* Whether it can be used on assets of that kind. Kinds that ATT&CK has no name for, plants and
   places among them, stand for the devices in them: anything can. */
bool toc_technique_fits(const char *id, toc_asset_kind kind);
/* The kinds that it is about, "hmi, plc and 3 more", into `buffer`, which is returned. */
const char *toc_technique_kinds(const char *id, char *buffer, size_t size);

/* What a mitigation is: its name, and by `label` the requirements of IEC 62443 ("SR 2.1; CR 2.1")
   and the controls of NIST SP 800-53 ("AC-3"); NULL where there is none of that id. */
typedef struct toc_technique_mitigation {
    const char *id, *name, *iec62443, *nist80053;
} toc_technique_mitigation;

const toc_technique_mitigation *toc_technique_find_mitigation(const char *id);

#endif
