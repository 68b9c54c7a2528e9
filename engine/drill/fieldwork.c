#include "drill/fieldwork.h"

#include <stdio.h>
#include <string.h>

#include "drill/seat.h"
#include "drill/team.h"
#include "kernel/assert.h"
#include "model/job.h"
#include "model/shift.h"
#include "model/tank.h"
#include "model/vendor.h"

enum { USUAL_RANK = 100, WHY_SIZE = 300 };

bool toc_fieldwork_owns(const toc_drill *drill, uint32_t operator_index, uint32_t element) {
    const toc_topology *topology = drill->topology;
    if (element < topology->asset_count) {
        return topology->assets[element].operator_index == operator_index;
    }
    const toc_link *link = &topology->links[element - topology->asset_count];
    return topology->assets[link->from].operator_index == operator_index ||
           topology->assets[link->to].operator_index == operator_index;
}

/* Who does the job: a crew or a vendor. */
static const char *worker(const toc_drill *drill, const toc_job *job) {
    return job->order.vendor != 0 ? drill->topology->vendors[job->order.vendor - 1].id
                                  : drill->topology->crews[job->crew].id;
}

/* The name of the part that the job takes. */
static const char *part_of(const toc_drill *drill, const toc_job *job) {
    uint32_t part = toc_topology_part_of(drill->topology, job->order.element);
    return part == TOC_INDEX_NONE ? "" : drill->topology->parts[part];
}

/* Why a job waits, and what would help. */
static const char *waits_for(const toc_drill *drill, uint32_t number) {
    toc_job job = toc_job_read(drill->world, number);
    switch (job.lacks) {
    case TOC_JOB_LACKS_PART:
        return toc_arena_format(drill->arena,
                                "no %s in stock; request_spare orders one, and it goes on when "
                                "one comes",
                                part_of(drill, &job));
    case TOC_JOB_LACKS_ROAD:
        return "no open road leads there; it goes on when one opens";
    case TOC_JOB_LACKS_REST:
        return "its crew has to rest; shift_change brings the next shift";
    case TOC_JOB_LACKS_NOTHING:
    case TOC_JOB_LACKS_CREW:
    case TOC_JOB_LACKS:
        break;
    }
    return "waiting for a free crew";
}

/* The ticket follows the new job from its first change on, which is told before the order returns:
   `drill->ordering` says whose it is. */
static const char *place_order(toc_drill *drill, uint32_t number, const toc_job_order *order) {
    const char *why = NULL;
    drill->ordering = number;
    drill->actor = toc_seat_name(drill, toc_ticket_at(drill, number)->seat);
    uint32_t job = toc_job_order_at(drill->world, order, &why);
    drill->actor = "";
    drill->ordering = 0;
    if (job == TOC_INDEX_NONE) {
        return why;
    }
    if (toc_ticket_at(drill, number)->stage < TOC_TICKET_UNDER_WAY) {
        toc_ticket_step(drill, number, TOC_TICKET_UNDER_WAY, waits_for(drill, job));
    }
    return NULL;
}

static toc_job_order make_order(const toc_drill *drill, const toc_ticket *ticket,
                                toc_job_kind kind) {
    return (toc_job_order){
        .kind = kind,
        .element = ticket->object,
        .operator_index = toc_seat_operator(drill, ticket->seat),
        .crew = TOC_INDEX_NONE,
        .rank = (int32_t)toc_parameter_number(&ticket->parameters, "rank", USUAL_RANK)};
}

const char *toc_fieldwork_refusal(const toc_drill *drill, const toc_ticket *ticket) {
    uint32_t operator_index = toc_seat_operator(drill, ticket->seat);
    if (operator_index == TOC_INDEX_NONE) {
        return "the team operates nothing";
    }
    return ticket->object == TOC_INDEX_NONE ||
                   toc_fieldwork_owns(drill, operator_index, ticket->object)
               ? NULL
               : "it belongs to another operator";
}

