/* Player: drives a drill from stand-ins into a record, or from a record again. */
#ifndef RECORD_PLAYER_H
#define RECORD_PLAYER_H

#include "tocsin/record.h"

typedef struct toc_player {
    const toc_package *package;
    toc_record *record; /* NULL: nowhere */
    const char *policy;
    uint64_t seed;
    uint32_t replication;
    void (*progress)(void *object, toc_time now, toc_time length);
    void *progress_object;
} toc_player;

toc_status toc_player_play(const toc_player *player, toc_problems *problems, toc_drill **out_drill);

typedef struct toc_replay {
    const toc_record *record;
    toc_time until;
    bool verify;
    toc_trace_sink *trace;
    void *trace_object;
} toc_replay;

toc_status toc_player_replay(const toc_replay *replay, toc_problems *problems,
                             toc_drill **out_drill);

#endif
