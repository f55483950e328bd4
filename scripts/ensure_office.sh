#!/bin/sh
# Tests marked `word` render Word files with LibreOffice and read the pages with poppler; without them they are skipped.
set -eu
if command -v soffice >/dev/null 2>&1 && command -v pdftotext >/dev/null 2>&1; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        libreoffice-writer-nogui poppler-utils >/dev/null && exit 0
fi
echo "Without LibreOffice the pages of Word forms are not checked: sudo apt-get install libreoffice-writer-nogui poppler-utils" >&2
