#!/bin/sh
# Packs everything a closed network needs into one file: sources, wheels of the run lock for this Python and machine, compiled
# catalogues, and the names of the system packages.   scripts/bundle.sh [DIRECTORY]   (default: dist)
set -eu
cd "$(dirname "$0")/.."
. scripts/bootstrap.sh

mkdir -p "${1:-dist}"
out=$(cd "${1:-dist}" && pwd)
bootstrap requirements/run.txt
compile_messages
python=$(find_python)
name="secondment-$("$python" -c 'import sys, sysconfig; print("python%d.%d" % sys.version_info[:2], sysconfig.get_platform(), sep="-")')"
place=$(mktemp -d "$out/.bundle-XXXXXX")
trap 'rm -rf "$place"' EXIT
mkdir "$place/$name"
git archive HEAD | tar -x -C "$place/$name"
for compiled in src/secondment/*/locale/en/LC_MESSAGES/django.mo; do
    cp "$compiled" "$place/$name/$compiled"
done
"$python" -m pip download -qq --disable-pip-version-check --dest "$place/$name/wheels" \
    --require-hashes --only-binary :all: -r requirements/run.txt
cat >"$place/$name/CLOSED-NETWORK.txt" <<'TEXT'
内网安装：解开本包，执行 ./run。不需要互联网，依赖取自 wheels 目录，逐个核对指纹。
系统软件包（随操作系统的安装盘或内网源安装）：与本包同一版本的 python3 和 python3-venv；
使用 PostgreSQL 时另需 postgresql-client；在服务器上转换 Word 文件时另需 libreoffice-writer 和中文字体。

Without internet: unpack and run ./run; packages come from the folder wheels, each checked by its hash. From the system: python3
of the version in the name and python3-venv; postgresql-client with PostgreSQL; libreoffice-writer and a Chinese font only to
convert Word files on the server.
TEXT
tar -czf "$place/$name.tar.gz" -C "$place" "$name"
mv "$place/$name.tar.gz" "$out/$name.tar.gz"
sha256sum "$out/$name.tar.gz"
