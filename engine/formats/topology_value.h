/* Topology value: what attributes of the native file say, checked. A mistake is told at its
   attribute and the value left as it was. */
#ifndef FORMATS_TOPOLOGY_VALUE_H
#define FORMATS_TOPOLOGY_VALUE_H

#include "formats/topology_reader.h"

/* Tells a mistake at the attribute. */
void toc_topology_value_wrong(toc_topology_reader *reader, toc_topology_attribute attribute,
                              const char *expected, const char *nearest);
bool toc_topology_value_has(const toc_topology_reader *reader, toc_topology_attribute attribute);
/* "" where it is not there. */
const char *toc_topology_value_text(const toc_topology_reader *reader,
                                    toc_topology_attribute attribute);
/* The place in `words` (ended by NULL), `fallback` where the attribute is not there or wrong. */
int toc_topology_value_word(toc_topology_reader *reader, toc_topology_attribute attribute,
                            const char *const *words, int fallback);
/* "yes" or "no"; false where it is not there. */
bool toc_topology_value_yes(toc_topology_reader *reader, toc_topology_attribute attribute);
void toc_topology_value_whole(toc_topology_reader *reader, toc_topology_attribute attribute,
                              int64_t most, int64_t *out);
/* A decimal number from 0 up, in units of `base` each. */
void toc_topology_value_amount(toc_topology_reader *reader, toc_topology_attribute attribute,
                               int64_t base, int64_t *out);
/* A number from 0 to `most`, in millionths. */
void toc_topology_value_ppm(toc_topology_reader *reader, toc_topology_attribute attribute,
                            int64_t most, int64_t *out);
/* Kilometres, in metres. */
void toc_topology_value_km(toc_topology_reader *reader, toc_topology_attribute attribute,
                           int32_t *out);
void toc_topology_value_real(toc_topology_reader *reader, toc_topology_attribute attribute,
                             double *out);
void toc_topology_value_time(toc_topology_reader *reader, toc_topology_attribute attribute,
                             toc_time *out);
/* Number and unit in one, of the dimension given; `example` is shown where it is not. */
void toc_topology_value_quantity(toc_topology_reader *reader, toc_topology_attribute attribute,
                                 const char *dimension, const char *example, int64_t *out);
/* The same of any dimension; tells the unit. */
void toc_topology_value_any(toc_topology_reader *reader, toc_topology_attribute attribute,
                            const char *example, int64_t *out, const toc_unit **out_unit);
/* Power to the milliwatt. */
void toc_topology_value_milliwatts(toc_topology_reader *reader, toc_topology_attribute attribute,
                                   int64_t *out);
/* NULL where there is no such unit. */
const toc_unit *toc_topology_value_unit(toc_topology_reader *reader,
                                        toc_topology_attribute attribute);

#endif
