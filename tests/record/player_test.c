#include "small_record.h"

#include "tocsin/standin.h"

static char told[8192];

struct tally {
    uint64_t count, hash;
    unsigned calls;
};

static void tally_entry(void *object, const toc_trace_entry *entry) {
    struct tally *tally = object;
    const int64_t fields[] = {entry->time, entry->kind, entry->before, entry->after};
    tally->count++;
    tally->hash = small_mix(tally->hash, fields, sizeof fields);
    tally->hash = small_mix_text(tally->hash, entry->subject);
    tally->hash = small_mix_text(tally->hash, entry->actor);
    tally->hash = small_mix_text(tally->hash, entry->verb);
    tally->hash = small_mix_text(tally->hash, entry->text);
}

static void tally_progress(void *object, toc_time now, toc_time length) {
    struct tally *tally = object;
    assert_true(now <= length);
    tally->calls++;
}

/* A policy whose seats all do something now and then. */
static const char busy_policy[] =
    "local p, t = require 'tocsin.policy', require 'tocsin'\n"
    "return p.policy { default = function(seat)\n"
    "  for round = 1, 30 do\n"
    "    seat:wait(t.seconds(437))\n"
    "    if seat:may 'declare_incident' and round == 3 then seat:act('declare_incident') end\n"
    "    if seat:may 'note' then seat:act('note', nil, { text = 'round ' .. round }) end\n"
    "  end\n"
    "end }\n";

/* What `tocsin new` makes, with that policy in it. */
static toc_package *template_package(void) {
    char path[512];
    (void)snprintf(path, sizeof path, "%s/assets/template", support_source());
    toc_problems *problems = toc_problems_create();
    toc_package *folder = NULL, *package = NULL;
    assert_int_equal(toc_package_open(path, problems, &folder), TOC_OK);
    toc_package_file files[16];
    size_t count = toc_package_count(folder);
    assert_true(count < 16);
    for (size_t i = 0; i < count; i++) {
        files[i] = toc_package_at(folder, i);
    }
    files[count] = (toc_package_file){"policies/busy.lua", busy_policy, sizeof busy_policy - 1};
    assert_int_equal(toc_package_from_files("template", files, count + 1, problems, &package),
                     TOC_OK);
    toc_package_destroy(folder);
    toc_problems_destroy(problems);
    return package;
}

static toc_record *create(const char *path, const toc_package *package, const char *version) {
    toc_record_meta meta = {
        .title = "Template", .package_name = "template", .policy = "busy", .seed = 11};
    (void)snprintf(meta.engine_version, sizeof meta.engine_version, "%s", version);
    toc_problems *problems = toc_problems_create();
    toc_record *record = NULL;
    assert_int_equal(toc_record_create(path, package, &meta, problems, &record), TOC_OK);
    toc_problems_destroy(problems);
    return record;
}

/* Plays the template with seed 11 into `path`; its digest at the end. */
static uint64_t play(const char *path, struct tally *progress) {
    toc_problems *problems = toc_problems_create();
    toc_package *package = template_package();
    toc_record *record = path == NULL ? NULL : create(path, package, TOC_VERSION);
    toc_drill *drill = NULL;
    assert_int_equal(toc_record_play(package, 11, 0, "busy", record,
                                     progress == NULL ? NULL : tally_progress, progress, problems,
                                     &drill),
                     TOC_OK);
    uint64_t digest = toc_drill_digest(drill);
    toc_drill_close(drill);
    toc_record_close(record);
    toc_package_destroy(package);
    toc_problems_destroy(problems);
    return digest;
}

/* Replays and verifies; the text of what was told is in `told`. */
static toc_status verify(const toc_record *record, toc_time until, toc_time *out_now) {
    toc_problems *problems = toc_problems_create();
    toc_drill *drill = NULL;
    toc_status status = toc_record_replay(record, until, true, NULL, NULL, problems, &drill);
    told[0] = '\0';
    for (size_t i = 0; i < toc_problems_kept(problems); i++) {
        size_t used = strlen(told);
        (void)toc_problems_print(toc_problems_at(problems, i), told + used, sizeof told - used);
    }
    assert_int_equal(status == TOC_OK, drill != NULL);
    if (drill != NULL && out_now != NULL) {
        *out_now = toc_drill_now(drill);
    }
    toc_drill_close(drill);
    toc_problems_destroy(problems);
    return status;
}

