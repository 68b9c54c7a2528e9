#include "model/intrusion.h"

#include "kernel/arena.h"
#include "kernel/assert.h"
#include "model/hardening.h"
#include "model/network.h"
#include "model/sensor.h"
#include "model/world_state.h"

#include <stdio.h>
#include <string.h>

/* What one attacker has of one asset; tampering is nobody's in particular. */
struct hold {
    uint32_t attacker, asset; /* attacker TOC_INDEX_NONE: tampering */
    uint8_t access, begun;    /* toc_access now and at the start */
    bool implant, tampered;
    uint32_t source; /* the asset that access was last gained from, or TOC_INDEX_NONE */
    toc_time since;  /* when access was last gained */
};

struct tries {
    uint32_t attacker, weakness, count;
};

struct intrusion {
    toc_list attackers; /* const char * */
    toc_list holds;     /* struct hold */
    toc_list tries;     /* struct tries */
};

static struct intrusion *ours(toc_world *world) {
    if (world->intrusion == NULL) {
        world->intrusion = toc_arena_heap(NULL, 1, sizeof *world->intrusion);
        memset(world->intrusion, 0, sizeof *world->intrusion);
    }
    return world->intrusion;
}

const char *toc_intrusion_name(const toc_world *world, uint32_t attacker) {
    TOC_ASSERT(world->intrusion != NULL && attacker < world->intrusion->attackers.count);
    return *TOC_LIST_AT(const char *const, &world->intrusion->attackers, attacker);
}

uint32_t toc_intrusion_attacker(toc_world *world, const char *name) {
    struct intrusion *intrusion = ours(world);
    for (uint32_t i = 0; i < intrusion->attackers.count; i++) {
        if (strcmp(toc_intrusion_name(world, i), name) == 0) {
            return i;
        }
    }
    *(const char **)toc_list_add(&intrusion->attackers, sizeof(char *)) = name;
    return intrusion->attackers.count - 1;
}

/* -- What is held ------------------------------------------------------------------------------ */

static struct hold *find(const toc_world *world, uint32_t attacker, uint32_t asset) {
    TOC_ASSERT(asset < world->topology->asset_count);
    if (world->intrusion == NULL) {
        return NULL;
    }
    for (uint32_t i = 0; i < world->intrusion->holds.count; i++) {
        struct hold *hold = TOC_LIST_AT(struct hold, &world->intrusion->holds, i);
        if (hold->attacker == attacker && hold->asset == asset) {
            return hold;
        }
    }
    return NULL;
}

static struct hold *hold_at(toc_world *world, uint32_t attacker, uint32_t asset) {
    struct hold *hold = find(world, attacker, asset);
    if (hold == NULL) {
        hold = toc_list_add(&ours(world)->holds, sizeof *hold);
        *hold = (struct hold){.attacker = attacker, .asset = asset, .source = TOC_INDEX_NONE};
    }
    return hold;
}

static void tell(toc_world *world, toc_change_kind kind, const struct hold *hold, int64_t before,
                 int64_t after) {
    struct hold told = *hold; /* whoever is told may add holds and so move them */
    toc_world_tell(world, (toc_change){kind, told.asset, told.attacker, before, after});
    if (told.attacker != TOC_INDEX_NONE) {
        toc_sensor_presence(world, told.attacker, told.asset);
    }
}

void toc_intrusion_begin_at(toc_world *world, uint32_t attacker, uint32_t asset) {
    struct hold *hold = hold_at(world, attacker, asset);
    TOC_ASSERT(attacker < world->intrusion->attackers.count);
    hold->access = hold->begun = TOC_ACCESS_ADMIN;
    toc_sensor_presence(world, attacker, asset);
}

toc_access toc_intrusion_access(const toc_world *world, uint32_t attacker, uint32_t asset) {
    const struct hold *hold = find(world, attacker, asset);
    return hold == NULL ? TOC_ACCESS_NONE : (toc_access)hold->access;
}

bool toc_intrusion_has_implant(const toc_world *world, uint32_t attacker, uint32_t asset) {
    const struct hold *hold = find(world, attacker, asset);
    return hold != NULL && hold->implant;
}

