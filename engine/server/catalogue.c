#include "server/catalogue.h"

#include <string.h>

#include "tocsin/pace.h"
#include "tocsin/stream.h"
#include "tocsin/topology.h"
#include "tocsin/wording.h"
#include "wire/frame_writer.h"

struct toc_catalogue {
    GHashTable *encoded; /* GPtrArray of GBytes, by what it holds */
};

/* One while it is put together. */
struct draft {
    toc_wire_message message;
    GArray *assets, *ties, *verbs, *addressees;
    GPtrArray *blocks; /* what else is owned */
};

static struct draft *begin(void) {
    struct draft *draft = g_new0(struct draft, 1);
    draft->message = toc_wire_blank(TOC_WIRE_M_CATALOGUE);
    draft->assets = g_array_new(FALSE, FALSE, sizeof(toc_wire_own));
    draft->ties = g_array_new(FALSE, FALSE, sizeof(toc_wire_tie));
    draft->verbs = g_array_new(FALSE, FALSE, sizeof(toc_wire_verb));
    draft->addressees = g_array_new(FALSE, FALSE, sizeof(toc_wire_addressee));
    draft->blocks = g_ptr_array_new_with_free_func(g_free);
    return draft;
}

static struct draft *end(struct draft *draft) {
    toc_wire_catalogue *told = &draft->message.as.catalogue;
    told->assets = (toc_wire_own_list){(const void *)draft->assets->data, draft->assets->len};
    told->ties = (toc_wire_tie_list){(const void *)draft->ties->data, draft->ties->len};
    told->verbs = (toc_wire_verb_list){(const void *)draft->verbs->data, draft->verbs->len};
    told->addressees =
        (toc_wire_addressee_list){(const void *)draft->addressees->data, draft->addressees->len};
    return draft;
}

static void discard(struct draft *draft) {
    (void)g_array_free(draft->assets, TRUE);
    (void)g_array_free(draft->ties, TRUE);
    (void)g_array_free(draft->verbs, TRUE);
    (void)g_array_free(draft->addressees, TRUE);
    (void)g_ptr_array_free(draft->blocks, TRUE);
    g_free(draft);
}

/* -- What is in it ------------------------------------------------------------------------------
 */

static const char *say(const toc_drill *drill, const char *language, const char *text) {
    return language[0] == '\0' ? text : toc_wording_in(drill, language, text);
}

static const char *owner_of(const toc_topology *topology, uint32_t asset) {
    uint32_t index = topology->assets[asset].operator_index;
    return index == TOC_INDEX_NONE ? "" : topology->operators[index].id;
}

/* `owner` NULL: of everybody. */
static bool is_told(const toc_topology *topology, uint32_t asset, const char *owner) {
    return owner == NULL || strcmp(owner, owner_of(topology, asset)) == 0;
}

static void add_tie(struct draft *draft, const char *id, const char *kind,
                    const toc_asset *const ends[2]) {
    toc_wire_tie tie;
    toc_wire_clear(TOC_WIRE_M_TIE, &tie);
    tie.id = id;
    tie.kind = kind;
    tie.from = ends[0]->id;
    tie.to = ends[1]->id;
    (void)g_array_append_val(draft->ties, tie);
}

static void add_needs(struct draft *draft, const toc_topology *topology, const char *owner) {
    for (uint32_t i = 0; i < topology->need_count; i++) {
        const toc_need *need = &topology->needs[i];
        for (uint32_t k = 0; k < need->source_count; k++) {
            uint32_t source = topology->sources[need->first_source + k];
            if (source < topology->asset_count && is_told(topology, need->asset, owner) &&
                is_told(topology, source, owner)) {
                const toc_asset *const ends[] = {&topology->assets[need->asset],
                                                 &topology->assets[source]};
                char *id = g_strdup_printf("%s<%s", ends[0]->id, ends[1]->id);
                g_ptr_array_add(draft->blocks, id);
                add_tie(draft, id, "need", ends);
            }
        }
    }
}

