#include "drawing/raster.h"

#include <glib.h>
#include <math.h>
#include <string.h>

toc_raster toc_raster_begin(cairo_surface_t *image, int x, int y, int width, int height) {
    int whole_width = cairo_image_surface_get_width(image);
    int whole_height = cairo_image_surface_get_height(image);
    cairo_surface_flush(image);
    return (toc_raster){
        .pixels = (uint32_t *)(void *)cairo_image_surface_get_data(image),
        .stride = cairo_image_surface_get_stride(image) / (int)sizeof(uint32_t),
        .left = x > 0 ? x : 0,
        .top = y > 0 ? y : 0,
        .right = x + width < whole_width ? x + width : whole_width,
        .bottom = y + height < whole_height ? y + height : whole_height,
    };
}

void toc_raster_end(const toc_raster *raster, cairo_surface_t *image) {
    if (raster->right > raster->left && raster->bottom > raster->top) {
        cairo_surface_mark_dirty_rectangle(image, raster->left, raster->top,
                                           raster->right - raster->left,
                                           raster->bottom - raster->top);
    }
}

static uint32_t pack(toc_theme_colour colour) {
    return UINT32_C(0xFF000000) | (uint32_t)colour.red << 16 | (uint32_t)colour.green << 8 |
           colour.blue;
}

/* `part` of 256 of the colour over what is there; two channels at a time. */
static uint32_t mix(uint32_t under, uint32_t over, uint32_t part) {
    uint32_t rest = 256 - part;
    uint32_t odd = ((under & 0xFF00FF) * rest + (over & 0xFF00FF) * part) >> 8 & 0xFF00FF;
    uint32_t even = ((under >> 8 & 0xFF) * rest + (over >> 8 & 0xFF) * part) & 0xFF00;
    return UINT32_C(0xFF000000) | odd | even;
}

void toc_raster_fill(toc_raster *raster, const int box[4], toc_theme_colour colour) {
    int left = MAX(box[0], raster->left), right = MIN(box[0] + box[2], raster->right);
    int top = MAX(box[1], raster->top), bottom = MIN(box[1] + box[3], raster->bottom);
    uint32_t value = pack(colour);
    for (int y = top; y < bottom && left < right; y++) {
        uint32_t *row = raster->pixels + (ptrdiff_t)y * raster->stride;
        for (int x = left; x < right; x++) {
            row[x] = value;
        }
        raster->touched += (uint64_t)(right - left);
    }
}

void toc_raster_frame(toc_raster *raster, const int box[4], toc_theme_colour colour) {
    const int x = box[0], y = box[1], width = box[2], height = box[3];
    toc_raster_fill(raster, (const int[4]){x, y, width, 1}, colour);
    toc_raster_fill(raster, (const int[4]){x, y + height - 1, width, 1}, colour);
    toc_raster_fill(raster, (const int[4]){x, y, 1, height}, colour);
    toc_raster_fill(raster, (const int[4]){x + width - 1, y, 1, height}, colour);
}

/* -- Lines --------------------------------------------------------------------------------------
 */

/* Cuts a line off at the clip, widened by `margin` (Liang and Barsky 1984); false where nothing is
   left of it. */
static bool cut(const toc_raster *raster, double margin, double ends[4]) {
    const double dx = ends[2] - ends[0], dy = ends[3] - ends[1];
    const double towards[4] = {-dx, dx, -dy, dy};
    const double room[4] = {ends[0] - (raster->left - margin), raster->right + margin - ends[0],
                            ends[1] - (raster->top - margin), raster->bottom + margin - ends[1]};
    double from = 0, to = 1;
    for (int i = 0; i < 4; i++) {
        if (towards[i] == 0) {
            if (room[i] < 0) {
                return false;
            }
            continue;
        }
        double at = room[i] / towards[i];
        if (towards[i] < 0) {
            from = MAX(from, at);
        } else {
            to = MIN(to, at);
        }
    }
    if (from > to) {
        return false;
    }
    ends[2] = ends[0] + to * dx;
    ends[3] = ends[1] + to * dy;
    ends[0] += from * dx;
    ends[1] += from * dy;
    return true;
}

struct stroke {
    toc_raster *raster;
    uint32_t value;
    uint32_t alpha; /* of 256 */
    bool steep;     /* along y */
};

static void dot(const struct stroke *stroke, int along, int across, double cover) {
    toc_raster *raster = stroke->raster;
    int x = stroke->steep ? across : along, y = stroke->steep ? along : across;
    if (x < raster->left || x >= raster->right || y < raster->top || y >= raster->bottom) {
        return;
    }
    uint32_t part = (uint32_t)(cover * stroke->alpha + 0.5);
    uint32_t *pixel = raster->pixels + (ptrdiff_t)y * raster->stride + x;
    *pixel = mix(*pixel, stroke->value, part > 256 ? 256 : part);
    raster->touched++;
}

