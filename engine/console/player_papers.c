#include "console/player_papers.h"

#include <inttypes.h>
#include <string.h>

#include "console/editing.h"
#include "wire/term.h"

/* Newest first. */
static const toc_wire_letter *letter_at(const toc_post *post, uint32_t number) {
    toc_wire_letter_list all = toc_post_state(post)->inbox;
    return number >= all.count ? NULL : &all.items[all.count - 1 - number];
}

uint32_t toc_player_papers_unread(const struct player *player, const toc_post *post) {
    toc_wire_letter_list all = toc_post_state(post)->inbox;
    uint32_t unread = 0;
    for (uint32_t i = 0; i < all.count; i++) {
        unread += all.items[i].number > (int64_t)player->read_until;
    }
    return unread;
}

/* -- The inbox ----------------------------------------------------------------------------------
 */

static void fill_letter(void *object, toc_screen *screen, uint32_t number, toc_element *row) {
    const struct player *player = object;
    const toc_post *post = player->post;
    const toc_wire_letter *letter = letter_at(post, number);
    bool is_new = letter->number > (int64_t)player->read_until;
    row->command = "letter.choose";
    row->argument = toc_screen_text(screen, "%s", letter->id);
    row->state = is_new ? "new" : "read";
    toc_element *time =
        toc_widget_cell(screen, toc_post_clock(post, letter->at), 70, TOC_TINT_TEXT2);
    time->size = 12;
    toc_widget_cell(screen, letter->from, -2, TOC_TINT_TEXT)->bold = is_new;
    toc_widget_cell(screen, letter->text, -3, TOC_TINT_TEXT2)->bold = is_new;
}

static void read_letter(toc_post *post, const toc_wire_letter *letter) {
    toc_screen *screen = post->screen;
    toc_element *body = toc_screen_open(screen, TOC_TRAIT_GROUP, "letter");
    body->box = (toc_box){.width = -1, .height = -2, .gap = 4, .pad = 4, .scrolls = true};
    body->ground = TOC_TINT_RAISED;
    (void)toc_widget_heading(screen, letter->from);
    toc_element *line = toc_widget_paragraph(
        screen,
        toc_screen_text(screen, "%s · %s · %s%s%s", letter->id, toc_post_clock(post, letter->at),
                        toc_term_say(TOC_TERM_CHANNEL, letter->channel, post->language),
                        letter->marking[0] == '\0' ? "" : " · ", letter->marking),
        TOC_TINT_TEXT2);
    line->size = 12;
    (void)toc_widget_paragraph(screen, letter->text, TOC_TINT_TEXT);
    if (letter->attached.count > 0) {
        (void)toc_widget_wrap(screen, 6);
        for (uint32_t i = 0; i < letter->attached.count; i++) {
            toc_element *paper =
                toc_widget_button(screen, toc_screen_text(screen, "paper.%u", i),
                                  toc_screen_text(screen, "%s: %s", TOC_SAY(post, OPEN_PAPER),
                                                  letter->attached.items[i]),
                                  "paper.open", letter->attached.items[i]);
            paper->may_clip = true;
        }
        toc_screen_close(screen);
    }
    toc_screen_close(screen);
}

static void inbox(struct player *player, toc_post *post) {
    toc_screen *screen = post->screen;
    uint32_t count = toc_post_state(post)->inbox.count;
    player->post = post;
    uint32_t chosen =
        toc_widget_list(screen, &(toc_widget_rows){.id = "inbox",
                                                   .label = TOC_SAY(post, INBOX),
                                                   .count = count,
                                                   .height = 22,
                                                   .fill = fill_letter,
                                                   .object = player,
                                                   .empty = TOC_SAY(post, NO_MESSAGES)});
    const toc_wire_letter *letter = letter_at(post, chosen);
    if (letter != NULL) {
        read_letter(post, letter);
    }
    (void)toc_widget_wrap(screen, 6);
    toc_element *reply = toc_widget_button(screen, "letter.reply", TOC_SAY(post, REPLY),
                                           "letter.reply", letter == NULL ? "" : letter->from);
    reply->is_off = letter == NULL;
    reply->shortcut = "R";
    toc_widget_button(screen, "letter.write", TOC_SAY(post, WRITE), "letter.write", "")->shortcut =
        "W";
    toc_screen_close(screen);
}

/* -- Tasks, orders, decisions -------------------------------------------------------------------
 */

static void nothing(toc_post *post, const char *words) {
    (void)toc_widget_paragraph(post->screen, words, TOC_TINT_TEXT3);
}

