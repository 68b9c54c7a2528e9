/* Attachment: a file of the package that is handed out with an inject: a memo, a map, a list. It is
   told by its bytes what it is; nothing in it is ever run. */
#ifndef TOCSIN_ATTACHMENT_H
#define TOCSIN_ATTACHMENT_H

#include <stddef.h>

#include "tocsin/package.h"

enum { TOC_ATTACHMENT_BYTES = 8 << 20, TOC_ATTACHMENT_MOST = 16 /* to one inject */ };

typedef enum toc_attachment_kind {
    TOC_ATTACHMENT_PNG,
    TOC_ATTACHMENT_PDF,
    TOC_ATTACHMENT_TEXT,
    TOC_ATTACHMENT_KINDS /* anything else */
} toc_attachment_kind;

/* By the bytes alone, whatever the file is called. */
toc_attachment_kind toc_attachment_of(const char *bytes, size_t size);
/* "image/png"; "application/octet-stream" for what may not be attached. */
const char *toc_attachment_type(toc_attachment_kind kind);
/* Why the file may not be handed out, as the end of a sentence that its name begins; NULL where it
   may. Written to `buffer` where it has to be made. */
const char *toc_attachment_refusal(const toc_package_file *file, char *buffer, size_t size);
/* What people see and save it as: "EXERCISE map.png". */
const char *toc_attachment_caption(const char *path, char *buffer, size_t size);

#endif
