/* What the console costs: one figure a run, printed as a number. */
#include "console/small_desk.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "console/window.h"

enum { WIDE = 1920, HIGH = 1080, FRAMES = 41, PART = 200, IDLE_S = 6, BEAT_MS = 12 };

static double now_ms(clockid_t clock) {
    struct timespec time;
    (void)clock_gettime(clock, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static int compare(const void *one, const void *other) {
    double a = *(const double *)one, b = *(const double *)other;
    return a < b ? -1 : a > b;
}

/* So many assets in zones of fifty, each linked to the next, a tenth of them with an alarm. */
static void tell_town(small_desk *desk, uint32_t count) {
    static const char *const kinds[] = {"substation", "rtu", "pump", "router", "hospital"};
    static char frame[60000];
    for (uint32_t from = 0; from < count; from += PART) {
        size_t used = (size_t)snprintf(frame, sizeof frame, "{\"m\":\"catalogue\",\"assets\":[");
        uint32_t end = from + PART < count ? from + PART : count;
        for (uint32_t i = from; i < end; i++) {
            used += (size_t)snprintf(frame + used, sizeof frame - used,
                                     "%s{\"id\":\"b-%u\",\"name\":\"Asset %u\",\"kind\":\"%s\","
                                     "\"zone\":\"zone-%u\",\"area\":\"Zone %u\"}",
                                     i > from ? "," : "", i, i, kinds[i % 5], i / 50, i / 50);
        }
        used += (size_t)snprintf(frame + used, sizeof frame - used, "],\"ties\":[");
        for (uint32_t i = from; i < end; i++) {
            used += (size_t)snprintf(frame + used, sizeof frame - used,
                                     "%s{\"id\":\"t-%u\",\"from\":\"b-%u\",\"to\":\"b-%u\","
                                     "\"kind\":\"data\"}",
                                     i > from ? "," : "", i, i, i == 0 ? 0 : i - 1);
        }
        desk_tell(desk, "%s],\"more\":%s}", frame, end < count ? "true" : "false");
    }
    for (uint32_t from = 0; from < count; from += 10 * PART) {
        size_t used = (size_t)snprintf(frame, sizeof frame,
                                       "{\"m\":\"state\",\"at\":600000000,"
                                       "\"alarms\":[");
        for (uint32_t i = from; i < from + 10 * PART && i < count; i += 10) {
            used += (size_t)snprintf(frame + used, sizeof frame - used,
                                     "%s{\"id\":\"b-%u\",\"state\":\"unacknowledged\",\"at\":%u,"
                                     "\"text\":\"off\"}",
                                     i > from ? "," : "", i, i);
        }
        desk_tell(desk, "%s]}", frame);
    }
}

static small_desk *town(uint32_t count) {
    small_desk *desk = desk_open("player", "en", "light", 1);
    tell_town(desk, count);
    uint32_t known = toc_mirror_catalogue(toc_client_mirror(desk->client))->assets.count;
    if (known < count) {
        (void)fprintf(stderr, "%d\n", toc_client_is_live(desk->client));
        (void)fprintf(stderr, "only %u assets are known\n", known);
        exit(1);
    }
    return desk;
}

/* Median of frames in which the map was moved by hand, or everything painted anew. */
static double frames(uint32_t count, bool anew) {
    small_desk *desk = town(count);
    cairo_surface_t *image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, WIDE, HIGH);
    double times[FRAMES];
    uint32_t parts = 0;
    toc_screen *screen = desk_compose(desk, WIDE, HIGH);
    (void)toc_brush_paint(screen, image, true, &parts);
    toc_rect map = toc_screen_find(screen, "map")->rect;
    int x = map.x + map.w / 2, y = map.y + map.h / 2;
    toc_bureau_press(desk->bureau, x, y);
    for (int i = 0; i < FRAMES; i++) {
        double begin = now_ms(CLOCK_MONOTONIC);
        x += i % 2 == 0 ? 7 : -5;
        toc_bureau_drag(desk->bureau, x, y);
        toc_bureau_compose(desk->bureau, WIDE, HIGH);
        (void)toc_brush_paint(screen, image, anew, &parts);
        times[i] = now_ms(CLOCK_MONOTONIC) - begin;
    }
    qsort(times, FRAMES, sizeof times[0], compare);
    cairo_surface_destroy(image);
    desk_close(desk);
    return times[FRAMES / 2];
}

/* -- The whole program --------------------------------------------------------------------------
 */

static toc_window *window_of(void) {
    char why[512];
    (void)setenv("SDL_VIDEODRIVER", "dummy", 0);
    toc_window *window = toc_window_open("bench", WIDE, HIGH, why, sizeof why);
    if (window == NULL) {
        (void)fprintf(stderr, "%s\n", why);
        exit(1);
    }
    return window;
}

/* From the program's start to its first picture, launcher and fonts included. */
static int first_frame_once(void) {
    toc_window *window = window_of();
    toc_bureau *bureau = toc_bureau_create(&(toc_bureau_options){.language = "en"});
    toc_bureau_offer(bureau, NULL, 0);
    toc_window_show(window, bureau);
    _exit(0);
}

static double first_frame(const char *program) {
    double begin = now_ms(CLOCK_MONOTONIC);
    pid_t child = fork();
    if (child == 0) {
        (void)execl(program, program, "first_frame_once", (char *)NULL);
        _exit(1);
    }
    int status = 0;
    (void)waitpid(child, &status, 0);
    return status == 0 ? now_ms(CLOCK_MONOTONIC) - begin : -1;
}

static double resident_mb(void) {
    long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file == NULL || fscanf(file, "%*d %ld", &pages) != 1) {
        pages = -1;
    }
    if (file != NULL) {
        (void)fclose(file);
    }
    return (double)pages * (double)sysconf(_SC_PAGESIZE) / 1e6;
}

