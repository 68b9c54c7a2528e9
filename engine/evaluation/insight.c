#include "evaluation/insight.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "evaluation/shelf.h"

enum standing { DOWN, UP, STARTING };

/* What is known of one element while the record is read. */
struct element {
    signed char truth, belief; /* enum standing, -1: nobody has said */
    toc_time wrong_since;      /* TOC_NEVER: it is as it is believed to be */
};

/* The latest entry of a board on one element. */
struct entry {
    size_t board;
    uint32_t element;
    bool says_up;
    toc_time since;
    toc_time right_since; /* TOC_NEVER: it is wrong */
};

struct reading {
    toc_insight *insight;
    const toc_topology *topology;
    struct element *elements;
    struct entry *entries;
    size_t entry_count;
    toc_time now;
    double confidence; /* of the latest request to set a belief */
};

static bool is_up(const char *operation) {
    return strcmp(operation, "on") == 0 || strcmp(operation, "degraded") == 0;
}

static signed char standing_of(const char *operation) {
    return is_up(operation) ? UP : strcmp(operation, "starting") == 0 ? STARTING : DOWN;
}

/* What starts is on its way: who thinks it runs is as right as who thinks it does not yet, and who
   was told that it starts takes it to run. */
static bool differs(const struct element *element) {
    bool is_on_its_way = element->truth == STARTING || element->belief == STARTING;
    return is_on_its_way ? element->truth == DOWN : element->truth != element->belief;
}

/* As the engine numbers operations: on and degraded. */
static bool is_up_number(int64_t operation) {
    return operation == 2 || operation == 3;
}

static double hours(toc_time span) {
    return (double)span / (double)TOC_HOUR;
}

static bool begins(const char *text, const char *with) {
    return strncmp(text, with, strlen(with)) == 0;
}

/* -- Beliefs ----------------------------------------------------------------------------------- */

static uint32_t owner_of(const toc_topology *topology, uint32_t element) {
    uint32_t asset = element < topology->asset_count
                         ? element
                         : topology->links[element - topology->asset_count].from;
    return topology->assets[asset].operator_index;
}

static toc_insight_belief *belief_of(const struct reading *reading, uint32_t element) {
    uint32_t owner = owner_of(reading->topology, element);
    const char *id = owner == TOC_INDEX_NONE ? "" : reading->topology->operators[owner].id;
    for (size_t i = 0; i < reading->insight->belief_count; i++) {
        if (strcmp(reading->insight->beliefs[i].operator_id, id) == 0) {
            return &reading->insight->beliefs[i];
        }
    }
    return NULL;
}

/* A wrong belief ends, or the record does. */
static void close_wrong(struct reading *reading, uint32_t element, toc_time at) {
    struct element *state = &reading->elements[element];
    toc_insight_belief *belief = belief_of(reading, element);
    if (belief == NULL || state->wrong_since == TOC_NEVER) {
        return;
    }
    toc_time span = at - state->wrong_since;
    belief->wrong_hours += hours(span);
    if (span > belief->longest) {
        belief->longest = span;
        belief->longest_id = toc_topology_element_id(reading->topology, element);
    }
    belief->wrong_now--;
    state->wrong_since = TOC_NEVER;
}

static void compare(struct reading *reading, uint32_t element, const toc_measure_event *at) {
    struct element *state = &reading->elements[element];
    toc_insight_belief *belief = belief_of(reading, element);
    bool is_wrong = differs(state);
    if (belief == NULL) {
        return;
    }
    if (!is_wrong) {
        close_wrong(reading, element, at->at);
    } else if (state->wrong_since == TOC_NEVER) {
        state->wrong_since = at->at;
        belief->wrong_now++;
        belief->latest = *at;
    }
}

/* What is put right within the instant was never wrong. */
static void pass_time(struct reading *reading, toc_time now) {
    for (size_t i = 0; i < reading->insight->belief_count && now > reading->now; i++) {
        toc_insight_belief *belief = &reading->insight->beliefs[i];
        if (belief->wrong_now > belief->most_wrong) {
            belief->most_wrong = belief->wrong_now;
            belief->most = belief->latest;
        }
    }
    reading->now = now;
}

/* -- Boards ------------------------------------------------------------------------------------ */

static toc_insight_board *board_of(struct reading *reading, const char *seat) {
    toc_insight *insight = reading->insight;
    size_t length = strcspn(seat, ".");
    for (size_t i = 0; i < insight->board_count; i++) {
        if (strlen(insight->boards[i].team) == length &&
            strncmp(insight->boards[i].team, seat, length) == 0) {
            return &insight->boards[i];
        }
    }
    insight->boards =
        toc_shelf_grow(insight->boards, insight->board_count, sizeof *insight->boards);
    toc_insight_board *board = &insight->boards[insight->board_count++];
    *board = (toc_insight_board){.said = 0};
    (void)snprintf(board->team, sizeof board->team, "%.*s", (int)length, seat);
    return board;
}

