/* Saves: waits until somebody has saved something in a folder, or wants to stop. */
#ifndef CLI_SAVES_H
#define CLI_SAVES_H

#include <stdbool.h>

typedef enum toc_saves_news { TOC_SAVES_CHANGED, TOC_SAVES_STOP } toc_saves_news;

typedef struct toc_saves {
    const char *folder;
    int inotify; /* -1: the system gives no more of them; looks are taken now and then instead */
    int stop;    /* where an interrupt is read */
} toc_saves;

/* From now on an interrupt (Ctrl-C) or a wish to end is told by toc_saves_wait. The folder's name
   must live as long. False, with errno, where not even signals can be had. */
bool toc_saves_begin(toc_saves *saves, const char *folder);
void toc_saves_end(toc_saves *saves);
/* Editors save in several steps: this returns when it has been quiet for a moment. Without inotify
   it says "changed" after a while, whether something has or not. */
toc_saves_news toc_saves_wait(toc_saves *saves);

#endif
