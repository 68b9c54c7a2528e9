#include "support/support.h"

#include <stdlib.h>
#include <string.h>

#include "wire/frame_reader.h"
#include "wire/frame_writer.h"

enum { SHELF = 4096 };

/* A generator of messages of any kind, from the definition alone. */
struct made {
    uint64_t state;
    void *kept[SHELF];
    size_t count;
};

static uint64_t draw(struct made *made, uint64_t below) {
    made->state = made->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (made->state >> 33) % below;
}

static void *keep(struct made *made, size_t count, size_t size) {
    assert_true(made->count < SHELF);
    void *memory = calloc(count == 0 ? 1 : count, size);
    made->kept[made->count++] = memory;
    return memory;
}

static const char *made_text(struct made *made, int64_t most, bool needed) {
    static const char *const letters[] = {"a",    "Z", "9",  "-", "\"", "\\", "\n",
                                          "\x1b", "é", "警", "🔔", "/",  " ",  "\x7f"};
    char *text = keep(made, 64, 1);
    uint64_t count = draw(made, 8) + (needed ? 1 : 0);
    for (uint64_t i = 0; i < count; i++) {
        const char *letter = letters[draw(made, sizeof letters / sizeof letters[0])];
        if ((int64_t)(strlen(text) + strlen(letter)) <= most) {
            strcat(text, letter);
        }
    }
    return text[0] == '\0' && needed ? "x" : text;
}

static const char *made_word(struct made *made, const char *words) {
    char *word = keep(made, 64, 1);
    for (;;) {
        size_t length = strcspn(words, "|");
        if (words[length] == '\0' || draw(made, 3) == 0) {
            memcpy(word, words, length);
            return word;
        }
        words += length + 1;
    }
}

static void make(struct made *made, toc_wire_kind kind, void *shape);

static void make_list(struct made *made, const toc_wire_field *field, char *place) {
    size_t size = toc_wire_record_of(field->item).size;
    uint32_t count = (uint32_t)draw(made, 3);
    char *items = keep(made, count, size);
    for (uint32_t i = 0; i < count; i++) {
        make(made, field->item, items + i * size);
    }
    toc_wire_own_list list = {(const void *)items, count};
    memcpy(place, &list, sizeof list);
}

static void make_texts(struct made *made, const toc_wire_field *field, char *place) {
    uint32_t count = (uint32_t)draw(made, 3);
    const char **items = keep(made, count, sizeof *items);
    for (uint32_t i = 0; i < count; i++) {
        items[i] = made_text(made, field->most, false);
    }
    toc_wire_texts texts = {items, count};
    memcpy(place, &texts, sizeof texts);
}

static void make_pairs(struct made *made, const toc_wire_field *field, char *place) {
    static const char *const keys[] = {"text", "share", "rank"};
    uint32_t count = (uint32_t)draw(made, 4);
    toc_wire_pair *items = keep(made, count, sizeof *items);
    for (uint32_t i = 0; i < count; i++) {
        items[i] = (toc_wire_pair){keys[i], made_text(made, field->most, false)};
    }
    toc_wire_pairs pairs = {items, count};
    memcpy(place, &pairs, sizeof pairs);
}

static void make_field(struct made *made, const toc_wire_field *field, char *place) {
    const char *text = NULL;
    switch (field->type) {
    case TOC_WIRE_TYPE_TEXT:
        text = made_text(made, field->most, field->needed);
        memcpy(place, &text, sizeof text);
        break;
    case TOC_WIRE_TYPE_WORD:
        text = made_word(made, field->words);
        memcpy(place, &text, sizeof text);
        break;
    case TOC_WIRE_TYPE_NUMBER:
    case TOC_WIRE_TYPE_TIME: {
        int64_t ends[] = {field->least, field->most, field->least + 1, field->most / 2};
        int64_t number = ends[draw(made, 4)];
        memcpy(place, &number, sizeof number);
        break;
    }
    case TOC_WIRE_TYPE_FLAG: {
        bool flag = draw(made, 2) == 1;
        memcpy(place, &flag, sizeof flag);
        break;
    }
    case TOC_WIRE_TYPE_WHY: {
        toc_wire_reason reason = (toc_wire_reason)draw(made, TOC_WIRE_REASONS);
        memcpy(place, &reason, sizeof reason);
        break;
    }
    case TOC_WIRE_TYPE_TEXTS:
        make_texts(made, field, place);
        break;
    case TOC_WIRE_TYPE_PAIRS:
        make_pairs(made, field, place);
        break;
    case TOC_WIRE_TYPE_LIST:
        make_list(made, field, place);
        break;
    }
}

static void make(struct made *made, toc_wire_kind kind, void *shape) {
    toc_wire_record record = toc_wire_record_of(kind);
    toc_wire_clear(kind, shape);
    for (size_t i = 0; i < record.count; i++) {
        if (record.fields[i].needed || draw(made, 2) == 1) {
            make_field(made, &record.fields[i], (char *)shape + record.fields[i].offset);
        }
    }
}

