#include "server/handout.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "tocsin/attachment.h"
#include "tocsin/standing.h"

enum { PART = 24576 /* bytes; base64 makes four of three */, MOST_WAITING = 8 };

/* A paper on its way. */
struct way {
    char *id, *name;
    toc_package_file file; /* of the package, which outlives the hall */
    size_t sent;
};

struct toc_handout {
    const toc_hall *hall;
    uint32_t seat;
    GQueue *ways; /* struct way */
    char *part;   /* what was handed out last */
    struct way *done;
};

toc_handout *toc_handout_create(const toc_hall *hall, uint32_t seat) {
    toc_handout *handout = g_new0(toc_handout, 1);
    handout->hall = hall;
    handout->seat = seat;
    handout->ways = g_queue_new();
    return handout;
}

static void free_way(void *object) {
    struct way *way = object;
    if (way != NULL) {
        g_free(way->id);
        g_free(way->name);
        g_free(way);
    }
}

void toc_handout_destroy(toc_handout *handout) {
    if (handout != NULL) {
        g_queue_free_full(handout->ways, free_way);
        free_way(handout->done);
        g_free(handout->part);
        g_free(handout);
    }
}

/* Only what came with a message of the seat's own inbox. */
static bool find(const toc_handout *handout, const toc_wire_fetch *fetch,
                 toc_package_file *out_file) {
    char caption[400];
    if (handout->seat == TOC_HALL_BESIDE || strncmp(fetch->letter, "M-", 2) != 0) {
        return false;
    }
    uint32_t message = (uint32_t)strtoul(fetch->letter + 2, NULL, 10);
    const toc_drill *drill = toc_hall_drill(handout->hall);
    const char *path = toc_standing_paper(drill, handout->seat, message, 0);
    for (uint32_t i = 0; path != NULL;
         path = toc_standing_paper(drill, handout->seat, message, ++i)) {
        if (strcmp(toc_attachment_caption(path, caption, sizeof caption), fetch->name) == 0) {
            return toc_package_find(toc_hall_package(handout->hall), path, out_file);
        }
    }
    return false;
}

toc_wire_reason toc_handout_ask(toc_handout *handout, const toc_wire_fetch *fetch) {
    toc_package_file file;
    if (g_queue_get_length(handout->ways) >= MOST_WAITING) {
        return TOC_WIRE_TOO_FAST;
    }
    if (!find(handout, fetch, &file)) {
        return TOC_WIRE_NOT_YOURS;
    }
    struct way *way = g_new0(struct way, 1);
    way->id = g_strdup(fetch->id);
    way->name = g_strdup(fetch->name);
    way->file = file;
    g_queue_push_tail(handout->ways, way);
    return TOC_WIRE_NONE;
}

bool toc_handout_is_busy(const toc_handout *handout) {
    return !g_queue_is_empty(handout->ways);
}

bool toc_handout_next(toc_handout *handout, toc_wire_paper *out_paper) {
    struct way *way = g_queue_peek_head(handout->ways);
    if (way == NULL) {
        return false;
    }
    const toc_package_file *file = &way->file;
    size_t left = file->size - way->sent, size = left < PART ? left : PART;
    g_free(handout->part);
    handout->part = g_base64_encode((const guchar *)file->bytes + way->sent, size);
    toc_wire_clear(TOC_WIRE_M_PAPER, out_paper);
    out_paper->id = way->id;
    out_paper->name = way->name;
    out_paper->type = toc_attachment_type(toc_attachment_of(file->bytes, file->size));
    out_paper->size = (int64_t)file->size;
    out_paper->at = (int64_t)way->sent;
    out_paper->bytes = handout->part;
    way->sent += size;
    if (way->sent == file->size) {
        free_way(handout->done);
        handout->done = g_queue_pop_head(handout->ways);
    }
    return true;
}
