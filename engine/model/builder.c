#include "model/audit.h"
#include "model/draft.h"
#include "model/job.h"
#include "model/resolve.h"

#include "kernel/assert.h"

#include <string.h>

static void init_roll(struct roll *roll) {
    roll->names = toc_names_create();
}

toc_builder *toc_builder_create(const char *name) {
    toc_builder *builder = toc_arena_heap(NULL, 1, sizeof *builder);
    struct owned_topology *owned = toc_arena_heap(NULL, 1, sizeof *owned);
    memset(builder, 0, sizeof *builder);
    memset(owned, 0, sizeof *owned);
    owned->words = toc_names_create();
    init_roll(&owned->operators);
    init_roll(&owned->zones);
    init_roll(&owned->elements);
    init_roll(&owned->crews);
    init_roll(&owned->sensors);
    init_roll(&owned->services);
    init_roll(&owned->conduits);
    init_roll(&owned->phases);
    owned->protocols = toc_names_create();
    init_roll(&owned->patterns);
    init_roll(&owned->vendors);
    owned->parts = toc_names_create();
    builder->owned = owned;
    builder->arena = toc_arena_create();
    builder->files = toc_names_create();
    builder->search_budget = 20000000;
    owned->topology.name = toc_draft_text(builder, name);
    return builder;
}

void toc_builder_destroy(toc_builder *builder) {
    if (builder == NULL) {
        return;
    }
    toc_resolve_discard(builder);
    toc_arena_destroy(builder->arena);
    toc_names_destroy(builder->files);
    toc_arena_heap_free(builder);
}

static struct spot add_spot(toc_builder *builder, toc_list *spots, toc_place place) {
    struct spot spot = toc_draft_spot(builder, place);
    *(struct spot *)toc_list_add(spots, sizeof(struct spot)) = spot;
    return spot;
}

static const char *name_or(toc_builder *builder, const char *name, const char *id) {
    return name == NULL || name[0] == '\0' || strcmp(name, id) == 0 ? id
                                                                    : toc_draft_text(builder, name);
}

void toc_builder_operator(toc_builder *builder, const toc_operator_spec *spec) {
    uint32_t index = builder->operators.count;
    toc_operator *owner = toc_list_add(&builder->operators, sizeof *owner);
    struct spot spot = toc_draft_spot(builder, spec->place);
    owner->id =
        toc_draft_id(builder, &builder->owned->operators, spot, index, "operator", spec->id);
    owner->name = name_or(builder, spec->name, owner->id);
    owner->sector = toc_draft_text(builder, spec->sector);
    owner->cii = spec->cii;
}

void toc_builder_zone(toc_builder *builder, const toc_zone_spec *spec) {
    uint32_t index = builder->zones.count;
    toc_zone *zone = toc_list_add(&builder->zones, sizeof *zone);
    struct spot spot = add_spot(builder, &builder->zone_spots, spec->place);
    zone->id = toc_draft_id(builder, &builder->owned->zones, spot, index, "zone", spec->id);
    zone->name = name_or(builder, spec->name, zone->id);
    zone->operator_index = toc_draft_word(builder, spec->operator_id);
    zone->closed = spec->closed;
    if (spec->level < 0 || spec->level > 5) {
        toc_draft_error(builder, spot, "zone '%s' is on level %d; the levels are 0 to 5", zone->id,
                        spec->level);
        return;
    }
    if (spec->target < 0 || spec->target > 4) {
        toc_draft_error(builder, spot, "zone '%s' aims at security level %d; these are 0 to 4",
                        zone->id, spec->target);
        return;
    }
    zone->level = (uint8_t)spec->level;
    zone->target = (uint8_t)spec->target;
}

