/* roster: who sits where in a live drill, and how each of them gets in. */
#include "cli/command.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "papers/slip.h"
#include "server/token.h"
#include "tocsin/drill.h"
#include "tocsin/roster.h"

enum { OPTION_OUTPUT, OPTION_ADDRESS, OPTION_LASTS, OPTION_REISSUE, OPTION_LANGUAGE, PATH = 4096 };

static const toc_cli_option options[] = {
    [OPTION_OUTPUT] = {"output", "FOLDER", "where tokens and join slips go (-o FOLDER)"},
    [OPTION_ADDRESS] = {"address", "URL",
                        "where the drill will be served; http://127.0.0.1:7443/ where it is not "
                        "said"},
    [OPTION_LASTS] = {"lasts", "T", "how long tokens are good for; 24h where it is not said"},
    [OPTION_REISSUE] = {"reissue", "NAME",
                        "one person's slip was lost: end its token and make another"},
    [OPTION_LANGUAGE] = {"language", "L", "of slips whose person has none: en or zh"},
};

struct work {
    toc_cli_call *call;
    toc_package *package;
    toc_drill *drill;
    toc_roster *roster;
    toc_token_book *book;
    toc_slip *slips;
    size_t slip_count;
    char (*tokens)[TOC_TOKEN_TEXT];
    int64_t expires; /* seconds since 1970 */
};

static toc_status make_path(struct work *work, const char *name, char out[PATH]) {
    int length = snprintf(out, PATH, "%s/%s", toc_cli_value(work->call, "output"), name);
    return length < PATH ? TOC_OK : toc_cli_usage(work->call, "the path is too long");
}

/* -- Reading ------------------------------------------------------------------------------------
 */

static toc_status open_drill(struct work *work) {
    toc_problems *problems = work->call->problems;
    toc_drill_options opening = {.seed = 1};
    toc_status status = toc_cli_package(work->call, 0, &work->package);
    return status == TOC_OK ? toc_drill_open(work->package, &opening, problems, &work->drill)
                            : status;
}

static toc_status read_roster(struct work *work) {
    const char *path = work->call->arguments[1];
    toc_formats_buffer text = {0};
    toc_status status = toc_formats_load(path, work->call->problems, &text);
    toc_formats_source source = {text.bytes, text.size, path};
    if (status == TOC_OK) {
        status = toc_roster_read(&source, work->call->problems, &work->roster);
    }
    toc_formats_buffer_finish(&text);
    return status;
}

static toc_status check_roster(struct work *work) {
    uint32_t count = toc_drill_facts_of(work->drill).seats;
    const char **seats = calloc((size_t)count + 1, sizeof *seats);
    for (uint32_t i = 0; i < count; i++) {
        seats[i] = toc_drill_seat(work->drill, i);
    }
    toc_status status = toc_roster_check(work->roster, seats, count, work->call->problems);
    for (uint32_t i = 0; status == TOC_OK && i < count; i++) {
        if (toc_roster_find(work->roster, seats[i]) == NULL) {
            toc_cli_say(work->call, "%s: nobody sits there, a stand-in plays it", seats[i]);
        }
    }
    free(seats);
    return status;
}

/* -- Tokens -------------------------------------------------------------------------------------
 */

static const char *role_of(const toc_roster_person *person) {
    toc_desk_kind kind = toc_desk_read(person->desks[0]).kind;
    return kind == TOC_DESK_CONTROL                              ? "control"
           : kind == TOC_DESK_EVALUATOR                          ? "evaluator"
           : kind == TOC_DESK_PLAYER || kind == TOC_DESK_ADVISER ? "player"
                                                                 : "observer";
}

static void join_desks(const toc_roster_person *person, char out[PATH]) {
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; i < person->desk_count && used < PATH; i++) {
        used +=
            (size_t)snprintf(out + used, PATH - used, "%s%s", i > 0 ? " " : "", person->desks[i]);
    }
}

