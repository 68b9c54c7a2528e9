#include "client/gathering.h"

#include <libwebsockets.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/keeping.h"

enum { LARGEST = 16 << 20, PART = 32769 };

struct toc_gathering {
    char id[TOC_WIRE_PAIR_KEY + 1], name[401], type[65];
    char *bytes; /* as many as the whole has */
    size_t size, have;
};

toc_gathering *toc_gathering_create(void) {
    toc_gathering *gathering = toc_keeping_room(NULL, sizeof *gathering);
    memset(gathering, 0, sizeof *gathering);
    return gathering;
}

void toc_gathering_destroy(toc_gathering *gathering) {
    free(gathering->bytes);
    free(gathering);
}

static void begin(toc_gathering *gathering, const toc_wire_paper *part) {
    (void)snprintf(gathering->id, sizeof gathering->id, "%s", part->id);
    (void)snprintf(gathering->name, sizeof gathering->name, "%s", part->name);
    (void)snprintf(gathering->type, sizeof gathering->type, "%s", part->type);
    gathering->size = (size_t)part->size;
    gathering->have = 0;
    gathering->bytes = toc_keeping_room(gathering->bytes, gathering->size + 1);
}

bool toc_gathering_add(toc_gathering *gathering, const toc_wire_paper *part) {
    char decoded[PART];
    if (part->size > LARGEST) {
        return false;
    }
    if (part->at == 0) {
        begin(gathering, part);
    }
    int size = lws_b64_decode_string(part->bytes, decoded, sizeof decoded);
    if (size < 0 || strcmp(part->id, gathering->id) != 0 || gathering->bytes == NULL ||
        (size_t)part->at != gathering->have || (size_t)part->size != gathering->size ||
        gathering->have + (size_t)size > gathering->size) {
        return false;
    }
    memcpy(gathering->bytes + gathering->have, decoded, (size_t)size);
    gathering->have += (size_t)size;
    gathering->bytes[gathering->have] = '\0';
    return true;
}

bool toc_gathering_is_whole(const toc_gathering *gathering) {
    return gathering->bytes != NULL && gathering->have == gathering->size;
}

toc_client_paper toc_gathering_paper(const toc_gathering *gathering) {
    return (toc_client_paper){.id = gathering->id,
                              .name = gathering->name,
                              .type = gathering->type,
                              .bytes = gathering->bytes,
                              .size = gathering->size};
}
