#include "cli/safekeeping.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum { SHORTEST = 12 };

bool toc_safekeeping_is_day(const char *text) {
    int year = 0, month = 0, day = 0, taken = 0;
    return strlen(text) == 10 && sscanf(text, "%4d-%2d-%2d%n", &year, &month, &day, &taken) == 3 &&
           taken == 10 && year >= 1970 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

toc_status toc_safekeeping_read(toc_cli_call *call, toc_record_meta *meta) {
    const char *suite = toc_cli_value(call, "suite"), *day = toc_cli_value(call, "keep-until");
    if (day != NULL && !toc_safekeeping_is_day(day)) {
        return toc_cli_usage(call, "--keep-until wants a day like 2028-01-31, found '%.40s'", day);
    }
    if (suite != NULL && strlen(suite) >= sizeof meta->suite) {
        return toc_cli_usage(
            call, "there is no suite '%.40s'; there are sha256-ed25519 and sm3-sm2", suite);
    }
    (void)snprintf(meta->suite, sizeof meta->suite, "%s", suite == NULL ? "" : suite);
    (void)snprintf(meta->keep_until, sizeof meta->keep_until, "%s", day == NULL ? "" : day);
    return TOC_OK;
}

toc_status toc_safekeeping_begin(toc_cli_call *call, toc_record **record, const char *path) {
    const char *key = toc_cli_value(call, "sign");
    toc_status status = key == NULL ? TOC_OK : toc_record_sign_with(*record, key, call->problems);
    if (status != TOC_OK) {
        toc_record_close(*record);
        *record = NULL;
        (void)unlink(path);
    }
    return status;
}

/* -- Passphrases --------------------------------------------------------------------------------
 */

static toc_status read_line(toc_cli_call *call, FILE *from, const char *name,
                            char out[TOC_SAFEKEEPING_PASSPHRASE]) {
    if (fgets(out, TOC_SAFEKEEPING_PASSPHRASE, from) == NULL) {
        return toc_problems_error(call->problems, (toc_place){.file = name},
                                  "there is no passphrase");
    }
    size_t length = strcspn(out, "\r\n");
    if (length + 1 >= TOC_SAFEKEEPING_PASSPHRASE) {
        return toc_problems_error(call->problems, (toc_place){.file = name},
                                  "the passphrase is longer than %d bytes",
                                  TOC_SAFEKEEPING_PASSPHRASE - 2);
    }
    out[length] = '\0';
    return TOC_OK;
}

/* On the terminal, without showing what is typed. */
static toc_status ask(toc_cli_call *call, FILE *terminal, const char *prompt,
                      char out[TOC_SAFEKEEPING_PASSPHRASE]) {
    struct termios before, silent;
    bool is_terminal = tcgetattr(fileno(terminal), &before) == 0;
    if (is_terminal) {
        silent = before;
        silent.c_lflag &= ~(tcflag_t)ECHO;
        (void)tcsetattr(fileno(terminal), TCSAFLUSH, &silent);
    }
    (void)fputs(prompt, terminal);
    (void)fflush(terminal);
    toc_status status = read_line(call, terminal, NULL, out);
    if (is_terminal) {
        (void)tcsetattr(fileno(terminal), TCSAFLUSH, &before);
        (void)fputc('\n', terminal);
    }
    return status;
}

static toc_status ask_twice(toc_cli_call *call, bool anew, char out[TOC_SAFEKEEPING_PASSPHRASE]) {
    char again[TOC_SAFEKEEPING_PASSPHRASE];
    FILE *terminal = fopen("/dev/tty", "r+");
    if (terminal == NULL) {
        return toc_cli_usage(call, "there is no terminal to ask for the passphrase on; say "
                                   "--passphrase-file FILE");
    }
    toc_status status = ask(call, terminal, "Passphrase: ", out);
    if (status == TOC_OK && anew) {
        status = ask(call, terminal, "Again: ", again);
    }
    (void)fclose(terminal);
    if (status == TOC_OK && anew && strcmp(out, again) != 0) {
        status = toc_problems_error(call->problems, (toc_place){.file = NULL},
                                    "the two are not the same");
    }
    return status;
}

toc_status toc_safekeeping_passphrase(toc_cli_call *call, bool anew,
                                      char out[TOC_SAFEKEEPING_PASSPHRASE]) {
    const char *path = toc_cli_value(call, "passphrase-file");
    toc_status status;
    if (path == NULL) {
        status = ask_twice(call, anew, out);
    } else {
        FILE *file = fopen(path, "r");
        if (file == NULL) {
            return toc_problems_error(call->problems, (toc_place){.file = path},
                                      "the passphrase cannot be read: %s", strerror(errno));
        }
        status = read_line(call, file, path, out);
        (void)fclose(file);
    }
    if (status == TOC_OK && anew && strlen(out) < SHORTEST) {
        status = toc_problems_error(call->problems, (toc_place){.file = path},
                                    "a passphrase of less than %d characters protects nothing; a "
                                    "few words do",
                                    SHORTEST);
    }
    return status;
}

toc_status toc_safekeeping_replace(toc_cli_call *call, const char *from, const char *to) {
    if (toc_cli_value(call, "keep") == NULL && unlink(from) != 0) {
        return toc_problems_fault(call->problems, (toc_place){.file = from},
                                  "it cannot be taken away: %s", strerror(errno));
    }
    if (call->json) {
        json_t *document = json_object();
        (void)json_object_set_new(document, "file", toc_cli_text(to));
        toc_cli_print_json(call, document);
    } else {
        toc_cli_say(call, "It is %s now.", to);
    }
    return TOC_OK;
}
