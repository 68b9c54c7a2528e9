#include "drill/marking.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "kernel/assert.h"
#include "kernel/names.h"

static const char *const names[] = {
#define TOC_MARKING(id, name, may) name,
#include "drill/marking.def"
#undef TOC_MARKING
};

const char *toc_marking_name(toc_marking marking) {
    TOC_ASSERT(marking < TOC_MARKINGS);
    return names[marking];
}

static char upper(char c) {
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

/* How many bytes at the beginning of the text are the word, in any case; 0 where it is another. */
static size_t begins_with(const char *text, const char *word) {
    size_t length = 0;
    while (word[length] != '\0' && upper(text[length]) == word[length]) {
        length++;
    }
    return word[length] == '\0' ? length : 0;
}

/* The longest marking that the text begins with; its length in *out_length. */
static toc_marking read(const char *text, size_t *out_length) {
    toc_marking found = TOC_MARKINGS;
    *out_length = 0;
    for (int i = TOC_MARKING_CLEAR; i < TOC_MARKINGS; i++) {
        size_t length = begins_with(text, names[i]);
        if (length > *out_length) {
            found = (toc_marking)i;
            *out_length = length;
        }
    }
    return found;
}

toc_marking toc_marking_find(const char *text) {
    size_t length = 0;
    text += begins_with(text, "TLP:");
    text += begins_with(text, "PAP:");
    toc_marking found = read(text, &length);
    return text[length] == '\0' ? found : TOC_MARKINGS;
}

const char *toc_marking_nearest(const char *text) {
    char word[16] = "";
    text += begins_with(text, "TLP:");
    for (size_t i = 0; i + 1 < sizeof word && text[i] != '\0'; i++) {
        word[i] = upper(text[i]);
    }
    return toc_names_nearest_of(names + 1, TOC_MARKINGS - 1, word);
}

toc_marking toc_marking_of_text(const char *text) {
    size_t prefix = begins_with(text, "TLP:"), length = 0;
    if (prefix == 0) {
        return TOC_MARKING_NONE;
    }
    toc_marking found = read(text + prefix, &length);
    char next = text[prefix + length];
    bool ends = strchr(" .,;:)\n\t", next) != NULL; /* the end of the text, too */
    return found != TOC_MARKINGS && ends ? found : TOC_MARKING_NONE;
}
