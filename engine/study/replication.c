#include "study/replication.h"

#include <glib.h>
#include <inttypes.h>
#include <pthread.h>

#include "tocsin/standin.h"

/* What the workers share. Runs are handed out in order, so that whatever comes before a run that
   failed was played to its end. */
struct crowd {
    const toc_replication_plan *plan;
    const toc_topology *topology;
    toc_outcome *outcomes;
    toc_problems **problems; /* of runs that were played; NULL of the others */
    toc_status *statuses;
    pthread_mutex_t lock;
    pthread_cond_t moved;
    uint32_t next, done, all, working;
    bool failed;
};

static toc_status play(struct crowd *crowd, uint32_t number, toc_problems *problems) {
    const toc_replication_plan *plan = crowd->plan;
    size_t policy = number / plan->runs;
    uint32_t run = number % plan->runs;
    toc_drill_options options = {.seed = plan->first_seed + run};
    if (plan->watch.trace != NULL) {
        options.trace = plan->watch.trace;
        options.trace_object = plan->watch.object(plan->watch.watcher, policy, run);
    }
    toc_drill *drill = NULL;
    toc_standins *standins = NULL;
    toc_status status =
        toc_drill_open_on(plan->package, crowd->topology, &options, problems, &drill);
    if (status == TOC_OK) {
        status = toc_standins_create(drill, plan->package, plan->policies[policy], NULL, NULL,
                                     problems, &standins);
    }
    if (status == TOC_OK) {
        status = toc_standins_play(standins, toc_drill_length(drill), problems);
    }
    if (status == TOC_OK) {
        toc_outcome_read(drill, options.seed, &crowd->outcomes[number]);
        if (plan->watch.trace != NULL && plan->watch.end != NULL) {
            plan->watch.end(options.trace_object, drill);
        }
    }
    toc_standins_destroy(standins);
    toc_drill_close(drill);
    return status;
}

static void *work(void *shared) {
    struct crowd *crowd = shared;
    (void)pthread_mutex_lock(&crowd->lock);
    while (!crowd->failed && crowd->next < crowd->all) {
        uint32_t number = crowd->next++;
        (void)pthread_mutex_unlock(&crowd->lock);
        toc_problems *problems = toc_problems_create();
        toc_status status = play(crowd, number, problems);
        (void)pthread_mutex_lock(&crowd->lock);
        crowd->statuses[number] = status;
        crowd->problems[number] = problems;
        crowd->failed = crowd->failed || status != TOC_OK;
        crowd->done++;
        (void)pthread_cond_signal(&crowd->moved);
    }
    crowd->working--;
    (void)pthread_cond_signal(&crowd->moved);
    (void)pthread_mutex_unlock(&crowd->lock);
    return NULL;
}

static void watch_over(struct crowd *crowd) {
    const toc_replication_plan *plan = crowd->plan;
    (void)pthread_mutex_lock(&crowd->lock);
    while (crowd->working > 0) {
        (void)pthread_cond_wait(&crowd->moved, &crowd->lock);
        uint32_t done = crowd->done;
        (void)pthread_mutex_unlock(&crowd->lock);
        if (plan->progress != NULL) {
            plan->progress(plan->progress_object, done, crowd->all);
        }
        (void)pthread_mutex_lock(&crowd->lock);
    }
    (void)pthread_mutex_unlock(&crowd->lock);
}

/* A thread that cannot be had leaves its work to the others; without any, the caller does it. */
static void work_together(struct crowd *crowd, uint32_t threads) {
    pthread_t *workers = g_new0(pthread_t, threads);
    uint32_t begun = 0;
    crowd->working = threads;
    while (begun < threads && pthread_create(&workers[begun], NULL, work, crowd) == 0) {
        begun++;
    }
    (void)pthread_mutex_lock(&crowd->lock);
    crowd->working -= threads - begun - (begun == 0);
    (void)pthread_mutex_unlock(&crowd->lock);
    if (begun == 0) {
        (void)work(crowd);
    }
    watch_over(crowd);
    for (uint32_t i = 0; i < begun; i++) {
        (void)pthread_join(workers[i], NULL);
    }
    g_free(workers);
}

static toc_status tell_failure(const struct crowd *crowd, toc_problems *problems) {
    const toc_replication_plan *plan = crowd->plan;
    uint32_t number = 0;
    while (crowd->problems[number] == NULL || crowd->statuses[number] == TOC_OK) {
        number++;
    }
    const toc_problems *found = crowd->problems[number];
    for (size_t i = 0; i < toc_problems_kept(found); i++) {
        toc_problem problem = toc_problems_at(found, i);
        if (problem.severity == TOC_ERROR) {
            (void)toc_problems_error(problems, problem.place, "%s", problem.text);
        }
    }
    toc_place nowhere = {.file = NULL};
    (void)toc_problems_error(problems, nowhere, "that was seed %" PRIu64 " under policy %.60s",
                             plan->first_seed + number % plan->runs,
                             plan->policies[number / plan->runs]);
    return crowd->statuses[number];
}

/* What runs warn of, each once, in their order. */
static void tell_warnings(const struct crowd *crowd, toc_problems *problems) {
    for (uint32_t i = 0; i < crowd->all; i++) {
        for (size_t k = 0; k < toc_problems_kept(crowd->problems[i]); k++) {
            toc_problem problem = toc_problems_at(crowd->problems[i], k);
            toc_problems_warn(problems, problem.place, "%s", problem.text);
        }
    }
}

static void crowd_finish(struct crowd *crowd) {
    for (uint32_t i = 0; i < crowd->all; i++) {
        if (crowd->problems[i] != NULL) {
            toc_problems_destroy(crowd->problems[i]);
        }
    }
    g_free(crowd->problems);
    g_free(crowd->statuses);
    (void)pthread_mutex_destroy(&crowd->lock);
    (void)pthread_cond_destroy(&crowd->moved);
}

static uint32_t threads_for(const toc_replication_plan *plan, uint32_t all) {
    uint32_t threads = plan->threads != 0 ? plan->threads : g_get_num_processors();
    return threads < all ? threads : all;
}

toc_status toc_replication_run(const toc_replication_plan *plan, toc_problems *problems,
                               toc_outcome **out_outcomes) {
    toc_drill_options options = {.seed = plan->first_seed};
    toc_drill *first = NULL; /* tells what is wrong with the package, and lends its topology */
    toc_status status = toc_drill_open(plan->package, &options, problems, &first);
    if (status != TOC_OK) {
        return status;
    }
    uint32_t all = (uint32_t)plan->policy_count * plan->runs;
    struct crowd crowd = {.plan = plan,
                          .topology = toc_drill_topology(first),
                          .outcomes = g_new0(toc_outcome, all),
                          .problems = g_new0(toc_problems *, all),
                          .statuses = g_new0(toc_status, all),
                          .all = all};
    (void)pthread_mutex_init(&crowd.lock, NULL);
    (void)pthread_cond_init(&crowd.moved, NULL);
    work_together(&crowd, threads_for(plan, all));
    if (crowd.failed) {
        status = tell_failure(&crowd, problems);
        toc_replication_free(crowd.outcomes, all);
    } else {
        tell_warnings(&crowd, problems);
        *out_outcomes = crowd.outcomes;
    }
    crowd_finish(&crowd);
    toc_drill_close(first);
    return status;
}

void toc_replication_free(toc_outcome *outcomes, size_t count) {
    for (size_t i = 0; outcomes != NULL && i < count; i++) {
        toc_outcome_finish(&outcomes[i]);
    }
    g_free(outcomes);
}
