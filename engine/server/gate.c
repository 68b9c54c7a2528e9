#include "server/gate.h"

#include <glib.h>

#include "server/bucket.h"

enum { MOST_ADDRESSES = 16384 };

struct visitor {
    uint32_t waiting;
    bool has_failed;
    toc_bucket wrong;
};

struct toc_gate {
    GHashTable *visitors; /* struct visitor by address */
};

toc_gate *toc_gate_create(void) {
    toc_gate *gate = g_new0(toc_gate, 1);
    gate->visitors = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return gate;
}

void toc_gate_destroy(toc_gate *gate) {
    if (gate != NULL) {
        g_hash_table_destroy(gate->visitors);
        g_free(gate);
    }
}

static struct visitor *find(toc_gate *gate, const char *address) {
    return g_hash_table_lookup(gate->visitors, address);
}

static gboolean is_idle(gpointer address, gpointer value, gpointer object) {
    struct visitor *visitor = value;
    const int64_t *now = object;
    (void)address;
    return visitor->waiting == 0 && (!visitor->has_failed || toc_bucket_has(&visitor->wrong, *now));
}

static struct visitor *find_or_add(toc_gate *gate, const char *address) {
    struct visitor *visitor = find(gate, address);
    if (visitor == NULL) {
        visitor = g_new0(struct visitor, 1);
        (void)g_hash_table_insert(gate->visitors, g_strdup(address), visitor);
    }
    return visitor;
}

bool toc_gate_arrive(toc_gate *gate, const char *address) {
    struct visitor *visitor = find_or_add(gate, address);
    if (visitor->waiting >= TOC_GATE_WAITING) {
        return false;
    }
    visitor->waiting++;
    return true;
}

void toc_gate_leave(toc_gate *gate, const char *address) {
    struct visitor *visitor = find(gate, address);
    g_assert(visitor != NULL && visitor->waiting > 0);
    visitor->waiting--;
    if (visitor->waiting == 0 && !visitor->has_failed) {
        (void)g_hash_table_remove(gate->visitors, address);
    }
}

bool toc_gate_may_try(toc_gate *gate, const char *address, int64_t now) {
    struct visitor *visitor = find(gate, address);
    return visitor == NULL || !visitor->has_failed || toc_bucket_has(&visitor->wrong, now);
}

void toc_gate_failed(toc_gate *gate, const char *address, int64_t now) {
    struct visitor *visitor = find_or_add(gate, address);
    if (!visitor->has_failed) {
        visitor->has_failed = true;
        visitor->wrong = toc_bucket_begin(1, TOC_GATE_WRONG_BURST, now);
    }
    (void)toc_bucket_take(&visitor->wrong, now);
    if (g_hash_table_size(gate->visitors) > MOST_ADDRESSES) {
        /* addresses are cheap to come by: those that have served their time are forgotten */
        (void)g_hash_table_foreach_remove(gate->visitors, is_idle, &now);
    }
}
