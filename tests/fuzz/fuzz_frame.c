/* Any bytes as a frame, from a client and from a server: refused for a reason with words, or a
   message that is written and read back as the same bytes. */
#include <string.h>

#include "kernel/assert.h"
#include "wire/frame_reader.h"
#include "wire/frame_writer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_return(const toc_wire_message *message, toc_wire_sender sender) {
    static char bytes[TOC_WIRE_FRAME], again[TOC_WIRE_FRAME];
    toc_frame *frame = NULL;
    toc_frame_refusal refusal;
    size_t size = toc_frame_writer_write(message, bytes, sizeof bytes);
    TOC_ASSERT(size > 0);
    TOC_ASSERT(toc_frame_reader_read(bytes, size, sender, &frame, &refusal) == TOC_WIRE_NONE);
    TOC_ASSERT(toc_frame_writer_write(toc_frame_reader_message(frame), again, sizeof again) ==
               size);
    TOC_ASSERT(memcmp(bytes, again, size) == 0);
    toc_frame_reader_release(frame);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    for (int sender = 0; sender < 2; sender++) {
        toc_frame *frame = NULL;
        toc_frame_refusal refusal;
        toc_wire_reason reason = toc_frame_reader_read((const char *)data, size,
                                                       (toc_wire_sender)sender, &frame, &refusal);
        if (reason == TOC_WIRE_NONE) {
            check_return(toc_frame_reader_message(frame), (toc_wire_sender)sender);
        } else {
            TOC_ASSERT(frame == NULL && refusal.text[0] != '\0');
        }
        toc_frame_reader_release(frame);
    }
    return 0;
}
