#include "drill/message.h"

#include <stdio.h>

#include "drill/observation.h"
#include "kernel/assert.h"

uint32_t toc_message_deliver(toc_drill *drill, const toc_message *message) {
    char name[32];
    TOC_ASSERT(message->to < toc_names_count(drill->seat_names));
    toc_message *kept = toc_list_add(&drill->messages, sizeof *kept);
    *kept = *message;
    kept->at = toc_calendar_now(drill->calendar);
    bool is_inject = message->inject[0] != '\0';
    uint32_t number = drill->messages.count;
    (void)snprintf(name, sizeof name, "M-%u", number);
    toc_trace_put(drill, TOC_TRACE_DELIVERED, is_inject ? message->inject : name,
                  toc_names_at(drill->seat_names, message->to), message->channel, "", 0, number);
    toc_observation observation = {.at = kept->at,
                                   .kind = is_inject ? TOC_OBSERVED_INJECT : TOC_OBSERVED_MESSAGE,
                                   .subject = name,
                                   .actor = message->from,
                                   .verb = message->channel,
                                   .text = message->text,
                                   .after = number};
    toc_observation_add(drill, message->to, &observation);
    return number;
}

uint32_t toc_message_send(toc_drill *drill, const char *from, uint32_t to_seat, const char *channel,
                          const char *text) {
    toc_message message = {.from = toc_arena_text(drill->arena, from),
                           .to = to_seat,
                           .channel = toc_arena_text(drill->arena, channel),
                           .text = toc_arena_text(drill->arena, text),
                           .inject = ""};
    toc_trace_put(drill, TOC_TRACE_MESSAGE, toc_names_at(drill->seat_names, to_seat), message.from,
                  message.channel, message.text, 0, (int64_t)drill->messages.count + 1);
    return toc_message_deliver(drill, &message);
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
    }
}

void toc_message_finish(toc_drill *drill) {
    toc_list_finish(&drill->messages);
}
