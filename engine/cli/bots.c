#include "cli/bots.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/keeping.h"

enum {
    TOKEN = 129,
    SEAT = 201,
    MOST_BOTS = 20000,
    BEAT_MS = 20,
    START_US = 4000,       /* between one bot and the next */
    PATIENCE_US = 10000000 /* for acknowledgements at the end */
};

struct bot {
    struct crowd *crowd;
    toc_client *client;
    char seat[SEAT], token[TOKEN];
    uint64_t draw, next_act; /* microseconds of the wall */
    uint64_t sent_at;        /* of the act that waits for its acknowledgement */
    char waits_for[65];
    bool has_started;
    toc_wire_reason end;
};

struct crowd {
    toc_cli_call *call;
    toc_dial *dial;
    struct bot *bots;
    size_t count, welcomed;
    uint64_t pace, start, until;
    uint64_t events, frames, acts, taken, not_taken, losses, connects, ended;
    uint64_t reasons[TOC_WIRE_REASONS];
    uint32_t *delays; /* microseconds from sending to acknowledgement */
    size_t delay_count, delay_room;
    bool is_leaving;
};

/* -- Who plays ------------------------------------------------------------------------------------
 */

/* "seat,token", or with blanks between them, as `serve` prints them. */
static toc_status take_line(struct crowd *crowd, const char *path, uint32_t number, char *line) {
    toc_place place = {path, number, 0};
    line[strcspn(line, "\r\n")] = '\0';
    size_t seat = strcspn(line, ", \t"), gap = strspn(line + seat, ", \t");
    char *token = gap == 0 ? line : line + seat + gap;
    seat = gap == 0 ? 0 : seat;
    if (line[0] == '\0' || strcmp(line, "seat,token") == 0) {
        return TOC_OK;
    }
    if (token[0] == '\0' || strlen(token) >= TOKEN || seat >= SEAT ||
        strpbrk(token, ", \t") != NULL) {
        return toc_problems_error(crowd->call->problems, place,
                                  "each line is a seat and its token, like gridco.soc,4f0c...");
    }
    if (crowd->count == MOST_BOTS) {
        return toc_problems_error(crowd->call->problems, place, "more than %d bots", MOST_BOTS);
    }
    if ((crowd->count & (crowd->count - 1)) == 0) { /* doubles at powers of two */
        size_t room = crowd->count == 0 ? 1 : crowd->count * 2;
        crowd->bots = toc_keeping_room(crowd->bots, room * sizeof *crowd->bots);
    }
    struct bot *bot = &crowd->bots[crowd->count++];
    memset(bot, 0, sizeof *bot);
    memcpy(bot->seat, line, seat);
    memcpy(bot->token, token, strlen(token));
    return TOC_OK;
}

static toc_status read_bots(struct crowd *crowd, const char *path) {
    char line[1024];
    uint32_t number = 0;
    toc_status status = TOC_OK;
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return toc_problems_error(crowd->call->problems, (toc_place){.file = path},
                                  "the tokens cannot be read: %s", strerror(errno));
    }
    while (status == TOC_OK && fgets(line, sizeof line, file) != NULL) {
        status = take_line(crowd, path, ++number, line);
    }
    (void)fclose(file);
    if (status == TOC_OK && crowd->count == 0) {
        status = toc_problems_error(crowd->call->problems, (toc_place){.file = path},
                                    "there is no token in it; each line is seat,token");
    }
    return status;
}

/* -- What a bot does ------------------------------------------------------------------------------
 */

static uint64_t draw(struct bot *bot, uint64_t below) {
    bot->draw = bot->draw * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (bot->draw >> 33) % below;
}

/* Something to do it to, of the kind that the verb wants; NULL where the bot knows none. */
static const char *pick_target(struct bot *bot, const toc_wire_verb *verb,
                               const toc_wire_catalogue *known) {
    if (verb->target[0] == '\0' || strcmp(verb->target, "nothing") == 0) {
        return "";
    }
    if (strcmp(verb->target, "element") == 0 || strcmp(verb->target, "asset") == 0) {
        return known->assets.count == 0 ? NULL
                                        : known->assets.items[draw(bot, known->assets.count)].id;
    }
    if (strcmp(verb->target, "seat") == 0 || strcmp(verb->target, "recipient") == 0) {
        return known->addressees.count == 0
                   ? NULL
                   : known->addressees.items[draw(bot, known->addressees.count)].id;
    }
    return NULL;
}