static toc_status issue(struct work *work, const toc_roster_person *person) {
    char seats[PATH];
    join_desks(person, seats);
    toc_token_grant grant = {.seats = seats, .role = role_of(person), .expires = work->expires};
    char *token = work->tokens[work->slip_count];
    toc_status status = toc_token_issue(work->book, &grant, work->call->problems, token);
    work->slips[work->slip_count++] = (toc_slip){person, token};
    return status;
}

static toc_status issue_all(struct work *work) {
    toc_status status = TOC_OK;
    for (size_t i = 0; status == TOC_OK && i < toc_roster_count(work->roster); i++) {
        const toc_roster_person *person = toc_roster_at(work->roster, i);
        status = person->desk_count == 0 ? TOC_OK : issue(work, person);
    }
    return status;
}

/* The old token of that person ends; all others stay good. */
static toc_status issue_again(struct work *work, const char *name) {
    char seats[PATH];
    const toc_roster_person *person = NULL;
    for (size_t i = 0; person == NULL && i < toc_roster_count(work->roster); i++) {
        const toc_roster_person *found = toc_roster_at(work->roster, i);
        person = strcmp(found->name, name) == 0 && found->desk_count > 0 ? found : NULL;
    }
    if (person == NULL) {
        return toc_problems_error(work->call->problems,
                                  (toc_place){.file = work->call->arguments[1]},
                                  "there is nobody called '%.80s' with a seat", name);
    }
    join_desks(person, seats);
    if (toc_token_revoke(work->book, seats) == 0) {
        toc_problems_warn(work->call->problems, (toc_place){.file = NULL}, "%s had no token for %s",
                          name, seats);
    }
    return issue(work, person);
}

static toc_status open_book(struct work *work, const char *path) {
    char drill[32];
    (void)snprintf(drill, sizeof drill, "%016" PRIx64, toc_package_digest(work->package));
    if (toc_cli_value(work->call, "reissue") != NULL) {
        return toc_token_load(path, drill, work->call->problems, &work->book);
    }
    work->book = toc_token_create(drill);
    return TOC_OK;
}

/* -- Slips --------------------------------------------------------------------------------------
 */

/* For its owner's eyes only, like the tokens in it. */
static toc_status save_slips(struct work *work, const toc_formats_buffer *page, const char *path) {
    (void)unlink(path);
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    bool written = file >= 0 && write(file, page->bytes, page->size) == (ssize_t)page->size;
    if (file >= 0 && close(file) != 0) {
        written = false;
    }
    return written ? TOC_OK
                   : toc_problems_fault(work->call->problems, (toc_place){.file = path},
                                        "the slips cannot be written: %s", strerror(errno));
}

static toc_status write_slips(struct work *work, const char *path) {
    const char *address = toc_cli_value(work->call, "address");
    char until[64] = "";
    time_t expires = (time_t)work->expires;
    struct tm parts;
    toc_formats_buffer page = {0};
    if (gmtime_r(&expires, &parts) != NULL) {
        (void)strftime(until, sizeof until, "%Y-%m-%d %H:%M UTC", &parts);
    }
    const char *language = "en";
    toc_status status = toc_cli_language(work->call, &language);
    toc_drill_facts facts = toc_drill_facts_of(work->drill);
    toc_slip_sheet sheet = {.title = facts.title,
                            .classification = facts.classification,
                            .address = address == NULL ? "http://127.0.0.1:7443/" : address,
                            .until = until,
                            .language = language,
                            .slips = work->slips,
                            .count = work->slip_count};
    if (status == TOC_OK) {
        toc_slip_write(&sheet, &page);
        status = save_slips(work, &page, path);
    }
    toc_formats_buffer_finish(&page);
    return status;
}

/* -- The command --------------------------------------------------------------------------------
 */

static toc_status make_folder(struct work *work) {
    const char *path = toc_cli_value(work->call, "output");
    struct stat found;
    return mkdir(path, 0700) == 0 || (stat(path, &found) == 0 && S_ISDIR(found.st_mode))
               ? TOC_OK
               : toc_problems_fault(work->call->problems, (toc_place){.file = path},
                                    "the folder cannot be made: %s", strerror(errno));
}

