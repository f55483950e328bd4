"""What a web process loads before its first page."""

import subprocess
import sys
from pathlib import Path

SCRIPT = """
import os, sys, warnings
warnings.simplefilter("ignore")  # no files of pages are collected here
import secondment.config.wsgi
from django.urls import get_resolver
get_resolver().url_patterns
print(sorted(set(sys.argv[1:]) & set(sys.modules)))
"""
# Each costs a tenth of a second and more, and is loaded by whoever first needs it.
HEAVY = ("scipy", "docx", "pypinyin", "duckdb", "ortools", "highspy", "lxml")


def test_a_web_process_starts_without_what_few_pages_need(tmp_path: Path) -> None:
    environment = {
        "PYTHONPATH": ":".join(sys.path),
        "SECONDMENT_DATA_DIR": str(tmp_path),
        "SECONDMENT_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "secondment.config.settings",
    }
    ended = subprocess.run(  # noqa: S603 -- this interpreter
        [sys.executable, "-c", SCRIPT, *HEAVY], env=environment, capture_output=True, text=True, check=True
    )
    assert ended.stdout == "[]\n"
