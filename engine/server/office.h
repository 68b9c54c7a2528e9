/* Office: the files that a browser at an office computer gets, held in the program (assets/office).
 */
#ifndef SERVER_OFFICE_H
#define SERVER_OFFICE_H

#include <stddef.h>

typedef struct toc_office_file {
    const char *path; /* "office.js" */
    const unsigned char *bytes;
    size_t size;
} toc_office_file;

extern const toc_office_file toc_embedded_office[];
extern const size_t toc_embedded_office_count;

/* The file of that path in an address ("/" is the page itself), NULL where there is none. */
const toc_office_file *toc_office_find(const char *path);
/* "text/html; charset=utf-8" and so on. */
const char *toc_office_kind(const toc_office_file *file);

#endif
