/* Variate: distributions as values, and counts of draws. */
#include "script/variate.h"

#include <string.h>

#include "kernel/assert.h"
#include "kernel/names.h"
#include "script/binder.h"
#include "script/describe.h"

enum { LONGEST_PURPOSE = 60, MOST_PURPOSES = 65536 };

enum distribution { EXPONENTIAL, LOGNORMAL, TRIANGULAR, UNIFORM };

struct variate {
    enum distribution distribution;
    toc_time first, second, third;
    double sigma;
    uint32_t purpose; /* key of its name */
    /* Exponential times drawn ahead, for an entity that has asked twice in a row: those of the
       occurrences up to before `row_end`. */
    uint32_t row_entity, row_end, last;
    toc_time row[TOC_CHANCE_BATCH];
};

struct count {
    uint32_t entity, purpose, next;
};

/* Draws so far, found by entity and purpose in an open hash table (order plays no part). */
struct counts {
    uint32_t used, capacity;
    struct count *slots;
    uint32_t own;      /* key of the host's name */
    const void *class; /* the metatable of distributions: they are known by it */
};

static const char counts_key = 0, variate_key = 0;

static struct count *find_count(const struct counts *counts, uint32_t entity, uint32_t purpose) {
    uint32_t mask = counts->capacity - 1;
    uint32_t at = (entity * UINT32_C(2654435761) ^ purpose) & mask;
    while (counts->slots[at].next != 0 &&
           (counts->slots[at].entity != entity || counts->slots[at].purpose != purpose)) {
        at = (at + 1) & mask;
    }
    return &counts->slots[at];
}

static void widen(struct counts *counts, toc_arena *arena) {
    struct counts wider = *counts;
    wider.capacity = counts->capacity == 0 ? 64 : counts->capacity * 2;
    wider.slots = toc_arena_alloc(arena, wider.capacity * sizeof *wider.slots);
    for (uint32_t i = 0; i < counts->capacity; i++) {
        const struct count *old = &counts->slots[i];
        if (old->next != 0) {
            *find_count(&wider, old->entity, old->purpose) = *old;
        }
    }
    *counts = wider;
}

static struct counts *counts_of(lua_State *lua) {
    struct counts *counts = toc_host_get(lua, &counts_key);
    TOC_ASSERT(counts != NULL);
    return counts;
}

static toc_draw next_draw(lua_State *lua, struct counts *counts, uint32_t entity,
                          uint32_t purpose) {
    if (entity == 0) {
        entity = counts->own;
    }
    if (counts->used * 2 >= counts->capacity) {
        widen(counts, toc_host_arena(toc_host_of(lua)));
    }
    struct count *count = find_count(counts, entity, purpose);
    if (count->next == 0) {
        if (counts->used == MOST_PURPOSES) {
            toc_host_error(lua,
                           "more than %d different names of draws; a name says what is drawn, "
                           "it need not differ from draw to draw",
                           MOST_PURPOSES);
        }
        counts->used++;
        *count = (struct count){.entity = entity, .purpose = purpose};
    }
    return (toc_draw){.entity = entity, .purpose = purpose, .occurrence = count->next++ + 1};
}

toc_draw toc_variate_next(lua_State *lua, uint32_t entity, const char *purpose) {
    toc_draw draw = next_draw(lua, counts_of(lua), entity, toc_chance_key(purpose));
    toc_host_charge(lua, 30);
    return draw;
}

static const char *purpose_at(lua_State *lua, int argument) {
    const char *purpose = toc_binder_text(lua, argument, "the name of a draw");
    if (*purpose == '\0' || strlen(purpose) > LONGEST_PURPOSE) {
        toc_host_error(lua, "the name of a draw has 1 to %d bytes", LONGEST_PURPOSE);
    }
    return purpose;
}

static int push(lua_State *lua, const struct variate *variate) {
    struct variate *made = lua_newuserdatauv(lua, sizeof *made, 0);
    *made = *variate;
    made->purpose = toc_chance_key(purpose_at(lua, 1));
    lua_rawgetp(lua, LUA_REGISTRYINDEX, &variate_key);
    lua_setmetatable(lua, -2);
    return 1;
}

static int make_exponential(lua_State *lua) {
    struct variate variate = {.distribution = EXPONENTIAL};
    (void)purpose_at(lua, 1);
    variate.first = toc_binder_time(lua, 2, "the mean");
    return push(lua, &variate);
}

static int make_lognormal(lua_State *lua) {
    struct variate variate = {.distribution = LOGNORMAL, .sigma = 0.5};
    (void)purpose_at(lua, 1);
    variate.first = toc_binder_time(lua, 2, "the median");
    if (!lua_isnoneornil(lua, 3)) {
        variate.sigma = toc_binder_number(lua, 3, "sigma");
    }
    if (variate.sigma < 0 || variate.sigma > 10) {
        toc_host_error(lua, "sigma: expected a number from 0 to 10, found %.14g", variate.sigma);
    }
    return push(lua, &variate);
}

static int make_triangular(lua_State *lua) {
    struct variate variate = {.distribution = TRIANGULAR};
    (void)purpose_at(lua, 1);
    variate.first = toc_binder_time(lua, 2, "the shortest time");
    variate.second = toc_binder_time(lua, 3, "the likeliest time");
    variate.third = toc_binder_time(lua, 4, "the longest time");
    if (variate.first > variate.second || variate.second > variate.third) {
        toc_host_error(lua, "a triangular draw takes its times in order: shortest, likeliest, "
                            "longest");
    }
    return push(lua, &variate);
}

