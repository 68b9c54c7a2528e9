#include "cli/saying.h"

#include <stdio.h>
#include <string.h>

#include "tocsin/problems.h"

enum { LONGEST = 65536 };

static const char *const sayings[][2] = {
#define TOC_SAYING(id, english, chinese) {english, chinese},
#include "cli/saying.def"
#undef TOC_SAYING
};

const char *toc_saying_in(const char *language, toc_saying_id id) {
    return sayings[id][strncmp(language, "zh", 2) == 0];
}

void toc_saying_text(const char *text, const char *indent) {
    char line[LONGEST], shown[LONGEST];
    while (*text != '\0') {
        size_t length = strcspn(text, "\n");
        size_t kept = length < sizeof line ? length : sizeof line - 1;
        memcpy(line, text, kept);
        line[kept] = '\0';
        (void)fputs(toc_problems_show(line, shown, sizeof shown), stdout);
        text += length;
        if (*text == '\n') {
            (void)printf("\n%s", indent);
            text++;
        }
    }
}

void toc_saying_print(const char *language, toc_saying_id id,
                      const char *const parts[TOC_SAYING_PARTS]) {
    const char *at = toc_saying_in(language, id), *hole = NULL;
    for (size_t i = 0; (hole = strstr(at, "{}")) != NULL && i < TOC_SAYING_PARTS; i++) {
        (void)fwrite(at, 1, (size_t)(hole - at), stdout);
        toc_saying_text(parts[i] == NULL ? "" : parts[i], "    ");
        at = hole + 2;
    }
    (void)printf("%s\n", at);
}
