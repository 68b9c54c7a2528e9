#include "study/advice.h"

#include <glib.h>

/* Shares from which on something counts as always, or up to which as never. */
#define ALWAYS 0.95
#define NEVER  0.05

struct advice {
    const toc_rehearsal *rehearsal;
    const toc_rehearsal_policy *weak, *strong;
    void (*add)(void *object, const char *sentence);
    void *object;
};

G_GNUC_PRINTF(2, 3) static void say(const struct advice *advice, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *sentence = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    advice->add(advice->object, sentence);
    g_free(sentence);
}

static void on_objective(const struct advice *advice, size_t i) {
    const char *id = advice->rehearsal->objectives[i].id;
    toc_sample_share weak = advice->weak->objectives[i].met,
                     strong = advice->strong->objectives[i].met;
    if (strong.share <= NEVER) {
        say(advice,
            "%s is met in %.0f %% of runs under %s: either nobody can meet it, or that policy does "
            "not try.",
            id, 100 * strong.share, advice->strong->name);
    } else if (weak.share >= ALWAYS) {
        say(advice, "%s is met in %.0f %% of runs under %s too: it asks nothing of the teams.", id,
            100 * weak.share, advice->weak->name);
    } else if (strong.share < weak.share) {
        say(advice,
            "%s is met more often under %s (%.0f %%) than under %s (%.0f %%): playing well works "
            "against it.",
            id, advice->weak->name, 100 * weak.share, advice->strong->name, 100 * strong.share);
    }
}

static void on_duty(const struct advice *advice, size_t i) {
    const toc_rehearsal_subject *duty = &advice->rehearsal->duties[i];
    toc_rehearsal_duty strong = advice->strong->duties[i];
    if (strong.triggered.hits == 0) {
        say(advice, "The duty %s of %s never begins under %s.", duty->id, duty->operator_id,
            advice->strong->name);
    } else if (strong.on_time.share < 0.5) {
        say(advice, "The duty %s of %s is done in time in only %.0f %% of runs under %s.", duty->id,
            duty->operator_id, 100 * strong.on_time.share, advice->strong->name);
    }
}

/* One sentence for all of them: there may be many, and they may be meant to be safe. */
static void on_services(const struct advice *advice) {
    const toc_rehearsal *rehearsal = advice->rehearsal;
    GString *safe = g_string_new(NULL);
    size_t count = 0;
    for (size_t i = 0; i < rehearsal->service_count; i++) {
        size_t hit = 0;
        for (size_t k = 0; k < rehearsal->policy_count; k++) {
            hit += rehearsal->policies[k].services[i].hit.hits;
        }
        if (hit == 0) {
            const toc_rehearsal_subject *service = &rehearsal->services[i];
            if (++count <= 5) {
                g_string_append_printf(safe, "%s%s %s", count > 1 ? ", " : "", service->operator_id,
                                       service->id);
            }
        }
    }
    if (count > 0) {
        say(advice, "%zu of %zu services lose nothing in any run: %s%s.", count,
            rehearsal->service_count, safe->str, count > 5 ? " and others" : "");
    }
    (void)g_string_free(safe, TRUE);
}

static void verdict(const struct advice *advice) {
    const toc_rehearsal_contrast *contrast = &advice->rehearsal->contrast;
    double share = contrast->better.share;
    const char *meaning = share >= ALWAYS ? "what the teams do decides this drill"
                          : share >= 0.75 ? "play counts, and luck does too"
                          : share >= 0.5  ? "luck decides nearly as much as play: make the good "
                                            "answer count for more"
                                          : "playing well does not help: look at the objectives "
                                            "and at the reference policy";
    say(advice,
        "%s does better than %s in %zu of %zu seeds and spares %.0f %% of the people-hours (%.0f "
        "to %.0f): %s.",
        advice->strong->name, advice->weak->name, contrast->better.hits, contrast->better.count,
        contrast->avoided.mean, contrast->avoided.low, contrast->avoided.high, meaning);
}

void toc_advice_give(const toc_rehearsal *rehearsal,
                     void (*add)(void *object, const char *sentence), void *object) {
    if (rehearsal->policy_count < 2) {
        return;
    }
    struct advice advice = {rehearsal, &rehearsal->policies[rehearsal->contrast.weak],
                            &rehearsal->policies[rehearsal->contrast.strong], add, object};
    for (size_t i = 0; i < rehearsal->objective_count; i++) {
        on_objective(&advice, i);
    }
    for (size_t i = 0; i < rehearsal->duty_count; i++) {
        on_duty(&advice, i);
    }
    on_services(&advice);
    verdict(&advice);
}