static int make_uniform(lua_State *lua) {
    struct variate variate = {.distribution = UNIFORM};
    (void)purpose_at(lua, 1);
    variate.first = toc_binder_time(lua, 2, "the shortest time");
    variate.second = toc_binder_time(lua, 3, "the longest time");
    if (variate.first > variate.second) {
        toc_host_error(lua, "a uniform draw takes the shortest time first");
    }
    return push(lua, &variate);
}

static struct variate *variate_at(lua_State *lua, int index, const void *class) {
    struct variate *variate = lua_touserdata(lua, index);
    if (variate == NULL || !lua_getmetatable(lua, index)) {
        return NULL;
    }
    bool is_variate = lua_topointer(lua, -1) == class;
    lua_pop(lua, 1);
    return is_variate ? variate : NULL;
}

static toc_time exponential(const toc_chance *chance, struct variate *variate, toc_draw draw) {
    uint32_t left = variate->row_end - draw.occurrence;
    if (left - 1 < TOC_CHANCE_BATCH && variate->row_entity == draw.entity) {
        return variate->row[TOC_CHANCE_BATCH - left];
    }
    bool again = variate->row_entity == draw.entity && variate->last + 1 == draw.occurrence;
    variate->row_entity = draw.entity;
    variate->last = draw.occurrence;
    if (!again) {
        variate->row_end = draw.occurrence;
        return toc_chance_exponential(chance, draw, variate->first);
    }
    toc_chance_exponentials(chance, draw, variate->first, variate->row);
    variate->row_end = draw.occurrence + TOC_CHANCE_BATCH;
    variate->last = variate->row_end - 1;
    return variate->row[0];
}

toc_time toc_variate_time(lua_State *lua, int argument, const char *what, uint32_t entity) {
    if (lua_isinteger(lua, argument)) {
        return toc_binder_time(lua, argument, what);
    }
    struct counts *counts = counts_of(lua);
    struct variate *variate = variate_at(lua, argument, counts->class);
    if (variate == NULL) {
        return toc_binder_time(lua, argument, what);
    }
    const toc_chance *chance = &toc_host_options_of(toc_host_of(lua))->chance;
    toc_draw draw = next_draw(lua, counts, entity, variate->purpose);
    toc_host_charge(lua, 60);
    switch (variate->distribution) {
    case EXPONENTIAL:
        return exponential(chance, variate, draw);
    case LOGNORMAL:
        return toc_chance_lognormal(chance, draw, variate->first, variate->sigma);
    case TRIANGULAR:
        return toc_chance_triangular(chance, draw, variate->first, variate->second, variate->third);
    case UNIFORM:
        break;
    }
    return toc_chance_between(chance, draw, variate->first, variate->second);
}

static int draw_integer(lua_State *lua) {
    const char *purpose = purpose_at(lua, 1);
    int64_t low = toc_binder_integer(lua, 2, "the lowest number", INT64_MIN, INT64_MAX);
    int64_t high = toc_binder_integer(lua, 3, "the highest number", low, INT64_MAX);
    const toc_chance *chance = &toc_host_options_of(toc_host_of(lua))->chance;
    lua_pushinteger(lua, toc_chance_between(chance, toc_variate_next(lua, 0, purpose), low, high));
    return 1;
}

static int draw_happens(lua_State *lua) {
    const char *purpose = purpose_at(lua, 1);
    double share = toc_binder_number(lua, 2, "the chance");
    if (share < 0 || share > 1) {
        toc_host_error(lua, "the chance: expected a number from 0 to 1, found %.14g", share);
    }
    const toc_chance *chance = &toc_host_options_of(toc_host_of(lua))->chance;
    lua_pushboolean(lua, toc_chance_happens(chance, toc_variate_next(lua, 0, purpose),
                                            (int64_t)(share * 1e6 + 0.5)));
    return 1;
}

static const toc_binding rows[] = {
    {"exponential", make_exponential, false, "t.exponential(name: string, mean: time) -> variate",
     "A time drawn when it is waited for: exponential, as between independent events."},
    {"lognormal", make_lognormal, false,
     "t.lognormal(name: string, median: time, sigma?: number) -> variate",
     "A time drawn when it is waited for: lognormal, as work takes; sigma is 0.5 if not said."},
    {"triangular", make_triangular, false,
     "t.triangular(name: string, shortest: time, likeliest: time, longest: time) -> variate",
     "A time drawn when it is waited for: triangular, as experts estimate."},
    {"uniform", make_uniform, false,
     "t.uniform(name: string, shortest: time, longest: time) -> variate",
     "A time drawn when it is waited for: any between the two, equally likely."},
    {"between", draw_integer, false,
     "t.between(name: string, low: integer, high: integer) -> integer",
     "A whole number drawn now; both ends may come."},
    {"happens", draw_happens, false, "t.happens(name: string, chance: number) -> boolean",
     "Drawn now: true with this chance, 0 to 1."},
};

static const toc_bound_class functions = {
    "t", "Chance. A draw is a function of seed, script, name and how often that name was drawn.",
    rows, sizeof rows / sizeof *rows};

static int make_metatable(lua_State *lua) {
    struct counts *counts = lua_touserdata(lua, 1);
    lua_createtable(lua, 0, 1);
    lua_pushboolean(lua, false);
    lua_setfield(lua, -2, "__metatable");
    counts->class = lua_topointer(lua, -1);
    lua_rawsetp(lua, LUA_REGISTRYINDEX, &variate_key);
    return 0;
}

void toc_variate_install(toc_host *host) {
    struct counts *counts = toc_arena_alloc(toc_host_arena(host), sizeof *counts);
    counts->own = toc_chance_key(toc_host_options_of(host)->name);
    toc_host_set(host, &counts_key, counts);
    (void)toc_host_protect(host, make_metatable, counts, 0);
    toc_binder_module(host, "tocsin.core", &functions);
}