/* A card: a heading, a line below it, and what is added until it is closed. */
static void open_card(toc_post *post, const char *id, const char *title, const char *line,
                      toc_mark mark) {
    toc_element *card = toc_screen_open(post->screen, TOC_TRAIT_GROUP, id);
    card->box = (toc_box){.width = -1, .gap = 2, .pad = 5};
    card->ground = TOC_TINT_RAISED;
    toc_element *heading = toc_widget_paragraph(post->screen, title, TOC_TINT_TEXT);
    heading->mark = mark;
    heading->bold = true;
    if (line[0] != '\0') {
        toc_widget_paragraph(post->screen, line, TOC_TINT_TEXT2)->size = 12;
    }
}

static void tasks(toc_post *post) {
    toc_wire_ticket_list all = toc_post_state(post)->tickets;
    for (uint32_t i = all.count; i > 0; i--) {
        const toc_wire_ticket *ticket = &all.items[i - 1];
        bool has_failed =
            strcmp(ticket->stage, "failed") == 0 || strcmp(ticket->stage, "refused") == 0;
        toc_mark mark = strcmp(ticket->stage, "done") == 0 ? TOC_MARK_DONE
                        : has_failed                       ? TOC_MARK_P3
                                                           : TOC_MARK_OPEN;
        const char *title = toc_screen_text(
            post->screen, "%s %s", toc_post_verb(post, ticket->verb),
            ticket->target[0] == '\0' ? "" : toc_post_asset_name(post, ticket->target));
        const char *line = toc_screen_text(post->screen, "%s · %s · %s%s%s", ticket->id,
                                           toc_post_clock(post, ticket->at),
                                           toc_post_state_word(post, ticket->stage),
                                           ticket->why[0] == '\0' ? "" : ": ", ticket->why);
        open_card(post, toc_screen_text(post->screen, "ticket.%s", ticket->id), title, line, mark);
        toc_screen_close(post->screen);
    }
    if (all.count == 0) {
        nothing(post, TOC_SAY(post, NO_TASKS));
    }
}

static void orders(toc_post *post) {
    toc_wire_order_list all = toc_post_state(post)->orders;
    const toc_wire_welcome *welcome = toc_mirror_welcome(toc_client_mirror(post->client));
    for (uint32_t i = all.count; i > 0; i--) {
        const toc_wire_order *order = &all.items[i - 1];
        bool is_mine = welcome != NULL && strcmp(order->to, welcome->seat) == 0;
        bool is_open = strncmp(order->stage, "done", 4) != 0;
        const char *line = toc_screen_text(
            post->screen, "%s · %s → %s · %s · %s", order->id, order->from, order->to,
            toc_post_state_word(post, order->stage), toc_post_left(post, order->due));
        open_card(post, toc_screen_text(post->screen, "order.%s", order->id), order->text, line,
                  is_open ? TOC_MARK_OPEN : TOC_MARK_DONE);
        if (is_mine && is_open) {
            (void)toc_widget_wrap(post->screen, 6);
            (void)toc_widget_button(post->screen,
                                    toc_screen_text(post->screen, "order.ack.%s", order->id),
                                    TOC_SAY(post, ACKNOWLEDGE), "order.ack", order->id);
            (void)toc_widget_button(post->screen,
                                    toc_screen_text(post->screen, "order.done.%s", order->id),
                                    TOC_SAY(post, FULFIL), "order.done", order->id);
            toc_screen_close(post->screen);
        }
        toc_screen_close(post->screen);
    }
    if (all.count == 0) {
        nothing(post, TOC_SAY(post, NO_ORDERS));
    }
    if (toc_post_find_verb(post, "order") != NULL) {
        (void)toc_widget_button(post->screen, "order.give", TOC_SAY(post, GIVE_ORDER), "action.ask",
                                "order");
    }
}

static void one_decision(toc_post *post, const toc_wire_decision *decision) {
    bool is_open = strcmp(decision->state, "open") == 0 || strcmp(decision->state, "overdue") == 0;
    const char *line =
        is_open ? toc_screen_text(post->screen, "%s · %s", decision->id,
                                  toc_post_left(post, decision->due))
                : toc_screen_text(post->screen, "%s: %s",
                                  toc_post_state_word(post, decision->state), decision->chosen);
    open_card(post, toc_screen_text(post->screen, "decision.%s", decision->id), decision->question,
              line, is_open ? TOC_MARK_P2 : TOC_MARK_DONE);
    if (is_open) {
        (void)toc_widget_wrap(post->screen, 6);
        for (uint32_t i = 0; i < decision->options.count; i++) {
            toc_element *option = toc_widget_button(
                post->screen, toc_screen_text(post->screen, "decide.%s.%u", decision->id, i),
                decision->options.items[i], "decide",
                toc_screen_text(post->screen, "%s\n%s", decision->id, decision->options.items[i]));
            option->may_clip = true;
        }
        toc_screen_close(post->screen);
    }
    toc_screen_close(post->screen);
}

