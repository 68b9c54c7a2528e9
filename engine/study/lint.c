#include "study/lint.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "study/attendance.h"
#include "tocsin/likeness.h"
#include "tocsin/msel.h"
#include "tocsin/pace.h"
#include "tocsin/plan.h"
#include "tocsin/wording.h"

/* What one evaluator can note in a minute; GB/T 38645 wants observers to write while they watch. */
enum { MOST_A_MINUTE = 8 };

static const char *const names[] = {
#define TOC_LINT(id, name, sentence) name,
#include "study/lint.def"
#undef TOC_LINT
};
static const char *const sentences[] = {
#define TOC_LINT(id, name, sentence) sentence,
#include "study/lint.def"
#undef TOC_LINT
};

const char *toc_lint_name(toc_lint_kind kind) {
    return names[kind];
}

const char *toc_lint_sentence(toc_lint_kind kind) {
    return sentences[kind];
}

/* What the runs showed, all together and those of the best policy. */
struct linting {
    toc_problems *problems;
    toc_lint *lint;
    toc_attendance *all, *best;
};

G_GNUC_PRINTF(4, 5)
static void warn(const struct linting *linting, toc_lint_kind kind, toc_place place,
                 const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    toc_problems_warn(linting->problems, place, "%s", text);
    linting->lint->found[kind]++;
    g_free(text);
}

/* -- Parts of the plan --------------------------------------------------------------------------
 */

static bool is_marked(const char *text, const char *marking) {
    const char *at = strstr(text, marking);
    return at != NULL && g_ascii_isalnum(at[strlen(marking)]) == 0;
}

/* RED is for those named, one by one (FIRST, TLP 2.0). */
static void check_marking(const struct linting *linting, const toc_plan_part *part) {
    for (uint32_t i = 0; i < part->to_count; i++) {
        if (strchr(part->to[i], '.') == NULL && is_marked(part->text, "TLP:RED")) {
            warn(linting, TOC_LINT_MARKING, part->place,
                 "inject %s is TLP:RED, which is for named recipients only; '%s' is a whole team",
                 part->id, part->to[i]);
        }
    }
}

static void check_inject(const struct linting *linting, const toc_plan_part *part) {
    if (!part->by_hand && !part->optional &&
        !toc_attendance_has(linting->all, TOC_ATTENDANCE_INJECT, part->id)) {
        warn(linting, TOC_LINT_INJECT_NEVER, part->place,
             "inject %s did not come in any of %u runs; nothing brings about what it waits for",
             part->id, linting->lint->runs);
    }
    if (!part->silent && !part->informs && part->expect_count == 0) {
        warn(linting, TOC_LINT_INJECT_IDLE, part->place,
             "inject %s expects nothing of anybody; say what it should lead to with expects = { "
             "... }, "
             "or expects = {} where it only informs",
             part->id);
    }
    check_marking(linting, part);
}

static void check_objective(const struct linting *linting, const toc_plan_part *part) {
    if (part->judged) {
        warn(linting, TOC_LINT_OBJECTIVE_UNMEASURED, part->place,
             "nothing measures objective %s; without met = ... evaluators have to judge it alone",
             part->id);
    } else if (!toc_attendance_has(linting->all, TOC_ATTENDANCE_OBJECTIVE_BEGUN, part->id)) {
        warn(linting, TOC_LINT_OBJECTIVE_NEVER, part->place,
             "objective %s did not begin in any of %u runs; its 'after' does not come about",
             part->id, linting->lint->runs);
    } else if (!toc_attendance_has(linting->all, TOC_ATTENDANCE_OBJECTIVE_MET, part->id)) {
        warn(linting, TOC_LINT_OBJECTIVE_NEVER, part->place,
             "objective %s was not met in any of %u runs, not even by the best policy", part->id,
             linting->lint->runs);
    }
}

static void check_part(const struct linting *linting, const toc_plan_part *part) {
    switch (part->kind) {
    case TOC_PLAN_INJECT:
        check_inject(linting, part);
        break;
    case TOC_PLAN_CONDITION:
        if (!toc_attendance_has(linting->all, TOC_ATTENDANCE_CONDITION, part->id)) {
            warn(linting, TOC_LINT_CONDITION_NEVER, part->place,
                 "this condition did not hold in any of %u runs", linting->lint->runs);
        }
        break;
    case TOC_PLAN_OBJECTIVE:
        check_objective(linting, part);
        break;
    case TOC_PLAN_DUTY:
        if (!part->by_rules && !toc_attendance_has(linting->all, TOC_ATTENDANCE_DUTY, part->id)) {
            warn(linting, TOC_LINT_DUTY_NEVER, part->place,
                 "duty %s did not begin in any of %u runs; its trigger does not come about",
                 part->id, linting->lint->runs);
        }
        break;
    case TOC_PLAN_KINDS:
        break;
    }
}

