/* Handbook: what scripts are offered, written from what is bound: stubs for editors, and a page. */
#ifndef TOCSIN_HANDBOOK_H
#define TOCSIN_HANDBOOK_H

#include "tocsin/formats.h"

typedef enum toc_handbook_form {
    TOC_HANDBOOK_SCENARIO,     /* stubs of the module "tocsin", as LuaLS reads them */
    TOC_HANDBOOK_POLICY,       /* of "tocsin.policy" */
    TOC_HANDBOOK_EXPECTATIONS, /* of "tocsin.expect" */
    TOC_HANDBOOK_PAGE          /* everything as Markdown */
} toc_handbook_form;

void toc_handbook_write(toc_handbook_form form, toc_formats_buffer *out_buffer);

#endif
