#include "server/outlook.h"

#include <string.h>

#include "server/outlook_state.h"
#include "tocsin/attachment.h"
#include "tocsin/standing.h"
#include "tocsin/wording.h"

static const toc_wire_kind kinds[SHELVES] = {
    [SHELF_ASSETS] = TOC_WIRE_M_ASSET,   [SHELF_ALARMS] = TOC_WIRE_M_ALARM,
    [SHELF_INBOX] = TOC_WIRE_M_LETTER,   [SHELF_DECISIONS] = TOC_WIRE_M_DECISION,
    [SHELF_TICKETS] = TOC_WIRE_M_TICKET, [SHELF_ORDERS] = TOC_WIRE_M_ORDER,
    [SHELF_DUTIES] = TOC_WIRE_M_DUTY,    [SHELF_APPROVALS] = TOC_WIRE_M_APPROVAL,
    [SHELF_AID] = TOC_WIRE_M_AID,        [SHELF_CREWS] = TOC_WIRE_M_CREW,
    [SHELF_ALERTS] = TOC_WIRE_M_ALERT,   [SHELF_SERVICES] = TOC_WIRE_M_SERVICE,
    [SHELF_BOARD] = TOC_WIRE_M_POSTING,  [SHELF_STOCKS] = TOC_WIRE_M_STOCK,
    [SHELF_STEPS] = TOC_WIRE_M_STEP,     [SHELF_ZONES] = TOC_WIRE_M_ZONE,
};

toc_outlook *toc_outlook_create(const toc_drill *drill, uint32_t seat) {
    toc_outlook *outlook = g_new0(toc_outlook, 1);
    outlook->drill = drill;
    outlook->number = seat;
    outlook->seat = toc_drill_seat(drill, seat);
    outlook->texts = g_string_chunk_new(1024);
    outlook->blocks = g_ptr_array_new_with_free_func(g_free);
    outlook->given = g_hash_table_new(g_str_hash, g_str_equal);
    for (int i = 0; i < SHELVES; i++) {
        outlook->shelves[i] =
            (struct shelf){.kind = kinds[i], .item_size = toc_wire_record_of(kinds[i]).size};
    }
    return outlook;
}

void toc_outlook_destroy(toc_outlook *outlook) {
    if (outlook == NULL) {
        return;
    }
    for (int i = 0; i < SHELVES; i++) {
        struct shelf *shelf = &outlook->shelves[i];
        if (shelf->numbers == NULL) {
            continue;
        }
        (void)g_byte_array_free(shelf->items, TRUE);
        (void)g_byte_array_free(shelf->changed, TRUE);
        (void)g_array_free(shelf->revisions, TRUE);
        g_hash_table_destroy(shelf->numbers);
    }
    g_hash_table_destroy(outlook->given);
    (void)g_ptr_array_free(outlook->blocks, TRUE);
    g_string_chunk_free(outlook->texts);
    g_free(outlook);
}

uint64_t toc_outlook_revision(const toc_outlook *outlook) {
    return outlook->revision;
}

/* A thousand seats have a dozen shelves each, most of them empty for ever. */
static void set_up(struct shelf *shelf) {
    shelf->items = g_byte_array_new();
    shelf->revisions = g_array_new(FALSE, FALSE, sizeof(uint64_t));
    shelf->numbers = g_hash_table_new(g_str_hash, g_str_equal);
    shelf->changed = g_byte_array_new();
}

static guint count_of(const struct shelf *shelf) {
    return shelf->numbers == NULL ? 0 : shelf->revisions->len;
}

/* False where it has none of that id. */
static bool find_on(const struct shelf *shelf, const char *id, gpointer *out_index) {
    return shelf->numbers != NULL &&
           g_hash_table_lookup_extended(shelf->numbers, id, NULL, out_index);
}

