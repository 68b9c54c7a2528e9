/* Power cuts: whatever moment the power goes, an acknowledged action is in the record. */
#include "small_record.h"

#include "power_cut.h"

enum { CUTS = 3000, MOST_COMMITS = 40 };

static struct cut_disk disk;
static sqlite3_vfs cut_vfs;
static bool want_normal;

static int ignore_synchronous(void *object, int action, const char *name, const char *value,
                              const char *database, const char *trigger) {
    (void)object;
    (void)value;
    (void)database;
    (void)trigger;
    return action == SQLITE_PRAGMA && strcmp(name, "synchronous") == 0 ? SQLITE_IGNORE : SQLITE_OK;
}

/* For each new connection: checkpoints come often, and where the test wants it, the engine's wish
   for a sync at every commit is not heard. */
static int prepare(sqlite3 *db, const char **message, const struct sqlite3_api_routines *api) {
    (void)message;
    (void)api;
    if (disk.dark) {
        return SQLITE_OK; /* this is the one that reads */
    }
    (void)sqlite3_wal_autocheckpoint(db, 24);
    if (want_normal) {
        (void)sqlite3_exec(db, "PRAGMA synchronous=NORMAL", NULL, NULL, NULL);
        (void)sqlite3_set_authorizer(db, ignore_synchronous, NULL);
    }
    return SQLITE_OK;
}

static void put_survivor(const char *path, const char *ending) {
    char name[160];
    (void)snprintf(name, sizeof name, "%s%s", path, ending);
    struct cut_file *file = cut_find(&disk, name);
    (void)unlink(name);
    if (file != NULL) {
        const struct cut_image *image = cut_survivor(&disk, file);
        small_put(name, image->bytes == NULL ? (const unsigned char *)"" : image->bytes,
                  image->size);
    }
}

/* Plays until the power goes; the number of inputs that were acknowledged. *out_created says
   whether the record's creation was. */
static unsigned play_until_dark(const char *path, bool *out_created) {
    toc_problems *problems = toc_problems_create();
    toc_package *package = small_package();
    toc_record_meta meta = {.title = "Dark"};
    toc_record *record = NULL;
    unsigned inputs = 0, acknowledged = 0;
    toc_status status = toc_record_create(path, package, &meta, problems, &record);
    *out_created = status == TOC_OK;
    unsigned commits = (unsigned)cut_draw(&disk, MOST_COMMITS);
    for (unsigned i = 0; status == TOC_OK && i < commits; i++) {
        unsigned group = 1 + (unsigned)cut_draw(&disk, 5);
        for (unsigned j = 0; status == TOC_OK && j < group; j++) {
            status = small_add(record, ++inputs, problems);
        }
        if (status == TOC_OK) {
            status = toc_record_commit(record, problems);
        }
        if (status == TOC_OK) {
            acknowledged = inputs;
        }
    }
    if (status == TOC_OK && cut_draw(&disk, 4) == 0) {
        /* its seal goes to another disk: that it fails is no matter here */
        (void)toc_record_finish(record, TOC_HOUR, "ended", 1, 1, problems);
    }
    disk.dark = true;
    toc_record_close(record);
    toc_package_destroy(package);
    toc_problems_destroy(problems);
    return acknowledged;
}

static bool holds(const toc_record *record, unsigned acknowledged) {
    uint64_t inputs = toc_record_input_count(record);
    bool whole = inputs >= acknowledged && inputs == toc_record_trace_count(record) &&
                 inputs == toc_record_digest_count(record);
    for (uint64_t i = 1; whole && i <= inputs; i++) {
        char target[32];
        (void)snprintf(target, sizeof target, "ss-%" PRIu64, i);
        whole = strcmp(toc_record_input_at(record, i).target, target) == 0;
    }
    return whole;
}

struct losses {
    unsigned created, acknowledged; /* records, and the actions in them */
    unsigned lost;                  /* records that lost an acknowledged action, or themselves */
    unsigned unreadable;
};

/* Cuts the power `CUTS` times. */
static struct losses count_losses(uint64_t seed) {
    static char told[4096];
    sqlite3_vfs *usual = sqlite3_vfs_find("unix");
    char path[128];
    (void)snprintf(path, sizeof path, "%s", small_path("cut.drill"));
    cut_vfs = *usual;
    cut_vfs.zName = "cut";
    cut_vfs.szOsFile = sizeof(struct cut_handle);
    cut_vfs.pAppData = &disk;
    cut_vfs.xOpen = cut_open;
    cut_vfs.xDelete = cut_delete;
    cut_vfs.xAccess = cut_access;
    struct losses losses = {0};
    for (unsigned cut = 0; cut < CUTS; cut++) {
        bool created = false;
        memset(&disk, 0, sizeof disk);
        disk.luck = seed + 0x9e3779b97f4a7c15u * (cut + 1);
        disk.operations_left = (long)cut_draw(&disk, 400);
        (void)sqlite3_vfs_register(&cut_vfs, 1);
        unsigned acknowledged = play_until_dark(path, &created);
        (void)sqlite3_vfs_register(usual, 1);
        put_survivor(path, "");
        put_survivor(path, "-wal");
        put_survivor(path, "-journal");
        toc_record *record = small_open(path, told, sizeof told);
        losses.created += created;
        losses.acknowledged += acknowledged;
        losses.unreadable += created && record == NULL;
        losses.lost += created && (record == NULL || !holds(record, acknowledged));
        toc_record_close(record);
        for (int i = 0; i < CUT_FILES; i++) {
            cut_remove(&disk.files[i]);
        }
        for (int i = 0; i < 3; i++) {
            char name[160];
            (void)snprintf(name, sizeof name, "%s%s", path,
                           i == 0   ? ""
                           : i == 1 ? "-wal"
                                    : "-journal");
            (void)unlink(name);
        }
    }
    (void)sqlite3_vfs_unregister(&cut_vfs);
    print_message(
        "%d cuts, %u records, %u actions acknowledged: %u lost something, %u unreadable\n", CUTS,
        losses.created, losses.acknowledged, losses.lost, losses.unreadable);
    return losses;
}

static void no_acknowledged_action_is_lost_in_3000_power_cuts(void **state) {
    (void)state;
    want_normal = false;
    struct losses losses = count_losses(support_seed("power cuts"));
    assert_true(losses.created > CUTS * 3 / 4 && losses.acknowledged > CUTS * 10);
    assert_int_equal(losses.lost, 0);
}

static void the_same_cuts_without_a_sync_at_every_commit_do_lose_some(void **state) {
    (void)state;
    want_normal = true;
    struct losses losses = count_losses(support_seed("power cuts"));
    assert_true(losses.lost > losses.created / 20);
}

int main(void) {
    (void)sqlite3_initialize();
    (void)sqlite3_auto_extension((void (*)(void))prepare);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_acknowledged_action_is_lost_in_3000_power_cuts),
        cmocka_unit_test(the_same_cuts_without_a_sync_at_every_commit_do_lose_some),
    };
    return cmocka_run_group_tests(tests, NULL, small_clean);
}
