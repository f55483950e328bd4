"""A real installation is lost and comes back on another machine; a backup killed at any moment is none."""

import os
import re
import signal
import subprocess
import sys
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

import pytest
from reliability.servers import running, wait_until

from secondment.backups.packing import KEYS, SQLITE

pytestmark = [pytest.mark.slow, pytest.mark.server]
ROOT = Path(__file__).parents[2]
FILL = """
from tests.makers import AT, make_person
from secondment.accounts.models import User
from secondment.common.protection import seal
from secondment.documents.services import store_file
from secondment.units.models import Unit
import secrets
person = make_person(Unit.objects.get())
person.identity_sealed = seal("11010119900307109X", context=f"person.identity.{person.key}")
person.save()
store_file("a", secrets.token_bytes(40_000_000), content_type="x", by=User.objects.first(), at=AT)
"""
LOOK = """
import hashlib
from secondment.backups.models import Backup
from secondment.documents.models import StoredFile
from secondment.people.models import Person
stored = StoredFile.objects.get()
is_same = hashlib.sha256(stored.content.read()).hexdigest() == stored.sha256
print(Person.objects.get().identity_number, is_same, Backup.objects.count())
"""


def environment(data: Path) -> dict[str, str]:
    plain = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    own = {"SECONDMENT_DATA_DIR": str(data), "SECONDMENT_DEMO": "0", "PYTHONPATH": f"{ROOT}/src:{ROOT}"}
    return {**plain, **own, "DJANGO_SETTINGS_MODULE": "secondment.config.settings"}


def command(data: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 -- the product's own command
        [sys.executable, "-m", "secondment.cli.main", *words],
        env=environment(data), capture_output=True, text=True, check=False, **more,
    )  # fmt: skip


def said(data: Path, *words: str, **more: str) -> str:
    done = command(data, *words, **more)
    assert done.returncode == 0, done.stderr
    return done.stdout


def signed_in(base: str, username: str, password: str) -> str:
    """The page after signing in: the one on which a first password is changed."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    page = opener.open(f"{base}/accounts/sign-in/").read().decode()
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    form = {**hidden, "username": username, "password": password}
    request = urllib.request.Request(  # noqa: S310 -- an address of this machine
        f"{base}/accounts/sign-in/", urllib.parse.urlencode(form).encode(), {"Referer": base}
    )
    return opener.open(request).geturl()


def kill_while_it_writes(data: Path) -> None:
    """As soon as the draft has grown, without a warning."""
    backups = data / "backups"
    process = subprocess.Popen(
        [sys.executable, "-m", "secondment.cli.main", "backup"], env=environment(data), stdout=subprocess.PIPE
    )
    wait_until(lambda: any(one.stat().st_size > 1_000_000 for one in backups.glob(".secondment-*")))
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert len(list(backups.glob(".secondment-*"))) == 1
    assert list(backups.glob("secondment-*")) == []
    assert said(data, "shell", "-v", "0", "-c", LOOK).split() == ["11010119900307109X", "True", "0"]


def test_an_installation_is_lost_and_comes_back(prepared_data: Path, tmp_path: Path) -> None:
    data, place = prepared_data, tmp_path / "elsewhere" / "data"
    people = [
        word
        for who in ("system:s:甲", "security:t:乙", "audit:u:丙")
        for word in (f"--{who.partition(':')[0]}", who.partition(":")[2])
    ]
    printed = said(data, "create-administrators", "示例市", *people)
    said(data, "shell", "-v", "0", "-c", FILL)
    kill_while_it_writes(data)
    file, *_counts = said(data, "backup").split("\t")
    assert sorted(path.name for path in (data / "backups").iterdir()) == [".lock", Path(file).name]
    assert [path.name for path in (data / "temporary").iterdir()] == []

    rows = re.findall(r"^ +\d\.  (.{19})$", printed, re.MULTILINE)
    copy = tmp_path / "copy"
    Path(file).rename(copy)
    data.rename(tmp_path / "lost")
    said(place, "restore", str(copy), "--into", str(place), input="\n".join(rows))
    assert sorted(path.name for path in place.iterdir()) == ["files", KEYS, SQLITE]

    assert "the audit trail is intact" in said(place, "verify-audit")
    assert said(place, "shell", "-v", "0", "-c", LOOK).split() == ["11010119900307109X", "True", "0"]
    password = printed.splitlines()[0].split("\t")[2]
    with running(place, SECONDMENT_DEMO="0") as server:
        server.wait_until_up()
        where = signed_in(f"http://127.0.0.1:{server.port}", "s", password)
        assert where == f"http://127.0.0.1:{server.port}/accounts/password/"
