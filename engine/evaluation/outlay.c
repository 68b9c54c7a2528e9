#include "evaluation/outlay.h"

#include <stdlib.h>
#include <string.h>

#include "evaluation/moment.h"
#include "evaluation/shelf.h"

/* A crew or a vendor. */
struct worker {
    const char *id;
    uint64_t sent, done;
    toc_time travel, work;
    uint64_t first; /* entry that it was sent first */
};

struct job {
    int64_t number;
    const char *who, *stage;
    toc_time since;
};

struct part {
    const char *id;
    uint64_t taken, put_back, brought;
    uint64_t last; /* entry */
};

/* Requests for approval: how they ended, and how long who asked had to wait. */
struct approvals {
    uint64_t asked, approved, rejected, expired;
    toc_time waited; /* for the answers that came */
};

struct loan {
    const char *id, *what;
    toc_time lent, over;
    uint64_t entry;
};

struct outlay {
    struct worker *workers;
    struct job *jobs;
    struct part *parts;
    struct loan *loans;
    struct job *asked; /* open requests: number is the ticket's */
    size_t worker_count, job_count, part_count, loan_count, asked_count;
    struct approvals approvals;
};

static struct worker *worker_of(struct outlay *outlay, const char *id, uint64_t entry) {
    for (size_t i = 0; i < outlay->worker_count; i++) {
        if (strcmp(outlay->workers[i].id, id) == 0) {
            return &outlay->workers[i];
        }
    }
    outlay->workers =
        toc_shelf_grow(outlay->workers, outlay->worker_count, sizeof *outlay->workers);
    outlay->workers[outlay->worker_count] = (struct worker){.id = id, .first = entry};
    return &outlay->workers[outlay->worker_count++];
}

static struct job *job_of(struct outlay *outlay, int64_t number) {
    for (size_t i = outlay->job_count; i > 0; i--) {
        if (outlay->jobs[i - 1].number == number) {
            return &outlay->jobs[i - 1];
        }
    }
    outlay->jobs = toc_shelf_grow(outlay->jobs, outlay->job_count, sizeof *outlay->jobs);
    outlay->jobs[outlay->job_count] = (struct job){number, "", "", 0};
    return &outlay->jobs[outlay->job_count++];
}

/* What has passed since the job's last entry goes to who was at it. */
static void settle(struct outlay *outlay, const struct job *job, toc_time now, uint64_t entry) {
    if (job->who[0] == '\0' || strcmp(job->who, "remote") == 0) {
        return;
    }
    if (strcmp(job->stage, "travel") == 0) {
        worker_of(outlay, job->who, entry)->travel += now - job->since;
    } else if (strcmp(job->stage, "work") == 0) {
        worker_of(outlay, job->who, entry)->work += now - job->since;
    }
}

static void read_job(struct outlay *outlay, const toc_trace_entry *entry, uint64_t number) {
    struct job *job = job_of(outlay, entry->after);
    settle(outlay, job, entry->time, number);
    bool is_crew = entry->actor[0] != '\0' && strcmp(entry->actor, "remote") != 0;
    if (is_crew && strcmp(entry->text, "travel") == 0 && strcmp(job->stage, "travel") != 0) {
        worker_of(outlay, entry->actor, number)->sent++;
    }
    if (is_crew && strcmp(entry->text, "done") == 0) {
        worker_of(outlay, entry->actor, number)->done++;
    }
    *job = (struct job){entry->after, entry->actor, entry->text, entry->time};
}

static void read_stock(struct outlay *outlay, const toc_trace_entry *entry, uint64_t number) {
    size_t at = 0;
    while (at < outlay->part_count && strcmp(outlay->parts[at].id, entry->verb) != 0) {
        at++;
    }
    if (at == outlay->part_count) {
        outlay->parts = toc_shelf_grow(outlay->parts, at, sizeof *outlay->parts);
        outlay->parts[outlay->part_count++] = (struct part){.id = entry->verb};
    }
    struct part *part = &outlay->parts[at];
    int64_t more = entry->after - entry->before;
    part->last = number;
    if (more < 0) {
        part->taken += (uint64_t)-more;
    } else if (entry->actor[0] == '\0') {
        part->put_back += (uint64_t)more;
    } else {
        part->brought += (uint64_t)more;
    }
}

static void read_approval(struct outlay *outlay, const toc_trace_entry *entry) {
    struct approvals *sums = &outlay->approvals;
    if (strcmp(entry->verb, "asked") == 0) {
        sums->asked++;
        outlay->asked = toc_shelf_grow(outlay->asked, outlay->asked_count, sizeof *outlay->asked);
        outlay->asked[outlay->asked_count++] = (struct job){entry->after, "", "", entry->time};
        return;
    }
    sums->approved += strcmp(entry->verb, "approved") == 0;
    sums->rejected += strcmp(entry->verb, "rejected") == 0;
    sums->expired += strcmp(entry->verb, "expired") == 0;
    for (size_t i = 0; i < outlay->asked_count && strcmp(entry->verb, "expired") != 0; i++) {
        if (outlay->asked[i].number == entry->after) {
            sums->waited += entry->time - outlay->asked[i].since;
        }
    }
}

static void read_aid(struct outlay *outlay, const toc_trace_entry *entry, uint64_t number) {
    if (strcmp(entry->verb, "lent") == 0) {
        outlay->loans = toc_shelf_grow(outlay->loans, outlay->loan_count, sizeof *outlay->loans);
        outlay->loans[outlay->loan_count++] =
            (struct loan){entry->subject, entry->text, entry->time, TOC_NEVER, number};
    }
    for (size_t i = 0; i < outlay->loan_count && strcmp(entry->verb, "over") == 0; i++) {
        if (strcmp(outlay->loans[i].id, entry->subject) == 0) {
            outlay->loans[i].over = entry->time;
        }
    }
}

