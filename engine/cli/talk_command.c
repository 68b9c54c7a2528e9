#include "cli/talk_command.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/recite.h"
#include "cli/talk_state.h"
#include "tocsin/problems.h"
#include "tocsin/unit.h"

enum { PAIRS = 8, LAST_EVENTS = 20, TABLE = 256 };

typedef void command(toc_talk *talk, const toc_words *words);

#define TOC_TALK(name, english, chinese, usage, help, explained) static command do_##name;
#include "cli/talk_word.def"
#undef TOC_TALK

static const struct {
    const char *english, *chinese, *usage, *help, *explained;
    command *run;
} commands[] = {
#define TOC_TALK(name, english, chinese, usage, help, explained)                                   \
    {english, chinese, usage, help, explained, do_##name},
#include "cli/talk_word.def"
#undef TOC_TALK
};
enum { COMMANDS = sizeof commands / sizeof commands[0] };

static bool is_chinese(const toc_talk *talk) {
    return strncmp(talk->language, "zh", 2) == 0;
}

static const char *name_of(const toc_talk *talk, size_t index) {
    return is_chinese(talk) ? commands[index].chinese : commands[index].english;
}

static void say_usage(const toc_talk *talk, command *run) {
    for (size_t i = 0; i < COMMANDS; i++) {
        if (commands[i].run == run) {
            char usage[160];
            (void)snprintf(usage, sizeof usage, "%s %s", name_of(talk, i), commands[i].usage);
            SAY(talk, USAGE, usage);
        }
    }
}

static const toc_wire_state *state_of(const toc_talk *talk) {
    return toc_mirror_state(toc_client_mirror(talk->client));
}

static const toc_wire_catalogue *catalogue_of(const toc_talk *talk) {
    return toc_mirror_catalogue(toc_client_mirror(talk->client));
}

/* -- Sending ------------------------------------------------------------------------------------
 */

static void describe(toc_talk *talk, const char *id, const char *text) {
    if (id == NULL) {
        SAY(talk, NOT_SENT, NULL);
        return;
    }
    struct described *described = &talk->described[talk->described_count++ % TOC_TALK_DESCRIBED];
    (void)snprintf(described->id, sizeof described->id, "%s", id);
    (void)snprintf(described->text, sizeof described->text, "%s", text);
    if (toc_client_is_live(talk->client)) {
        SAY(talk, SENT, text);
    } else {
        SAY(talk, KEPT, text);
    }
}

const char *toc_talk_command_description(const toc_talk *talk, const char *id) {
    for (size_t i = 0; i < TOC_TALK_DESCRIBED; i++) {
        if (strcmp(talk->described[i].id, id) == 0) {
            return talk->described[i].text;
        }
    }
    return id;
}

static void send_act(toc_talk *talk, const char *verb, const char *target, toc_wire_pairs pairs) {
    char text[TOC_TALK_DESCRIPTION];
    (void)snprintf(text, sizeof text, "%s%s%s", verb, target[0] == '\0' ? "" : " ", target);
    describe(talk, toc_client_act(talk->client, verb, target, pairs), text);
}

static void send_text(toc_talk *talk, const char *verb, const char *target, const char *key,
                      const char *text) {
    toc_wire_pair pair = {key, text};
    send_act(talk, verb, target, (toc_wire_pairs){&pair, text[0] == '\0' ? 0 : 1});
}

/* -- Lists ----------------------------------------------------------------------------------------
 */

static void list(toc_talk *talk, const char *field, const char *only) {
    (void)toc_recite_list(talk->language, TOC_WIRE_M_STATE, state_of(talk), field, only);
}

static const char *word_at(const toc_words *words, size_t index) {
    return index < words->count ? words->word[index] : "";
}

#define LISTS(name, field)                                                                         \
    static void do_##name(toc_talk *talk, const toc_words *words) {                                \
        list(talk, field, word_at(words, 1));                                                      \
    }
LISTS(alarms, "alarms")
LISTS(assets, "assets")
LISTS(actions, "tickets")
LISTS(duties, "duties")
LISTS(orders, "orders")
LISTS(board, "board")
LISTS(decisions, "decisions")
LISTS(approvals, "approvals")
LISTS(crews, "crews")
LISTS(stocks, "stocks")
LISTS(zones, "zones")
LISTS(plan, "plan")
LISTS(alerts, "alerts")
LISTS(aid, "aid")
LISTS(notes, "log")
#undef LISTS

static void catalogued(toc_talk *talk, const char *field, const toc_words *words) {
    (void)toc_recite_list(talk->language, TOC_WIRE_M_CATALOGUE, catalogue_of(talk), field,
                          word_at(words, 1));
}

