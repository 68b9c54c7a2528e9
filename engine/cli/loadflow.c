/* flow: the world of a topology at rest or after outages. */
#include "cli/command.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/flowsheet.h"
#include "cli/progress.h"
#include "tocsin/formats.h"
#include "tocsin/unit.h"

enum { MOST_OUT = 4096 };

static const toc_cli_option options[] = {
    {"out", "ID", "an asset or a link that fails; more with more of these, or --out a,b,c"},
    {"rule", "RULE", "how power is shared and lines open: H+T2 with --out, else none (see below)"},
    {"at", "T", "when they fail; 0 where it is not said"},
    {"until", "T",
     "how long the world goes on then; 15min if not said, 24h where batteries or tanks drain"},
    {"margin", "SHARE", "limit for lines without one: 0.25 is a quarter above their flow at rest"},
    {"floor", "POWER", "but never less than this (10MW)"},
    {"to", "ID", "how long each crew takes to this asset or link, over roads that are open then"},
};

struct outs {
    uint32_t elements[MOST_OUT];
    size_t count;
};

static bool ends_with(const char *text, const char *end) {
    size_t length = strlen(text), wanted = strlen(end);
    return length > wanted && strcmp(text + length - wanted, end) == 0;
}

/* Other people's formats and packages are told what to do with them; true where it is one. */
static bool is_something_else(toc_cli_call *call, const char *path) {
    static const struct {
        const char *end, *format;
    } foreign[] = {
        {".m", "matpower"}, {".inp", "epanet"}, {".graphml", "graphml"}, {".csv", "csv"}};
    toc_place whole = {path, 0, 0};
    struct stat about;
    if (stat(path, &about) == 0 && S_ISDIR(about.st_mode)) {
        (void)toc_problems_error(call->problems, whole,
                                 "is a folder; name the topology in it: tocsin flow "
                                 "%s/topology.xml",
                                 path);
        return true;
    }
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) {
        if (ends_with(path, foreign[i].end)) {
            (void)toc_problems_error(call->problems, whole,
                                     "is no topology yet; make one of it: tocsin import %s %s -o "
                                     "topology.xml",
                                     foreign[i].format, path);
            return true;
        }
    }
    return false;
}

/* The element of that id; an unknown one is told with the nearest. */
static toc_status find_element(toc_cli_call *call, const toc_topology *topology, const char *option,
                               const char *id, uint32_t *out) {
    toc_place whole = {call->arguments[0], 0, 0};
    char shown[128];
    *out = toc_topology_find_element(topology, id);
    if (*out != TOC_INDEX_NONE) {
        return TOC_OK;
    }
    const char *nearest = toc_topology_nearest_element(topology, id);
    (void)toc_problems_show(id, shown, sizeof shown);
    return nearest == NULL
               ? toc_problems_error(call->problems, whole, "--%s: there is no asset or link '%s'",
                                    option, shown)
               : toc_problems_error(call->problems, whole,
                                    "--%s: there is no asset or link '%s'; did you mean '%s'?",
                                    option, shown, nearest);
}

static toc_status find_out(toc_cli_call *call, const toc_topology *topology, const char *id,
                           struct outs *outs) {
    uint32_t element;
    toc_status status = find_element(call, topology, "out", id, &element);
    if (status != TOC_OK) {
        return status;
    }
    if (outs->count == MOST_OUT) {
        return toc_cli_usage(call, "--out: more than %d at once", MOST_OUT);
    }
    outs->elements[outs->count++] = element;
    return TOC_OK;
}

/* All that is out, each unknown one told. An id may hold a comma: it is tried whole first. */
static toc_status find_outs(toc_cli_call *call, const toc_topology *topology, struct outs *outs) {
    toc_status worst = TOC_OK;
    const char *text;
    for (size_t i = 0; (text = toc_cli_value_at(call, "out", i)) != NULL; i++) {
        bool whole = toc_topology_find_element(topology, text) != TOC_INDEX_NONE;
        while (*text != '\0') {
            size_t length = whole ? strlen(text) : strcspn(text, ", ");
            char id[512];
            (void)snprintf(id, sizeof id, "%.*s", (int)length, text);
            toc_status status = length == 0 ? TOC_OK : find_out(call, topology, id, outs);
            worst = status > worst ? status : worst;
            text += length + (text[length] != '\0' ? 1 : 0);
        }
    }
    return worst;
}

static toc_status read_rule(toc_cli_call *call, toc_aftermath_wish *wish) {
    const char *names[16];
    size_t count = 0;
    wish->rule = toc_cli_value(call, "rule");
    if (wish->rule == NULL) {
        wish->rule = toc_cli_value(call, "out") == NULL ? "none" : NULL;
        return TOC_OK;
    }
    if (toc_aftermath_is_rule(wish->rule)) {
        return TOC_OK;
    }
    for (const char *name; (name = toc_aftermath_rule_at(count)) != NULL; count++) {
        names[count] = name;
    }
    const char *nearest = toc_problems_nearest(names, count, wish->rule);
    return toc_cli_usage(call,
                         "--rule: '%s' is no rule; there are none, S and H, each alone or with +T1 "
                         "or +T2%s%s%s",
                         wish->rule, nearest != NULL ? "; did you mean " : "",
                         nearest != NULL ? nearest : "", nearest != NULL ? "?" : "");
}