bool toc_intrusion_held(const toc_world *world, uint32_t attacker, uint32_t *place,
                        uint32_t *out_asset) {
    while (world->intrusion != NULL && *place < world->intrusion->holds.count) {
        const struct hold *hold =
            TOC_LIST_AT(const struct hold, &world->intrusion->holds, (*place)++);
        if (hold->attacker == attacker && hold->access != TOC_ACCESS_NONE) {
            *out_asset = hold->asset;
            return true;
        }
    }
    return false;
}

bool toc_intrusion_is_implanted(const toc_world *world, uint32_t asset) {
    for (uint32_t i = 0; world->intrusion != NULL && i < world->intrusion->holds.count; i++) {
        const struct hold *hold = TOC_LIST_AT(const struct hold, &world->intrusion->holds, i);
        if (hold->asset == asset && hold->implant) {
            return true;
        }
    }
    return false;
}

bool toc_intrusion_is_tampered(const toc_world *world, uint32_t asset) {
    const struct hold *hold = find(world, TOC_INDEX_NONE, asset);
    return hold != NULL && hold->tampered;
}

bool toc_intrusion_grant(toc_world *world, uint32_t attacker, uint32_t asset, toc_access access) {
    (void)toc_intrusion_name(world, attacker);
    if (toc_intrusion_access(world, attacker, asset) >= access) {
        return false;
    }
    struct hold *hold = hold_at(world, attacker, asset);
    int64_t before = hold->access;
    hold->access = (uint8_t)access;
    hold->since = toc_calendar_now(world->calendar);
    tell(world, TOC_CHANGE_ACCESS, hold, before, access);
    return true;
}

bool toc_intrusion_enter(toc_world *world, uint32_t attacker, uint32_t asset, toc_access access,
                         uint32_t source) {
    if (source != asset) {
        hold_at(world, attacker, asset)->source = source;
    }
    return toc_intrusion_grant(world, attacker, asset, access);
}

bool toc_intrusion_implant(toc_world *world, uint32_t attacker, uint32_t asset) {
    (void)toc_intrusion_name(world, attacker);
    struct hold *hold = hold_at(world, attacker, asset);
    if (hold->implant) {
        return false;
    }
    hold->implant = true;
    tell(world, TOC_CHANGE_IMPLANT, hold, 0, 1);
    return true;
}

bool toc_intrusion_tamper(toc_world *world, uint32_t asset) {
    struct hold *hold = hold_at(world, TOC_INDEX_NONE, asset);
    if (hold->tampered) {
        return false;
    }
    hold->tampered = true;
    tell(world, TOC_CHANGE_INTEGRITY, hold, 0, 1);
    return true;
}

bool toc_intrusion_untamper(toc_world *world, uint32_t asset) {
    struct hold *hold = find(world, TOC_INDEX_NONE, asset);
    if (hold == NULL || !hold->tampered) {
        return false;
    }
    hold->tampered = false;
    tell(world, TOC_CHANGE_INTEGRITY, hold, 1, 0);
    return true;
}

/* Takes the access of a hold away unless an implant keeps it. */
static bool expel(toc_world *world, struct hold *held) {
    struct hold before = *held;
    if (before.access == TOC_ACCESS_NONE || before.implant) {
        return false;
    }
    held->access = TOC_ACCESS_NONE;
    tell(world, TOC_CHANGE_ACCESS, &before, before.access, TOC_ACCESS_NONE);
    return true;
}

bool toc_intrusion_expel(toc_world *world, uint32_t asset) {
    bool changed = false;
    for (uint32_t i = 0; world->intrusion != NULL && i < world->intrusion->holds.count; i++) {
        struct hold *held = TOC_LIST_AT(struct hold, &world->intrusion->holds, i);
        changed = (held->asset == asset && expel(world, held)) || changed;
    }
    return changed;
}