void toc_builder_asset(toc_builder *builder, const toc_asset_spec *spec) {
    uint32_t index = builder->assets.count;
    toc_asset *asset = toc_list_add(&builder->assets, sizeof *asset);
    TOC_ASSERT(index < DRAFT_LINK && spec->kind < TOC_ASSET_KINDS);
    struct spot spot = add_spot(builder, &builder->asset_spots, spec->place);
    asset->id = toc_draft_id(builder, &builder->owned->elements, spot, index, "asset", spec->id);
    asset->name = name_or(builder, spec->name, asset->id);
    asset->kind = spec->kind;
    asset->operator_index = toc_draft_word(builder, spec->operator_id);
    asset->zone = toc_draft_word(builder, spec->zone_id);
    asset->x_m = spec->placed ? spec->x_m : 0;
    asset->y_m = spec->placed ? spec->y_m : 0;
    asset->placed = spec->placed;
    asset->off = spec->off;
    asset->people = spec->people;
    asset->start_takes = spec->start_takes;
    asset->first_provision = builder->provisions.count;
    asset->first_need = builder->needs.count;
    asset->first_weakness = builder->weaknesses.count;
    asset->first_work = builder->works.count;
    asset->first_listen = builder->listens.count;
    if (spec->start_takes < 0) {
        toc_draft_error(builder, spot, "asset '%s' takes a negative time to start", asset->id);
    }
    if (asset->x_m > DRAFT_COORDINATE || asset->x_m < -DRAFT_COORDINATE ||
        asset->y_m > DRAFT_COORDINATE || asset->y_m < -DRAFT_COORDINATE) {
        toc_draft_error(builder, spot, "asset '%s' is more than %d km from the origin", asset->id,
                        (int)DRAFT_COORDINATE / 1000);
    }
}

static toc_asset *open_asset(toc_builder *builder, uint32_t *out_index) {
    TOC_ASSERT(builder->assets.count > 0);
    *out_index = builder->assets.count - 1;
    return TOC_LIST_AT(toc_asset, &builder->assets, *out_index);
}

void toc_builder_provides(toc_builder *builder, const char *service, const toc_unit *unit,
                          int64_t capacity, int64_t demand, toc_place place) {
    toc_provision *provision = toc_list_add(&builder->provisions, sizeof *provision);
    toc_asset *asset = open_asset(builder, &provision->asset);
    asset->provision_count++;
    struct spot spot = add_spot(builder, &builder->provision_spots, place);
    *(const toc_unit **)toc_list_add(&builder->units, sizeof(const toc_unit *)) =
        unit != NULL ? unit : toc_unit_find("pieces");
    provision->service = toc_draft_word(builder, service);
    provision->capacity = capacity;
    provision->demand = demand;
    provision->priority = TOC_PRIORITY_USUAL;
    provision->pattern = TOC_NONE;
    if (provision->service == TOC_NONE) {
        toc_draft_error(builder, spot, "asset '%s' provides a service without a name", asset->id);
    }
    if (capacity < 0 || demand < 0) {
        toc_draft_error(builder, spot, "asset '%s' has a negative %s of service '%s'", asset->id,
                        capacity < 0 ? "capacity" : "demand", service != NULL ? service : "");
    }
}

