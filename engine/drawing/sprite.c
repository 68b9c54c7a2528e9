#include "drawing/sprite.h"

#include <glib.h>
#include <math.h>
#include <string.h>

#include "drawing/symbol.h"
#include "drawing/text.h"

enum { MOST_TEXTS = 6000 /* kept; then all are set anew as they come */ };

struct toc_sprites {
    GHashTable *symbols, *texts; /* toc_raster_sprite *, by a text that says what it is */
    uint32_t shaped;
};

static void discard(gpointer object) {
    toc_raster_sprite *sprite = object;
    toc_raster_drop(sprite);
    g_free(sprite);
}

toc_sprites *toc_sprite_create(void) {
    toc_sprites *sprites = g_new0(toc_sprites, 1);
    sprites->symbols = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, discard);
    sprites->texts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, discard);
    return sprites;
}

void toc_sprite_destroy(toc_sprites *sprites) {
    if (sprites != NULL) {
        g_hash_table_destroy(sprites->symbols);
        g_hash_table_destroy(sprites->texts);
        g_free(sprites);
    }
}

static const toc_raster_sprite *keep(GHashTable *kept, const char *key, toc_raster_sprite sprite) {
    toc_raster_sprite *own = g_memdup2(&sprite, sizeof sprite);
    (void)g_hash_table_insert(kept, g_strdup(key), own);
    return own;
}

const toc_raster_sprite *toc_sprite_symbol(toc_sprites *sprites, const toc_theme *theme,
                                           const toc_asset_kind_facts *kind, toc_map_state state,
                                           int size) {
    char key[128];
    (void)g_snprintf(key, sizeof key, "%s %s %d %d", theme->name, kind->name, (int)state, size);
    const toc_raster_sprite *known = g_hash_table_lookup(sprites->symbols, key);
    if (known != NULL) {
        return known;
    }
    int half = size < 15 ? 6 + size / 2 : (int)ceil(size * 0.78) + 2; /* the badge stands out */
    cairo_surface_t *image =
        cairo_image_surface_create(CAIRO_FORMAT_ARGB32, 2 * half + 1, 2 * half + 1);
    cairo_t *cairo = cairo_create(image);
    toc_symbol_asset(cairo, theme, kind, state, (const double[2]){half + 0.5, half + 0.5}, size);
    cairo_destroy(cairo);
    toc_raster_sprite sprite = toc_raster_lift(image, half, half);
    cairo_surface_destroy(image);
    return keep(sprites->symbols, key, sprite);
}

const toc_raster_sprite *toc_sprite_badge(toc_sprites *sprites, const toc_theme *theme,
                                          toc_map_state state, int size) {
    char key[128];
    (void)g_snprintf(key, sizeof key, "%s badge %d %d", theme->name, (int)state, size);
    const toc_raster_sprite *known = g_hash_table_lookup(sprites->symbols, key);
    if (known != NULL) {
        return known;
    }
    int half = size / 2 + 3;
    cairo_surface_t *image =
        cairo_image_surface_create(CAIRO_FORMAT_ARGB32, 2 * half + 1, 2 * half + 1);
    cairo_t *cairo = cairo_create(image);
    toc_symbol_badge(cairo, theme, state, (const double[2]){half + 0.5, half + 0.5}, size);
    cairo_destroy(cairo);
    toc_raster_sprite sprite = toc_raster_lift(image, half, half);
    cairo_surface_destroy(image);
    return keep(sprites->symbols, key, sprite);
}

const toc_raster_sprite *toc_sprite_line(toc_sprites *sprites, const toc_sprite_text *text) {
    char *key =
        g_strdup_printf("%02x%02x%02x %d %.1f %.0f %s", text->colour.red, text->colour.green,
                        text->colour.blue, text->bold, text->size, text->most, text->text);
    const toc_raster_sprite *known = g_hash_table_lookup(sprites->texts, key);
    if (known == NULL) {
        toc_text_style style = {
            .size = text->size, .bold = text->bold, .colour = text->colour, .most = text->most};
        cairo_surface_t *image = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, 1, 1);
        cairo_t *cairo = cairo_create(image);
        int width = (int)ceil(toc_text_width(cairo, text->text, &style)) + 2;
        int height = (int)ceil(text->size * 1.7) + 2;
        cairo_destroy(cairo);
        cairo_surface_destroy(image);
        image = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height);
        cairo = cairo_create(image);
        (void)toc_text_draw(cairo, text->text, &style, 1, height / 2.0);
        cairo_destroy(cairo);
        if (g_hash_table_size(sprites->texts) >= MOST_TEXTS) {
            g_hash_table_remove_all(sprites->texts);
        }
        known = keep(sprites->texts, key, toc_raster_lift(image, 0, height / 2));
        cairo_surface_destroy(image);
        sprites->shaped++;
    }
    g_free(key);
    return known;
}

uint32_t toc_sprite_shaped(const toc_sprites *sprites) {
    return sprites->shaped;
}
