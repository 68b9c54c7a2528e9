/* console: a seat of a drill, or a whole one alone, in a window. */
#include "cli/command.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cli/alone.h"
#include "cli/entry.h"
#include "cli/offers.h"
#include "client/dial.h"
#include "console/stagehand.h"
#include "console/window.h"

enum { BEAT_MS = 12, WIDE = 1440, HIGH = 900, PATIENCE = 30 /* seconds for the first picture */ };

static const toc_cli_option options[] = {
    {"join", "URL", "a drill that somebody serves: wss://drill.example.org"},
    {"token", "FILE", "holds the token in its first line; else TOCSIN_TOKEN, else it is asked for"},
    {"seat", "SEAT", "which seat: of the token, or of the package that is played alone"},
    {"authority", "FILE", "certificates to trust (PEM) in the place of the system's"},
    {"language", "L", "en (the default) or zh; Ctrl L changes it"},
    {"theme", "T", "light (the default) or dark; Ctrl D changes it"},
    {"scale", "X", "of everything, 1 to 2; Ctrl + and Ctrl - change it"},
    {"size", "WxH", "of the window, like 1920x1080"},
    {"output", "FILE", "playing alone: the record (-o FILE.drill)"},
    {"seed", "N", "playing alone: luck of the drill; 1 where it is not said"},
    {"policy", "P", "playing alone: of the stand-ins"},
    {"speed", "X", "playing alone: pace against the clock on the wall, 0.1 to 100"},
    {"script", "FILE", "plays the console by a script, and tells what was expected and not seen"},
};

struct console {
    toc_cli_call *call;
    toc_bureau *bureau;
    toc_window *window;
    toc_dial *dial;
    toc_client *client, *control; /* control: of whoever plays alone, else NULL */
    toc_alone alone;
    toc_time until; /* of the drill that the script waits for; TOC_NEVER: none */
    uint64_t deadline;
};

/* -- The loop -----------------------------------------------------------------------------------
 */

static toc_time now_of(const struct console *console) {
    const toc_wire_clock *clock = toc_mirror_clock(toc_client_mirror(console->client));
    return clock == NULL || clock->now == TOC_NEVER ? 0 : clock->now;
}

static bool is_awaited(const struct console *console, uint64_t now) {
    return now < console->deadline &&
           (console->until == TOC_NEVER || now_of(console) < console->until);
}

static void beat(void *object) {
    struct console *console = object;
    bool goes_on = toc_window_pump(console->window, console->bureau);
    if (!goes_on || (console->deadline != 0 && !is_awaited(console, toc_dial_microseconds()))) {
        toc_dial_leave(console->dial);
    }
}

static void interrupt(void *object) {
    toc_dial_leave(((struct console *)object)->dial);
}

static void hear(void *object, const char *text) {
    (void)object;
    (void)text;
}

/* For so many seconds on the wall at most, and until then in the drill. */
static void run_for(struct console *console, double seconds, toc_time until) {
    console->deadline = toc_dial_microseconds() + (uint64_t)(seconds * 1e6);
    console->until = until;
    toc_dial_run(console->dial);
    console->deadline = 0;
    console->until = TOC_NEVER;
}

/* -- The script ---------------------------------------------------------------------------------
 */

static void show(void *object) {
    struct console *console = object;
    toc_window_show(console->window, console->bureau);
}

static bool wait(void *object, double seconds) {
    run_for(object, seconds, TOC_NEVER);
    return true;
}

