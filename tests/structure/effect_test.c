/* Every attribute of the native topology changes some output: the schema is walked, each attribute
   must have a row in effect.def, and each row's change must be seen where the row says. */
#include "support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/tree.h>

#include "drawing/map.h"
#include "model/alert.h"
#include "model/belief.h"
#include "model/intrusion.h"
#include "model/job.h"
#include "model/network.h"
#include "model/power.h"
#include "model/reach.h"
#include "model/sensor.h"
#include "model/service.h"
#include "model/world.h"
#include "tocsin/drill.h"
#include "tocsin/formats.h"
#include "tocsin/standin.h"

enum output { COURSE, NETWORK, MAP, SCRIPT, OUTPUTS };
enum town { RIVER_CITY, DRY_TOWN, TOWNS };

static const char *const town_files[TOWNS] = {"river-city.xml", "dry-town.xml"};

static const struct effect {
    const char *element, *attribute, *was, *becomes;
    enum output output;
    enum town town;
} effects[] = {
#define EFFECT(element, attribute, was, becomes, output)                                           \
    {#element, #attribute, was, becomes, output, RIVER_CITY},
#define SHORTAGE(element, attribute, was, becomes, output)                                         \
    {#element, #attribute, was, becomes, output, DRY_TOWN},
#include "structure/effect.def"
#undef EFFECT
#undef SHORTAGE
};

enum { EFFECTS = sizeof effects / sizeof effects[0] };

static const char *const output_names[] = {"COURSE", "NETWORK", "MAP", "SCRIPT"};

static const char remedy[] =
    "add to tests/structure/effect.def: EFFECT(%s, %s, \"text of tests/formats/files/"
    "river-city.xml\", \"what takes its place\", COURSE | NETWORK | MAP | SCRIPT); an attribute "
    "that changes no output does not belong into the schema\n";

/* ---- COURSE: a world in which everything fails in turn and is mended ---- */

struct course {
    const toc_topology *topology;
    toc_calendar *calendar;
    toc_world *world;
    FILE *out;
};

static const char *subject_name(const toc_topology *topology, const toc_change *change) {
    toc_change_kind kind = change->kind;
    if (kind == TOC_CHANGE_SERVICE) {
        return topology->services[change->subject].id;
    }
    if (kind == TOC_CHANGE_CONDUIT) {
        return topology->conduits[change->subject].id;
    }
    if (kind == TOC_CHANGE_JOB) {
        return toc_topology_element_id(topology, change->other);
    }
    if (kind == TOC_CHANGE_OPERATION || kind == TOC_CHANGE_CAUSE || kind == TOC_CHANGE_CONTROL ||
        kind == TOC_CHANGE_BELIEF || kind == TOC_CHANGE_OVERLOAD || kind == TOC_CHANGE_LISTENER) {
        return toc_topology_element_id(topology, change->subject);
    }
    return "";
}

static void note_change(void *object, const toc_change *change) {
    struct course *course = object;
    (void)fprintf(course->out, "%lld %d %s %u: %lld to %lld\n",
                  (long long)toc_calendar_now(course->calendar), (int)change->kind,
                  subject_name(course->topology, change), change->subject,
                  (long long)change->before, (long long)change->after);
    if (change->kind == TOC_CHANGE_ALERT) {
        const toc_alert *alert = toc_alert_at(course->world, change->subject);
        (void)fprintf(course->out, "  %s of %s on %s\n",
                      alert->sensor == TOC_INDEX_NONE ? "hunt"
                                                      : course->topology->sensors[alert->sensor].id,
                      course->topology->operators[alert->operator_index].id,
                      course->topology->assets[alert->asset].id);
    }
    if (change->kind == TOC_CHANGE_JOB) {
        toc_job job = toc_job_read(course->world, change->subject);
        (void)fprintf(course->out, "  by %s\n",
                      job.crew == TOC_INDEX_NONE ? "" : course->topology->crews[job.crew].id);
    }
}

static void note_figures(const struct course *course) {
    const toc_topology *topology = course->topology;
    for (uint32_t i = 0; i < topology->service_count; i++) {
        toc_service_figures figures = toc_service_read(course->world, i);
        (void)fprintf(course->out, "  %s: %lld of %lld, %.0f asked, %.0f lost, %.0f people\n",
                      topology->services[i].id, (long long)figures.supply,
                      (long long)figures.demand, (double)figures.demand_us, (double)figures.loss_us,
                      (double)figures.people_us);
    }
    for (uint32_t i = 0; i < topology->asset_count && toc_power_is_modelled(course->world); i++) {
        (void)fprintf(course->out, "  %.9f", toc_power_angle_deg(course->world, i));
    }
    for (uint32_t i = 0; i < topology->link_count && toc_power_is_modelled(course->world); i++) {
        (void)fprintf(course->out, "  %.9f", toc_power_flow_mw(course->world, i));
    }
    for (uint32_t i = 0; i < topology->generation_count && toc_power_is_modelled(course->world);
         i++) {
        (void)fprintf(course->out, "  %.9f", toc_power_output_mw(course->world, i));
    }
    (void)fputs("\n", course->out);
}

static void pass(const struct course *course, toc_time time) {
    toc_calendar_run(course->calendar, toc_calendar_now(course->calendar) + time);
    note_figures(course);
}

static void mend(const struct course *course, uint32_t element, toc_job_kind kind) {
    const toc_topology *topology = course->topology;
    uint32_t asset = element < topology->asset_count
                         ? element
                         : topology->links[element - topology->asset_count].from;
    toc_job_order order = {.kind = kind,
                           .element = element,
                           .operator_index = topology->assets[asset].operator_index,
                           .crew = TOC_INDEX_NONE};
    const char *why = "";
    if (order.operator_index != TOC_INDEX_NONE &&
        toc_job_order_at(course->world, &order, &why) == TOC_INDEX_NONE) {
        (void)fprintf(course->out, "  nobody mends %u: %s\n", element, why);
    }
}

static void fail_and_mend(const struct course *course, uint32_t element) {
    static const toc_cause causes[] = {TOC_CAUSE_DAMAGED, TOC_CAUSE_OPENED};
    static const toc_job_kind kinds[] = {TOC_JOB_KIND_REPAIR, TOC_JOB_KIND_SWITCH};
    for (size_t i = 0; i < 2; i++) {
        if (element < course->topology->asset_count) {
            (void)toc_sensor_step(course->world, 0, element, "T0855", 1000000);
        }
        (void)toc_world_fail(course->world, element, causes[i]);
        pass(course, 30 * TOC_MINUTE);
        toc_belief_learn(course->world, 0, element, TOC_SEEN_BY_MESSAGE);
        mend(course, element, kinds[i]);
        pass(course, 4 * TOC_HOUR);
        (void)toc_world_clear(course->world, element, causes[i]);
        pass(course, 2 * TOC_HOUR);
    }
}

/* What begins off is switched on half-way, so that both are seen. */
static void switch_all_on(const struct course *course) {
    for (uint32_t i = 0; i < course->topology->asset_count + course->topology->link_count; i++) {
        (void)toc_world_clear(course->world, i, TOC_CAUSE_OPENED);
        (void)toc_world_clear(course->world, i, TOC_CAUSE_SWITCHED_OFF);
        pass(course, TOC_HOUR);
    }
}

static void play_course(const toc_topology *topology, FILE *out) {
    struct course course = {.topology = topology, .calendar = toc_calendar_create(), .out = out};
    uint32_t elements = topology->asset_count + topology->link_count;
    course.world = toc_world_create(topology, course.calendar, NULL, (toc_chance){.seed = 1},
                                    note_change, &course);
    uint32_t gnat = toc_intrusion_attacker(course.world, "GNAT"); /* is everywhere from the start */
    for (uint32_t i = 0; i < topology->asset_count; i++) {
        toc_intrusion_begin_at(course.world, gnat, i);
    }
    pass(&course, 6 * TOC_HOUR);
    for (int round = 0; round < 2; round++) {
        for (uint32_t i = 0; i < elements; i++) {
            fail_and_mend(&course, i);
        }
        for (uint32_t i = 0; i < elements; i++) { /* all at once: crews are short */
            (void)toc_world_fail(course.world, i, TOC_CAUSE_OPENED);
            toc_belief_learn(course.world, 0, i, TOC_SEEN_BY_MESSAGE);
            mend(&course, i, TOC_JOB_KIND_SWITCH);
        }
        pass(&course, 12 * TOC_HOUR);
        switch_all_on(&course);
    }
    for (uint32_t i = 0; i < topology->conduit_count; i++) {
        (void)toc_network_block(course.world, i, true);
        pass(&course, TOC_HOUR);
        (void)toc_network_block(course.world, i, false);
    }
    toc_world_destroy(course.world);
    toc_calendar_destroy(course.calendar);
}

/* ---- NETWORK: what passes in each phase, and whom an attacker reaches ---- */

static void note_passages(const toc_world *world, FILE *out) {
    static const char *const services[] = {"", "rdp", "ntp", "https", "iec-104", "ssh", "http"};
    const toc_topology *topology = toc_world_topology(world);
    for (uint32_t from = 0; from < topology->asset_count; from++) {
        for (uint32_t to = 0; to < topology->asset_count; to++) {
            for (size_t i = 0; i < sizeof services / sizeof services[0]; i++) {
                (void)fputc(toc_network_permits(world, from, to, services[i]) ? '+' : '-', out);
            }
        }
        (void)fputc('\n', out);
    }
}

/* Without the weaknesses told before a certain one, so that each of an asset counts once. */
static bool is_told_later(void *object, uint32_t weakness) {
    return weakness >= *(const uint32_t *)object;
}

static void note_reach(const toc_world *world, uint32_t first, FILE *out) {
    const toc_topology *topology = toc_world_topology(world);
    for (uint32_t foot = 0; foot < topology->asset_count; foot++) {
        toc_foothold foothold = {foot, TOC_ACCESS_USER};
        toc_reach_options options = {
            .footholds = &foothold, .foothold_count = 1, .usable = is_told_later, .object = &first};
        toc_reach *reach = toc_reach_create(world, &options);
        for (uint32_t i = 0; i < topology->asset_count; i++) {
            (void)fprintf(out, " %s", toc_reach_access_name(toc_reach_access(reach, i)));
        }
        (void)fputc('\n', out);
        toc_reach_destroy(reach);
    }
}

static void note_network(const toc_topology *topology, FILE *out) {
    toc_calendar *calendar = toc_calendar_create();
    toc_world *world =
        toc_world_create(topology, calendar, NULL, (toc_chance){.seed = 1}, NULL, NULL);
    for (uint32_t i = 0; i < topology->phase_count; i++) {
        (void)toc_network_set_phase(world, i);
        (void)fprintf(out, "%s\n", topology->phases[i].id);
        note_passages(world, out);
        for (uint32_t first = 0; first <= topology->weakness_count; first++) {
            note_reach(world, first, out);
        }
    }
    toc_world_destroy(world);
    toc_calendar_destroy(calendar);
}

/* ---- MAP ---- */

static void draw(const toc_topology *topology, FILE *out) {
    toc_map_request request = {.topology = topology, .format = TOC_MAP_SVG, .needs = true};
    toc_problems *problems = toc_problems_create();
    toc_formats_buffer buffer = {NULL, 0, 0};
    assert_int_equal(toc_map_draw(&request, problems, &buffer), TOC_OK);
    assert_int_equal(fwrite(buffer.bytes, 1, buffer.size, out), buffer.size);
    toc_formats_buffer_finish(&buffer);
    toc_problems_destroy(problems);
}

/* ---- SCRIPT: a scenario that looks round, and an adversary that tries ---- */

static const char scenario[] =
    "local t = require 'tocsin'\n"
    "local drill = t.drill { title = 'Look round', length = t.hours(8) }\n"
    "drill:team 'gridco' { 'incident_lead' }\n"
    "local red = drill:adversary { name = 'MOTH', at = 'pc-1', skill = 'expert' }\n"
    "red:plan(function(a)\n"
    "  for _, technique in ipairs { 'T0812', 'T0859' } do\n"
    "    for i = 1, 8 do\n"
    "      a:technique(technique) { on = 'ss-12', effect = 'open-breaker', takes = t.minutes(1) }\n"
    "    end\n"
    "  end\n"
    "end)\n"
    "drill:at(t.minutes(1), function(d)\n"
    "  d:fail('ss-12', 'damage')\n"
    "end)\n"
    "drill:when(function(w)\n"
    "  for _, asset in ipairs(w:assets()) do\n"
    "    local o = asset.operator ~= '' and w:operator(asset.operator)\n"
    "    print(asset.id, o and o.id, o and o.name, o and o.sector, o and o.is_cii)\n"
    "    for _, k in ipairs(asset.weaknesses) do print(k.id, k.technique, k.ease, k.gives) end\n"
    "    local zone = asset.zone and w:zone(asset.zone)\n"
    "    if zone then print(zone.id, zone.operator, zone.level, zone.target) end\n"
    "  end\n"
    "  return true\n"
    "end, function(d) end)\n"
    "return drill\n";

static const char policy[] =
    "local p = require 'tocsin.policy'\n"
    "return p.policy { incident_lead = function(seat)\n"
    "  for _, crew in ipairs(seat:crews()) do seat:act('note', nil, { text = crew.name }) end\n"
    "  for _, pile in ipairs(seat:stocks()) do\n"
    "    seat:act('note', nil, { text = pile.part .. pile.at .. pile.count })\n"
    "  end\n"
    "  for _, vendor in ipairs(seat:vendors()) do\n"
    "    seat:act('note', nil, { text = vendor.name .. tostring(vendor.can.replace) })\n"
    "    seat:act('call_vendor', 'ss-12', { vendor = vendor.id })\n"
    "    seat:act('call_vendor', 'ss-14', { vendor = vendor.id })\n"
    "    seat:act('request_spare', 'ss-12', { vendor = vendor.id })\n"
    "  end\n"
    "  seat:act('shift_change', 'gc-west')\n"
    "  seat:act('change_phase', 'storm')\n"
    "  seat:wait(3600000000)\n"
    "  seat:act('change_phase', 'everyday')\n"
    "  while true do seat:wait(3600000000) end\n"
    "end }\n";

static void note_entry(void *object, const toc_trace_entry *entry) {
    (void)fprintf(object, "%lld %s|%s|%s|%s|%s|%lld|%lld\n", (long long)entry->time,
                  toc_trace_kind_name(entry->kind), entry->subject, entry->actor, entry->verb,
                  entry->text, (long long)entry->before, (long long)entry->after);
}

static void must(toc_status status, const toc_problems *problems) {
    char line[1000];
    if (status != TOC_OK) {
        (void)toc_problems_print(toc_problems_at(problems, 0), line, sizeof line);
        fail_msg("%s", line);
    }
}

static void play_script(const char *topology, FILE *out) {
    toc_package_file files[] = {{"scenario.lua", scenario, sizeof scenario - 1},
                                {"topology.xml", topology, strlen(topology)},
                                {"policies/look.lua", policy, sizeof policy - 1}};
    toc_drill_options options = {.seed = 1, .trace = note_entry, .trace_object = out};
    toc_problems *problems = toc_problems_create();
    toc_package *package = NULL;
    toc_standins *standins = NULL;
    toc_drill *drill = NULL;
    must(toc_package_from_files("look", files, 3, problems, &package), problems);
    must(toc_drill_open(package, &options, problems, &drill), problems);
    must(toc_standins_create(drill, package, "policies/look.lua", NULL, NULL, problems, &standins),
         problems);
    must(toc_standins_play(standins, TOC_NEVER, problems), problems);
    toc_standins_destroy(standins);
    toc_drill_close(drill);
    toc_package_destroy(package);
    toc_problems_destroy(problems);
}

/* ---- rows ---- */

static char *produce(const char *text, enum output output) {
    toc_problems *problems = toc_problems_create();
    toc_topology *topology = NULL;
    char *bytes = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&bytes, &size);
    assert_non_null(out);
    must(toc_formats_read_topology(text, strlen(text), "changed", problems, &topology), problems);
    switch (output) {
    case COURSE:
        play_course(topology, out);
        break;
    case NETWORK:
        note_network(topology, out);
        break;
    case MAP:
        draw(topology, out);
        break;
    case SCRIPT:
        play_script(text, out);
        break;
    case OUTPUTS:
        fail();
    }
    assert_int_equal(fclose(out), 0);
    toc_topology_destroy(topology);
    toc_problems_destroy(problems);
    return bytes;
}

/* `text` with every `was` made `becomes`, NULL where there is none. */
static char *replaced(const char *text, const char *was, const char *becomes) {
    char *bytes = NULL;
    size_t size = 0, count = 0;
    FILE *out = open_memstream(&bytes, &size);
    assert_non_null(out);
    for (const char *found; (found = strstr(text, was)) != NULL; text = found + strlen(was)) {
        (void)fwrite(text, 1, (size_t)(found - text), out);
        (void)fputs(becomes, out);
        count++;
    }
    (void)fputs(text, out);
    assert_int_equal(fclose(out), 0);
    if (count == 0) {
        free(bytes);
        bytes = NULL;
    }
    return bytes;
}

static char *full_file(enum town town) {
    char path[1000];
    toc_problems *problems = toc_problems_create();
    toc_formats_buffer buffer = {NULL, 0, 0};
    char *text;
    (void)snprintf(path, sizeof path, "%s/tests/formats/files/%s", support_source(),
                   town_files[town]);
    must(toc_formats_load(path, problems, &buffer), problems);
    text = strndup(buffer.bytes, buffer.size);
    assert_non_null(text);
    toc_formats_buffer_finish(&buffer);
    toc_problems_destroy(problems);
    return text;
}

/* True where that output of the changed file is another. */
static bool differs(const char *changed, char *const *outputs, enum output output) {
    char *now = produce(changed, output);
    bool is_other = strcmp(now, outputs[output]) != 0;
    free(now);
    return is_other;
}

/* Says what is wrong with the row, if anything. */
static bool is_right(const struct effect *effect, const char *text, char *const *outputs) {
    char *changed = replaced(text, effect->was, effect->becomes);
    if (changed == NULL) {
        print_error("<%s %s>: %s has no '%s'\n", effect->element, effect->attribute,
                    town_files[effect->town], effect->was);
        return false;
    }
    bool right = differs(changed, outputs, effect->output);
    if (!right) {
        print_error("<%s %s>: %s stays as it is when this changes; give the attribute its effect, "
                    "or put the row in effect.def right\n",
                    effect->element, effect->attribute, output_names[effect->output]);
    }
    free(changed);
    return right;
}

static bool is_named(enum town town, enum output output) {
    for (size_t i = 0; i < EFFECTS; i++) {
        if (effects[i].town == town && effects[i].output == output) {
            return true;
        }
    }
    return false;
}

static size_t wrong_rows(enum town town) {
    char *text = full_file(town), *outputs[OUTPUTS] = {NULL};
    size_t wrong = 0;
    for (unsigned i = 0; i < OUTPUTS; i++) {
        if (!is_named(town, (enum output)i)) {
            continue;
        }
        outputs[i] = produce(text, (enum output)i);
        if (getenv("TOCSIN_EFFECTS") != NULL) {
            (void)printf("---- %s\n%s\n", output_names[i], outputs[i]);
        }
    }
    for (size_t i = 0; i < EFFECTS; i++) {
        wrong += effects[i].town == town && !is_right(&effects[i], text, outputs) ? 1 : 0;
    }
    for (unsigned i = 0; i < OUTPUTS; i++) {
        free(outputs[i]);
    }
    free(text);
    return wrong;
}

static void every_attribute_changes_the_output_that_its_row_names(void **state) {
    (void)state;
    assert_int_equal(wrong_rows(RIVER_CITY) + wrong_rows(DRY_TOWN), 0);
}

/* ---- the schema ---- */

static bool has_row(const char *element, const char *attribute) {
    for (size_t i = 0; i < EFFECTS; i++) {
        if (strcmp(effects[i].element, element) == 0 &&
            strcmp(effects[i].attribute, attribute) == 0) {
            return true;
        }
    }
    return false;
}

/* The element that an attribute's declaration stands in; types are called as their elements. */
static xmlChar *owner_of(const xmlNode *declaration) {
    for (const xmlNode *node = declaration->parent; node != NULL && node->type == XML_ELEMENT_NODE;
         node = node->parent) {
        xmlChar *name = xmlGetProp(node, BAD_CAST "name");
        if (name != NULL) {
            return name;
        }
    }
    return NULL;
}

static size_t count_missing(const xmlNode *node, size_t *declared) {
    size_t missing = 0;
    for (; node != NULL; node = node->next) {
        if (node->type != XML_ELEMENT_NODE) {
            continue;
        }
        if (strcmp((const char *)node->name, "attribute") == 0) {
            xmlChar *attribute = xmlGetProp(node, BAD_CAST "name"), *element = owner_of(node);
            assert_non_null(attribute);
            assert_non_null(element);
            *declared += 1;
            if (!has_row((const char *)element, (const char *)attribute)) {
                print_error("<%s> has an attribute '%s' without a row: ", (const char *)element,
                            (const char *)attribute);
                print_error(remedy, (const char *)element, (const char *)attribute);
                missing++;
            }
            xmlFree(attribute);
            xmlFree(element);
        }
        missing += count_missing(node->children, declared);
    }
    return missing;
}

static void every_attribute_of_the_schema_has_a_row_and_no_row_is_left_over(void **state) {
    char path[1000];
    size_t declared = 0;
    xmlDoc *schema;
    (void)state;
    (void)snprintf(path, sizeof path, "%s/assets/schema/topology-1.xsd", support_source());
    schema = xmlReadFile(path, NULL, XML_PARSE_NONET);
    assert_non_null(schema);
    assert_int_equal(count_missing(xmlDocGetRootElement(schema), &declared), 0);
    assert_int_equal(declared, EFFECTS);
    xmlFreeDoc(schema);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_attribute_of_the_schema_has_a_row_and_no_row_is_left_over),
        cmocka_unit_test(every_attribute_changes_the_output_that_its_row_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