static void one_approval(toc_post *post, const toc_wire_approval *approval) {
    bool is_open = strcmp(approval->state, "asked") == 0;
    const char *line = toc_screen_text(post->screen, "%s · %s · %s", approval->id, approval->from,
                                       toc_post_state_word(post, approval->state));
    open_card(post, toc_screen_text(post->screen, "approval.%s", approval->id), approval->text,
              line, is_open ? TOC_MARK_P2 : TOC_MARK_DONE);
    if (is_open) {
        (void)toc_widget_wrap(post->screen, 6);
        (void)toc_widget_button(post->screen,
                                toc_screen_text(post->screen, "approve.%s", approval->id),
                                TOC_SAY(post, APPROVE), "approve", approval->id);
        (void)toc_widget_button(post->screen,
                                toc_screen_text(post->screen, "reject.%s", approval->id),
                                TOC_SAY(post, REJECT), "reject", approval->id);
        toc_screen_close(post->screen);
    }
    toc_screen_close(post->screen);
}

static void decisions(toc_post *post) {
    toc_wire_decision_list all = toc_post_state(post)->decisions;
    toc_wire_approval_list asked = toc_post_state(post)->approvals;
    for (uint32_t i = all.count; i > 0; i--) {
        one_decision(post, &all.items[i - 1]);
    }
    for (uint32_t i = asked.count; i > 0; i--) {
        one_approval(post, &asked.items[i - 1]);
    }
    if (all.count + asked.count == 0) {
        nothing(post, TOC_SAY(post, NO_DECISIONS));
    }
}

/* -- Duties and the plan ------------------------------------------------------------------------
 */

static const char *joined(toc_post *post, toc_wire_texts texts) {
    GString *line = g_string_new("");
    for (uint32_t i = 0; i < texts.count; i++) {
        g_string_append_printf(line, "%s%s", i > 0 ? ", " : "", texts.items[i]);
    }
    const char *kept = toc_screen_text(post->screen, "%s", line->str);
    (void)g_string_free(line, TRUE);
    return kept;
}

static void duties(toc_post *post) {
    toc_wire_duty_list all = toc_post_state(post)->duties;
    for (uint32_t i = 0; i < all.count; i++) {
        const toc_wire_duty *duty = &all.items[i];
        bool is_open = strcmp(duty->state, "open") == 0;
        bool is_late = is_open && duty->due != TOC_NEVER && duty->due < toc_post_now(post);
        const char *line = toc_screen_text(post->screen, "%s · %s%s%s", duty->recipient,
                                           toc_post_state_word(post, duty->state),
                                           is_open && duty->due != TOC_NEVER ? " · " : "",
                                           is_open ? toc_post_left(post, duty->due) : "");
        open_card(post, toc_screen_text(post->screen, "duty.%s", duty->id),
                  duty->text[0] == '\0' ? duty->id : duty->text, line,
                  !is_open  ? TOC_MARK_DONE
                  : is_late ? TOC_MARK_P1
                            : TOC_MARK_P2);
        if (duty->missing.count > 0) {
            toc_widget_paragraph(post->screen,
                                 toc_screen_text(post->screen, "%s: %s", TOC_SAY(post, MISSING),
                                                 joined(post, duty->missing)),
                                 TOC_TINT_TEXT2)
                ->size = 12;
        }
        if (is_open && toc_post_find_verb(post, "report_initial") != NULL) {
            (void)toc_widget_wrap(post->screen, 6);
            (void)toc_widget_button(post->screen,
                                    toc_screen_text(post->screen, "duty.report.%s", duty->id),
                                    TOC_SAY(post, REPORT), "duty.report", duty->id);
            toc_screen_close(post->screen);
        }
        toc_screen_close(post->screen);
    }
    if (all.count == 0) {
        nothing(post, TOC_SAY(post, NO_DUTIES));
    }
}

