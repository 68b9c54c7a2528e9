#include "server/request.h"

#include <string.h>

#include "tocsin/stream.h"

enum { PARAMETERS = 16384 };

/* "key=value" lines; false where they are too long for an input. */
static bool write_pairs(toc_wire_pairs pairs, char out[PARAMETERS]) {
    size_t used = 0;
    out[0] = '\0';
    for (uint32_t i = 0; i < pairs.count; i++) {
        size_t size = toc_stream_parameter(pairs.items[i].key, pairs.items[i].value, out + used,
                                           PARAMETERS - used);
        if (used + size >= PARAMETERS) {
            return false;
        }
        used += size;
    }
    return true;
}

/* A deed of the asker, without what it does. */
static toc_hall_deed deed_of(const toc_request_asker *asker, toc_hall_kind kind, const char *id) {
    return (toc_hall_deed){.kind = kind,
                           .asker = asker->number,
                           .seat = kind == TOC_HALL_ACT ? asker->seat : TOC_HALL_BESIDE,
                           .desk = asker->desk,
                           .id = id,
                           .at = TOC_NEVER};
}

static toc_wire_reason act(toc_hall *hall, const toc_request_asker *asker,
                           const toc_wire_act *message) {
    char parameters[PARAMETERS];
    toc_hall_deed deed = deed_of(asker, TOC_HALL_ACT, message->id);
    bool advises = strcmp(message->verb, "advise") == 0 &&
                   toc_hall_adviser(hall, asker->desk) != TOC_HALL_BESIDE;
    if (asker->seat == TOC_HALL_BESIDE && !advises) {
        return TOC_WIRE_NOT_YOURS;
    }
    if (!write_pairs(message->parameters, parameters)) {
        return TOC_WIRE_TOO_LARGE;
    }
    deed.verb = message->verb;
    deed.target = message->target;
    deed.parameters = parameters;
    toc_hall_take(hall, &deed);
    return TOC_WIRE_NONE;
}

static toc_wire_reason command(toc_hall *hall, const toc_request_asker *asker,
                               const toc_wire_command *message) {
    char parameters[PARAMETERS];
    toc_hall_deed deed = deed_of(asker, TOC_HALL_COMMAND, message->id);
    /* a feed takes two persons, so others beside the teams have a say in it */
    bool may = strcmp(message->command, "feed") == 0 ? strcmp(asker->role, "player") != 0
                                                     : strcmp(asker->role, "control") == 0;
    if (!may) {
        return TOC_WIRE_NOT_YOURS;
    }
    if (!write_pairs(message->parameters, parameters)) {
        return TOC_WIRE_TOO_LARGE;
    }
    deed.verb = message->command;
    deed.target = message->target;
    deed.parameters = parameters;
    deed.at = message->at;
    deed.speed = message->speed;
    toc_hall_take(hall, &deed);
    return TOC_WIRE_NONE;
}

static toc_wire_reason note(toc_hall *hall, const toc_request_asker *asker,
                            const toc_wire_note *message) {
    toc_hall_deed deed = deed_of(asker, TOC_HALL_NOTE, message->id);
    if (strcmp(asker->role, "control") != 0 && strcmp(asker->role, "evaluator") != 0) {
        return TOC_WIRE_NOT_YOURS;
    }
    deed.verb = "note";
    deed.target = message->about;
    deed.parameters = message->text;
    toc_hall_take(hall, &deed);
    return TOC_WIRE_NONE;
}

toc_wire_reason toc_request_take(toc_hall *hall, const toc_request_asker *asker,
                                 const toc_wire_message *message) {
    switch ((int)message->kind) {
    case TOC_WIRE_M_ACT:
        return act(hall, asker, &message->as.act);
    case TOC_WIRE_M_COMMAND:
        return command(hall, asker, &message->as.command);
    default:
        return note(hall, asker, &message->as.note);
    }
}