static bool is_at(const toc_plan_part *part, toc_place place) {
    return part->kind == TOC_PLAN_DUTY && part->by_rules && part->place.line == place.line &&
           strcmp(part->place.file, place.file) == 0;
}

/* Rules that were taken as a whole are looked at as a whole: what follows only when a report was
   incomplete need not come. */
static void check_rules(const struct linting *linting, const toc_drill *drill, uint32_t first) {
    toc_plan_part taken = toc_plan_at(drill, first);
    uint32_t begun = 0, unconfirmed = 0;
    if (!taken.by_rules || (first > 0 && toc_plan_at(drill, first - 1).kind == TOC_PLAN_DUTY &&
                            toc_plan_at(drill, first - 1).place.line == taken.place.line)) {
        return;
    }
    for (uint32_t i = first; i < toc_plan_count(drill); i++) {
        toc_plan_part part = toc_plan_at(drill, i);
        if (is_at(&part, taken.place)) {
            begun += toc_attendance_has(linting->all, TOC_ATTENDANCE_DUTY, part.id);
            unconfirmed += part.unconfirmed;
        }
    }
    if (begun == 0) {
        warn(linting, TOC_LINT_DUTY_NEVER, taken.place,
             "none of these duties began in any of %u runs; no level of severity is reached that "
             "sets one off",
             linting->lint->runs);
    }
    if (unconfirmed > 0) {
        warn(
            linting, TOC_LINT_UNCONFIRMED, taken.place,
            "%u of these duties rest on figures that have not been confirmed against the published "
            "text; have them read, and put a corrected copy into the package",
            unconfirmed);
    }
}

/* -- The drill as a whole -----------------------------------------------------------------------
 */

static void check_seats(const struct linting *linting, toc_place place) {
    for (uint32_t i = 0; i < toc_attendance_count(linting->all, TOC_ATTENDANCE_SEAT); i++) {
        const char *seat = toc_attendance_name(linting->all, TOC_ATTENDANCE_SEAT, i);
        bool is_told = toc_attendance_has(linting->all, TOC_ATTENDANCE_SEAT_TOLD, seat);
        if (!is_told && !toc_attendance_has(linting->all, TOC_ATTENDANCE_SEAT_ACTING, seat)) {
            warn(linting, TOC_LINT_SEAT_IDLE, place,
                 "%s is told nothing and does nothing in any of %u runs", seat,
                 linting->lint->runs);
        }
    }
}

static void check_runs(const struct linting *linting, toc_place place, const char *starts) {
    uint32_t minute = 0, most = toc_attendance_busiest(linting->best, &minute);
    if (most > MOST_A_MINUTE) {
        char on_wall[64] = "";
        toc_msel_clock clock = toc_msel_clock_of(starts);
        if (clock.known) {
            int64_t at = (clock.time_of_day / TOC_MINUTE + minute) % (TOC_DAY / TOC_MINUTE);
            (void)g_snprintf(on_wall, sizeof on_wall, " (%02d:%02d %s)", (int)(at / 60),
                             (int)(at % 60), clock.zone);
        }
        warn(linting, TOC_LINT_OVERLOAD, place,
             "in minute %u of drill time%s there are %u things to note for evaluators; more than "
             "%d cannot be noted",
             minute, on_wall, most, MOST_A_MINUTE);
    }
    for (uint32_t i = 0; i < toc_attendance_count(linting->best, TOC_ATTENDANCE_LEAK); i++) {
        warn(linting, TOC_LINT_MARKING, place, "%s",
             toc_attendance_name(linting->best, TOC_ATTENDANCE_LEAK, i));
    }
}

struct single {
    const char *file; /* of `length` */
    int length;
    unsigned line;
};

static struct single single_of(const char *name) {
    const char *column = strrchr(name, ':');
    const char *line = g_strrstr_len(name, column - name, ":");
    return (struct single){name, (int)(line - name), (unsigned)strtoul(line + 1, NULL, 10)};
}

/* Once for all of them, those that only come up in a run included: whoever translates wants the
   list. Lines of another file than the first's are told with it. */
