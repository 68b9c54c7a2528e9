/* Bucket: how often something may happen: so often at once, and so often a second in the long run.
 */
#ifndef SERVER_BUCKET_H
#define SERVER_BUCKET_H

#include <stdbool.h>
#include <stdint.h>

typedef struct toc_bucket {
    int64_t filled; /* in millionths of one time, as of `at` */
    int64_t at;     /* microseconds */
    int64_t per_second, burst;
} toc_bucket;

/* Full at `now`, which is in microseconds of a clock that never goes back. */
toc_bucket toc_bucket_begin(int64_t per_second, int64_t burst, int64_t now);
/* Takes one out; false where it is empty. */
bool toc_bucket_take(toc_bucket *bucket, int64_t now);
/* Whether one could be taken. */
bool toc_bucket_has(toc_bucket *bucket, int64_t now);

#endif
