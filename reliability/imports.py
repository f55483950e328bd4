"""Kills a process that imports a roster or forms with photos, again and again: `.venv/bin/python -m reliability.imports`.

Works on a data directory of its own; SQLite only. Each blow starts from the same checked upload.
"""

import argparse
import datetime as dt
import io
import json
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

FORM = Path(__file__).resolve().parent.parent / "tests/data/lrmx/01_full_v3.2.1.16.lrmx"
HEADER = "姓名,性别,出生年月,专业领域,年度考核结果,简历"
LATER = dt.timedelta(days=2)


@dataclass
class Count:
    """What came of the blows on one kind of upload."""

    people: int
    seconds_undisturbed: float = 0
    tried: int = 0
    nothing_written: int = 0
    all_written: int = 0
    confirmed_again: int = 0
    jobs_told_done: int = 0
    contents_left_by_kills: int = 0
    faults: list[str] = field(default_factory=list)


def main() -> int:
    """Both kinds of uploads; 0 when everything held."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=15, help="blows on each kind of upload (default: 15)")
    parser.add_argument("--rows", type=int, default=3000, help="rows of the roster (default: 3000)")
    parser.add_argument("--forms", type=int, default=100, help="forms with photos (default: 100)")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="secondment-imports-") as directory:
        os.environ |= {
            "SECONDMENT_DATA_DIR": f"{directory}/data",
            "DJANGO_SETTINGS_MODULE": "secondment.config.settings",
        }
        set_up()
        uploads = {
            "roster": ("roster.csv", roster(options.rows), options.rows),
            "forms": ("forms.zip", forms(options.forms), options.forms),
        }
        counts = {}
        for kind, (name, content, n) in uploads.items():
            base = Path(directory) / kind
            counts[kind] = Count(n)
            blows(counts[kind], name, content, base, options.each, chance)
    print(json.dumps({kind: asdict(count) for kind, count in counts.items()}, indent=1))
    return int(any(count.faults for count in counts.values()))


def set_up() -> None:
    """Django on an empty database."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def now() -> dt.datetime:
    """The clock."""
    return dt.datetime.now(tz=dt.UTC)


def roster(n: int) -> bytes:
    """A roster of different people."""
    rows = (f"示例{at:05d},男,1985.03,农林水,2024年度优秀,2008.07--2014.05  示例处科员" for at in range(n))
    return "\n".join([HEADER, *rows]).encode()


