#include "cli/guestlist.h"

#include <stdio.h>
#include <stdlib.h>

#include "tocsin/roster.h"

static toc_status check(toc_cli_call *call, const toc_drill *drill, const toc_roster *roster) {
    uint32_t count = toc_drill_facts_of(drill).seats;
    const char **seats = calloc((size_t)count + 1, sizeof *seats);
    if (seats == NULL) {
        return TOC_SYSTEM_FAULT;
    }
    for (uint32_t i = 0; i < count; i++) {
        seats[i] = toc_drill_seat(drill, i);
    }
    toc_status status = toc_roster_check(roster, seats, count, call->problems);
    free(seats);
    return status;
}

static toc_status write_person(toc_cli_call *call, const toc_roster_person *person,
                               toc_record *record) {
    char note[512];
    toc_status status = TOC_OK;
    bool has_both = person->organisation[0] != '\0' && person->competence[0] != '\0';
    (void)snprintf(note, sizeof note, "%.240s%s%.240s", person->organisation, has_both ? "; " : "",
                   person->competence);
    for (size_t i = 0; status == TOC_OK && i < person->desk_count; i++) {
        toc_record_person row = {.seat = person->desks[i], .name = person->name, .note = note};
        status = toc_record_add_person(record, &row, call->problems);
    }
    return status;
}

toc_status toc_guestlist_write(toc_cli_call *call, const toc_drill *drill, toc_record *record) {
    const char *path = toc_cli_value(call, "roster");
    toc_formats_buffer text = {0};
    toc_roster *roster = NULL;
    if (path == NULL) {
        return TOC_OK;
    }
    toc_status status = toc_formats_load(path, call->problems, &text);
    toc_formats_source source = {text.bytes, text.size, path};
    if (status == TOC_OK) {
        status = toc_roster_read(&source, call->problems, &roster);
    }
    if (status == TOC_OK) {
        status = check(call, drill, roster);
    }
    for (size_t i = 0; status == TOC_OK && i < toc_roster_count(roster); i++) {
        status = write_person(call, toc_roster_at(roster, i), record);
    }
    if (roster != NULL) {
        toc_roster_destroy(roster);
    }
    toc_formats_buffer_finish(&text);
    return status;
}