const char *toc_fieldwork_send(toc_drill *drill, uint32_t number, toc_job_kind kind,
                               bool look_only) {
    const toc_ticket *ticket = toc_ticket_at(drill, number);
    const char *why = toc_fieldwork_refusal(drill, ticket);
    const char *crew = toc_parameter_text(&ticket->parameters, "crew");
    if (why != NULL) {
        return why;
    }
    toc_job_order order = make_order(drill, ticket, kind);
    order.look_only = look_only;
    if (crew != NULL) {
        order.crew = toc_topology_find_crew(drill->topology, crew);
        if (toc_job_crew_serves(drill->world, order.crew) != order.operator_index) {
            return drill->topology->crews[order.crew].operator_index == order.operator_index
                       ? "the crew is lent to another operator"
                       : "the crew belongs to another operator";
        }
    }
    return place_order(drill, number, &order);
}

const char *toc_fieldwork_assign(toc_drill *drill, uint32_t number) {
    const char *job = toc_parameter_text(&toc_ticket_at(drill, number)->parameters, "job");
    bool is_open = job == NULL || strcmp(job, "auto") == 0;
    return toc_fieldwork_send(drill, number,
                              is_open ? TOC_JOB_KIND_INSPECT : toc_job_find_kind(job), false);
}

static toc_job_kind kind_of(toc_action_verb verb) {
    static const struct {
        toc_action_verb verb;
        toc_job_kind kind;
    } kinds[] = {{TOC_VERB_INSPECT_SITE, TOC_JOB_KIND_INSPECT},
                 {TOC_VERB_VERIFY_READING, TOC_JOB_KIND_INSPECT},
                 {TOC_VERB_REPAIR, TOC_JOB_KIND_REPAIR},
                 {TOC_VERB_REPLACE, TOC_JOB_KIND_REPLACE},
                 {TOC_VERB_REIMAGE, TOC_JOB_KIND_REIMAGE},
                 {TOC_VERB_RESTORE_BACKUP, TOC_JOB_KIND_RESTORE}};
    size_t at = 0;
    while (kinds[at].verb != verb) {
        at++;
        TOC_ASSERT(at < sizeof kinds / sizeof *kinds);
    }
    return kinds[at].kind;
}

const char *toc_fieldwork_recover(toc_drill *drill, uint32_t number) {
    const toc_ticket *ticket = toc_ticket_at(drill, number);
    toc_job_kind kind = kind_of(ticket->verb);
    bool is_program = kind == TOC_JOB_KIND_REIMAGE || kind == TOC_JOB_KIND_RESTORE;
    if (is_program && ticket->object >= drill->topology->asset_count) {
        return "a link runs no programs: repair and replace are for links";
    }
    return toc_fieldwork_send(drill, number, kind, kind == TOC_JOB_KIND_INSPECT);
}

const char *toc_fieldwork_switch_off(toc_drill *drill, uint32_t number) {
    toc_job_order order = make_order(drill, toc_ticket_at(drill, number), TOC_JOB_KIND_OPEN);
    return place_order(drill, number, &order);
}

const char *toc_fieldwork_call_vendor(toc_drill *drill, uint32_t number) {
    const toc_ticket *ticket = toc_ticket_at(drill, number);
    const toc_topology *topology = drill->topology;
    const char *why = toc_fieldwork_refusal(drill, ticket);
    const char *job = toc_parameter_text(&ticket->parameters, "job");
    const char *named = toc_parameter_text(&ticket->parameters, "vendor");
    toc_job_kind kind =
        job == NULL || strcmp(job, "auto") == 0 ? TOC_JOB_KIND_INSPECT : toc_job_find_kind(job);
    if (why != NULL) {
        return why;
    }
    toc_job_order order = make_order(drill, ticket, kind);
    why = "no vendor has people who can do that";
    for (uint32_t i = 0; i < topology->vendor_count; i++) {
        bool is_meant = named == NULL ? toc_vendor_can(topology, i, kind)
                                      : toc_topology_find_vendor(topology, named) == i;
        order.vendor = i + 1;
        if (is_meant && (why = place_order(drill, number, &order)) == NULL) {
            return NULL;
        }
    }
    return why;
}