static void do_own(toc_talk *talk, const toc_words *words) {
    catalogued(talk, "assets", words);
}

static void do_verbs(toc_talk *talk, const toc_words *words) {
    catalogued(talk, "verbs", words);
}

static void do_whom(toc_talk *talk, const toc_words *words) {
    catalogued(talk, "addressees", words);
}

static void do_truth(toc_talk *talk, const toc_words *words) {
    static const char *const lists[] = {"services", "assets",   "injects",   "attacks",
                                        "seats",    "branches", "objectives"};
    const toc_wire_truth *truth = toc_mirror_truth(toc_client_mirror(talk->client));
    const char *field = word_at(words, 1);
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        if (field[0] == '\0' || strcmp(field, lists[i]) == 0) {
            (void)toc_recite_list(talk->language, TOC_WIRE_M_TRUTH, truth, lists[i], "");
        }
    }
}

/* -- Messages -------------------------------------------------------------------------------------
 */

static bool was_read(const toc_talk *talk, int64_t number) {
    return number / 8 < (int64_t)sizeof talk->is_read &&
           (talk->is_read[number / 8] >> (number % 8) & 1) != 0;
}

static void mark_read(toc_talk *talk, int64_t number) {
    if (number / 8 < (int64_t)sizeof talk->is_read) {
        talk->is_read[number / 8] |= (unsigned char)(1U << (number % 8));
    }
}

static size_t unread(const toc_talk *talk) {
    size_t count = 0;
    for (uint32_t i = 0; i < state_of(talk)->inbox.count; i++) {
        count += !was_read(talk, state_of(talk)->inbox.items[i].number);
    }
    return count;
}

static void do_status(toc_talk *talk, const toc_words *words) {
    char waiting[24];
    (void)words;
    toc_recite_status(talk->language, toc_client_mirror(talk->client), unread(talk));
    (void)snprintf(waiting, sizeof waiting, "%zu", toc_client_waiting(talk->client));
    if (toc_client_waiting(talk->client) > 0) {
        SAY(talk, WAITING, waiting);
    }
}

static void do_inbox(toc_talk *talk, const toc_words *words) {
    toc_wire_letter_list inbox = state_of(talk)->inbox;
    char count[16];
    (void)words;
    (void)snprintf(count, sizeof count, "%" PRIu32, inbox.count);
    const char *heading = toc_recite_word(talk->language, "inbox");
    if (inbox.count == 0) {
        SAY(talk, NONE, heading);
    } else {
        SAY(talk, COUNT, heading, count);
    }
    for (uint32_t i = 0; i < inbox.count; i++) {
        const toc_wire_letter *letter = &inbox.items[i];
        char at[64], first[160];
        size_t length = strcspn(letter->text, "\n");
        length = length < 100 ? length : 100;
        while (length > 0 && ((unsigned char)letter->text[length] & 0xc0) == 0x80) {
            length--;
        }
        (void)snprintf(first, sizeof first, "%.*s%s", (int)length, letter->text,
                       letter->text[length] == '\0' ? "" : "\xe2\x80\xa6");
        toc_recite_time(letter->at, at, sizeof at);
        (void)printf("%s%" PRId64 ". %s, ", was_read(talk, letter->number) ? "" : "* ",
                     letter->number, at);
        toc_saying_text(letter->from, "");
        (void)printf(", %s: ", letter->channel);
        toc_saying_text(first, "");
        (void)putchar('\n');
    }
}

/* The message of that number, or what was not read first; NULL after saying why. */
static const toc_wire_letter *find_letter(toc_talk *talk, const char *number) {
    toc_wire_letter_list inbox = state_of(talk)->inbox;
    char most[16];
    int64_t wanted = strtoll(number, NULL, 10);
    for (uint32_t i = 0; i < inbox.count; i++) {
        if (number[0] == '\0' ? !was_read(talk, inbox.items[i].number)
                              : inbox.items[i].number == wanted) {
            return &inbox.items[i];
        }
    }
    (void)snprintf(most, sizeof most, "%" PRIu32, inbox.count);
    if (inbox.count == 0 || number[0] == '\0') {
        SAY(talk, NONE, toc_recite_word(talk->language, "inbox"));
    } else {
        SAY(talk, NO_LETTER, number, most);
    }
    return NULL;
}

static void do_read(toc_talk *talk, const toc_words *words) {
    const toc_wire_letter *letter = find_letter(talk, word_at(words, 1));
    if (letter != NULL) {
        mark_read(talk, letter->number);
        toc_recite_letter(talk->language, letter);
    }
}

