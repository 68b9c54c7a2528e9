#!/bin/sh
# The visual console in a real window, by real keys and a real mouse.
exec python3 "$TOCSIN_SOURCE/tests/cli/window_test.py" "$TOCSIN"
