#include "support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wire/wire.h"
#include "wire/wire_schema.h"

/* TOCSIN_BLESS=1 writes the schema instead of comparing it. */
static void the_published_schema_is_the_definition(void **state) {
    (void)state;
    static char path[4096], published[1 << 20];
    char *text = toc_wire_schema_text();
    (void)snprintf(path, sizeof path, "%s/assets/schema/wire-1.json", support_source());
    if (getenv("TOCSIN_BLESS") != NULL) {
        FILE *out = fopen(path, "wb");
        assert_non_null(out);
        assert_int_equal(fwrite(text, 1, strlen(text), out), strlen(text));
        assert_int_equal(fclose(out), 0);
    }
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t size = fread(published, 1, sizeof published - 1, file);
    (void)fclose(file);
    published[size] = '\0';
    assert_string_equal(published, text);
    free(text);
}

static void every_item_has_an_id_and_every_field_is_explained(void **state) {
    (void)state;
    for (int kind = 0; kind < (int)TOC_WIRE_KINDS; kind++) {
        toc_wire_record record = toc_wire_record_of((toc_wire_kind)kind);
        bool has_id = false;
        for (size_t i = 0; i < record.count; i++) {
            const toc_wire_field *field = &record.fields[i];
            size_t length = strlen(field->help);
            has_id = has_id || (strcmp(field->name, "id") == 0 && field->needed);
            assert_string_not_equal(field->name, "m");
            assert_true(length >= 4 && field->help[length - 1] != ' ');
            assert_true(field->offset < record.size);
            assert_true(field->type != TOC_WIRE_TYPE_LIST ||
                        !toc_wire_record_of(field->item).is_message);
        }
        /* clients find items by their first field; what is gone is named by list and id */
        assert_true(
            record.is_message || kind == (int)TOC_WIRE_M_GONE ||
            (has_id && record.fields[0].offset == 0 && strcmp(record.fields[0].name, "id") == 0));
    }
}

static void reasons_are_found_by_their_names_and_told_in_both_languages(void **state) {
    (void)state;
    for (int i = 0; i < (int)TOC_WIRE_REASONS; i++) {
        toc_wire_reason reason = (toc_wire_reason)i;
        assert_int_equal(toc_wire_reason_find(toc_wire_reason_name(reason)), reason);
        assert_string_not_equal(toc_wire_reason_text(reason, "en"),
                                toc_wire_reason_text(reason, "zh"));
    }
    assert_int_equal(toc_wire_reason_find("dislike"), TOC_WIRE_REASONS);
}

static void another_version_is_told_which_one_is_spoken(void **state) {
    (void)state;
    assert_int_equal(toc_wire_negotiate("tocsin.1"), TOC_WIRE_NONE);
    assert_int_equal(toc_wire_negotiate("tocsin.2"), TOC_WIRE_OLD_PROTOCOL);
    assert_int_equal(toc_wire_negotiate(""), TOC_WIRE_OLD_PROTOCOL);
    assert_int_equal(toc_wire_spoken().count, 1);
    assert_string_equal(toc_wire_spoken().items[0], "tocsin.1");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_published_schema_is_the_definition),
        cmocka_unit_test(every_item_has_an_id_and_every_field_is_explained),
        cmocka_unit_test(reasons_are_found_by_their_names_and_told_in_both_languages),
        cmocka_unit_test(another_version_is_told_which_one_is_spoken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