void *toc_outlook_touch(toc_outlook *outlook, enum shelf_number number, const char *id) {
    struct shelf *shelf = &outlook->shelves[number];
    gpointer found = NULL;
    if (shelf->numbers == NULL) {
        set_up(shelf);
    }
    if (!find_on(shelf, id, &found)) {
        uint64_t none = 0;
        found = GUINT_TO_POINTER(shelf->revisions->len);
        (void)g_hash_table_insert(shelf->numbers, (gpointer)id, found);
        (void)g_array_append_val(shelf->revisions, none);
        (void)g_byte_array_set_size(shelf->items,
                                    (guint)(shelf->revisions->len * shelf->item_size));
        void *fresh = shelf->items->data + (size_t)GPOINTER_TO_UINT(found) * shelf->item_size;
        toc_wire_clear(shelf->kind, fresh);
        (void)memcpy(fresh, &id, sizeof id); /* the first field of every item */
    }
    guint index = GPOINTER_TO_UINT(found);
    g_array_index(shelf->revisions, uint64_t, index) = ++outlook->revision;
    return shelf->items->data + (size_t)index * shelf->item_size;
}

const void *toc_outlook_peek(const toc_outlook *outlook, enum shelf_number number, const char *id) {
    const struct shelf *shelf = &outlook->shelves[number];
    gpointer found = NULL;
    if (!find_on(shelf, id, &found)) {
        return NULL;
    }
    return shelf->items->data + (size_t)GPOINTER_TO_UINT(found) * shelf->item_size;
}

const void *toc_outlook_items(const toc_outlook *outlook, enum shelf_number number,
                              uint32_t *out_count) {
    const struct shelf *shelf = &outlook->shelves[number];
    *out_count = count_of(shelf);
    return *out_count == 0 ? NULL : shelf->items->data;
}

const char *toc_outlook_keep(toc_outlook *outlook, const char *text) {
    return g_string_chunk_insert(outlook->texts, text);
}

toc_wire_texts toc_outlook_keep_list(toc_outlook *outlook, const GPtrArray *texts) {
    const char **items = g_new(const char *, texts->len + 1);
    for (guint i = 0; i < texts->len; i++) {
        items[i] = toc_outlook_keep(outlook, g_ptr_array_index(texts, i));
    }
    g_ptr_array_add(outlook->blocks, items);
    return (toc_wire_texts){.items = items, .count = texts->len};
}

static const char *keep(toc_outlook *outlook, const char *text, size_t length) {
    return g_string_chunk_insert_len(outlook->texts, text, (gssize)length);
}

static const char *number_text(toc_outlook *outlook, const char *letter, int64_t number) {
    char text[32];
    (void)g_snprintf(text, sizeof text, "%s-%" G_GINT64_FORMAT, letter, number);
    return keep(outlook, text, strlen(text));
}

/* -- What it was shown --------------------------------------------------------------------------
 */

static void add_papers(toc_outlook *outlook, toc_wire_letter *letter, uint32_t message) {
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    char caption[400];
    const char *path = toc_standing_paper(outlook->drill, outlook->number, message, 0);
    for (uint32_t i = 0; path != NULL;
         path = toc_standing_paper(outlook->drill, outlook->number, message, ++i)) {
        g_ptr_array_add(names, g_strdup(toc_attachment_caption(path, caption, sizeof caption)));
    }
    if (names->len > 0) {
        letter->attached = toc_outlook_keep_list(outlook, names);
    }
    (void)g_ptr_array_free(names, TRUE);
}

static void add_message(toc_outlook *outlook, const toc_stream_entry *entry) {
    toc_wire_letter *letter = toc_outlook_touch(outlook, SHELF_INBOX, entry->subject);
    letter->number = entry->number;
    letter->at = entry->at;
    letter->from = entry->actor;
    letter->channel = entry->verb;
    letter->text = entry->text;
    letter->marking = entry->marking;
    add_papers(outlook, letter, (uint32_t)entry->number);
}

static void add_alarm(toc_outlook *outlook, const toc_stream_entry *entry) {
    bool is_well = strcmp(entry->verb, "on") == 0;
    toc_wire_asset *asset = toc_outlook_touch(outlook, SHELF_ASSETS, entry->subject);
    asset->operation = entry->verb;
    asset->seen = entry->at;
    asset->source = entry->text;
    toc_wire_alarm *alarm = toc_outlook_touch(outlook, SHELF_ALARMS, entry->subject);
    bool was_seen = alarm->state[0] == '\0' || strcmp(alarm->state, "acknowledged") == 0 ||
                    strcmp(alarm->state, "normal") == 0;
    alarm->asset = entry->subject;
    alarm->at = entry->at;
    alarm->text = entry->verb;
    alarm->state = !is_well ? "unacknowledged" : was_seen ? "normal" : "returned";
}

