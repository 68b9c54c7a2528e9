#include "console/typeset.h"

#include <glib.h>

struct entry {
    PangoLayout *layout;
    uint32_t age;
};

struct toc_typeset {
    cairo_surface_t *surface; /* of one pixel, to measure on */
    cairo_t *cairo;
    GHashTable *entries; /* struct entry, by text and style; walked only to forget */
    GString *key;
    uint64_t shaped;
    uint32_t age;
};

static void free_entry(gpointer object) {
    struct entry *entry = object;
    g_object_unref(entry->layout);
    g_free(entry);
}

toc_typeset *toc_typeset_create(void) {
    toc_typeset *typeset = g_new0(toc_typeset, 1);
    typeset->surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 1, 1);
    typeset->cairo = cairo_create(typeset->surface);
    typeset->entries = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_entry);
    typeset->key = g_string_new("");
    return typeset;
}

void toc_typeset_destroy(toc_typeset *typeset) {
    g_hash_table_destroy(typeset->entries);
    (void)g_string_free(typeset->key, TRUE);
    cairo_destroy(typeset->cairo);
    cairo_surface_destroy(typeset->surface);
    g_free(typeset);
}

static PangoLayout *shape(toc_typeset *typeset, const char *text, const toc_typeset_style *style) {
    const toc_text_style plain = {.size = style->size, .bold = style->bold, .most = style->most};
    PangoLayout *layout = toc_text_layout(typeset->cairo, text, &plain);
    /* else Japanese forms of Chinese letters may be chosen */
    pango_context_set_language(pango_layout_get_context(layout),
                               pango_language_from_string("zh-cn"));
    pango_layout_context_changed(layout);
    if (style->wraps) {
        pango_layout_set_single_paragraph_mode(layout, FALSE);
        pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_NONE);
        pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    }
    typeset->shaped++;
    return layout;
}

PangoLayout *toc_typeset_layout(toc_typeset *typeset, const char *text,
                                const toc_typeset_style *style) {
    g_string_printf(typeset->key, "%d %d %d %d ", (int)(style->size * 16), style->bold, style->most,
                    style->wraps);
    g_string_append(typeset->key, text);
    struct entry *entry = g_hash_table_lookup(typeset->entries, typeset->key->str);
    if (entry == NULL) {
        entry = g_new(struct entry, 1);
        entry->layout = shape(typeset, text, style);
        (void)g_hash_table_insert(typeset->entries, g_strdup(typeset->key->str), entry);
    }
    entry->age = typeset->age;
    return entry->layout;
}

void toc_typeset_size(toc_typeset *typeset, const char *text, const toc_typeset_style *style,
                      int *out_width, int *out_height) {
    PangoRectangle box;
    pango_layout_get_extents(toc_typeset_layout(typeset, text, style), NULL, &box);
    *out_width = PANGO_PIXELS_CEIL(box.width);
    *out_height = PANGO_PIXELS_CEIL(box.height);
}

static gboolean is_old(gpointer key, gpointer value, gpointer typeset) {
    (void)key;
    return ((struct entry *)value)->age + 1 < ((toc_typeset *)typeset)->age;
}

void toc_typeset_age(toc_typeset *typeset) {
    (void)g_hash_table_foreach_remove(typeset->entries, is_old, typeset);
    typeset->age++;
}

uint64_t toc_typeset_shaped(const toc_typeset *typeset) {
    return typeset->shaped;
}
