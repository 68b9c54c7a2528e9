#include "cli/offers.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "client/keeping.h"
#include "tocsin/drill.h"

enum { MOST = 64, PATH = 4096 };

struct toc_offers {
    toc_launcher_offer list[MOST];
    size_t count;
};

static char *keep(const char *text) {
    size_t size = strlen(text) + 1;
    return memcpy(toc_keeping_room(NULL, size), text, size);
}

static int by_name(const void *one, const void *other) {
    return strcmp(((const toc_launcher_offer *)one)->path,
                  ((const toc_launcher_offer *)other)->path);
}

static const char *const *seats_of(const toc_drill *drill, uint32_t count) {
    const char **seats = toc_keeping_room(NULL, (count + 1) * sizeof *seats);
    for (uint32_t i = 0; i < count; i++) {
        seats[i] = keep(toc_drill_seat(drill, i));
    }
    seats[count] = NULL;
    return seats;
}

static void add_package(toc_offers *offers, const char *path) {
    toc_problems *problems = toc_problems_create();
    toc_package *package = NULL;
    toc_drill *drill = NULL;
    toc_drill_options opening = {.seed = 1};
    if (toc_package_open(path, problems, &package) == TOC_OK &&
        toc_drill_open(package, &opening, problems, &drill) == TOC_OK) {
        toc_drill_facts facts = toc_drill_facts_of(drill);
        char about[256];
        int minutes = (int)(toc_drill_length(drill) / TOC_MINUTE);
        (void)snprintf(about, sizeof about, "%s, %s, %s · %d:%02d h · %u", facts.form, facts.span,
                       facts.content, minutes / 60, minutes % 60, facts.seats);
        offers->list[offers->count++] = (toc_launcher_offer){.path = keep(path),
                                                             .title = keep(facts.title),
                                                             .about = keep(about),
                                                             .seats = seats_of(drill, facts.seats)};
        toc_drill_close(drill);
    }
    toc_package_destroy(package);
    toc_problems_destroy(problems);
}

static void add_record(toc_offers *offers, const char *name) {
    offers->list[offers->count++] = (toc_launcher_offer){
        .path = keep(name), .title = keep(name), .about = keep(".drill"), .seats = NULL};
}

static void look_in(toc_offers *offers, const char *folder, bool records) {
    DIR *opened = opendir(folder);
    size_t before = offers->count;
    for (struct dirent *entry = opened == NULL ? NULL : readdir(opened);
         entry != NULL && offers->count < MOST; entry = readdir(opened)) {
        char path[PATH], script[PATH + 16];
        size_t length = strlen(entry->d_name);
        bool is_record = length > 6 && strcmp(entry->d_name + length - 6, ".drill") == 0;
        (void)snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        (void)snprintf(script, sizeof script, "%s/scenario.lua", path);
        if (records && is_record) {
            add_record(offers, entry->d_name);
        } else if (!records && entry->d_name[0] != '.' && access(script, R_OK) == 0) {
            add_package(offers, path);
        }
    }
    if (opened != NULL) {
        (void)closedir(opened);
    }
    qsort(&offers->list[before], offers->count - before, sizeof offers->list[0], by_name);
}

toc_offers *toc_offers_find(void) {
    toc_offers *offers = toc_keeping_room(NULL, sizeof *offers);
    char program[PATH] = "";
    (void)memset(offers, 0, sizeof *offers);
    look_in(offers, "scenarios", false);
    if (offers->count == 0 && readlink("/proc/self/exe", program, sizeof program - 40) > 0) {
        char *slash = strrchr(program, '/');
        (void)strcpy(slash == NULL ? program : slash, "/../share/tocsin/scenarios");
        look_in(offers, program, false);
    }
    look_in(offers, ".", true);
    return offers;
}

void toc_offers_destroy(toc_offers *offers) {
    for (size_t i = 0; offers != NULL && i < offers->count; i++) {
        toc_launcher_offer *offer = &offers->list[i];
        for (size_t k = 0; offer->seats != NULL && offer->seats[k] != NULL; k++) {
            free((char *)(uintptr_t)offer->seats[k]);
        }
        free((void *)(uintptr_t)offer->seats);
        free((char *)(uintptr_t)offer->path);
        free((char *)(uintptr_t)offer->title);
        free((char *)(uintptr_t)offer->about);
    }
    free(offers);
}

const toc_launcher_offer *toc_offers_list(const toc_offers *offers, size_t *out_count) {
    *out_count = offers->count;
    return offers->list;
}