/* Both ends are the operator's own: what it is joined to beyond, others know. */
static void add_ties(struct draft *draft, const toc_drill *drill, const char *owner) {
    const toc_topology *topology = toc_drill_topology(drill);
    for (uint32_t i = 0; i < topology->link_count; i++) {
        const toc_link *link = &topology->links[i];
        if (link->kind != TOC_LINK_TRAFFIC && is_told(topology, link->from, owner) &&
            is_told(topology, link->to, owner)) {
            const toc_asset *const ends[] = {&topology->assets[link->from],
                                             &topology->assets[link->to]};
            add_tie(draft, link->id, toc_topology_link_kind_name(link->kind), ends);
        }
    }
    add_needs(draft, topology, owner);
}

static void add_assets(struct draft *draft, const toc_drill *drill, const char *owner,
                       const char *language) {
    const toc_topology *topology = toc_drill_topology(drill);
    for (uint32_t i = 0; i < topology->asset_count; i++) {
        const toc_asset *asset = &topology->assets[i];
        if (!is_told(topology, i, owner)) {
            continue;
        }
        toc_wire_own own;
        toc_wire_clear(TOC_WIRE_M_OWN, &own);
        own.id = asset->id;
        own.name = say(drill, language, asset->name);
        own.kind = toc_topology_kind(asset->kind)->name;
        if (asset->zone != TOC_INDEX_NONE) {
            own.zone = topology->zones[asset->zone].id;
            own.area = say(drill, language, topology->zones[asset->zone].name);
        }
        own.owner = owner_of(topology, i);
        own.x = asset->placed ? asset->x_m * INT64_C(1000) : 0; /* the map's unit is a kilometre */
        own.y = asset->placed ? asset->y_m * INT64_C(1000) : 0;
        (void)g_array_append_val(draft->assets, own);
    }
}

static toc_wire_texts words(struct draft *draft, const char *blanks) {
    char **split = g_strsplit(blanks, " ", -1);
    GPtrArray *kept = g_ptr_array_new();
    for (char **word = split; *word != NULL; word++) {
        if ((*word)[0] == '\0') {
            g_free(*word);
        } else {
            g_ptr_array_add(draft->blocks, *word);
            g_ptr_array_add(kept, *word);
        }
    }
    g_free(split);
    uint32_t count = kept->len;
    const char **items = (const char **)g_ptr_array_free(kept, FALSE);
    g_ptr_array_add(draft->blocks, items);
    return (toc_wire_texts){.items = items, .count = count};
}

static void add_verb(struct draft *draft, const toc_stream_verb *verb) {
    toc_wire_verb told;
    toc_wire_clear(TOC_WIRE_M_VERB, &told);
    told.id = verb->name;
    told.target = verb->target;
    told.keys = words(draft, verb->keys);
    told.lasts = verb->takes > 0 ? verb->takes : TOC_NEVER; /* by itself, else by crews */
    told.final = verb->final;
    told.help = verb->help;
    (void)g_array_append_val(draft->verbs, told);
}

static void add_addressee(struct draft *draft, const char *id, const char *name,
                          const char *channel) {
    const char *dot = strchr(id, '.');
    toc_wire_addressee told;
    toc_wire_clear(TOC_WIRE_M_ADDRESSEE, &told);
    told.id = id;
    told.name = name;
    told.channel = channel;
    if (dot != NULL) {
        char *owner = g_strndup(id, (gsize)(dot - id));
        g_ptr_array_add(draft->blocks, owner);
        told.owner = owner;
    }
    (void)g_array_append_val(draft->addressees, told);
}

