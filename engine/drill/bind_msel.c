/* Bindings of event lists that planners keep as spreadsheets. */
#include <stdio.h>
#include <string.h>

#include "drill/action.h"
#include "drill/bindings.h"
#include "drill/deed.h"
#include "drill/inject.h"
#include "drill/scenario.h"
#include "drill/seat.h"
#include "drill/spec.h"
#include "drill/wording.h"
#include "formats/plain_text.h"
#include "tocsin/attachment.h"
#include "tocsin/msel.h"

enum { NAME = 128, MOST_NAMES = 64, PIECE = 128 };

/* What people write for our channels. */
static const struct {
    const char *written, *channel;
} modes[] = {{"phonecall", "phone"},      {"telephone", "phone"},    {"call", "phone"},
             {"mail", "email"},           {"sendamail", "email"},    {"text", "sms"},
             {"textmessage", "sms"},      {"sendansms", "sms"},      {"face", "in-person"},
             {"facetoface", "in-person"}, {"verbal", "in-person"},   {"inperson", "in-person"},
             {"media", "news"},           {"television", "news"},    {"tv", "news"},
             {"radionews", "news"},       {"socialmedia", "social"}, {"intercom", "radio"},
             {"memo", "letter"},          {"scada", "alarm"},        {"system", "alarm"},
             {"web", "portal"},           {"website", "portal"}};

struct reading {
    toc_drill *drill;
    toc_place place; /* of the row */
};

/* The next piece of a cell with several in it; false at its end. */
static bool next_piece(const char **at, char piece[PIECE]) {
    *at += strspn(*at, ";,\n\r\t ");
    size_t length = strcspn(*at, ";,\n\r");
    if (length == 0) {
        return false;
    }
    (void)snprintf(piece, PIECE, "%.*s", (int)(length < PIECE ? length : PIECE - 1), *at);
    *at += length;
    length = strlen(piece);
    while (length > 0 && (piece[length - 1] == ' ' || piece[length - 1] == '\t')) {
        piece[--length] = '\0';
    }
    return true;
}

/* The seat or team that people call so: its name, or a role that only one team has. */
static const char *find_receiver(const toc_drill *drill, const char *written) {
    char wanted[NAME], name[NAME];
    const char *by_role = NULL;
    uint32_t with_role = 0;
    (void)toc_plain_text_fold(written, wanted, sizeof wanted);
    if (strcmp(wanted, "all") == 0 || strcmp(written, "*") == 0) {
        return "*";
    }
    for (uint32_t i = 0; i < toc_seat_count(drill); i++) {
        const char *seat = toc_seat_name(drill, i);
        (void)toc_plain_text_fold(seat, name, sizeof name);
        if (strcmp(name, wanted) == 0) {
            return seat;
        }
        (void)toc_plain_text_fold(toc_seat_role(drill, i), name, sizeof name);
        if (strcmp(name, wanted) == 0) {
            by_role = seat;
            with_role++;
        }
    }
    return with_role == 1 ? by_role : NULL;
}

static uint32_t read_receivers(struct reading *reading, const char *cell, const char ***out_to) {
    toc_drill *drill = reading->drill;
    char piece[PIECE], hint[96];
    const char *found[MOST_NAMES];
    uint32_t count = 0;
    while (count < MOST_NAMES && next_piece(&cell, piece)) {
        const char *name = find_receiver(drill, piece);
        bool is_team = name == NULL && toc_scenario_reaches(drill, piece);
        if (name == NULL && !is_team) {
            const char *nearest = toc_inject_nearest(drill, piece);
            (void)toc_problems_error(drill->problems, reading->place,
                                     "there is no seat or team '%.60s'%s", piece,
                                     toc_spec_hint(nearest, hint, sizeof hint));
            continue;
        }
        found[count++] = toc_arena_text(drill->arena, name != NULL ? name : piece);
    }
    *out_to = toc_arena_alloc(drill->arena, (count + 1) * sizeof **out_to);
    memcpy((void *)*out_to, (const void *)found, count * sizeof *found);
    return count;
}

/* Actions among the words; what is prose is for evaluators. */
static uint32_t read_expected(struct reading *reading, const char *cell, const char ***out) {
    toc_drill *drill = reading->drill;
    char piece[PIECE], name[NAME], wanted[NAME];
    const char *found[MOST_NAMES];
    uint32_t count = 0;
    while (count < MOST_NAMES && next_piece(&cell, piece)) {
        const char *verb = toc_deed_is_verb(piece) ? piece : NULL;
        const char *nearest = verb == NULL ? toc_action_nearest(piece) : NULL;
        (void)toc_plain_text_fold(piece, wanted, sizeof wanted);
        (void)toc_plain_text_fold(nearest == NULL ? "" : nearest, name, sizeof name);
        verb = nearest != NULL && strcmp(name, wanted) == 0 ? nearest : verb;
        if (verb != NULL) {
            found[count++] = toc_arena_text(drill->arena, verb);
        }
    }
    *out = toc_arena_alloc(drill->arena, (count + 1) * sizeof **out);
    memcpy((void *)*out, (const void *)found, count * sizeof *found);
    return count;
}

