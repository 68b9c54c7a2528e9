#include "cli/feeding.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "feeds/feed.h"
#include "feeds/outlet.h"

enum { TEAM = 64, DESK = 128, PATH = 4096 };

struct channel {
    struct channel *next;
    char team[TEAM], asked_by[DESK]; /* asked_by: the first of two who want it on; "" nobody */
    toc_feed *feed;
    toc_outlet *outlet; /* NULL: warnings alone */
    const char *folder; /* of warnings; NULL: none */
    bool is_on;
};

struct toc_feeding {
    struct channel *channels;
    toc_record *record;
};

/* -- Out ----------------------------------------------------------------------------------------
 */

static void send_line(void *object, const char *bytes, size_t size) {
    struct channel *channel = object;
    if (channel->outlet != NULL) {
        toc_outlet_send(channel->outlet, bytes, size);
    }
}

/* A warning that cannot be written holds no drill up; it is in the record all the same. */
static void save_warning(void *object, const char *name, const char *xml, size_t size) {
    const struct channel *channel = object;
    char path[PATH];
    if (channel->folder == NULL ||
        snprintf(path, sizeof path, "%s/%s", channel->folder, name) >= (int)sizeof path) {
        return;
    }
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file >= 0) {
        (void)!write(file, xml, size);
        (void)close(file);
    }
}

static void hear(void *object, const toc_trace_entry *entry) {
    const toc_feeding *feeding = object;
    struct timespec now;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    int64_t moment = (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
    for (struct channel *channel = feeding->channels; channel != NULL; channel = channel->next) {
        if (channel->is_on) {
            toc_feed_note(channel->feed, moment, entry);
        }
    }
}

/* -- What is asked for --------------------------------------------------------------------------
 */

static bool is_team(const toc_drill *drill, const char *team) {
    size_t length = strlen(team);
    for (uint32_t i = 0; i < toc_drill_facts_of(drill).seats; i++) {
        const char *seat = toc_drill_seat(drill, i);
        if (strncmp(seat, team, length) == 0 && seat[length] == '.') {
            return true;
        }
    }
    return false;
}

/* "gridco=udp:127.0.0.1:5514", or the team alone where only its warnings are wanted. */
static toc_status add_channel(toc_cli_call *call, const toc_drill *drill, const char *text,
                              size_t length, toc_feeding *feeding) {
    char team[TEAM] = "", to[PATH] = "";
    size_t name = strcspn(text, "=,");
    (void)snprintf(team, sizeof team, "%.*s", (int)(name < length ? name : length), text);
    if (name < length) {
        (void)snprintf(to, sizeof to, "%.*s", (int)(length - name - 1), text + name + 1);
    }
    if (!is_team(drill, team)) {
        return toc_problems_error(call->problems, (toc_place){.file = NULL},
                                  "--feed: there is no team '%.60s'; write TEAM=file:PATH, "
                                  "TEAM=udp:HOST:PORT or TEAM=tcp:HOST:PORT",
                                  team);
    }
    struct channel *channel = calloc(1, sizeof *channel);
    if (channel == NULL) {
        return TOC_SYSTEM_FAULT;
    }
    channel->next = feeding->channels;
    feeding->channels = channel;
    (void)strcpy(channel->team, team);
    channel->folder = toc_cli_value(call, "warnings");
    toc_feed_options options = {.team = channel->team,
                                .exercise = toc_drill_facts_of(drill).title,
                                .language = "en",
                                .body = toc_cli_value(call, "cef") == NULL ? TOC_SYSLOG_PLAIN
                                                                           : TOC_SYSLOG_CEF,
                                .line = send_line,
                                .warning = save_warning,
                                .object = channel};
    channel->feed = toc_feed_create(&options);
    return to[0] == '\0' ? TOC_OK
                         : toc_outlet_open(to, toc_cli_value(call, "collector"), call->problems,
                                           &channel->outlet);
}

toc_status toc_feeding_open(toc_cli_call *call, const toc_drill *drill, toc_record *record,
                            toc_feeding **out_feeding) {
    const char *list = toc_cli_value(call, "feed");
    toc_status status = TOC_OK;
    *out_feeding = NULL;
    if (list == NULL) {
        return TOC_OK;
    }
    toc_feeding *feeding = calloc(1, sizeof *feeding);
    if (feeding == NULL) {
        return TOC_SYSTEM_FAULT;
    }
    feeding->record = record;
    while (status == TOC_OK && *list != '\0') {
        size_t length = strcspn(list, ",");
        status = add_channel(call, drill, list, length, feeding);
        list += length + (list[length] == ',');
    }
    if (status != TOC_OK) {
        toc_feeding_close(feeding);
        return status;
    }
    toc_record_tap(record, hear, feeding);
    *out_feeding = feeding;
    return TOC_OK;
}

void toc_feeding_close(toc_feeding *feeding) {
    while (feeding != NULL && feeding->channels != NULL) {
        struct channel *channel = feeding->channels;
        feeding->channels = channel->next;
        toc_feed_destroy(channel->feed);
        if (channel->outlet != NULL) {
            toc_outlet_close(channel->outlet);
        }
        free(channel);
    }
    free(feeding);
}

/* -- On and off ---------------------------------------------------------------------------------
 */

toc_hall_feeding toc_feeding_switch(void *object, const char *desk, const char *team, bool on) {
    toc_feeding *feeding = object;
    struct channel *channel = feeding->channels;
    while (channel != NULL && strcmp(channel->team, team) != 0) {
        channel = channel->next;
    }
    if (channel == NULL) {
        return TOC_HALL_FEED_NONE;
    }
    if (!on) {
        channel->is_on = false;
        channel->asked_by[0] = '\0';
        return TOC_HALL_FEED_OFF;
    }
    if (channel->is_on) {
        return TOC_HALL_FEED_ON;
    }
    if (channel->asked_by[0] == '\0' || strcmp(channel->asked_by, desk) == 0) {
        (void)snprintf(channel->asked_by, sizeof channel->asked_by, "%s", desk);
        return TOC_HALL_FEED_ASKED;
    }
    channel->is_on = true;
    return TOC_HALL_FEED_ON;
}
