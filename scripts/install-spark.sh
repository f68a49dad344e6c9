#!/bin/sh
# Make .venv-spark: what .venv has, and Spark, and bring Java where we may. Half a gigabyte that nobody needs who has no cluster, so it
# is kept apart.
set -eu
cd "$(dirname "$0")/.."

java=java
if [ -n "${JAVA_HOME:-}" ]; then java="$JAVA_HOME/bin/java"; fi
if ! "$java" -version 2>/dev/null >&2 && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Bringing Java for the tests of a cluster: apt-get install default-jre-headless"
    apt-get update -qq && apt-get install -y -qq --no-install-recommends default-jre-headless >/dev/null
fi
version=$("$java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' || true)
if [ "${version:-0}" -lt 17 ]; then
    echo "Spark needs Java 17 or newer: run 'apt-get install default-jre-headless', or set JAVA_HOME." >&2
    exit 1
fi

if cmp -s requirements/spark.txt .venv-spark/spark.txt; then exit 0; fi
echo "Installing requirements/spark.txt into .venv-spark"
rm -rf .venv-spark
.venv/bin/python -m venv .venv-spark
folder='import sysconfig; print(sysconfig.get_path("purelib"))'
.venv/bin/python -c "$folder" > "$(.venv-spark/bin/python -c "$folder")/attest.pth"
.venv-spark/bin/python -m pip install --quiet --disable-pip-version-check --no-input --no-deps --require-hashes -r requirements/spark.txt
cp requirements/spark.txt .venv-spark/
