#include "drill/patience.h"

enum { EVERY = 4 /* questions: a clock costs more than they do */, MOST = 1500000 };

bool toc_patience_is_over(toc_patience *patience, const toc_package *package, toc_time now) {
    toc_package_clock *clock = toc_package_watched(package);
    int64_t minute = now / TOC_MINUTE;
    if (clock == NULL || patience->asked++ % EVERY != 0) {
        return false;
    }
    if (patience->asked == 1 || patience->minute != minute) {
        patience->minute = minute;
        patience->since = clock();
    }
    return clock() - patience->since > MOST;
}