static void check_languages(const struct linting *linting) {
    enum { MOST = 12 };
    uint32_t count = toc_attendance_count(linting->all, TOC_ATTENDANCE_SINGLE);
    GString *list = g_string_new("");
    struct single first = {"", 0, 0}, last = first;
    unsigned told = 0;
    for (uint32_t i = 0; i < count; i++) {
        struct single single =
            single_of(toc_attendance_name(linting->all, TOC_ATTENDANCE_SINGLE, i));
        first = i == 0 ? single : first;
        bool is_there = single.length == first.length &&
                        strncmp(single.file, first.file, (size_t)first.length) == 0;
        if (single.line != last.line && told < MOST) {
            g_string_append_printf(list, "%s%.*s%s%u", told++ == 0 ? "" : ", ",
                                   is_there ? 0 : single.length, single.file, is_there ? "" : ":",
                                   single.line);
        } else if (single.line != last.line && told++ == MOST) {
            g_string_append(list, " and further");
        }
        last = single;
    }
    if (count > 0) {
        char *file = g_strndup(first.file, (gsize)first.length);
        warn(linting, TOC_LINT_UNTRANSLATED, (toc_place){file, first.line, 0},
             "texts not translated: %u of them are in one language, while others are in two; "
             "write { en = \"...\", zh = \"...\" } in line%s %s",
             count, told > 1 ? "s" : "", list->str);
        g_free(file);
    }
    (void)g_string_free(list, TRUE);
}

/* A briefing for those who read one language, in a drill for two. */
static void check_briefing(const struct linting *linting, const toc_package *package,
                           const toc_drill *drill) {
    static const char plain[] = "briefing.md", chinese[] = "briefing.zh.md";
    toc_package_file file;
    bool has_plain = toc_package_find(package, plain, &file);
    bool has_chinese = toc_package_find(package, chinese, &file);
    toc_place place = {toc_package_shown(package, has_plain ? plain : chinese), 0, 0};
    if (has_plain != has_chinese && toc_wording_is_used(drill)) {
        warn(linting, TOC_LINT_UNTRANSLATED, place,
             "the texts of the drill are in two languages and its briefing in one; %s is missing",
             has_plain ? chinese : plain);
    }
}

/* Whoever says some of what forms A.1 to A.3 of GB/T 38645 ask has the forms in mind; a drill that
   says none of it is printed with spaces to fill in by hand. */
static void check_forms(const struct linting *linting, const toc_drill *drill, toc_place place) {
    toc_drill_facts facts = toc_drill_facts_of(drill);
    const char *const asked[][2] = {{"place", facts.place},
                                    {"organiser", facts.organiser},
                                    {"purpose", facts.purpose},
                                    {"starts", facts.starts}};
    if (facts.place[0] == '\0' && facts.organiser[0] == '\0' && facts.purpose[0] == '\0') {
        return;
    }
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        if (asked[i][1][0] == '\0') {
            warn(linting, TOC_LINT_FORM_LACKS, place,
                 "forms A.1 to A.3 of GB/T 38645 lack %s; say %s = \"...\" in t.drill, or fill it "
                 "in by hand when they are printed",
                 asked[i][0], asked[i][0]);
        }
    }
}

/* A tabletop without moves or decisions is a lecture. */
static void check_tabletop(const struct linting *linting, const toc_drill *drill, toc_place place) {
    toc_drill_facts facts = toc_drill_facts_of(drill);
    if (facts.moves == 0) {
        warn(linting, TOC_LINT_KIND, place,
             "a tabletop goes on by moves, and this one has none; open them with drill:phase");
    }
    if (facts.decisions == 0) {
        warn(
            linting, TOC_LINT_KIND, place,
            "a tabletop puts decisions to its players, and this one has none; drill:decision does");
    }
}

/* What people watch has to have its answer in the script. */
static void check_script(const struct linting *linting, const toc_drill *drill) {
    for (uint32_t i = 0; i < toc_plan_count(drill); i++) {
        toc_plan_part part = toc_plan_at(drill, i);
        if (part.kind == TOC_PLAN_INJECT &&
            toc_attendance_has(linting->best, TOC_ATTENDANCE_EXPECTED, part.id) &&
            !toc_attendance_has(linting->best, TOC_ATTENDANCE_ANSWERED, part.id)) {
            warn(linting, TOC_LINT_KIND, part.place,
                 "the script of the demonstration, the policy reference, does not answer inject %s "
                 "in any run",
                 part.id);
        }
    }
}

