#include "server/office.h"

#include <string.h>

const toc_office_file *toc_office_find(const char *path) {
    const char *name = path[0] != '/' ? path : path[1] == '\0' ? "index.html" : path + 1;
    for (size_t i = 0; i < toc_embedded_office_count; i++) {
        if (strcmp(toc_embedded_office[i].path, name) == 0) {
            return &toc_embedded_office[i];
        }
    }
    return NULL;
}

const char *toc_office_kind(const toc_office_file *file) {
    const char *dot = strrchr(file->path, '.');
    return dot != NULL && strcmp(dot, ".css") == 0  ? "text/css; charset=utf-8"
           : dot != NULL && strcmp(dot, ".js") == 0 ? "text/javascript; charset=utf-8"
                                                    : "text/html; charset=utf-8";
}