static void add_addressees(struct draft *draft, const toc_hall *hall, const char *language) {
    const toc_drill *drill = toc_hall_drill(hall);
    toc_drill_facts facts = toc_drill_facts_of(drill);
    for (uint32_t i = 0; i < facts.seats; i++) {
        add_addressee(draft, toc_drill_seat(drill, i), "", "");
    }
    for (uint32_t i = 0; i < facts.personas; i++) {
        toc_drill_persona persona = toc_drill_persona_at(drill, i);
        add_addressee(draft, persona.id, say(drill, language, persona.name), persona.channel);
    }
    for (uint32_t i = 0; i < toc_hall_expert_count(hall); i++) {
        toc_hall_expert expert = toc_hall_expert_at(hall, i);
        add_addressee(draft, expert.desk, expert.about, "consult");
    }
}

static const toc_stream_verb consult = {
    .name = "consult",
    .target = "adviser",
    .keys = "text",
    .help =
        "Asks an expert who plays no seat. It takes no time of the drill, and is written down."};
static const toc_stream_verb advise = {
    .name = "advise", .target = "seat", .keys = "text", .help = "Answers a seat that asked."};

/* An adviser sees nothing of the drill but what is asked. */
static struct draft *draft_of_adviser(const toc_drill *drill) {
    struct draft *draft = begin();
    add_verb(draft, &advise);
    for (uint32_t i = 0; i < toc_drill_facts_of(drill).seats; i++) {
        add_addressee(draft, toc_drill_seat(drill, i), "", "");
    }
    return end(draft);
}

/* What moves a tabletop on. */
static const toc_stream_verb ready = {
    .name = "ready",
    .target = "",
    .keys = "",
    .help = "Says that this seat has talked it through. When all have, time goes on to what comes "
            "next."};
static const toc_stream_verb next = {.name = "next",
                                     .target = "",
                                     .keys = "",
                                     .help = "Time goes on to what comes next, ready or not."};

static struct draft *draft_of_seat(const toc_hall *hall, uint32_t seat, const char *language) {
    const toc_drill *drill = toc_hall_drill(hall);
    struct draft *draft = begin();
    const char *name = toc_drill_seat(drill, seat);
    char *owner = g_strndup(name, strcspn(name, "."));
    toc_pace pace = toc_pace_of(drill);
    toc_stream_verb verb;
    add_assets(draft, drill, owner, language);
    add_ties(draft, drill, owner);
    g_free(owner);
    for (uint32_t i = 0; pace != TOC_PACE_SCRIPT && toc_stream_verb_at(i, &verb); i++) {
        if (toc_stream_may(drill, seat, i)) {
            add_verb(draft, &verb);
        }
    }
    if (pace == TOC_PACE_TALK) {
        add_verb(draft, &ready);
    }
    if (toc_hall_expert_count(hall) > 0) {
        add_verb(draft, &consult);
    }
    add_addressees(draft, hall, language);
    return end(draft);
}

/* What control does to the clock and to seats, beside what it does to the drill. */
static const toc_stream_verb commands_of_the_hall[] = {
    {.name = "pause", .target = "", .keys = "", .help = "The clock stands still."},
    {.name = "resume", .target = "", .keys = "", .help = "The clock goes on."},
    {.name = "speed",
     .target = "",
     .keys = "",
     .help = "The clock goes at a multiple of the pace of one on the wall, 0.1 to 100."},
    {.name = "step",
     .target = "",
     .keys = "",
     .help = "While the clock stands: goes on to a time, or for one minute, and stands again."},
    {.name = "rewind",
     .target = "",
     .keys = "",
     .help =
         "Takes the drill back to a time that is behind it, where the clock stands; it is played "
         "on a new branch of its record."},
    {.name = "branch",
     .target = "branch",
     .keys = "name",
     .help = "From here on the drill is played on a new branch of its record; with the number of a "
             "branch that was left, the drill goes back there, and the clock stands."},
    {.name = "hand-over",
     .target = "seat",
     .keys = "",
     .help = "A stand-in plays a seat at which nobody is connected, until somebody is."},
    {.name = "feed",
     .target = "operator",
     .keys = "state",
     .help = "What a team's own tools would see goes to them: state=on, once two persons at two "
             "desks have said so; state=off ends it."},
    {.name = "rate", .target = "", .keys = "text", .help = "Writes down a rating."},
};

