#include "drill/telling.h"

#include <stdlib.h>

#include "drill/duty.h"
#include "drill/message.h"
#include "drill/persona.h"
#include "drill/seat.h"

static const char *text_of(const toc_ticket *ticket, const char *absent) {
    const char *text = toc_parameter_text(&ticket->parameters, "text");
    return text == NULL ? absent : text;
}

static toc_marking marking_of(const toc_ticket *ticket, const char *key) {
    const char *text = toc_parameter_text(&ticket->parameters, key);
    return text == NULL ? TOC_MARKING_NONE : toc_marking_find(text);
}

/* The number of the message that the ticket names as message=; 0 where it names none. */
static uint32_t origin_of(const toc_drill *drill, const toc_ticket *ticket) {
    const char *text = toc_parameter_text(&ticket->parameters, "message");
    if (text == NULL) {
        return 0;
    }
    text += text[0] == 'M' ? 2 : 0;
    return toc_message_of_inbox(drill, ticket->seat, (uint32_t)strtoul(text, NULL, 10));
}

static const char *unknown_message(const toc_drill *drill, const toc_ticket *ticket) {
    return toc_parameter_text(&ticket->parameters, "message") != NULL &&
                   origin_of(drill, ticket) == 0
               ? "there is no such message in this inbox"
               : NULL;
}

const char *toc_telling_begin(toc_drill *drill, uint32_t number) {
    const toc_ticket *ticket = toc_ticket_at(drill, number);
    if (ticket->object == ticket->seat) {
        return "that is this seat itself";
    }
    if (toc_parameter_text(&ticket->parameters, "text") == NULL) {
        return "there is no text";
    }
    return unknown_message(drill, ticket);
}

const char *toc_telling_begin_relay(toc_drill *drill, uint32_t number) {
    const toc_ticket *ticket = toc_ticket_at(drill, number);
    if (ticket->object == ticket->seat) {
        return "that is this seat itself";
    }
    if (toc_parameter_text(&ticket->parameters, "message") == NULL) {
        return "it is not said which message";
    }
    return unknown_message(drill, ticket);
}

const char *toc_telling_begin_public(toc_drill *drill, uint32_t number) {
    return unknown_message(drill, toc_ticket_at(drill, number));
}

/* Which way the words go where nothing is said. */
static const char *usual_channel(toc_action_verb verb) {
    switch ((int)verb) {
    case TOC_VERB_SHARE_IOC:
    case TOC_VERB_RELAY:
    case TOC_VERB_ANSWER_AUTHORITY:
        return "email";
    case TOC_VERB_HANDOVER:
        return "in-person";
    default:
        return "phone";
    }
}

const char *toc_telling_end(toc_drill *drill, const toc_ticket *ticket, const char **out_said) {
    const char *channel = toc_parameter_text(&ticket->parameters, "channel");
    uint32_t origin = origin_of(drill, ticket);
    const char *text = text_of(ticket, origin == 0 ? "" : toc_message_at(drill, origin)->text);
    (void)out_said;
    channel = channel == NULL ? usual_channel(ticket->verb) : channel;
    if (ticket->object == TOC_INDEX_NONE) {
        if (origin != 0) {
            toc_message_publish(drill, ticket->seat, origin, ticket->target);
        }
        toc_persona_hear(drill, toc_persona_find(drill, ticket->target), ticket->seat, channel,
                         text);
        return NULL;
    }
    toc_sharing sharing = {.from = ticket->seat,
                           .to = ticket->object,
                           .channel = channel,
                           .text = text,
                           .tlp = marking_of(ticket, "tlp"),
                           .pap = marking_of(ticket, "pap"),
                           .about = toc_parameter_text(&ticket->parameters, "about"),
                           .origin = origin};
    (void)toc_message_share(drill, &sharing);
    return NULL;
}

const char *toc_telling_end_public(toc_drill *drill, const toc_ticket *ticket,
                                   const char **out_said) {
    uint32_t origin = origin_of(drill, ticket);
    (void)out_said;
    if (origin != 0) {
        toc_message_publish(drill, ticket->seat, origin, "the public");
    }
    return NULL;
}

static toc_duty_report report_of(const toc_ticket *ticket) {
    return (toc_duty_report){.target = ticket->target,
                             .by = ticket->verb == TOC_VERB_REPORT_INITIAL ? TOC_RULEBOOK_INITIAL
                                   : ticket->verb == TOC_VERB_REPORT_SUMMARY
                                       ? TOC_RULEBOOK_SUMMARY
                                       : TOC_RULEBOOK_SUPPLEMENT,
                             .items = toc_parameter_text(&ticket->parameters, "items"),
                             .text = text_of(ticket, "")};
}

const char *toc_telling_begin_report(toc_drill *drill, uint32_t number) {
    const toc_ticket *ticket = toc_ticket_at(drill, number);
    toc_duty_report report = report_of(ticket);
    return toc_duty_refusal(drill, ticket->seat, &report);
}

static void send_report(toc_drill *drill, const toc_ticket *ticket, const char *absent) {
    uint32_t recipient = toc_duty_recipient(drill, ticket->target);
    if (recipient == TOC_INDEX_NONE) {
        return;
    }
    toc_sharing sharing = {.from = ticket->seat,
                           .to = recipient,
                           .channel = "report",
                           .text = text_of(ticket, absent)};
    (void)toc_message_share(drill, &sharing);
}

const char *toc_telling_end_report(toc_drill *drill, const toc_ticket *ticket,
                                   const char **out_said) {
    send_report(drill, ticket, "First report of an incident.");
    toc_duty_report report = report_of(ticket);
    if (toc_duty_note_report(drill, ticket->seat, &report)) {
        *out_said = "the duty is done";
    }
    return NULL;
}

const char *toc_telling_end_supplement(toc_drill *drill, const toc_ticket *ticket,
                                       const char **out_said) {
    toc_duty_report report = report_of(ticket);
    send_report(drill, ticket, toc_action_help(ticket->verb));
    if (ticket->verb != TOC_VERB_CORRECT_REPORT &&
        toc_duty_note_report(drill, ticket->seat, &report)) {
        *out_said = "the duty is done";
    }
    return NULL;
}
