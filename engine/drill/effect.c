#include "drill/effect.h"

#include <string.h>

#include "kernel/assert.h"
#include "model/reading.h"
#include "model/sight.h"
#include "model/tank.h"

static const char *const names[] = {
#define TOC_EFFECT(name, cause) name,
#include "drill/effect.def"
#undef TOC_EFFECT
};

static const toc_cause causes[] = {
#define TOC_EFFECT(name, cause) TOC_CAUSE_##cause,
#include "drill/effect.def"
#undef TOC_EFFECT
};

enum { COUNT = sizeof names / sizeof *names };

toc_cause toc_effect_cause(const char *name) {
    for (size_t i = 0; i < COUNT; i++) {
        if (strcmp(names[i], name) == 0) {
            return causes[i];
        }
    }
    return TOC_CAUSES;
}

const char *const *toc_effect_names(size_t *out_count) {
    *out_count = COUNT;
    return names;
}

static const struct view {
    const char *name;
    bool on_screen, by_controls;
    toc_falsehood falsehood;
} views[] = {
#define TOC_VIEW_EFFECT(name, on_screen, by_controls, falsehood)                                   \
    {name, on_screen, by_controls, falsehood},
#include "drill/effect.def"
#undef TOC_VIEW_EFFECT
};

enum { VIEWS = sizeof views / sizeof *views };

static const struct end {
    const char *name;
    toc_cause cause;
} ends[] = {
#define TOC_END_EFFECT(name, cause) {name, TOC_CAUSE_##cause},
#include "drill/effect.def"
#undef TOC_END_EFFECT
};

enum { ENDS = sizeof ends / sizeof *ends };
_Static_assert(COUNT + VIEWS + ENDS <= TOC_MOST_EFFECTS, "room for all");

size_t toc_effect_all(const char **all) {
    size_t count = 0;
    for (size_t i = 0; i < COUNT; i++) {
        all[count++] = names[i];
    }
    for (size_t i = 0; i < VIEWS; i++) {
        all[count++] = views[i].name;
    }
    for (size_t i = 0; i < ENDS; i++) {
        all[count++] = ends[i].name;
    }
    return count;
}

static const struct view *find_view(const char *name) {
    for (size_t i = 0; i < VIEWS; i++) {
        if (strcmp(views[i].name, name) == 0) {
            return &views[i];
        }
    }
    return NULL;
}

static const struct end *find_end(const char *name) {
    for (size_t i = 0; i < ENDS; i++) {
        if (strcmp(ends[i].name, name) == 0) {
            return &ends[i];
        }
    }
    return NULL;
}

static uint32_t tank_of(const toc_world *world, uint32_t element) {
    return element < toc_world_topology(world)->asset_count ? toc_tank_find(world, element)
                                                            : TOC_INDEX_NONE;
}

const char *toc_effect_obstacle(const toc_world *world, const char *name, uint32_t element) {
    const toc_topology *topology = toc_world_topology(world);
    toc_cause cause = toc_effect_cause(name);
    const struct end *end = find_end(name);
    cause = end == NULL ? cause : end->cause;
    if (find_view(name) != NULL && tank_of(world, element) == TOC_INDEX_NONE) {
        return "is for tanks, whose level is reported";
    }
    if ((cause == TOC_CAUSE_VIEW_DENIED || cause == TOC_CAUSE_CONTROL_DENIED) &&
        element >= topology->asset_count) {
        return "is for assets; a link is seen and operated from those at its ends";
    }
    return NULL;
}

static bool has_lie(const toc_world *world, uint32_t element) {
    uint32_t tank = tank_of(world, element);
    return tank != TOC_INDEX_NONE &&
           (toc_reading_falsehood(world, tank, TOC_READ_ON_SCREEN) != TOC_READ_TRULY ||
            toc_reading_falsehood(world, tank, TOC_READ_BY_CONTROLS) != TOC_READ_TRULY);
}

toc_cause toc_effect_needless(const toc_world *world, const char *name, uint32_t element,
                              bool *out_is_there) {
    const struct end *end = find_end(name);
    toc_cause cause = end != NULL ? end->cause : toc_effect_cause(name);
    *out_is_there = end == NULL;
    if (cause == TOC_CAUSES || (end == NULL && cause == TOC_CAUSE_FALSIFIED) ||
        (end != NULL && cause == TOC_CAUSE_FALSIFIED && has_lie(world, element))) {
        return TOC_CAUSES;
    }
    return toc_world_has_cause(world, element, cause) == *out_is_there ? cause : TOC_CAUSES;
}

static void look(toc_world *world, const struct view *view, uint32_t element) {
    uint32_t tank = tank_of(world, element);
    TOC_ASSERT(tank != TOC_INDEX_NONE);
    if (view->on_screen) {
        toc_reading_falsify(world, tank, TOC_READ_ON_SCREEN, view->falsehood, 0);
    }
    if (view->by_controls) {
        toc_reading_falsify(world, tank, TOC_READ_BY_CONTROLS, view->falsehood, 0);
    }
}

/* Ends a cause, and with a false state every lie about the level of the tank. */
static bool put_an_end(toc_world *world, const struct end *end, uint32_t element) {
    static const struct view truth = {"", true, true, TOC_READ_TRULY};
    bool lies = end->cause == TOC_CAUSE_FALSIFIED && has_lie(world, element);
    if (lies) {
        look(world, &truth, element);
    }
    return toc_world_clear(world, element, end->cause) || lies;
}

/* A tank of which nothing is said is shown at its level of now; one of which only a state is shown
   has its level told truly. */
static bool falsify(toc_world *world, uint32_t element, const toc_pretence *pretence) {
    uint32_t tank = tank_of(world, element);
    toc_operation shown = pretence->is_state ? pretence->shown : toc_sight_shown(world, element);
    bool changed = toc_sight_falsify(world, element, shown);
    if (tank != TOC_INDEX_NONE && (pretence->is_level || !pretence->is_state)) {
        toc_reading_falsify(world, tank, TOC_READ_ON_SCREEN,
                            pretence->is_level ? TOC_READ_CONSTANT : TOC_READ_FROZEN,
                            pretence->level_mm);
        changed = true;
    }
    return changed;
}

bool toc_effect_apply(toc_world *world, const char *name, uint32_t element,
                      const toc_pretence *pretence) {
    const struct view *view = find_view(name);
    const struct end *end = find_end(name);
    toc_cause cause = toc_effect_cause(name);
    if (end != NULL) {
        return put_an_end(world, end, element);
    }
    if (view != NULL) {
        look(world, view, element);
        return true;
    }
    TOC_ASSERT(cause != TOC_CAUSES);
    return cause == TOC_CAUSE_FALSIFIED ? falsify(world, element, pretence)
                                        : toc_world_fail(world, element, cause);
}