static void plan(toc_post *post) {
    toc_wire_step_list all = toc_post_state(post)->plan;
    for (uint32_t i = 0; i < all.count; i++) {
        const toc_wire_step *step = &all.items[i];
        bool is_done = strcmp(step->state, "done") == 0 || strcmp(step->state, "late") == 0;
        const char *line =
            toc_screen_text(post->screen, "%s%s%s%s%s · %s", step->role, step->own ? " (" : "",
                            step->own ? TOC_SAY(post, YOURS) : "", step->own ? ")" : "",
                            toc_post_left(post, is_done ? TOC_NEVER : step->due),
                            toc_post_state_word(post, step->state));
        open_card(post, toc_screen_text(post->screen, "step.%s", step->id), step->text, line,
                  is_done ? TOC_MARK_DONE : TOC_MARK_OPEN);
        if (step->own && !is_done && step->verb[0] != '\0' &&
            toc_post_find_verb(post, step->verb) != NULL) {
            (void)toc_widget_wrap(post->screen, 6);
            (void)toc_widget_button(post->screen,
                                    toc_screen_text(post->screen, "step.do.%s", step->id),
                                    toc_post_verb(post, step->verb), "step.do", step->id);
            toc_screen_close(post->screen);
        }
        toc_screen_close(post->screen);
    }
    if (all.count == 0) {
        nothing(post, TOC_SAY(post, NO_PLAN));
    }
}

/* -- The rest -----------------------------------------------------------------------------------
 */

static void board(toc_post *post) {
    toc_wire_posting_list all = toc_post_state(post)->board;
    for (uint32_t i = 0; i < all.count; i++) {
        const toc_wire_posting *posting = &all.items[i];
        open_card(post, toc_screen_text(post->screen, "posting.%s", posting->id),
                  toc_screen_text(post->screen, "%s: %s", toc_post_asset_name(post, posting->id),
                                  posting->text),
                  toc_screen_text(post->screen, "%s · %s", posting->by,
                                  toc_post_clock(post, posting->at)),
                  TOC_MARK_NONE);
        toc_screen_close(post->screen);
    }
    if (all.count == 0) {
        nothing(post, TOC_SAY(post, NO_BOARD));
    }
}

static void crews(toc_post *post) {
    toc_wire_crew_list all = toc_post_state(post)->crews;
    toc_wire_stock_list stocks = toc_post_state(post)->stocks;
    for (uint32_t i = 0; i < all.count; i++) {
        const toc_wire_crew *crew = &all.items[i];
        open_card(post, toc_screen_text(post->screen, "crew.%s", crew->id), crew->id,
                  toc_screen_text(post->screen, "%d / %d %s · %s", (int)crew->free, (int)crew->size,
                                  toc_post_state_word(post, "free"), crew->skills),
                  TOC_MARK_NONE);
        toc_screen_close(post->screen);
    }
    for (uint32_t i = 0; i < stocks.count; i++) {
        const toc_wire_stock *stock = &stocks.items[i];
        (void)toc_widget_paragraph(post->screen,
                                   toc_screen_text(post->screen, "%d × %s · %s", (int)stock->count,
                                                   stock->part, stock->where),
                                   TOC_TINT_TEXT2);
    }
}

/* What was written, and what advisers were asked and said; and a line to write more. */
static void log_page(toc_post *post) {
    const toc_mirror *mirror = toc_client_mirror(post->client);
    size_t count = toc_mirror_event_count(mirror), shown = 0;
    (void)toc_widget_field(post->screen, "note.text", TOC_SAY(post, NOTE_HINT), "note.write");
    (void)toc_widget_wrap(post->screen, 6);
    (void)toc_widget_button(post->screen, "note.write", TOC_SAY(post, NOTE), "note.write", "");
    toc_screen_close(post->screen);
    for (size_t i = count; i > 0 && shown < 80; i--) {
        const toc_wire_event *event = toc_mirror_event(mirror, i - 1);
        bool is_chat = strcmp(event->kind, "chat") == 0;
        if (strcmp(event->kind, "ticket") == 0 || strcmp(event->verb, "void") == 0) {
            continue;
        }
        shown++;
        const char *text =
            toc_screen_text(post->screen, "%s  %s %s %s", toc_post_clock(post, event->at),
                            is_chat ? event->actor : toc_post_asset_name(post, event->subject),
                            toc_post_state_word(post, event->verb), event->text);
        (void)toc_widget_paragraph(post->screen, text, TOC_TINT_TEXT2);
    }
    if (shown == 0) {
        nothing(post, TOC_SAY(post, NO_LOG));
    }
}

