#include "tocsin/pace.h"

#include <string.h>

#include "drill/state.h"

toc_pace toc_pace_of(const toc_drill *drill) {
    return strcmp(drill->form, "tabletop") == 0        ? TOC_PACE_TALK
           : strcmp(drill->form, "demonstration") == 0 ? TOC_PACE_SCRIPT
                                                       : TOC_PACE_CLOCK;
}

const char *toc_pace_name(toc_pace pace) {
    static const char *const names[] = {
        [TOC_PACE_CLOCK] = "clock", [TOC_PACE_TALK] = "talk", [TOC_PACE_SCRIPT] = "script"};
    return names[pace];
}

uint32_t toc_pace_points(const toc_drill *drill) {
    return drill->points;
}
