#!/bin/sh
# Print the path of a Python that is 3.12 or newer and can make virtual environments. A name on the PATH proves nothing (version
# managers put programs there that only print an error), so each one is run.
set -u

without_venv=
for name in python3.14 python3.13 python3.12 python3 python; do
    IFS=:
    for folder in $PATH; do
        unset IFS
        candidate="$folder/$name"
        [ -x "$candidate" ] || continue
        "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1 || continue
        if "$candidate" -c 'import venv, ensurepip' >/dev/null 2>&1; then
            echo "$candidate"
            exit 0
        fi
        without_venv=$candidate
    done
done

if [ -n "$without_venv" ]; then
    version=$("$without_venv" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    echo "$without_venv cannot make virtual environments. Install its venv module (Debian and Ubuntu: apt install python$version-venv)." >&2
else
    echo "There is no Python 3.12 or newer on the PATH. Install one (Debian 13: apt install python3 python3-venv)." >&2
fi
exit 1