/* The first paper of a message, or the one that is named; it is saved when it has come. */
static void do_open(toc_talk *talk, const toc_words *words) {
    const toc_wire_letter *letter = find_letter(talk, word_at(words, 1));
    if (letter != NULL && letter->attached.count == 0) {
        SAY(talk, NO_PAPER, letter->id);
    } else if (letter != NULL) {
        const char *name = words->count > 2 ? words->rest[2] : letter->attached.items[0];
        describe(talk, toc_client_fetch(talk->client, letter->id, name), name);
    }
}

static const toc_wire_addressee *find_addressee(const toc_talk *talk, const char *whom) {
    toc_wire_addressee_list all = catalogue_of(talk)->addressees;
    for (uint32_t i = 0; i < all.count; i++) {
        if (strcmp(all.items[i].id, whom) == 0 || strcmp(all.items[i].name, whom) == 0) {
            return &all.items[i];
        }
    }
    return NULL;
}

static void do_reply(toc_talk *talk, const toc_words *words) {
    const toc_wire_letter *letter = NULL;
    if (words->count < 3) {
        say_usage(talk, do_reply);
        return;
    }
    letter = find_letter(talk, words->word[1]);
    if (letter == NULL) {
        return;
    }
    const toc_wire_addressee *whom = find_addressee(talk, letter->from);
    if (whom == NULL) {
        SAY(talk, NO_ANSWER, letter->from);
        return;
    }
    toc_wire_pair pairs[] = {{"text", words->count == 3 ? words->word[2] : words->rest[2]},
                             {"channel", letter->channel}};
    send_act(talk, "notify_peer", whom->id,
             (toc_wire_pairs){pairs, letter->channel[0] == '\0' ? 1 : 2});
}

static void do_say(toc_talk *talk, const toc_words *words) {
    size_t text = 2;
    const char *table[TABLE];
    toc_wire_addressee_list all = catalogue_of(talk)->addressees;
    bool has_channel = words->count > 2 && strncmp(words->word[2], "by=", 3) == 0;
    text += has_channel;
    if (words->count <= text) {
        say_usage(talk, do_say);
        return;
    }
    const toc_wire_addressee *whom = find_addressee(talk, words->word[1]);
    if (whom == NULL) {
        size_t count = all.count < TABLE ? all.count : TABLE;
        for (size_t i = 0; i < count; i++) {
            table[i] = all.items[i].id;
        }
        const char *nearest = toc_problems_nearest(table, count, words->word[1]);
        SAY(talk, NO_WHOM, words->word[1], nearest == NULL ? "?" : nearest);
        return;
    }
    bool is_one_word = words->count == text + 1;
    toc_wire_pair pairs[] = {{"text", is_one_word ? words->word[text] : words->rest[text]},
                             {"channel", has_channel ? words->word[2] + 3 : ""}};
    send_act(talk, toc_talk_way_to(talk, whom->id), whom->id,
             (toc_wire_pairs){pairs, has_channel ? 2 : 1});
}

/* -- Acts -----------------------------------------------------------------------------------------
 */

/* The verb meant: one whose name it is, or the only one that begins so; NULL after saying why. */
static const char *find_verb(toc_talk *talk, const char *word) {
    toc_wire_verb_list verbs = catalogue_of(talk)->verbs;
    const char *table[TABLE], *found = NULL;
    size_t count = verbs.count < TABLE ? verbs.count : TABLE, begin = 0;
    for (size_t i = 0; i < count; i++) {
        table[i] = verbs.items[i].id;
        if (strcmp(table[i], word) == 0) {
            return table[i];
        }
        if (strncmp(table[i], word, strlen(word)) == 0) {
            begin++;
            found = table[i];
        }
    }
    if (begin == 1) {
        return found;
    }
    if (begin > 1) {
        catalogued(talk, "verbs", &talk->words);
        return NULL;
    }
    const char *nearest = toc_problems_nearest(table, count, word);
    SAY(talk, NO_VERB, word, nearest == NULL ? "?" : nearest);
    return NULL;
}

/* Target and pairs of `do` and `command`; false after saying what is wrong. */
static bool take_pairs(toc_talk *talk, const toc_words *words, const char **target,
                       toc_wire_pair *pairs, size_t *count, char *keys, size_t size) {
    size_t first = 2;
    const char *odd = NULL;
    *target = "";
    if (words->count > 2 && strchr(words->word[2], '=') == NULL) {
        *target = words->word[2];
        first = 3;
    }
    *count = toc_words_pairs(words, first, pairs, PAIRS, keys, size, &odd);
    if (odd != NULL) {
        SAY(talk, BAD_PAIR, odd);
    }
    return odd == NULL;
}

