#include "evaluation/judgement.h"

#include <inttypes.h>
#include <string.h>

#include "evaluation/insight.h"
#include "evaluation/moment.h"

/* -- Beliefs and boards ------------------------------------------------------------------------ */

static void put_belief(toc_html *html, const toc_insight_belief *belief) {
    char span[TOC_MOMENT_SIZE];
    toc_html_raw(html, "<tr>");
    toc_html_cell(html, belief->operator_id);
    toc_html_number_cell(html, belief->wrong_hours, 2);
    toc_html_number_cell(html, (double)belief->most_wrong, 0);
    toc_html_time_cell(html, belief->most.at, belief->most.entry);
    toc_html_cell(html, belief->longest_id);
    toc_html_print(html, "<td class=\"n\">%s</td></tr>",
                   toc_moment_span(belief->longest > 0 ? belief->longest : TOC_NEVER, span));
}

static void put_beliefs(toc_html *html, const toc_insight *insight) {
    if (insight->belief_count == 0) {
        return;
    }
    toc_html_raw(html, "<div class=\"panel\"><table><tr><th>Operator<th class=\"n\">Asset-hours "
                       "believed wrongly<th class=\"n\">Most at once<th class=\"n\">When<th>Longest"
                       "<th class=\"n\">For</tr>");
    for (size_t i = 0; i < insight->belief_count; i++) {
        put_belief(html, &insight->beliefs[i]);
    }
    toc_html_raw(html,
                 "</table></div><p class=\"note\">What the operator could know of its assets and "
                 "links by telemetry, calls, crews and messages, against how they were: running or "
                 "not. One asset that is wrong for two hours is two asset-hours.</p>");
}

static void put_boards(toc_html *html, const toc_insight *insight) {
    if (insight->board_count == 0) {
        return;
    }
    toc_html_raw(html, "<div class=\"panel\"><table><tr><th>Status board of<th class=\"n\">Entries"
                       "<th class=\"n\">right when made<th class=\"n\">Share of time right"
                       "<th class=\"n\">Brier score</tr>");
    for (size_t i = 0; i < insight->board_count; i++) {
        const toc_insight_board *board = &insight->boards[i];
        double share = board->hours > 0 ? 100 * board->right_hours / board->hours : 0;
        toc_html_raw(html, "<tr>");
        toc_html_cell(html, board->team);
        toc_html_number_cell(html, (double)board->said, 0);
        toc_html_number_cell(html, (double)board->right, 0);
        toc_html_print(html, "<td class=\"n\">%.1f&nbsp;%%</td>", share);
        toc_html_number_cell(html, board->brier, 3);
        toc_html_raw(html, "</tr>");
    }
    toc_html_raw(html, "</table></div><p class=\"note\">Brier score: mean of (confidence &minus; "
                       "right)&sup2; when an entry was made; 0 is best, and saying &ldquo;half "
                       "sure&rdquo; of everything comes to 0.25.</p>");
}

/* -- Assessments ------------------------------------------------------------------------------- */

/* What somebody went without: how many at once, from when, till when. */
struct impact {
    int64_t people;
    toc_measure_event most, first, restored;
};

/* Of the team's own services the one that most people went without; of all, where it has none. */
static struct impact impact_on(const toc_measures *measures, const char *seat) {
    struct impact worst = {-1, {0}, {0}, {0}};
    size_t length = strcspn(seat, ".");
    for (size_t i = 0; i < toc_measure_services(measures); i++) {
        const toc_measure_service *service = toc_measure_service_at(measures, i);
        if (strlen(service->operator_id) == length &&
            strncmp(service->operator_id, seat, length) == 0 &&
            service->most_people > worst.people) {
            worst = (struct impact){service->most_people, service->most_people_out,
                                    service->first_loss, service->restored};
        }
    }
    for (size_t i = 0; worst.people < 0 && i < toc_measure_totals(measures); i++) {
        const toc_measure_total *total = toc_measure_total_at(measures, i);
        worst = (struct impact){total->most_people, total->most_people_out, total->first_loss,
                                total->restored};
    }
    return worst;
}

static void put_impact(const toc_measures *measures, const char *seat, toc_html *html) {
    struct impact impact = impact_on(measures, seat);
    char number[TOC_MOMENT_SIZE];
    if (impact.people < 0 || impact.first.entry == 0) {
        toc_html_raw(html, "nobody went without anything");
        return;
    }
    bool is_whole = impact.restored.entry != 0;
    toc_time end = is_whole ? impact.restored.at : toc_measure_end(measures);
    toc_html_print(html, "%s people at most, %" PRId64 " min%s ",
                   toc_moment_number((double)impact.people, 0, number),
                   (int64_t)((end - impact.first.at) / TOC_MINUTE),
                   is_whole ? "" : " and not whole at the end");
    toc_html_cite(html, impact.most.entry);
    toc_html_cite(html, impact.first.entry);
}

static void put_attack(const toc_measures *measures, toc_html *html) {
    const toc_record *record = toc_measure_record(measures);
    for (uint64_t number = 1; number <= toc_record_trace_count(record); number++) {
        toc_trace_entry at = toc_record_trace_at(record, number);
        if (at.kind == TOC_TRACE_TECHNIQUE && strncmp(at.text, "done", 4) == 0) {
            toc_html_raw(html, "an adversary was at work ");
            toc_html_cite(html, number);
            return;
        }
    }
    toc_html_raw(html, "no adversary did anything");
}

static void put_technique(const toc_measures *measures, const char *technique, toc_html *html) {
    uint64_t entry = 0, uses = toc_insight_uses(measures, technique, &entry);
    if (uses == 0) {
        toc_html_raw(html, "<span class=\"no\">it was not used</span>");
        return;
    }
    toc_html_print(html, "<span class=\"yes\">it was used</span>, %" PRIu64 " times ", uses);
    toc_html_cite(html, entry);
}

