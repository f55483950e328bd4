#!/bin/sh
# The browser tests drive the system's Chromium and need one font with Chinese characters.
set -eu
if command -v chromium >/dev/null 2>&1 && [ -n "$(fc-list :lang=zh 2>/dev/null)" ]; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fontconfig fonts-noto-cjk >/dev/null
else
    echo "Please run: sudo apt-get install chromium fontconfig fonts-noto-cjk" >&2
    exit 1
fi