void toc_builder_demand(toc_builder *builder, unsigned priority, const char *pattern) {
    toc_provision *provision;
    struct spot spot;
    TOC_ASSERT(builder->provisions.count > 0);
    provision = TOC_LIST_AT(toc_provision, &builder->provisions, builder->provisions.count - 1);
    spot = *TOC_LIST_AT(struct spot, &builder->provision_spots, builder->provisions.count - 1);
    provision->pattern = toc_draft_word(builder, pattern);
    if (priority > 9) {
        toc_draft_error(builder, spot, "a demand of priority %u; 1 is served first, 9 last",
                        priority);
    } else if (priority > 0) {
        provision->priority = (uint8_t)priority;
    }
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Adds the ids of a blank-separated list to the sources. */
static uint32_t add_sources(toc_builder *builder, struct spot spot, const char *list) {
    uint32_t count = 0;
    while (*list != '\0') {
        char id[DRAFT_ID_LENGTH + 1];
        size_t length = 0;
        while (is_blank(*list)) {
            list++;
        }
        while (list[length] != '\0' && !is_blank(list[length])) {
            length++;
        }
        if (length > DRAFT_ID_LENGTH) {
            toc_draft_error(builder, spot, "id '%.40s...' is longer than %d bytes", list,
                            (int)DRAFT_ID_LENGTH);
        } else if (length > 0) {
            memcpy(id, list, length);
            id[length] = '\0';
            *(uint32_t *)toc_list_add(&builder->sources, sizeof(uint32_t)) =
                toc_draft_refer(builder, id);
            count++;
        }
        list += length;
    }
    return count;
}

static void add_failover(toc_builder *builder, const toc_need_spec *spec, struct spot spot) {
    toc_failover *failover = toc_list_add(&builder->failovers, sizeof *failover);
    uint32_t need = builder->needs.count - 1;
    const toc_need *of = TOC_LIST_AT(toc_need, &builder->needs, need);
    const char *id = TOC_LIST_AT(toc_asset, &builder->assets, of->asset)->id;
    bool is_ordered = spec->through != NULL && spec->through[0] != '\0';
    *failover = (toc_failover){need, TOC_INDEX_NONE, spec->failover_takes, spec->failover_uses};
    if (is_ordered) {
        failover->through = toc_draft_refer(builder, spec->through);
    }
    if (spec->failover_takes < 0) {
        toc_draft_error(builder, spot, "asset '%s' fails over after a negative time", id);
    } else if (spec->rule != TOC_NEED_ANY || of->source_count < 2) {
        toc_draft_error(builder, spot,
                        "asset '%s' has a failover, which wants 'any' of at least two sources", id);
    } else if (spec->purpose == TOC_NEED_START || spec->fallback_after != TOC_NEVER) {
        toc_draft_error(builder, spot, "asset '%s' has a failover of a need %s", id,
                        spec->purpose == TOC_NEED_START
                            ? "only to start; it is for needs to run and of control"
                            : "that something else replaces; take one of the two");
    }
}

void toc_builder_needs(toc_builder *builder, const toc_need_spec *spec) {
    toc_need *need = toc_list_add(&builder->needs, sizeof *need);
    toc_asset *asset = open_asset(builder, &need->asset);
    asset->need_count++;
    struct spot spot = add_spot(builder, &builder->need_spots, spec->place);
    need->rule = spec->rule;
    need->purpose = spec->purpose;
    need->at_least = spec->rule == TOC_NEED_AT_LEAST ? spec->at_least : 0;
    need->service = toc_draft_text(builder, spec->service);
    need->fallback_after = spec->fallback_after;
    need->first_source = builder->sources.count;
    need->source_count = add_sources(builder, spot, spec->sources != NULL ? spec->sources : "");
    if (need->source_count == 0) {
        toc_draft_error(builder, spot, "asset '%s' has a need that names no source", asset->id);
    } else if (spec->rule == TOC_NEED_AT_LEAST && spec->at_least > need->source_count) {
        toc_draft_error(builder, spot, "asset '%s' needs at least %lu of only %lu sources",
                        asset->id, (unsigned long)spec->at_least,
                        (unsigned long)need->source_count);
    } else if (spec->rule == TOC_NEED_AT_LEAST && spec->at_least == 0) {
        toc_draft_error(builder, spot, "asset '%s' needs at least 0 sources, which is no need",
                        asset->id);
    }
    if (spec->fallback_after < 0) {
        toc_draft_error(builder, spot, "asset '%s' falls back after a negative time", asset->id);
    }
    if (spec->failover_takes != 0) {
        add_failover(builder, spec, spot);
    }
}

void toc_builder_hosts(toc_builder *builder, uint32_t room, toc_place place) {
    toc_hosting *hosting = toc_list_add(&builder->hostings, sizeof *hosting);
    const toc_asset *asset = open_asset(builder, &hosting->asset);
    hosting->room = room;
    if (builder->hostings.count > 1 && hosting[-1].asset == hosting->asset) {
        toc_draft_error(builder, toc_draft_spot(builder, place),
                        "asset '%s' says twice for how much it has room", asset->id);
    }
}

void toc_builder_buffer(toc_builder *builder, const char *kind, const char *feeds, toc_time holds,
                        toc_time refill, toc_place place) {
    toc_buffer *buffer = toc_list_add(&builder->buffers, sizeof *buffer);
    toc_asset *asset = open_asset(builder, &buffer->asset);
    struct spot spot = add_spot(builder, &builder->buffer_spots, place);
    buffer->kind = toc_draft_text(builder, kind);
    buffer->holds = holds;
    buffer->refill = refill == 0 ? holds : refill;
    buffer->feeds = TOC_INDEX_NONE;
    if (feeds == NULL || feeds[0] == '\0') {
        toc_draft_error(builder, spot, "a buffer of asset '%s' feeds nothing", asset->id);
    } else {
        buffer->feeds = toc_draft_refer(builder, feeds);
    }
    if (holds <= 0 || refill < 0) {
        toc_draft_error(builder, spot, "a buffer of asset '%s' %s", asset->id,
                        holds <= 0 ? "holds for no time at all"
                                   : "takes a negative time to refill");
    }
}

void toc_builder_weakness(toc_builder *builder, const toc_weakness_spec *spec) {
    toc_weakness *weakness = toc_list_add(&builder->weaknesses, sizeof *weakness);
    toc_asset *asset = open_asset(builder, &weakness->asset);
    struct spot spot = add_spot(builder, &builder->weakness_spots, spec->place);
    asset->weakness_count++;
    weakness->id = toc_draft_text(builder, spec->id);
    weakness->technique = toc_draft_text(builder, spec->technique);
    weakness->ease_ppm = spec->ease_ppm;
    weakness->protocol = toc_draft_protocol(builder, spec->service);
    weakness->from = (uint8_t)spec->from;
    weakness->gives = (uint8_t)(spec->gives != TOC_ACCESS_NONE ? spec->gives : TOC_ACCESS_ADMIN);
    if (spec->ease_ppm < 0 || spec->ease_ppm > 1000000) {
        toc_draft_error(builder, spot, "weakness '%.255s' of asset '%s': ease lies between 0 and 1",
                        weakness->id, asset->id);
    }
    if (weakness->id[0] == '\0') {
        toc_draft_error(builder, spot, "asset '%s' has a weakness without an id", asset->id);
    }
    if (weakness->from >= weakness->gives) {
        toc_draft_error(builder, spot,
                        "weakness '%.255s' of asset '%s' gives no more than it takes", weakness->id,
                        asset->id);
    }
    if (weakness->from != TOC_ACCESS_NONE && weakness->protocol != TOC_INDEX_NONE) {
        toc_draft_error(builder, spot,
                        "weakness '%.255s' of asset '%s' is used over a service or by who is on "
                        "the asset already, not both",
                        weakness->id, asset->id);
    }
}

void toc_builder_work(toc_builder *builder, const char *job, toc_time median, int64_t spread_ppm,
                      toc_place place) {
    toc_work *work = toc_list_add(&builder->works, sizeof *work);
    toc_asset *asset = open_asset(builder, &work->asset);
    struct spot spot = toc_draft_spot(builder, place);
    asset->work_count++;
    work->job = toc_draft_text(builder, job);
    work->median = median;
    work->spread_ppm = spread_ppm;
    if (toc_job_find_kind(work->job) == TOC_JOB_KINDS) {
        const char *nearest = toc_job_nearest_kind(work->job);
        toc_draft_error(builder, spot, "asset '%s': there is no job '%.255s'%s%s%s", asset->id,
                        work->job, nearest != NULL ? " (nearest: '" : "",
                        nearest != NULL ? nearest : "", nearest != NULL ? "')" : "");
    }
    if (median <= 0 || spread_ppm < 0 || spread_ppm > 5000000) {
        toc_draft_error(builder, spot, "asset '%s': job '%.255s' has %s", asset->id, work->job,
                        median <= 0 ? "no duration" : "a spread outside of 0 to 5");
    }
}

void toc_builder_generates(toc_builder *builder, int64_t output_milli, int64_t most_milli,
                           const char *into, toc_place place) {
    toc_generation *generation = toc_list_add(&builder->generations, sizeof *generation);
    toc_asset *asset = open_asset(builder, &generation->asset);
    struct spot spot = add_spot(builder, &builder->generation_spots, place);
    bool elsewhere = into != NULL && into[0] != '\0';
    generation->bus = toc_draft_refer(builder, elsewhere ? into : asset->id);
    generation->output_milli = output_milli;
    generation->most_milli = most_milli;
    if (output_milli < 0 || most_milli < 0) {
        toc_draft_error(builder, spot, "asset '%s' generates a negative amount", asset->id);
    }
}

static bool is_angle(double degrees) {
    return degrees >= -360 && degrees <= 360;
}

void toc_builder_bus(toc_builder *builder, const toc_bus_spec *spec) {
    toc_bus *bus = toc_list_add(&builder->buses, sizeof *bus);
    toc_asset *asset = open_asset(builder, &bus->asset);
    struct spot spot = toc_draft_spot(builder, spec->place);
    bus->reference = spec->reference;
    bus->angle_deg = spec->reference ? spec->angle_deg : 0;
    bus->shunt = spec->shunt;
    if (builder->buses.count > 1 && bus[-1].asset == bus->asset) {
        toc_draft_error(builder, spot, "bus '%s' is described twice", asset->id);
    }
    if (spec->shunt < 0 || !is_angle(bus->angle_deg)) {
        toc_draft_error(builder, spot, "bus '%s' has %s", asset->id,
                        spec->shunt < 0 ? "a negative shunt" : "no usable angle");
    }
}

static void mention(toc_builder *builder, enum mention_kind kind, uint32_t index,
                    const toc_flow_spec *spec) {
    *(struct mention *)toc_list_add(&builder->mentions, sizeof(struct mention)) =
        (struct mention){.spot = toc_draft_spot(builder, spec->place),
                         .kind = kind,
                         .index = index,
                         .word = toc_draft_word(builder, spec->service),
                         .unit = spec->unit};
}

void toc_builder_supplies(toc_builder *builder, const toc_flow_spec *spec) {
    uint32_t index = builder->origins.count;
    toc_origin *origin = toc_list_add(&builder->origins, sizeof *origin);
    (void)open_asset(builder, &origin->asset);
    origin->rate = spec->rate;
    mention(builder, MENTION_ORIGIN, index, spec);
}

void toc_builder_passes(toc_builder *builder, const toc_flow_spec *spec) {
    uint32_t index = builder->throughputs.count;
    toc_throughput *throughput = toc_list_add(&builder->throughputs, sizeof *throughput);
    (void)open_asset(builder, &throughput->asset);
    throughput->rate = spec->rate;
    mention(builder, MENTION_THROUGHPUT, index, spec);
}

void toc_builder_tank(toc_builder *builder, const toc_tank_spec *spec) {
    const toc_flow_spec flow = {
        .service = spec->service, .unit = toc_unit_find("m3/h"), .place = spec->place};
    uint32_t index = builder->tanks.count;
    toc_tank *tank = toc_list_add(&builder->tanks, sizeof *tank);
    (void)open_asset(builder, &tank->asset);
    tank->volume = spec->volume;
    tank->fill = spec->fill;
    tank->give = spec->give;
    tank->height_mm = spec->height_mm;
    tank->begins_mm = spec->begins_mm;
    tank->least_mm = spec->least_mm;
    tank->overflows = spec->overflows;
    mention(builder, MENTION_TANK, index, &flow);
}

void toc_builder_pattern(toc_builder *builder, const toc_pattern_spec *spec) {
    uint32_t index = builder->patterns.count;
    toc_pattern *pattern = toc_list_add(&builder->patterns, sizeof *pattern);
    struct spot spot = toc_draft_spot(builder, spec->place);
    pattern->id =
        toc_draft_id(builder, &builder->owned->patterns, spot, index, "pattern", spec->id);
    pattern->step = spec->step;
    pattern->first_factor = builder->factors_ppm.count;
    pattern->factor_count = spec->factor_count;
    for (uint32_t i = 0; i < spec->factor_count; i++) {
        int64_t factor = spec->factors_ppm[i];
        *(int64_t *)toc_list_add(&builder->factors_ppm, sizeof factor) = factor;
        if (factor < 0 || factor > DRAFT_FACTOR) {
            toc_draft_error(builder, spot, "pattern '%s' has a factor outside of 0 to %d",
                            pattern->id, (int)(DRAFT_FACTOR / 1000000));
        }
    }
    if (spec->step <= 0 || spec->factor_count == 0) {
        toc_draft_error(builder, spot, "pattern '%s' has no %s", pattern->id,
                        spec->step <= 0 ? "step" : "factors");
    }
}

void toc_builder_control(toc_builder *builder, const toc_control_spec *spec) {
    const char *const names[] = {spec->of, spec->by, spec->sees, spec->through};
    toc_control *control = toc_list_add(&builder->controls, sizeof *control);
    uint32_t *const marks[] = {&control->element, &control->by, &control->sees, &control->through};
    (void)add_spot(builder, &builder->control_spots, spec->place);
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        *marks[i] = names[i] == NULL || names[i][0] == '\0' ? TOC_INDEX_NONE
                                                            : toc_draft_refer(builder, names[i]);
    }
    control->sense = spec->sense;
    control->level_mm = spec->sense == TOC_WHEN_AT ? 0 : spec->level_mm;
    control->at = spec->sense == TOC_WHEN_AT ? spec->at : 0;
    control->on = spec->on;
}

