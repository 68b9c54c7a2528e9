#include "drill/cleanup.h"

#include "drill/fieldwork.h"
#include "drill/seat.h"
#include "model/hardening.h"
#include "model/intrusion.h"
#include "model/reading.h"
#include "model/tank.h"

static bool is_up(const toc_drill *drill, uint32_t asset) {
    toc_operation operation = toc_world_operation(drill->world, asset);
    return operation == TOC_ON || operation == TOC_DEGRADED;
}

/* An asset is out of service while it is patched: it has to start again. */
const char *toc_cleanup_begin(toc_drill *drill, uint32_t number) {
    const toc_ticket *ticket = toc_ticket_at(drill, number);
    const char *why = toc_fieldwork_refusal(drill, ticket);
    if (why != NULL) {
        return why;
    }
    if (ticket->object >= drill->topology->asset_count) {
        return "a link runs no programs";
    }
    if (!is_up(drill, ticket->object)) {
        return "it is down: that can be done when it is up again, or reimage it";
    }
    if (ticket->verb == TOC_VERB_PATCH) {
        drill->actor = toc_seat_name(drill, ticket->seat);
        (void)toc_world_fail(drill->world, ticket->object, TOC_CAUSE_MAINTENANCE);
        drill->actor = "";
    }
    return NULL;
}

static void patch(toc_drill *drill, uint32_t number) {
    const toc_asset *asset = &drill->topology->assets[number];
    for (uint32_t i = asset->first_weakness; i < asset->first_weakness + asset->weakness_count;
         i++) {
        if (!toc_hardening_is_account(drill->world, i)) {
            (void)toc_hardening_close(drill->world, i, TOC_CLOSURE_FOR_GOOD);
        }
    }
    (void)toc_world_clear(drill->world, number, TOC_CAUSE_MAINTENANCE);
}

/* Settings and programs are compared with what they should be, so whether they were is told. */
static const char *restore(toc_drill *drill, uint32_t asset) {
    uint32_t tank = toc_tank_find(drill->world, asset);
    bool was_wrong = toc_intrusion_untamper(drill->world, asset);
    for (int reader = 0; tank != TOC_INDEX_NONE && reader < TOC_READERS; reader++) {
        if (toc_reading_falsehood(drill->world, tank, (toc_reader)reader) != TOC_READ_TRULY) {
            toc_reading_falsify(drill->world, tank, (toc_reader)reader, TOC_READ_TRULY, 0);
            was_wrong = true;
        }
    }
    return was_wrong ? "its settings had been changed, they are as they should be again"
                     : "its settings were as they should be";
}

const char *toc_cleanup_end(toc_drill *drill, const toc_ticket *ticket, const char **out_said) {
    drill->actor = toc_seat_name(drill, ticket->seat);
    if (ticket->verb == TOC_VERB_PATCH) {
        patch(drill, ticket->object);
        *out_said = "known holes in its programs are closed; who is inside stays inside";
    } else if (is_up(drill, ticket->object)) {
        *out_said = restore(drill, ticket->object);
    }
    bool is_down = ticket->verb != TOC_VERB_PATCH && (*out_said)[0] == '\0';
    drill->actor = "";
    return is_down ? "it went down meanwhile" : NULL;
}
