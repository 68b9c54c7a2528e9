/* Any bytes as what seats and control do in a running drill, a line each:
   "seat|verb|target|key=value ;key=value", and "@seconds" to let time pass. What is malformed is
   refused with a problem; what was taken gives the same drill, bit for bit, when it is replayed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/assert.h"
#include "tocsin/drill.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST_INPUTS = 200, LINE = 512 };

static const char topology[] =
    "<topology xmlns=\"urn:tocsin:topology:1\" name=\"Fuzz\">\n"
    "  <operator id=\"gridco\" name=\"Grid\" sector=\"power\"/><operator id=\"aqua\"/>\n"
    "  <zone id=\"ot\" operator=\"gridco\" level=\"2\"/><zone id=\"it\" operator=\"gridco\" "
    "level=\"4\"/>\n"
    "  <conduit id=\"c-1\" from=\"it\" to=\"ot\"><allow service=\"rdp\"/></conduit>\n"
    "  <asset id=\"depot\" kind=\"depot\" operator=\"gridco\" x=\"0\" y=\"0\"/>\n"
    "  <asset id=\"hmi-1\" kind=\"hmi\" operator=\"gridco\" zone=\"ot\" x=\"1\" y=\"1\"/>\n"
    "  <asset id=\"ss-1\" kind=\"substation\" operator=\"gridco\" zone=\"ot\" x=\"2\" y=\"0\" "
    "people=\"10\"><provides service=\"power\" capacity=\"10\" unit=\"MW\"/>\n"
    "    <buffer kind=\"battery\" holds=\"1h\" feeds=\"pump-1\"/></asset>\n"
    "  <asset id=\"pump-1\" kind=\"pump\" operator=\"aqua\"><needs all=\"ss-1\"/></asset>\n"
    "  <crew id=\"line-crew\" operator=\"gridco\" skills=\"switching repair\" base=\"depot\"/>\n"
    "</topology>\n";

static const char scenario[] =
    "local t = require \"tocsin\"\n"
    "local d = t.drill { title = \"Fuzz\", length = t.hours(2) }\n"
    "d:team \"gridco\" { \"dispatcher\", \"soc\", \"incident_lead\", \"compliance\" }\n"
    "d:team \"aqua\" { \"incident_lead\" }\n"
    "d:persona \"mayor\" { name = \"The mayor\", channel = \"phone\" }\n"
    "d:approval { verb = \"isolate\", by = \"incident_lead\", within = t.minutes(15) }\n"
    "d:inject { id = \"I-1\", at = t.minutes(5), to = \"gridco\", text = \"one\" }\n"
    "d:inject { id = \"C-1\", at = t.minutes(9), to = \"gridco.soc\", text = \"called\", channel = "
    "\"phone\", call = { says = \"Hello\" } }\n"
    "d:inject { id = \"H-1\", contingency = true, to = \"aqua\", text = \"hint\" }\n"
    "d:decision \"D-1\" { \"Which?\", options = { \"a\", \"b\" }, to = \"gridco.incident_lead\", "
    "at = "
    "t.minutes(7), within = t.minutes(20), default = \"a\" }\n"
    "d:duty \"report\" { operator = \"gridco\", to = \"aqua.incident_lead\", within = t.hours(1),\n"
    "  trigger = t.marked \"I-1\", text = \"Report\", source = \"ours\" }\n"
    "return d\n";

static toc_package *package;

static toc_drill *open_drill(void) {
    toc_problems *problems = toc_problems_create();
    toc_drill *drill = NULL;
    toc_drill_options options = {.seed = 7};
    if (package == NULL) {
        toc_package_file files[] = {{"scenario.lua", scenario, sizeof scenario - 1},
                                    {"topology.xml", topology, sizeof topology - 1}};
        TOC_ASSERT(toc_package_from_files("fuzz", files, 2, problems, &package) == TOC_OK);
    }
    if (toc_drill_open(package, &options, problems, &drill) != TOC_OK) {
        char told[512];
        (void)toc_problems_print(toc_problems_at(problems, 0), told, sizeof told);
        (void)fprintf(stderr, "%s\n", told);
        abort();
    }
    toc_problems_destroy(problems);
    return drill;
}

/* One that was taken, with its texts. */
struct taken {
    char line[LINE];
    toc_input input;
};

/* Cuts the line into the input's texts; in the last one ';' ends a line. */
static void cut(char *line, toc_input *out) {
    char *parts[4] = {line, "", "", ""};
    for (int i = 1; i < 4; i++) {
        char *bar = strchr(parts[i - 1], '|');
        if (bar == NULL) {
            break;
        }
        *bar = '\0';
        parts[i] = bar + 1;
    }
    for (char *at = parts[3]; *at != '\0'; at++) {
        *at = *at == ';' ? '\n' : *at;
    }
    *out =
        (toc_input){.seat = parts[0], .verb = parts[1], .target = parts[2], .parameters = parts[3]};
}

static void do_line(toc_drill *drill, struct taken *taken, unsigned *count) {
    toc_problems *problems = toc_problems_create();
    struct taken *next = &taken[*count];
    if (next->line[0] == '@') {
        toc_time wait = (toc_time)(strtoul(next->line + 1, NULL, 10) % 7200) * TOC_SECOND;
        toc_time until = toc_drill_now(drill) + wait;
        TOC_ASSERT(toc_drill_advance(drill, until, problems) == TOC_OK);
    } else {
        cut(next->line, &next->input);
        toc_status status = toc_drill_submit(drill, &next->input, problems, &next->input.at);
        TOC_ASSERT(status == TOC_OK ||
                   (status == TOC_BAD_INPUT && toc_problems_count(problems, TOC_ERROR) > 0));
        *count += status == TOC_OK;
    }
    toc_problems_destroy(problems);
}

static unsigned play(toc_drill *drill, const char *text, struct taken *taken) {
    unsigned count = 0;
    for (const char *at = text; *at != '\0' && count < MOST_INPUTS;) {
        size_t length = strcspn(at, "\n");
        if (length > 0 && length < LINE) {
            memcpy(taken[count].line, at, length);
            taken[count].line[length] = '\0';
            do_line(drill, taken, &count);
        }
        at += length + (at[length] == '\n');
    }
    toc_problems *problems = toc_problems_create();
    TOC_ASSERT(toc_drill_advance(drill, TOC_NEVER, problems) == TOC_OK);
    toc_problems_destroy(problems);
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char *text = malloc(size + 1);
    struct taken *taken = calloc(MOST_INPUTS + 1, sizeof *taken);
    memcpy(text, data, size);
    text[size] = '\0';
    toc_drill *live = open_drill(), *again = open_drill();
    toc_problems *problems = toc_problems_create();
    unsigned count = play(live, text, taken);
    for (unsigned i = 0; i < count; i++) {
        TOC_ASSERT(toc_drill_replay(again, &taken[i].input, problems) == TOC_OK);
    }
    TOC_ASSERT(toc_drill_advance(again, TOC_NEVER, problems) == TOC_OK);
    TOC_ASSERT(toc_drill_digest(live) == toc_drill_digest(again));
    toc_problems_destroy(problems);
    toc_drill_close(live);
    toc_drill_close(again);
    free(taken);
    free(text);
    return 0;
}
