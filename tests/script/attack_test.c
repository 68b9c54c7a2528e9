#include "support/support.h"

#include <dirent.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "script/stage.h"

enum { MOST_ATTACKS = 256 };

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { SECONDS = 30 };
#else
enum { SECONDS = 2 };
#endif

/* The rest of the comment that begins with `key` among the first lines, else NULL. */
static const char *directive(const char *source, const char *key, char *buffer, size_t size) {
    while (strncmp(source, "-- ", 3) == 0) {
        size_t length = strcspn(source, "\n");
        if (strncmp(source + 3, key, strlen(key)) == 0) {
            size_t from = 3 + strlen(key);
            (void)snprintf(buffer, size, "%.*s", (int)(length - from), source + from);
            return buffer;
        }
        source += length + 1;
    }
    return NULL;
}

/* A watchdog as the programs that run strangers' scripts have it. */
static bool stop_after_a_second(void *object) {
    (void)object;
    return clock() > CLOCKS_PER_SEC;
}

/* In the child: writes what the script printed or failed with, and ends. */
static void run_child(const char *source, int to) {
    char text[256];
    toc_host_options options = {.chance = {.seed = 42}};
    if (directive(source, "budget: ", text, sizeof text) != NULL) {
        options.total = strtoull(text, NULL, 10);
    }
    if (directive(source, "stopped", text, sizeof text) != NULL) {
        options.stop = stop_after_a_second;
    }
    struct rlimit limit = {SECONDS, SECONDS + 1};
    (void)setrlimit(RLIMIT_CPU, &limit);
    (void)alarm(60 * SECONDS);
    stage *staged = stage_open(source, &options);
    (void)stage_run(staged);
    const char *problem = stage_problem(staged);
    const char *result = *problem != '\0' ? problem : staged->output;
    ssize_t written = write(to, result, strlen(result));
    stage_close(staged);
    _exit(written < 0 ? 1 : 0);
}

/* Runs the source in a child; its wait status, and what it wrote. */
static int run(const char *source, char *result, size_t size) {
    int ends[2], status = 0;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        (void)close(ends[0]);
        run_child(source, ends[1]);
    }
    (void)close(ends[1]);
    size_t length = 0;
    ssize_t got = 0;
    while (length + 1 < size && (got = read(ends[0], result + length, size - 1 - length)) > 0) {
        length += (size_t)got;
    }
    result[length] = '\0';
    (void)close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

static char *read_all(const char *path) {
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *text = calloc(1, 1 << 16);
    size_t size = fread(text, 1, (1 << 16) - 1, file);
    assert_true(size > 0);
    (void)fclose(file);
    return text;
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* False, and said on standard error, where the attack did not end as its first lines promise. */
static bool attack_ends_well(const char *path, const char *name) {
    static char result[1 << 16];
    char expected[256];
    char *source = read_all(path);
    int status = run(source, result, sizeof result);
    bool well = false;
    if (WIFSIGNALED(status)) {
        (void)fprintf(stderr, "%s: ended by signal %d\n", name, WTERMSIG(status));
    } else if (WEXITSTATUS(status) != 0) {
        (void)fprintf(stderr, "%s: exit status %d\n", name, WEXITSTATUS(status));
    } else if (directive(source, "ends with: ", expected, sizeof expected) != NULL) {
        well = strncmp(result, "drills/dark/scenario.lua:", 25) == 0 &&
               strstr(result, expected) != NULL;
    } else if (directive(source, "prints: ", expected, sizeof expected) != NULL) {
        result[strcspn(result, "\n")] = '\0';
        well = strcmp(result, expected) == 0;
    }
    if (!well) {
        (void)fprintf(stderr, "%s: gave %.300s\n", name, result);
    }
    free(source);
    return well;
}

static void every_attack_ends_in_time_with_a_clear_error(void **state) {
    (void)state;
    char folder[4096], path[8192], *names[MOST_ATTACKS];
    int count = 0, failed = 0;
    (void)snprintf(folder, sizeof folder, "%s/tests/script/attacks", support_source());
    DIR *directory = opendir(folder);
    assert_non_null(directory);
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        if (strstr(entry->d_name, ".lua") != NULL) {
            assert_true(count < MOST_ATTACKS);
            names[count++] = strdup(entry->d_name);
        }
    }
    (void)closedir(directory);
    qsort(names, (size_t)count, sizeof names[0], by_name);
    assert_true(count > 60);
    for (int i = 0; i < count; i++) {
        (void)snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        failed += !attack_ends_well(path, names[i]);
        free(names[i]);
    }
    assert_int_equal(failed, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_attack_ends_in_time_with_a_clear_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
