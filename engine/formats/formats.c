#include "formats/paper.h"
#include "formats/csv_reader.h"
#include "formats/disk.h"
#include "formats/epanet_reader.h"
#include "formats/graphml_reader.h"
#include "formats/graphml_writer.h"
#include "formats/matpower_reader.h"
#include "formats/nmap_reader.h"
#include "formats/topology_reader.h"
#include "formats/topology_writer.h"

#include "kernel/arena.h"
#include "kernel/assert.h"
#include "kernel/names.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A topology of a million assets and two million links is some 300 MB of XML. */
enum { TOPOLOGY_LIMIT = 1 << 30, IMPORT_LIMIT = 64 << 20 };

void toc_formats_buffer_add(toc_formats_buffer *buffer, const char *bytes, size_t size) {
    toc_paper_bytes(buffer, bytes, size);
}

void toc_formats_buffer_finish(toc_formats_buffer *buffer) {
    toc_arena_heap_free(buffer->bytes);
    *buffer = (toc_formats_buffer){NULL, 0, 0};
}

toc_status toc_formats_load(const char *path, toc_problems *problems,
                            toc_formats_buffer *out_buffer) {
    toc_status status;
    TOC_ASSERT(out_buffer->bytes == NULL);
    status = toc_disk_read(path, path, TOPOLOGY_LIMIT, problems, out_buffer);
    if (status != TOC_OK) {
        toc_formats_buffer_finish(out_buffer);
    }
    return status;
}

static toc_status cannot_write(const char *path, toc_problems *problems) {
    toc_place place = {path, 0, 0};
    return toc_problems_fault(problems, place, "cannot be written: %s", strerror(errno));
}

static bool write_all(int file, const toc_formats_buffer *buffer) {
    size_t done = 0;
    while (done < buffer->size) {
        ssize_t put = write(file, buffer->bytes + done, buffer->size - done);
        if (put < 0 && errno != EINTR) {
            return false;
        }
        done += put > 0 ? (size_t)put : 0;
    }
    return true;
}

/* What is no regular file (a pipe, a terminal) has no neighbour to be renamed from. */
static toc_status write_in_place(const char *path, const toc_formats_buffer *buffer,
                                 toc_problems *problems) {
    int file = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    bool written = file >= 0 && write_all(file, buffer);
    if (file >= 0 && close(file) != 0) {
        written = false;
    }
    return written ? TOC_OK : cannot_write(path, problems);
}

toc_status toc_formats_save(const char *path, const toc_formats_buffer *buffer,
                            toc_problems *problems) {
    char beside[4096];
    struct stat facts;
    int length = snprintf(beside, sizeof beside, "%s.new", path), file;
    bool written;
    if (stat(path, &facts) == 0 && !S_ISREG(facts.st_mode)) {
        return write_in_place(path, buffer, problems);
    }
    if (length < 0 || (size_t)length >= sizeof beside) {
        errno = ENAMETOOLONG;
        return cannot_write(path, problems);
    }
    file = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (file < 0) {
        return cannot_write(path, problems);
    }
    written = write_all(file, buffer) && fsync(file) == 0;
    if (close(file) != 0 || !written || rename(beside, path) != 0) {
        toc_status status = cannot_write(path, problems);
        (void)unlink(beside);
        return status;
    }
    return TOC_OK;
}

toc_status toc_formats_read_topology(const char *bytes, size_t size, const char *file,
                                     toc_problems *problems, toc_topology **out_topology) {
    toc_formats_source source = {bytes, size, file};
    return toc_topology_reader_read(&source, problems, out_topology);
}

toc_status toc_formats_load_topology(const char *path, toc_problems *problems,
                                     toc_topology **out_topology) {
    toc_formats_buffer buffer = {NULL, 0, 0};
    toc_status status = toc_formats_load(path, problems, &buffer);
    if (status == TOC_OK) {
        status = toc_formats_read_topology(buffer.bytes, buffer.size, path, problems, out_topology);
    }
    toc_formats_buffer_finish(&buffer);
    return status;
}

void toc_formats_write_topology(const toc_topology *topology, toc_formats_buffer *buffer) {
    toc_topology_writer_write(topology, buffer);
}

/* An importer takes one file, or several, or the wishes as a whole. */
struct importer {
    const char *name;
    toc_status (*one)(const toc_formats_source *source, toc_problems *problems,
                      toc_formats_import *out_import);
    toc_status (*many)(const toc_formats_source *sources, size_t count, toc_problems *problems,
                       toc_formats_import *out_import);
    toc_status (*wished)(const toc_formats_wish *wish, toc_problems *problems,
                         toc_formats_import *out_import);
};