/* What a ticket says of alarms once it is done. */
static void answer_alarm(toc_outlook *outlook, const toc_stream_entry *entry) {
    bool acknowledges = strcmp(entry->verb, "acknowledge_alarm") == 0;
    if (!acknowledges || !find_on(&outlook->shelves[SHELF_ALARMS], entry->subject, NULL)) {
        return;
    }
    toc_wire_alarm *alarm = toc_outlook_touch(outlook, SHELF_ALARMS, entry->subject);
    if (strcmp(alarm->state, "returned") == 0) {
        alarm->state = "normal";
    } else if (strcmp(alarm->state, "unacknowledged") == 0) {
        alarm->state = "acknowledged";
    }
}

static void add_ticket(toc_outlook *outlook, const toc_stream_entry *entry) {
    size_t length = strcspn(entry->text, ":");
    const char *id = number_text(outlook, "T", entry->number);
    toc_wire_ticket *ticket = toc_outlook_touch(outlook, SHELF_TICKETS, id);
    ticket->verb = entry->verb;
    ticket->target = entry->subject;
    ticket->stage = keep(outlook, entry->text, length);
    ticket->why = entry->text[length] == '\0' ? "" : entry->text + length + 2;
    ticket->at = entry->at;
    if (strcmp(ticket->stage, "done") == 0) {
        answer_alarm(outlook, entry);
    }
}

static void add_duty(toc_outlook *outlook, const toc_stream_entry *entry) {
    toc_wire_duty *duty = toc_outlook_touch(outlook, SHELF_DUTIES, entry->subject);
    bool is_done = strcmp(entry->verb, "done") == 0;
    if (strcmp(entry->verb, "started") == 0) {
        duty->state = "open";
        duty->started = entry->at;
    } else if (is_done) {
        duty->state = entry->due != TOC_NEVER && entry->at > entry->due ? "late" : "done";
        duty->done = entry->at;
    } else {
        duty->state = "missed";
    }
    duty->due = entry->due;
    duty->text = entry->text[0] == '\0' ? duty->text : entry->text;
    duty->recipient = entry->actor[0] == '\0' ? duty->recipient : entry->actor;
}

static const char *question_of(const toc_drill *drill, const char *id) {
    for (uint32_t i = 0; i < toc_drill_facts_of(drill).decisions; i++) {
        toc_drill_decision decision = toc_drill_decision_at(drill, i);
        if (strcmp(decision.id, id) == 0) {
            return decision.question;
        }
    }
    return "";
}

/* Options come a line each. */
static toc_wire_texts options_of(toc_outlook *outlook, const char *lines) {
    char **split = g_strsplit(lines, "\n", -1);
    GPtrArray *options = g_ptr_array_new();
    for (char **line = split; *line != NULL; line++) {
        if ((*line)[0] != '\0') {
            g_ptr_array_add(options, *line);
        }
    }
    toc_wire_texts kept = toc_outlook_keep_list(outlook, options);
    (void)g_ptr_array_free(options, TRUE);
    g_strfreev(split);
    return kept;
}

static void add_decision(toc_outlook *outlook, const toc_stream_entry *entry) {
    toc_wire_decision *decision = toc_outlook_touch(outlook, SHELF_DECISIONS, entry->subject);
    decision->state = entry->verb;
    if (strcmp(entry->verb, "open") == 0) {
        decision->question = question_of(outlook->drill, entry->subject);
        decision->options = options_of(outlook, entry->text);
        decision->due = entry->due;
    } else if (strcmp(entry->verb, "overdue") != 0) {
        decision->chosen = entry->text;
        decision->by = entry->actor;
    }
}

