/* Disk: a whole file read under a size limit. What is not a regular file is never waited for. */
#ifndef FORMATS_DISK_H
#define FORMATS_DISK_H

#include "tocsin/formats.h"

/* `shown` is the path in problems. Appends to the buffer. */
toc_status toc_disk_read(const char *path, const char *shown, size_t limit, toc_problems *problems,
                         toc_formats_buffer *buffer);

#endif
