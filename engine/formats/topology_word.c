#include "formats/topology_word.h"

#include "kernel/assert.h"
#include "kernel/names.h"

#include <stdio.h>
#include <string.h>

static const toc_topology_element_facts elements[] = {
#define TOC_ELEMENT(id, name, parent) {name, TOC_ELEMENT_##parent},
#define TOC_ATTRIBUTE(element, id, name, required)
#include "formats/topology_word.def"
#undef TOC_ELEMENT
#undef TOC_ATTRIBUTE
};

static const toc_topology_attribute_facts attributes[] = {
#define TOC_ELEMENT(id, name, parent)
#define TOC_ATTRIBUTE(element, id, name, required) {name, TOC_ELEMENT_##element, required},
#include "formats/topology_word.def"
#undef TOC_ELEMENT
#undef TOC_ATTRIBUTE
};

const toc_topology_element_facts *toc_topology_word_element(toc_topology_element element) {
    TOC_ASSERT(element < TOC_ELEMENT_NOTHING);
    return &elements[element];
}

const toc_topology_attribute_facts *toc_topology_word_attribute(toc_topology_attribute attribute) {
    TOC_ASSERT(attribute < TOC_TOPOLOGY_ATTRIBUTES);
    return &attributes[attribute];
}

toc_topology_element toc_topology_word_find(const char *name) {
    unsigned element = 0;
    while (element < TOC_ELEMENT_NOTHING && !toc_names_same(elements[element].name, name)) {
        element++;
    }
    return (toc_topology_element)element;
}

size_t toc_topology_word_children(toc_topology_element parent, char *buffer, size_t size) {
    size_t length = 0, left = 0;
    TOC_ASSERT(size > 0);
    buffer[0] = '\0';
    for (size_t i = 0; i < TOC_ELEMENT_NOTHING; i++) {
        left += elements[i].parent == parent ? 1 : 0;
    }
    for (size_t i = 0; i < TOC_ELEMENT_NOTHING; i++) {
        if (elements[i].parent == parent && length < size) {
            const char *separator = length == 0 ? "" : left == 1 ? " or " : ", ";
            int added =
                snprintf(buffer + length, size - length, "%s%s", separator, elements[i].name);
            length += added > 0 ? (size_t)added : 0;
            left--;
        }
    }
    return length;
}

/* Counts elements and attributes as they stand in the file: a mark less the elements before it is
   the number of the element's first attribute. */
enum mark {
#define TOC_ELEMENT(id, name, parent)              MARK_##id,
#define TOC_ATTRIBUTE(element, id, name, required) MARK_##element##_##id,
#include "formats/topology_word.def"
#undef TOC_ELEMENT
#undef TOC_ATTRIBUTE
    MARKS
};

static const unsigned firsts[] = {
#define TOC_ELEMENT(id, name, parent) (unsigned)MARK_##id - (unsigned)TOC_ELEMENT_##id,
#define TOC_ATTRIBUTE(element, id, name, required)
#include "formats/topology_word.def"
#undef TOC_ELEMENT
#undef TOC_ATTRIBUTE
    TOC_TOPOLOGY_ATTRIBUTES};

toc_topology_attribute toc_topology_word_first(toc_topology_element element) {
    TOC_ASSERT(element < TOC_ELEMENT_NOTHING);
    return (toc_topology_attribute)firsts[element];
}

toc_topology_attribute toc_topology_word_last(toc_topology_element element) {
    TOC_ASSERT(element < TOC_ELEMENT_NOTHING);
    return (toc_topology_attribute)firsts[element + 1];
}

const char *toc_topology_word_nearest_child(toc_topology_element parent, const char *name) {
    const char *names[TOC_ELEMENT_NOTHING];
    size_t count = 0;
    for (size_t i = 0; i < TOC_ELEMENT_NOTHING; i++) {
        if (elements[i].parent == parent) {
            names[count++] = elements[i].name;
        }
    }
    return toc_names_nearest_of(names, count, name);
}

const char *toc_topology_word_nearest_attribute(toc_topology_element element, const char *name) {
    const char *names[TOC_TOPOLOGY_ATTRIBUTES];
    size_t count = 0;
    for (unsigned i = toc_topology_word_first(element); i < toc_topology_word_last(element); i++) {
        names[count++] = attributes[i].name;
    }
    return toc_names_nearest_of(names, count, name);
}

static const struct rating {
    const char *unit, *example;
} ratings[] = {
    [TOC_LINK_LINE] = {"MW", "175MW"},
    [TOC_LINK_TRANSFORMER] = {"MW", "175MW"},
    [TOC_LINK_DATA] = {"Mbit/s", "10Gbit/s"},
    [TOC_LINK_PIPE] = {"m3/h", "36m3/h"},
    [TOC_LINK_ROAD] = {"vehicles/h", "900vehicles/h"},
    [TOC_LINK_RAIL] = {"trains/h", "12trains/h"},
    [TOC_LINK_TRAFFIC] = {"bit/s", "2Mbit/s"},
};

const toc_unit *toc_topology_word_unit(toc_link_kind kind) {
    const toc_unit *unit;
    TOC_ASSERT(kind < sizeof ratings / sizeof ratings[0]);
    unit = toc_unit_find(ratings[kind].unit);
    TOC_ASSERT(unit != NULL);
    return unit;
}

const char *toc_topology_word_example(toc_link_kind kind) {
    TOC_ASSERT(kind < sizeof ratings / sizeof ratings[0]);
    return ratings[kind].example;
}
