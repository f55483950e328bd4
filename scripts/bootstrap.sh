# Makes .venv from a hashed lock file; sourced by ./run and ./test. POSIX sh, needs Python 3.11 or newer only.
#   bootstrap requirements/run.txt [more.txt …]

say() { printf '%s\n' "$*" >&2; }

find_python() {
    for name in python3.13 python3.12 python3.11 python3; do
        if command -v "$name" >/dev/null 2>&1 &&
            "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
            command -v "$name"
            return 0
        fi
    done
    say "需要 Python 3.11–3.13。 Python 3.11, 3.12 or 3.13 is needed; install it and run this command again."
    return 1
}

# Debian keeps venv's pip in a package of its own.
make_venv() {
    python=$(find_python) || return 1
    if command -v uv >/dev/null 2>&1; then
        uv venv --quiet --clear --python "$python" .venv
    elif "$python" -c 'import ensurepip' 2>/dev/null; then
        "$python" -m venv --clear .venv
    elif [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        say "Installing python3-venv …"
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null &&
            "$python" -m venv --clear .venv
    else
        say "Python 的 venv 模块缺失，请先运行： sudo apt-get install python3-venv"
        return 1
    fi
}

install_locked() {
    if command -v uv >/dev/null 2>&1; then
        uv pip install --quiet --python .venv/bin/python --require-hashes --only-binary :all: -r "$1"
    else
        .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r "$1"
    fi
}

install_project() {
    if command -v uv >/dev/null 2>&1; then
        uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation -e .
    else
        .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
    fi
}

# A stamp of everything the environment was made from: unchanged stamp, nothing to do.
bootstrap() {
    stamp=$(cat pyproject.toml "$1" | cksum)
    stamp_file=".venv/$(basename "$1").stamp"
    if [ -x .venv/bin/secondment ] && [ "$(cat "$stamp_file" 2>/dev/null)" = "$stamp" ]; then
        return 0
    fi
    say "正在准备运行环境（首次约一分钟）… Preparing the environment (about a minute the first time) …"
    [ -x .venv/bin/python ] || make_venv || return 1
    install_locked "$1" || return 1
    install_project || return 1
    printf '%s' "$stamp" >"$stamp_file"
}

# Catalogues are compiled where they are used: no binary files in the repository.
compile_messages() {
    for catalogue in src/secondment/*/locale/en/LC_MESSAGES/django.po; do
        compiled="${catalogue%.po}.mo"
        if [ -s "$catalogue" ] && { [ ! -e "$compiled" ] || [ "$catalogue" -nt "$compiled" ]; }; then
            .venv/bin/pybabel --quiet compile -l en -i "$catalogue" -o "$compiled" || return 1
        fi
    done
}
