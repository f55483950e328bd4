#!/bin/sh
# Installs both locks with the oldest pip that users bring (Debian 12) and with the newest, in throw-away environments,
# and stamps them; ./test compares the stamp. Run it whenever a lock has changed; needs a network, uses no uv.
set -eu
cd "$(dirname "$0")/.."
. scripts/bootstrap.sh

python=$(find_python)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for pip in pip==23.0.1 pip; do
    for lock in requirements/run.txt requirements/test.txt; do
        say "== $lock with $pip"
        "$python" -m venv --clear "$folder/environment"
        "$folder/environment/bin/python" -m pip install --quiet --disable-pip-version-check --upgrade "$pip"
        "$folder/environment/bin/python" -m pip --version | cut -d' ' -f1-2 >&2
        "$folder/environment/bin/python" -m pip install --quiet --disable-pip-version-check --no-compile \
            --require-hashes --only-binary :all: -r "$lock"
    done
done
"$folder/environment/bin/python" -c \
    'from scripts import check_locks; print(check_locks.fingerprint(check_locks.FOLDER))' >requirements/tried.txt
say "Both locks install; commit requirements/tried.txt with them."