static toc_status hand_out(struct work *work) {
    const char *again = toc_cli_value(work->call, "reissue");
    char tokens[PATH], slips[PATH];
    toc_status status = make_folder(work);
    if (status == TOC_OK) {
        status = make_path(work, "tokens", tokens);
    }
    if (status == TOC_OK) {
        status = make_path(work, again == NULL ? "slips.html" : "slip.html", slips);
    }
    if (status == TOC_OK) {
        status = open_book(work, tokens);
    }
    if (status == TOC_OK) {
        status = again == NULL ? issue_all(work) : issue_again(work, again);
    }
    if (status == TOC_OK) {
        status = write_slips(work, slips);
    }
    if (status == TOC_OK) {
        status = toc_token_save(work->book, tokens, work->call->problems);
    }
    if (status == TOC_OK) {
        toc_cli_say(work->call,
                    "%s holds %zu join slips: print them and hand them out. %s is for 'tocsin "
                    "serve --tokens'; it holds hashes alone.",
                    slips, work->slip_count, tokens);
    }
    return status;
}

static void tell(const struct work *work) {
    json_t *list = json_array();
    for (size_t i = 0; i < toc_roster_count(work->roster); i++) {
        const toc_roster_person *person = toc_roster_at(work->roster, i);
        json_t *row = json_object(), *desks = json_array();
        for (size_t k = 0; k < person->desk_count; k++) {
            (void)json_array_append_new(desks, toc_cli_text(person->desks[k]));
        }
        (void)json_object_set_new(row, "name", toc_cli_text(person->name));
        (void)json_object_set_new(row, "seats", desks);
        (void)json_array_append_new(list, row);
    }
    json_t *document = json_object();
    (void)json_object_set_new(document, "people", list);
    (void)json_object_set_new(document, "slips", json_integer((json_int_t)work->slip_count));
    toc_cli_print_json(work->call, document);
}

static toc_status read_all(struct work *work) {
    toc_time lasts = TOC_DAY;
    toc_status status = toc_cli_time(work->call, "lasts", &lasts);
    work->expires = (int64_t)time(NULL) + lasts / TOC_SECOND;
    if (status == TOC_OK) {
        status = open_drill(work);
    }
    if (status == TOC_OK) {
        status = read_roster(work);
    }
    if (status == TOC_OK) {
        status = check_roster(work);
    }
    if (status == TOC_OK) {
        size_t room = toc_roster_count(work->roster) + 1;
        work->slips = calloc(room, sizeof *work->slips);
        work->tokens = calloc(room, sizeof *work->tokens);
    }
    return status;
}

static toc_status run(toc_cli_call *call) {
    struct work work = {.call = call};
    toc_status status = read_all(&work);
    if (status == TOC_OK && toc_cli_value(call, "output") != NULL) {
        status = hand_out(&work);
    } else if (status == TOC_OK && toc_cli_value(call, "reissue") != NULL) {
        status = toc_cli_usage(call, "--reissue wants the folder with the tokens: -o FOLDER");
    } else if (status == TOC_OK) {
        toc_cli_say(call, "%zu people can sit where they are to; -o FOLDER makes their join slips",
                    toc_roster_count(work.roster));
    }
    if (status == TOC_OK && call->json) {
        tell(&work);
    }
    free(work.slips);
    free(work.tokens);
    toc_token_destroy(work.book);
    toc_roster_destroy(work.roster);
    toc_drill_close(work.drill);
    toc_package_destroy(work.package);
    return status;
}

const toc_cli_command toc_seating_command = {
    .name = "roster",
    .usage = "PACKAGE PEOPLE.csv [-o FOLDER] [--address URL] [--lasts T] [--reissue NAME]",
    .sentence = "checks who sits where in a live drill, and makes tokens and join slips",
    .example =
        "tocsin roster scenarios/river-city people.csv -o slips --address https://drill.example/",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .least_arguments = 2,
    .most_arguments = 2,
    .run = run,
};
