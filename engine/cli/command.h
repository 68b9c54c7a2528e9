/* Command: the table of subcommands; each is defined in the file of its name. */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "cli/cli.h"

extern const toc_cli_command toc_new_command, toc_check_command, toc_run_command,
    toc_replay_command, toc_score_command, toc_import_command, toc_export_command, toc_draw_command,
    toc_stubs_command, toc_rehearse_command, toc_test_command, toc_loadflow_command,
    toc_watching_command, toc_print_command, toc_lock_command, toc_unlock_command,
    toc_forget_command, toc_key_command, toc_whatif_command, toc_seating_command, toc_join_command;

/* Ended by NULL, in the order of the help. */
extern const toc_cli_command *const toc_command_table[];

#endif
