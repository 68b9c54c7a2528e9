#include "cli/command.h"

const toc_cli_command *const toc_command_table[] = {
    &toc_new_command,     &toc_check_command,
    &toc_run_command,     &toc_watching_command,
    &toc_test_command,    &toc_rehearse_command,
    &toc_replay_command,  &toc_whatif_command,
    &toc_score_command,   &toc_import_command,
    &toc_export_command,  &toc_loadflow_command,
    &toc_draw_command,    &toc_print_command,
    &toc_seating_command, &toc_join_command,
    &toc_stubs_command,   &toc_key_command,
    &toc_lock_command,    &toc_unlock_command,
    &toc_forget_command,  NULL,
};
