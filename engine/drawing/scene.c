#include "drawing/scene.h"

#include "drawing/layout.h"
#include "drawing/spread.h"

#include <glib.h>
#include <math.h>
#include <stdlib.h>

toc_map_state toc_scene_state(const toc_scene *scene, uint32_t element) {
    uint8_t state = scene->request->states != NULL ? scene->request->states[element] : 0;
    return state < TOC_MAP_STATES ? (toc_map_state)state : TOC_MAP_NO_DATA;
}

/* The rectangles of a picture: a strip above, a column of explanations at the right. */
static void divide(toc_scene *scene) {
    double margin = 14;
    scene->width = scene->request->width > 0 ? scene->request->width : 1600;
    scene->height = scene->request->height > 0 ? scene->request->height : 1000;
    scene->panel = scene->width >= 760 ? fmin(280, scene->width * 0.26) : 0;
    scene->left = margin;
    scene->right = scene->width - scene->panel - margin;
    scene->top = margin + (scene->request->real ? 0 : 22) + (scene->panel > 0 ? 0 : 44);
    scene->bottom = scene->height - margin;
}

/* As large as there is room for where assets are, between a legible drawing and a mere mark. Room
   is counted in cells of 50 pixels that hold an asset. */
static double choose_size(const toc_scene *scene) {
    enum { CELL = 50 };
    uint32_t count = scene->topology->asset_count;
    size_t columns = (size_t)(scene->width / CELL) + 1, rows = (size_t)(scene->height / CELL) + 1;
    bool *taken = g_new0(bool, columns *rows);
    double room = 0;
    for (uint32_t i = 0; i < count; i++) {
        size_t column = (size_t)fmin(fmax(scene->x[i] / CELL, 0), (double)columns - 1);
        size_t row = (size_t)fmin(fmax(scene->y[i] / CELL, 0), (double)rows - 1);
        room += taken[row * columns + column] ? 0 : CELL * CELL;
        taken[row * columns + column] = true;
    }
    g_free(taken);
    return fmin(fmax(sqrt(room / fmax(count, 1)) * 0.52, 5), 32);
}

/* Maps the layout's plane into the map's rectangle, with equal scales where distances mean
   something or boxes must keep their shape. */
static void fit(toc_scene *scene, const toc_layout *layout) {
    double west = INFINITY, east = -INFINITY, north = INFINITY, south = -INFINITY;
    double inset = layout->box_count > 0 ? 10 : scene->size + 26;
    double width = scene->right - scene->left - 2 * inset;
    double height = scene->bottom - scene->top - 2 * inset, scale, dx, dy;
    for (uint32_t i = 0; i < scene->topology->asset_count; i++) {
        west = fmin(west, layout->x[i]);
        east = fmax(east, layout->x[i]);
        north = fmin(north, layout->y[i]);
        south = fmax(south, layout->y[i]);
    }
    for (size_t i = 0; i < layout->box_count; i++) {
        const toc_layout_box *box = &layout->boxes[i];
        west = fmin(west, box->x);
        east = fmax(east, box->x + box->width);
        north = fmin(north, box->y);
        south = fmax(south, box->y + box->height);
    }
    scale = fmin(width / fmax(east - west, 1e-6), height / fmax(south - north, 1e-6));
    if (!layout->geographic) {
        scale = fmin(scale, 130); /* two assets need not stand at two ends of a wall */
    } else {
        scale = fmin(scale, 5); /* and nothing is drawn larger than 20 cm to the pixel */
        scene->metres_per_pixel = 1 / scale;
    }
    dx = scene->left + inset + (width - (east - west) * scale) / 2 - west * scale;
    dy = scene->top + inset + (height - (south - north) * scale) / 2 - north * scale;
    for (uint32_t i = 0; i < scene->topology->asset_count; i++) {
        scene->x[i] = layout->x[i] * scale + dx;
        scene->y[i] = layout->y[i] * scale + dy;
    }
    for (size_t i = 0; i < layout->box_count; i++) {
        const toc_layout_box *box = &layout->boxes[i];
        double x = box->x * scale + dx, y = box->y * scale + dy;
        double corners[8] = {x,
                             y,
                             x + box->width * scale,
                             y,
                             x + box->width * scale,
                             y + box->height * scale,
                             x,
                             y + box->height * scale};
        scene->areas[scene->area_count++] =
            (toc_scene_area){box->zone, g_memdup2(corners, sizeof corners),
                             4,         box->width * box->height * scale * scale,
                             x + 8,     y + 14};
    }
}

struct corner {
    double x, y;
};

