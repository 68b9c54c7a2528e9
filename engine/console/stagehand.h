/* Stagehand: plays a console by a script: keys, clicks and what is expected to be seen. */
#ifndef CONSOLE_STAGEHAND_H
#define CONSOLE_STAGEHAND_H

#include "console/bureau.h"
#include "tocsin/formats.h"

/* What a script needs of whoever runs the console. Each gives false where it cannot. */
typedef struct toc_stagehand_host {
    void *object;
    void (*show)(void *object);                 /* the screen as it is now */
    bool (*wait)(void *object, double seconds); /* on the wall; goes on hearing the server */
    bool (*advance)(void *object, toc_time by); /* the drill, by that much */
    bool (*shoot)(void *object, const char *path);
    bool (*resize)(void *object, int width, int height);
} toc_stagehand_host;

typedef struct toc_stagehand_result {
    uint32_t passed, failed; /* expectations */
} toc_stagehand_result;

/* Plays all lines; what fails or is not understood is told with its place in `problems`. */
toc_stagehand_result toc_stagehand_play(toc_bureau *bureau, const toc_formats_source *script,
                                        const toc_stagehand_host *host, toc_problems *problems);

#endif