/* Operators whose seats players fill. */
static uint32_t count_operators(const toc_drill *drill) {
    const toc_topology *topology = toc_drill_topology(drill);
    uint32_t count = 0;
    for (uint32_t i = 0; i < topology->operator_count; i++) {
        const char *id = toc_topology_operator_id(topology, i);
        bool has_seat = false;
        for (uint32_t k = 0; k < toc_drill_facts_of(drill).seats; k++) {
            const char *seat = toc_drill_seat(drill, k);
            size_t length = strlen(id);
            has_seat = has_seat || (strncmp(seat, id, length) == 0 && seat[length] == '.');
        }
        count += has_seat;
    }
    return count;
}

static void check_kind(const struct linting *linting, const toc_drill *drill, toc_place place) {
    toc_drill_facts facts = toc_drill_facts_of(drill);
    switch (toc_pace_of(drill)) {
    case TOC_PACE_TALK:
        check_tabletop(linting, drill, place);
        break;
    case TOC_PACE_SCRIPT:
        check_script(linting, drill);
        break;
    case TOC_PACE_CLOCK:
        break;
    }
    if (strcmp(facts.span, "in-house") != 0 && count_operators(drill) < 2) {
        warn(
            linting, TOC_LINT_KIND, place,
            "the span is %s, which is a joint drill, and only one operator has seats; give another "
            "one a team, or say span = \"in-house\"",
            facts.span);
    }
}

static toc_status check_plan(const struct linting *linting, const toc_replication_plan *plan) {
    toc_drill *drill = NULL;
    toc_drill_options options = {.seed = plan->first_seed};
    toc_status status = toc_drill_open(plan->package, &options, linting->problems, &drill);
    if (status != TOC_OK) {
        return status;
    }
    for (uint32_t i = 0; i < toc_plan_count(drill); i++) {
        toc_plan_part part = toc_plan_at(drill, i);
        check_part(linting, &part);
        if (part.kind == TOC_PLAN_DUTY) {
            check_rules(linting, drill, i);
        }
    }
    toc_place place = {toc_package_shown(plan->package, "scenario.lua"), 0, 0};
    check_languages(linting);
    check_briefing(linting, plan->package, drill);
    check_forms(linting, drill, place);
    check_kind(linting, drill, place);
    check_seats(linting, place);
    check_runs(linting, place, toc_drill_facts_of(drill).starts);
    linting->lint->found[TOC_LINT_LOOKS_REAL] =
        toc_likeness_check(plan->package, linting->problems);
    toc_drill_close(drill);
    return TOC_OK;
}

/* -- Playing ------------------------------------------------------------------------------------
 */

struct watching {
    uint32_t runs;
    toc_attendance **attendances;
};

static void *begin_run(void *watcher, size_t policy, uint32_t run) {
    struct watching *watching = watcher;
    toc_attendance *attendance = toc_attendance_create();
    watching->attendances[policy * watching->runs + run] = attendance;
    return attendance;
}

toc_status toc_lint_run(const toc_replication_plan *plan, toc_problems *problems,
                        toc_lint *out_lint) {
    uint32_t all = (uint32_t)plan->policy_count * plan->runs;
    struct watching watching = {plan->runs, g_new0(toc_attendance *, all)};
    toc_replication_plan own = *plan;
    toc_outcome *outcomes = NULL;
    own.watch = (toc_replication_watch){.trace = toc_attendance_see,
                                        .object = begin_run,
                                        .end = toc_attendance_end,
                                        .watcher = &watching};
    *out_lint = (toc_lint){.runs = all};
    toc_status status = toc_replication_run(&own, problems, &outcomes);
    if (status == TOC_OK) {
        struct linting linting = {problems, out_lint, toc_attendance_create(),
                                  toc_attendance_create()};
        for (uint32_t i = 0; i < all; i++) {
            toc_attendance_merge(linting.all, watching.attendances[i]);
            if (i >= all - plan->runs) {
                toc_attendance_merge(linting.best, watching.attendances[i]);
            }
        }
        status = check_plan(&linting, plan);
        toc_attendance_destroy(linting.all);
        toc_attendance_destroy(linting.best);
        toc_replication_free(outcomes, all);
    }
    for (uint32_t i = 0; i < all; i++) {
        toc_attendance_destroy(watching.attendances[i]);
    }
    g_free(watching.attendances);
    return status;
}
