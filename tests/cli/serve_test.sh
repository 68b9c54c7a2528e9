#!/bin/sh
# `tocsin serve` over real sockets, with a real record: killed in the middle and resumed; refusals.
set -eu
python3 "$TOCSIN_SOURCE/tests/cli/serve_test.py" "$TOCSIN"
