/* Manifest: which files of a folder this program made, so that the next time it replaces and takes
   away those and no others. It is kept in the folder, as a hidden file. */
#ifndef CLI_MANIFEST_H
#define CLI_MANIFEST_H

#include <jansson.h>
#include <stdbool.h>

#include "tocsin/formats.h"

typedef struct toc_manifest {
    const char *folder;
    json_t *files; /* by name: a fingerprint of what was written */
    json_t *made;  /* those of this time */
} toc_manifest;

/* Of a folder where nothing was made yet it is empty. `folder` is lent. */
toc_manifest toc_manifest_open(const char *folder);
void toc_manifest_finish(toc_manifest *manifest);
/* Tells a file of that name that is somebody else's, or was changed since it was made. */
toc_status toc_manifest_check(const toc_manifest *manifest, const char *file,
                              toc_problems *problems);
/* Saves the bytes in the folder under that name. */
toc_status toc_manifest_put(toc_manifest *manifest, const char *file,
                            const toc_formats_buffer *bytes, toc_problems *problems);
/* Takes away what was made before, not this time, and `is_stale`; what somebody changed stays and
   is warned of. Then keeps the list. */
toc_status toc_manifest_close(toc_manifest *manifest,
                              bool (*is_stale)(void *object, const char *file), void *object,
                              toc_problems *problems);

#endif
