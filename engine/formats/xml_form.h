/* XML form: which elements and attributes a small file of ours may have, as tables; it is read by
   them, and what does not fit is told with the nearest word that would. */
#ifndef FORMATS_XML_FORM_H
#define FORMATS_XML_FORM_H

#include "formats/xml_cursor.h"
#include "tocsin/time.h"

enum { TOC_XML_FORM_NOTHING = -1, TOC_XML_FORM_MOST = 32 };

typedef struct toc_xml_form_element {
    const char *name;
    int parent; /* TOC_XML_FORM_NOTHING: the root */
} toc_xml_form_element;

typedef struct toc_xml_form_attribute {
    int element;
    const char *name;
    bool required;
} toc_xml_form_attribute;

/* At most TOC_XML_FORM_MOST elements, and as many attributes of each. */
typedef struct toc_xml_form {
    const char *space; /* the namespace */
    const toc_xml_form_element *elements;
    const toc_xml_form_attribute *attributes;
    int element_count, attribute_count;
} toc_xml_form;

typedef struct toc_xml_form_reader {
    const toc_xml_form *form;
    toc_xml_cursor *cursor;
    toc_problems *problems;
    int element;                                        /* the one being read */
    void (*read)(struct toc_xml_form_reader *, void *); /* called at each start */
    void *object;
} toc_xml_form_reader;

void toc_xml_form_read(toc_xml_form_reader *reader);
/* "" where it is not there. */
const char *toc_xml_form_value(const toc_xml_form_reader *reader, const char *name);
/* Tells that the attribute holds what it may not; `nearest` may be NULL. */
void toc_xml_form_wrong(const toc_xml_form_reader *reader, const char *name, const char *expected,
                        const char *nearest);
/* `absent` where it is not there or wrong, which is told. */
toc_time toc_xml_form_time(const toc_xml_form_reader *reader, const char *name, toc_time absent);
/* Whether it says yes; anything but yes and no is told. */
bool toc_xml_form_yes(const toc_xml_form_reader *reader, const char *name);

#endif