static void put_assessment(const toc_measures *measures, const toc_insight_word *word,
                           toc_html *html) {
    toc_html_raw(html, "<tr>");
    toc_html_time_cell(html, word->at, word->entry);
    toc_html_cell(html, word->who);
    toc_html_cell(html, word->verb);
    toc_html_raw(html, "<td>");
    if (strcmp(word->verb, "estimate_impact") == 0) {
        toc_html_print(html, "%" PRId64 " people, %" PRId64 " min", word->people, word->minutes);
    } else {
        toc_html_text(html, word->what);
    }
    toc_html_raw(html, "</td>");
    toc_html_cell(html, word->text);
    toc_html_raw(html, "<td>");
    if (strcmp(word->verb, "attribute") == 0) {
        put_technique(measures, word->what, html);
    } else if (strcmp(word->verb, "classify") == 0) {
        put_attack(measures, html);
    } else {
        put_impact(measures, word->who, html);
    }
    toc_html_raw(html, "</td></tr>");
}

static void put_assessments(const toc_measures *measures, const toc_insight *insight,
                            toc_html *html) {
    if (insight->assessment_count == 0) {
        return;
    }
    toc_html_raw(html, "<div class=\"panel\"><table><tr><th class=\"n\">When<th>Who<th>What<th>Said"
                       "<th>Why<th>What was</tr>");
    for (size_t i = 0; i < insight->assessment_count; i++) {
        put_assessment(measures, &insight->assessments[i], html);
    }
    toc_html_raw(html, "</table></div><p class=\"note\">Which level an incident has is the "
                       "evaluator's to say: the last column has what the level is made of.</p>");
}

/* -- Evidence, orders, disputes ---------------------------------------------------------------- */

static void put_evidence(const toc_insight *insight, toc_html *html) {
    if (insight->evidence_count == 0) {
        return;
    }
    toc_html_print(html,
                   "<p>Evidence was kept of %zu assets and lost of %zu, which were set up anew "
                   "before anybody had kept it: ",
                   toc_insight_evidence(insight, "kept"), toc_insight_evidence(insight, "lost"));
    for (size_t i = 0; i < insight->evidence_count; i++) {
        const toc_insight_word *word = &insight->evidence[i];
        toc_html_text(html, word->what);
        toc_html_print(html, " %s ", word->verb);
        toc_html_cite(html, word->entry);
        toc_html_raw(html, i + 1 < insight->evidence_count ? ", " : ".</p>");
    }
}

static void put_order(const toc_insight_order *order, toc_html *html) {
    char span[TOC_MOMENT_SIZE];
    bool is_done = order->done != TOC_NEVER;
    toc_html_raw(html, "<tr>");
    toc_html_time_cell(html, order->given, order->entry);
    toc_html_cell(html, order->giver);
    toc_html_cell(html, order->receiver);
    toc_html_cell(html, order->text);
    toc_html_print(html, "<td class=\"n\">%s</td>",
                   toc_moment_span(order->acknowledged == TOC_NEVER
                                       ? TOC_NEVER
                                       : order->acknowledged - order->given,
                                   span));
    toc_html_print(html, "<td class=\"n\">%s</td>",
                   toc_moment_span(is_done ? order->done - order->given : TOC_NEVER, span));
    toc_html_raw(html, order->overdue && is_done ? "<td><span class=\"late\">late</span></td></tr>"
                       : is_done                 ? "<td><span class=\"yes\">done</span></td></tr>"
                       : order->overdue          ? "<td><span class=\"no\">overdue</span></td></tr>"
                                        : "<td><span class=\"open\">open</span></td></tr>");
}

static void put_orders(const toc_insight *insight, toc_html *html) {
    if (insight->order_count == 0) {
        return;
    }
    toc_html_raw(html, "<div class=\"panel\"><table><tr><th class=\"n\">Given<th>By<th>To<th>Order"
                       "<th class=\"n\">Acknowledged after<th class=\"n\">Done after<th>Result"
                       "</tr>");
    for (size_t i = 0; i < insight->order_count; i++) {
        put_order(&insight->orders[i], html);
    }
    toc_html_raw(html, "</table></div>");
}

static void put_disputes(const toc_insight *insight, toc_html *html) {
    for (size_t i = 0; i < insight->dispute_count; i++) {
        const toc_insight_word *word = &insight->disputes[i];
        const char *colon =
            strchr(word->text, ':'); /* "requested: objective=...", as it was given */
        const char *said = colon == NULL ? "" : colon + 2;
        toc_html_raw(html, "<p class=\"note\"><strong>Disputed</strong> by ");
        toc_html_text(html, word->who);
        toc_html_raw(html, ": ");
        toc_html_text(html, said);
        toc_html_raw(html, " ");
        toc_html_cite(html, word->entry);
        toc_html_raw(html, "</p>");
    }
}

void toc_judgement_write(const toc_measures *measures, toc_html *html) {
    toc_insight *insight = toc_insight_create(measures);
    toc_html_print(html, "<h2 id=\"r%ujudgement\">What teams thought, and what was</h2>",
                   html->record);
    put_beliefs(html, insight);
    put_boards(html, insight);
    put_assessments(measures, insight, html);
    put_evidence(insight, html);
    put_orders(insight, html);
    put_disputes(insight, html);
    if (insight->belief_count + insight->board_count + insight->assessment_count +
            insight->evidence_count + insight->order_count + insight->dispute_count ==
        0) {
        toc_html_raw(html,
                     "<p>Nobody in this drill operates anything or said what it thought.</p>");
    }
    toc_insight_destroy(insight);
}