def forms(n: int) -> bytes:
    """Appointment forms of different people, each with its photo."""
    text = re.sub(
        "<ShenFenZheng>.*?</ShenFenZheng>", "<ShenFenZheng></ShenFenZheng>", FORM.read_text("utf-8")
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for at in range(n):
            archive.writestr(f"{at}.lrmx", text.replace("示例甲", f"示例{at:05d}", 1))
    return packed.getvalue()


def blows(count: Count, name: str, content: bytes, base: Path, n: int, chance: random.Random) -> None:
    """Check the upload once, measure its import, then kill it at random moments, half of them late ones."""
    key = checked(name, content)
    save(base)
    begun = time.monotonic()
    os.waitpid(begin(key), 0)
    whole = time.monotonic() - begun
    count.seconds_undisturbed = round(whole, 1)
    assert standing(key) == ("imported", count.people), standing(key)
    for _blow in range(n):
        load(base)
        count.tried += 1
        pid = begin(key)
        time.sleep(whole * chance.choice([chance.uniform(0, 1), chance.uniform(0.7, 1.1)]))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        try:
            look_after(key, count)
        except AssertionError as fault:
            count.faults.append(str(fault)[-400:])
        tell(f"{name}: {count.tried} of {n}, faults {len(count.faults)}")
    load(base)


def checked(name: str, content: bytes) -> int:
    """The key of a checked upload of a new clerk in a new unit."""
    from secondment.accounts.choices import Role
    from secondment.accounts.models import RoleAssignment, User
    from secondment.people.services.imports.uploads import upload_roster
    from secondment.units.models import Unit
    from secondment.units.services import create_unit

    at = now()
    unit = create_unit(Unit(name=name, kind="government_organ", level="prefectural"), by=None, at=at)
    clerk = User.objects.create_user(name, name="示例经办人")
    RoleAssignment.objects.create(user=clerk, role=Role.ORGANISATION_DEPARTMENT, unit=unit)
    upload = upload_roster(name, content, unit=unit, by=clerk, at=at)
    do_job(upload.job_id)
    assert standing(upload.pk) == ("checked", 0), standing(upload.pk)
    confirm(upload.pk)
    return upload.pk


def confirm(key: int) -> None:
    """The clerk confirms."""
    from secondment.people.models import RosterImport
    from secondment.people.services.imports.uploads import confirm_import

    row = RosterImport.objects.get(pk=key)
    confirm_import(row, leaves_out_refused=False, by=row.by, at=now())


def begin(key: int) -> int:
    """A process that does what the job worker does with the confirmed import; its id."""
    from django.db import connections

    connections.close_all()
    pid = os.fork()
    if pid == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        do_import(key)
        os._exit(0)
    return pid


def do_import(key: int) -> None:
    """The writing."""
    from secondment.people.models import RosterImport

    do_job(RosterImport.objects.get(pk=key).job_id)


def do_job(key: object) -> None:
    """Whatever waits."""
    from secondment.jobs.models import Job
    from secondment.jobs.services import execute_job

    execute_job(Job.objects.get(pk=key), at=now())


def look_after(key: int, count: Count) -> None:
    """What the next worker does at its start and in its daily work, and what has to be so then."""
    from secondment.jobs.services import fail_silent_jobs

    fail_silent_jobs(at=now())
    state, n = standing(key)
    assert (state, n) in {("importing", 0), ("checked", 0), ("imported", count.people)}, (state, n)
    count.nothing_written += n == 0
    count.all_written += n > 0
    job = job_of(key)
    assert (job == "done") == (state == "imported"), (job, state)
    count.jobs_told_done += job == "done"
    if state == "checked":
        confirm(key)
        count.confirmed_again += 1
    if state != "imported":
        do_import(key)
        assert standing(key) == ("imported", count.people), standing(key)
    sweep(count)


def sweep(count: Count) -> None:
    """No content stays that no row refers to, nor an upload that is written."""
    from secondment.documents.services import discard_unknown_contents
    from secondment.documents.uploads import discard_expired

    at = now() + LATER
    before = len(contents())
    discard_expired(at=at)
    discard_unknown_contents(at=at)
    count.contents_left_by_kills += before - len(contents())
    assert contents() == wanted(), "contents and rows differ"


def contents() -> set[str]:
    """All that lies in the storage."""
    from django.conf import settings

    root = Path(settings.MEDIA_ROOT)
    return {str(one.relative_to(root)) for one in root.rglob("*") if one.is_file()}


def wanted() -> set[str]:
    """The photos of people, and uploads that wait."""
    from secondment.people.models import Person, RosterImport

    waiting = RosterImport.objects.exclude(state="imported").values_list("file__content", flat=True)
    return {*Person.objects.exclude(photo=None).values_list("photo__content", flat=True), *waiting}


def standing(key: int) -> tuple[str, int]:
    """State of the import, and how many people there are."""
    from secondment.people.models import Person, RosterImport

    return RosterImport.objects.get(pk=key).state, Person.objects.count()


def job_of(key: int) -> str:
    """State of the job that writes."""
    from secondment.jobs.models import Job
    from secondment.people.models import RosterImport

    return str(Job.objects.get(pk=RosterImport.objects.get(pk=key).job_id).state)


def save(base: Path) -> None:
    """Keep the data directory as it is."""
    copied(lambda data: shutil.copytree(data, base))


def load(base: Path) -> None:
    """Put the data directory back."""

    def replace(data: Path) -> None:
        shutil.rmtree(data)
        shutil.copytree(base, data)

    copied(replace)


def copied(act: Callable[[Path], object]) -> None:
    """With no connection open."""
    from django.conf import settings
    from django.db import connections

    connections.close_all()
    act(Path(settings.DATA_DIR))


def tell(line: str) -> None:
    """Progress for whoever waits."""
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
