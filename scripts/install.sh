#!/bin/sh
# Make .venv and install the locked requirements, when they are not there yet or have changed.
# `install.sh dev` installs what the tests need as well. The copy of a requirements file in .venv says what is installed.
set -eu
cd "$(dirname "$0")/.."

if ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null; then
    python=$(sh scripts/find-python.sh)
    echo "Making .venv with $python"
    rm -rf .venv
    "$python" -m venv .venv
fi

# Nothing is added to what is locked, since that is whole.
install() {
    if cmp -s "$1" ".venv/$1"; then return; fi
    echo "Installing $1"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --no-deps --require-hashes -r "$1"
    cp "$1" ".venv/$1"
}

install requirements.txt
if [ "${1:-}" = dev ]; then install requirements-dev.txt; fi
