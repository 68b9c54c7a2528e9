#include "server/loopback.h"

#include <glib.h>
#include <string.h>

struct end {
    toc_peer number;
    GQueue *arrived; /* GBytes that the server wrote */
    GBytes *taken;
    bool is_open, wants, stalls;
};

struct toc_loopback {
    const toc_transport_user *user;
    GPtrArray *ends;  /* by number less 1 */
    int64_t now, due; /* due: of the timer; INT64_MAX: it is not set */
};

static struct end *end_at(const toc_loopback *loopback, toc_peer peer) {
    g_assert(peer >= 1 && peer <= loopback->ends->len);
    return g_ptr_array_index(loopback->ends, peer - 1);
}

/* -- The server's end ---------------------------------------------------------------------------
 */

static void transport_open(void *object, const toc_transport_user *user) {
    toc_loopback *loopback = object;
    loopback->user = user;
}

static void transport_close(void *object, toc_peer peer) {
    toc_loopback *loopback = object;
    struct end *end = end_at(loopback, peer);
    if (end->is_open) {
        end->is_open = false;
        loopback->user->closed(loopback->user->object, peer);
    }
}

static void transport_want_write(void *object, toc_peer peer) {
    end_at(object, peer)->wants = true;
}

static void transport_write(void *object, toc_peer peer, const char *bytes, size_t size) {
    struct end *end = end_at(object, peer);
    if (end->is_open) {
        g_queue_push_tail(end->arrived, g_bytes_new(bytes, size));
    }
}

static void transport_timer(void *object, int64_t after_us) {
    toc_loopback *loopback = object;
    loopback->due = loopback->now + (after_us < 1 ? 1 : after_us);
}

static int64_t transport_now(void *object) {
    return ((toc_loopback *)object)->now;
}

toc_transport toc_loopback_transport(toc_loopback *loopback) {
    return (toc_transport){.object = loopback,
                           .open = transport_open,
                           .close = transport_close,
                           .want_write = transport_want_write,
                           .write = transport_write,
                           .timer = transport_timer,
                           .now = transport_now};
}

/* -- The clients' ends --------------------------------------------------------------------------
 */

toc_loopback *toc_loopback_create(void) {
    toc_loopback *loopback = g_new0(toc_loopback, 1);
    loopback->ends = g_ptr_array_new();
    loopback->due = INT64_MAX;
    return loopback;
}

void toc_loopback_destroy(toc_loopback *loopback) {
    if (loopback == NULL) {
        return;
    }
    for (guint i = 0; i < loopback->ends->len; i++) {
        struct end *end = g_ptr_array_index(loopback->ends, i);
        g_queue_free_full(end->arrived, (GDestroyNotify)g_bytes_unref);
        g_bytes_unref(end->taken);
        g_free(end);
    }
    (void)g_ptr_array_free(loopback->ends, TRUE);
    g_free(loopback);
}

toc_peer toc_loopback_connect(toc_loopback *loopback, const char *address) {
    struct end *end = g_new0(struct end, 1);
    g_ptr_array_add(loopback->ends, end);
    *end = (struct end){.number = loopback->ends->len, .arrived = g_queue_new(), .is_open = true};
    loopback->user->open(loopback->user->object, end->number, address);
    return end->number;
}

void toc_loopback_send(toc_loopback *loopback, toc_peer peer, const char *bytes, size_t size) {
    if (end_at(loopback, peer)->is_open) {
        loopback->user->receive(loopback->user->object, peer, bytes, size);
    }
}

const char *toc_loopback_take(toc_loopback *loopback, toc_peer peer, size_t *out_size) {
    struct end *end = end_at(loopback, peer);
    GBytes *next = g_queue_pop_head(end->arrived);
    if (next == NULL) {
        return NULL;
    }
    gsize size = 0;
    const char *bytes = g_bytes_get_data(next, &size);
    g_bytes_unref(end->taken);
    end->taken = g_bytes_new_take(g_strndup(bytes, size), size + 1);
    g_bytes_unref(next);
    *out_size = size;
    return g_bytes_get_data(end->taken, NULL);
}

void toc_loopback_stall(toc_loopback *loopback, toc_peer peer, bool stalls) {
    end_at(loopback, peer)->stalls = stalls;
}

void toc_loopback_hang_up(toc_loopback *loopback, toc_peer peer) {
    transport_close(loopback, peer);
}

bool toc_loopback_is_open(const toc_loopback *loopback, toc_peer peer) {
    return end_at(loopback, peer)->is_open;
}

/* Whoever wants to write may, until nobody does. */
static void flush(toc_loopback *loopback) {
    bool is_calm = false;
    while (!is_calm) {
        is_calm = true;
        for (guint i = 0; i < loopback->ends->len; i++) {
            struct end *end = g_ptr_array_index(loopback->ends, i);
            if (end->is_open && end->wants && !end->stalls) {
                end->wants = false;
                is_calm = false;
                loopback->user->writeable(loopback->user->object, end->number);
            }
        }
    }
}

void toc_loopback_run(toc_loopback *loopback, int64_t us) {
    int64_t until = loopback->now + us;
    flush(loopback);
    while (loopback->due <= until) {
        loopback->now = loopback->due;
        loopback->due = INT64_MAX;
        loopback->user->timer(loopback->user->object);
        flush(loopback);
    }
    loopback->now = until;
}