static double memory(void) {
    toc_window *window = window_of();
    small_desk *desk = town(2000);
    toc_window_show(window, desk->bureau);
    double used = resident_mb();
    desk_close(desk);
    toc_window_close(window);
    return used;
}

/* Nothing happens but the clock, once a second. */
static double idle(void) {
    const struct timespec pause = {.tv_nsec = BEAT_MS * 1000000L};
    toc_window *window = window_of();
    small_desk *desk = town(2000);
    toc_window_show(window, desk->bureau);
    (void)toc_window_pump(window, desk->bureau);
    double wall = now_ms(CLOCK_MONOTONIC), used = now_ms(CLOCK_PROCESS_CPUTIME_ID);
    for (int second = 1; second <= IDLE_S; second++) {
        desk_tell(desk, "{\"m\":\"clock\",\"now\":%d000000,\"speed\":1000}", 600 + second);
        while (now_ms(CLOCK_MONOTONIC) - wall < second * 1e3) {
            (void)toc_window_pump(window, desk->bureau);
            (void)nanosleep(&pause, NULL);
        }
    }
    double percent =
        100 * (now_ms(CLOCK_PROCESS_CPUTIME_ID) - used) / (now_ms(CLOCK_MONOTONIC) - wall);
    desk_close(desk);
    toc_window_close(window);
    return percent;
}

int main(int count, char **arguments) {
    const char *figure = count > 1 ? arguments[1] : "";
    double value = strcmp(figure, "pan_2k_ms") == 0          ? frames(2000, false)
                   : strcmp(figure, "pan_10k_ms") == 0       ? frames(10000, false)
                   : strcmp(figure, "repaint_10k_ms") == 0   ? frames(10000, true)
                   : strcmp(figure, "first_frame_ms") == 0   ? first_frame(arguments[0])
                   : strcmp(figure, "console_mb") == 0       ? memory()
                   : strcmp(figure, "idle_percent") == 0     ? idle()
                   : strcmp(figure, "first_frame_once") == 0 ? first_frame_once()
                                                             : -1;
    (void)printf("%.3g\n", value);
    return value < 0;
}
