#include "formats/epanet_control.h"

#include "formats/plain_number.h"

#include <string.h>

enum action { NONE, OPENS, CLOSES, LOST };

static const char *word_at(const toc_epanet_reading *reading, uint32_t word) {
    return toc_epanet_reading_word(reading, word);
}

/* What a status or setting comes to for a topology, in which things are open or closed. */
static enum action action_of(toc_epanet_reading *reading, uint32_t word, uint32_t link) {
    const char *text = word_at(reading, word);
    double setting;
    if (toc_epanet_text_is(text, "OPEN")) {
        return OPENS;
    }
    if (toc_epanet_text_is(text, "CLOSED")) {
        return CLOSES;
    }
    if (toc_epanet_text_is(text, "ACTI")) {
        return OPENS;
    }
    if (!toc_plain_number_read(text, &setting)) {
        toc_epanet_reading_wrong(reading, word, "found '%.40s'; expected OPEN, CLOSED or a setting",
                                 text);
        return NONE;
    }
    if (toc_epanet_network_link(reading->network, link)->kind != TOC_EPANET_PUMP) {
        return LOST;
    }
    return setting > 0 ? OPENS : CLOSES;
}

static void add_control(toc_epanet_reading *reading, const toc_epanet_control *control) {
    *(toc_epanet_control *)toc_list_add(&reading->network->controls, sizeof *control) = *control;
}

/* "BELOW 4" from `word` on, of the node in control->node. */
static bool read_level(toc_epanet_reading *reading, uint32_t word, toc_epanet_control *control) {
    const char *text = word_at(reading, word);
    if (toc_epanet_text_is(text, "BELO") || text[0] == '<') {
        control->when = TOC_EPANET_BELOW;
    } else if (toc_epanet_text_is(text, "ABOV") || text[0] == '>') {
        control->when = TOC_EPANET_ABOVE;
    } else {
        toc_epanet_reading_wrong(reading, word, "found '%.40s'; expected ABOVE or BELOW", text);
        return false;
    }
    if (word_at(reading, word + 1)[0] == '\0') {
        toc_epanet_reading_wrong(reading, TOC_NONE, "this line ends too early; expected a level");
        return false;
    }
    if (!toc_epanet_reading_number(reading, word + 1, "a level", -1e9, 1e9, &control->level_m)) {
        return false;
    }
    control->level_m *= toc_epanet_reading_metre(reading);
    return true;
}

static bool is_tank(const toc_epanet_reading *reading, uint32_t node) {
    return toc_epanet_network_node(reading->network, node)->kind == TOC_EPANET_TANK;
}

/* "IF NODE T1 BELOW 4"; a junction's pressure is none that a topology knows. */
static void read_condition(toc_epanet_reading *reading, toc_epanet_control *control) {
    control->node = toc_epanet_reading_find(reading, 5, "node", reading->network->node_ids);
    if (control->node == TOC_NONE || !read_level(reading, 6, control)) {
        return;
    }
    if (is_tank(reading, control->node)) {
        add_control(reading, control);
    } else {
        reading->network->lost_controls++;
    }
}

/* "AT TIME 5" or "AT CLOCKTIME 6:30 AM". */
static void read_moment(toc_epanet_reading *reading, toc_epanet_control *control) {
    const char *kind = word_at(reading, 4);
    control->when = TOC_EPANET_AT;
    control->daily = toc_epanet_text_is(kind, "CLOC");
    if (!control->daily && !toc_epanet_text_is(kind, "TIME")) {
        toc_epanet_reading_wrong(reading, 4, "found '%.40s'; expected TIME or CLOCKTIME", kind);
    } else if (toc_epanet_reading_time(reading, 5, &control->at)) {
        add_control(reading, control);
    }
}

static bool is_link_word(const char *word) {
    return toc_epanet_text_is(word, "LINK") || toc_epanet_text_is(word, "PIPE") ||
           toc_epanet_text_is(word, "PUMP") || toc_epanet_text_is(word, "VALV");
}

static bool is_node_word(const char *word) {
    return toc_epanet_text_is(word, "NODE") || toc_epanet_text_is(word, "JUNC") ||
           toc_epanet_text_is(word, "RESE") || toc_epanet_text_is(word, "TANK");
}

void toc_epanet_control_read(toc_epanet_reading *reading) {
    toc_epanet_control control = {.node = TOC_NONE, .line = reading->words.line};
    enum action action;
    if (!toc_epanet_reading_has(reading, 6,
                                "LINK id OPEN|CLOSED IF NODE id BELOW|ABOVE level, or LINK id "
                                "OPEN|CLOSED AT TIME time")) {
        return;
    }
    if (!is_link_word(word_at(reading, 0))) {
        toc_epanet_reading_wrong(reading, 0, "found '%.40s'; expected LINK", word_at(reading, 0));
        return;
    }
    control.link = toc_epanet_reading_find(reading, 1, "link", reading->network->link_ids);
    if (control.link == TOC_NONE) {
        return;
    }
    action = action_of(reading, 2, control.link);
    control.opens = action == OPENS;
    if (action == LOST) {
        reading->network->lost_controls++;
    } else if (action == NONE) {
        return;
    } else if (toc_epanet_text_is(word_at(reading, 3), "IF")) {
        if (is_node_word(word_at(reading, 4))) {
            read_condition(reading, &control);
        } else {
            toc_epanet_reading_wrong(reading, 4, "found '%.40s'; expected NODE",
                                     word_at(reading, 4));
        }
    } else if (toc_epanet_text_is(word_at(reading, 3), "AT")) {
        read_moment(reading, &control);
    } else {
        toc_epanet_reading_wrong(reading, 3, "found '%.40s'; expected IF or AT",
                                 word_at(reading, 3));
    }
}

