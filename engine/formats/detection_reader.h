/* Detection reader: what the native file says of sensors and analysts. */
#ifndef FORMATS_DETECTION_READER_H
#define FORMATS_DETECTION_READER_H

#include "formats/topology_reader.h"

void toc_detection_reader_sensor(toc_topology_reader *reader);
void toc_detection_reader_analysts(toc_topology_reader *reader);

#endif
