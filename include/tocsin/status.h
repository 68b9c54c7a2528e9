/* Status: how a call that can meet bad input ends. Our own bugs assert instead, in release too. */
#ifndef TOCSIN_STATUS_H
#define TOCSIN_STATUS_H

/* The values are the exit codes of the program. */
typedef enum toc_status {
    TOC_OK = 0,
    TOC_BAD_INPUT = 1,   /* a file, script, record or request is at fault */
    TOC_BAD_USAGE = 2,   /* wrong arguments */
    TOC_SYSTEM_FAULT = 3 /* disk, memory limit, permission: the machine is at fault */
} toc_status;

#endif
