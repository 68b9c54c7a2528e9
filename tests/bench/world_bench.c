/* Measures one figure of the world: world_bench NAME FILE prints its value. FILE is a topology that
   "world_bench write FILE ASSETS LINKS" has made. tests/bench/run takes the median of rounds. */
#define _DEFAULT_SOURCE /* wait4, MAP_POPULATE */
#include <fcntl.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <libxml/xmlreader.h>

#include "bench/made_world.h"
#include "kernel/arena.h"
#include "kernel/calendar.h"
#include "model/power.h"
#include "model/world.h"
#include "tocsin/formats.h"

enum { TOWN_ASSETS = 1000000, SAMPLES = 2000 };

/* ---- measuring ---- */

static double seconds_of(clockid_t clock) {
    struct timespec now;
    (void)clock_gettime(clock, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static double cpu_seconds(void) {
    return seconds_of(CLOCK_PROCESS_CPUTIME_ID);
}

static int by_value(const void *left, const void *right) {
    const double *a = left, *b = right;
    return *a < *b ? -1 : *a > *b ? 1 : 0;
}

static double median(double *values, size_t count) {
    qsort(values, count, sizeof *values, by_value);
    return values[count / 2];
}

static _Noreturn void give_up(const char *what) {
    perror(what);
    exit(3);
}

/* Resident pages of our own after what is free went back to the system. */
static double resident_bytes(void) {
    unsigned long pages = 0, resident = 0;
    FILE *file;
    (void)malloc_trim(0);
    file = fopen("/proc/self/statm", "r");
    if (file == NULL || fscanf(file, "%lu %lu", &pages, &resident) != 2) {
        give_up("/proc/self/statm");
    }
    (void)fclose(file);
    return (double)resident * (double)sysconf(_SC_PAGESIZE);
}

/* ---- the town ---- */

struct town {
    const char *path;
    const char *bytes;
    size_t size;
};

static struct town town_open(const char *path) {
    struct town town = {.path = path};
    struct stat facts;
    int file = open(path, O_RDONLY);
    void *bytes;
    if (file < 0 || fstat(file, &facts) != 0) {
        give_up(path);
    }
    town.size = (size_t)facts.st_size;
    bytes = mmap(NULL, town.size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
    (void)close(file);
    if (bytes == MAP_FAILED) {
        give_up(path);
    }
    town.bytes = bytes;
    return town;
}

static void town_close(struct town town) {
    (void)munmap((void *)(uintptr_t)town.bytes, town.size);
}

static toc_topology *town_load(struct town town) {
    toc_problems *problems = toc_problems_create();
    toc_topology *topology = NULL;
    if (toc_formats_read_topology(town.bytes, town.size, town.path, problems, &topology) !=
        TOC_OK) {
        (void)fprintf(stderr, "%s\n", toc_problems_at(problems, 0).text);
        exit(3);
    }
    toc_problems_destroy(problems);
    return topology;
}

static double bare_seconds(struct town town) {
    double start = cpu_seconds();
    xmlTextReaderPtr reader = xmlReaderForMemory(town.bytes, (int)town.size, NULL, NULL,
                                                 XML_PARSE_NONET | XML_PARSE_BIG_LINES);
    while (xmlTextReaderRead(reader) == 1) {
    }
    xmlFreeTextReader(reader);
    return cpu_seconds() - start;
}

static double load_seconds(struct town town) {
    double start = cpu_seconds();
    toc_topology *topology = town_load(town);
    double seconds = cpu_seconds() - start;
    toc_topology_destroy(topology);
    return seconds;
}

/* The bare pass before and after, so that a machine that slows down falls on both. */
static double load_vs_reader(struct town town) {
    double bare = bare_seconds(town), load = load_seconds(town);
    bare = (bare + bare_seconds(town)) / 2;
    (void)fprintf(stderr, "load %.2f s, reader alone %.2f s\n", load, bare);
    return load / bare;
}

/* Topology and world on it, at rest. */
static double world_bytes(const char *path) {
    double before = resident_bytes(), after;
    struct town town = town_open(path);
    toc_topology *topology = town_load(town);
    toc_calendar *calendar = toc_calendar_create();
    toc_world *world;
    town_close(town);
    world = toc_world_create(topology, calendar, NULL, (toc_chance){.seed = 1}, NULL, NULL);
    after = resident_bytes();
    toc_world_destroy(world);
    toc_calendar_destroy(calendar);
    toc_topology_destroy(topology);
    return after - before;
}

/* ---- worlds ---- */

struct bench {
    toc_topology *topology;
    toc_calendar *calendar;
    toc_world *world;
};

static struct bench bench_begin(toc_topology *topology) {
    struct bench bench = {.topology = topology, .calendar = toc_calendar_create()};
    bench.world =
        toc_world_create(topology, bench.calendar, NULL, (toc_chance){.seed = 1}, NULL, NULL);
    toc_calendar_run(bench.calendar, TOC_SECOND);
    return bench;
}

static void bench_end(struct bench bench) {
    toc_world_destroy(bench.world);
    toc_calendar_destroy(bench.calendar);
    toc_topology_destroy(bench.topology);
}

/* To the end of the instant and what follows within the second, such as telemetry. */
static void let_pass(struct bench bench) {
    toc_calendar_run(bench.calendar, toc_calendar_now(bench.calendar) + TOC_SECOND);
}

static void expect(bool right, const char *what) {
    if (!right) {
        (void)fprintf(stderr, "the world does not do what is measured: %s\n", what);
        exit(3);
    }
}

/* A hub's failure and recovery with its ten dependents, hubs all over the town. */
static double fail_recover_us(struct town town) {
    struct bench bench = bench_begin(town_load(town));
    uint32_t assets = bench.topology->asset_count, block = made_block(assets);
    static double values[SAMPLES];
    for (uint32_t i = 0; i < SAMPLES; i++) {
        uint32_t number = (uint32_t)(i * UINT64_C(7919) * 61 % block);
        uint32_t hub = made_hub(assets, number);
        double start = seconds_of(CLOCK_MONOTONIC);
        (void)toc_world_fail(bench.world, hub, TOC_CAUSE_DAMAGED);
        let_pass(bench);
        expect(toc_world_operation(bench.world, number) != TOC_ON, "the first dependent stops");
        (void)toc_world_clear(bench.world, hub, TOC_CAUSE_DAMAGED);
        let_pass(bench);
        values[i] = (seconds_of(CLOCK_MONOTONIC) - start) * 1e6;
        expect(toc_world_operation(bench.world, number) == TOC_ON, "the first dependent starts");
    }
    bench_end(bench);
    return median(values, SAMPLES);
}

/* The slower of what goes down and what comes up again along all edges. */
static double sweep_ms(uint32_t edges) {
    struct bench bench = bench_begin(made_tree(edges));
    static double values[SAMPLES];
    for (uint32_t i = 0; i < 100; i++) {
        double start = cpu_seconds(), down;
        (void)toc_world_fail(bench.world, 0, TOC_CAUSE_DAMAGED);
        down = cpu_seconds() - start;
        expect(toc_world_operation(bench.world, edges) == TOC_OFF, "the last one is off");
        let_pass(bench);
        start = cpu_seconds();
        (void)toc_world_clear(bench.world, 0, TOC_CAUSE_DAMAGED);
        values[i] = cpu_seconds() - start;
        values[i] = (values[i] > down ? values[i] : down) * 1e3;
        expect(toc_world_operation(bench.world, edges) == TOC_ON, "the last one is on");
        let_pass(bench);
    }
    bench_end(bench);
    return median(values, 100);
}

/* ---- the grid ---- */

/* A whole evaluation: refresh, islands, dispatch, factor, solve, flows, relays. With `outages`
   lines open and close, so that the network is factored anew; without, only a schedule moves. */
static double grid_us(uint32_t buses, bool outages) {
    struct bench bench = bench_begin(made_grid(buses));
    static double values[SAMPLES];
    for (uint32_t i = 0; i < 200; i++) {
        uint32_t line = bench.topology->asset_count + i / 2 * 7 % buses;
        uint32_t unit = i / 2 % bench.topology->generation_count;
        double before = toc_power_flow_mw(bench.world, unit * 8), start = cpu_seconds();
        if (!outages) {
            toc_power_schedule(bench.world, unit,
                               i % 2 == 0 ? INT64_C(70000000000) : INT64_C(80000000000));
        } else if (i % 2 == 0) {
            (void)toc_world_fail(bench.world, line, TOC_CAUSE_OPENED);
        } else {
            (void)toc_world_clear(bench.world, line, TOC_CAUSE_OPENED);
        }
        let_pass(bench);
        values[i] = (cpu_seconds() - start) * 1e6;
        expect(outages || toc_power_flow_mw(bench.world, unit * 8) != before, "the flow moves");
    }
    bench_end(bench);
    return median(values, 200);
}

/* ---- whole runs ---- */

/* Runs the program on the package, and tells wall milliseconds or the most megabytes it held. */
static double run_figure(const char *program, const char *package, bool memory) {
    double start = seconds_of(CLOCK_MONOTONIC);
    struct rusage usage;
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        int nowhere = open("/dev/null", O_WRONLY);
        (void)dup2(nowhere, STDOUT_FILENO);
        (void)dup2(nowhere, STDERR_FILENO);
        (void)execl(program, program, "run", package, "--seed", "1", "--json", (char *)NULL);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &usage) < 0 || status != 0) {
        (void)fprintf(stderr, "%s run %s ended with status %d\n", program, package, status);
        exit(3);
    }
    return memory ? (double)usage.ru_maxrss / 1024 : (seconds_of(CLOCK_MONOTONIC) - start) * 1e3;
}

/* ---- choosing ---- */

static bool small_figure(const char *name, double *out) {
    static const struct {
        const char *name;
        uint32_t buses;
        bool outages;
    } grids[] = {{"solve_118_us", 118, true},
                 {"solve_2400_us", 2400, true},
                 {"resolve_2400_us", 2400, false}};
    for (size_t i = 0; i < sizeof grids / sizeof grids[0]; i++) {
        if (strcmp(grids[i].name, name) == 0) {
            *out = grid_us(grids[i].buses, grids[i].outages);
            return true;
        }
    }
    if (strcmp(name, "sweep_10k_ms") == 0) {
        *out = sweep_ms(10000);
        return true;
    }
    return false;
}

/* asset_bytes wants a town without links; link_bytes the whole one and that one beside it. */
static bool town_figure(const char *name, const char *path, const char *bare_path, double *out) {
    struct town town;
    if (strcmp(name, "asset_bytes") == 0) {
        *out = world_bytes(bare_path) / TOWN_ASSETS;
        return true;
    }
    if (strcmp(name, "town_bytes") == 0) {
        *out = world_bytes(path);
        return true;
    }
    town = town_open(path);
    if (strcmp(name, "load_vs_reader") == 0) {
        *out = load_vs_reader(town);
    } else if (strcmp(name, "load_s") == 0) {
        *out = load_seconds(town);
    } else if (strcmp(name, "fail_recover_us") == 0) {
        *out = fail_recover_us(town);
    } else {
        return false;
    }
    town_close(town);
    return true;
}

static int write_town(char **argv) {
    FILE *file = fopen(argv[2], "w");
    if (file == NULL) {
        give_up(argv[2]);
    }
    made_town(file, (uint32_t)strtoul(argv[3], NULL, 10), (uint32_t)strtoul(argv[4], NULL, 10));
    if (fclose(file) != 0) {
        give_up(argv[2]);
    }
    return 0;
}

int main(int argc, char **argv) {
    const char *name = argc > 1 ? argv[1] : "";
    double value = 0;
    if (argc == 5 && strcmp(name, "write") == 0) {
        return write_town(argv);
    }
    if (argc == 4 && (strcmp(name, "run_ms") == 0 || strcmp(name, "run_mb") == 0)) {
        value = run_figure(argv[2], argv[3], strcmp(name, "run_mb") == 0);
    } else if (!(argc == 2 && small_figure(name, &value)) &&
               !(argc == 4 && town_figure(name, argv[2], argv[3], &value))) {
        (void)fprintf(stderr,
                      "usage: %s solve_118_us|solve_2400_us|resolve_2400_us|sweep_10k_ms\n"
                      "       %s load_vs_reader|load_s|fail_recover_us|asset_bytes|town_bytes TOWN "
                      "TOWN_WITHOUT_LINKS\n"
                      "       %s run_ms|run_mb PROGRAM PACKAGE\n"
                      "       %s write FILE ASSETS LINKS\n",
                      argv[0], argv[0], argv[0], argv[0]);
        return 2;
    }
    (void)printf("%.4g\n", value);
    return 0;
}
