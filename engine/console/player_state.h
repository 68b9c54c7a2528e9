/* State of the player desk, shared by its files. */
#ifndef CONSOLE_PLAYER_STATE_H
#define CONSOLE_PLAYER_STATE_H

#include <glib.h>

#include "console/act_form.h"
#include "console/mapping.h"
#include "console/station.h"
#include "console/widget.h"

typedef enum toc_player_page {
    TOC_PLAYER_OVERVIEW,
    TOC_PLAYER_MAP,
    TOC_PLAYER_ALARMS,
    TOC_PLAYER_ASSET,
    TOC_PLAYER_INBOX,
    TOC_PLAYER_TASKS,
    TOC_PLAYER_DUTIES,
    TOC_PLAYER_ORDERS,
    TOC_PLAYER_DECISIONS,
    TOC_PLAYER_BOARD,
    TOC_PLAYER_PLAN,
    TOC_PLAYER_CREWS,
    TOC_PLAYER_LOG,
    TOC_PLAYER_PAGES
} toc_player_page;

/* An alarm that was put aside. */
struct shelved {
    char asset[201];
    toc_time until;
};

/* How a service stood lately. */
struct trend {
    char id[401];
    double levels[48];
    uint32_t count;
    toc_time at;
};

struct player {
    toc_player_page page; /* of those that share a place */
    toc_mapping *mapping;
    toc_act_form *form;
    GArray *alarms;    /* uint32_t: of the state's alarms, those that are listed, in their order */
    GArray *shelved;   /* struct shelved */
    GPtrArray *trends; /* struct trend */
    uint32_t letter;   /* of the inbox, newest first: the one that is read */
    char shelving[201];
    uint64_t read_until;  /* the highest number of a message that was read */
    const toc_post *post; /* while a list is filled */
};

#endif
