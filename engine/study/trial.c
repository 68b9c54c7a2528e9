#include "study/trial.h"

#include <glib.h>
#include <string.h>

#include "study/sighting.h"

/* All runs of all policies, each watched on its own. */
struct watching {
    const toc_claims *claims;
    uint32_t runs;
    toc_sightings **sightings;
};

static void *begin_run(void *watcher, size_t policy, uint32_t run) {
    struct watching *watching = watcher;
    toc_sightings *sightings = toc_sighting_begin(watching->claims);
    watching->sightings[policy * watching->runs + run] = sightings;
    return sightings;
}

static GPtrArray *policies_of(const toc_claims *claims) {
    GPtrArray *policies = g_ptr_array_new();
    for (size_t i = 0; i < toc_claim_count(claims); i++) {
        const char *policy = toc_claim_at(claims, i)->policy;
        bool is_new = true;
        for (guint k = 0; k < policies->len; k++) {
            is_new = is_new && strcmp(g_ptr_array_index(policies, k), policy) != 0;
        }
        if (is_new) {
            g_ptr_array_add(policies, (gpointer)policy);
        }
    }
    return policies;
}

static guint index_of(const GPtrArray *policies, const char *policy) {
    guint index = 0;
    while (strcmp(g_ptr_array_index(policies, index), policy) != 0) {
        index++;
    }
    return index;
}

/* Judges one claim over its policy's runs; false where no run knows what it is about. */
static bool judge(const toc_claims *claims, size_t index, toc_sightings *const *runs,
                  const toc_replication_plan *plan, toc_trial_verdict *verdict) {
    const toc_claim *claim = toc_claim_at(claims, index);
    double *hours = g_new(double, plan->runs);
    size_t held = 0, happened = 0;
    bool known = false;
    *verdict = (toc_trial_verdict){.claim = claim};
    for (uint32_t i = 0; i < plan->runs; i++) {
        toc_sighting sighting = toc_sighting_of(runs[i], index);
        known = known || sighting.known;
        if (sighting.at != TOC_NEVER) {
            hours[happened++] = (double)sighting.at / (double)TOC_HOUR;
        }
        if (toc_sighting_holds(claim, sighting)) {
            held++;
        } else if (verdict->failing_count < TOC_TRIAL_SEEDS) {
            verdict->failing[verdict->failing_count++] = plan->first_seed + i;
        }
    }
    verdict->share = toc_sample_share_of(held, plan->runs);
    verdict->hours = toc_sample_of(hours, happened);
    /* 95 of 100 is 0.95, whatever the last bit of the division */
    verdict->holds = (double)held + 1e-9 >= claim->share * (double)plan->runs;
    g_free(hours);
    return known;
}

static toc_status judge_all(const struct watching *watching, const GPtrArray *policies,
                            const toc_replication_plan *plan, toc_problems *problems,
                            toc_trial *trial) {
    toc_status status = TOC_OK;
    trial->count = toc_claim_count(watching->claims);
    trial->verdicts = g_new0(toc_trial_verdict, trial->count);
    for (size_t i = 0; i < trial->count; i++) {
        const toc_claim *claim = toc_claim_at(watching->claims, i);
        toc_sightings *const *runs =
            watching->sightings + (size_t)index_of(policies, claim->policy) * plan->runs;
        if (!judge(watching->claims, i, runs, plan, &trial->verdicts[i])) {
            const char *nearest = toc_sighting_nearest(runs[0], i);
            status = toc_problems_error(
                problems, claim->place, "in no run there is '%.60s' to expect something of%s%s%s",
                claim->id, nearest == NULL ? "" : "; did you mean '",
                nearest == NULL ? "" : nearest, nearest == NULL ? "" : "'?");
        }
        trial->failed += !trial->verdicts[i].holds;
    }
    return status;
}

toc_status toc_trial_run(const toc_claims *claims, const toc_replication_plan *plan,
                         toc_problems *problems, toc_trial *out_trial) {
    GPtrArray *policies = policies_of(claims);
    struct watching watching = {claims, plan->runs,
                                g_new0(toc_sightings *, policies->len * plan->runs)};
    toc_replication_plan own = *plan;
    toc_outcome *outcomes = NULL;
    own.policies = (const char *const *)policies->pdata;
    own.policy_count = policies->len;
    own.watch = (toc_replication_watch){
        .trace = toc_sighting_see, .object = begin_run, .watcher = &watching};
    *out_trial = (toc_trial){0};
    toc_status status = toc_replication_run(&own, problems, &outcomes);
    if (status == TOC_OK) {
        status = judge_all(&watching, policies, plan, problems, out_trial);
        toc_replication_free(outcomes, own.policy_count * own.runs);
    }
    if (status != TOC_OK) {
        toc_trial_finish(out_trial);
    }
    for (size_t i = 0; i < policies->len * plan->runs; i++) {
        toc_sighting_free(watching.sightings[i]);
    }
    g_free(watching.sightings);
    g_ptr_array_unref(policies);
    return status;
}

void toc_trial_finish(toc_trial *trial) {
    g_free(trial->verdicts);
    *trial = (toc_trial){0};
}