bool toc_intrusion_expel_from(toc_world *world, uint32_t asset) {
    bool changed = false;
    for (uint32_t i = 0; world->intrusion != NULL && i < world->intrusion->holds.count; i++) {
        struct hold *held = TOC_LIST_AT(struct hold, &world->intrusion->holds, i);
        bool came_from_there = held->source == asset && held->asset != asset;
        changed = (came_from_there && expel(world, held)) || changed;
    }
    return changed;
}

bool toc_intrusion_is_present(const toc_world *world, uint32_t asset) {
    for (uint32_t i = 0; world->intrusion != NULL && i < world->intrusion->holds.count; i++) {
        const struct hold *hold = TOC_LIST_AT(const struct hold, &world->intrusion->holds, i);
        if (hold->asset == asset && (hold->access != TOC_ACCESS_NONE || hold->implant)) {
            return true;
        }
    }
    return false;
}

bool toc_intrusion_next(const toc_world *world, uint32_t asset, uint32_t *place,
                        toc_intruder *out_intruder) {
    while (world->intrusion != NULL && *place < world->intrusion->holds.count) {
        const struct hold *hold =
            TOC_LIST_AT(const struct hold, &world->intrusion->holds, (*place)++);
        if (hold->asset == asset && hold->access != TOC_ACCESS_NONE) {
            *out_intruder =
                (toc_intruder){hold->attacker, hold->source, (toc_access)hold->access, hold->since};
            return true;
        }
    }
    return false;
}

bool toc_intrusion_cleanse(toc_world *world, uint32_t asset) {
    bool changed = false;
    for (uint32_t i = 0; world->intrusion != NULL && i < world->intrusion->holds.count; i++) {
        struct hold *held = TOC_LIST_AT(struct hold, &world->intrusion->holds, i);
        struct hold before = *held;
        if (before.asset != asset || (before.access == 0 && !before.implant && !before.tampered)) {
            continue;
        }
        held->access = TOC_ACCESS_NONE;
        held->implant = held->tampered = false;
        changed = true;
        /* `before`, because whoever is told may add holds and so move them */
        if (before.access != TOC_ACCESS_NONE) {
            tell(world, TOC_CHANGE_ACCESS, &before, before.access, TOC_ACCESS_NONE);
        }
        if (before.implant) {
            tell(world, TOC_CHANGE_IMPLANT, &before, 1, 0);
        }
        if (before.tampered) {
            tell(world, TOC_CHANGE_INTEGRITY, &before, 1, 0);
        }
    }
    return changed;
}

/* -- Attempts ---------------------------------------------------------------------------------- */

/* A draw of this attacker at that weakness, keyed by their names. */
static toc_draw draw_of(const toc_world *world, uint32_t attacker, uint32_t weakness,
                        const char *what) {
    const toc_weakness *facts = &world->topology->weaknesses[weakness];
    char purpose[1024];
    (void)snprintf(purpose, sizeof purpose, "%s %s of %s", what, facts->id,
                   world->topology->assets[facts->asset].id);
    return (toc_draw){toc_chance_key(toc_intrusion_name(world, attacker)), toc_chance_key(purpose),
                      0};
}

bool toc_intrusion_is_feasible(const toc_world *world, uint32_t attacker, uint32_t weakness) {
    TOC_ASSERT(weakness < world->topology->weakness_count);
    return toc_chance_happens(&world->chance, draw_of(world, attacker, weakness, "can use"),
                              world->topology->weaknesses[weakness].ease_ppm);
}

/* The asset from which a session that the weakness needs passes, TOC_INDEX_NONE where none does. */
static uint32_t source_of(const toc_world *world, uint32_t attacker, uint32_t weakness) {
    const toc_weakness *facts = &world->topology->weaknesses[weakness];
    if (facts->from != TOC_ACCESS_NONE ||
        toc_intrusion_access(world, attacker, facts->asset) != TOC_ACCESS_NONE) {
        return toc_network_is_isolated(world, facts->asset) ? TOC_INDEX_NONE : facts->asset;
    }
    for (uint32_t i = 0; i < world->intrusion->holds.count; i++) {
        const struct hold *hold = TOC_LIST_AT(const struct hold, &world->intrusion->holds, i);
        toc_passage passage = {hold->asset, facts->asset, facts->protocol};
        if (hold->attacker == attacker && hold->access != TOC_ACCESS_NONE &&
            !toc_hardening_is_distrusted(world, hold->asset) &&
            toc_network_passes(world, passage)) {
            return hold->asset;
        }
    }
    return TOC_INDEX_NONE;
}

