#define _GNU_SOURCE /* inotify, signalfd */

#include "cli/saves.h"

#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

/* A package is nested two deep. An editor's dance of renames is over in some milliseconds. */
enum { DEEPEST = 2, QUIET_MS = 40, LOOK_EVERY_MS = 500 };

static const uint32_t wanted =
    IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_CREATE | IN_ATTRIB;

/* Watches what is there; a folder that is watched already stays so. */
static void add(toc_saves *saves, const char *folder, int depth) {
    DIR *listing;
    struct dirent *entry;
    if (inotify_add_watch(saves->inotify, folder, wanted | IN_ONLYDIR) < 0 || depth == DEEPEST) {
        return;
    }
    listing = opendir(folder);
    while (listing != NULL && (entry = readdir(listing)) != NULL) {
        char path[4096];
        struct stat facts;
        int length = snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (entry->d_name[0] != '.' && length > 0 && (size_t)length < sizeof path &&
            stat(path, &facts) == 0 && S_ISDIR(facts.st_mode)) {
            add(saves, path, depth + 1);
        }
    }
    if (listing != NULL) {
        (void)closedir(listing);
    }
}

bool toc_saves_begin(toc_saves *saves, const char *folder) {
    sigset_t ends;
    (void)sigemptyset(&ends);
    (void)sigaddset(&ends, SIGINT);
    (void)sigaddset(&ends, SIGTERM);
    *saves = (toc_saves){folder, inotify_init1(IN_NONBLOCK | IN_CLOEXEC), -1};
    if (sigprocmask(SIG_BLOCK, &ends, NULL) == 0) {
        saves->stop = signalfd(-1, &ends, SFD_CLOEXEC);
    }
    if (saves->stop < 0) {
        int error = errno;
        toc_saves_end(saves);
        errno = error;
        return false;
    }
    if (saves->inotify >= 0) {
        add(saves, folder, 0);
    }
    return true;
}

void toc_saves_end(toc_saves *saves) {
    if (saves->inotify >= 0) {
        (void)close(saves->inotify);
    }
    if (saves->stop >= 0) {
        (void)close(saves->stop);
    }
}

/* Reads away what is there to read; false where nothing was. */
static bool drain(const toc_saves *saves) {
    char bytes[4096];
    bool any = false;
    while (read(saves->inotify, bytes, sizeof bytes) > 0) {
        any = true;
    }
    return any;
}

toc_saves_news toc_saves_wait(toc_saves *saves) {
    struct pollfd files[] = {{saves->stop, POLLIN, 0}, {saves->inotify, POLLIN, 0}};
    bool is_blind = saves->inotify < 0, changed = false;
    for (;;) {
        int patience = is_blind ? LOOK_EVERY_MS : changed ? QUIET_MS : -1;
        int ready = poll(files, is_blind ? 1 : 2, patience);
        if (ready < 0 && errno == EINTR) {
            continue;
        }
        if (ready < 0 || files[0].revents != 0) {
            return TOC_SAVES_STOP;
        }
        if (ready == 0) {
            break;
        }
        changed = drain(saves) || changed;
    }
    if (!is_blind) {
        add(saves, saves->folder, 0); /* folders may have come */
    }
    return TOC_SAVES_CHANGED;
}
