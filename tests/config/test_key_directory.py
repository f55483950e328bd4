"""The keys may lie elsewhere than the data."""

import os
import subprocess
import sys
from pathlib import Path


def told(code: str, **environment: str) -> str:
    done = subprocess.run(  # noqa: S603 -- our own
        [sys.executable, "-c", code],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "secondment.config.settings", **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_keys_and_kept_ends_lie_where_the_settings_say(tmp_path: Path) -> None:
    data, keys, drop = (tmp_path / name for name in ("data", "keys", "drop"))
    code = (
        "from secondment.config import settings as s; print(s.KEY_FILE, s.AUDIT_DROP_DIR, sep='\\n');"
        "import django; django.setup(); from django.db import connection; connection.ensure_connection()"
    )
    places = {"SECONDMENT_KEY_DIR": str(keys), "SECONDMENT_AUDIT_DROP_DIR": str(drop)}
    out = told(code, SECONDMENT_DATA_DIR=str(data), **places)
    assert out.split("\n")[:2] == [str(keys / "keys.json"), str(drop)]
    assert (keys / "keys.json").exists()
    assert not (data / "keys.json").exists()
    assert keys.stat().st_mode & 0o777 == 0o700


def test_without_a_word_the_keys_lie_beside_the_data(tmp_path: Path) -> None:
    code = "from secondment.config import settings as s; print(s.KEY_FILE, s.AUDIT_DROP_DIR, sep='\\n')"
    out = told(code, SECONDMENT_DATA_DIR=str(tmp_path), SECONDMENT_KEY_DIR="", SECONDMENT_AUDIT_DROP_DIR="")
    assert out.split("\n")[:2] == [str(tmp_path / "keys.json"), "None"]
