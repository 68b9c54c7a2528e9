/* Entry: the token that lets somebody into a drill. */
#ifndef CLI_ENTRY_H
#define CLI_ENTRY_H

#include "cli/cli.h"

enum { TOC_ENTRY_TOKEN = 129 };

/* From the file of --token, from TOCSIN_TOKEN, or asked for on the terminal, where what is typed is
   not shown. */
toc_status toc_entry_token(toc_cli_call *call, const char *language, char token[TOC_ENTRY_TOKEN]);

#endif