static void add_approval(toc_outlook *outlook, const toc_stream_entry *entry) {
    toc_wire_approval *approval = toc_outlook_touch(outlook, SHELF_APPROVALS, entry->subject);
    approval->state = entry->verb;
    if (strcmp(entry->verb, "asked") == 0) {
        approval->from = entry->actor;
        approval->text = entry->text;
        approval->due = entry->due;
    }
}

static void add_aid(toc_outlook *outlook, const toc_stream_entry *entry) {
    toc_wire_aid *aid = toc_outlook_touch(outlook, SHELF_AID, entry->subject);
    aid->with = entry->actor;
    aid->text = entry->text;
    aid->state = entry->verb;
    aid->until = entry->due;
}

/* Orders are numbered by their receiver; those that the seat gave get numbers of its own. */
static const char *order_id(toc_outlook *outlook, const toc_stream_entry *entry) {
    if (strcmp(entry->subject, outlook->seat) == 0) {
        return number_text(outlook, "O", entry->number);
    }
    char *name = g_strdup_printf("%s %" G_GINT64_FORMAT, entry->subject, entry->number);
    const char *id = g_hash_table_lookup(outlook->given, name);
    if (id == NULL) {
        id = number_text(outlook, "G", (int64_t)g_hash_table_size(outlook->given) + 1);
        const char *kept = keep(outlook, name, strlen(name));
        (void)g_hash_table_insert(outlook->given, (gpointer)kept, (gpointer)id);
    }
    g_free(name);
    return id;
}

static void add_order(toc_outlook *outlook, const toc_stream_entry *entry) {
    toc_wire_order *order = toc_outlook_touch(outlook, SHELF_ORDERS, order_id(outlook, entry));
    order->from = entry->actor;
    order->to = entry->subject;
    order->text = entry->text;
    order->stage = entry->verb;
    order->at = order->at == TOC_NEVER ? entry->at : order->at;
    order->due = entry->due;
}

static void add_alert(toc_outlook *outlook, const toc_stream_entry *entry) {
    int64_t number = (int64_t)count_of(&outlook->shelves[SHELF_ALERTS]) + 1;
    toc_wire_alert *alert =
        toc_outlook_touch(outlook, SHELF_ALERTS, number_text(outlook, "S", number));
    alert->asset = entry->subject;
    alert->sensor = entry->actor;
    alert->at = entry->at;
    alert->text = entry->text;
}

static void add_control(toc_outlook *outlook, const toc_stream_entry *entry) {
    toc_wire_asset *asset = toc_outlook_touch(outlook, SHELF_ASSETS, entry->subject);
    asset->remote = entry->number != 0 ? "yes" : "no";
}

static void add_shift(toc_outlook *outlook, const toc_stream_entry *entry) {
    toc_wire_crew *crew = toc_outlook_touch(outlook, SHELF_CREWS, entry->subject);
    crew->fatigue = entry->verb;
}

void toc_outlook_add(toc_outlook *outlook, const toc_stream_entry *entry) {
    static const struct {
        const char *kind;
        void (*add)(toc_outlook *outlook, const toc_stream_entry *entry);
    } table[] = {{"message", add_message},   {"alarm", add_alarm}, {"control", add_control},
                 {"ticket", add_ticket},     {"duty", add_duty},   {"decision", add_decision},
                 {"approval", add_approval}, {"aid", add_aid},     {"order", add_order},
                 {"alert", add_alert},       {"shift", add_shift}};
    outlook->shown++;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        if (strcmp(table[i].kind, entry->kind) == 0) {
            table[i].add(outlook, entry);
        }
    }
}

/* -- What has changed ---------------------------------------------------------------------------
 */

static uint32_t collect(struct shelf *shelf, uint64_t revision) {
    if (shelf->numbers == NULL) {
        return 0;
    }
    (void)g_byte_array_set_size(shelf->changed, 0);
    for (guint i = 0; i < shelf->revisions->len; i++) {
        if (g_array_index(shelf->revisions, uint64_t, i) > revision) {
            (void)g_byte_array_append(shelf->changed, shelf->items->data + i * shelf->item_size,
                                      (guint)shelf->item_size);
        }
    }
    return (uint32_t)(shelf->changed->len / shelf->item_size);
}