static struct outlay collect(const toc_measures *measures) {
    const toc_record *record = toc_measure_record(measures);
    struct outlay outlay = {.worker_count = 0};
    for (uint64_t number = 1; number <= toc_record_trace_count(record); number++) {
        toc_trace_entry entry = toc_record_trace_at(record, number);
        if (entry.kind == TOC_TRACE_JOB) {
            read_job(&outlay, &entry, number);
        } else if (entry.kind == TOC_TRACE_STOCK) {
            read_stock(&outlay, &entry, number);
        } else if (entry.kind == TOC_TRACE_APPROVAL) {
            read_approval(&outlay, &entry);
        } else if (entry.kind == TOC_TRACE_AID) {
            read_aid(&outlay, &entry, number);
        }
    }
    for (size_t i = 0; i < outlay.job_count; i++) {
        settle(&outlay, &outlay.jobs[i], toc_measure_end(measures), 0);
    }
    return outlay;
}

/* -- On the page --------------------------------------------------------------------------------
 */

static const char *owner_of(const toc_topology *topology, const char *worker) {
    uint32_t crew = toc_topology_find_crew(topology, worker);
    return crew == TOC_INDEX_NONE
               ? "called in"
               : toc_topology_operator_id(topology, topology->crews[crew].operator_index);
}

static void put_workers(const struct outlay *outlay, const toc_topology *topology, toc_html *html) {
    char text[TOC_MOMENT_SIZE];
    toc_html_raw(html, "<div class=\"panel\"><table><tr><th>Crew<th>Operator<th class=\"n\">Sent"
                       "<th class=\"n\">Jobs done<th>On the way<th>At work<th>First sent</tr>");
    for (size_t i = 0; i < outlay->worker_count; i++) {
        const struct worker *worker = &outlay->workers[i];
        toc_html_raw(html, "<tr>");
        toc_html_cell(html, worker->id);
        toc_html_cell(html, owner_of(topology, worker->id));
        toc_html_number_cell(html, (double)worker->sent, 0);
        toc_html_number_cell(html, (double)worker->done, 0);
        toc_html_cell(html, toc_moment_span(worker->travel, text));
        toc_html_cell(html, toc_moment_span(worker->work, text));
        toc_html_raw(html, "<td>");
        toc_html_cite(html, worker->first);
        toc_html_raw(html, "</td></tr>");
    }
    toc_html_raw(html, "</table></div>");
}

static void put_parts(const struct outlay *outlay, toc_html *html) {
    toc_html_raw(html, "<div class=\"panel\"><table><tr><th>Part<th class=\"n\">Taken from stock"
                       "<th class=\"n\">Brought by vendors<th>Last</tr>");
    for (size_t i = 0; i < outlay->part_count; i++) {
        const struct part *part = &outlay->parts[i];
        toc_html_raw(html, "<tr>");
        toc_html_cell(html, part->id);
        toc_html_number_cell(html, (double)part->taken - (double)part->put_back, 0);
        toc_html_number_cell(html, (double)part->brought, 0);
        toc_html_raw(html, "<td>");
        toc_html_cite(html, part->last);
        toc_html_raw(html, "</td></tr>");
    }
    toc_html_raw(html, "</table></div>");
}

static void put_loans(const struct outlay *outlay, toc_html *html) {
    toc_html_raw(html, "<div class=\"panel\"><table><tr><th>Lent crew<th>From<th>To</tr>");
    for (size_t i = 0; i < outlay->loan_count; i++) {
        const struct loan *loan = &outlay->loans[i];
        toc_html_raw(html, "<tr>");
        toc_html_cell(html, loan->what);
        toc_html_time_cell(html, loan->lent, loan->entry);
        toc_html_time_cell(html, loan->over, 0);
        toc_html_raw(html, "</tr>");
    }
    toc_html_raw(html, "</table></div>");
}

static void put_approvals(const struct approvals *sums, toc_html *html) {
    char text[TOC_MOMENT_SIZE];
    uint64_t answered = sums->approved + sums->rejected;
    toc_html_print(html,
                   "<p>Approval was asked for %llu time%s: %llu approved, %llu rejected, %llu "
                   "without an answer in time.",
                   (unsigned long long)sums->asked, sums->asked == 1 ? "" : "s",
                   (unsigned long long)sums->approved, (unsigned long long)sums->rejected,
                   (unsigned long long)sums->expired);
    if (answered > 0) {
        toc_html_print(html, " An answer took %s on average.",
                       toc_moment_span(sums->waited / (toc_time)answered, text));
    }
    toc_html_raw(html, "</p>");
}

void toc_outlay_write(const toc_measures *measures, toc_html *html) {
    struct outlay outlay = collect(measures);
    bool any = outlay.worker_count + outlay.part_count + outlay.loan_count > 0 ||
               outlay.approvals.asked > 0;
    if (any) {
        toc_html_print(html, "<h2 id=\"r%uoutlay\">What the work took</h2>", html->record);
    }
    if (outlay.worker_count > 0) {
        put_workers(&outlay, toc_measure_topology(measures), html);
    }
    if (outlay.part_count > 0) {
        put_parts(&outlay, html);
    }
    if (outlay.loan_count > 0) {
        put_loans(&outlay, html);
    }
    if (outlay.approvals.asked > 0) {
        put_approvals(&outlay.approvals, html);
    }
    free(outlay.workers);
    free(outlay.jobs);
    free(outlay.parts);
    free(outlay.loans);
    free(outlay.asked);
}
