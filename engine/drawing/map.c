#include "drawing/map.h"

#include "drawing/canvas.h"
#include "drawing/legend.h"
#include "drawing/paint.h"
#include "drawing/symbol.h"
#include "drawing/text.h"

#include <string.h>

enum { SMALLEST = 240, LARGEST = 16000 /* pixels; Cairo's own limit is 32767 */ };

static bool is_sensible(int length) {
    return length == 0 || (length >= SMALLEST && length <= LARGEST);
}

toc_status toc_map_draw(const toc_map_request *request, toc_problems *problems,
                        toc_formats_buffer *buffer) {
    const toc_place nowhere = {NULL, 0, 0};
    const char *missing = toc_text_missing_fonts();
    toc_scene scene;
    toc_canvas canvas;
    if (!is_sensible(request->width) || !is_sensible(request->height)) {
        (void)toc_problems_error(problems, nowhere,
                                 "a map of %d by %d cannot be drawn; expected %d to %d each way",
                                 request->width, request->height, SMALLEST, LARGEST);
        return TOC_BAD_USAGE;
    }
    if (missing != NULL) {
        toc_problems_warn(problems, nowhere, "%s", missing);
    }
    toc_scene_compute(request, &scene);
    if (!toc_canvas_open(&canvas, request->format, scene.width, scene.height, buffer)) {
        toc_scene_finish(&scene);
        return toc_problems_fault(problems, nowhere, "there is no memory for so large a picture");
    }
    toc_symbol_colour(canvas.cairo, scene.theme->panel, 1);
    cairo_paint(canvas.cairo);
    toc_paint_map(canvas.cairo, &scene);
    toc_legend_paint(canvas.cairo, &scene);
    toc_scene_finish(&scene);
    if (!toc_canvas_close(&canvas)) {
        return toc_problems_fault(problems, nowhere, "the picture could not be drawn");
    }
    return TOC_OK;
}

toc_map_format toc_map_format_of(const char *path) {
    static const char *const endings[] = {
        [TOC_MAP_SVG] = ".svg", [TOC_MAP_PNG] = ".png", [TOC_MAP_PDF] = ".pdf"};
    const char *ending = strrchr(path, '.');
    for (unsigned i = 0; ending != NULL && i < TOC_MAP_FORMATS; i++) {
        if (strcmp(endings[i], ending) == 0) {
            return (toc_map_format)i;
        }
    }
    return TOC_MAP_FORMATS;
}
