/* Station: a desk as the bureau sees it: it puts its screen together and does what is asked there.
 */
#ifndef CONSOLE_STATION_H
#define CONSOLE_STATION_H

#include "console/post.h"

typedef struct toc_station {
    void *object;
    /* Adds its elements to what is open: the window below the bar. */
    void (*compose)(void *object, toc_post *post);
    /* True where the deed was one of its own. */
    bool (*obey)(void *object, toc_post *post, const toc_screen_deed *deed);
    void (*destroy)(void *object);
} toc_station;

#endif
