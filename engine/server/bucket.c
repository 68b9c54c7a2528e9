#include "server/bucket.h"

#include "tocsin/time.h"

toc_bucket toc_bucket_begin(int64_t per_second, int64_t burst, int64_t now) {
    return (toc_bucket){
        .filled = burst * TOC_SECOND, .at = now, .per_second = per_second, .burst = burst};
}

bool toc_bucket_has(toc_bucket *bucket, int64_t now) {
    int64_t most = bucket->burst * TOC_SECOND;
    int64_t passed = now - bucket->at;
    /* a pause long enough to fill it must not overflow the product */
    if (passed > most / bucket->per_second) {
        bucket->filled = most;
    } else if (passed > 0) {
        bucket->filled += passed * bucket->per_second;
    }
    bucket->filled = bucket->filled > most ? most : bucket->filled;
    bucket->at = now;
    return bucket->filled >= TOC_SECOND;
}

bool toc_bucket_take(toc_bucket *bucket, int64_t now) {
    bool has = toc_bucket_has(bucket, now);
    bucket->filled -= has ? TOC_SECOND : 0;
    return has;
}