static void do_act(toc_talk *talk, const toc_words *words) {
    toc_wire_pair pairs[PAIRS];
    const char *target = NULL;
    char keys[512];
    size_t count = 0;
    if (words->count < 2) {
        say_usage(talk, do_act);
        return;
    }
    const char *verb = find_verb(talk, words->word[1]);
    if (verb != NULL && take_pairs(talk, words, &target, pairs, &count, keys, sizeof keys)) {
        send_act(talk, verb, target, (toc_wire_pairs){pairs, (uint32_t)count});
    }
}

/* What pacing is told by a time: `step 10min` from now on, `rewind 1h` from the start. */
static bool take_moment(const toc_talk *talk, toc_wire_command *wanted) {
    bool is_step = strcmp(wanted->command, "step") == 0;
    toc_time now = toc_mirror_clock(toc_client_mirror(talk->client))->now;
    if (wanted->target[0] == '\0' || (!is_step && strcmp(wanted->command, "rewind") != 0)) {
        return true;
    }
    if (!toc_unit_parse_time(wanted->target, &wanted->at)) {
        return false;
    }
    wanted->at += is_step && now != TOC_NEVER ? now : 0;
    wanted->target = "";
    return true;
}

static void do_command(toc_talk *talk, const toc_words *words) {
    toc_wire_message blank = toc_wire_blank(TOC_WIRE_M_COMMAND);
    toc_wire_command *wanted = &blank.as.command;
    toc_wire_pair pairs[PAIRS];
    const char *target = NULL;
    char keys[512], text[TOC_TALK_DESCRIPTION];
    size_t count = 0;
    if (words->count < 2) {
        say_usage(talk, do_command);
        return;
    }
    if (!take_pairs(talk, words, &target, pairs, &count, keys, sizeof keys)) {
        return;
    }
    wanted->command = words->word[1];
    wanted->target = target;
    wanted->parameters = (toc_wire_pairs){pairs, (uint32_t)count};
    (void)snprintf(text, sizeof text, "%s%s%s", wanted->command, target[0] == '\0' ? "" : " ",
                   target);
    if (strcmp(wanted->command, "speed") == 0 && target[0] != '\0') {
        wanted->speed = (int64_t)(strtod(target, NULL) * 1000.0);
        wanted->target = "";
    } else if (!take_moment(talk, wanted)) {
        SAY(talk, NO_MOMENT, target);
        return;
    }
    describe(talk, toc_client_command(talk->client, *wanted), text);
}

static void do_ack(toc_talk *talk, const toc_words *words) {
    if (words->count < 2) {
        say_usage(talk, do_ack);
    } else if (strncmp(words->word[1], "O-", 2) == 0) {
        send_text(talk, "acknowledge_order", "", "order", words->word[1]);
    } else {
        send_act(talk, "acknowledge_alarm", words->word[1], (toc_wire_pairs){0});
    }
}

static void do_choose(toc_talk *talk, const toc_words *words) {
    if (words->count < 3) {
        say_usage(talk, do_choose);
    } else {
        send_text(talk, "decide", words->word[1], "option", words->word[2]);
    }
}

static void do_approve(toc_talk *talk, const toc_words *words) {
    if (words->count < 2) {
        say_usage(talk, do_approve);
    } else {
        send_text(talk, "approve", words->word[1], "text", words->count > 2 ? words->rest[2] : "");
    }
}

static void do_reject(toc_talk *talk, const toc_words *words) {
    if (words->count < 2) {
        say_usage(talk, do_reject);
    } else {
        send_text(talk, "reject", words->word[1], "text", words->count > 2 ? words->rest[2] : "");
    }
}

static void do_ready(toc_talk *talk, const toc_words *words) {
    (void)words;
    send_act(talk, "ready", "", (toc_wire_pairs){0});
}

static void do_note(toc_talk *talk, const toc_words *words) {
    const toc_wire_welcome *welcome = toc_mirror_welcome(toc_client_mirror(talk->client));
    if (words->count < 2) {
        say_usage(talk, do_note);
    } else if (welcome != NULL && strcmp(welcome->role, "player") == 0) {
        send_text(talk, "note", "", "text", words->rest[1]);
    } else {
        describe(talk, toc_client_note(talk->client, words->rest[1], ""), "note");
    }
}

