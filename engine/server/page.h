/* Page: the files that a browser at an office computer gets, held in the program (assets/office).
 */
#ifndef SERVER_PAGE_H
#define SERVER_PAGE_H

#include <stddef.h>

typedef struct toc_page_file {
    const char *path; /* "office.js" */
    const unsigned char *bytes;
    size_t size;
} toc_page_file;

extern const toc_page_file toc_embedded_office[];
extern const size_t toc_embedded_office_count;

/* The file of that path in an address ("/" is the page itself), NULL where there is none. */
const toc_page_file *toc_page_find(const char *path);
/* "text/html; charset=utf-8" and so on. */
const char *toc_page_kind(const toc_page_file *file);

#endif