/* What would end the drill for everybody is left to people. */
static bool may_do(const toc_wire_verb *verb) {
    return !verb->final && strcmp(verb->id, "raise_safety_stop") != 0 &&
           strcmp(verb->id, "end") != 0;
}

static bool takes_text(const toc_wire_verb *verb) {
    for (uint32_t i = 0; i < verb->keys.count; i++) {
        if (strcmp(verb->keys.items[i], "text") == 0) {
            return true;
        }
    }
    return false;
}

/* From now on the bot waits for the answer to it; nothing where it could not be sent. */
static void sent(struct bot *bot, const char *id, uint64_t now) {
    if (id != NULL) {
        (void)snprintf(bot->waits_for, sizeof bot->waits_for, "%s", id);
        bot->sent_at = now;
        bot->crowd->acts++;
    }
}

static void act(struct bot *bot, uint64_t now) {
    const toc_wire_catalogue *known = toc_mirror_catalogue(toc_client_mirror(bot->client));
    const toc_wire_welcome *welcome = toc_mirror_welcome(toc_client_mirror(bot->client));
    toc_wire_pair text = {"text", "a bot tries the server out"};
    bool watches = welcome != NULL && strcmp(welcome->role, "evaluator") == 0;
    if (watches) { /* evaluators write down what they see */
        sent(bot, toc_client_note(bot->client, text.value, ""), now);
    }
    if (welcome == NULL || strcmp(welcome->role, "player") != 0) {
        return; /* control listens */
    }
    for (int tries = 0; tries < 16 && known->verbs.count > 0; tries++) {
        const toc_wire_verb *verb = &known->verbs.items[draw(bot, known->verbs.count)];
        const char *target = may_do(verb) ? pick_target(bot, verb, known) : NULL;
        if (target == NULL) {
            continue;
        }
        toc_wire_pairs pairs = {&text, takes_text(verb) ? 1 : 0};
        sent(bot, toc_client_act(bot->client, verb->id, target, pairs), now);
        return;
    }
}

static void acknowledged(struct bot *bot, const char *id) {
    struct crowd *crowd = bot->crowd;
    uint64_t now = toc_dial_microseconds();
    if (strcmp(bot->waits_for, id) != 0) {
        return;
    }
    bot->waits_for[0] = '\0';
    if (crowd->delay_count == crowd->delay_room) {
        crowd->delay_room = crowd->delay_room == 0 ? 1024 : crowd->delay_room * 2;
        crowd->delays = toc_keeping_room(crowd->delays, crowd->delay_room * sizeof *crowd->delays);
    }
    uint64_t delay = now - bot->sent_at;
    crowd->delays[crowd->delay_count++] = delay > UINT32_MAX ? UINT32_MAX : (uint32_t)delay;
}

static void tell(void *object, const toc_client_news *news) {
    struct bot *bot = object;
    struct crowd *crowd = bot->crowd;
    if (news->kind == TOC_CLIENT_WELCOMED) {
        crowd->connects++;
    } else if (news->kind == TOC_CLIENT_LOST) {
        crowd->losses++;
        crowd->reasons[news->reason]++;
    } else if (news->kind == TOC_CLIENT_ENDED) {
        crowd->ended++;
        crowd->reasons[news->reason]++;
        bot->end = news->reason;
    } else {
        crowd->frames++;
        crowd->events += news->message->kind == TOC_WIRE_M_EVENT;
        if (news->message->kind == TOC_WIRE_M_TAKEN) {
            crowd->taken++;
            acknowledged(bot, news->message->as.taken.id);
        } else if (news->message->kind == TOC_WIRE_M_NOT_TAKEN) {
            crowd->not_taken++;
            crowd->reasons[news->message->as.not_taken.reason]++;
            acknowledged(bot, news->message->as.not_taken.id);
        }
    }
}

/* -- The crowd ------------------------------------------------------------------------------------
 */

static size_t unacknowledged(const struct crowd *crowd) {
    size_t count = 0;
    for (size_t i = 0; i < crowd->count; i++) {
        count += crowd->bots[i].client == NULL ? 0 : toc_client_waiting(crowd->bots[i].client);
    }
    return count;
}