static void stop_right(const struct reading *reading, struct entry *entry, toc_time at) {
    if (entry->right_since != TOC_NEVER) {
        reading->insight->boards[entry->board].right_hours += hours(at - entry->right_since);
        entry->right_since = TOC_NEVER;
    }
}

static void stop_entry(const struct reading *reading, struct entry *entry, toc_time at) {
    stop_right(reading, entry, at);
    reading->insight->boards[entry->board].hours += hours(at - entry->since);
}

/* Entries on the element become right or wrong. */
static void truth_changed(struct reading *reading, uint32_t element, toc_time at) {
    bool up = reading->elements[element].truth != DOWN;
    for (size_t i = 0; i < reading->entry_count; i++) {
        struct entry *entry = &reading->entries[i];
        if (entry->element != element) {
            continue;
        }
        if (entry->says_up != up) {
            stop_right(reading, entry, at);
        } else if (entry->right_since == TOC_NEVER) {
            entry->right_since = at;
        }
    }
}

static struct entry *entry_of(struct reading *reading, size_t board, uint32_t element,
                              toc_time at) {
    for (size_t i = 0; i < reading->entry_count; i++) {
        struct entry *entry = &reading->entries[i];
        if (entry->board == board && entry->element == element) {
            stop_entry(reading, entry, at);
            return entry;
        }
    }
    reading->entries =
        toc_shelf_grow(reading->entries, reading->entry_count, sizeof *reading->entries);
    return &reading->entries[reading->entry_count++];
}

static void read_board(struct reading *reading, const toc_trace_entry *at) {
    uint32_t element = toc_topology_find_element(reading->topology, at->subject);
    if (begins(at->text, "requested")) {
        const char *confidence = strstr(at->text, "confidence=");
        reading->confidence = confidence == NULL ? 1 : strtod(confidence + 11, NULL);
        return;
    }
    if (!begins(at->text, "done: ") || element == TOC_INDEX_NONE) {
        return;
    }
    toc_insight_board *board = board_of(reading, at->actor);
    bool says_up = is_up(at->text + 6);
    bool is_right = says_up == (reading->elements[element].truth != DOWN);
    double miss = reading->confidence - (is_right ? 1 : 0);
    board->brier = (board->brier * (double)board->said + miss * miss) / (double)(board->said + 1);
    board->said++;
    board->right += is_right;
    size_t number = (size_t)(board - reading->insight->boards);
    struct entry *entry = entry_of(reading, number, element, at->time);
    *entry = (struct entry){number, element, says_up, at->time, is_right ? at->time : TOC_NEVER};
}

/* -- Words ------------------------------------------------------------------------------------- */

static void add_word(toc_insight_word **words, size_t *count, const toc_trace_entry *at,
                     uint64_t number) {
    *words = toc_shelf_grow(*words, *count, sizeof **words);
    (*words)[(*count)++] = (toc_insight_word){at->time,    number,   at->actor,  at->verb,
                                              at->subject, at->text, at->before, at->after};
}

static toc_insight_order *order_of(toc_insight *insight, const toc_trace_entry *at) {
    for (size_t i = 0; i < insight->order_count; i++) {
        toc_insight_order *order = &insight->orders[i];
        if (order->number == at->after && strcmp(order->receiver, at->subject) == 0) {
            return order;
        }
    }
    return NULL;
}

static void read_order(toc_insight *insight, const toc_trace_entry *at, uint64_t number) {
    toc_insight_order *order = order_of(insight, at);
    if (order == NULL) {
        insight->orders =
            toc_shelf_grow(insight->orders, insight->order_count, sizeof *insight->orders);
        insight->orders[insight->order_count++] = (toc_insight_order){.giver = at->actor,
                                                                      .receiver = at->subject,
                                                                      .text = at->text,
                                                                      .given = at->time,
                                                                      .due = at->before,
                                                                      .acknowledged = TOC_NEVER,
                                                                      .done = TOC_NEVER,
                                                                      .number = at->after,
                                                                      .entry = number};
    } else if (strcmp(at->verb, "acknowledged") == 0) {
        order->acknowledged = at->time;
    } else if (strcmp(at->verb, "overdue") == 0) {
        order->overdue = true;
    } else if (begins(at->verb, "done")) {
        order->done = at->time;
    }
}

/* -- Whole ------------------------------------------------------------------------------------- */

