/* Bindings of files that are handed out: attach = { "memo.pdf", "map.png" }. */
#include <stdio.h>
#include <string.h>

#include "drill/bindings.h"
#include "tocsin/attachment.h"

const char *toc_bind_attachment_fault(const toc_drill *drill, const char *path, char *buffer,
                                      size_t size) {
    toc_package_file file;
    char hint[96], why[160];
    const toc_package *package = drill->package;
    if (toc_names_find(drill->handouts, path) != TOC_NONE) {
        return NULL; /* a text is read through once, however many injects bring it */
    }
    if (path[0] == '/' || strstr(path, "..") != NULL) {
        (void)snprintf(buffer, size,
                       "attach: '%.60s' leads out of the package; what is handed out lies in it",
                       path);
        return buffer;
    }
    if (!toc_package_find(package, path, &file)) {
        (void)snprintf(buffer, size, "attach: the package has no file '%.60s'%s", path,
                       toc_spec_hint(toc_package_nearest(package, path), hint, sizeof hint));
        return buffer;
    }
    const char *refusal = toc_attachment_refusal(&file, why, sizeof why);
    if (refusal == NULL) {
        (void)toc_names_add(drill->handouts, path, NULL);
        return NULL;
    }
    (void)snprintf(buffer, size, "attach: '%.60s' %s", path, refusal);
    return buffer;
}

void toc_bind_attachment_read(toc_spec *spec, toc_inject *inject) {
    char fault[320];
    uint32_t count = toc_spec_texts(spec, "attach", &inject->attachments);
    if (count > TOC_ATTACHMENT_MOST) {
        toc_spec_complain(spec, "attach", "attach: %u files are more than the %d that one brings",
                          count, TOC_ATTACHMENT_MOST);
        count = TOC_ATTACHMENT_MOST;
    }
    for (uint32_t i = 0; i < count; i++) {
        toc_host_charge(spec->lua, 1000);
        const char *path = inject->attachments[i];
        if (toc_bind_attachment_fault(spec->drill, path, fault, sizeof fault) == NULL) {
            inject->attachments[inject->attachment_count++] = path;
        } else {
            toc_spec_complain(spec, "attach", "%s", fault);
        }
    }
}