static const char *read_mode(struct reading *reading, const char *cell) {
    char wanted[NAME], hint[96];
    if (cell[0] == '\0') {
        return "phone";
    }
    (void)toc_plain_text_fold(cell, wanted, sizeof wanted);
    if (toc_inject_is_channel(wanted)) {
        return toc_arena_text(reading->drill->arena, wanted);
    }
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        if (strcmp(modes[i].written, wanted) == 0) {
            return modes[i].channel;
        }
    }
    (void)toc_problems_error(reading->drill->problems, reading->place,
                             "there is no channel '%.60s'%s", cell,
                             toc_spec_hint(toc_inject_nearest_channel(wanted), hint, sizeof hint));
    return "phone";
}

static const char *text_of(toc_drill *drill, const toc_msel_entry *entry) {
    const char *title = entry->cells[TOC_MSEL_TITLE], *message = entry->cells[TOC_MSEL_MESSAGE];
    if (title[0] == '\0' || message[0] == '\0') {
        return toc_arena_text(drill->arena, title[0] == '\0' ? message : title);
    }
    return toc_arena_format(drill->arena, "%s: %s", title, message);
}

/* The columns that hold the text in Chinese; where they are empty it is written in one language. */
static void read_wording(struct reading *reading, const toc_msel_entry *entry, const char *text) {
    toc_drill *drill = reading->drill;
    const char *title = entry->cells[TOC_MSEL_TITLE_ZH];
    const char *message = entry->cells[TOC_MSEL_MESSAGE_ZH];
    if (title[0] == '\0' && message[0] == '\0') {
        toc_wording_note_single(drill, reading->place, NULL, 0);
        return;
    }
    toc_wording_note_translated(drill);
    const char *both = title[0] == '\0' ? message
                       : message[0] == '\0'
                           ? title
                           : toc_arena_format(drill->arena, "%s\xef\xbc\x9a%s", title, message);
    if (text[0] != '\0' && !toc_wording_tell(drill, text, "zh", both)) {
        toc_problems_warn(drill->problems, reading->place,
                          "'%.60s' is said in two ways in zh; the first is shown everywhere", text);
    }
}

static uint32_t read_attachments(struct reading *reading, const char *cell, const char ***out) {
    toc_drill *drill = reading->drill;
    char piece[PIECE], fault[320];
    uint32_t count = 0;
    *out = toc_arena_alloc(drill->arena, (TOC_ATTACHMENT_MOST + 1) * sizeof **out);
    while (count < TOC_ATTACHMENT_MOST && next_piece(&cell, piece)) {
        if (toc_bind_attachment_fault(drill, piece, fault, sizeof fault) == NULL) {
            (*out)[count++] = toc_arena_text(drill->arena, piece);
        } else {
            (void)toc_problems_error(drill->problems, reading->place, "%s", fault);
        }
    }
    return count;
}

/* What the drill has no use for is kept all the same: the table can be had back whole. */
static const char *const *keep_cells(toc_drill *drill, const toc_msel_entry *entry) {
    const char **cells = toc_arena_alloc(drill->arena, TOC_MSEL_COLUMNS * sizeof *cells);
    for (int i = 0; i < TOC_MSEL_COLUMNS; i++) {
        cells[i] = toc_arena_text(drill->arena, entry->cells[i]);
    }
    return cells;
}

static void check_entry(struct reading *reading, const toc_inject *inject) {
    toc_drill *drill = reading->drill;
    char length[40];
    if (inject->text[0] == '\0') {
        (void)toc_problems_error(drill->problems, reading->place, "this row says nothing");
    }
    if (inject->to_count == 0) {
        (void)toc_problems_error(drill->problems, reading->place,
                                 "this row reaches nobody; its column 'to' names a seat or a team");
    }
    if (inject->at != TOC_NEVER && inject->at > drill->length) {
        (void)toc_time_print(drill->length, length, sizeof length);
        (void)toc_problems_error(drill->problems, reading->place,
                                 "this time lies after the end of the drill (%s)", length);
    }
    if (inject->id[0] != '\0' && toc_inject_find(drill, inject->id) != TOC_INDEX_NONE) {
        (void)toc_problems_error(drill->problems, reading->place,
                                 "there is an inject '%.60s' already", inject->id);
    }
}

