/* Command: the table of subcommands; each is defined in the file of its name. */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "cli/cli.h"

#define TOC_COMMAND(name) extern const toc_cli_command toc_##name##_command;
#include "cli/command.def"
#undef TOC_COMMAND

/* Ended by NULL, in the order of the help. */
extern const toc_cli_command *const toc_command_table[];

#endif