/* Whoever plays alone has the clock: it stands, and goes on by steps. */
static bool advance(void *object, toc_time by) {
    struct console *console = object;
    toc_wire_message blank = toc_wire_blank(TOC_WIRE_M_COMMAND);
    toc_wire_command command = blank.as.command;
    toc_time until = now_of(console) + by;
    bool is_control = toc_bureau_desk(console->bureau) == 'C';
    toc_client *runs = is_control ? console->client : console->control;
    if (runs == NULL) {
        run_for(console, (double)by / 1e6 + 1, until);
        return now_of(console) >= until;
    }
    if (!toc_mirror_clock(toc_client_mirror(console->client))->paused) {
        command.command = "pause";
        (void)toc_client_command(runs, command);
        run_for(console, 1.2, TOC_NEVER);
        until = now_of(console) + by;
    }
    command.command = "step";
    command.at = until;
    (void)toc_client_command(runs, command);
    run_for(console, PATIENCE, until);
    run_for(console, 1.2, TOC_NEVER); /* how things stand then */
    return now_of(console) >= until || toc_mirror_clock(toc_client_mirror(console->client))->over;
}

static bool shoot(void *object, const char *path) {
    struct console *console = object;
    toc_window_show(console->window, console->bureau);
    return toc_window_shoot(console->window, path);
}

static bool resize(void *object, int width, int height) {
    struct console *console = object;
    toc_window_resize(console->window, width, height);
    run_for(console, 0.1, TOC_NEVER);
    return true;
}

static toc_status play_script(struct console *console, const char *path) {
    toc_formats_buffer text = {0};
    toc_stagehand_host host = {.object = console,
                               .show = show,
                               .wait = wait,
                               .advance = advance,
                               .shoot = shoot,
                               .resize = resize};
    toc_status status = toc_formats_load(path, console->call->problems, &text);
    if (status != TOC_OK) {
        return status;
    }
    for (int i = 0; i < PATIENCE * 10 && toc_bureau_desk(console->bureau) == 'A'; i++) {
        run_for(console, 0.1, TOC_NEVER);
    }
    run_for(console, 1.5, TOC_NEVER); /* the first state and clock */
    toc_formats_source source = {text.bytes, text.size, path};
    toc_stagehand_result result =
        toc_stagehand_play(console->bureau, &source, &host, console->call->problems);
    if (console->call->json) {
        json_t *document = json_object();
        (void)json_object_set_new(document, "passed", json_integer(result.passed));
        (void)json_object_set_new(document, "failed", json_integer(result.failed));
        toc_cli_print_json(console->call, document);
    } else {
        (void)printf("%u passed, %u failed\n", result.passed, result.failed);
    }
    toc_formats_buffer_finish(&text);
    return result.failed == 0 ? TOC_OK : TOC_BAD_INPUT;
}

/* -- Beginning and end --------------------------------------------------------------------------
 */

/* Beside the user's other files, under its own name; what is there stays. */
static bool save(void *object, const toc_client_paper *paper, char *where, size_t size) {
    (void)object;
    (void)snprintf(where, size, "%s", paper->name);
    for (char *at = where; *at != '\0'; at++) { /* a server does not choose the folder */
        *at = *at == '/' || *at == '\\' || (at == where && *at == '.') ? '_' : *at;
    }
    FILE *file = fopen(where, "wx");
    bool is_saved = file != NULL && fwrite(paper->bytes, 1, paper->size, file) == paper->size;
    return file != NULL && fclose(file) == 0 && is_saved;
}

static toc_status read_look(toc_cli_call *call, toc_bureau_options *look, int *width, int *height) {
    const char *theme = toc_cli_value(call, "theme"), *scale = toc_cli_value(call, "scale");
    const char *size = toc_cli_value(call, "size");
    char *end = NULL;
    look->theme = theme == NULL ? NULL : toc_theme_find(theme);
    if (theme != NULL && look->theme == NULL) {
        return toc_cli_usage(call, "--theme wants light or dark");
    }
    look->scale = scale == NULL ? 1 : strtod(scale, &end);
    if (scale != NULL && (*end != '\0' || !(look->scale >= 1 && look->scale <= 2))) {
        return toc_cli_usage(call, "--scale wants a number from 1 to 2");
    }
    *width = WIDE;
    *height = HIGH;
    if (size != NULL && (sscanf(size, "%dx%d", width, height) != 2 || *width < 640 ||
                         *height < 360 || *width > 7680 || *height > 4320)) {
        return toc_cli_usage(call, "--size wants WIDTHxHEIGHT from 640x360 to 7680x4320");
    }
    return toc_cli_language(call, &look->language);
}

