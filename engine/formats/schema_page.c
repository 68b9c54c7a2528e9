#include "formats/schema_page.h"

#include <libxml/parser.h>
#include <libxml/tree.h>

#include <stdbool.h>
#include <string.h>

#include "kernel/assert.h"

static void put(toc_formats_buffer *page, const char *text) {
    toc_formats_buffer_add(page, text, strlen(text));
}

static bool is_named(const xmlNode *node, const char *name) {
    return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

/* An attribute of a schema's element; "" where it is not there. Freed with xmlFree. */
static char *attribute(const xmlNode *node, const char *name) {
    xmlChar *value = xmlGetProp((xmlNode *)node, BAD_CAST name);
    return value != NULL ? (char *)value : (char *)xmlStrdup(BAD_CAST "");
}

static bool has(const xmlNode *node, const char *name, const char *value) {
    char *found = attribute(node, name);
    bool same = strcmp(found, value) == 0;
    xmlFree(found);
    return same;
}

static void put_attribute(toc_formats_buffer *page, const xmlNode *node, const char *name) {
    char *value = attribute(node, name);
    put(page, value);
    xmlFree(value);
}

/* The first element of that name under `node`, at any depth above other attributes and types. */
static const xmlNode *find(const xmlNode *node, const char *name) {
    for (const xmlNode *at = node->children; at != NULL; at = at->next) {
        if (is_named(at, name)) {
            return at;
        }
        const xmlNode *inside =
            at->type == XML_ELEMENT_NODE && !is_named(at, "attribute") && !is_named(at, "element")
                ? find(at, name)
                : NULL;
        if (inside != NULL) {
            return inside;
        }
    }
    return NULL;
}

/* What the schema says of it in words, on one line of a table. */
static void put_words(toc_formats_buffer *page, const xmlNode *node) {
    const xmlNode *annotation = node->children;
    while (annotation != NULL && !is_named(annotation, "annotation")) {
        annotation = annotation->next;
    }
    const xmlNode *words = annotation == NULL ? NULL : find(annotation, "documentation");
    xmlChar *text = words == NULL ? NULL : xmlNodeGetContent((xmlNode *)words);
    bool blank = true;
    for (const char *at = text == NULL ? "" : (const char *)text; *at != '\0'; at++) {
        bool is_blank = *at == ' ' || *at == '\n' || *at == '\t';
        if (!is_blank) {
            toc_formats_buffer_add(page, *at == '|' ? "/" : at, 1);
        } else if (!blank) {
            put(page, " ");
        }
        blank = is_blank;
    }
    xmlFree(text);
}

static const xmlNode *find_type(const xmlNode *schema, const char *name) {
    for (const xmlNode *at = schema->children; at != NULL; at = at->next) {
        if ((is_named(at, "simpleType") || is_named(at, "complexType")) && has(at, "name", name)) {
            return at;
        }
    }
    return NULL;
}

/* The words of an enumeration; false where the type is none. */
static bool put_enumeration(toc_formats_buffer *page, const xmlNode *type) {
    const xmlNode *restriction = find(type, "restriction");
    bool any = false;
    for (const xmlNode *at = restriction == NULL ? NULL : restriction->children; at != NULL;
         at = at->next) {
        if (is_named(at, "enumeration")) {
            put(page, any ? ", `" : "`");
            put_attribute(page, at, "value");
            put(page, "`");
            any = true;
        }
    }
    return any;
}

/* What an attribute holds: its words, or its type's name, which is told of below. */
static void put_holds(toc_formats_buffer *page, const xmlNode *schema, const xmlNode *node) {
    char *name = attribute(node, "type");
    const xmlNode *type = name[0] == '\0' ? node : find_type(schema, name);
    if (type == NULL || !put_enumeration(page, type)) {
        put(page, strncmp(name, "xs:", 3) == 0 ? "text" : name[0] == '\0' ? "see right" : name);
    }
    xmlFree(name);
}

static void put_attributes(toc_formats_buffer *page, const xmlNode *schema, const xmlNode *type) {
    bool any = false;
    for (const xmlNode *at = type->children; at != NULL; at = at->next) {
        if (!is_named(at, "attribute")) {
            continue;
        }
        put(page, any ? "" : "\n| attribute | | holds | |\n|---|---|---|---|\n");
        any = true;
        put(page, "| `");
        put_attribute(page, at, "name");
        put(page, has(at, "use", "required") ? "` | needed | " : "` | | ");
        put_holds(page, schema, at);
        put(page, " | ");
        put_words(page, at);
        put(page, " |\n");
    }
}

/* The elements that may stand in it. */
static void put_children(toc_formats_buffer *page, const xmlNode *type) {
    const xmlNode *group = find(type, "choice");
    bool any = false;
    group = group != NULL ? group : find(type, "sequence");
    for (const xmlNode *at = group == NULL ? NULL : group->children; at != NULL; at = at->next) {
        if (is_named(at, "element")) {
            put(page, any ? " `<" : "\nIn it: `<");
            put_attribute(page, at, "name");
            put(page, ">`");
            any = true;
        }
    }
    put(page, any ? "\n" : "");
}

static void put_types(toc_formats_buffer *page, const xmlNode *schema) {
    put(page, "\n### What attributes hold\n\n| | |\n|---|---|\n");
    for (const xmlNode *at = schema->children; at != NULL; at = at->next) {
        if (is_named(at, "simpleType") && find(at, "documentation") != NULL) {
            put(page, "| ");
            put_attribute(page, at, "name");
            put(page, " | ");
            put_words(page, at);
            put(page, " |\n");
        }
    }
}

static void put_schema(toc_formats_buffer *page, const xmlNode *schema) {
    for (const xmlNode *at = schema->children; at != NULL; at = at->next) {
        if (is_named(at, "complexType") || (is_named(at, "element") && find(at, "complexType"))) {
            const xmlNode *type = is_named(at, "element") ? find(at, "complexType") : at;
            put(page, "\n### `<");
            put_attribute(page, at, "name");
            put(page, ">`\n\n");
            put_words(page, at);
            put(page, "\n");
            put_attributes(page, schema, type);
            put_children(page, type);
        }
    }
    put_types(page, schema);
}

void toc_schema_page_write(toc_formats_buffer *page) {
    static const char example[] =
        "```xml\n"
        "<topology xmlns=\"urn:tocsin:topology:1\" name=\"Harbour\">\n"
        "  <operator id=\"waterco\" name=\"Water Company\" sector=\"water\" cii=\"yes\"/>\n"
        "  <zone id=\"plant\" operator=\"waterco\" level=\"2\"/>\n"
        "  <asset id=\"rtu-1\" kind=\"rtu\" operator=\"waterco\" zone=\"plant\"/>\n"
        "  <asset id=\"pump-1\" kind=\"pump\" operator=\"waterco\" x=\"1\" y=\"2\" "
        "people=\"9000\">\n"
        "    <provides service=\"water\" capacity=\"40\" unit=\"L/s\"/>\n"
        "    <needs service=\"control\" from=\"rtu-1\" else=\"manual\" after=\"25min\"/>\n"
        "  </asset>\n"
        "  <crew id=\"fitters\" operator=\"waterco\" skills=\"repair switching\" base=\"rtu-1\"/>\n"
        "</topology>\n"
        "```\n";
    put(page,
        "\n## Topologies: `topology.xml`\n\nThe root is `<topology>` with the namespace "
        "`urn:tocsin:topology:1`. Elements may stand in any order; names may be used before they "
        "are declared.\n\n");
    put(page, example);
    for (size_t i = 0; i < toc_embedded_schemas_count; i++) {
        const toc_schema_page_file *file = &toc_embedded_schemas[i];
        xmlDoc *document = xmlReadMemory((const char *)file->bytes, (int)file->size, file->name,
                                         NULL, XML_PARSE_NONET);
        TOC_ASSERT(document != NULL); /* our own */
        put_schema(page, xmlDocGetRootElement(document));
        xmlFreeDoc(document);
    }
}