/* A rule on its way. It becomes controls if it has one premise, a tank's level or a moment, and
   opens or closes things then; what else rules can say is lost, and counted. */
struct rule {
    uint32_t line, premises; /* line 0: no rule has begun */
    bool plain, acts;
    toc_epanet_control condition;
    toc_list actions; /* toc_epanet_control */
};

static void finish_rule(toc_epanet_reading *reading, struct rule *rule) {
    if (rule->line != 0 && rule->plain && rule->premises == 1 && rule->actions.count > 0) {
        for (uint32_t i = 0; i < rule->actions.count; i++) {
            toc_epanet_control control = rule->condition;
            const toc_epanet_control *action = TOC_LIST_AT(toc_epanet_control, &rule->actions, i);
            control.link = action->link;
            control.opens = action->opens;
            control.line = action->line;
            add_control(reading, &control);
        }
    } else if (rule->line != 0) {
        reading->network->lost_rules++;
    }
    toc_list_finish(&rule->actions);
    *rule = (struct rule){.plain = true};
}

/* "IF TANK T1 LEVEL BELOW 4", "IF SYSTEM CLOCKTIME = 6 AM". */
static void read_premise(toc_epanet_reading *reading, struct rule *rule) {
    const char *object = word_at(reading, 1);
    toc_epanet_control *condition = &rule->condition;
    rule->premises++;
    if (is_node_word(object) && toc_epanet_text_is(word_at(reading, 3), "LEVE")) {
        condition->node = toc_epanet_reading_find(reading, 2, "node", reading->network->node_ids);
        rule->plain = rule->plain && condition->node != TOC_NONE &&
                      is_tank(reading, condition->node) && read_level(reading, 4, condition);
    } else if (toc_epanet_text_is(object, "SYST") && strcmp(word_at(reading, 3), "=") == 0 &&
               (toc_epanet_text_is(word_at(reading, 2), "TIME") ||
                toc_epanet_text_is(word_at(reading, 2), "CLOC"))) {
        condition->when = TOC_EPANET_AT;
        condition->daily = toc_epanet_text_is(word_at(reading, 2), "CLOC");
        rule->plain = rule->plain && toc_epanet_reading_time(reading, 4, &condition->at);
    } else {
        rule->plain = false;
    }
}

/* "THEN PUMP PU1 STATUS IS OPEN". */
static void read_rule_action(toc_epanet_reading *reading, struct rule *rule) {
    toc_epanet_control control = {.line = reading->words.line};
    enum action action = LOST;
    rule->acts = true;
    if (is_link_word(word_at(reading, 1)) && reading->words.count >= 6) {
        control.link = toc_epanet_reading_find(reading, 2, "link", reading->network->link_ids);
        action = control.link != TOC_NONE ? action_of(reading, 5, control.link) : NONE;
    }
    control.opens = action == OPENS;
    if (action == OPENS || action == CLOSES) {
        *(toc_epanet_control *)toc_list_add(&rule->actions, sizeof control) = control;
    } else {
        rule->plain = false;
    }
}

static void read_rule_line(toc_epanet_reading *reading, struct rule *rule) {
    const char *word = word_at(reading, 0);
    if (toc_epanet_text_is(word, "RULE")) {
        finish_rule(reading, rule);
        rule->line = reading->words.line;
    } else if (rule->line == 0) {
        toc_epanet_reading_wrong(reading, 0, "found '%.40s' before a rule; expected RULE", word);
    } else if (toc_epanet_text_is(word, "IF") || (toc_epanet_text_is(word, "AND") && !rule->acts)) {
        read_premise(reading, rule);
    } else if (toc_epanet_text_is(word, "THEN") || toc_epanet_text_is(word, "AND")) {
        read_rule_action(reading, rule);
    } else if (toc_epanet_text_is(word, "OR") || toc_epanet_text_is(word, "ELSE")) {
        rule->plain = false;
        rule->acts = rule->acts || toc_epanet_text_is(word, "ELSE");
    } else if (!toc_epanet_text_is(word, "PRIO")) {
        toc_epanet_reading_wrong(reading, 0,
                                 "found '%.40s'; expected RULE, IF, AND, OR, THEN, ELSE or "
                                 "PRIORITY",
                                 word);
    }
}

void toc_epanet_control_rules(toc_epanet_reading *reading) {
    struct rule rule = {.plain = true};
    for (uint32_t i = 0; i < reading->text.lines.count; i++) {
        const toc_epanet_line *line = TOC_LIST_AT(toc_epanet_line, &reading->text.lines, i);
        if (line->section == TOC_EPANET_RULES &&
            toc_epanet_text_cut(&reading->text, i, reading->problems, &reading->words)) {
            read_rule_line(reading, &rule);
        }
    }
    finish_rule(reading, &rule);
}
