#!/bin/bash
# Trains the choice of blocks, or measures it: builds dateline, puts the
# library into an environment of its own under build/train, and runs
# train_blocks.py with the arguments given ("--cv 5" without any).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

venv=build/train/venv
[ -d build ] || meson setup build -Dbuildtype=release
ninja -C build tests/article/dump-features >&2
mkdir -p build/train
if ! [ -x "$venv/bin/python" ]; then
    python3 -m venv "$venv"
    "$venv/bin/pip" install -q -r tools/train/requirements.txt
fi
[ $# -gt 0 ] || set -- --cv 5
exec "$venv/bin/python" tools/train/train_blocks.py \
    --shared "${DATELINE_SHARED:-../shared}" "$@"
