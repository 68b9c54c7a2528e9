/* Frame writer: messages into bytes, the same bytes for the same message: fields in the order of
   wire.def, those that say what their absence says left out. */
#ifndef WIRE_FRAME_WRITER_H
#define WIRE_FRAME_WRITER_H

#include "wire/wire.h"

/* Writes the frame without a zero behind it; returns its bytes. 0 where it does not fit into `size`
   or TOC_WIRE_FRAME, or is not what a reader would take: a needed text empty, a number or word out
   of range, a list too long. Texts of a server that are too long are cut with an ellipsis (ids
   never are), and what is no UTF-8 in them becomes visible escapes. */
size_t toc_frame_writer_write(const toc_wire_message *message, char *buffer, size_t size);

/* Where a message is whose lists are too long for one frame; {0} begins it. */
typedef struct toc_frame_place {
    size_t field;
    uint32_t item;
    bool begun;
} toc_frame_place;

/* Of a message that has a field `more` (catalogue, state, truth): writes the next part, with as
   many items as fit and `more` set where others follow, and moves *place behind it; 0 when all has
   been written. `whole` stands in the first part only. An item that fits no frame is left out;
   `size` is best TOC_WIRE_FRAME. */
size_t toc_frame_writer_part(const toc_wire_message *message, toc_frame_place *place, char *buffer,
                             size_t size);

#endif