static void begin(struct bot *bot, const char *language, uint64_t seed) {
    char name[33];
    toc_client_options options = {.token = bot->token,
                                  .seat = bot->seat,
                                  .language = language,
                                  .name = name,
                                  .tell = tell,
                                  .object = bot};
    toc_dial_name(name, &options.seed);
    bot->client = toc_client_create(&options);
    bot->draw = seed * UINT64_C(0x9e3779b97f4a7c15) + 1;
    (void)draw(bot, 2);
}

static void beat(void *object) {
    struct crowd *crowd = object;
    uint64_t now = toc_dial_microseconds();
    bool is_over = now >= crowd->until || crowd->ended == crowd->count;
    for (size_t i = 0; i < crowd->count; i++) {
        struct bot *bot = &crowd->bots[i];
        if (!bot->has_started && now >= crowd->start + START_US * i) {
            bot->has_started = true;
            bot->next_act = now + draw(bot, crowd->pace);
            toc_dial_start(crowd->dial, bot->client);
        }
        if (!is_over && bot->has_started && now >= bot->next_act &&
            toc_client_is_live(bot->client) && bot->waits_for[0] == '\0') {
            act(bot, now);
            bot->next_act = now + crowd->pace / 2 + draw(bot, crowd->pace);
        }
    }
    if (crowd->is_leaving ||
        (is_over && (unacknowledged(crowd) == 0 || now >= crowd->until + PATIENCE_US ||
                     crowd->ended == crowd->count))) {
        toc_dial_leave(crowd->dial);
    }
}

static void interrupt(void *object) {
    ((struct crowd *)object)->is_leaving = true;
}

static void hear(void *object, const char *text) {
    (void)object;
    (void)text;
}

/* -- What came of it ------------------------------------------------------------------------------
 */

static int by_size(const void *one, const void *other) {
    uint32_t a = *(const uint32_t *)one, b = *(const uint32_t *)other;
    return (a > b) - (a < b);
}

/* Milliseconds below which that share of the acknowledgements came; delays are sorted. */
static double delay_ms(const struct crowd *crowd, size_t percent) {
    size_t count = crowd->delay_count;
    if (count == 0) {
        return 0.0;
    }
    size_t index = (count * percent + 99) / 100;
    return (double)crowd->delays[index == 0 ? 0 : index - 1] / 1000.0;
}

static void put(json_t *document, const char *key, uint64_t value) {
    (void)json_object_set_new(document, key, json_integer((json_int_t)value));
}

/* A line that was lost without a word of the server has no reason of the protocol. */
static const char *reason_name(int reason) {
    return reason == (int)TOC_WIRE_NONE ? "line-lost"
                                        : toc_wire_reason_name((toc_wire_reason)reason);
}

static void print_json(struct crowd *crowd, size_t open) {
    json_t *document = json_object(), *delays = json_object(), *reasons = json_object();
    put(document, "bots", crowd->count);
    put(document, "welcomed", crowd->connects);
    put(document, "frames", crowd->frames);
    put(document, "events", crowd->events);
    put(document, "acts", crowd->acts);
    put(document, "taken", crowd->taken);
    put(document, "not_taken", crowd->not_taken);
    put(document, "unacknowledged", open);
    put(document, "lost_connections", crowd->losses);
    put(document, "ended", crowd->ended);
    (void)json_object_set_new(delays, "p50", json_real(delay_ms(crowd, 50)));
    (void)json_object_set_new(delays, "p95", json_real(delay_ms(crowd, 95)));
    (void)json_object_set_new(delays, "p99", json_real(delay_ms(crowd, 99)));
    (void)json_object_set_new(delays, "most", json_real(delay_ms(crowd, 100)));
    (void)json_object_set_new(document, "acknowledged_ms", delays);
    for (int i = 0; i < (int)TOC_WIRE_REASONS; i++) {
        if (crowd->reasons[i] > 0) {
            put(reasons, reason_name(i), crowd->reasons[i]);
        }
    }
    (void)json_object_set_new(document, "reasons", reasons);
    toc_cli_print_json(crowd->call, document);
}

