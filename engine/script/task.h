/* Task: a process that others wait for, with or without a limit, and cancel. Cancelling a task
   cancels what it spawned; a task that ends by itself leaves them running. */
#ifndef SCRIPT_TASK_H
#define SCRIPT_TASK_H

#include "script/process.h"

typedef struct toc_tasks toc_tasks;

/* Puts t.spawn and its like into the module "tocsin.core"; toc_processes_create does this. */
toc_tasks *toc_task_create(toc_host *host, toc_processes *processes);
void toc_task_destroy(toc_tasks *tasks);
/* To be told of each process that has ended. */
void toc_task_ended(toc_tasks *tasks, uint64_t process);

#endif
