#include "formats/epanet_scenario.h"

#include "formats/paper.h"
#include "formats/plain_number.h"

#include <string.h>

struct writing {
    const toc_epanet_network *network;
    const toc_epanet_cyber *cyber;
    const toc_epanet_names *names;
    toc_formats_buffer *out;
    uint32_t unplayed;
};

/* "text" for Lua: what would end it, or the line, is escaped. */
static void quote(struct writing *writing, const char *text) {
    toc_paper_text(writing->out, "\"");
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\') {
            toc_paper_text(writing->out, "\\");
        }
        toc_paper_bytes(writing->out, *text == '\n' || *text == '\r' ? " " : text, 1);
    }
    toc_paper_text(writing->out, "\"");
}

/* Lines of a comment, broken between words. */
static void comment(struct writing *writing, const char *text) {
    enum { WIDTH = 90 };
    while (*text != '\0') {
        size_t length = strlen(text);
        if (length > WIDTH) {
            length = WIDTH;
            while (length > 0 && text[length] != ' ') {
                length--;
            }
            length = length == 0 ? strcspn(text, " ") : length;
        }
        toc_paper_text(writing->out, "-- ");
        toc_paper_bytes(writing->out, text, length);
        toc_paper_text(writing->out, "\n");
        text += length;
        text += strspn(text, " ");
    }
}

static void number(struct writing *writing, double value) {
    char text[48];
    value = value < 0 ? 0 : value > 1e9 ? 1e9 : value;
    (void)toc_plain_number_scaled((int64_t)(value * 1000000 + 0.5), 1000000, text, sizeof text);
    toc_paper_text(writing->out, text);
}

static double latest(const toc_list *terms) {
    double hours = 0;
    for (uint32_t i = 0; i < terms->count; i++) {
        const toc_epanet_term *term = TOC_LIST_AT(const toc_epanet_term, terms, i);
        hours = term->of == TOC_EPANET_OF_TIME && term->value > hours ? term->value : hours;
    }
    return hours;
}

/* Hours: what the network file says, all of the longest pattern, and a day behind the last time
   that an attack names; at most four weeks. */
static double length_of(const struct writing *writing) {
    const toc_epanet_network *network = writing->network;
    double hours = (double)network->duration / (double)TOC_HOUR;
    for (uint32_t i = 0; i < network->patterns.count; i++) {
        double all = (double)toc_epanet_network_pattern(network, i)->values.count *
                     ((double)network->pattern_step / (double)TOC_HOUR);
        hours = all > hours ? all : hours;
    }
    for (uint32_t i = 0; i < writing->cyber->attacks.count; i++) {
        const toc_epanet_attack *attack = toc_epanet_cyber_attack(writing->cyber, i);
        double begins = latest(&attack->starts) + 24, ends = latest(&attack->ends) + 24;
        hours = begins > hours ? begins : hours;
        hours = ends > hours ? ends : hours;
    }
    return hours > 672 ? 672 : hours < 24 ? 24 : hours;
}

static void write_head(struct writing *writing, const char *title) {
    toc_formats_buffer *out = writing->out;
    toc_paper_text(out,
                   "-- Written by `tocsin import epanet` from a water network and what attacks "
                   "it. Change it as you like.\nlocal t = require \"tocsin\"\n\n"
                   "local drill = t.drill {\n  title = ");
    quote(writing, title);
    toc_paper_text(out,
                   ",\n  kind = { form = \"practical\", span = \"in-house\", content = "
                   "\"thematic\" },\n  topology = \"topology.xml\", starts = \"2026-01-05 00:00 "
                   "UTC\", length = t.hours(");
    number(writing, length_of(writing));
    toc_paper_text(out, "),\n}\n\n-- One seat; whoever plays it can do all that an operator can.\n"
                        "drill:team \"water-utility\" { \"incident_lead\" }\n\n");
}

static void write_aims(struct writing *writing) {
    toc_paper_text(
        writing->out,
        "drill:objective \"O1\" { \"The attack is recognised as an attack\", within = t.hours(8),\n"
        "  after = \"attack-begins\", met = t.declared \"incident\" }\n"
        "drill:objective \"O2\" { \"Everybody has water again\", within = t.hours(24),\n"
        "  after = \"attack-begins\", met = t.service(\"water\", { at_least = 0.99 }) }\n\n"
        "drill:when(function(w) return w:service(\"water\").level < 0.95 end, function(d)\n"
        "  d:inject { to = \"water-utility.incident_lead\", channel = \"phone\", from = "
        "\"customers\",\n"
        "    text = \"There is no water in our street. Is somebody working on it?\",\n"
        "    expects = { \"declare_incident\" } }\nend)\n\n"
        "-- Waits until so many hours of the drill have gone by.\n"
        "local function until_hour(a, hours)\n"
        "  if drill.now < t.hours(hours) then\n    a:wait(t.hours(hours) - drill.now)\n  "
        "end\nend\n\n");
}

