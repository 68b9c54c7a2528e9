#include "drawing/canvas.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static cairo_status_t append(void *object, const unsigned char *bytes, unsigned int size) {
    toc_formats_buffer_add(object, (const char *)bytes, size);
    return CAIRO_STATUS_SUCCESS;
}

bool toc_canvas_open(toc_canvas *canvas, toc_map_format format, double width, double height,
                     toc_formats_buffer *buffer) {
    cairo_surface_t *surface = NULL;
    if (format == TOC_MAP_SVG) {
        surface = cairo_svg_surface_create_for_stream(append, buffer, width, height);
        cairo_svg_surface_set_document_unit(surface, CAIRO_SVG_UNIT_PX);
    } else if (format == TOC_MAP_PDF) {
        surface = cairo_pdf_surface_create_for_stream(append, buffer, width, height);
        /* the moment of drawing does not belong into the bytes */
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE,
                                       "2000-01-01T00:00:00Z");
    } else {
        surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)width, (int)height);
    }
    *canvas = (toc_canvas){cairo_create(surface), surface, format, buffer, buffer->size};
    if (cairo_status(canvas->cairo) != CAIRO_STATUS_SUCCESS) {
        cairo_destroy(canvas->cairo);
        cairo_surface_destroy(surface);
        return false;
    }
    return true;
}

/* Cairo numbers surfaces through the life of the program, and an SVG tells: the numbers are made to
   count from where the picture begins. */
static void renumber_surfaces(toc_canvas *canvas) {
    static const char word[] = "surface";
    toc_formats_buffer *buffer = canvas->buffer, plain = {NULL, 0, 0};
    const char *at = buffer->bytes + canvas->start, *end = buffer->bytes + buffer->size, *next;
    long first = -1;
    while ((next = strstr(at, word)) != NULL) {
        char *digits_end;
        long number;
        next += strlen(word);
        toc_formats_buffer_add(&plain, at, (size_t)(next - at));
        number = strtol(next, &digits_end, 10);
        if (digits_end > next) {
            char text[24];
            first = first < 0 ? number : first;
            (void)snprintf(text, sizeof text, "%ld", number - first);
            toc_formats_buffer_add(&plain, text, strlen(text));
        }
        at = digits_end;
    }
    toc_formats_buffer_add(&plain, at, (size_t)(end - at));
    buffer->size = canvas->start;
    toc_formats_buffer_add(buffer, plain.bytes, plain.size);
    toc_formats_buffer_finish(&plain);
}

bool toc_canvas_close(toc_canvas *canvas) {
    bool done = cairo_status(canvas->cairo) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(canvas->cairo);
    if (canvas->format == TOC_MAP_PNG) {
        done = cairo_surface_write_to_png_stream(canvas->surface, append, canvas->buffer) ==
                   CAIRO_STATUS_SUCCESS &&
               done;
    }
    cairo_surface_finish(canvas->surface);
    done = cairo_surface_status(canvas->surface) == CAIRO_STATUS_SUCCESS && done;
    cairo_surface_destroy(canvas->surface);
    if (canvas->format == TOC_MAP_SVG && done) {
        renumber_surfaces(canvas);
    }
    return done;
}
