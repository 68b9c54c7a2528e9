#include "drill/message.h"

#include <stdio.h>
#include <string.h>

#include "drill/cell.h"
#include "drill/observation.h"
#include "drill/seat.h"
#include "kernel/assert.h"

uint32_t toc_message_deliver(toc_drill *drill, const toc_message *message) {
    char name[32];
    TOC_ASSERT(message->to < toc_names_count(drill->seat_names));
    toc_message *kept = toc_list_add(&drill->messages, sizeof *kept);
    *kept = *message;
    kept->at = toc_calendar_now(drill->calendar);
    if (kept->tlp == TOC_MARKING_NONE) {
        kept->tlp = toc_marking_of_text(kept->text);
    }
    bool is_inject = message->inject[0] != '\0';
    uint32_t number = drill->messages.count;
    (void)snprintf(name, sizeof name, "M-%u", number);
    toc_trace_put(drill, TOC_TRACE_DELIVERED, is_inject ? message->inject : name,
                  toc_names_at(drill->seat_names, message->to), message->channel,
                  toc_marking_name(kept->tlp), kept->origin, number);
    toc_observation observation = {.at = kept->at,
                                   .kind = is_inject ? TOC_OBSERVED_INJECT : TOC_OBSERVED_MESSAGE,
                                   .subject = name,
                                   .actor = message->from,
                                   .verb = message->channel,
                                   .text = message->text,
                                   .about = message->about,
                                   .before = kept->tlp,
                                   .after = number};
    toc_observation_add(drill, message->to, &observation);
    toc_conditions_touch(drill->conditions, toc_cell(TOC_CELL_MESSAGE, 0));
    return number;
}

uint32_t toc_message_send(toc_drill *drill, const char *from, uint32_t to_seat, const char *channel,
                          const char *text) {
    toc_message message = {.from = toc_drill_keep(drill, from),
                           .to = to_seat,
                           .channel = toc_drill_keep(drill, channel),
                           .text = toc_drill_keep(drill, text),
                           .inject = ""};
    toc_trace_put(drill, TOC_TRACE_MESSAGE, toc_names_at(drill->seat_names, to_seat), message.from,
                  message.channel, message.text, 0, (int64_t)drill->messages.count + 1);
    return toc_message_deliver(drill, &message);
}

/* Where the content first came into the drill. */
static uint32_t root_of(const toc_drill *drill, uint32_t number) {
    while (toc_message_at(drill, number)->origin != 0) {
        number = toc_message_at(drill, number)->origin;
    }
    return number;
}

/* Whether the seat has it from the source itself, or is the source. */
static bool has_it_already(const toc_drill *drill, const toc_message *root, uint32_t seat) {
    if (strcmp(root->from, toc_seat_name(drill, seat)) == 0) {
        return true;
    }
    for (uint32_t i = 1; i <= drill->messages.count; i++) {
        const toc_message *other = toc_message_at(drill, i);
        bool is_same = other == root || (root->inject[0] != '\0' && other->origin == 0 &&
                                         strcmp(other->inject, root->inject) == 0);
        if (is_same && other->to == seat) {
            return true;
        }
    }
    return false;
}

/* Whether something of operator `who` needs something of operator `whom`. */
static bool depends(const toc_topology *topology, uint32_t who, uint32_t whom) {
    for (uint32_t i = 0; who != TOC_INDEX_NONE && i < topology->need_count; i++) {
        const toc_need *need = &topology->needs[i];
        if (topology->assets[need->asset].operator_index != who) {
            continue;
        }
        for (uint32_t k = 0; k < need->source_count; k++) {
            uint32_t source = topology->sources[need->first_source + k];
            if (source < topology->asset_count && topology->assets[source].operator_index == whom) {
                return true;
            }
        }
    }
    return false;
}

static bool may_pass(const toc_drill *drill, const toc_message *root, uint32_t from, uint32_t to) {
    bool is_own = toc_seat_team(drill, from) == toc_seat_team(drill, to);
    if (has_it_already(drill, root, to)) {
        return true;
    }
    switch (root->tlp) {
    case TOC_MARKING_NONE:
    case TOC_MARKING_CLEAR:
    case TOC_MARKING_GREEN:
        return true;
    case TOC_MARKING_AMBER:
        return is_own || depends(drill->topology, toc_seat_operator(drill, to),
                                 toc_seat_operator(drill, from));
    case TOC_MARKING_AMBER_STRICT:
        return is_own;
    case TOC_MARKING_RED:
    case TOC_MARKINGS:
        break;
    }
    return false;
}

