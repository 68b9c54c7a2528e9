/* Post: what every desk has at hand: the connection and what it told, the language, what was
   answered last, and the words for times and amounts. */
#ifndef CONSOLE_POST_H
#define CONSOLE_POST_H

#include "client/client.h"
#include "console/lexicon.h"
#include "console/screen.h"

typedef struct toc_post {
    toc_client *client;  /* NULL while there is none */
    toc_client *control; /* of whoever runs the drill from this desk: control's own connection, or
                            of one who plays alone; NULL */
    const char *language;
    toc_screen *screen;
    char said[400];         /* what was answered last */
    bool said_is_bad;       /* it was refused */
    char lost[320];         /* why there is no connection; "" there is one */
    uint64_t told;          /* messages so far: another number, another picture */
    char chosen_asset[201]; /* what is looked at; "" nothing */
} toc_post;

#define TOC_SAY(post, id) toc_lexicon_say(TOC_LEXICON_##id, (post)->language)

const toc_wire_state *toc_post_state(const toc_post *post);
const toc_wire_catalogue *toc_post_catalogue(const toc_post *post);
const toc_wire_truth *toc_post_truth(const toc_post *post);
/* Of the drill; 0 before anything was told. */
toc_time toc_post_now(const toc_post *post);
/* "03:07:12", with "D+1 " from the second day on; "" of TOC_NEVER. Lives as long as the picture. */
const char *toc_post_clock(const toc_post *post, toc_time at);
/* How long until then: "12:05", "-0:45" behind. */
const char *toc_post_left(const toc_post *post, toc_time due);
/* Names for people: of a state, a channel, an action. */
const char *toc_post_state_word(const toc_post *post, const char *word);
const char *toc_post_verb(const toc_post *post, const char *verb);
/* What people call the asset; the id where it has no name. */
const char *toc_post_asset_name(const toc_post *post, const char *id);
const toc_wire_own *toc_post_own(const toc_post *post, const char *id);
const toc_wire_verb *toc_post_find_verb(const toc_post *post, const char *id);
/* Sends it; what comes of it is said. `keys` and `values` end with NULL. */
void toc_post_act(toc_post *post, const char *verb, const char *target, const char *const *keys,
                  const char *const *values);
void toc_post_command(toc_post *post, toc_wire_command command);
/* Says something under the bar. */
void toc_post_tell(toc_post *post, bool is_bad, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
