/* Talk state: what the text console keeps, shared by talk.c, which tells, and talk_command.c, which
 * does.
 */
#ifndef CLI_TALK_STATE_H
#define CLI_TALK_STATE_H

#include "cli/saying.h"
#include "cli/talk.h"
#include "cli/words.h"

enum { TOC_TALK_DESCRIBED = 256, TOC_TALK_DESCRIPTION = 120, TOC_TALK_LETTERS = 32768 };

#define SAY(talk, id, ...)                                                                         \
    toc_saying_print((talk)->language, TOC_SAYING_##id,                                            \
                     (const char *[TOC_SAYING_PARTS]){__VA_ARGS__})

/* What was sent, so that its acknowledgement can be told in words. */
struct described {
    char id[65], text[TOC_TALK_DESCRIPTION];
};

enum announcing { NOW, LATER, OFF };

struct toc_talk {
    toc_client *client;
    char language[16];
    bool has_prompt, has_left, was_welcomed, is_ready, was_paused, is_over;
    enum announcing announce;
    size_t told;                                    /* events that were announced, or are history */
    unsigned char is_read[TOC_TALK_LETTERS / 8];    /* a bit for each message, by its number */
    struct described described[TOC_TALK_DESCRIBED]; /* the last ones, round and round */
    size_t described_count;
    int64_t pause;
    uint32_t clocks; /* frames of it, until all is there */
    toc_wire_reason end;
    uint64_t taken, not_taken;
    toc_words words;
};

/* The act by which this desk speaks to that one: experts are consulted, and advise. */
const char *toc_talk_way_to(const toc_talk *talk, const char *whom);

#endif