/* Kept beside the links, because few have one. */
static void add_tap(toc_builder *builder, uint32_t link, const toc_link_spec *spec,
                    struct spot spot) {
    double ratio = spec->ratio != 0 ? spec->ratio : 1;
    if (ratio != 1 || spec->shift_deg != 0) {
        *(toc_tap *)toc_list_add(&builder->taps, sizeof(toc_tap)) =
            (toc_tap){link, ratio, spec->shift_deg};
    }
    if (!(ratio > 0 && ratio < 1e6) || !is_angle(spec->shift_deg)) {
        toc_draft_error(builder, spot, "link '%s' has no usable %s",
                        TOC_LIST_AT(toc_link, &builder->links, link)->id,
                        ratio > 0 && ratio < 1e6 ? "phase shift" : "ratio");
    }
}

static void add_road(toc_builder *builder, uint32_t link, const toc_link_spec *spec,
                     struct spot spot) {
    const char *id = TOC_LIST_AT(toc_link, &builder->links, link)->id;
    if (spec->length_mm == 0 && spec->speed_m_per_hour == 0) {
        return;
    }
    *(toc_road *)toc_list_add(&builder->roads, sizeof(toc_road)) =
        (toc_road){link, spec->length_mm, spec->speed_m_per_hour};
    if (spec->kind != TOC_LINK_ROAD) {
        toc_draft_error(builder, spot, "link '%s' has a %s, which only a road has", id,
                        spec->length_mm != 0 ? "length" : "speed");
    }
    if (spec->length_mm < 0 || spec->length_mm / 1000 > DRAFT_COORDINATE ||
        spec->speed_m_per_hour < 0 || spec->speed_m_per_hour > DRAFT_COORDINATE) {
        toc_draft_error(builder, spot, "road '%s' has no usable %s", id,
                        spec->length_mm < 0 || spec->length_mm / 1000 > DRAFT_COORDINATE ? "length"
                                                                                         : "speed");
    }
}

