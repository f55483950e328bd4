#!/bin/sh
# Puts small faults into the code and counts which of them the tests notice; up to 90 minutes on two cores.
#   sh scripts/mutants.sh --help
set -eu
cd "$(dirname "$0")/.."
. scripts/bootstrap.sh
bootstrap requirements/test.txt
compile_messages
# one of Cosmic Ray's own requirements comes as source only
pip_quietly install --require-hashes -r requirements/mutants.txt
exec .venv/bin/python -m reliability.mutants "$@"