/* One step along the line: every pixel across it gets the share that the line covers of it. */
static void column(const struct stroke *stroke, int along, double centre, double half) {
    double low = centre - half, high = centre + half;
    int first = (int)floor(low), last = (int)ceil(high) - 1;
    for (int across = first; across <= last; across++) {
        double cover = MIN(high, across + 1.0) - MAX(low, (double)across);
        dot(stroke, along, across, cover > 1 ? 1 : cover);
    }
}

void toc_raster_line(toc_raster *raster, const double ends[4], const toc_raster_pen *pen) {
    double at[4] = {ends[0], ends[1], ends[2], ends[3]};
    if (!cut(raster, pen->width + 1, at)) {
        return;
    }
    bool steep = fabs(at[3] - at[1]) > fabs(at[2] - at[0]);
    struct stroke stroke = {raster, pack(pen->colour), (uint32_t)(pen->alpha * 256 + 0.5), steep};
    double begin = steep ? at[1] : at[0], stop = steep ? at[3] : at[2];
    double across = steep ? at[0] : at[1], end = steep ? at[2] : at[3];
    /* dashes are counted from the end that was named first, though the line is drawn rising */
    double origin = steep ? ends[1] : ends[0];
    if (begin > stop) {
        double swap = begin;
        begin = stop;
        stop = swap;
        swap = across;
        across = end;
        end = swap;
    }
    double length = stop - begin, slope = length > 0 ? (end - across) / length : 0;
    double stretch = sqrt(1 + slope * slope), half = pen->width / 2 * stretch;
    for (int along = (int)floor(begin); along <= (int)floor(stop); along++) {
        double middle = along + 0.5;
        double period = pen->on + pen->off;
        if (pen->off > 0 && fmod(fabs(middle - origin) * stretch, period) > pen->on) {
            continue;
        }
        column(&stroke, along, across + slope * (middle - begin), half);
    }
}

/* -- Sprites ------------------------------------------------------------------------------------
 */

void toc_raster_blit(toc_raster *raster, const toc_raster_sprite *sprite, int x, int y) {
    int left = x - sprite->x, top = y - sprite->y;
    int from_x = MAX(0, raster->left - left), from_y = MAX(0, raster->top - top);
    int to_x = MIN(sprite->width, raster->right - left);
    int to_y = MIN(sprite->height, raster->bottom - top);
    for (int row = from_y; row < to_y; row++) {
        const uint32_t *source = sprite->pixels + (ptrdiff_t)row * sprite->width;
        uint32_t *target = raster->pixels + (ptrdiff_t)(top + row) * raster->stride + left;
        for (int i = from_x; i < to_x; i++) {
            uint32_t over = source[i], alpha = over >> 24;
            if (alpha == 255) {
                target[i] = over;
            } else if (alpha != 0) {
                uint32_t rest = 256 - alpha - (alpha >> 7); /* 255 leaves nothing */
                uint32_t odd = (target[i] & 0xFF00FF) * rest >> 8 & 0xFF00FF;
                uint32_t even = (target[i] & 0xFF00) * rest >> 8 & 0xFF00;
                target[i] = UINT32_C(0xFF000000) | ((odd | even) + (over & 0xFFFFFF));
            }
        }
    }
    if (to_x > from_x && to_y > from_y) {
        raster->touched += (uint64_t)(to_x - from_x) * (uint64_t)(to_y - from_y);
    }
}

toc_raster_sprite toc_raster_lift(cairo_surface_t *image, int x, int y) {
    cairo_surface_flush(image);
    toc_raster_sprite sprite = {.width = cairo_image_surface_get_width(image),
                                .height = cairo_image_surface_get_height(image),
                                .x = x,
                                .y = y};
    const unsigned char *data = cairo_image_surface_get_data(image);
    int stride = cairo_image_surface_get_stride(image);
    size_t row = (size_t)sprite.width * sizeof(uint32_t);
    sprite.pixels = g_malloc0(row * (size_t)sprite.height + 1);
    for (int i = 0; i < sprite.height; i++) {
        memcpy(sprite.pixels + (ptrdiff_t)i * sprite.width, data + (ptrdiff_t)i * stride, row);
    }
    return sprite;
}

void toc_raster_drop(toc_raster_sprite *sprite) {
    g_free(sprite->pixels);
    sprite->pixels = NULL;
}
