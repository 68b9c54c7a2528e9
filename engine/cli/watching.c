/* watch: plays a package to one instant, again whenever something in it is saved. */
#include "cli/command.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "cli/glimpse.h"
#include "cli/saves.h"

static const toc_cli_option options[] = {
    {"at", "T", "the instant to stand at (3h07m); the end of the drill where it is not said"},
    {"seed", "N", "luck of the drill; 1 where it is not said"},
    {"policy", "P", "who plays: reference (the default), none, or a .lua of the package"},
    {"language", "L", "show texts in en (the default) or zh, where they are written so"},
    {"looks", "N", "stop after so many looks; 0, the usual, goes on until Ctrl-C"},
};

struct watching {
    toc_cli_call *call;
    toc_glimpse_wish wish;
    uint64_t looks, most, seen; /* seen: digest of the package at the latest look */
    bool is_terminal;
};

static double now_ms(void) {
    struct timespec moment = {0};
    (void)clock_gettime(CLOCK_MONOTONIC, &moment);
    return (double)moment.tv_sec * 1e3 + (double)moment.tv_nsec / 1e6;
}

/* Problems are those of one look. */
static void tell(struct watching *watching, toc_status status, double took_ms) {
    toc_cli_call *call = watching->call;
    time_t now = time(NULL);
    struct tm parts;
    char clock[16] = "";
    if (localtime_r(&now, &parts) != NULL) {
        (void)strftime(clock, sizeof clock, "%H:%M:%S", &parts);
    }
    if (call->json && status != TOC_OK) {
        json_t *document = json_object();
        (void)json_object_set_new(document, "problems", toc_cli_problems_json(call));
        (void)json_dumpf(document, stdout, JSON_COMPACT | JSON_PRESERVE_ORDER);
        (void)fputc('\n', stdout);
        (void)fflush(stdout);
        json_decref(document);
        call->printed = true;
    }
    toc_cli_tell_problems(call);
    toc_cli_say(call, "%s %s in %.0f ms; %s", clock, status == TOC_OK ? "played" : "has mistakes",
                took_ms,
                watching->most != 0 && watching->looks >= watching->most
                    ? "that was the last look"
                    : "waiting for the next save (Ctrl-C ends)");
}

/* False where nothing in the package has changed since the latest look. */
static bool look(struct watching *watching) {
    toc_cli_call *call = watching->call;
    toc_package *package = NULL;
    double began = now_ms();
    toc_problems_destroy(call->problems);
    call->problems = toc_problems_create();
    toc_status status = toc_cli_package(call, 0, &package);
    uint64_t digest = status == TOC_OK ? toc_package_digest(package) : 0;
    if (watching->looks > 0 && digest == watching->seen) {
        toc_package_destroy(package);
        return false;
    }
    watching->seen = digest;
    watching->looks++;
    if (watching->is_terminal) {
        (void)fputs("\033[2J\033[H", stdout);
    }
    if (status == TOC_OK) {
        status = toc_glimpse_take(call, package, &watching->wish);
    }
    tell(watching, status, now_ms() - began);
    toc_package_destroy(package);
    return true;
}

static void go_on(struct watching *watching, toc_saves *saves) {
    do {
        (void)look(watching);
    } while ((watching->most == 0 || watching->looks < watching->most) &&
             toc_saves_wait(saves) == TOC_SAVES_CHANGED);
    /* what is wrong with the package was told when it was seen */
    toc_problems_destroy(watching->call->problems);
    watching->call->problems = toc_problems_create();
}

static toc_status run(toc_cli_call *call) {
    struct watching watching = {.call = call, .wish = {.seed = 1, .at = TOC_NEVER}};
    const char *path = call->arguments[0], *policy = toc_cli_value(call, "policy");
    toc_place whole = {path, 0, 0};
    struct stat about;
    toc_saves saves;
    if (toc_cli_number(call, "seed", &watching.wish.seed) != TOC_OK ||
        toc_cli_number(call, "looks", &watching.most) != TOC_OK ||
        toc_cli_time(call, "at", &watching.wish.at) != TOC_OK ||
        toc_cli_language(call, &watching.wish.language) != TOC_OK) {
        return TOC_BAD_USAGE;
    }
    watching.wish.policy = policy == NULL ? "reference" : policy;
    watching.is_terminal = !call->json && isatty(STDOUT_FILENO) == 1;
    if (stat(path, &about) != 0 || !S_ISDIR(about.st_mode)) {
        return toc_problems_error(call->problems, whole,
                                  "is no folder; watch wants the folder of a package");
    }
    if (!toc_saves_begin(&saves, path)) {
        return toc_problems_fault(call->problems, whole, "cannot be watched: %s", strerror(errno));
    }
    if (saves.inotify < 0) {
        toc_cli_say(call, "The system tells of no more saves (%s): a look is taken twice a second.",
                    strerror(errno));
    }
    go_on(&watching, &saves);
    toc_saves_end(&saves);
    return TOC_OK;
}

const toc_cli_command toc_watching_command = {
    .name = "watch",
    .usage = "PACKAGE [--at T] [--seed N] [--policy P] [--language L] [--looks N]",
    .sentence = "plays a drill to one instant, again whenever you save",
    .example = "tocsin watch my-drill --at 1h30m --policy none",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run,
};
