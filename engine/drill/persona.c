#include "drill/persona.h"

#include <string.h>

#include "drill/bindings.h"
#include "drill/fact.h"
#include "drill/message.h"
#include "drill/spec.h"
#include "kernel/assert.h"

struct persona {
    toc_persona facts;
    uint32_t busy;   /* requests being attended to */
    uint32_t begun;  /* requests taken up so far, in order */
    uint32_t number; /* requests received */
};

struct request {
    toc_persona_request facts;
    uint32_t number; /* among the persona's, from 0 */
};

static struct persona *persona_of(const toc_drill *drill, uint32_t number) {
    TOC_ASSERT(number < drill->personas.count);
    return TOC_LIST_AT(struct persona, &drill->personas, number);
}

static struct request *request_of(const toc_drill *drill, uint64_t number) {
    TOC_ASSERT(number < drill->requests.count);
    return TOC_LIST_AT(struct request, &drill->requests, number);
}

const toc_persona *toc_persona_at(const toc_drill *drill, uint32_t persona) {
    return &persona_of(drill, persona)->facts;
}

const toc_persona_request *toc_persona_request_at(const toc_drill *drill, uint32_t request) {
    return &request_of(drill, request)->facts;
}

uint32_t toc_persona_find(const toc_drill *drill, const char *id) {
    for (uint32_t i = 0; i < drill->personas.count; i++) {
        if (strcmp(persona_of(drill, i)->facts.id, id) == 0) {
            return i;
        }
    }
    return TOC_INDEX_NONE;
}

const char *toc_persona_nearest(const toc_drill *drill, const char *id) {
    const char *ids[256];
    uint32_t count = drill->personas.count < 256 ? drill->personas.count : 256;
    for (uint32_t i = 0; i < count; i++) {
        ids[i] = persona_of(drill, i)->facts.id;
    }
    return toc_names_nearest_of(ids, count, id);
}

bool toc_persona_add(toc_drill *drill, const toc_persona *persona) {
    if (toc_persona_find(drill, persona->id) != TOC_INDEX_NONE) {
        return false;
    }
    *(struct persona *)toc_list_add(&drill->personas, sizeof(struct persona)) =
        (struct persona){.facts = *persona};
    return true;
}

static void answer(void *object, uint64_t argument);

/* Takes up the oldest request that waits, if there is a hand free. */
static void attend(toc_drill *drill, uint32_t number) {
    struct persona *persona = persona_of(drill, number);
    for (uint32_t i = 0; i < drill->requests.count && persona->busy < persona->facts.capacity;
         i++) {
        struct request *request = request_of(drill, i);
        if (request->facts.persona != number || request->number != persona->begun) {
            continue;
        }
        toc_chance chance = {drill->options.seed, drill->options.replication};
        uint32_t who = toc_chance_key(persona->facts.id);
        toc_draw takes = {who, toc_chance_key("answers after"), request->number};
        toc_draw helps = {who, toc_chance_key("can help"), request->number};
        toc_time delay = toc_chance_lognormal(&chance, takes, persona->facts.delay,
                                              (double)persona->facts.spread / 1e6);
        request->facts.helped = toc_chance_happens(&chance, helps, persona->facts.competence_ppm);
        persona->busy++;
        persona->begun++;
        (void)toc_calendar_schedule(drill->calendar, toc_calendar_now(drill->calendar) + delay,
                                    TOC_SENSOR, answer, drill, i);
    }
}

void toc_persona_hear(toc_drill *drill, uint32_t number, uint32_t seat, const char *channel,
                      const char *text) {
    struct persona *persona = persona_of(drill, number);
    toc_trace_put(drill, TOC_TRACE_MESSAGE, persona->facts.id,
                  toc_names_at(drill->seat_names, seat), channel, text, 0, 0);
    *(struct request *)toc_list_add(&drill->requests, sizeof(struct request)) = (struct request){
        .facts = {.persona = number, .seat = seat, .text = toc_arena_text(drill->arena, text)},
        .number = persona->number++};
    attend(drill, number);
}

void toc_persona_reply(toc_drill *drill, uint32_t number, const char *text) {
    toc_persona_request request = request_of(drill, number)->facts;
    const toc_persona *persona = toc_persona_at(drill, request.persona);
    if (text[0] != '\0') {
        (void)toc_message_send(drill, persona->name, request.seat, persona->channel, text);
    }
}

static void answer(void *object, uint64_t number) {
    toc_drill *drill = object;
    toc_persona_request request = request_of(drill, number)->facts;
    struct persona *persona = persona_of(drill, request.persona);
    persona->busy--;
    if (persona->facts.function != TOC_SPEC_NOTHING) {
        toc_bind_persona_answer(drill, (uint32_t)number);
    } else {
        toc_persona_reply(drill, (uint32_t)number,
                          request.helped ? persona->facts.answer : persona->facts.unable);
    }
    attend(drill, request.persona);
}

void toc_persona_facts(toc_drill *drill) {
    for (uint32_t i = 0; i < drill->personas.count; i++) {
        const toc_persona *persona = toc_persona_at(drill, i);
        toc_fact_put(drill, "persona", persona->id, persona->name, persona->about, 0);
    }
}

void toc_persona_digest(const toc_drill *drill, toc_digest *digest) {
    for (uint32_t i = 0; i < drill->personas.count; i++) {
        const struct persona *persona = persona_of(drill, i);
        toc_digest_text(digest, persona->facts.id);
        toc_digest_u64(digest, (uint64_t)persona->busy << 32 | persona->begun);
        toc_digest_u64(digest, persona->number);
    }
}

void toc_persona_finish(toc_drill *drill) {
    toc_list_finish(&drill->personas);
    toc_list_finish(&drill->requests);
}