const char *toc_fieldwork_begin_shift(toc_drill *drill, uint32_t number) {
    const toc_ticket ticket = *toc_ticket_at(drill, number);
    uint32_t operator_index = toc_seat_operator(drill, ticket.seat);
    char when[64];
    if (operator_index == TOC_INDEX_NONE ||
        toc_job_crew_serves(drill->world, ticket.object) != operator_index) {
        return "the crew does not take this team's orders";
    }
    drill->actor = toc_seat_name(drill, ticket.seat);
    const char *why = toc_shift_change(drill->world, ticket.object);
    drill->actor = "";
    if (why != NULL) {
        return why;
    }
    toc_time until = toc_shift_since(drill->world, ticket.object);
    toc_ticket_last(drill, number, until - toc_calendar_now(drill->calendar));
    (void)toc_time_print(until - until % TOC_SECOND, when, sizeof when);
    toc_ticket_step(drill, number, TOC_TICKET_UNDER_WAY,
                    toc_arena_format(drill->arena, "handing over until %s", when));
    return NULL;
}

const char *toc_fieldwork_end_shift(toc_drill *drill, const toc_ticket *ticket,
                                    const char **out_said) {
    (void)drill;
    (void)ticket;
    *out_said = "the next shift is on duty";
    return NULL;
}

toc_status toc_fieldwork_find_crew(const toc_drill *drill, const char *id, toc_problems *problems,
                                   uint32_t *out_crew) {
    static const toc_place nowhere = {.file = NULL};
    toc_status status = TOC_OK;
    *out_crew = toc_topology_find_crew(drill->topology, id);
    if (*out_crew == TOC_INDEX_NONE) {
        toc_names *names = toc_names_create();
        for (uint32_t i = 0; i < drill->topology->crew_count; i++) {
            (void)toc_names_add(names, drill->topology->crews[i].id, NULL);
        }
        const char *nearest = toc_names_nearest(names, id);
        status = toc_problems_error(problems, nowhere, "'%.60s' is no crew%s%s%s", id,
                                    nearest == NULL ? "" : "; did you mean '",
                                    nearest == NULL ? "" : nearest, nearest == NULL ? "" : "'?");
        toc_names_destroy(names);
    }
    return status;
}

const char *toc_fieldwork_reenergise(toc_drill *drill, uint32_t number) {
    const toc_ticket *ticket = toc_ticket_at(drill, number);
    const char *why = toc_fieldwork_refusal(drill, ticket);
    if (why != NULL) {
        return why;
    }
    toc_job_order order = make_order(drill, ticket, TOC_JOB_KIND_SWITCH);
    order.remote = !toc_team_is_manual(drill, order.operator_index);
    return place_order(drill, number, &order);
}

const char *toc_fieldwork_reconnect(toc_drill *drill, uint32_t number) {
    const toc_ticket *ticket = toc_ticket_at(drill, number);
    const char *why = toc_fieldwork_refusal(drill, ticket);
    if (why != NULL) {
        return why;
    }
    toc_job_order order = make_order(drill, ticket, TOC_JOB_KIND_RECONNECT);
    order.remote = order.element < drill->topology->asset_count &&
                   toc_world_has_control(drill->world, order.element);
    return place_order(drill, number, &order);
}

/* The next ticket after `from` whose job is open work of the ticket's team on its element, else 0.
 */
static uint32_t next_open(const toc_drill *drill, const toc_ticket *ticket, uint32_t from) {
    uint32_t team = toc_seat_team(drill, ticket->seat);
    for (uint32_t i = from + 1; i <= toc_ticket_count(drill); i++) {
        const toc_ticket *other = toc_ticket_at(drill, i);
        if (other->job != TOC_INDEX_NONE && other->object == ticket->object &&
            toc_seat_team(drill, other->seat) == team &&
            toc_job_read(drill->world, other->job).stage < TOC_JOB_DONE) {
            return i;
        }
    }
    return 0;
}

const char *toc_fieldwork_prioritise(toc_drill *drill, uint32_t number) {
    const toc_ticket ticket = *toc_ticket_at(drill, number);
    int32_t rank = (int32_t)toc_parameter_number(&ticket.parameters, "rank", 0);
    bool any = false;
    for (uint32_t i = next_open(drill, &ticket, 0); i != 0; i = next_open(drill, &ticket, i)) {
        any = toc_job_rank(drill->world, toc_ticket_at(drill, i)->job, rank) || any;
    }
    return any ? NULL : "none of the team's work waits there";
}