static void finish(struct made *made) {
    for (size_t i = 0; i < made->count; i++) {
        free(made->kept[i]);
    }
    made->count = 0;
}

/* Hellos of other versions are refused; what is made here speaks ours. */
static void speak_ours(toc_wire_message *message) {
    if (message->kind == TOC_WIRE_M_HELLO) {
        message->as.hello.protocol = TOC_WIRE_PROTOCOL;
    }
}

static void whatever_is_written_reads_back_and_writes_the_same_bytes_again(void **state) {
    (void)state;
    struct made made = {.state = support_seed("frame_writer")};
    static char bytes[TOC_WIRE_FRAME], again[TOC_WIRE_FRAME];
    for (int round = 0; round < 200; round++) {
        for (int kind = 0; kind < (int)TOC_WIRE_KINDS; kind++) {
            toc_wire_record record = toc_wire_record_of((toc_wire_kind)kind);
            toc_wire_message message;
            toc_frame *frame = NULL;
            toc_frame_refusal refusal;
            if (!record.is_message) {
                continue;
            }
            message.kind = (toc_wire_kind)kind;
            make(&made, message.kind, &message.as);
            speak_ours(&message);
            size_t size = toc_frame_writer_write(&message, bytes, sizeof bytes);
            assert_true(size > 0);
            assert_memory_equal(bytes, "{\"m\":\"", 6);
            if (toc_frame_reader_read(bytes, size, record.sender, &frame, &refusal) !=
                TOC_WIRE_NONE) {
                print_error("%.*s\n%s\n", (int)size, bytes, refusal.text);
                fail();
            }
            assert_int_equal(
                toc_frame_writer_write(toc_frame_reader_message(frame), again, sizeof again), size);
            assert_memory_equal(bytes, again, size);
            toc_frame_reader_release(frame);
            finish(&made);
        }
    }
}

static void fields_come_in_the_order_of_the_definition_and_say_no_more_than_needed(void **state) {
    (void)state;
    char bytes[512];
    toc_wire_message message = toc_wire_blank(TOC_WIRE_M_ACT);
    toc_wire_pair pairs[] = {{"text", "x"}, {"rank", "1"}};
    message.as.act.id = "a-1";
    message.as.act.verb = "isolate";
    message.as.act.target = "hmi-1";
    message.as.act.parameters = (toc_wire_pairs){pairs, 2};
    size_t size = toc_frame_writer_write(&message, bytes, sizeof bytes);
    bytes[size] = '\0';
    assert_string_equal(bytes, "{\"m\":\"act\",\"id\":\"a-1\",\"verb\":\"isolate\",\"target\":"
                               "\"hmi-1\",\"parameters\":{\"text\":\"x\",\"rank\":\"1\"}}");
    message.as.act.target = "";
    message.as.act.parameters.count = 0;
    size = toc_frame_writer_write(&message, bytes, sizeof bytes);
    bytes[size] = '\0';
    assert_string_equal(bytes, "{\"m\":\"act\",\"id\":\"a-1\",\"verb\":\"isolate\"}");
}

static void what_no_reader_would_take_is_not_written(void **state) {
    (void)state;
    char bytes[512];
    toc_wire_message act = toc_wire_blank(TOC_WIRE_M_ACT);
    act.as.act.id = "a-1";
    assert_int_equal(toc_frame_writer_write(&act, bytes, sizeof bytes), 0); /* no verb */
    act.as.act.verb = "isolate";
    assert_true(toc_frame_writer_write(&act, bytes, sizeof bytes) > 0);
    assert_int_equal(toc_frame_writer_write(&act, bytes, 10), 0);
    toc_wire_pair bad = {"text=x\nto", "y"};
    act.as.act.parameters = (toc_wire_pairs){&bad, 1};
    assert_int_equal(toc_frame_writer_write(&act, bytes, sizeof bytes), 0);
    toc_wire_message seen = toc_wire_blank(TOC_WIRE_M_SEEN);
    seen.as.seen.seq = 0;
    assert_int_equal(toc_frame_writer_write(&seen, bytes, sizeof bytes), 0);
    toc_wire_message taken = toc_wire_blank(TOC_WIRE_M_TAKEN);
    taken.as.taken.id = "a-1";
    assert_int_equal(toc_frame_writer_write(&taken, bytes, sizeof bytes), 0); /* no time */
}

static void a_text_that_is_too_long_is_cut_between_characters_and_an_id_never(void **state) {
    (void)state;
    static char bytes[TOC_WIRE_FRAME], text[1500];
    toc_frame *frame = NULL;
    toc_frame_refusal refusal;
    toc_wire_message message = toc_wire_blank(TOC_WIRE_M_NOT_TAKEN);
    for (size_t i = 0; i + 3 < sizeof text; i += 3) {
        strcat(text + i, "警");
    }
    message.as.not_taken.id = "a-1";
    message.as.not_taken.reason = TOC_WIRE_NOT_NOW;
    message.as.not_taken.text = text;
    size_t size = toc_frame_writer_write(&message, bytes, sizeof bytes);
    assert_int_equal(toc_frame_reader_read(bytes, size, TOC_WIRE_FROM_SERVER, &frame, &refusal),
                     TOC_WIRE_NONE);
    const char *cut = toc_frame_reader_message(frame)->as.not_taken.text;
    assert_in_range(strlen(cut), 990, 1000);
    assert_string_equal(cut + strlen(cut) - 3, "\xe2\x80\xa6");
    toc_frame_reader_release(frame);
    message.as.not_taken.id = text;
    assert_int_equal(toc_frame_writer_write(&message, bytes, sizeof bytes), 0);
}

