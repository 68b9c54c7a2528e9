/* Launcher: what there is to play, to join or to look at again, before anybody is connected. */
#ifndef CONSOLE_LAUNCHER_H
#define CONSOLE_LAUNCHER_H

#include <stdbool.h>
#include <stddef.h>

/* A drill that can be played here, or a record. Texts outlive the launcher. */
typedef struct toc_launcher_offer {
    const char *path, *title, *about; /* about: kind and length, in words */
    const char *const *seats;         /* ended by NULL; of a record NULL */
} toc_launcher_offer;

typedef enum toc_launcher_kind {
    TOC_LAUNCHER_PLAY,
    TOC_LAUNCHER_JOIN,
    TOC_LAUNCHER_REVIEW
} toc_launcher_kind;

typedef struct toc_launcher_wish {
    toc_launcher_kind kind;
    char path[4096]; /* of a package or record */
    char seat[201], url[512], token[129];
} toc_launcher_wish;

#endif
