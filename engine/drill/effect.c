#include "drill/effect.h"

#include <string.h>

#include "kernel/assert.h"
#include "model/reading.h"

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

static const char *const view_names[] = {
#define TOC_VIEW_EFFECT(name, on_screen, by_controls, falsehood) name,
#include "drill/effect.def"
#undef TOC_VIEW_EFFECT
};

enum { VIEWS = sizeof views / sizeof *views };

const char *const *toc_effect_views(size_t *out_count) {
    *out_count = VIEWS;
    return view_names;
}

static const struct view *find_view(const char *name) {
    for (size_t i = 0; i < VIEWS; i++) {
        if (strcmp(views[i].name, name) == 0) {
            return &views[i];
        }
    }
    return NULL;
}

bool toc_effect_is_view(const char *name) {
    return find_view(name) != NULL;
}

static uint32_t tank_of(const toc_world *world, uint32_t element) {
    const toc_topology *topology = toc_world_topology(world);
    for (uint32_t i = 0; i < topology->tank_count; i++) {
        if (topology->tanks[i].asset == element) {
            return i;
        }
    }
    return TOC_INDEX_NONE;
}

bool toc_effect_has_view(const toc_world *world, uint32_t element) {
    return tank_of(world, element) != TOC_INDEX_NONE;
}

void toc_effect_look(toc_world *world, const char *name, uint32_t element) {
    const struct view *view = find_view(name);
    uint32_t tank = tank_of(world, element);
    TOC_ASSERT(view != NULL && tank != TOC_INDEX_NONE);
    if (view->on_screen) {
        toc_reading_falsify(world, tank, TOC_READ_ON_SCREEN, view->falsehood, 0);
    }
    if (view->by_controls) {
        toc_reading_falsify(world, tank, TOC_READ_BY_CONTROLS, view->falsehood, 0);
    }
}
