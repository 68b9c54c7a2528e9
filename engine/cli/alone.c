#include "cli/alone.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tocsin/drill.h"

enum { MOST_ARGUMENTS = 24 };

extern char **environ;

toc_status toc_alone_first_seat(toc_cli_call *call, const char *path, char *seat, size_t size) {
    toc_package *package = NULL;
    toc_drill *drill = NULL;
    toc_drill_options opening = {.seed = 1};
    toc_status status = toc_package_open(path, call->problems, &package);
    if (status == TOC_OK) {
        status = toc_drill_open(package, &opening, call->problems, &drill);
    }
    if (status == TOC_OK) {
        (void)snprintf(seat, size, "%s", toc_drill_seat(drill, 0));
        toc_drill_close(drill);
    }
    toc_package_destroy(package);
    return status;
}

static bool spawn(toc_alone *alone, char *const *arguments) {
    int ends[2];
    pid_t process = 0;
    posix_spawn_file_actions_t actions;
    if (pipe(ends) != 0) {
        return false;
    }
    (void)posix_spawn_file_actions_init(&actions);
    (void)posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    (void)posix_spawn_file_actions_addclose(&actions, ends[0]);
    (void)posix_spawn_file_actions_addclose(&actions, ends[1]);
    int fault = posix_spawn(&process, "/proc/self/exe", &actions, NULL, arguments, environ);
    (void)posix_spawn_file_actions_destroy(&actions);
    (void)close(ends[1]);
    alone->pipe = ends[0];
    alone->process = fault == 0 ? process : 0;
    return fault == 0;
}

static void copy(const json_t *document, const char *key, char *out, size_t size) {
    const char *text = json_string_value(json_object_get(document, key));
    (void)snprintf(out, size, "%s", text == NULL ? "" : text);
}

static bool understand(toc_alone *alone, const json_t *document, const char *seat) {
    size_t index = 0;
    json_t *row = NULL;
    copy(document, "url", alone->url, sizeof alone->url);
    copy(document, "record", alone->record, sizeof alone->record);
    json_array_foreach(json_object_get(document, "tokens"), index, row) {
        const char *name = json_string_value(json_object_get(row, "seat"));
        if (name != NULL && strcmp(name, "control") == 0) {
            copy(row, "token", alone->control, sizeof alone->control);
        } else if (name != NULL && strcmp(name, seat) == 0) {
            copy(row, "token", alone->player, sizeof alone->player);
        }
    }
    return alone->url[0] != '\0' && alone->player[0] != '\0' && alone->control[0] != '\0';
}

/* Until it is served; what went wrong it has said itself. */
static toc_status await(toc_cli_call *call, toc_alone *alone, const char *what, const char *seat) {
    json_error_t error;
    json_t *document = json_loadfd(alone->pipe, JSON_DISABLE_EOF_CHECK, &error);
    bool is_served = document != NULL && understand(alone, document, seat);
    json_decref(document);
    if (!is_served) {
        toc_alone_end(alone);
        return toc_problems_error(call->problems, (toc_place){.file = what},
                                  "it cannot be shown; what is wrong stands above");
    }
    return TOC_OK;
}

toc_status toc_alone_review(toc_cli_call *call, const char *record, toc_alone *out_alone) {
    char beside[128], tokens[128];
    *out_alone = (toc_alone){.pipe = -1};
    (void)strcpy(out_alone->folder, "/tmp/tocsin-review-XXXXXX");
    if (mkdtemp(out_alone->folder) == NULL) {
        return toc_problems_fault(call->problems, (toc_place){.file = "/tmp"},
                                  "no folder can be made there: %s", strerror(errno));
    }
    (void)snprintf(beside, sizeof beside, "--output=%s/review.drill", out_alone->folder);
    (void)snprintf(tokens, sizeof tokens, "--tokens=%s/tokens", out_alone->folder);
    char *arguments[] = {"tocsin", "serve",  "--review", (char *)record, "--listen", "127.0.0.1:0",
                         "--hold", "--json", "--quiet",  beside,         tokens,     NULL};
    if (!spawn(out_alone, arguments)) {
        return toc_problems_fault(call->problems, (toc_place){.file = NULL},
                                  "the server cannot be started: %s", strerror(errno));
    }
    return await(call, out_alone, record, "evaluator");
}

toc_status toc_alone_begin(toc_cli_call *call, const char *package, const char *seat,
                           toc_alone *out_alone) {
    static const char *const handed_on[] = {"output", "seed", "speed", "policy"};
    char options[4][4200];
    char *arguments[MOST_ARGUMENTS] = {"tocsin",      "serve",      (char *)package,
                                       "--solo",      (char *)seat, "--listen",
                                       "127.0.0.1:0", "--json",     "--quiet"};
    size_t count = 9;
    for (size_t i = 0; i < 4; i++) {
        const char *value = toc_cli_value(call, handed_on[i]);
        if (value != NULL) {
            (void)snprintf(options[i], sizeof options[i], "--%s=%s", handed_on[i], value);
            arguments[count++] = options[i];
        }
    }
    *out_alone = (toc_alone){.pipe = -1};
    if (!spawn(out_alone, arguments)) {
        return toc_problems_fault(call->problems, (toc_place){.file = NULL},
                                  "the server cannot be started: %s", strerror(errno));
    }
    return await(call, out_alone, package, seat);
}

void toc_alone_end(toc_alone *alone) {
    if (alone->process != 0) {
        (void)kill((pid_t)alone->process, SIGTERM);
        (void)waitpid((pid_t)alone->process, NULL, 0);
        alone->process = 0;
    }
    if (alone->pipe >= 0) {
        (void)close(alone->pipe);
        alone->pipe = -1;
    }
    if (alone->folder[0] != '\0') { /* what was written to look at a record again */
        static const char *const files[] = {"review.drill", "review.drill-wal", "review.drill-shm",
                                            "tokens"};
        for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
            char path[128];
            (void)snprintf(path, sizeof path, "%s/%s", alone->folder, files[i]);
            (void)unlink(path);
        }
        (void)rmdir(alone->folder);
        alone->folder[0] = '\0';
    }
}
