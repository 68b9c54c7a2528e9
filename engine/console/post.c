#include "console/post.h"

#include <glib.h>
#include <inttypes.h>
#include <string.h>

#include "wire/term.h"

enum { MOST_PAIRS = 16 };

const toc_wire_state *toc_post_state(const toc_post *post) {
    return toc_mirror_state(toc_client_mirror(post->client));
}

const toc_wire_catalogue *toc_post_catalogue(const toc_post *post) {
    return toc_mirror_catalogue(toc_client_mirror(post->client));
}

const toc_wire_truth *toc_post_truth(const toc_post *post) {
    return toc_mirror_truth(toc_client_mirror(post->client));
}

toc_time toc_post_now(const toc_post *post) {
    const toc_wire_clock *clock = toc_mirror_clock(toc_client_mirror(post->client));
    return clock == NULL || clock->now == TOC_NEVER ? 0 : clock->now;
}

const char *toc_post_clock(const toc_post *post, toc_time at) {
    if (at == TOC_NEVER) {
        return "";
    }
    int64_t seconds = at / TOC_SECOND, days = seconds / 86400;
    const char *time = toc_screen_text(post->screen, "%02d:%02d:%02d", (int)(seconds / 3600 % 24),
                                       (int)(seconds / 60 % 60), (int)(seconds % 60));
    return days == 0 ? time : toc_screen_text(post->screen, "D+%" PRId64 " %s", days, time);
}

const char *toc_post_left(const toc_post *post, toc_time due) {
    if (due == TOC_NEVER) {
        return "";
    }
    int64_t left = (due - toc_post_now(post)) / TOC_SECOND;
    int64_t size = left < 0 ? -left : left;
    const char *sign = left < 0 ? "\xe2\x88\x92" : "";
    return size >= 3600 ? toc_screen_text(post->screen, "%s%d:%02d:%02d", sign, (int)(size / 3600),
                                          (int)(size / 60 % 60), (int)(size % 60))
                        : toc_screen_text(post->screen, "%s%d:%02d", sign, (int)(size / 60),
                                          (int)(size % 60));
}

/* Words that are not ours are told with blanks in the place of what joins them. */
static const char *say(const toc_post *post, toc_term_kind kind, const char *word) {
    if (toc_term_is_known(kind, word)) {
        return toc_term_say(kind, word, post->language);
    }
    char *plain = g_strdup(word);
    (void)g_strdelimit(plain, "_-", ' ');
    const char *kept = toc_screen_text(post->screen, "%s", plain);
    g_free(plain);
    return kept;
}

const char *toc_post_state_word(const toc_post *post, const char *word) {
    return say(post, TOC_TERM_STATE, word);
}

const char *toc_post_verb(const toc_post *post, const char *verb) {
    return say(post, TOC_TERM_VERB, verb);
}

const toc_wire_own *toc_post_own(const toc_post *post, const char *id) {
    toc_wire_own_list all = toc_post_catalogue(post)->assets;
    for (uint32_t i = 0; i < all.count; i++) {
        if (strcmp(all.items[i].id, id) == 0) {
            return &all.items[i];
        }
    }
    return NULL;
}

const char *toc_post_asset_name(const toc_post *post, const char *id) {
    const toc_wire_own *own = toc_post_own(post, id);
    return own == NULL || own->name[0] == '\0' ? id : own->name;
}

const toc_wire_verb *toc_post_find_verb(const toc_post *post, const char *id) {
    toc_wire_verb_list all = toc_post_catalogue(post)->verbs;
    for (uint32_t i = 0; i < all.count; i++) {
        if (strcmp(all.items[i].id, id) == 0) {
            return &all.items[i];
        }
    }
    return NULL;
}

void toc_post_tell(toc_post *post, bool is_bad, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    (void)g_vsnprintf(post->said, sizeof post->said, format, arguments);
    va_end(arguments);
    post->said_is_bad = is_bad;
}

static void sent(toc_post *post, const char *id, const char *what) {
    if (id == NULL) {
        toc_post_tell(post, true, "%s", TOC_SAY(post, CANNOT_SEND));
    } else {
        toc_post_tell(post, false, "%s: %s",
                      toc_client_is_live(post->client) ? TOC_SAY(post, SENDING)
                                                       : TOC_SAY(post, KEPT_FOR_LATER),
                      toc_post_verb(post, what));
    }
}

void toc_post_act(toc_post *post, const char *verb, const char *target, const char *const *keys,
                  const char *const *values) {
    toc_wire_pair pairs[MOST_PAIRS];
    uint32_t count = 0;
    for (size_t i = 0; keys != NULL && keys[i] != NULL && count < MOST_PAIRS; i++) {
        if (values[i][0] != '\0') {
            pairs[count++] = (toc_wire_pair){keys[i], values[i]};
        }
    }
    sent(post, toc_client_act(post->client, verb, target, (toc_wire_pairs){pairs, count}), verb);
}

void toc_post_command(toc_post *post, toc_wire_command command) {
    if (post->control != NULL) {
        sent(post, toc_client_command(post->control, command), command.command);
    }
}
