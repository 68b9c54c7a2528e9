/* A console that is told a rich drill by a server made of paper. */
#ifndef TESTS_SMALL_DESK_H
#define TESTS_SMALL_DESK_H

#include "support/support.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "console/brush.h"
#include "console/bureau.h"
#include "console/handling.h"

typedef struct small_desk {
    toc_bureau *bureau;
    toc_client *client;
    char *sent; /* all frames that the console sent, a line each */
    size_t sent_size;
} small_desk;

static inline void desk_open_line(void *object) {
    (void)object;
}

static inline void desk_wait_line(void *object, int64_t milliseconds) {
    (void)object;
    (void)milliseconds;
}

static inline void desk_send_line(void *object, const char *bytes, size_t size) {
    small_desk *desk = object;
    desk->sent = realloc(desk->sent, desk->sent_size + size + 2);
    (void)memcpy(desk->sent + desk->sent_size, bytes, size);
    desk->sent_size += size;
    desk->sent[desk->sent_size++] = '\n';
    desk->sent[desk->sent_size] = '\0';
}

static inline void desk_close_line(void *object) {
    toc_client_closed(((small_desk *)object)->client, "closed");
}

static inline void desk_tell(small_desk *desk, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static inline void desk_tell(small_desk *desk, const char *format, ...) {
    static char frame[65536];
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(frame, sizeof frame, format, arguments);
    va_end(arguments);
    assert_true(size > 0 && (size_t)size < sizeof frame);
    toc_client_received(desk->client, frame, (size_t)size);
    if (!toc_client_is_live(desk->client)) {
        fail_msg("the console did not understand: %.300s", frame);
    }
}

/* So many items, each by the format with its number. */
static inline char *desk_list(int count, const char *const *kinds, int kind_count,
                              const char *format) {
    size_t room = (size_t)count * 400 + 16;
    char *list = malloc(room);
    size_t used = (size_t)snprintf(list, room, "[");
    for (int i = 0; i < count; i++) {
        const char *kind = kinds[i % kind_count];
        char number[16];
        (void)snprintf(number, sizeof number, "%d", i);
        list[used++] = i > 0 ? ',' : ' ';
        for (const char *at = format; *at != '\0'; at++) { /* # is the number, @ the kind */
            const char *piece = *at == '#' ? number : *at == '@' ? kind : NULL;
            if (piece != NULL) {
                used += (size_t)snprintf(list + used, room - used, "%s", piece);
            } else {
                list[used++] = *at;
            }
        }
    }
    (void)snprintf(list + used, room - used, "]");
    return list;
}

static inline void desk_catalogue(small_desk *desk) {
    static const char *const kinds[] = {"substation", "rtu", "pump", "router", "hospital"};
    char *assets = desk_list(60, kinds, 5,
                             "{\"id\":\"a-#\",\"name\":\"资产 #\",\"kind\":\"@\",\"zone\":\"z-@\","
                             "\"area\":\"区 @\",\"owner\":\"gridco\"}");
    char *ties = desk_list(40, kinds, 5,
                           "{\"id\":\"l-#\",\"from\":\"a-#\",\"to\":\"a-1#\",\"kind\":\"data\"}");
    desk_tell(
        desk,
        "{\"m\":\"catalogue\",\"assets\":%s,\"ties\":%s,\"verbs\":["
        "{\"id\":\"isolate\",\"target\":\"element\",\"keys\":[\"crew\",\"text\"],\"help\":\"x\"},"
        "{\"id\":\"trip\",\"target\":\"element\",\"lasts\":0,\"final\":true,\"help\":\"x\"},"
        "{\"id\":\"acknowledge_alarm\",\"target\":\"element\",\"lasts\":0,\"help\":\"x\"},"
        "{\"id\":\"notify_peer\",\"target\":\"seat\",\"keys\":[\"text\",\"channel\",\"tlp\"],"
        "\"help\":\"x\"},"
        "{\"id\":\"report_initial\",\"target\":\"recipient\",\"keys\":[\"text\",\"items\"],"
        "\"approval\":true,\"help\":\"x\"},"
        "{\"id\":\"order\",\"target\":\"seat\",\"keys\":[\"text\",\"minutes\"],\"help\":\"x\"},"
        "{\"id\":\"note\",\"keys\":[\"text\"],\"lasts\":0,\"help\":\"x\"}],"
        "\"addressees\":[{\"id\":\"gridco.soc\"},{\"id\":\"caller\",\"name\":\"来电者\"}]}",
        assets, ties);
    free(assets);
    free(ties);
}

static inline void desk_state(small_desk *desk) {
    static const char *const states[] = {"unacknowledged", "acknowledged", "returned", "normal"};
    static const char *const modes[] = {"off", "starting", "on", "view-lost"};
    char *alarms = desk_list(40, states, 4,
                             "{\"id\":\"a-#\",\"asset\":\"a-#\",\"state\":\"@\",\"at\":1#000000,"
                             "\"text\":\"off\"}");
    char *assets =
        desk_list(30, modes, 4, "{\"id\":\"a-#\",\"operation\":\"@\",\"seen\":1#000000}");
    desk_tell(desk,
              "{\"m\":\"state\",\"at\":600000000,\"whole\":true,\"alarms\":%s,\"assets\":%s,"
              "\"more\":true}",
              alarms, assets);
    free(alarms);
    free(assets);
    char *letters = desk_list(25, states, 4,
                              "{\"id\":\"M-1#\",\"number\":1#,\"at\":1#000000,\"from\":\"来电者\","
                              "\"channel\":\"phone\",\"text\":\"线路 # 断开，请尽快处理。\","
                              "\"attached\":[\"EXERCISE map.png\"]}");
    char *tickets = desk_list(12, modes, 4,
                              "{\"id\":\"T-#\",\"verb\":\"isolate\",\"target\":\"a-#\","
                              "\"stage\":\"under-way\",\"at\":1#000000}");
    desk_tell(
        desk,
        "{\"m\":\"state\",\"at\":600000000,\"inbox\":%s,\"tickets\":%s,"
        "\"services\":[{\"id\":\"gridco/power\",\"name\":\"power\",\"level\":640000,"
        "\"tolerable\":800000,\"until\":900000000},{\"id\":\"gridco/"
        "heat\",\"name\":\"heat\",\"level\":1000000}],"
        "\"zones\":[{\"id\":\"z-1\",\"text\":\"变电站\",\"alarms\":4},{\"id\":\"z-2\",\"text\":"
        "\"中心\",\"alarms\":1,\"alerts\":2}],"
        "\"decisions\":[{\"id\":\"d-1\",\"question\":\"是否切除负荷？\",\"options\":[\"切\","
        "\"不切\"],\"state\":\"open\",\"due\":900000000}],"
        "\"orders\":[{\"id\":\"O-1\",\"from\":\"gridco.lead\",\"to\":\"gridco.dispatcher\","
        "\"text\":\"送电\",\"stage\":\"given\",\"due\":700000000}],"
        "\"board\":[{\"id\":\"a-3\",\"text\":\"off (80%%)\",\"by\":\"gridco.soc\",\"at\":1000000}],"
        "\"duties\":[{\"id\":\"cn-1\",\"text\":\"一小时内报告\",\"recipient\":\"authority\","
        "\"state\":\"open\",\"due\":500000000,\"missing\":[\"impact\"]}],"
        "\"plan\":[{\"id\":\"s-1\",\"text\":\"召集人员\",\"role\":\"值长\",\"verb\":\"note\","
        "\"state\":\"open\",\"own\":true,\"ready\":true,\"applies\":true}],"
        "\"approvals\":[{\"id\":\"A-1\",\"from\":\"gridco.soc\",\"text\":\"trip "
        "a-1\",\"state\":\"asked\"}],"
        "\"crews\":[{\"id\":\"east\",\"skills\":\"switching\",\"state\":\"free\",\"size\":3,"
        "\"free\":2}],"
        "\"stocks\":[{\"id\":\"d/p\",\"part\":\"breaker\",\"where\":\"depot\",\"count\":2}]}",
        letters, tickets);
    free(letters);
    free(tickets);
}

static inline void desk_truth(small_desk *desk) {
    static const char *const states[] = {"delivered", "pending", "held", "due"};
    static const char *const modes[] = {"on", "off", "starting", "on"};
    char *injects = desk_list(
        30, states, 4,
        "{\"id\":\"I-#\",\"state\":\"@\",\"at\":1#0000000,\"to\":[\"gridco.soc\"],"
        "\"text\":\"来电 #\",\"script\":\"请说：停电了\",\"answers\":[\"何处？\",\"城东\"]}");
    char *assets =
        desk_list(40, modes, 4, "{\"id\":\"a-#\",\"operation\":\"@\",\"causes\":[\"attack\"]}");
    char *places =
        desk_list(20, states, 4, "{\"id\":\"gridco.s#\",\"filled\":\"stand-in\",\"open\":2}");
    desk_tell(desk,
              "{\"m\":\"truth\",\"at\":600000000,\"whole\":true,\"injects\":%s,\"assets\":%s,"
              "\"seats\":%s,"
              "\"services\":[{\"id\":\"gridco/power\",\"level\":640000}],"
              "\"attacks\":[{\"id\":\"SANDFLY\",\"technique\":\"T0855\",\"target\":\"a-1\","
              "\"steps\":3,\"text\":\"done\"}],"
              "\"objectives\":[{\"id\":\"O1\",\"text\":\"识别攻击\",\"met\":true,\"at\":300000000,"
              "\"by\":\"declare_incident\"},"
              "{\"id\":\"O2\",\"text\":\"恢复供电\",\"started\":100000000,\"due\":400000000}],"
              "\"branches\":[{\"id\":\"1\",\"until\":500000000},{\"id\":\"2\",\"from\":\"1\","
              "\"at\":300000000,\"name\":\"另一种\"}]}",
              injects, assets, places);
    free(injects);
    free(assets);
    free(places);
}

static inline small_desk *desk_open(const char *role, const char *language, const char *theme,
                                    double scale) {
    small_desk *desk = calloc(1, sizeof *desk);
    toc_bureau_options look = {
        .language = language, .theme = toc_theme_find(theme), .scale = scale};
    desk->bureau = toc_bureau_create(&look);
    toc_client_options options = {.token = "t",
                                  .language = language,
                                  .name = "c",
                                  .tell = toc_bureau_tell,
                                  .object = desk->bureau};
    desk->client = toc_client_create(&options);
    toc_bureau_attach(desk->bureau, desk->client);
    toc_client_start(desk->client, (toc_client_transport){.object = desk,
                                                          .open = desk_open_line,
                                                          .send = desk_send_line,
                                                          .close = desk_close_line,
                                                          .wait = desk_wait_line});
    toc_client_opened(desk->client);
    desk_tell(desk,
              "{\"m\":\"welcome\",\"protocol\":\"tocsin.1\",\"drill\":\"d\",\"seat\":\"%s\","
              "\"role\":\"%s\",\"title\":\"六小时\",\"length\":28800000000,"
              "\"classification\":\"EXERCISE - TLP:AMBER\"}",
              strcmp(role, "player") == 0 ? "gridco.dispatcher" : role, role);
    desk_catalogue(desk);
    desk_tell(desk, "{\"m\":\"clock\",\"now\":600000000,\"speed\":1000,\"pace\":\"clock\"}");
    desk_state(desk);
    if (strcmp(role, "player") != 0) {
        desk_truth(desk);
    }
    return desk;
}

static inline void desk_close(small_desk *desk) {
    toc_client_destroy(desk->client);
    toc_bureau_destroy(desk->bureau);
    free(desk->sent);
    free(desk);
}

/* Twice: lists learn from the first picture how many of their rows are seen. */
static inline toc_screen *desk_compose(small_desk *desk, int width, int height) {
    toc_bureau_compose(desk->bureau, width, height);
    toc_bureau_compose(desk->bureau, width, height);
    return toc_bureau_screen(desk->bureau);
}

#endif