static void a_played_drill_replays_bit_for_bit(void **state) {
    (void)state;
    const char *path = small_path("played.drill");
    struct tally progress = {0}, again = {0}, kept = {0};
    uint64_t digest = play(path, &progress);
    assert_true(progress.calls > 10);
    toc_record *record = small_open(path, told, sizeof told);
    assert_non_null(record);
    toc_record_meta meta = toc_record_meta_of(record);
    assert_true(meta.final_digest == digest);
    assert_true(toc_record_input_count(record) > 0);
    assert_true(toc_record_trace_count(record) > 20);
    assert_true(toc_record_digest_count(record) >= (uint64_t)(meta.ended_at / TOC_MINUTE));
    assert_int_equal(verify(record, TOC_NEVER, NULL), TOC_OK);
    toc_problems *problems = toc_problems_create();
    toc_drill *drill = NULL;
    assert_int_equal(
        toc_record_replay(record, TOC_NEVER, true, tally_entry, &again, problems, &drill), TOC_OK);
    assert_true(toc_drill_digest(drill) == digest);
    assert_int_equal(toc_drill_now(drill), meta.ended_at);
    for (uint64_t i = 1; i <= toc_record_trace_count(record); i++) {
        toc_trace_entry entry = toc_record_trace_at(record, i);
        tally_entry(&kept, &entry);
    }
    assert_int_equal(again.count, kept.count);
    assert_true(again.hash == kept.hash);
    toc_drill_close(drill);
    toc_problems_destroy(problems);
    toc_record_close(record);
}

static void keeping_a_record_changes_nothing_in_the_drill(void **state) {
    (void)state;
    const char *path = small_path("kept.drill");
    assert_true(play(path, NULL) == play(NULL, NULL));
}

static void a_replay_stops_where_it_is_asked_to(void **state) {
    (void)state;
    const char *path = small_path("stop.drill");
    (void)play(path, NULL);
    toc_record *record = small_open(path, told, sizeof told);
    const toc_time wanted[] = {0, 1, 61 * TOC_SECOND, 30 * TOC_MINUTE, 90 * TOC_MINUTE + 12345};
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
        toc_time now = -1;
        assert_int_equal(verify(record, wanted[i], &now), TOC_OK);
        assert_int_equal(now, wanted[i]);
    }
    toc_record_close(record);
}

/* What a forger with the whole chain in hand could change, or another program version. */
struct forger {
    toc_record *record;
    uint64_t count, change_entry;
    uint64_t inputs, drop_input, change_digest, digests;
    bool leave_unfinished;
    const char *version;
};

static void forge_entry(void *object, const toc_trace_entry *entry) {
    struct forger *forger = object;
    toc_trace_entry forged = *entry;
    if (++forger->count == forger->change_entry) {
        forged.after++;
    }
    toc_record_trace(forger->record, &forged);
}

static toc_status forge_input(void *object, const toc_input *input, toc_problems *problems) {
    struct forger *forger = object;
    return ++forger->inputs == forger->drop_input
               ? TOC_OK
               : toc_record_input(forger->record, input, problems);
}

static toc_record *forge(const char *path, struct forger *forger) {
    toc_problems *problems = toc_problems_create();
    toc_package *package = template_package();
    toc_record *record =
        create(path, package, forger->version == NULL ? TOC_VERSION : forger->version);
    forger->record = record;
    toc_drill_options options = {.seed = 11, .trace = forge_entry, .trace_object = forger};
    toc_drill *drill = NULL;
    toc_standins *standins = NULL;
    assert_int_equal(toc_drill_open(package, &options, problems, &drill), TOC_OK);
    assert_int_equal(
        toc_standins_create(drill, package, "busy", forge_input, forger, problems, &standins),
        TOC_OK);
    while (!toc_drill_has_ended(drill) && !(forger->leave_unfinished && forger->digests == 30)) {
        toc_time until = (toc_drill_now(drill) / TOC_MINUTE + 1) * TOC_MINUTE;
        assert_int_equal(toc_standins_play(standins, until, problems), TOC_OK);
        uint64_t wrong = ++forger->digests == forger->change_digest;
        assert_int_equal(toc_record_digest(record, toc_drill_now(drill),
                                           toc_drill_digest(drill) + wrong, problems),
                         TOC_OK);
    }
    if (forger->leave_unfinished) {
        assert_int_equal(toc_record_commit(record, problems), TOC_OK);
    } else {
        assert_int_equal(toc_record_finish(record, toc_drill_now(drill), "ended",
                                           toc_drill_digest(drill), toc_drill_events(drill),
                                           problems),
                         TOC_OK);
    }
    toc_standins_destroy(standins);
    toc_drill_close(drill);
    toc_record_close(record);
    toc_package_destroy(package);
    toc_problems_destroy(problems);
    record = small_open(path, told, sizeof told);
    assert_non_null(record);
    return record;
}