static toc_client *make_client(const char *token, const char *seat, const char *language,
                               toc_bureau *bureau, bool is_aside) {
    char name[33];
    toc_client_options made = {.token = token,
                               .seat = seat,
                               .language = language,
                               .name = name,
                               .tell = is_aside ? toc_bureau_tell_aside : toc_bureau_tell,
                               .object = bureau};
    toc_dial_name(name, &made.seed);
    return toc_client_create(&made);
}

static toc_status connect(struct console *console, const toc_launcher_wish *wish,
                          const char *language) {
    toc_cli_call *call = console->call;
    char token[TOC_ENTRY_TOKEN] = "", why[512];
    toc_address address;
    toc_status status = TOC_OK;
    bool is_alone = console->alone.process != 0;
    if (!toc_address_read(wish->url, &address, why, sizeof why)) {
        return toc_cli_usage(call, "%s", why);
    }
    if (is_alone) {
        (void)snprintf(token, sizeof token, "%s", console->alone.player);
    } else if (wish->token[0] != '\0') {
        (void)snprintf(token, sizeof token, "%s", wish->token);
    } else {
        status = toc_entry_token(call, language, token);
    }
    toc_dial_options dialling = {
        .address = &address, .authority = toc_cli_value(call, "authority"), .lines = 2};
    console->dial = status == TOC_OK ? toc_dial_create(&dialling, why, sizeof why) : NULL;
    if (status == TOC_OK && console->dial == NULL) {
        status = toc_problems_fault(call->problems, (toc_place){.file = NULL}, "%s", why);
    }
    if (status != TOC_OK) {
        return status;
    }
    const char *seat = is_alone || wish->seat[0] == '\0' ? NULL : wish->seat;
    console->client = make_client(token, seat, language, console->bureau, false);
    toc_bureau_attach(console->bureau, console->client);
    toc_dial_attend(console->dial, (toc_dial_ear){console, hear, beat, interrupt}, BEAT_MS);
    toc_dial_start(console->dial, console->client);
    if (is_alone) {
        console->control =
            make_client(console->alone.control, NULL, language, console->bureau, true);
        toc_bureau_attach_control(console->bureau, console->control);
        toc_dial_start(console->dial, console->control);
    }
    memset(token, 0, sizeof token);
    return TOC_OK;
}

static bool is_record(const char *path) {
    size_t length = strlen(path);
    return length > 6 && strcmp(path + length - 6, ".drill") == 0;
}

/* Where the wish leads: a server that is there, or one of one's own. */
static toc_status begin_wish(struct console *console, toc_launcher_wish *wish) {
    toc_cli_call *call = console->call;
    toc_status status = TOC_OK;
    switch (wish->kind) {
    case TOC_LAUNCHER_JOIN:
        return TOC_OK;
    case TOC_LAUNCHER_REVIEW:
        status = toc_alone_review(call, wish->path, &console->alone);
        break;
    case TOC_LAUNCHER_PLAY:
        if (wish->seat[0] == '\0') {
            status = toc_alone_first_seat(call, wish->path, wish->seat, sizeof wish->seat);
        }
        if (status == TOC_OK) {
            status = toc_alone_begin(call, wish->path, wish->seat, &console->alone);
        }
        break;
    }
    (void)snprintf(wish->url, sizeof wish->url, "%s", console->alone.url);
    return status;
}

