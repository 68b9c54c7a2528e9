#!/bin/sh
# `tocsin flow` against results that others computed: MATPOWER's DC power flows, single outages under
# H+T1, and DCSIMSEP's relay cascades under S+T2. Own grids with all that a case may hold are solved a
# second time here, in plain Python.
set -eu
data=${TOCSIN_DATA:-}
[ -n "$data" ] || data=$TOCSIN_SOURCE/../shared/data
python3 "$TOCSIN_SOURCE/tests/cli/flow_test.py" "$TOCSIN" "$data"
