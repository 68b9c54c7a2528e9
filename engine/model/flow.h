/* Flow: the DC power flow of a network, in per unit and radians. A branch carries
   b (angle at from - angle at to - shift) with b = 1 / (reactance x ratio); what a bus takes in is
   what its branches carry away. Islands are told apart first, and one angle of each is given.
   Formulas: MATPOWER's makeBdc and dcpf, as published. */
#ifndef MODEL_FLOW_H
#define MODEL_FLOW_H

#include <stdbool.h>
#include <stdint.h>

typedef struct toc_flow_branch {
    uint32_t from, to;
    double susceptance, shift_rad;
    bool closed;
} toc_flow_branch;

typedef struct toc_flow toc_flow;

/* The branches must outlive the flow; only their `closed` may change. */
toc_flow *toc_flow_create(uint32_t bus_count, const toc_flow_branch *branches,
                          uint32_t branch_count);
void toc_flow_destroy(toc_flow *flow);
/* Numbers the islands of buses that are in, in order of their first bus; UINT32_MAX for the rest.
   A closed branch must have both ends in. */
uint32_t toc_flow_islands(toc_flow *flow, const bool *in, uint32_t *out_island);
/* For branches and fixed buses as they are now. False where that has no solution, with a bus of the
   island to blame. */
bool toc_flow_factor(toc_flow *flow, const bool *fixed, uint32_t *out_bus);
/* `buses` holds the angle of fixed buses and the injection of all others, and all angles then. */
void toc_flow_solve(toc_flow *flow, const bool *fixed, double *buses);
/* What the branch carries from `from` to `to`, 0 where it is open. */
double toc_flow_carried(const toc_flow_branch *branch, const double *angles);

#endif
