#include "server/catalogue.h"

#include <glib.h>
#include <string.h>

#include "tocsin/stream.h"
#include "tocsin/topology.h"
#include "tocsin/wording.h"

struct toc_catalogue {
    toc_wire_message message;
    GArray *assets, *verbs, *addressees;
    GPtrArray *blocks; /* what else is owned */
};

static toc_catalogue *begin(void) {
    toc_catalogue *catalogue = g_new0(toc_catalogue, 1);
    catalogue->message = toc_wire_blank(TOC_WIRE_M_CATALOGUE);
    catalogue->assets = g_array_new(FALSE, FALSE, sizeof(toc_wire_own));
    catalogue->verbs = g_array_new(FALSE, FALSE, sizeof(toc_wire_verb));
    catalogue->addressees = g_array_new(FALSE, FALSE, sizeof(toc_wire_addressee));
    catalogue->blocks = g_ptr_array_new_with_free_func(g_free);
    return catalogue;
}

static toc_catalogue *end(toc_catalogue *catalogue) {
    toc_wire_catalogue *told = &catalogue->message.as.catalogue;
    told->assets =
        (toc_wire_own_list){(const void *)catalogue->assets->data, catalogue->assets->len};
    told->verbs = (toc_wire_verb_list){(const void *)catalogue->verbs->data, catalogue->verbs->len};
    told->addressees = (toc_wire_addressee_list){(const void *)catalogue->addressees->data,
                                                 catalogue->addressees->len};
    return catalogue;
}

void toc_catalogue_destroy(toc_catalogue *catalogue) {
    if (catalogue != NULL) {
        (void)g_array_free(catalogue->assets, TRUE);
        (void)g_array_free(catalogue->verbs, TRUE);
        (void)g_array_free(catalogue->addressees, TRUE);
        (void)g_ptr_array_free(catalogue->blocks, TRUE);
        g_free(catalogue);
    }
}

const toc_wire_message *toc_catalogue_message(const toc_catalogue *catalogue) {
    return &catalogue->message;
}

/* -- What is in it ------------------------------------------------------------------------------
 */

static const char *say(const toc_drill *drill, const char *language, const char *text) {
    return language[0] == '\0' ? text : toc_wording_in(drill, language, text);
}

/* `owner` NULL: of everybody. */
static void add_assets(toc_catalogue *catalogue, const toc_drill *drill, const char *owner,
                       const char *language) {
    const toc_topology *topology = toc_drill_topology(drill);
    for (uint32_t i = 0; i < topology->asset_count; i++) {
        const toc_asset *asset = &topology->assets[i];
        const char *whose = asset->operator_index == TOC_INDEX_NONE
                                ? ""
                                : topology->operators[asset->operator_index].id;
        if (owner != NULL && strcmp(owner, whose) != 0) {
            continue;
        }
        toc_wire_own own;
        toc_wire_clear(TOC_WIRE_M_OWN, &own);
        own.id = asset->id;
        own.name = say(drill, language, asset->name);
        own.kind = toc_topology_kind(asset->kind)->name;
        own.zone = asset->zone == TOC_INDEX_NONE ? "" : topology->zones[asset->zone].id;
        own.owner = whose;
        own.x = asset->placed ? asset->x_m * INT64_C(1000) : 0; /* the map's unit is a kilometre */
        own.y = asset->placed ? asset->y_m * INT64_C(1000) : 0;
        (void)g_array_append_val(catalogue->assets, own);
    }
}

static toc_wire_texts words(toc_catalogue *catalogue, const char *blanks) {
    char **split = g_strsplit(blanks, " ", -1);
    GPtrArray *kept = g_ptr_array_new();
    for (char **word = split; *word != NULL; word++) {
        if ((*word)[0] == '\0') {
            g_free(*word);
        } else {
            g_ptr_array_add(catalogue->blocks, *word);
            g_ptr_array_add(kept, *word);
        }
    }
    g_free(split);
    uint32_t count = kept->len;
    const char **items = (const char **)g_ptr_array_free(kept, FALSE);
    g_ptr_array_add(catalogue->blocks, items);
    return (toc_wire_texts){.items = items, .count = count};
}

static void add_verb(toc_catalogue *catalogue, const toc_stream_verb *verb) {
    toc_wire_verb told;
    toc_wire_clear(TOC_WIRE_M_VERB, &told);
    told.id = verb->name;
    told.target = verb->target;
    told.keys = words(catalogue, verb->keys);
    told.lasts = verb->takes > 0 ? verb->takes : TOC_NEVER; /* by itself, else by crews */
    told.final = verb->final;
    told.help = verb->help;
    (void)g_array_append_val(catalogue->verbs, told);
}

static void add_addressee(toc_catalogue *catalogue, const char *id, const char *name,
                          const char *channel) {
    const char *dot = strchr(id, '.');
    toc_wire_addressee told;
    toc_wire_clear(TOC_WIRE_M_ADDRESSEE, &told);
    told.id = id;
    told.name = name;
    told.channel = channel;
    if (dot != NULL) {
        char *owner = g_strndup(id, (gsize)(dot - id));
        g_ptr_array_add(catalogue->blocks, owner);
        told.owner = owner;
    }
    (void)g_array_append_val(catalogue->addressees, told);
}

static void add_addressees(toc_catalogue *catalogue, const toc_drill *drill, const char *language) {
    toc_drill_facts facts = toc_drill_facts_of(drill);
    for (uint32_t i = 0; i < facts.seats; i++) {
        add_addressee(catalogue, toc_drill_seat(drill, i), "", "");
    }
    for (uint32_t i = 0; i < facts.personas; i++) {
        toc_drill_persona persona = toc_drill_persona_at(drill, i);
        add_addressee(catalogue, persona.id, say(drill, language, persona.name), persona.channel);
    }
}

toc_catalogue *toc_catalogue_create(const toc_drill *drill, uint32_t seat, const char *language) {
    toc_catalogue *catalogue = begin();
    const char *name = toc_drill_seat(drill, seat);
    char *owner = g_strndup(name, strcspn(name, "."));
    toc_stream_verb verb;
    add_assets(catalogue, drill, owner, language);
    g_free(owner);
    for (uint32_t i = 0; toc_stream_verb_at(i, &verb); i++) {
        if (toc_stream_may(drill, seat, i)) {
            add_verb(catalogue, &verb);
        }
    }
    add_addressees(catalogue, drill, language);
    return end(catalogue);
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
    {.name = "hand-over",
     .target = "seat",
     .keys = "",
     .help = "A stand-in plays a seat at which nobody is connected, until somebody is."},
    {.name = "rate", .target = "", .keys = "text", .help = "Writes down a rating."},
};

toc_catalogue *toc_catalogue_create_beside(const toc_drill *drill, bool commands,
                                           const char *language) {
    toc_catalogue *catalogue = begin();
    add_assets(catalogue, drill, NULL, language);
    add_addressees(catalogue, drill, language);
    if (commands) {
        size_t count = sizeof commands_of_the_hall / sizeof commands_of_the_hall[0];
        for (size_t i = 0; i < count; i++) {
            add_verb(catalogue, &commands_of_the_hall[i]);
        }
        for (uint32_t i = 0; i < toc_drill_direction_count(); i++) {
            toc_drill_direction direction = toc_drill_direction_at(i);
            add_verb(catalogue, &(toc_stream_verb){.name = direction.verb,
                                                   .help = direction.help,
                                                   .target = direction.target,
                                                   .keys = direction.keys});
        }
    }
    return end(catalogue);
}
