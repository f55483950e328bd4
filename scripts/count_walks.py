"""Count the files that run on three walks through the product: how far apart what belongs together stands.

`python scripts/count_walks.py` prints each walk with its number of files, and how many of these run for any page whatever it
shows (middleware, menu, what waits for the account); with `--list` their names too.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "secondment"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "secondment.config.settings_test")
sys.path.insert(0, str(ROOT))


def files_of(walk: Callable[[], object]) -> list[str]:
    """The files of the product in which something runs."""
    seen: set[str] = set()

    def look(frame: FrameType, event: str, _argument: Any) -> None:
        if event == "call":
            seen.add(frame.f_code.co_filename)

    sys.setprofile(look)
    try:
        walk()
    finally:
        sys.setprofile(None)
    inside = (Path(name) for name in seen if name.startswith(str(SOURCE)))
    return sorted(str(path.relative_to(SOURCE)) for path in inside)


def _walked(walk: Callable[[], object]) -> list[str]:
    walk()
    return []


def roster_to_person() -> Callable[[], object]:
    """Roster file → stored person."""
    from tests.makers import make_unit
    from tests.people.imported import imported

    unit = make_unit("示例厅")
    content = "姓名,性别,出生年月,最高学历\n示例一,男,1985.03,大学".encode()
    return lambda: imported("名册.csv", content, unit)


def nomination_to_finding() -> Callable[[], object]:
    """Nomination → finding on the page."""
    from django.test import Client
    from django.urls import reverse
    from tests.campaigns.builders import make_scene

    from secondment.campaigns.services import check_eligibility, nominate

    scene = make_scene()
    person = scene.person(is_under_investigation=True)
    client = Client()
    client.force_login(scene.owner)

    def walk() -> None:
        nominate(
            scene.campaign,
            [person],
            by=scene.home_user,
            reason="示例",
            integrity_opinion="无异议",
            **scene.now,
        )
        check_eligibility(scene.campaign, by=scene.owner, **scene.now)
        assert client.get(reverse("campaigns:finding_list", args=[scene.campaign.pk])).status_code == 200

    return walk


def click_to_plan() -> Callable[[], object]:
    """Click on compute → stored rows."""
    from tests.makers import AT
    from tests.matching.campaigns import WEIGHTS, make_matched

    from secondment.matching.services.runs import execute_run, start_run

    matched = make_matched()

    def walk() -> None:
        run = start_run(matched.campaign, weights=WEIGHTS, by=matched.by, at=AT)
        execute_run(run, at=AT, progress=lambda *_step: None)

    return walk


def any_page() -> Callable[[], object]:
    """A page that shows nothing of its own."""
    from django.test import Client
    from django.urls import reverse
    from tests.campaigns.builders import make_scene

    client = Client()
    client.force_login(make_scene().owner)
    return lambda: client.get(reverse("notices:notice_list"))


def _files(prepare: Callable[[], Callable[[], object]]) -> list[str]:
    """Walked twice, counted the second time: what is loaded on the way is no part of it."""
    from django.db import transaction

    files: list[str] = []
    for run in (_walked, files_of):
        with transaction.atomic():
            files = run(prepare())
            transaction.set_rollback(True)
    return files


def main() -> None:
    """Walk in a database of its own that is thrown away."""
    import django

    django.setup()
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        frame = set(_files(any_page))
        for prepare in (roster_to_person, nomination_to_finding, click_to_plan):
            files = _files(prepare)
            print(f"{prepare.__doc__} {len(files)} files, {len(frame & set(files))} of them run for any page")
            if "--list" in sys.argv:
                print(*(f"    {'' if name in frame else '* '}{name}" for name in files), sep="\n")
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main()
