/* CAP: public warnings of a drill as messages of the Common Alerting Protocol 1.2 (OASIS), for the
   tools that teams use. Every one has status Exercise and no other can be written; none has the
   scope Public. */
#ifndef TOCSIN_CAP_H
#define TOCSIN_CAP_H

#include <stddef.h>
#include <stdint.h>

typedef enum toc_cap_type { TOC_CAP_ALERT, TOC_CAP_UPDATE, TOC_CAP_CANCEL } toc_cap_type;
typedef enum toc_cap_severity {
    TOC_CAP_UNKNOWN,
    TOC_CAP_MINOR,
    TOC_CAP_MODERATE,
    TOC_CAP_SEVERE,
    TOC_CAP_EXTREME
} toc_cap_severity;

typedef struct toc_cap_alert {
    const char *identifier; /* unique among those of the sender; blanks, commas, < and & become - */
    const char *sender;     /* likewise; "gridco.exercise.invalid" */
    int64_t moment;         /* when it is sent: microseconds since 1970, UTC */
    toc_cap_type type;
    const char *references; /* "sender,identifier,sent" of those it updates; NULL: none */
    const char *exercise;   /* the drill's title: named in the note and before every text */
    const char *addresses;  /* whom it is meant for: scope Private; NULL: scope Restricted */
    const char *language;   /* "en", "zh" */
    const char *event;      /* "power outage" */
    const char *headline, *description;
    const char *area; /* in words */
    toc_cap_severity severity;
} toc_cap_alert;

/* The message as XML in UTF-8, freed by the caller with toc_cap_free; never NULL. */
char *toc_cap_write(const toc_cap_alert *alert, size_t *out_size);
void toc_cap_free(char *text);

#endif
