#include "cli/entry.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "cli/saying.h"

static toc_status take_token(toc_cli_call *call, const char *source, char *line,
                             char token[TOC_ENTRY_TOKEN]) {
    size_t length = strcspn(line, "\r\n");
    line[length] = '\0';
    if (length == 0 || length >= TOC_ENTRY_TOKEN || strpbrk(line, " \t") != NULL) {
        return toc_problems_error(call->problems, (toc_place){.file = source},
                                  "this holds no token; it is one word of at most %d letters",
                                  TOC_ENTRY_TOKEN - 1);
    }
    memcpy(token, line, length + 1);
    return TOC_OK;
}

static toc_status read_token(toc_cli_call *call, const char *path, char token[TOC_ENTRY_TOKEN]) {
    char line[512] = "";
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return toc_problems_error(call->problems, (toc_place){.file = path},
                                  "the token cannot be read: %s", strerror(errno));
    }
    (void)fgets(line, sizeof line, file);
    (void)fclose(file);
    return take_token(call, path, line, token);
}

/* Asks on the terminal, where what is typed is not shown. */
static toc_status ask_token(toc_cli_call *call, const char *language, char token[TOC_ENTRY_TOKEN]) {
    struct termios shown, hidden;
    char line[512] = "";
    if (tcgetattr(STDIN_FILENO, &shown) != 0) {
        return toc_cli_usage(call, "there is no token: --token FILE, or TOCSIN_TOKEN; on a "
                                   "terminal it is asked for");
    }
    hidden = shown;
    hidden.c_lflag &= ~(tcflag_t)ECHO;
    (void)fputs(toc_saying_in(language, TOC_SAYING_TOKEN), stderr);
    (void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    for (size_t i = 0; i + 1 < sizeof line; i++) { /* unbuffered: what follows is not ours */
        if (read(STDIN_FILENO, line + i, 1) != 1 || line[i] == '\n') {
            break;
        }
    }
    (void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
    (void)fputc('\n', stderr);
    return take_token(call, "what was typed", line, token);
}

toc_status toc_entry_token(toc_cli_call *call, const char *language, char token[TOC_ENTRY_TOKEN]) {
    const char *path = toc_cli_value(call, "token"), *given = getenv("TOCSIN_TOKEN");
    char line[512];
    if (path != NULL) {
        return read_token(call, path, token);
    }
    if (given != NULL && given[0] != '\0') {
        (void)snprintf(line, sizeof line, "%s", given);
        return take_token(call, "TOCSIN_TOKEN", line, token);
    }
    return ask_token(call, language, token);
}
