/* Digests: plays every package of a folder with a policy and a few seeds, and prints one line each:
   package, policy, seed, events, digest. The same lines must come out of every build. */
#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tocsin/drill.h"
#include "tocsin/package.h"
#include "tocsin/standin.h"

static int tell(const toc_problems *problems) {
    for (size_t i = 0; i < toc_problems_kept(problems); i++) {
        char line[2048];
        (void)toc_problems_print(toc_problems_at(problems, i), line, sizeof line);
        (void)fprintf(stderr, "%s\n", line);
    }
    return 1;
}

static toc_status play(const toc_package *package, const char *policy, uint64_t seed,
                       toc_problems *problems) {
    toc_drill_options options = {.seed = seed};
    toc_drill *drill = NULL;
    toc_standins *standins = NULL;
    toc_status status = toc_drill_open(package, &options, problems, &drill);
    if (status == TOC_OK) {
        status = toc_standins_create(drill, package, policy, NULL, NULL, problems, &standins);
    }
    if (status == TOC_OK) {
        status = toc_standins_play(standins, TOC_NEVER, problems);
    }
    if (status == TOC_OK) {
        (void)printf("%s %s seed %" PRIu64 ": %" PRIu64 " events, digest %016" PRIx64 "\n",
                     toc_package_name(package), policy, seed, toc_drill_events(drill),
                     toc_drill_digest(drill));
    }
    toc_standins_destroy(standins);
    toc_drill_close(drill);
    return status;
}

static int play_all(const char *folder, const char *name) {
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    toc_problems *problems = toc_problems_create();
    toc_package *package = NULL;
    toc_status status = toc_package_open(path, problems, &package);
    for (uint64_t seed = 1; seed <= 3 && status == TOC_OK; seed++) {
        status = play(package, seed == 3 ? "none" : "reference", seed, problems);
    }
    int failed = status == TOC_OK ? 0 : tell(problems);
    toc_package_destroy(package);
    toc_problems_destroy(problems);
    return failed;
}

static int is_shown(const struct dirent *entry) {
    return entry->d_name[0] != '.' && strchr(entry->d_name, '.') == NULL;
}

int main(int argc, char **argv) {
    int failed = argc < 2;
    for (int i = 1; i < argc; i++) {
        struct dirent **entries = NULL;
        int count = scandir(argv[i], &entries, is_shown, alphasort);
        failed |= count <= 0;
        for (int at = 0; at < count; at++) {
            failed |= play_all(argv[i], entries[at]->d_name);
            free(entries[at]);
        }
        free(entries);
    }
    return failed;
}