const char *toc_fieldwork_cancel(toc_drill *drill, uint32_t number) {
    const toc_ticket ticket = *toc_ticket_at(drill, number);
    bool any = false;
    for (uint32_t i = next_open(drill, &ticket, 0); i != 0; i = next_open(drill, &ticket, i)) {
        any = toc_job_cancel(drill->world, toc_ticket_at(drill, i)->job) || any;
    }
    return any ? NULL : "the team has no open work there";
}

/* "opened and damaged"; empty where there is none. */
static void write_causes(uint32_t causes, char *buffer, size_t size) {
    size_t at = 0;
    buffer[0] = '\0';
    for (uint32_t cause = 0; cause < TOC_CAUSES; cause++) {
        if ((causes & 1u << cause) != 0 && at < size) {
            at += (size_t)snprintf(buffer + at, size - at, "%s%s", at == 0 ? "" : " and ",
                                   toc_world_cause_name((toc_cause)cause));
        }
    }
}

/* A gauge on the spot tells the level of a tank. */
static void measure(const toc_drill *drill, toc_team_card *card) {
    uint32_t tank = card->element < drill->topology->asset_count
                        ? toc_tank_find(drill->world, card->element)
                        : TOC_INDEX_NONE;
    if (tank != TOC_INDEX_NONE) {
        card->measured_mm = toc_tank_read(drill->world, tank).level_mm;
        card->measured_at = toc_calendar_now(drill->calendar);
    }
}

/* "; the gauge reads 3.200 m", of a tank. */
static const char *gauge_text(toc_drill *drill, const toc_ticket *ticket) {
    const toc_team_card *card =
        toc_team_card_of(drill, toc_seat_team(drill, ticket->seat), ticket->object);
    return card == NULL || card->measured_at == TOC_NEVER
               ? ""
               : toc_arena_format(drill->arena, "; the gauge reads %d.%03d m",
                                  card->measured_mm / 1000, card->measured_mm % 1000);
}

/* Whoever stands before it sees what is wrong with it. */
static uint32_t look(toc_drill *drill, const toc_ticket *ticket) {
    uint32_t causes = toc_world_causes(drill->world, ticket->object);
    toc_team_card *card =
        toc_team_make_card(drill, toc_seat_team(drill, ticket->seat), ticket->object);
    card->found = causes;
    card->found_at = toc_calendar_now(drill->calendar);
    measure(drill, card);
    return causes;
}

static void on_work(toc_drill *drill, uint32_t number, const toc_job *job) {
    char why[WHY_SIZE], causes[WHY_SIZE / 2];
    const char *kind = toc_job_kind_name(job->doing);
    if (job->order.remote) {
        (void)snprintf(why, sizeof why, "%s from afar", kind);
    } else if (job->doing == TOC_JOB_KIND_INSPECT) {
        (void)snprintf(why, sizeof why, "%s looks for what is wrong", worker(drill, job));
    } else {
        write_causes(look(drill, toc_ticket_at(drill, number)), causes, sizeof causes);
        (void)snprintf(why, sizeof why, "%s found it %s: %s", worker(drill, job), causes, kind);
    }
    toc_ticket_step(drill, number, TOC_TICKET_UNDER_WAY, why);
}

static void on_done(toc_drill *drill, uint32_t number, const toc_job *job) {
    char why[WHY_SIZE] = "", causes[WHY_SIZE / 2];
    if (!job->order.remote) {
        const char *crew = worker(drill, job);
        uint32_t left = look(drill, toc_ticket_at(drill, number));
        toc_operation operation = toc_world_operation(drill->world, job->order.element);
        bool is_up = operation == TOC_ON || operation == TOC_DEGRADED || operation == TOC_STARTING;
        const char *gauge = gauge_text(drill, toc_ticket_at(drill, number));
        write_causes(left, causes, sizeof causes);
        if ((left & 1u << TOC_CAUSE_DESTROYED) != 0 && part_of(drill, job)[0] != '\0') {
            (void)snprintf(why, sizeof why, "%s leaves it %s; replacing it takes a %s", crew,
                           causes, part_of(drill, job));
        } else if (left != 0) {
            (void)snprintf(why, sizeof why, "%s leaves it %s%s", crew, causes, gauge);
        } else {
            (void)snprintf(why, sizeof why, "%s leaves it in order%s%s", crew,
                           is_up ? "" : ", but it lacks what it needs", gauge);
        }
    }
    toc_ticket_step(drill, number, TOC_TICKET_DONE, why);
}

