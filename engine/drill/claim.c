#include "drill/claim.h"

#include <inttypes.h>
#include <stdio.h>

#include "kernel/arena.h"
#include "kernel/assert.h"

static const char claims_key = 0;

static const char *find(void *object, const char *path, size_t *size) {
    const toc_claims *claims = object;
    toc_package_file file;
    if (!toc_package_find(claims->package, path, &file)) {
        return NULL;
    }
    *size = file.size;
    return file.bytes;
}

static const char *shown(void *object, const char *path) {
    const toc_claims *claims = object;
    return toc_package_shown(claims->package, path);
}

toc_claims *toc_claim_of(lua_State *lua) {
    toc_claims *claims = toc_host_get(lua, &claims_key);
    TOC_ASSERT(claims != NULL);
    return claims;
}

/* What a claim says is complete when the file has run. */
static toc_status finish_texts(toc_claims *claims, toc_problems *problems) {
    toc_status status = TOC_OK;
    for (uint32_t i = 0; i < claims->items.count; i++) {
        toc_claim *claim = TOC_LIST_AT(toc_claim, &claims->items, i);
        if (claim->event == TOC_CLAIM_EVENTS) {
            status = toc_problems_error(problems, claim->place,
                                        "nothing is expected of '%.60s'; write "
                                        "expect(...):fires(), :is_met() and the like",
                                        claim->id);
        } else {
            claim->text = toc_claim_describe(claims->arena, claim);
        }
    }
    return status;
}

static bool stop(void *object) {
    toc_claims *claims = object;
    return toc_patience_is_over(&claims->patience, claims->package, 0);
}

toc_status toc_claim_read(const toc_package *package, toc_problems *problems,
                          toc_claims **out_claims) {
    toc_arena *arena = toc_arena_create();
    toc_claims *claims = toc_arena_alloc(arena, sizeof *claims);
    toc_package_file file;
    toc_status status = TOC_OK;
    *claims = (toc_claims){.arena = arena, .package = package};
    if (toc_package_find(package, TOC_CLAIM_FILE, &file)) {
        toc_host_options options = {.name = "expectations",
                                    .find = find,
                                    .object = claims,
                                    .shown_path = shown,
                                    .stop = stop};
        claims->host = toc_host_create(&options, problems);
        status = claims->host == NULL ? TOC_SYSTEM_FAULT : TOC_OK;
    }
    if (status == TOC_OK && claims->host != NULL) {
        toc_host_set(claims->host, &claims_key, claims);
        toc_bind_claim_install(claims->host);
        status = toc_host_load(claims->host, TOC_CLAIM_FILE, problems);
    }
    if (status == TOC_OK) {
        status = finish_texts(claims, problems);
    }
    if (status != TOC_OK) {
        toc_claim_free(claims);
        return status;
    }
    *out_claims = claims;
    return TOC_OK;
}

void toc_claim_free(toc_claims *claims) {
    if (claims == NULL) {
        return;
    }
    toc_host_destroy(claims->host);
    toc_list_finish(&claims->items);
    toc_arena_destroy(claims->arena);
}

size_t toc_claim_count(const toc_claims *claims) {
    return claims->items.count;
}

const toc_claim *toc_claim_at(const toc_claims *claims, size_t index) {
    return TOC_LIST_AT(toc_claim, &claims->items, index);
}

/* -- In words -----------------------------------------------------------------------------------
 */

/* "1 h 20 min", "40 min", "1.5 s". */
static const char *span(toc_time time, char buffer[48]) {
    if (time % TOC_MINUTE != 0 || time == 0) {
        (void)snprintf(buffer, 48, "%.6g s", (double)time / (double)TOC_SECOND);
    } else if (time < TOC_HOUR) {
        (void)snprintf(buffer, 48, "%" PRId64 " min", time / TOC_MINUTE);
    } else if (time % TOC_HOUR == 0) {
        (void)snprintf(buffer, 48, "%" PRId64 " h", time / TOC_HOUR);
    } else {
        (void)snprintf(buffer, 48, "%" PRId64 " h %" PRId64 " min", time / TOC_HOUR,
                       time % TOC_HOUR / TOC_MINUTE);
    }
    return buffer;
}

static const char *describe_time(toc_arena *arena, const toc_claim *claim) {
    char from[48], until[48];
    if (claim->from == 0 && claim->until == TOC_NEVER) {
        return "";
    }
    if (claim->from == 0) {
        return toc_arena_format(arena, " before %s", span(claim->until, until));
    }
    if (claim->until == TOC_NEVER) {
        return toc_arena_format(arena, " after %s", span(claim->from, from));
    }
    return toc_arena_format(arena, " between %s and %s", span(claim->from, from),
                            span(claim->until, until));
}

const char *toc_claim_describe(toc_arena *arena, const toc_claim *claim) {
    static const struct {
        const char *noun, *does, *never;
    } words[TOC_CLAIM_EVENTS] = {
        [TOC_CLAIM_INJECT_FIRES] = {"inject ", "fires", "never fires"},
        [TOC_CLAIM_OBJECTIVE_MET] = {"objective ", "is met", "is never met"},
        [TOC_CLAIM_OBJECTIVE_MISSED] = {"objective ", "is missed", "is never missed"},
        [TOC_CLAIM_DUTY_BEGINS] = {"duty ", "begins", "never begins"},
        [TOC_CLAIM_DUTY_IN_TIME] = {"duty ", "is done in time", "is never done in time"},
        [TOC_CLAIM_SERVICE_BELOW] = {"service ", "falls below", "never falls below"},
        [TOC_CLAIM_SERVICE_WHOLE] = {"service ", "is whole", "is not whole at the end"},
        [TOC_CLAIM_ACTION_DONE] = {"action ", "is done", "is never done"},
        [TOC_CLAIM_MARK_REACHED] = {"mark ", "is reached", "is never reached"},
        [TOC_CLAIM_DECISION_MADE] = {"decision ", "is made", "is never made"},
        [TOC_CLAIM_DRILL_ENDS] = {"the drill", "ends", "does not end"}};
    const char *text = toc_arena_format(arena, "%s%s%s%s%s%s", words[claim->event].noun, claim->id,
                                        claim->by[0] != '\0' ? " of " : "", claim->by,
                                        claim->on[0] == '\0'                      ? ""
                                        : claim->event == TOC_CLAIM_DECISION_MADE ? " for "
                                                                                  : " on ",
                                        claim->on);
    text = toc_arena_format(arena, "%s %s", text,
                            claim->never ? words[claim->event].never : words[claim->event].does);
    if (claim->event == TOC_CLAIM_SERVICE_BELOW) {
        text = toc_arena_format(arena, "%s %.6g %%", text, (double)claim->level_ppm / 1e4);
    }
    return toc_arena_format(arena, "%s%s", text, describe_time(arena, claim));
}
