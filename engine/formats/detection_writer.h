/* Detection writer: sensors and analysts as the native file says them. */
#ifndef FORMATS_DETECTION_WRITER_H
#define FORMATS_DETECTION_WRITER_H

#include "tocsin/formats.h"

void toc_detection_writer_all(const toc_topology *topology, toc_formats_buffer *buffer);

#endif