/* "0.25" or "25%" as 250000. */
static toc_status read_margin(toc_cli_call *call, int64_t *out) {
    const char *text = toc_cli_value(call, "margin");
    const toc_unit *unit = NULL;
    if (text == NULL) {
        return TOC_OK;
    }
    bool read = toc_unit_parse_number(text, 1000000, out) ||
                (toc_unit_parse(text, out, &unit) && strcmp(unit->dimension, "share") == 0);
    if (!read || *out <= 0 || *out > 1000000000) {
        return toc_cli_usage(call, "--margin: '%s' is no share above 0; write 0.25 or 25%%", text);
    }
    return TOC_OK;
}

static toc_status read_floor(toc_cli_call *call, int64_t *out) {
    const char *text = toc_cli_value(call, "floor");
    const toc_unit *unit = NULL;
    if (text == NULL) {
        return TOC_OK;
    }
    if (!toc_unit_parse(text, out, &unit) || strcmp(unit->dimension, "power") != 0 || *out < 0 ||
        *out > INT64_MAX / 1000) {
        return toc_cli_usage(call, "--floor: '%s' is no power; write 10MW", text);
    }
    if (toc_cli_value(call, "margin") == NULL) {
        return toc_cli_usage(call, "--floor wants --margin as well: without one, lines without a "
                                   "limit stay unlimited");
    }
    return TOC_OK;
}

static toc_status read_wish(toc_cli_call *call, toc_aftermath_wish *wish) {
    toc_time lasts = 0;
    toc_status status = read_rule(call, wish);
    if (status == TOC_OK) {
        status = toc_cli_time(call, "at", &wish->out_at);
    }
    if (status == TOC_OK) {
        status = toc_cli_time(call, "until", &lasts);
    }
    if (status == TOC_OK && (lasts > 3660 * TOC_DAY || wish->out_at > 3660 * TOC_DAY)) {
        return toc_cli_usage(call, "--at and --until go up to ten years");
    }
    if (status == TOC_OK) {
        status = read_margin(call, &wish->margin_ppm);
    }
    if (status == TOC_OK) {
        status = read_floor(call, &wish->floor_w);
    }
    wish->until = lasts;
    return status;
}

/* Relays are done within minutes; what is stored lasts for hours. */
static toc_time usual_length(const toc_topology *topology) {
    return topology->buffer_count + topology->tank_count > 0 ? TOC_DAY : 15 * TOC_MINUTE;
}

static void show(void *progress, toc_time now, toc_time until) {
    toc_progress_show(progress, (uint64_t)now, (uint64_t)until, NULL);
}

static void run_world(toc_cli_call *call, const toc_topology *topology, toc_aftermath_wish *wish,
                      uint32_t to) {
    toc_progress progress = toc_progress_begin(call);
    wish->watch = show;
    wish->watch_object = &progress;
    toc_aftermath *aftermath = toc_aftermath_create(topology, wish);
    toc_progress_end(&progress);
    toc_flowed flowed = {topology, wish, aftermath, call->arguments[0], to};
    if (!toc_aftermath_facts_of(aftermath).has_grid && toc_cli_value(call, "rule") != NULL) {
        toc_place whole = {call->arguments[0], 0, 0};
        toc_problems_warn(call->problems, whole,
                          "nothing generates power in it: --rule changes nothing");
    }
    if (call->json) {
        json_t *document = toc_flowed_json(&flowed);
        (void)json_object_set_new(document, "problems", toc_cli_problems_json(call));
        toc_cli_print_json(call, document);
    } else {
        toc_flowsheet_print(&flowed);
    }
    toc_aftermath_destroy(aftermath);
}

static toc_status run(toc_cli_call *call) {
    toc_topology *topology = NULL;
    toc_aftermath_wish wish = {.rule = NULL};
    struct outs outs = {.count = 0};
    uint32_t to = TOC_INDEX_NONE;
    toc_status status = read_wish(call, &wish);
    if (status == TOC_OK && is_something_else(call, call->arguments[0])) {
        status = TOC_BAD_INPUT;
    }
    if (status == TOC_OK) {
        status = toc_formats_load_topology(call->arguments[0], call->problems, &topology);
    }
    if (status == TOC_OK) {
        status = find_outs(call, topology, &outs);
        wish.out = outs.elements;
        wish.out_count = outs.count;
        if (toc_cli_value(call, "until") == NULL) {
            wish.until = usual_length(topology);
        }
        wish.until += wish.out_at;
    }
    if (status == TOC_OK && toc_cli_value(call, "to") != NULL) {
        status = find_element(call, topology, "to", toc_cli_value(call, "to"), &to);
    }
    if (status == TOC_OK) {
        run_world(call, topology, &wish, to);
    }
    toc_topology_destroy(topology);
    return status;
}

const toc_cli_command toc_loadflow_command = {
    .name = "flow",
    .usage = "TOPOLOGY [--out ID]... [--rule RULE] [--at T] [--until T] [--margin SHARE] "
             "[--floor POWER] [--to ID]",
    .sentence = "the world at rest or after outages: services, load flow, trips with times",
    .example = "tocsin flow topology.xml --out line-5 --rule H+T1\n\n"
               "rules: first how power that does not add up is shared, then how lines open.\n"
               "  none  the reference unit takes it, whatever it can give\n"
               "  S     units are scaled down, or else loads are\n"
               "  H     units give of their headroom first, then loads are scaled down\n"
               "  +T1   relays open all overloaded lines at once, round by round\n"
               "  +T2   relays open a line after a time: 15 s at half as much again as its limit,\n"
               "        later for less, sooner for more\n"
               "Drills are played with H+T2. A real grid is not predicted by any of them.",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run,
};