static void do_stop(toc_talk *talk, const toc_words *words) {
    if (words->count < 2) {
        SAY(talk, NOT_SURE, NULL);
    } else if (toc_client_stop(talk->client, words->rest[1])) {
        SAY(talk, STOPPING, words->rest[1]);
    } else {
        SAY(talk, NOT_SENT, NULL);
    }
}

/* -- The console itself ---------------------------------------------------------------------------
 */

static size_t find_command(const char *word, size_t *out_count, size_t found[COMMANDS]) {
    *out_count = 0;
    for (size_t i = 0; i < COMMANDS; i++) {
        if (strcmp(word, commands[i].english) == 0 || strcmp(word, commands[i].chinese) == 0) {
            *out_count = 1;
            return i;
        }
        if (strncmp(word, commands[i].english, strlen(word)) == 0 ||
            strncmp(word, commands[i].chinese, strlen(word)) == 0) {
            found[(*out_count)++] = i;
        }
    }
    return found[0];
}

static void say_help(const toc_talk *talk, size_t index) {
    (void)printf("%s%s%s: %s\n", name_of(talk, index), commands[index].usage[0] == '\0' ? "" : " ",
                 commands[index].usage,
                 is_chinese(talk) ? commands[index].explained : commands[index].help);
}

static void do_help(toc_talk *talk, const toc_words *words) {
    size_t count = 0, found[COMMANDS] = {0};
    if (words->count > 1) {
        size_t index = find_command(words->word[1], &count, found);
        if (count == 1) {
            say_help(talk, index);
            return;
        }
    }
    SAY(talk, HELP_HEAD, NULL);
    for (size_t i = 0; i < COMMANDS; i++) {
        say_help(talk, i);
    }
}

static void do_log(toc_talk *talk, const toc_words *words) {
    const toc_mirror *mirror = toc_client_mirror(talk->client);
    size_t count = toc_mirror_event_count(mirror);
    long long wanted = words->count > 1 ? strtoll(words->word[1], NULL, 10) : LAST_EVENTS;
    size_t shown = wanted < 1 ? 0 : (unsigned long long)wanted < count ? (size_t)wanted : count;
    for (size_t i = count - shown; i < count; i++) {
        toc_recite_event(talk->language, toc_mirror_event(mirror, i));
    }
    if (shown == 0) {
        SAY(talk, NONE, toc_recite_word(talk->language, "events"));
    }
}

static void do_announce(toc_talk *talk, const toc_words *words) {
    static const char *const modes[] = {"now", "later", "off"};
    for (size_t i = 0; words->count > 1 && i < 3; i++) {
        if (strcmp(words->word[1], modes[i]) == 0) {
            talk->announce = i == 0 ? NOW : i == 1 ? LATER : OFF;
        }
    }
    SAY(talk, ANNOUNCE, modes[talk->announce]);
}

static void do_wait(toc_talk *talk, const toc_words *words) {
    talk->pause = strtoll(word_at(words, 1), NULL, 10);
    if (talk->pause < 1 || talk->pause > 86400) {
        talk->pause = 0;
        say_usage(talk, do_wait);
    }
}

static void do_quit(toc_talk *talk, const toc_words *words) {
    (void)words;
    talk->has_left = true;
}

static void no_command(toc_talk *talk, const char *word, size_t count, const size_t *found) {
    if (count > 1) {
        char names[400] = "";
        for (size_t i = 0; i < count; i++) {
            size_t used = strlen(names);
            (void)snprintf(names + used, sizeof names - used, "%s%s", i == 0 ? "" : ", ",
                           name_of(talk, found[i]));
        }
        SAY(talk, AMBIGUOUS, word, names);
        return;
    }
    const char *table[2 * COMMANDS];
    for (size_t i = 0; i < COMMANDS; i++) {
        table[2 * i] = commands[i].english;
        table[2 * i + 1] = commands[i].chinese;
    }
    const char *nearest = toc_problems_nearest(table, (size_t)2 * COMMANDS, word);
    if (nearest == NULL) {
        SAY(talk, NO_COMMAND, word);
    } else {
        SAY(talk, NEAREST, word, nearest);
    }
}

void toc_talk_command_do(toc_talk *talk, const char *line) {
    size_t count = 0, found[COMMANDS] = {0};
    toc_words_split(line, &talk->words);
    if (talk->words.count == 0) {
        return;
    }
    size_t index = find_command(talk->words.word[0], &count, found);
    if (count == 1) {
        commands[index].run(talk, &talk->words);
    } else {
        no_command(talk, talk->words.word[0], count, found);
    }
}
