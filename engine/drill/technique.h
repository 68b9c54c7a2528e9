/* Technique: what ATT&CK for ICS calls the ways of an adversary. Ids and names only. */
#ifndef DRILL_TECHNIQUE_H
#define DRILL_TECHNIQUE_H

/* The id itself as a constant, and the name; NULL where there is none in force. */
const char *toc_technique_id(const char *id);
const char *toc_technique_name(const char *id);
/* The id most like `id`, or of the technique whose name is most like it; NULL. */
const char *toc_technique_nearest(const char *id);

#endif
