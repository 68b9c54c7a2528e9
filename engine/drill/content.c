#include "drill/content.h"

#include <stdio.h>
#include <string.h>

static const char between[] = " ,;\t\n";

const char *toc_content_read(toc_drill *drill, const toc_rulebook *book, const char *text,
                             uint64_t *out_items) {
    uint64_t items = 0;
    char id[64];
    for (const char *at = text + strspn(text, between); *at != '\0'; at += strspn(at, between)) {
        size_t length = strcspn(at, between);
        (void)snprintf(id, sizeof id, "%.*s", (int)(length < 63 ? length : 63), at);
        int item = toc_rulebook_find(book->items, book->item_count, id);
        if (item == TOC_RULEBOOK_NONE) {
            return toc_arena_text(drill->arena, id);
        }
        items |= UINT64_C(1) << item;
        at += length;
    }
    *out_items = items;
    return NULL;
}

/* Whether the line says "name:", with the colon of either script. */
static bool is_heading(const char *line, const char *name) {
    size_t length = strlen(name);
    return length > 0 && strncmp(line, name, length) == 0 &&
           (line[length] == ':' || strncmp(line + length, "\xef\xbc\x9a", 3) == 0);
}

uint64_t toc_content_headed(const toc_rulebook *book, const char *text) {
    uint64_t items = 0;
    const char *line = text;
    while (line != NULL) {
        line += strspn(line, " \t0123456789.()-*");
        for (int i = 0; i < book->item_count; i++) {
            const toc_rulebook_part *item = &book->items[i];
            if (is_heading(line, item->id) || is_heading(line, item->en) ||
                is_heading(line, item->zh)) {
                items |= UINT64_C(1) << i;
            }
        }
        line = strchr(line, '\n');
        line = line == NULL ? NULL : line + 1;
    }
    return items;
}

const char *toc_content_list(toc_drill *drill, const toc_rulebook *book, uint64_t items) {
    const char *list = "";
    for (int i = 0; i < book->item_count; i++) {
        if ((items >> i & 1) != 0) {
            list = toc_arena_format(drill->arena, "%s%s%s", list, list[0] == '\0' ? "" : " ",
                                    book->items[i].id);
        }
    }
    return list;
}

uint32_t toc_content_count(uint64_t items) {
    uint32_t count = 0;
    for (; items != 0; items &= items - 1) {
        count++;
    }
    return count;
}