static void an_honest_record_verifies(void **state) {
    (void)state;
    struct forger forger = {0};
    toc_record *record = forge(small_path("honest.drill"), &forger);
    assert_int_equal(verify(record, TOC_NEVER, NULL), TOC_OK);
    toc_record_close(record);
}

static void the_first_differing_trace_entry_is_named(void **state) {
    (void)state;
    struct forger forger = {.change_entry = 17};
    toc_record *record = forge(small_path("entry.drill"), &forger);
    assert_int_equal(verify(record, TOC_NEVER, NULL), TOC_BAD_INPUT);
    assert_non_null(strstr(told, "entry.drill: "));
    assert_non_null(strstr(told, "first at trace entry 17: recorded ("));
    toc_record_close(record);
}

static void the_first_differing_step_is_named(void **state) {
    (void)state;
    struct forger forger = {.change_digest = 25};
    toc_record *record = forge(small_path("step.drill"), &forger);
    assert_int_equal(verify(record, TOC_NEVER, NULL), TOC_BAD_INPUT);
    assert_non_null(strstr(told, "the step up to D+0 00:25:00"));
    assert_int_equal(verify(record, 24 * TOC_MINUTE, NULL), TOC_OK);
    toc_record_close(record);
}

static void an_input_that_was_left_out_is_noticed(void **state) {
    (void)state;
    struct forger forger = {.drop_input = 1};
    toc_record *record = forge(small_path("input.drill"), &forger);
    assert_int_equal(verify(record, TOC_NEVER, NULL), TOC_BAD_INPUT);
    assert_non_null(strstr(told, "first at trace entry"));
    toc_record_close(record);
}

static void a_difference_under_another_version_says_so(void **state) {
    (void)state;
    struct forger forger = {.change_entry = 3, .version = "0.0.0-of-old"};
    toc_record *record = forge(small_path("version.drill"), &forger);
    assert_int_equal(verify(record, TOC_NEVER, NULL), TOC_BAD_INPUT);
    assert_non_null(strstr(told, "played by version 0.0.0-of-old"));
    toc_record_close(record);
}

static void a_drill_cut_short_verifies_as_far_as_it_goes(void **state) {
    (void)state;
    struct forger forger = {.leave_unfinished = true};
    toc_record *record = forge(small_path("short.drill"), &forger);
    toc_time now = 0;
    assert_int_equal(toc_record_meta_of(record).ended_at, TOC_NEVER);
    assert_int_equal(verify(record, TOC_NEVER, &now), TOC_OK);
    assert_int_equal(now, 30 * TOC_MINUTE);
    toc_record_close(record);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_played_drill_replays_bit_for_bit),
        cmocka_unit_test(keeping_a_record_changes_nothing_in_the_drill),
        cmocka_unit_test(a_replay_stops_where_it_is_asked_to),
        cmocka_unit_test(an_honest_record_verifies),
        cmocka_unit_test(the_first_differing_trace_entry_is_named),
        cmocka_unit_test(the_first_differing_step_is_named),
        cmocka_unit_test(an_input_that_was_left_out_is_noticed),
        cmocka_unit_test(a_difference_under_another_version_says_so),
        cmocka_unit_test(a_drill_cut_short_verifies_as_far_as_it_goes),
    };
    return cmocka_run_group_tests(tests, NULL, small_clean);
}
