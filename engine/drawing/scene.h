/* Scene: a map request worked out in pixels: where everything stands and how large it is. */
#ifndef DRAWING_SCENE_H
#define DRAWING_SCENE_H

#include "drawing/map.h"

/* Where a zone is: the corners of its outline, clockwise. */
typedef struct toc_scene_area {
    uint32_t zone;
    double *corners; /* x, y, x, y ... */
    size_t count;
    double extent; /* in square pixels */
    double label_x, label_y;
} toc_scene_area;

typedef struct toc_scene {
    const toc_map_request *request;
    const toc_topology *topology;
    const toc_theme *theme;
    double width, height;            /* of the picture */
    double left, top, right, bottom; /* of the map in it */
    double panel;                    /* width of the column beside it; 0: none */
    double *x, *y;                   /* of each asset */
    double size;                     /* of a symbol */
    double padding;                  /* of areas around their assets; 0: they are boxes */
    double metres_per_pixel;         /* 0: distances mean nothing */
    toc_scene_area *areas;           /* larger ones first */
    size_t area_count;
} toc_scene;

void toc_scene_compute(const toc_map_request *request, toc_scene *out_scene);
void toc_scene_finish(toc_scene *scene);
toc_map_state toc_scene_state(const toc_scene *scene, uint32_t element);

#endif
