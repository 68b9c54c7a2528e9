#include "model/vendor.h"

#include "kernel/assert.h"
#include "model/crew.h"
#include "model/world_state.h"

bool toc_vendor_can(const toc_topology *topology, uint32_t vendor, toc_job_kind kind) {
    const char *skills = topology->vendors[vendor].skills;
    return skills[0] != '\0' && (toc_crew_kinds(skills) & UINT32_C(1) << kind) != 0;
}

bool toc_vendor_sells(const toc_topology *topology, uint32_t vendor, uint32_t part) {
    const toc_vendor *facts = &topology->vendors[vendor];
    for (uint32_t i = 0; i < facts->part_count; i++) {
        if (topology->vendor_parts[facts->first_part + i] == part) {
            return true;
        }
    }
    return false;
}

bool toc_vendor_is_busy(const toc_world *world, uint32_t vendor) {
    uint32_t calls = 0;
    for (uint32_t i = 0; i < world->jobs.count; i++) {
        const toc_job *job = &TOC_LIST_AT(struct job_state, &world->jobs, i)->job;
        calls += job->order.vendor == vendor + 1 && job->stage < TOC_JOB_DONE;
    }
    return calls >= world->topology->vendors[vendor].size;
}

toc_time toc_vendor_comes(const toc_world *world, uint32_t vendor, uint32_t part, toc_draw draw) {
    const toc_vendor *facts = &world->topology->vendors[vendor];
    toc_time comes =
        toc_chance_lognormal(&world->chance, draw, facts->comes, (double)facts->spread_ppm / 1e6);
    toc_time delivers = 0;
    if (part != TOC_INDEX_NONE) {
        draw.purpose = toc_chance_key("vendor delivers");
        delivers = toc_chance_lognormal(&world->chance, draw, facts->delivers,
                                        (double)facts->spread_ppm / 1e6);
    }
    return delivers > comes ? delivers : comes;
}

toc_time toc_vendor_delivers(const toc_world *world, uint32_t vendor, uint32_t part,
                             uint32_t occurrence) {
    const toc_vendor *facts = &world->topology->vendors[vendor];
    TOC_ASSERT(toc_vendor_sells(world->topology, vendor, part));
    toc_draw draw = {toc_chance_key(facts->id), toc_chance_key(world->topology->parts[part]),
                     occurrence};
    return toc_chance_lognormal(&world->chance, draw, facts->delivers,
                                (double)facts->spread_ppm / 1e6);
}