bool toc_intrusion_reaches(const toc_world *world, uint32_t attacker, uint32_t weakness) {
    return source_of(world, attacker, weakness) != TOC_INDEX_NONE;
}

/* How many attempts there were before this one. */
static uint32_t count_try(toc_world *world, toc_attempt attempt) {
    toc_list *list = &ours(world)->tries;
    for (uint32_t i = 0; i < list->count; i++) {
        struct tries *tries = TOC_LIST_AT(struct tries, list, i);
        if (tries->attacker == attempt.attacker && tries->weakness == attempt.weakness) {
            return tries->count++;
        }
    }
    *(struct tries *)toc_list_add(list, sizeof(struct tries)) =
        (struct tries){attempt.attacker, attempt.weakness, 1};
    return 0;
}

toc_obstacle toc_intrusion_attempt(toc_world *world, toc_attempt attempt) {
    TOC_ASSERT(attempt.weakness < world->topology->weakness_count);
    const toc_weakness *weakness = &world->topology->weaknesses[attempt.weakness];
    toc_draw luck = draw_of(world, attempt.attacker, attempt.weakness, "tries");
    luck.occurrence = count_try(world, attempt);
    if (toc_intrusion_access(world, attempt.attacker, weakness->asset) < weakness->from) {
        return TOC_OBSTACLE_ACCESS;
    }
    uint32_t source = source_of(world, attempt.attacker, attempt.weakness);
    if (source == TOC_INDEX_NONE) {
        return TOC_OBSTACLE_REACH;
    }
    if (toc_hardening_closure(world, attempt.weakness) != TOC_CLOSURE_NONE) {
        return TOC_OBSTACLE_CLOSED;
    }
    if (!toc_intrusion_is_feasible(world, attempt.attacker, attempt.weakness)) {
        return TOC_OBSTACLE_IMMUNE;
    }
    if (!toc_chance_happens(&world->chance, luck, attempt.success_ppm)) {
        return TOC_OBSTACLE_LUCK;
    }
    (void)toc_intrusion_enter(world, attempt.attacker, weakness->asset, (toc_access)weakness->gives,
                              source);
    return TOC_OBSTACLE_NONE;
}

/* -- Whole ------------------------------------------------------------------------------------- */

/* What is as it was at the start stays out of it, so that worlds without intrusions are as ever. */
void toc_intrusion_digest(const toc_world *world, toc_digest *digest) {
    for (uint32_t i = 0; world->intrusion != NULL && i < world->intrusion->holds.count; i++) {
        const struct hold *hold = TOC_LIST_AT(const struct hold, &world->intrusion->holds, i);
        if (hold->access != hold->begun || hold->implant || hold->tampered) {
            toc_digest_u64(digest, (uint64_t)hold->attacker << 32 | hold->asset);
            toc_digest_u64(digest, (uint64_t)hold->access << 2 | (uint64_t)hold->implant << 1 |
                                       (uint64_t)hold->tampered);
        }
    }
    for (uint32_t i = 0; world->intrusion != NULL && i < world->intrusion->tries.count; i++) {
        const struct tries *tries = TOC_LIST_AT(const struct tries, &world->intrusion->tries, i);
        toc_digest_u64(digest, (uint64_t)tries->attacker << 32 | tries->weakness);
        toc_digest_u64(digest, tries->count);
    }
}

void toc_intrusion_finish(toc_world *world) {
    if (world->intrusion != NULL) {
        toc_list_finish(&world->intrusion->attackers);
        toc_list_finish(&world->intrusion->holds);
        toc_list_finish(&world->intrusion->tries);
        toc_arena_heap_free(world->intrusion);
        world->intrusion = NULL;
    }
}
