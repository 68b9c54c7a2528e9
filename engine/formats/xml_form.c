#include "formats/xml_form.h"

#include <stdio.h>
#include <string.h>

#include "kernel/assert.h"
#include "kernel/names.h"
#include "tocsin/unit.h"

enum { EXPECTED = 300, DEPTH = 8 };

const char *toc_xml_form_value(const toc_xml_form_reader *reader, const char *name) {
    const char *found = toc_xml_cursor_find(reader->cursor, name);
    return found == NULL ? "" : found;
}

static const char *word_of(const toc_xml_form_reader *reader) {
    return reader->form->elements[reader->element].name;
}

void toc_xml_form_wrong(const toc_xml_form_reader *reader, const char *name, const char *expected,
                        const char *nearest) {
    (void)toc_problems_error(reader->problems, toc_xml_cursor_attribute_place(reader->cursor, name),
                             "<%s %s=\"%.80s\">: expected %s%s%s%s", word_of(reader), name,
                             toc_xml_form_value(reader, name), expected,
                             nearest != NULL ? " (nearest: '" : "", nearest != NULL ? nearest : "",
                             nearest != NULL ? "')" : "");
}

toc_time toc_xml_form_time(const toc_xml_form_reader *reader, const char *name, toc_time absent) {
    toc_time time = absent;
    const char *said = toc_xml_form_value(reader, name);
    if (said[0] != '\0' && (!toc_unit_parse_time(said, &time) || time < 0)) {
        toc_xml_form_wrong(reader, name, "a time like 1h30min", NULL);
        return absent;
    }
    return time;
}

bool toc_xml_form_yes(const toc_xml_form_reader *reader, const char *name) {
    const char *said = toc_xml_form_value(reader, name);
    if (said[0] != '\0' && strcmp(said, "yes") != 0 && strcmp(said, "no") != 0) {
        toc_xml_form_wrong(reader, name, "yes or no", NULL);
    }
    return strcmp(said, "yes") == 0;
}

/* The names of the element's attributes; how many. Tells those that must be there and are not. */
static size_t collect(const toc_xml_form_reader *reader, const char *names[TOC_XML_FORM_MOST]) {
    size_t count = 0;
    for (int i = 0; i < reader->form->attribute_count; i++) {
        const toc_xml_form_attribute *known = &reader->form->attributes[i];
        if (known->element != reader->element) {
            continue;
        }
        TOC_ASSERT(count < TOC_XML_FORM_MOST);
        names[count++] = known->name;
        if (known->required && toc_xml_form_value(reader, known->name)[0] == '\0') {
            (void)toc_problems_error(reader->problems, toc_xml_cursor_place(reader->cursor),
                                     "<%s> has no '%s'", word_of(reader), known->name);
        }
    }
    return count;
}

static void check_attributes(const toc_xml_form_reader *reader) {
    const char *names[TOC_XML_FORM_MOST];
    size_t count = collect(reader, names);
    for (size_t i = 0; i < toc_xml_cursor_attributes(reader->cursor); i++) {
        const toc_xml_attribute *given = toc_xml_cursor_attribute(reader->cursor, i);
        size_t k = 0;
        while (k < count && strcmp(names[k], given->name) != 0) {
            k++;
        }
        if (k < count || given->prefix != NULL || strcmp(given->name, "xmlns") == 0) {
            continue;
        }
        const char *nearest = toc_names_nearest_of(names, count, given->name);
        (void)toc_problems_error(reader->problems,
                                 toc_xml_cursor_attribute_place(reader->cursor, given->name),
                                 "<%s> has no attribute '%.60s'%s%s%s", word_of(reader),
                                 given->name, nearest != NULL ? " (nearest: '" : "",
                                 nearest != NULL ? nearest : "", nearest != NULL ? "')" : "");
    }
}

/* TOC_XML_FORM_NOTHING, and told, where it does not belong there. */
static int find_element(const toc_xml_form_reader *reader, int parent) {
    const toc_xml_form *form = reader->form;
    const char *name = toc_xml_cursor_name(reader->cursor), *names[TOC_XML_FORM_MOST];
    bool is_ours = strcmp(toc_xml_cursor_namespace(reader->cursor), form->space) == 0;
    char expected[EXPECTED] = "";
    size_t count = 0;
    TOC_ASSERT(form->element_count <= TOC_XML_FORM_MOST);
    for (int i = 0; i < form->element_count; i++) {
        size_t length = strlen(expected);
        if (form->elements[i].parent != parent) {
            continue;
        }
        if (is_ours && strcmp(form->elements[i].name, name) == 0) {
            return i;
        }
        names[count++] = form->elements[i].name;
        (void)snprintf(expected + length, sizeof expected - length, "%s<%s>",
                       length == 0 ? "" : ", ", form->elements[i].name);
    }
    const char *nearest = toc_names_nearest_of(names, count, name);
    (void)toc_problems_error(reader->problems, toc_xml_cursor_place(reader->cursor),
                             "found <%.80s>, expected %s of the namespace '%s'%s%s%s", name,
                             count == 0 ? "no element" : expected, form->space,
                             nearest != NULL ? " (nearest: '" : "", nearest != NULL ? nearest : "",
                             nearest != NULL ? "')" : "");
    return TOC_XML_FORM_NOTHING;
}

void toc_xml_form_read(toc_xml_form_reader *reader) {
    int parents[DEPTH] = {TOC_XML_FORM_NOTHING};
    toc_xml_event event = toc_xml_cursor_next(reader->cursor);
    while (event != TOC_XML_DONE && event != TOC_XML_BROKEN) {
        uint32_t depth = toc_xml_cursor_depth(reader->cursor);
        if (event == TOC_XML_TEXT) {
            (void)toc_problems_error(reader->problems, toc_xml_cursor_place(reader->cursor),
                                     "found text in an element; what is said stands in attributes");
        }
        if (event != TOC_XML_START) {
            event = toc_xml_cursor_next(reader->cursor);
            continue;
        }
        reader->element =
            depth < DEPTH ? find_element(reader, parents[depth - 1]) : TOC_XML_FORM_NOTHING;
        if (reader->element == TOC_XML_FORM_NOTHING) {
            event = toc_xml_cursor_skip(reader->cursor);
            continue;
        }
        parents[depth] = reader->element;
        check_attributes(reader);
        reader->read(reader, reader->object);
        event = toc_xml_cursor_next(reader->cursor);
    }
}
