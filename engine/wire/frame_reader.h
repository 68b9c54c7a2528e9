/* Frame reader: bytes that came from anywhere into a message, or a reason why not. Nothing that is
   not in wire.def passes. */
#ifndef WIRE_FRAME_READER_H
#define WIRE_FRAME_READER_H

#include "wire/wire.h"

typedef struct toc_frame toc_frame;

typedef struct toc_frame_refusal {
    toc_wire_reason reason;
    char text[320]; /* what was found and what was expected, harmless to print */
    char id[65];    /* the client's name of what was refused, where it could be read; else "" */
} toc_frame_refusal;

/* `sender` says whose messages are expected. TOC_WIRE_NONE and *out_frame, which the caller
   releases; or a reason, told in *refusal. A hello of another version is refused as old-protocol,
   whatever else is in it. */
toc_wire_reason toc_frame_reader_read(const char *bytes, size_t size, toc_wire_sender sender,
                                      toc_frame **out_frame, toc_frame_refusal *refusal);
/* Its texts and lists live as long as the frame. */
const toc_wire_message *toc_frame_reader_message(const toc_frame *frame);
void toc_frame_reader_release(toc_frame *frame);

#endif