void toc_player_papers_compose(struct player *player, toc_post *post, toc_player_page page) {
    switch (page) {
    case TOC_PLAYER_INBOX:
        inbox(player, post);
        break;
    case TOC_PLAYER_TASKS:
        tasks(post);
        break;
    case TOC_PLAYER_DUTIES:
        duties(post);
        break;
    case TOC_PLAYER_ORDERS:
        orders(post);
        break;
    case TOC_PLAYER_DECISIONS:
        decisions(post);
        break;
    case TOC_PLAYER_BOARD:
        board(post);
        break;
    case TOC_PLAYER_PLAN:
        plan(post);
        break;
    case TOC_PLAYER_CREWS:
        crews(post);
        break;
    case TOC_PLAYER_LOG:
        log_page(post);
        break;
    case TOC_PLAYER_OVERVIEW:
    case TOC_PLAYER_MAP:
    case TOC_PLAYER_ALARMS:
    case TOC_PLAYER_ASSET:
    case TOC_PLAYER_PAGES:
        break;
    }
}

/* -- What is done -------------------------------------------------------------------------------
 */

static void act_with(toc_post *post, const char *verb, const char *target, const char *key,
                     const char *value) {
    toc_post_act(post, verb, target, (const char *const[]){key, NULL},
                 (const char *const[]){value, NULL});
}

static void decide(toc_post *post, const char *argument) {
    char **parts = g_strsplit(argument, "\n", 2);
    if (parts[0] != NULL && parts[1] != NULL) {
        act_with(post, "decide", parts[0], "option", parts[1]);
    }
    g_strfreev(parts);
}

static void write_note(toc_post *post) {
    const char *text = toc_editing_text(post->screen, "note.text");
    if (text[0] != '\0') {
        act_with(post, "note", "", "text", text);
        toc_editing_set(post->screen, "note.text", "");
    }
}

/* The addressee by id or by what people call it. */
static const char *addressee(const toc_post *post, const char *name) {
    toc_wire_addressee_list all = toc_post_catalogue(post)->addressees;
    for (uint32_t i = 0; i < all.count; i++) {
        if (strcmp(all.items[i].id, name) == 0 || strcmp(all.items[i].name, name) == 0) {
            return all.items[i].id;
        }
    }
    return "";
}

static void do_step(struct player *player, toc_post *post, const char *id) {
    toc_wire_step_list all = toc_post_state(post)->plan;
    for (uint32_t i = 0; i < all.count; i++) {
        if (strcmp(all.items[i].id, id) == 0) {
            toc_act_form_ask(player->form, post, all.items[i].verb, all.items[i].target,
                             (const char *const[]){"step", NULL}, (const char *const[]){id, NULL});
        }
    }
}

static bool obey_letters(struct player *player, toc_post *post, const toc_screen_deed *deed) {
    uint32_t chosen = toc_screen_memory_of(post->screen, "inbox")->number;
    const toc_wire_letter *letter = letter_at(post, chosen);
    if (strcmp(deed->command, "letter.choose") == 0) {
        player->read_until = letter != NULL && letter->number > (int64_t)player->read_until
                                 ? (uint64_t)letter->number
                                 : player->read_until;
    } else if (strcmp(deed->command, "letter.reply") == 0) {
        toc_act_form_ask(player->form, post, "notify_peer",
                         letter == NULL ? "" : addressee(post, letter->from),
                         (const char *const[]){"channel", NULL},
                         (const char *const[]){letter == NULL ? "" : letter->channel, NULL});
    } else if (strcmp(deed->command, "letter.write") == 0) {
        toc_act_form_ask(player->form, post, "notify_peer", "", NULL, NULL);
    } else if (strcmp(deed->command, "paper.open") == 0 && letter != NULL) {
        (void)toc_client_fetch(post->client, letter->id, deed->argument);
    } else {
        return false;
    }
    return true;
}

bool toc_player_papers_obey(struct player *player, toc_post *post, const toc_screen_deed *deed) {
    const char *command = deed->command, *argument = deed->argument;
    if (obey_letters(player, post, deed)) {
        return true;
    }
    if (strcmp(command, "order.ack") == 0) {
        act_with(post, "acknowledge_order", "", "order", argument);
    } else if (strcmp(command, "order.done") == 0) {
        act_with(post, "fulfil_order", "", "order", argument);
    } else if (strcmp(command, "decide") == 0) {
        decide(post, argument);
    } else if (strcmp(command, "approve") == 0 || strcmp(command, "reject") == 0) {
        toc_post_act(post, command, argument, NULL, NULL);
    } else if (strcmp(command, "duty.report") == 0) {
        toc_act_form_ask(player->form, post, "report_initial", argument, NULL, NULL);
    } else if (strcmp(command, "step.do") == 0) {
        do_step(player, post, argument);
    } else if (strcmp(command, "note.write") == 0) {
        write_note(post);
    } else {
        return false;
    }
    return true;
}
