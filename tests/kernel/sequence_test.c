/* The calendar with so short a sequence that it wraps all the time: the sources are compiled here
   once more, and stand before the library's. */
#define TOC_QUEUE_SEQUENCE_BITS 9
#include "support/support.h"

#include "kernel/queue.c"
#include "kernel/calendar.c"
#include "support/plain_calendar.h"

static uint64_t next_bits(uint64_t *state) {
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

struct pair {
    toc_calendar *real;
    plain_calendar *plain;
    uint64_t random;
    uint64_t told[2]; /* folded tags and times */
    toc_event_id known[2][128];
};

static void happened(struct pair *pair, int which, uint64_t tag, toc_time now) {
    pair->told[which] = (pair->told[which] ^ tag ^ (uint64_t)now) * UINT64_C(0x9e3779b97f4a7c15);
}

static void in_real(void *object, uint64_t tag) {
    struct pair *pair = object;
    happened(pair, 0, tag, toc_calendar_now(pair->real));
}

static void in_plain(void *object, uint64_t tag) {
    struct pair *pair = object;
    happened(pair, 1, tag, plain_calendar_now(pair->plain));
}

/* A step or the scheduling, cancelling or moving of one of 128 events, in both. */
static void operate(struct pair *pair, uint64_t tag) {
    uint64_t bits = next_bits(&pair->random);
    size_t at = bits % 128;
    toc_time when = toc_calendar_now(pair->real) + (toc_time)(bits >> 8 & 7) * 100;
    toc_priority priority = (toc_priority)((bits >> 16) % 5);
    bool is_pending = toc_calendar_is_pending(pair->real, pair->known[0][at]);
    assert_int_equal(is_pending, plain_calendar_is_pending(pair->plain, pair->known[1][at]));
    if (bits >> 24 & 1) {
        assert_int_equal(toc_calendar_step(pair->real), plain_calendar_step(pair->plain));
    } else if (!is_pending) {
        pair->known[0][at] = toc_calendar_schedule(pair->real, when, priority, in_real, pair, tag);
        pair->known[1][at] =
            plain_calendar_schedule(pair->plain, when, priority, in_plain, pair, tag);
    } else if (bits >> 25 & 1) {
        pair->known[0][at] = toc_calendar_reschedule(pair->real, pair->known[0][at], when);
        pair->known[1][at] = plain_calendar_reschedule(pair->plain, pair->known[1][at], when);
    } else {
        assert_true(toc_calendar_cancel(pair->real, pair->known[0][at]));
        assert_true(plain_calendar_cancel(pair->plain, pair->known[1][at]));
    }
}

static void events_keep_their_order_and_names_when_the_sequence_starts_anew(void **state) {
    (void)state;
    struct pair pair = {.real = toc_calendar_create(),
                        .plain = plain_calendar_create(),
                        .random = support_seed(__func__)};
    for (uint64_t tag = 0; tag < 200000; tag++) {
        operate(&pair, tag);
        assert_true(pair.told[0] == pair.told[1]);
        assert_int_equal(toc_calendar_pending(pair.real), plain_calendar_pending(pair.plain));
    }
    assert_true(toc_calendar_digest(pair.real) == plain_calendar_digest(pair.plain));
    assert_true(toc_calendar_executed(pair.real) > 50000);
    toc_calendar_destroy(pair.real);
    plain_calendar_destroy(pair.plain);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(events_keep_their_order_and_names_when_the_sequence_starts_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