/* The link's two ends, and its id where it has one. All three names are fetched together. */
static void name_ends(toc_builder *builder, uint32_t index, const toc_link_spec *spec,
                      struct spot spot) {
    toc_link *link = TOC_LIST_AT(toc_link, &builder->links, index);
    bool named = spec->id != NULL && spec->id[0] != '\0';
    const char *ids[] = {spec->from != NULL ? spec->from : "", spec->to != NULL ? spec->to : "",
                         named ? spec->id : ""};
    uint32_t numbers[3];
    toc_draft_refer_all(builder, ids, named ? 3 : 2, numbers);
    link->from = numbers[0];
    link->to = numbers[1];
    link->id = "";
    if (named) {
        link->id = toc_draft_id(builder, &builder->owned->elements, spot, index | DRAFT_LINK,
                                "link", spec->id);
    }
}

void toc_builder_link(toc_builder *builder, const toc_link_spec *spec) {
    uint32_t index = builder->links.count;
    toc_link *link = toc_list_add(&builder->links, sizeof *link);
    TOC_ASSERT(index < DRAFT_LINK && spec->kind < TOC_LINK_KINDS);
    struct spot spot = add_spot(builder, &builder->link_spots, spec->place);
    name_ends(builder, index, spec, spot);
    link->kind = spec->kind;
    link->off = spec->off;
    link->reactance = spec->reactance;
    link->rating = spec->rating;
    link->carries = TOC_INDEX_NONE;
    link->one_way = spec->one_way;
    if ((spec->carries != NULL && spec->carries[0] != '\0') || spec->kind == TOC_LINK_PIPE) {
        const toc_flow_spec flow = {
            .service = spec->carries, .unit = spec->rated_in, .place = spec->place};
        mention(builder, MENTION_LINK, index, &flow);
    } else if (spec->one_way && spec->kind != TOC_LINK_ROAD) {
        toc_draft_error(builder, spot, "link '%s' is one-way, but carries nothing", link->id);
    }
    if (spec->rating < 0) {
        toc_draft_error(builder, spot, "link '%s' has a negative rating", link->id);
    }
    if (!(spec->reactance > -1e9 && spec->reactance < 1e9)) {
        toc_draft_error(builder, spot, "link '%s' has no usable reactance", link->id);
    }
    add_tap(builder, index, spec, spot);
    add_road(builder, index, spec, spot);
}