static const struct importer importers[] = {
    {"graphml", toc_graphml_reader_read, NULL, NULL},
    {"matpower", toc_matpower_reader_read, NULL, NULL},
    {"csv", NULL, toc_csv_reader_read, NULL},
    {"nmap", NULL, toc_nmap_reader_read, NULL},
    {"epanet", NULL, NULL, toc_epanet_reader_read},
};

static const char *const importer_names[] = {"graphml", "matpower", "csv", "nmap", "epanet", NULL};

static toc_status unknown_format(const char *const *names, const char *format,
                                 toc_problems *problems) {
    const char *nearest;
    toc_place nowhere = {NULL, 0, 0};
    size_t count = 0;
    while (names[count] != NULL) {
        count++;
    }
    nearest = toc_names_nearest_of(names, count, format);
    (void)toc_problems_error(problems, nowhere, "there is no format '%.80s'%s%s%s", format,
                             nearest != NULL ? " (nearest: '" : "", nearest != NULL ? nearest : "",
                             nearest != NULL ? "')" : "");
    return TOC_BAD_USAGE;
}

static toc_status check_sizes(const toc_formats_wish *wish, toc_problems *problems) {
    for (size_t i = 0; i <= wish->count; i++) {
        const toc_formats_source *source = i < wish->count ? &wish->sources[i] : wish->cyber;
        if (source != NULL && source->size > IMPORT_LIMIT) {
            toc_place place = {source->file, 0, 0};
            return toc_problems_error(problems, place,
                                      "is %zu bytes long; at most %d MB are imported", source->size,
                                      IMPORT_LIMIT >> 20);
        }
    }
    return TOC_OK;
}

static toc_status import_by(const struct importer *importer, const toc_formats_wish *wish,
                            toc_problems *problems, toc_formats_import *out_import) {
    toc_place nowhere = {NULL, 0, 0};
    if (wish->count == 0 || (wish->count > 1 && importer->many == NULL)) {
        (void)toc_problems_error(problems, nowhere, "%s takes %s, not %zu", importer->name,
                                 importer->many == NULL ? "one file" : "at least one file",
                                 wish->count);
        return TOC_BAD_USAGE;
    }
    if (importer->wished != NULL) {
        return importer->wished(wish, problems, out_import);
    }
    if (wish->cyber != NULL || wish->litres_a_day > 0 || wish->scenario) {
        (void)toc_problems_error(problems, nowhere,
                                 "%s knows no controllers, no water and no attacks; only epanet "
                                 "does",
                                 importer->name);
        return TOC_BAD_USAGE;
    }
    return importer->many != NULL ? importer->many(wish->sources, wish->count, problems, out_import)
                                  : importer->one(wish->sources, problems, out_import);
}

toc_status toc_formats_import_wished(const char *format, const toc_formats_wish *wish,
                                     toc_problems *problems, toc_formats_import *out_import) {
    toc_status status = check_sizes(wish, problems);
    if (status != TOC_OK) {
        return status;
    }
    for (size_t i = 0; i < sizeof importers / sizeof importers[0]; i++) {
        if (strcmp(importers[i].name, format) == 0) {
            return import_by(&importers[i], wish, problems, out_import);
        }
    }
    return unknown_format(importer_names, format, problems);
}

toc_status toc_formats_import_topology(const char *format, const toc_formats_source *sources,
                                       size_t count, toc_problems *problems,
                                       toc_formats_import *out_import) {
    toc_formats_wish wish = {.sources = sources, .count = count};
    return toc_formats_import_wished(format, &wish, problems, out_import);
}

void toc_formats_import_finish(toc_formats_import *import) {
    toc_topology_destroy(import->topology);
    toc_formats_buffer_finish(&import->scenario);
    toc_formats_buffer_finish(&import->briefing);
    *import = (toc_formats_import){.topology = NULL};
}

const char *const *toc_formats_importers(void) {
    return importer_names;
}

typedef toc_status exporter(const toc_topology *topology, toc_problems *problems,
                            toc_formats_buffer *buffer);

static toc_status export_graphml(const toc_topology *topology, toc_problems *problems,
                                 toc_formats_buffer *buffer) {
    toc_graphml_writer_tell(topology, problems);
    toc_graphml_writer_write(topology, buffer);
    return TOC_OK;
}

static const char *const exporter_names[] = {"graphml", NULL};
static exporter *const exporters[] = {export_graphml};

toc_status toc_formats_export_topology(const char *format, const toc_topology *topology,
                                       toc_problems *problems, toc_formats_buffer *buffer) {
    for (size_t i = 0; exporter_names[i] != NULL; i++) {
        if (strcmp(exporter_names[i], format) == 0) {
            return exporters[i](topology, problems, buffer);
        }
    }
    return unknown_format(exporter_names, format, problems);
}

const char *const *toc_formats_exporters(void) {
    return exporter_names;
}