/* What the arguments say; nobody has to choose then. */
static void read_wish(toc_cli_call *call, toc_launcher_wish *out_wish) {
    const char *join = toc_cli_value(call, "join"), *seat = toc_cli_value(call, "seat");
    const char *path = call->argument_count > 0 ? call->arguments[0] : "";
    *out_wish = (toc_launcher_wish){.kind = join != NULL      ? TOC_LAUNCHER_JOIN
                                            : is_record(path) ? TOC_LAUNCHER_REVIEW
                                                              : TOC_LAUNCHER_PLAY};
    (void)snprintf(out_wish->path, sizeof out_wish->path, "%s", path);
    (void)snprintf(out_wish->url, sizeof out_wish->url, "%s", join == NULL ? "" : join);
    (void)snprintf(out_wish->seat, sizeof out_wish->seat, "%s", seat == NULL ? "" : seat);
}

/* Until somebody has chosen; false where the window was closed before. */
static bool launch(struct console *console, toc_launcher_wish *out_wish) {
    const struct timespec pause = {.tv_nsec = BEAT_MS * 1000000L};
    toc_offers *offers = toc_offers_find();
    size_t count = 0;
    const toc_launcher_offer *list = toc_offers_list(offers, &count);
    toc_bureau_offer(console->bureau, list, count);
    bool goes_on = true, has_chosen = false;
    while (goes_on && !has_chosen) {
        goes_on = toc_window_pump(console->window, console->bureau);
        has_chosen = toc_bureau_wish(console->bureau, out_wish);
        (void)nanosleep(&pause, NULL);
    }
    toc_bureau_attach(console->bureau, NULL);
    toc_offers_destroy(offers);
    return has_chosen;
}

static toc_status open_window(struct console *console, const toc_bureau_options *look, int width,
                              int height) {
    char why[512];
    console->window = toc_window_open("Tocsin", width, height, why, sizeof why);
    if (console->window == NULL) {
        return toc_problems_error(console->call->problems, (toc_place){.file = NULL}, "%s", why);
    }
    console->bureau = toc_bureau_create(look);
    return TOC_OK;
}

/* Plays what was wished for until the window is closed. */
static toc_status play(struct console *console, toc_launcher_wish *wish, const char *language) {
    const char *script = toc_cli_value(console->call, "script");
    toc_status status = begin_wish(console, wish);
    if (status == TOC_OK) {
        status = connect(console, wish, language);
    }
    if (status == TOC_OK && script != NULL) {
        return play_script(console, script);
    }
    if (status == TOC_OK) {
        toc_dial_run(console->dial);
    }
    return status;
}

static void close_all(struct console *console) {
    toc_dial_destroy(console->dial);
    toc_bureau_destroy(console->bureau);
    toc_client_destroy(console->client);
    toc_client_destroy(console->control);
    toc_window_close(console->window);
    toc_alone_end(&console->alone);
}

static toc_status run(toc_cli_call *call) {
    struct console console = {.call = call, .until = TOC_NEVER, .alone = {.pipe = -1}};
    toc_bureau_options look = {.save = save};
    toc_launcher_wish wish;
    int width = 0, height = 0;
    if (toc_cli_value(call, "join") != NULL && call->argument_count > 0) {
        return toc_cli_usage(call, "name a package or a record, or --join URL, not both");
    }
    toc_status status = read_look(call, &look, &width, &height);
    if (status == TOC_OK) {
        status = open_window(&console, &look, width, height);
    }
    read_wish(call, &wish);
    bool is_named = wish.path[0] != '\0' || wish.url[0] != '\0';
    if (status == TOC_OK && (is_named || launch(&console, &wish))) {
        status = play(&console, &wish, look.language);
    }
    bool has_record = console.alone.process != 0 && console.alone.folder[0] == '\0';
    if (has_record && !call->quiet) {
        toc_cli_say(call, "The record is %s.", console.alone.record);
    }
    close_all(&console);
    return status;
}

const toc_cli_command toc_console_command = {
    .name = "console",
    .usage = "[PACKAGE [--seat SEAT] | FILE.drill | --join URL [--token FILE]]",
    .sentence = "a seat of a drill in a window, played alone or served; or a record that is looked "
                "at again",
    .example = "tocsin console scenarios/triple-zero-2025 --language zh",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .least_arguments = 0,
    .most_arguments = 1,
    .run = run,
};