static const char *link_name(const struct writing *writing, uint32_t link) {
    return writing->names->link[link];
}

/* What a term says of the world, as an expression. A pipe's flow and a junction's pressure are not
   known to it. */
static bool write_term(struct writing *writing, const toc_epanet_term *term) {
    bool runs = strcmp(term->relation, ">") == 0 || strcmp(term->relation, ">=") == 0 ||
                (strcmp(term->relation, "==") == 0 && term->value > 0);
    if (term->of == TOC_EPANET_OF_LINK &&
        toc_epanet_network_link(writing->network, term->number)->kind != TOC_EPANET_PIPE) {
        toc_paper_text(writing->out, runs ? "w:asset(" : "not w:asset(");
        quote(writing, link_name(writing, term->number));
        toc_paper_text(writing->out, ").is_up");
        return true;
    }
    return false;
}

/* Waits for a condition: first for its times, then for the rest of it. */
static bool write_wait(struct writing *writing, const toc_list *terms) {
    uint32_t others = 0;
    double hours = latest(terms);
    bool whole = true;
    if (hours > 0) {
        toc_paper_text(writing->out, "  until_hour(a, ");
        number(writing, hours);
        toc_paper_text(writing->out, ")\n");
    }
    for (uint32_t i = 0; i < terms->count; i++) {
        const toc_epanet_term *term = TOC_LIST_AT(const toc_epanet_term, terms, i);
        if (term->of == TOC_EPANET_OF_TIME) {
            continue;
        }
        toc_paper_text(writing->out,
                       others++ == 0 ? "  a:wait_until(function(w) return " : " and ");
        if (!write_term(writing, term)) {
            toc_paper_text(writing->out, "true");
            whole = false;
        }
    }
    toc_paper_text(writing->out, others > 0 ? " end)\n" : "");
    return whole;
}

/* The link over which the reading that is attacked travels; NULL where there is none. */
static const char *line_of(const struct writing *writing, const toc_epanet_attack *attack) {
    const toc_epanet_cyber *cyber = writing->cyber;
    for (uint32_t i = 0; i < cyber->channels.count && attack->sender != TOC_NONE; i++) {
        const toc_epanet_channel *channel = toc_epanet_cyber_channel(cyber, i);
        if (channel->from == attack->sender && channel->to == attack->receiver) {
            return writing->names->channel[i];
        }
    }
    return attack->sensor.of_node ? writing->names->sensor[attack->sensor.of] : NULL;
}

static const char *effect_of(const struct writing *writing, uint32_t link) {
    return toc_epanet_network_link(writing->network, link)->kind == TOC_EPANET_VALVE ? "close-valve"
                                                                                     : "switch-off";
}

/* `a:technique "T0814" { on = "PLC2-PLC1", effect = "flood" ...` */
static void write_technique(struct writing *writing, const char *id, const char *on,
                            const char *effect) {
    toc_paper_format(writing->out, "  a:technique \"%s\" { on = ", id);
    quote(writing, on);
    toc_paper_format(writing->out, ", effect = \"%s\", takes = t.seconds(1) }\n", effect);
}

static void write_clear(struct writing *writing, const char *on, const char *effect) {
    toc_paper_text(writing->out, "  drill:clear(");
    quote(writing, on);
    toc_paper_format(writing->out, ", \"%s\")\n", effect);
}

/* What the controllers do that are told `level` of a tank over the attacked link: each control
   whose mark that level is beyond switches its link. Gives how many; `clear` takes them back. */
static uint32_t write_obedience(struct writing *writing, const toc_epanet_attack *attack,
                                bool clear) {
    const toc_epanet_network *network = writing->network;
    uint32_t count = 0;
    for (uint32_t i = 0; i < network->controls.count; i++) {
        const toc_epanet_control *control = toc_epanet_network_control(network, i);
        bool acts = control->when == TOC_EPANET_BELOW   ? attack->value < control->level_m
                    : control->when == TOC_EPANET_ABOVE ? attack->value > control->level_m
                                                        : false;
        if (!acts || control->node != attack->sensor.of ||
            toc_epanet_cyber_switches(writing->cyber, control->link) != attack->receiver) {
            continue;
        }
        count++;
        if (control->opens && !clear) {
            write_clear(writing, link_name(writing, control->link),
                        effect_of(writing, control->link));
        } else if (!control->opens && clear) {
            write_clear(writing, link_name(writing, control->link),
                        effect_of(writing, control->link));
        } else if (!control->opens) {
            write_technique(writing, "T0831", link_name(writing, control->link),
                            effect_of(writing, control->link));
        }
    }
    return count;
}

/* Readings that no longer arrive: controllers go on by the last they had. */
static void write_jam(struct writing *writing, const toc_epanet_attack *attack, bool clear) {
    const char *line = line_of(writing, attack);
    if (line != NULL && clear) {
        write_clear(writing, line, "flood");
    } else if (line != NULL) {
        write_technique(writing, "T0814", line, "flood");
    }
}