static void tell_leak(toc_drill *drill, uint32_t root, uint32_t from, const char *text) {
    char name[32];
    const toc_message *message = toc_message_at(drill, root);
    (void)snprintf(name, sizeof name, "M-%u", root);
    toc_trace_put(drill, TOC_TRACE_LEAK, message->inject[0] != '\0' ? message->inject : name,
                  toc_seat_name(drill, from), toc_marking_name(message->tlp), text, 0, root);
}

uint32_t toc_message_share(toc_drill *drill, const toc_sharing *sharing) {
    toc_marking tlp = sharing->tlp, pap = sharing->pap;
    const char *about = sharing->about;
    const char *to = toc_seat_name(drill, sharing->to);
    if (sharing->origin != 0) {
        uint32_t number = root_of(drill, sharing->origin);
        const toc_message *root = toc_message_at(drill, number);
        tlp = tlp == TOC_MARKING_NONE ? root->tlp : tlp;
        pap = pap == TOC_MARKING_NONE ? root->pap : pap;
        about = about == NULL ? root->about : about;
        if (!may_pass(drill, root, sharing->from, sharing->to)) {
            tell_leak(drill, number, sharing->from, to);
        } else if (tlp < root->tlp) {
            tell_leak(
                drill, number, sharing->from,
                toc_arena_format(drill->arena, "marked %s for %s", toc_marking_name(tlp), to));
        }
    }
    toc_message message = {.from = toc_seat_name(drill, sharing->from),
                           .to = sharing->to,
                           .channel = toc_drill_keep(drill, sharing->channel),
                           .text = toc_drill_keep(drill, sharing->text),
                           .inject = "",
                           .tlp = tlp,
                           .pap = pap,
                           .about = about,
                           .origin = sharing->origin};
    if (sharing->origin != 0) { /* what was handed out goes along */
        const toc_message *passed = toc_message_at(drill, sharing->origin);
        message.attachments = passed->attachments;
        message.attachment_count = passed->attachment_count;
    }
    toc_trace_put(drill, TOC_TRACE_MESSAGE, to, message.from, message.channel, message.text,
                  sharing->origin, (int64_t)drill->messages.count + 1);
    return toc_message_deliver(drill, &message);
}

void toc_message_publish(toc_drill *drill, uint32_t from_seat, uint32_t origin, const char *to) {
    uint32_t number = root_of(drill, origin);
    toc_marking tlp = toc_message_at(drill, number)->tlp;
    if (tlp != TOC_MARKING_NONE && tlp != TOC_MARKING_CLEAR) {
        tell_leak(drill, number, from_seat, to);
    }
}

uint32_t toc_message_of_inbox(const toc_drill *drill, uint32_t seat, uint32_t own_number) {
    uint32_t count = 0;
    for (uint32_t i = 1; i <= drill->messages.count; i++) {
        count += toc_message_at(drill, i)->to == seat;
        if (count == own_number && toc_message_at(drill, i)->to == seat) {
            return i;
        }
    }
    return 0;
}

uint32_t toc_message_count(const toc_drill *drill) {
    return drill->messages.count;
}

const toc_message *toc_message_at(const toc_drill *drill, uint32_t number) {
    TOC_ASSERT(number >= 1 && number <= drill->messages.count);
    return TOC_LIST_AT(const toc_message, &drill->messages, number - 1);
}

void toc_message_digest(const toc_drill *drill, toc_digest *digest) {
    for (uint32_t i = 0; i < drill->messages.count; i++) {
        const toc_message *message = TOC_LIST_AT(const toc_message, &drill->messages, i);
        toc_digest_i64(digest, message->at);
        toc_digest_text(digest, message->from);
        toc_digest_u64(digest, message->to);
        toc_digest_text(digest, message->channel);
        toc_digest_text(digest, message->text);
        toc_digest_text(digest, message->inject);
        toc_digest_u64(digest, (uint64_t)message->tlp << 8 | message->pap);
        toc_digest_u64(digest, message->origin);
        for (uint32_t k = 0; k < message->attachment_count; k++) {
            toc_digest_text(digest, message->attachments[k]);
        }
    }
}

void toc_message_finish(toc_drill *drill) {
    toc_list_finish(&drill->messages);
}
