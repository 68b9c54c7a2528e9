#include "model/builder_detection.h"

#include "model/draft.h"

enum { ANALYSTS = 1000, LOOKS = 1000000 };

static struct spot add_spot(toc_builder *builder, toc_list *spots, toc_place place) {
    struct spot spot = toc_draft_spot(builder, place);
    *(struct spot *)toc_list_add(spots, sizeof spot) = spot;
    return spot;
}

void toc_builder_detection_sensor(toc_builder *builder, const toc_sensor_spec *spec) {
    uint32_t index = builder->sensors.count;
    toc_sensor *sensor = toc_list_add(&builder->sensors, sizeof *sensor);
    struct spot spot = add_spot(builder, &builder->sensor_spots, spec->place);
    bool is_somewhere = spec->on != NULL && spec->on[0] != '\0';
    sensor->id = toc_draft_id(builder, &builder->owned->sensors, spot, index, "sensor", spec->id);
    sensor->operator_index = toc_draft_word(builder, spec->operator_id);
    sensor->on = is_somewhere ? toc_draft_refer(builder, spec->on) : TOC_INDEX_NONE;
    sensor->first_cover =
        toc_draft_word(builder, spec->covers); /* the list, until it is resolved */
    sensor->cover_count = 0;
    sensor->techniques = toc_draft_text(builder, spec->techniques);
    sensor->chance_ppm = spec->chance_ppm;
    sensor->dwell = spec->dwell;
    sensor->false_every = spec->false_every;
    if (spec->chance_ppm == 0 && spec->dwell == 0 && spec->false_every == 0) {
        toc_draft_warn(builder, spot,
                       "sensor '%s' never says anything; give it a chance, dwell or false",
                       sensor->id);
    }
}

void toc_builder_detection_analysts(toc_builder *builder, const toc_analysts_spec *spec) {
    toc_analysts *analysts = toc_list_add(&builder->analysts, sizeof *analysts);
    struct spot spot = add_spot(builder, &builder->analysts_spots, spec->place);
    *analysts = (toc_analysts){.operator_index = toc_draft_word(builder, spec->operator_id),
                               .size = spec->size,
                               .median = spec->median,
                               .spread_ppm = spec->spread_ppm,
                               .mean = spec->mean,
                               .hunt_every = spec->hunt_every,
                               .hunt_looks = spec->hunt_looks,
                               .hunt_ppm = spec->hunt_ppm};
    if (spec->size == 0 || spec->size > ANALYSTS) {
        toc_draft_error(builder, spot, "there must be 1 to %d analysts", (int)ANALYSTS);
    }
    if (spec->hunt_looks > LOOKS) {
        toc_draft_error(builder, spot, "a hunt looks at no more than %d assets", (int)LOOKS);
    }
}
