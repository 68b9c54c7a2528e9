/* Any lines as what a server says to a client: it never sends into a line that it has closed, keeps
   events without a gap, and shows lists whose items have ids. */
#include <string.h>

#include "client/client.h"
#include "kernel/assert.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct line {
    toc_client *client;
    bool is_open;
};

static void open_line(void *object) {
    ((struct line *)object)->is_open = true;
}

static void send_line(void *object, const char *bytes, size_t size) {
    TOC_ASSERT(((struct line *)object)->is_open);
    TOC_ASSERT(size > 0 && bytes[0] == '{');
}

static void close_line(void *object) {
    ((struct line *)object)->is_open = false;
}

static void wait_line(void *object, int64_t milliseconds) {
    (void)object;
    TOC_ASSERT(milliseconds >= 0);
}

static void check_lists(const toc_mirror *mirror) {
    const toc_wire_state *state = toc_mirror_state(mirror);
    for (uint32_t i = 0; i < state->duties.count; i++) {
        TOC_ASSERT(state->duties.items[i].id[0] != '\0');
    }
    for (uint32_t i = 0; i < state->inbox.count; i++) {
        TOC_ASSERT(state->inbox.items[i].id[0] != '\0');
    }
    for (size_t i = 0; i < toc_mirror_event_count(mirror); i++) {
        TOC_ASSERT(toc_mirror_event(mirror, i)->seq == (int64_t)i + 1);
    }
}

static void hear(struct line *line, const char *bytes, size_t size) {
    if (!line->is_open) {
        toc_client_closed(line->client, "closed");
        toc_client_expired(line->client);
        if (toc_client_is_over(line->client)) {
            return;
        }
        toc_client_opened(line->client);
    }
    toc_client_received(line->client, bytes, size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct line line = {NULL, false};
    toc_client_options options = {.token = "t", .name = "n"};
    line.client = toc_client_create(&options);
    toc_client_start(line.client,
                     (toc_client_transport){&line, open_line, send_line, close_line, wait_line});
    toc_client_opened(line.client);
    (void)toc_client_act(line.client, "isolate", "hmi-1", (toc_wire_pairs){NULL, 0});
    for (size_t at = 0; at < size && !toc_client_is_over(line.client);) {
        const uint8_t *end = memchr(data + at, '\n', size - at);
        size_t length = end == NULL ? size - at : (size_t)(end - data) - at;
        hear(&line, (const char *)data + at, length);
        at += length + 1;
    }
    check_lists(toc_client_mirror(line.client));
    toc_client_destroy(line.client);
    return 0;
}