void toc_builder_expect(const toc_builder *builder, const char *id) {
    toc_names_expect(builder->owned->elements.names, id);
}

void toc_builder_crew(toc_builder *builder, const toc_crew_spec *spec) {
    uint32_t index = builder->crews.count;
    toc_crew *crew = toc_list_add(&builder->crews, sizeof *crew);
    struct spot spot = add_spot(builder, &builder->crew_spots, spec->place);
    crew->id = toc_draft_id(builder, &builder->owned->crews, spot, index, "crew", spec->id);
    crew->name = name_or(builder, spec->name, crew->id);
    crew->operator_index = toc_draft_word(builder, spec->operator_id);
    crew->skills = toc_draft_text(builder, spec->skills);
    crew->base = spec->base == NULL || spec->base[0] == '\0' ? TOC_INDEX_NONE
                                                             : toc_draft_refer(builder, spec->base);
    crew->size = spec->size > 0 ? spec->size : 1;
    crew->shift = spec->shift;
    crew->handover = spec->handover;
    crew->speed_m_per_hour = spec->speed_m_per_hour != 0 ? spec->speed_m_per_hour : 40000;
    if (crew->size > DRAFT_CREW_SIZE) {
        toc_draft_error(builder, spot, "crew '%s' has %lu parties; the most is %d", crew->id,
                        (unsigned long)crew->size, (int)DRAFT_CREW_SIZE);
    }
    if (crew->speed_m_per_hour < 0) {
        toc_draft_error(builder, spot, "crew '%s' travels at a negative speed", crew->id);
    }
}

toc_status toc_builder_finish(toc_builder *builder, toc_problems *problems,
                              toc_topology **out_topology) {
    toc_status status;
    TOC_ASSERT(builder->owned != NULL);
    toc_resolve_all(builder);
    if (builder->errors == 0) {
        toc_audit_network(builder);
    }
    status = toc_draft_tell(builder, problems);
    if (status == TOC_OK) {
        *out_topology = toc_resolve_take(builder);
    }
    return status;
}
