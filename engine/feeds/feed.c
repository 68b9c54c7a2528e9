#include "feeds/feed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tocsin/cap.h"
#include "tocsin/likeness.h"

enum { NAME_SIZE = 320, TEXT_SIZE = 4096, LINE_SIZE = 8192, MOST_SAID = 64 };

/* What a ticket is to tell the public once it is done. */
struct saying {
    int64_t ticket;
    char text[TEXT_SIZE];
};

struct toc_feed {
    toc_feed_options options;
    char team[NAME_SIZE], exercise[NAME_SIZE], language[16];
    struct saying said[MOST_SAID]; /* a ring: the oldest is forgotten first */
    unsigned next_saying;
    unsigned warnings;
};

toc_feed *toc_feed_create(const toc_feed_options *options) {
    toc_feed *feed = calloc(1, sizeof *feed);
    if (feed == NULL) {
        abort(); /* as everywhere: a program that has no memory left says so and stops */
    }
    feed->options = *options;
    (void)snprintf(feed->team, sizeof feed->team, "%s", options->team);
    (void)snprintf(feed->exercise, sizeof feed->exercise, "%s", options->exercise);
    (void)snprintf(feed->language, sizeof feed->language, "%s", options->language);
    return feed;
}

void toc_feed_destroy(toc_feed *feed) {
    free(feed);
}

/* "gridco.soc" is of "gridco", as "gridco" is. */
static bool is_of_team(const toc_feed *feed, const char *name) {
    size_t length = strlen(feed->team);
    return strncmp(name, feed->team, length) == 0 && (name[length] == '\0' || name[length] == '.');
}

/* -- Lines --------------------------------------------------------------------------------------
 */

static void put_line(toc_feed *feed, int64_t moment, const toc_trace_entry *entry, const char *kind,
                     int severity, const char *text) {
    char host[NAME_SIZE], when[64], screened[TEXT_SIZE], bytes[LINE_SIZE];
    (void)snprintf(host, sizeof host, "%.200s.exercise.invalid", entry->subject);
    (void)toc_time_print(entry->time, when, sizeof when);
    (void)toc_likeness_screen(text, screened, sizeof screened);
    toc_syslog_line line = {.moment = moment,
                            .severity = severity,
                            .host = host,
                            .kind = kind,
                            .exercise = feed->exercise,
                            .team = feed->team,
                            .drill_time = when,
                            .asset = entry->subject,
                            .text = screened,
                            .body = feed->options.body};
    size_t length = toc_syslog_write(&line, bytes, sizeof bytes - 1);
    length = length < sizeof bytes - 1 ? length : sizeof bytes - 2;
    bytes[length] = '\n';
    feed->options.line(feed->options.object, bytes, length + 1);
}

/* A false alarm is in the same words as any other. */
static void put_alert(toc_feed *feed, int64_t moment, const toc_trace_entry *entry) {
    char text[TEXT_SIZE];
    if (strcmp(entry->verb, "raised") == 0) {
        (void)snprintf(text, sizeof text, "%s: sign of an intruder on %s", entry->text,
                       entry->subject);
        put_line(feed, moment, entry, "alert", 4, text);
    }
}

static void put_telemetry(toc_feed *feed, int64_t moment, const toc_trace_entry *entry) {
    char text[TEXT_SIZE];
    bool bad = strcmp(entry->verb, "failed") == 0 || strcmp(entry->verb, "off") == 0;
    if (strcmp(entry->text, "telemetry") == 0) {
        (void)snprintf(text, sizeof text, "%s is %s", entry->subject, entry->verb);
        put_line(feed, moment, entry, "telemetry", bad ? 3 : 6, text);
    }
}

/* -- Warnings -----------------------------------------------------------------------------------
 */

static bool is_public(const char *verb) {
    return strcmp(verb, "press_statement") == 0 || strcmp(verb, "notify_customer") == 0;
}

/* The value of "text" among the "key=value" lines behind "requested: "; in it "\n" is a new line.
 */
static void read_text(const char *requested, char *out, size_t size) {
    const char *at = strstr(requested, "text=");
    size_t used = 0;
    while (at != NULL && at != requested && at[-1] != ' ' && at[-1] != '\n') {
        at = strstr(at + 1, "text=");
    }
    for (at = at == NULL ? "" : at + 5; *at != '\0' && *at != '\n' && used + 1 < size; at++) {
        bool is_escape = *at == '\\' && (at[1] == 'n' || at[1] == '\\');
        at += is_escape;
        out[used++] = is_escape && *at == 'n' ? '\n' : *at;
    }
    out[used] = '\0';
}

static void remember(toc_feed *feed, const toc_trace_entry *entry) {
    struct saying *saying = &feed->said[feed->next_saying++ % MOST_SAID];
    saying->ticket = entry->after;
    read_text(entry->text, saying->text, sizeof saying->text);
}

static const char *said_by(const toc_feed *feed, int64_t ticket) {
    for (unsigned i = 0; i < MOST_SAID; i++) {
        if (feed->said[i].ticket == ticket) {
            return feed->said[i].text;
        }
    }
    return "";
}

static void put_warning(toc_feed *feed, int64_t moment, const toc_trace_entry *entry) {
    char identifier[NAME_SIZE], sender[NAME_SIZE], name[NAME_SIZE], screened[TEXT_SIZE];
    (void)snprintf(identifier, sizeof identifier, "EXERCISE-%.200s-%u", feed->team,
                   ++feed->warnings);
    (void)snprintf(sender, sizeof sender, "%.200s.exercise.invalid", feed->team);
    (void)snprintf(name, sizeof name, "%.200s-%u.xml", feed->team, feed->warnings);
    (void)toc_likeness_screen(said_by(feed, entry->after), screened, sizeof screened);
    toc_cap_alert alert = {.identifier = identifier,
                           .sender = sender,
                           .moment = moment,
                           .exercise = feed->exercise,
                           .language = feed->language,
                           .event = strcmp(entry->verb, "press_statement") == 0
                                        ? "statement to the public"
                                        : "information for customers",
                           .headline = screened[0] == '\0' ? "No text was given" : screened,
                           .description = screened,
                           .area = feed->team,
                           .severity = TOC_CAP_UNKNOWN};
    size_t size = 0;
    char *xml = toc_cap_write(&alert, &size);
    feed->options.warning(feed->options.object, name, xml, size);
    toc_cap_free(xml);
}

static void note_action(toc_feed *feed, int64_t moment, const toc_trace_entry *entry) {
    if (!is_public(entry->verb)) {
        return;
    }
    if (strncmp(entry->text, "requested", 9) == 0) {
        remember(feed, entry);
    } else if (strncmp(entry->text, "done", 4) == 0) {
        put_warning(feed, moment, entry);
    }
}

void toc_feed_note(toc_feed *feed, int64_t moment, const toc_trace_entry *entry) {
    if (!is_of_team(feed, entry->actor)) {
        return;
    }
    if (feed->options.line != NULL && entry->kind == TOC_TRACE_ALERT) {
        put_alert(feed, moment, entry);
    } else if (feed->options.line != NULL && entry->kind == TOC_TRACE_BELIEF) {
        put_telemetry(feed, moment, entry);
    } else if (feed->options.warning != NULL && entry->kind == TOC_TRACE_ACTION) {
        note_action(feed, moment, entry);
    }
}
