/* Talk command: the commands of the text console, each a function; talk_word.def lists them. */
#ifndef CLI_TALK_COMMAND_H
#define CLI_TALK_COMMAND_H

#include "cli/talk.h"

/* Does what a line says: asks the client, or tells what it was told. */
void toc_talk_command_do(toc_talk *talk, const char *line);
/* What was sent under that id, in words; the id itself where that is forgotten. */
const char *toc_talk_command_description(const toc_talk *talk, const char *id);

#endif
