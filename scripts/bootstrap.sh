# Makes .venv from a hashed lock file; sourced by ./run and ./test. POSIX sh, needs Python 3.11 or newer only.
#   bootstrap requirements/run.txt [more.txt …]

say() { printf '%s\n' "$*" >&2; }

# In a bundle for a closed network the packages are beside the program, and nothing is asked for elsewhere.
if [ -d wheels ]; then
    export PIP_NO_INDEX=1 PIP_FIND_LINKS=wheels UV_NO_INDEX=1 UV_FIND_LINKS=wheels UV_OFFLINE=1
fi

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

# Two that start at once would make the same environment: the second waits. The lock ends with the last process that
# holds descriptor 9, so that a killed start leaves none behind, while its installer is still waited for.
lock_environment() {
    python=$(find_python) || return 1
    exec 9>.venv.lock
    "$python" -ISc 'import fcntl; fcntl.flock(9, fcntl.LOCK_EX | fcntl.LOCK_NB)' 2>/dev/null && return 0
    say "另一个 ./run 或 ./test 正在准备运行环境，等它完成… Another ./run or ./test prepares the environment; waiting …"
    "$python" -ISc 'import fcntl; fcntl.flock(9, fcntl.LOCK_EX)'
}

unlock_environment() { exec 9>&-; }

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

# A start that was killed may have left an environment without pip.
is_whole_venv() { [ -x .venv/bin/python ] && { command -v uv >/dev/null 2>&1 || .venv/bin/python -Ic 'import pip' 2>/dev/null; }; }

# Runs a step and tells how long it took, so that whoever waits sees what for; less than a second is not worth a line.
step() {
    label=$1
    shift
    begun=$(date +%s)
    "$@" || return 1
    seconds=$(($(date +%s) - begun))
    [ "$seconds" = 0 ] || say "  $label: $seconds s"
}

# With pip the download is a step of its own, so that its seconds can be told from ours. Nothing is compiled ahead:
# that took longer than all the rest, and Python compiles what it imports.
install_locked() {
    if command -v uv >/dev/null 2>&1; then
        step "下载并安装依赖 Download and install packages" uv pip install --quiet --python .venv/bin/python --require-hashes --only-binary :all: -r "$1"
        return
    fi
    wheels=.venv/wheels
    step "下载依赖（取决于网速） Download packages (depends on the network)" \
        pip_quietly download --dest "$wheels" --require-hashes --only-binary :all: -r "$1" || return 1
    step "安装依赖 Install packages" \
        pip_quietly install --no-index --find-links "$wheels" --no-compile --require-hashes --only-binary :all: -r "$1" || return 1
    rm -rf "$wheels"
}

install_project() {
    if command -v uv >/dev/null 2>&1; then
        uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation -e .
    else
        pip_quietly install --no-deps --no-build-isolation -e .
    fi
}

# The way to the sources is written as seen from there: Python reads this file in the locale's encoding, and under
# LC_ALL=C could not start at all in a directory with Chinese characters.
point_to_sources() {
    for pointer in .venv/lib/python3*/site-packages/*secondment.pth; do
        printf '../../../../src\n' >"$pointer"
    done
}

pip_quietly() { .venv/bin/python -m pip "$@" -qq --disable-pip-version-check; }

# A stamp of everything the environment was made from: unchanged stamp, nothing to do.
bootstrap() {
    is_made "$1" && return 0
    lock_environment || return 1
    is_made "$1" || make_environment "$1" || return 1
    unlock_environment
}

is_made() {
    stamp=$(cat pyproject.toml "$1" | cksum)
    stamp_file=".venv/$(basename "$1").stamp"
    [ -x .venv/bin/secondment ] && [ "$(cat "$stamp_file" 2>/dev/null)" = "$stamp" ]
}

make_environment() {
    say "正在准备运行环境（首次约一分钟）… Preparing the environment (about a minute the first time) …"
    is_whole_venv || step "建立虚拟环境 Make the environment" make_venv || return 1
    install_locked "$1" || return 1
    step "安装本系统 Install this product" install_project || return 1
    point_to_sources
    printf '%s' "$stamp" >"$stamp_file"
}

# Catalogues are compiled where they are used: no binary files in the repository.
compile_messages() {
    [ -n "$(stale_catalogues)" ] || return 0
    lock_environment || return 1
    step "编译英文译文 Compile the English texts" compile_stale || return 1
    unlock_environment
}

stale_catalogues() {
    for catalogue in src/secondment/*/locale/en/LC_MESSAGES/django.po; do
        compiled="${catalogue%.po}.mo"
        if [ -s "$catalogue" ] && { [ ! -e "$compiled" ] || [ "$catalogue" -nt "$compiled" ]; }; then
            printf '%s\n' "$catalogue"
        fi
    done
}

compile_stale() {
    for catalogue in $(stale_catalogues); do
        .venv/bin/pybabel --quiet compile -l en -i "$catalogue" -o "${catalogue%.po}.mo" || return 1
    done
}