/* ", by a, b and 3 more, there at 1h20min"; empty where there are no roads. */
static void write_way(const toc_drill *drill, uint32_t number, char *buffer, size_t size) {
    enum { TOLD = 4 };
    uint32_t assets[TOLD], job = toc_ticket_at(drill, number)->job;
    uint32_t count = toc_job_way(drill->world, job, assets, TOLD);
    char when[64];
    size_t at = 0;
    buffer[0] = '\0';
    for (uint32_t i = 0; i < count && i < TOLD && at < size; i++) {
        at += (size_t)snprintf(buffer + at, size - at, "%s%s", i == 0 ? " by " : ", ",
                               drill->topology->assets[assets[i]].id);
    }
    if (count > TOLD && at < size) {
        at += (size_t)snprintf(buffer + at, size - at, " and %lu more",
                               (unsigned long)(count - TOLD));
    }
    if (count > 0 && at < size) {
        toc_time arrives = toc_job_read(drill->world, job).arrives_at + TOC_SECOND - 1;
        (void)toc_time_print(arrives - arrives % TOC_SECOND, when, sizeof when);
        (void)snprintf(buffer + at, size - at, "; there at %s", when);
    }
}

static void on_travel(toc_drill *drill, uint32_t number, const toc_job *job) {
    char why[WHY_SIZE], way[WHY_SIZE / 2];
    write_way(drill, number, way, sizeof way);
    if (job->fetch != TOC_INDEX_NONE) {
        (void)snprintf(why, sizeof why, "%s fetches a %s at %s%s", worker(drill, job),
                       part_of(drill, job), drill->topology->assets[job->fetch].id, way);
    } else {
        (void)snprintf(why, sizeof why, "%s is on its way%s", worker(drill, job), way);
    }
    toc_ticket_step(drill, number, TOC_TICKET_UNDER_WAY, why);
}

/* The first waiting of a job is told where it is ordered. */
static void on_waiting(toc_drill *drill, uint32_t number, const toc_job *job,
                       const toc_change *change) {
    char why[WHY_SIZE];
    if (change->before == TOC_JOB_TRAVEL) {
        (void)snprintf(why, sizeof why, "%s finds no open road; %s", worker(drill, job),
                       "it goes on when one opens");
        toc_ticket_step(drill, number, TOC_TICKET_UNDER_WAY, why);
    } else if (job->lacks != TOC_JOB_LACKS_NOTHING) {
        toc_ticket_step(drill, number, TOC_TICKET_UNDER_WAY,
                        waits_for(drill, toc_ticket_at(drill, number)->job));
    }
}

void toc_fieldwork_on_change(toc_drill *drill, const toc_change *change) {
    if (change->kind != TOC_CHANGE_JOB) {
        return;
    }
    uint32_t number = toc_ticket_of_job(drill, change->subject);
    if (number == 0 && drill->ordering != 0) {
        number = drill->ordering;
        toc_ticket_follow(drill, number, change->subject);
    }
    if (number == 0) {
        return;
    }
    toc_job job = toc_job_read(drill->world, change->subject);
    switch (job.stage) {
    case TOC_JOB_WAITING:
        on_waiting(drill, number, &job, change);
        break;
    case TOC_JOB_TRAVEL:
        on_travel(drill, number, &job);
        break;
    case TOC_JOB_WORK:
        on_work(drill, number, &job);
        break;
    case TOC_JOB_DONE:
        on_done(drill, number, &job);
        break;
    case TOC_JOB_FAILED:
        toc_ticket_step(drill, number, TOC_TICKET_FAILED, "remote control was lost");
        break;
    case TOC_JOB_CANCELLED:
        toc_ticket_step(drill, number, TOC_TICKET_CANCELLED, "called off");
        break;
    case TOC_JOB_STAGES:
        TOC_ASSERT(false); /* a stage of a job */
    }
}
