#include "papers/papers.h"

#include <string.h>

#include "drawing/excerpt.h"
#include "papers/brief.h"
#include "papers/form.h"
#include "papers/guide.h"
#include "papers/hypertext.h"
#include "papers/pdf.h"
#include "papers/rundown.h"
#include "papers/span.h"
#include "tocsin/wording.h"

static const char *const names[TOC_PAPERS_KINDS] = {
    [TOC_PAPERS_PLAN] = "a1",
    [TOC_PAPERS_WORK] = "a2",
    [TOC_PAPERS_SUPPORT] = "a3",
    [TOC_PAPERS_SCRIPT] = "a6",
    [TOC_PAPERS_EVALUATOR] = "evaluator",
    [TOC_PAPERS_CONTROL] = "control",
    [TOC_PAPERS_BRIEF] = "brief",
    [TOC_PAPERS_CONTACTS] = "contacts",
    [TOC_PAPERS_RULES] = "rules",
};

toc_papers_kind toc_papers_find(const char *name) {
    toc_papers_kind kind = TOC_PAPERS_PLAN;
    while (kind < TOC_PAPERS_KINDS && strcmp(names[kind], name) != 0) {
        kind++;
    }
    return kind;
}

const char *toc_papers_name(toc_papers_kind kind) {
    return names[kind];
}

static void write_contacts(toc_leaf *leaf, const toc_drill *drill) {
    static const toc_phrase_id heads[] = {TOC_PHRASE_SEAT, TOC_PHRASE_WHOM, TOC_PHRASE_CHANNEL,
                                          TOC_PHRASE_PHONE, TOC_PHRASE_STAND_IN};
    toc_drill_facts facts = toc_drill_facts_of(drill);
    toc_leaf_table(leaf, heads, 5);
    for (uint32_t i = 0; i < facts.seats; i++) {
        toc_leaf_row(leaf, ((const char *const[]){toc_drill_seat(drill, i), "", "", "", ""}));
    }
    for (uint32_t i = 0; i < facts.personas; i++) {
        toc_drill_persona persona = toc_drill_persona_at(drill, i);
        const char *cells[] = {persona.id,
                               toc_wording_in(drill, toc_leaf_head_of(leaf).language, persona.name),
                               persona.channel, "", toc_leaf_say(leaf, TOC_PHRASE_SIMULATED)};
        toc_leaf_row(leaf, cells);
    }
}

static void write_rules(toc_leaf *leaf, const toc_drill *drill) {
    for (toc_phrase_id id = TOC_PHRASE_RULE_MARK; id <= TOC_PHRASE_RULE_CONTROL; id++) {
        toc_leaf_line(leaf, toc_leaf_say(leaf, id));
    }
    toc_leaf_line(leaf, toc_leaf_say(leaf, toc_form_pace(drill)));
    toc_leaf_datum(leaf, TOC_PHRASE_NOTICE_WORD, "");
    toc_leaf_datum(leaf, TOC_PHRASE_PHONE, "");
}

static toc_status write_body(toc_leaf *leaf, const toc_papers_request *request,
                             const toc_topology *map, toc_problems *problems) {
    switch (request->kind) {
    case TOC_PAPERS_PLAN:
        toc_form_plan(leaf, request);
        break;
    case TOC_PAPERS_WORK:
        toc_form_work(leaf, request);
        break;
    case TOC_PAPERS_SUPPORT:
        toc_form_support(leaf, request);
        break;
    case TOC_PAPERS_SCRIPT:
        return toc_rundown_write(leaf, request, problems);
    case TOC_PAPERS_EVALUATOR:
        toc_guide_write(leaf, request);
        break;
    case TOC_PAPERS_CONTROL:
        toc_brief_control(leaf, request);
        break;
    case TOC_PAPERS_BRIEF:
        toc_brief_write(leaf, request, map);
        break;
    case TOC_PAPERS_CONTACTS:
        write_contacts(leaf, request->drill);
        break;
    case TOC_PAPERS_RULES:
    case TOC_PAPERS_KINDS:
        write_rules(leaf, request->drill);
        break;
    }
    return TOC_OK;
}

/* When it is and where, on top of papers that are no form with places of their own for it. */
static void put_setting(toc_leaf *leaf, const toc_drill *drill) {
    toc_drill_facts facts = toc_drill_facts_of(drill);
    const char *language = toc_leaf_head_of(leaf).language;
    char span[TOC_SPAN_SIZE];
    toc_leaf_datum(leaf, TOC_PHRASE_STARTS, facts.starts);
    toc_leaf_datum(leaf, TOC_PHRASE_LENGTH,
                   toc_span_print(language, toc_drill_length(drill), span));
    toc_leaf_datum(leaf, TOC_PHRASE_PLACE, toc_wording_in(drill, language, facts.place));
}

toc_status toc_papers_write(const toc_papers_request *request, toc_problems *problems,
                            toc_formats_buffer *buffer) {
    static const toc_phrase_id titles[] = {[TOC_PAPERS_PLAN] = TOC_PHRASE_PLAN,
                                           [TOC_PAPERS_WORK] = TOC_PHRASE_WORK,
                                           [TOC_PAPERS_SUPPORT] = TOC_PHRASE_SUPPORT,
                                           [TOC_PAPERS_SCRIPT] = TOC_PHRASE_SCRIPT,
                                           [TOC_PAPERS_EVALUATOR] = TOC_PHRASE_EVALUATOR,
                                           [TOC_PAPERS_CONTROL] = TOC_PHRASE_BRIEF_CONTROL,
                                           [TOC_PAPERS_BRIEF] = TOC_PHRASE_BRIEF,
                                           [TOC_PAPERS_CONTACTS] = TOC_PHRASE_CONTACTS,
                                           [TOC_PAPERS_RULES] = TOC_PHRASE_RULES};
    const toc_drill *drill = request->drill;
    toc_drill_facts facts = toc_drill_facts_of(drill);
    bool is_brief = request->kind == TOC_PAPERS_BRIEF;
    const toc_leaf_head head = {
        .language = request->language,
        .name = is_brief ? toc_brief_name(request) : titles[request->kind],
        .title = toc_wording_in(drill, request->language, facts.title),
        .classification = toc_wording_in(drill, request->language, facts.classification),
        .landscape = request->kind == TOC_PAPERS_SCRIPT || request->kind == TOC_PAPERS_PLAN ||
                     request->kind == TOC_PAPERS_EVALUATOR};
    toc_leaf *leaf = toc_leaf_create(&head);
    toc_topology *map = is_brief ? toc_brief_map(request) : NULL;
    if (request->kind >= TOC_PAPERS_SCRIPT) {
        put_setting(leaf, drill);
    }
    toc_status status = write_body(leaf, request, map, problems);
    if (status == TOC_OK) {
        status = request->format == TOC_PAPERS_PDF
                     ? toc_pdf_write(leaf, problems, buffer, request->unknown)
                     : toc_hypertext_write(leaf, problems, buffer);
    }
    toc_leaf_destroy(leaf);
    toc_excerpt_destroy(map);
    return status;
}