static void bytes_that_are_no_utf8_are_shown_and_not_sent(void **state) {
    (void)state;
    char bytes[512];
    toc_wire_message message = toc_wire_blank(TOC_WIRE_M_STOP);
    message.as.stop.word = "fire \xff";
    size_t size = toc_frame_writer_write(&message, bytes, sizeof bytes - 1);
    bytes[size] = '\0';
    assert_true(size > 0);
    assert_null(strchr(bytes, '\xff'));
    assert_non_null(strstr(bytes, "fire "));
}

/* As many letters as given, each with a text of its own, and some alarms behind them. */
static toc_wire_message made_state(uint32_t letters, const char *text, struct made *made) {
    toc_wire_message message = toc_wire_blank(TOC_WIRE_M_STATE);
    toc_wire_letter *inbox = keep(made, letters, sizeof *inbox);
    toc_wire_alarm *alarms = keep(made, 3, sizeof *alarms);
    for (uint32_t i = 0; i < letters; i++) {
        toc_wire_clear(TOC_WIRE_M_LETTER, &inbox[i]);
        inbox[i].id = "M-1";
        inbox[i].number = i + 1;
        inbox[i].at = 0;
        inbox[i].text = text;
    }
    for (uint32_t i = 0; i < 3; i++) {
        toc_wire_clear(TOC_WIRE_M_ALARM, &alarms[i]);
        alarms[i].id = "bell";
        alarms[i].state = "normal";
    }
    message.as.state.whole = true;
    message.as.state.inbox = (toc_wire_letter_list){inbox, letters};
    message.as.state.alarms = (toc_wire_alarm_list){alarms, 3};
    return message;
}

static void a_state_too_large_for_one_frame_goes_in_parts_that_lack_nothing(void **state) {
    (void)state;
    static char bytes[TOC_WIRE_FRAME], text[30001];
    struct made made = {.state = 1};
    memset(text, 'x', sizeof text - 1);
    toc_wire_message message = made_state(9, text, &made);
    assert_int_equal(toc_frame_writer_write(&message, bytes, sizeof bytes), 0);
    toc_frame_place place = {0};
    int64_t next = 1;
    uint32_t alarms = 0, parts = 0;
    bool more = true;
    for (size_t size = 0;
         (size = toc_frame_writer_part(&message, &place, bytes, sizeof bytes)) > 0;) {
        toc_frame *frame = NULL;
        toc_frame_refusal refusal;
        assert_true(more);
        assert_int_equal(toc_frame_reader_read(bytes, size, TOC_WIRE_FROM_SERVER, &frame, &refusal),
                         TOC_WIRE_NONE);
        const toc_wire_state *part = &toc_frame_reader_message(frame)->as.state;
        assert_int_equal(part->whole, parts == 0);
        for (uint32_t i = 0; i < part->inbox.count; i++) {
            assert_int_equal(part->inbox.items[i].number, next++);
        }
        alarms += part->alarms.count;
        more = part->more;
        parts++;
        toc_frame_reader_release(frame);
    }
    assert_false(more);
    assert_int_equal(next, 10);
    assert_int_equal(alarms, 3);
    assert_int_equal(parts, 5);
    finish(&made);
}

static void a_part_of_a_small_state_is_the_state(void **state) {
    (void)state;
    static char bytes[TOC_WIRE_FRAME], part[TOC_WIRE_FRAME];
    struct made made = {.state = 1};
    toc_wire_message message = made_state(2, "short", &made);
    toc_frame_place place = {0};
    size_t size = toc_frame_writer_write(&message, bytes, sizeof bytes);
    assert_true(size > 0);
    assert_int_equal(toc_frame_writer_part(&message, &place, part, sizeof part), size);
    assert_int_equal(toc_frame_writer_part(&message, &place, part, sizeof part), 0);
    finish(&made);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whatever_is_written_reads_back_and_writes_the_same_bytes_again),
        cmocka_unit_test(fields_come_in_the_order_of_the_definition_and_say_no_more_than_needed),
        cmocka_unit_test(what_no_reader_would_take_is_not_written),
        cmocka_unit_test(a_text_that_is_too_long_is_cut_between_characters_and_an_id_never),
        cmocka_unit_test(bytes_that_are_no_utf8_are_shown_and_not_sent),
        cmocka_unit_test(a_state_too_large_for_one_frame_goes_in_parts_that_lack_nothing),
        cmocka_unit_test(a_part_of_a_small_state_is_the_state),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