static struct draft *draft_beside(const toc_hall *hall, bool commands, const char *language) {
    const toc_drill *drill = toc_hall_drill(hall);
    struct draft *draft = begin();
    add_assets(draft, drill, NULL, language);
    add_ties(draft, drill, NULL);
    add_addressees(draft, hall, language);
    if (commands) {
        size_t count = sizeof commands_of_the_hall / sizeof commands_of_the_hall[0];
        for (size_t i = 0; i < count; i++) {
            add_verb(draft, &commands_of_the_hall[i]);
        }
        if (toc_pace_of(drill) == TOC_PACE_TALK) {
            add_verb(draft, &next);
        }
        for (uint32_t i = 0; i < toc_drill_direction_count(); i++) {
            toc_drill_direction direction = toc_drill_direction_at(i);
            add_verb(draft, &(toc_stream_verb){.name = direction.verb,
                                               .help = direction.help,
                                               .target = direction.target,
                                               .keys = direction.keys});
        }
    }
    return end(draft);
}

/* -- Encoded ------------------------------------------------------------------------------------
 */

static void free_frames(gpointer frames) {
    (void)g_ptr_array_free(frames, TRUE);
}

toc_catalogue *toc_catalogue_create(void) {
    toc_catalogue *catalogue = g_new0(toc_catalogue, 1);
    catalogue->encoded = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_frames);
    return catalogue;
}

void toc_catalogue_destroy(toc_catalogue *catalogue) {
    if (catalogue != NULL) {
        g_hash_table_destroy(catalogue->encoded);
        g_free(catalogue);
    }
}

static GPtrArray *encode(const toc_wire_message *message) {
    GPtrArray *frames = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
    char frame[TOC_WIRE_FRAME];
    toc_frame_place place = {0};
    for (size_t size = toc_frame_writer_part(message, &place, frame, sizeof frame); size > 0;
         size = toc_frame_writer_part(message, &place, frame, sizeof frame)) {
        g_ptr_array_add(frames, g_bytes_new(frame, size));
    }
    return frames;
}

/* The team, what the seat may do, and the language: all that a catalogue follows from. */
static char *key_of(const toc_drill *drill, uint32_t seat, const char *role, const char *language) {
    toc_stream_verb verb;
    GString *key = g_string_new(language);
    if (seat == TOC_HALL_BESIDE) {
        g_string_append_printf(key, " %s", role);
        return g_string_free(key, FALSE);
    }
    const char *name = toc_drill_seat(drill, seat);
    g_string_append_printf(key, " %.*s ", (int)strcspn(name, "."), name);
    for (uint32_t i = 0; toc_stream_verb_at(i, &verb); i++) {
        g_string_append_c(key, toc_stream_may(drill, seat, i) ? '1' : '0');
    }
    return g_string_free(key, FALSE);
}

static struct draft *draft_of(const toc_hall *hall, uint32_t seat, const char *role,
                              const char *language) {
    if (seat != TOC_HALL_BESIDE) {
        return draft_of_seat(hall, seat, language);
    }
    return strcmp(role, "adviser") == 0
               ? draft_of_adviser(toc_hall_drill(hall))
               : draft_beside(hall, strcmp(role, "control") == 0, language);
}

const GPtrArray *toc_catalogue_find(toc_catalogue *catalogue, const toc_hall *hall, uint32_t seat,
                                    const char *role, const char *language) {
    /* anything else speaks English, and must not fill the memory with copies */
    const char *spoken = toc_wording_is_language(language) ? language : "";
    char *key = key_of(toc_hall_drill(hall), seat, role, spoken);
    GPtrArray *frames = g_hash_table_lookup(catalogue->encoded, key);
    if (frames != NULL) {
        g_free(key);
        return frames;
    }
    struct draft *draft = draft_of(hall, seat, role, spoken);
    frames = encode(&draft->message);
    discard(draft);
    (void)g_hash_table_insert(catalogue->encoded, key, frames);
    return frames;
}