static int by_x(const void *left, const void *right) {
    const struct corner *a = left, *b = right;
    if (a->x != b->x) {
        return a->x < b->x ? -1 : 1;
    }
    return a->y < b->y ? -1 : a->y > b->y ? 1 : 0;
}

static double turn(struct corner a, struct corner b, struct corner c) {
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

/* Convex hull (Andrew's monotone chain), in place; gives the number of its corners. */
static size_t hull(struct corner *points, size_t count, struct corner *out) {
    size_t size = 0;
    qsort(points, count, sizeof *points, by_x);
    if (count < 3) {
        for (size_t i = 0; i < count; i++) {
            out[i] = points[i];
        }
        return count;
    }
    for (size_t i = 0; i < count; i++) {
        while (size >= 2 && turn(out[size - 2], out[size - 1], points[i]) <= 0) {
            size--;
        }
        out[size++] = points[i];
    }
    for (size_t i = count - 1, base = size + 1; i-- > 0;) {
        while (size >= base && turn(out[size - 2], out[size - 1], points[i]) <= 0) {
            size--;
        }
        out[size++] = points[i];
    }
    return size - 1;
}

static int by_extent(const void *left, const void *right) {
    const toc_scene_area *a = left, *b = right;
    if (a->extent != b->extent) {
        return a->extent > b->extent ? -1 : 1;
    }
    return a->zone < b->zone ? -1 : 1;
}

static void outline(toc_scene *scene, uint32_t zone, struct corner *points, size_t count) {
    toc_scene_area *area = &scene->areas[scene->area_count++];
    struct corner *corners = g_new(struct corner, 2 * count + 1);
    size_t size = hull(points, count, corners);
    *area = (toc_scene_area){zone, g_new(double, 2 * size), size, 0, corners[0].x, corners[0].y};
    for (size_t i = 0; i < size; i++) {
        struct corner next = corners[(i + 1) % size];
        area->corners[2 * i] = corners[i].x;
        area->corners[2 * i + 1] = corners[i].y;
        area->extent += (corners[i].x * next.y - next.x * corners[i].y) / 2;
        if (corners[i].y < area->label_y) {
            area->label_x = corners[i].x;
            area->label_y = corners[i].y;
        }
    }
    area->extent = fabs(area->extent);
    area->label_y -= scene->padding;
    g_free(corners);
}

/* Where places are known, a zone is what its assets span. */
static void outline_zones(toc_scene *scene) {
    uint32_t count = scene->topology->asset_count;
    struct corner *points = g_new(struct corner, count + (gsize)1);
    scene->padding = scene->size * 0.5 + 8;
    for (uint32_t zone = 0; zone < scene->topology->zone_count; zone++) {
        size_t found = 0;
        for (uint32_t i = 0; i < count; i++) {
            if (scene->topology->assets[i].zone == zone) {
                points[found++] = (struct corner){scene->x[i], scene->y[i]};
            }
        }
        if (found > 0) {
            outline(scene, zone, points, found);
        }
    }
    g_free(points);
}

void toc_scene_compute(const toc_map_request *request, toc_scene *out_scene) {
    const toc_topology *topology = request->topology;
    toc_scene scene = {.request = request,
                       .topology = topology,
                       .theme = request->theme != NULL ? request->theme : toc_theme_light()};
    toc_layout layout;
    toc_spread_field field;
    divide(&scene);
    scene.size = 28;
    scene.x = g_new0(double, topology->asset_count);
    scene.y = g_new0(double, topology->asset_count);
    scene.areas = g_new0(toc_scene_area, topology->zone_count + (gsize)1);
    if (topology->asset_count > 0) {
        toc_layout_compute(topology, (scene.right - scene.left) / (scene.bottom - scene.top),
                           &layout);
        fit(&scene, &layout);
        scene.size = choose_size(&scene);
        field = (toc_spread_field){scene.left + scene.size, scene.top + scene.size,
                                   scene.right - scene.size, scene.bottom - scene.size,
                                   scene.size * (scene.size < 15 ? 0.9 : 1.3)};
        toc_spread_apart(scene.x, scene.y, topology->asset_count, &field);
        if (layout.box_count == 0) {
            outline_zones(&scene);
        }
        qsort(scene.areas, scene.area_count, sizeof *scene.areas, by_extent);
        toc_layout_finish(&layout);
    }
    *out_scene = scene;
}

void toc_scene_finish(toc_scene *scene) {
    for (size_t i = 0; i < scene->area_count; i++) {
        g_free(scene->areas[i].corners);
    }
    g_free(scene->areas);
    g_free(scene->x);
    g_free(scene->y);
}