static bool is_about_level(const struct writing *writing, const toc_epanet_attack *attack) {
    return attack->sensor.of_node &&
           toc_epanet_network_node(writing->network, attack->sensor.of)->kind == TOC_EPANET_TANK;
}

/* False where the plan cannot do what the attack does. */
static bool write_deed(struct writing *writing, const toc_epanet_attack *attack, bool clear) {
    bool in_room = attack->receiver != TOC_NONE && attack->receiver == writing->cyber->room;
    if (attack->kind == TOC_EPANET_ON_ACTUATOR) {
        uint32_t link = attack->sensor.of;
        if (attack->method != TOC_EPANET_CONSTANT || attack->value > 0 ||
            toc_epanet_network_link(writing->network, link)->kind == TOC_EPANET_PIPE) {
            return false;
        }
        if (clear) {
            write_clear(writing, link_name(writing, link), effect_of(writing, link));
        } else {
            write_technique(writing, "T0855", link_name(writing, link), effect_of(writing, link));
        }
        return true;
    }
    if (attack->kind != TOC_EPANET_ON_COMMUNICATION || line_of(writing, attack) == NULL) {
        return false;
    }
    if (attack->method == TOC_EPANET_DOS) {
        write_jam(writing, attack, clear);
        return true;
    }
    if (attack->method == TOC_EPANET_CONSTANT && !in_room && is_about_level(writing, attack)) {
        write_jam(writing, attack, clear);
        (void)write_obedience(writing, attack, clear);
        return true;
    }
    return false;
}

static void write_attack(struct writing *writing, uint32_t index) {
    const toc_epanet_attack *attack = toc_epanet_cyber_attack(writing->cyber, index);
    toc_formats_buffer aside = {NULL, 0, 0}, *out = writing->out;
    bool played, whole;
    /* whether it can be played is known only once it is written */
    writing->out = &aside;
    played = !attack->never_starts && write_deed(writing, attack, false);
    toc_formats_buffer_finish(&aside);
    writing->out = out;
    toc_paper_format(out, "-- Attack %u, line %u of the file.\n", index + 1, attack->line);
    comment(writing, attack->remark);
    if (!played) {
        writing->unplayed++;
        toc_paper_text(out, attack->never_starts ? "-- It never begins.\n\n"
                                                 : "-- A plan cannot do this; it is left out.\n\n");
        return;
    }
    toc_paper_text(out, "red:plan(function(a)\n");
    whole = write_wait(writing, &attack->starts);
    toc_paper_format(out, "  a:mark \"attack-begins\"\n  a:mark \"attack-%u\"\n", index + 1);
    (void)write_deed(writing, attack, false);
    if (!attack->never_ends) {
        whole = write_wait(writing, &attack->ends) && whole;
        (void)write_deed(writing, attack, true);
    }
    toc_paper_text(out, "end)\n\n");
    writing->unplayed += whole ? 0 : 1;
}

static void write_briefing(const struct writing *writing, const char *title,
                           toc_formats_buffer *briefing) {
    const toc_epanet_network *network = writing->network;
    toc_paper_format(briefing,
                     "# %s: briefing for players\n\nEXERCISE. Everything in this drill is "
                     "simulated.\n\nYou are on duty at the water utility. Its network has %u "
                     "junctions, tanks and reservoirs and %u pipes, pumps and valves; controllers "
                     "switch pumps and valves by the levels of tanks that they are told. You see "
                     "what reaches the control room, and nothing else.\n\nFind out what is going "
                     "on, keep the water running, and report in time. Real life goes first: anyone "
                     "may stop the drill.\n",
                     title, network->nodes.count, network->links.count);
}

void toc_epanet_scenario_write(const toc_epanet_network *network, const toc_epanet_cyber *cyber,
                               const toc_epanet_names *names, toc_problems *problems,
                               toc_formats_import *out_import) {
    struct writing writing = {network, cyber, names, &out_import->scenario, 0};
    const char *title = toc_arena_format(cyber->arena, "Attacks on %s", out_import->topology->name);
    toc_place place = {cyber->file, 0, 0};
    write_head(&writing, title);
    write_aims(&writing);
    toc_paper_text(writing.out,
                   "local red = drill:adversary { name = \"RED\", skill = \"expert\" }\n\n");
    for (uint32_t i = 0; i < cyber->attacks.count; i++) {
        write_attack(&writing, i);
    }
    toc_paper_text(writing.out, "return drill\n");
    write_briefing(&writing, title, &out_import->briefing);
    if (writing.unplayed > 0) {
        toc_problems_warn(problems, place,
                          "attacks that a plan plays only in part or not at all, as its comments "
                          "say: %u of %u",
                          writing.unplayed, cyber->attacks.count);
    }
}
