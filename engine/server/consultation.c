#include "server/consultation.h"

#include <string.h>

#include "server/hall_state.h"
#include "tocsin/desk.h"
#include "tocsin/stream.h"

enum { LONGEST = 8192 };

/* The log of a desk that takes part: a seat's or an adviser's; TOC_HALL_BESIDE where there is none.
 */
static uint32_t log_of(const toc_hall *hall, const char *desk) {
    uint32_t seat = 0;
    if (toc_stream_find_seat(hall->drill, desk, &seat)) {
        return seat;
    }
    return toc_hall_adviser(hall, desk);
}

static bool is_adviser(const char *desk) {
    return toc_desk_read(desk).kind == TOC_DESK_ADVISER;
}

static void show(toc_hall *hall, toc_time at, const char *from, const char *to, const char *text) {
    toc_hall_whisper(hall, &(struct notice){.at = at,
                                            .verb = is_adviser(from) ? "advised" : "consulted",
                                            .actor = from,
                                            .subject = to,
                                            .text = text,
                                            .is_between = true,
                                            .between = {log_of(hall, from), log_of(hall, to)}});
}

/* What stands behind "text=", with line ends as they were typed. */
static char *text_of(const char *parameters) {
    const char *text = g_str_has_prefix(parameters, "text=") ? parameters + 5 : "";
    char *escaped = g_strndup(text, strcspn(text, "\n"));
    char *plain = g_strcompress(escaped);
    g_free(escaped);
    return g_strstrip(plain);
}

static const char *objection(const toc_hall *hall, const toc_hall_deed *deed, const char *text) {
    bool advises = strcmp(deed->verb, "advise") == 0;
    if (log_of(hall, deed->target) == TOC_HALL_BESIDE || advises == is_adviser(deed->target)) {
        return advises ? "an adviser answers a seat, by its name: gridco.dispatcher"
                       : "there is no such adviser; who can be asked stands among those who can be "
                         "reached";
    }
    return text[0] == '\0'          ? "say what, as text"
           : strlen(text) > LONGEST ? "that is too long; say it in parts"
                                    : NULL;
}

bool toc_consultation_take(toc_hall *hall, const toc_hall_deed *deed, toc_wire_reason *out_reason,
                           toc_problems *problems) {
    bool asks = deed->kind == TOC_HALL_ACT && strcmp(deed->verb, "consult") == 0;
    bool advises = deed->kind == TOC_HALL_ACT && strcmp(deed->verb, "advise") == 0;
    if (!asks && !advises) {
        return false;
    }
    if (advises != is_adviser(deed->desk)) {
        *out_reason = TOC_WIRE_NOT_YOURS;
        return true;
    }
    char *text = text_of(deed->parameters);
    const char *why = objection(hall, deed, text);
    *out_reason = why == NULL ? TOC_WIRE_NONE : TOC_WIRE_NOT_UNDERSTOOD;
    if (why != NULL) {
        (void)toc_problems_error(problems, (toc_place){.file = NULL}, "%s", why);
    } else {
        show(hall, toc_drill_now(hall->drill), deed->desk, deed->target, text);
        toc_hall_journal(hall, advises ? "advised" : "consulted", deed->desk, deed->target, text);
    }
    g_free(text);
    return true;
}

void toc_consultation_recall(toc_hall *hall, const toc_record_entry *entry) {
    show(hall, entry->at, entry->seat, entry->subject, entry->text);
}
