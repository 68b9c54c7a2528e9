#include "papers/tryout.h"

#include <glib.h>
#include <string.h>

#include "tocsin/plan.h"
#include "tocsin/standin.h"
#include "tocsin/wording.h"

struct inject {
    toc_time at; /* TOC_NEVER while it is only declared */
    char *id, *from, *channel, *text;
    GString *to, *expects;
};

struct toc_tryout {
    const toc_drill *plan;
    GPtrArray *injects,
        *came; /* struct inject: all that were declared while it ran; those in order */
};

static void free_inject(gpointer object) {
    struct inject *inject = object;
    g_free(inject->id);
    g_free(inject->from);
    g_free(inject->channel);
    g_free(inject->text);
    (void)g_string_free(inject->to, TRUE);
    (void)g_string_free(inject->expects, TRUE);
    g_free(inject);
}

static bool is_planned(const toc_drill *plan, const char *id) {
    for (uint32_t i = 0; i < toc_plan_count(plan); i++) {
        toc_plan_part part = toc_plan_at(plan, i);
        if (part.kind == TOC_PLAN_INJECT && strcmp(part.id, id) == 0) {
            return true;
        }
    }
    return false;
}

/* The inject of that id, which is new or known. */
static struct inject *inject_of(toc_tryout *sample, const char *id) {
    for (unsigned i = 0; i < sample->injects->len; i++) {
        struct inject *known = g_ptr_array_index(sample->injects, i);
        if (strcmp(known->id, id) == 0) {
            return known;
        }
    }
    struct inject *inject = g_new0(struct inject, 1);
    inject->id = g_strdup(id);
    inject->at = TOC_NEVER;
    inject->to = g_string_new("");
    inject->expects = g_string_new("");
    g_ptr_array_add(sample->injects, inject);
    return inject;
}

static void add(GString *list, const char *word) {
    g_string_append_printf(list, "%s%s", list->len == 0 ? "" : "; ", word);
}

static void see(void *object, const toc_trace_entry *entry) {
    toc_tryout *sample = object;
    bool tells_expected = entry->kind == TOC_TRACE_FACT && strcmp(entry->verb, "expects") == 0;
    if ((entry->kind != TOC_TRACE_INJECT && entry->kind != TOC_TRACE_DELIVERED &&
         !tells_expected) ||
        entry->subject[0] == '\0' || is_planned(sample->plan, entry->subject)) {
        return;
    }
    if (tells_expected) {
        add(inject_of(sample, entry->subject)->expects, entry->text);
    } else if (entry->kind == TOC_TRACE_INJECT) {
        struct inject *inject = inject_of(sample, entry->subject);
        if (inject->at == TOC_NEVER) {
            inject->at = entry->time;
            inject->from = g_strdup(entry->actor);
            inject->channel = g_strdup(entry->verb);
            inject->text = g_strdup(entry->text);
            g_ptr_array_add(sample->came, inject);
        }
    } else {
        /* a message's number is nobody's inject */
        for (unsigned i = 0; i < sample->came->len; i++) {
            struct inject *inject = g_ptr_array_index(sample->came, i);
            if (strcmp(inject->id, entry->subject) == 0) {
                add(inject->to, entry->actor);
            }
        }
    }
}

static void word(const toc_drill *drill, const char *language, char **text) {
    char *worded = g_strdup(toc_wording_in(drill, language, *text));
    g_free(*text);
    *text = worded;
}

/* What a function wrote in two languages is known once it has run. */
static void word_all(toc_tryout *sample, const toc_drill *drill, const char *language) {
    for (unsigned i = 0; i < sample->came->len; i++) {
        struct inject *inject = g_ptr_array_index(sample->came, i);
        word(drill, language, &inject->from);
        word(drill, language, &inject->text);
    }
}

toc_tryout *toc_tryout_create(const toc_package *package, const toc_drill *plan,
                              const char *language, toc_problems *problems) {
    toc_tryout *sample = g_new(toc_tryout, 1);
    *sample = (toc_tryout){plan, g_ptr_array_new_with_free_func(free_inject), g_ptr_array_new()};
    toc_drill_options options = {.seed = 1, .trace = see, .trace_object = sample};
    toc_drill *drill = NULL;
    toc_standins *standins = NULL;
    toc_status status =
        toc_drill_open_on(package, toc_drill_topology(plan), &options, problems, &drill);
    if (status == TOC_OK) {
        status = toc_standins_create(drill, package, "reference", NULL, NULL, problems, &standins);
    }
    if (status == TOC_OK) {
        status = toc_standins_play(standins, TOC_NEVER, problems);
    }
    if (status == TOC_OK) {
        word_all(sample, drill, language);
    }
    toc_standins_destroy(standins);
    toc_drill_close(drill);
    if (status != TOC_OK) {
        toc_tryout_destroy(sample);
        sample = NULL;
    }
    return sample;
}

void toc_tryout_destroy(toc_tryout *sample) {
    if (sample != NULL) {
        g_ptr_array_free(sample->came, TRUE);
        g_ptr_array_free(sample->injects, TRUE);
        g_free(sample);
    }
}

uint32_t toc_tryout_count(const toc_tryout *sample) {
    return sample->came->len;
}

toc_tryout_inject toc_tryout_at(const toc_tryout *sample, uint32_t index) {
    const struct inject *inject = g_ptr_array_index(sample->came, index);
    return (toc_tryout_inject){.at = inject->at,
                               .id = inject->id,
                               .from = inject->from,
                               .channel = inject->channel,
                               .text = inject->text,
                               .to = inject->to->str,
                               .expects = inject->expects->str};
}