static void read_state(struct reading *reading, const toc_trace_entry *at, uint64_t number) {
    uint32_t element = toc_topology_find_element(reading->topology, at->subject);
    if (element == TOC_INDEX_NONE) {
        return;
    }
    struct element *state = &reading->elements[element];
    toc_measure_event event = {at->time, number};
    signed char before = is_up_number(at->before) ? UP : DOWN;
    state->truth = state->truth < 0 ? before : state->truth;
    state->belief = state->belief < 0 ? before : state->belief;
    if (at->kind == TOC_TRACE_OPERATION) {
        state->truth = standing_of(at->verb);
        truth_changed(reading, element, at->time);
    } else {
        uint32_t owner = owner_of(reading->topology, element);
        if (owner == TOC_INDEX_NONE ||
            strcmp(reading->topology->operators[owner].id, at->actor) != 0) {
            return;
        }
        state->belief = standing_of(at->verb);
    }
    compare(reading, element, &event);
}

static void read_entry(struct reading *reading, const toc_trace_entry *at, uint64_t number) {
    toc_insight *insight = reading->insight;
    switch ((int)at->kind) {
    case TOC_TRACE_OPERATION:
    case TOC_TRACE_BELIEF:
        read_state(reading, at, number);
        break;
    case TOC_TRACE_ASSESSMENT:
        add_word(&insight->assessments, &insight->assessment_count, at, number);
        break;
    case TOC_TRACE_EVIDENCE:
        add_word(&insight->evidence, &insight->evidence_count, at, number);
        break;
    case TOC_TRACE_ORDER:
        read_order(insight, at, number);
        break;
    case TOC_TRACE_ACTION:
        if (strcmp(at->verb, "set_belief") == 0) {
            read_board(reading, at);
        } else if (strcmp(at->verb, "dispute_score") == 0 && begins(at->text, "requested")) {
            add_word(&insight->disputes, &insight->dispute_count, at, number);
        }
        break;
    default:
        break;
    }
}

/* Operators that own something. */
static void begin_beliefs(toc_insight *insight, const toc_measures *measures) {
    const toc_topology *topology = toc_measure_topology(measures);
    for (size_t i = 0; i < toc_measure_teams(measures); i++) {
        const toc_measure_team *team = toc_measure_team_at(measures, i);
        uint32_t owner = toc_topology_find_operator(topology, team->id);
        if (team->owns_assets && owner != TOC_INDEX_NONE) {
            insight->beliefs =
                toc_shelf_grow(insight->beliefs, insight->belief_count, sizeof *insight->beliefs);
            insight->beliefs[insight->belief_count++] =
                (toc_insight_belief){.operator_id = topology->operators[owner].id,
                                     .most = {TOC_NEVER, 0},
                                     .longest_id = ""};
        }
    }
}

toc_insight *toc_insight_create(const toc_measures *measures) {
    const toc_record *record = toc_measure_record(measures);
    const toc_topology *topology = toc_measure_topology(measures);
    size_t count = (size_t)topology->asset_count + topology->link_count;
    toc_time end = toc_measure_end(measures);
    struct reading reading = {.insight = toc_shelf_zeroed(1, sizeof(toc_insight)),
                              .topology = topology,
                              .elements = toc_shelf_zeroed(count + 1, sizeof(struct element)),
                              .confidence = 1};
    for (size_t i = 0; i < count; i++) {
        reading.elements[i] = (struct element){-1, -1, TOC_NEVER};
    }
    begin_beliefs(reading.insight, measures);
    for (uint64_t number = 1; number <= toc_record_trace_count(record); number++) {
        toc_trace_entry at = toc_record_trace_at(record, number);
        pass_time(&reading, at.time);
        read_entry(&reading, &at, number);
    }
    pass_time(&reading, end);
    for (size_t i = 0; i < count; i++) {
        close_wrong(&reading, (uint32_t)i, end);
    }
    for (size_t i = 0; i < reading.entry_count; i++) {
        stop_entry(&reading, &reading.entries[i], end);
    }
    free(reading.elements);
    free(reading.entries);
    return reading.insight;
}

void toc_insight_destroy(toc_insight *insight) {
    if (insight != NULL) {
        free(insight->beliefs);
        free(insight->boards);
        free(insight->orders);
        free(insight->assessments);
        free(insight->evidence);
        free(insight->disputes);
        free(insight);
    }
}

uint64_t toc_insight_uses(const toc_measures *measures, const char *technique,
                          uint64_t *out_entry) {
    const toc_record *record = toc_measure_record(measures);
    uint64_t count = 0;
    *out_entry = 0;
    for (uint64_t number = 1; number <= toc_record_trace_count(record); number++) {
        toc_trace_entry at = toc_record_trace_at(record, number);
        if (at.kind == TOC_TRACE_TECHNIQUE && strcmp(at.verb, technique) == 0 &&
            begins(at.text, "done")) {
            *out_entry = count == 0 ? number : *out_entry;
            count++;
        }
    }
    return count;
}

size_t toc_insight_evidence(const toc_insight *insight, const char *sort) {
    size_t count = 0;
    for (size_t i = 0; i < insight->evidence_count; i++) {
        count += strcmp(insight->evidence[i].verb, sort) == 0;
    }
    return count;
}