static void print_table(const struct crowd *crowd, size_t open) {
    (void)printf("bots               %zu\n", crowd->count);
    (void)printf("welcomed           %" PRIu64 "\n", crowd->connects);
    (void)printf("frames, events     %" PRIu64 ", %" PRIu64 "\n", crowd->frames, crowd->events);
    (void)printf("acts               %" PRIu64 ": %" PRIu64 " taken, %" PRIu64
                 " not taken, %zu not acknowledged\n",
                 crowd->acts, crowd->taken, crowd->not_taken, open);
    (void)printf("acknowledged after %.1f ms (half), %.1f ms (95 %%), %.1f ms (99 %%), %.1f ms "
                 "(all)\n",
                 delay_ms(crowd, 50), delay_ms(crowd, 95), delay_ms(crowd, 99),
                 delay_ms(crowd, 100));
    (void)printf("connections lost   %" PRIu64 "\n", crowd->losses);
    for (int i = 0; i < (int)TOC_WIRE_REASONS; i++) {
        if (crowd->reasons[i] > 0) {
            (void)printf("  %-16s %" PRIu64 "\n", reason_name(i), crowd->reasons[i]);
        }
    }
}

/* Whether the server held what it promises: everybody in, and every act acknowledged. */
static toc_status judge(struct crowd *crowd) {
    size_t open = unacknowledged(crowd), outside = 0;
    for (size_t i = 0; i < crowd->count; i++) {
        outside += toc_mirror_welcome(toc_client_mirror(crowd->bots[i].client)) == NULL;
    }
    if (crowd->delay_count > 0) {
        qsort(crowd->delays, crowd->delay_count, sizeof *crowd->delays, by_size);
    }
    if (crowd->call->json) {
        print_json(crowd, open);
    } else {
        print_table(crowd, open);
    }
    if (open + outside > 0) {
        toc_cli_say(crowd->call, "%zu bots were never let in; %zu acts were not acknowledged.",
                    outside, open);
    }
    return open + outside == 0 ? TOC_OK : TOC_BAD_INPUT;
}

static toc_status play(struct crowd *crowd, const toc_dial_options *dialling, const char *language,
                       uint64_t seed) {
    char why[512];
    toc_dial_options lines = *dialling;
    lines.lines = (uint32_t)crowd->count;
    crowd->dial = toc_dial_create(&lines, why, sizeof why);
    if (crowd->dial == NULL) {
        return toc_problems_fault(crowd->call->problems, (toc_place){.file = NULL}, "%s", why);
    }
    for (size_t i = 0; i < crowd->count; i++) {
        crowd->bots[i].crowd = crowd;
        begin(&crowd->bots[i], language, seed + i);
    }
    crowd->start = toc_dial_microseconds();
    crowd->until += crowd->start;
    toc_dial_attend(crowd->dial, (toc_dial_ear){crowd, hear, beat, interrupt}, BEAT_MS);
    toc_dial_run(crowd->dial);
    toc_status status = judge(crowd);
    for (size_t i = 0; i < crowd->count; i++) {
        if (!crowd->bots[i].has_started) {
            toc_client_finish(crowd->bots[i].client);
        }
    }
    toc_dial_destroy(crowd->dial);
    for (size_t i = 0; i < crowd->count; i++) {
        toc_client_destroy(crowd->bots[i].client);
    }
    return status;
}

toc_status toc_bots_run(toc_cli_call *call, const toc_dial_options *dialling,
                        const char *language) {
    struct crowd crowd = {.call = call};
    toc_time pace = 10 * TOC_SECOND, length = TOC_MINUTE;
    uint64_t seed = 1;
    toc_status status = toc_cli_time(call, "pace", &pace);
    if (status == TOC_OK) {
        status = toc_cli_time(call, "for", &length);
    }
    if (status == TOC_OK) {
        status = toc_cli_number(call, "seed", &seed);
    }
    if (status == TOC_OK && (pace < TOC_SECOND / 100 || length < TOC_SECOND)) {
        status = toc_cli_usage(call, "--pace is at least 0.01s and --for at least 1s");
    }
    if (status == TOC_OK) {
        status = read_bots(&crowd, toc_cli_value(call, "bots"));
    }
    crowd.pace = (uint64_t)pace;
    crowd.until = (uint64_t)length;
    if (status == TOC_OK) {
        status = play(&crowd, dialling, language, seed);
    }
    free(crowd.bots);
    free(crowd.delays);
    return status;
}