static void speak(const toc_outlook *outlook, const char *language, toc_wire_state *state) {
    for (uint32_t i = 0; i < state->inbox.count; i++) {
        toc_wire_letter *letter = (toc_wire_letter *)&state->inbox.items[i];
        letter->text = toc_wording_in(outlook->drill, language, letter->text);
        letter->from = toc_wording_in(outlook->drill, language, letter->from);
    }
    for (uint32_t i = 0; i < state->decisions.count; i++) {
        toc_wire_decision *decision = (toc_wire_decision *)&state->decisions.items[i];
        decision->question = toc_wording_in(outlook->drill, language, decision->question);
    }
    for (uint32_t i = 0; i < state->duties.count; i++) {
        toc_wire_duty *duty = (toc_wire_duty *)&state->duties.items[i];
        duty->text = toc_wording_in(outlook->drill, language, duty->text);
    }
    for (uint32_t i = 0; i < state->plan.count; i++) {
        toc_wire_step *step = (toc_wire_step *)&state->plan.items[i];
        step->text = toc_wording_in(outlook->drill, language, step->text);
        step->role = toc_wording_in(outlook->drill, language, step->role);
        step->condition = toc_wording_in(outlook->drill, language, step->condition);
    }
    for (uint32_t i = 0; i < state->zones.count; i++) {
        toc_wire_zone *zone = (toc_wire_zone *)&state->zones.items[i];
        zone->text = toc_wording_in(outlook->drill, language, zone->text);
    }
}

void toc_outlook_since(toc_outlook *outlook, uint64_t revision, const char *language,
                       toc_wire_state *out_state) {
    uint32_t counts[SHELVES];
    const void *items[SHELVES];
    for (int i = 0; i < SHELVES; i++) {
        counts[i] = collect(&outlook->shelves[i], revision);
        items[i] = counts[i] == 0 ? NULL : outlook->shelves[i].changed->data;
    }
    toc_wire_clear(TOC_WIRE_M_STATE, out_state);
    out_state->assets = (toc_wire_asset_list){items[SHELF_ASSETS], counts[SHELF_ASSETS]};
    out_state->alarms = (toc_wire_alarm_list){items[SHELF_ALARMS], counts[SHELF_ALARMS]};
    out_state->inbox = (toc_wire_letter_list){items[SHELF_INBOX], counts[SHELF_INBOX]};
    out_state->decisions =
        (toc_wire_decision_list){items[SHELF_DECISIONS], counts[SHELF_DECISIONS]};
    out_state->tickets = (toc_wire_ticket_list){items[SHELF_TICKETS], counts[SHELF_TICKETS]};
    out_state->orders = (toc_wire_order_list){items[SHELF_ORDERS], counts[SHELF_ORDERS]};
    out_state->duties = (toc_wire_duty_list){items[SHELF_DUTIES], counts[SHELF_DUTIES]};
    out_state->approvals =
        (toc_wire_approval_list){items[SHELF_APPROVALS], counts[SHELF_APPROVALS]};
    out_state->aid = (toc_wire_aid_list){items[SHELF_AID], counts[SHELF_AID]};
    out_state->crews = (toc_wire_crew_list){items[SHELF_CREWS], counts[SHELF_CREWS]};
    out_state->services = (toc_wire_service_list){items[SHELF_SERVICES], counts[SHELF_SERVICES]};
    out_state->stocks = (toc_wire_stock_list){items[SHELF_STOCKS], counts[SHELF_STOCKS]};
    out_state->board = (toc_wire_posting_list){items[SHELF_BOARD], counts[SHELF_BOARD]};
    out_state->plan = (toc_wire_step_list){items[SHELF_STEPS], counts[SHELF_STEPS]};
    out_state->zones = (toc_wire_zone_list){items[SHELF_ZONES], counts[SHELF_ZONES]};
    out_state->alerts = (toc_wire_alert_list){items[SHELF_ALERTS], counts[SHELF_ALERTS]};
    if (language[0] != '\0') {
        speak(outlook, language, out_state);
    }
}
