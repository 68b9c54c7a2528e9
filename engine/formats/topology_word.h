/* Topology word: the vocabulary of the native topology file, as tables. */
#ifndef FORMATS_TOPOLOGY_WORD_H
#define FORMATS_TOPOLOGY_WORD_H

#include <stdbool.h>
#include <stddef.h>

#include "tocsin/topology.h"

typedef enum toc_topology_element {
#define TOC_ELEMENT(id, name, parent) TOC_ELEMENT_##id,
#define TOC_ATTRIBUTE(element, id, name, required)
#include "formats/topology_word.def"
#undef TOC_ELEMENT
#undef TOC_ATTRIBUTE
    TOC_ELEMENT_NOTHING
} toc_topology_element;

typedef enum toc_topology_attribute {
#define TOC_ELEMENT(id, name, parent)
#define TOC_ATTRIBUTE(element, id, name, required) TOC_##element##_##id,
#include "formats/topology_word.def"
#undef TOC_ELEMENT
#undef TOC_ATTRIBUTE
    TOC_TOPOLOGY_ATTRIBUTES
} toc_topology_attribute;

typedef struct toc_topology_element_facts {
    const char *name;
    toc_topology_element parent;
} toc_topology_element_facts;

typedef struct toc_topology_attribute_facts {
    const char *name;
    toc_topology_element element;
    bool required;
} toc_topology_attribute_facts;

const toc_topology_element_facts *toc_topology_word_element(toc_topology_element element);
const toc_topology_attribute_facts *toc_topology_word_attribute(toc_topology_attribute attribute);
/* TOC_ELEMENT_NOTHING where there is no such element. */
toc_topology_element toc_topology_word_find(const char *name);
/* Elements that may stand in `parent`, as text: "operator, zone or asset". */
size_t toc_topology_word_children(toc_topology_element parent, char *buffer, size_t size);
/* The attributes of an element are neighbours: first and one past the last. */
toc_topology_attribute toc_topology_word_first(toc_topology_element element);
toc_topology_attribute toc_topology_word_last(toc_topology_element element);
/* The name most like `name` among the children of an element, or its attributes; or NULL. */
const char *toc_topology_word_nearest_child(toc_topology_element parent, const char *name);
const char *toc_topology_word_nearest_attribute(toc_topology_element element, const char *name);
/* What a link of that kind is rated in, and a rating as an example. */
const toc_unit *toc_topology_word_unit(toc_link_kind kind);
const char *toc_topology_word_example(toc_link_kind kind);

#endif