static void add_entry(struct reading *reading, const toc_msel_entry *entry) {
    toc_drill *drill = reading->drill;
    const char **to = NULL;
    toc_inject inject = {.id = toc_arena_text(drill->arena, entry->cells[TOC_MSEL_NUMBER]),
                         .from = entry->cells[TOC_MSEL_FROM],
                         .channel = read_mode(reading, entry->cells[TOC_MSEL_MODE]),
                         .text = text_of(drill, entry),
                         .contingency = entry->type == TOC_MSEL_IS_CONTINGENCY,
                         .at = entry->at,
                         .within = TOC_NEVER,
                         .when = TOC_INDEX_NONE,
                         .unless = TOC_INDEX_NONE,
                         .effect = "",
                         .lasts = TOC_NEVER,
                         .cells = keep_cells(drill, entry),
                         .place = reading->place};
    inject.from =
        inject.from[0] == '\0' ? "exercise control" : toc_arena_text(drill->arena, inject.from);
    inject.to_count = read_receivers(reading, entry->cells[TOC_MSEL_TO], &to);
    inject.to = to;
    inject.expect_count = read_expected(reading, entry->cells[TOC_MSEL_EXPECTED], &inject.expects);
    /* a planner who wrote what should happen has thought of it */
    inject.informs = inject.expect_count == 0 && entry->cells[TOC_MSEL_EXPECTED][0] != '\0';
    inject.attachment_count =
        read_attachments(reading, entry->cells[TOC_MSEL_ATTACHMENTS], &inject.attachments);
    read_wording(reading, entry, inject.text);
    check_entry(reading, &inject);
    if (toc_inject_find(drill, inject.id) == TOC_INDEX_NONE) {
        (void)toc_inject_add(drill, &inject);
    }
}

/* The entry with what the rows of expected actions behind it say; those rows are no injects. */
static toc_msel_entry with_expected(const toc_drill *drill, const toc_msel *msel, uint32_t index) {
    toc_msel_entry entry = *toc_msel_at(msel, index);
    for (uint32_t i = index + 1; i < toc_msel_count(msel); i++) {
        const toc_msel_entry *next = toc_msel_at(msel, i);
        const char *said = next->cells[TOC_MSEL_MESSAGE];
        if (next->type != TOC_MSEL_IS_EXPECTED) {
            break;
        }
        said = said[0] != '\0' ? said : next->cells[TOC_MSEL_TITLE];
        said = said[0] != '\0' ? said : next->cells[TOC_MSEL_EXPECTED];
        entry.cells[TOC_MSEL_EXPECTED] =
            entry.cells[TOC_MSEL_EXPECTED][0] == '\0'
                ? said
                : toc_arena_format(drill->arena, "%s; %s", entry.cells[TOC_MSEL_EXPECTED], said);
    }
    return entry;
}

static uint32_t add_all(struct reading *reading, const toc_msel *msel, const char *file) {
    uint32_t added = 0;
    for (uint32_t i = 0; i < toc_msel_count(msel); i++) {
        toc_msel_entry entry = with_expected(reading->drill, msel, i);
        reading->place = (toc_place){file, entry.line, 0};
        if (entry.type != TOC_MSEL_IS_EXPECTED) {
            add_entry(reading, &entry);
            added++;
        } else if (i == 0) {
            (void)toc_problems_error(reading->drill->problems, reading->place,
                                     "an expected action stands behind the inject that it belongs "
                                     "to; there is none before this row");
        }
    }
    return added;
}

/* (drill, path) */
int toc_bind_msel_add(lua_State *lua) {
    toc_drill *drill = toc_bind_drill_self(lua);
    toc_package_file file;
    char hint[96];
    toc_spec_declares(lua, "drill:injects");
    const char *path = toc_binder_text(lua, 2, "drill:injects");
    if (!toc_package_find(drill->package, path, &file)) {
        const char *nearest = toc_package_nearest(drill->package, path);
        toc_host_error(lua, "the package has no event list '%.60s'%s", path,
                       toc_spec_hint(nearest, hint, sizeof hint));
    }
    toc_spec_charge(lua, 2 * file.size + 4096);
    toc_formats_source source = {file.bytes, file.size, toc_package_shown(drill->package, path)};
    toc_msel *msel = NULL;
    if (toc_msel_read(&source, toc_msel_clock_of(drill->starts), drill->problems, &msel) !=
        TOC_OK) {
        lua_pushinteger(lua, 0);
        return 1; /* the mistakes are told; declaring goes on and finds more */
    }
    struct reading reading = {.drill = drill};
    lua_pushinteger(lua, (lua_Integer)add_all(&reading, msel, source.file));
    toc_msel_destroy(msel);
    return 1;
}
