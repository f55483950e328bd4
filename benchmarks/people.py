"""Persons and placements at size: import of a roster by phase, and the list pages of 100,000 persons and 20,000 placements.

    python benchmarks/people.py [--rows 10000] [--people 100000] [--placements 20000]

Uses a database of its own: SQLite in a fresh directory, or the test database of `DATABASE_URL`.
Prints seconds by phase, queries of a page, and the median and 95th percentile of its answers.
"""

import argparse
import datetime as dt
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
os.environ["SECONDMENT_DATA_DIR"] = tempfile.mkdtemp(prefix="secondment-people-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "secondment.config.settings")
(Path(os.environ["SECONDMENT_DATA_DIR"]) / "static").mkdir()

import django  # noqa: E402 -- the settings come first

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402
from tests.makers import AT, make_campaign, make_unit, make_user  # noqa: E402

from secondment.accounts.choices import Role  # noqa: E402
from secondment.files.identity import person_check_digit  # noqa: E402
from secondment.people.choices import ImportState  # noqa: E402
from secondment.people.models import Person  # noqa: E402
from secondment.people.names import name_initials, name_key  # noqa: E402
from secondment.people.services.imports.uploads import confirm_import, upload_roster  # noqa: E402
from secondment.people.services.imports.work import check_drafts, drafts_of, import_drafts  # noqa: E402
from secondment.placements.models import Placement  # noqa: E402
from secondment.posts.models import Post  # noqa: E402
from secondment.units.models import Unit  # noqa: E402

SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许", "示例样本文章句试卷册页行列甲乙丙丁"
PAGES = {
    "first page": "/people/",
    "page 2,500, by age": "/people/?sort=-age&page=2500",
    "one unit": "/people/?unit={unit}",
    "name": "/people/?q=示例",
    "initials": "/people/?q=zsl",
    "rank, sex and age": "/people/?rank=132&sex=2&age=40",
    "not on secondment": "/people/?out=0",
    "placements": "/placements/",
    "placements, page 500": "/placements/?page=500",
    "demands for posts": "/posts/",
    "campaigns": "/campaigns/",
    "home": "/",
    "search": "/search/?q=示例",
}


def main() -> None:
    """Run both measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--placements", type=int, default=20_000)
    asked = parser.parse_args()
    setup_test_environment()
    is_file = connection.vendor == "sqlite"  # a file as in use, not the test database in memory
    if is_file:
        call_command("migrate", verbosity=0)
    else:
        connection.creation.create_test_db(verbosity=0)
    print(f"database: {connection.vendor}; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    try:
        root = make_unit("示例省")
        units = [make_unit(f"示例单位{number}", root) for number in range(100)]
        clerk = make_user(Role.ORGANISATION_DEPARTMENT, root)
        measure_import(root, units, clerk, asked.rows)
        fill(units, asked.people - asked.rows)
        place(root, units, clerk, asked.placements)
        measure_list(units[0], clerk)
    finally:
        if not is_file:
            connection.creation.destroy_test_db(settings.DATABASES["default"]["NAME"], verbosity=0)


@contextmanager
def timed(what: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    print(f"  {what:<28}{time.perf_counter() - start:8.2f} s")


def measure_import(root: Unit, units: list[Unit], clerk, n: int) -> None:
    """Check, write and check again a roster with career and grades."""
    content = roster(units, n)
    print(f"import of {n:,} rows ({len(content) / 1e6:.1f} MB CSV)")

    def quiet(done: int, total: int) -> None:
        """Nobody watches."""

    with timed("upload, seal"):
        row = upload_roster("名册.csv", content, unit=root, by=clerk, at=AT)
    with timed("read"):
        drafts = drafts_of(row, quiet)
    with timed("check (plan, keep rows)"):
        row = check_drafts(row, drafts, quiet)
    if row.n_created != n:
        raise SystemExit(f"only {row.n_created} rows are sound")
    confirm_import(row, leaves_out_refused=False, by=clerk, at=AT)
    row.refresh_from_db()
    with timed("write, all or nothing"):
        done = import_drafts(row, drafts, at=AT)
    if done.state != ImportState.IMPORTED:
        raise SystemExit("the import did not finish")
    again = upload_roster("名册.csv", content, unit=root, by=clerk, at=AT)
    with timed("check again (all unchanged)"):
        again = check_drafts(again, drafts_of(again, quiet), quiet)
    if again.n_unchanged != n:
        raise SystemExit(f"{again.n_unchanged} rows are unchanged")


def roster(units: list[Unit], n: int) -> bytes:
    lines = ["姓名,身份证号,单位,民族,入党时间,参加工作时间,现任职务,职务层次,最高学历,年度考核结果,简历"]
    for number in range(n):
        first = f"990{number // 1_000_000:03d}{1966 + number % 34}{1 + number // 34 % 12:02d}{1 + number // 408 % 28:02d}"
        first += f"{number // 11_424 % 100:02d}{number % 10}"
        career = f"2010.07--2016.05  示例县农业局科员\n2016.05--  示例单位{number % 100}四级调研员"
        lines.append(
            f"{name(number)},{first}{person_check_digit(first)},{units[number % 100].name},汉族,2012.05,2010.07,"
            f'四级调研员,副处级,大学,2024年度优秀；2025年度称职,"{career}"'
        )
    return "\n".join(lines).encode()


def name(number: int) -> str:
    return (
        SURNAMES[number % len(SURNAMES)]
        + GIVEN[number // 20 % len(GIVEN)]
        + GIVEN[number // 360 % len(GIVEN)]
    )


def fill(units: list[Unit], n: int) -> None:
    """Persons without files, only to make the list long."""
    people = (
        Person(
            unit=units[number % 100],
            recorded_on=dt.date(2026, 1, 5),
            name=name(number),
            name_key=name_key(name(number)),
            name_initials=name_initials(name(number)),
            sex=str(1 + number % 2),
            born_on=dt.date(1966, 1, 1) + dt.timedelta(days=number * 37 % 12_000),
            rank=("131", "132", "141", "142", "150")[number % 5],
            education_code=("10", "20", "30")[number % 3],
            post_title="办公室副主任",
        )
        for number in range(max(0, n))
    )
    with timed(f"fill up with {n:,} more"):
        Person.objects.bulk_create(people, batch_size=1_000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def place(root: Unit, units: list[Unit], clerk, n: int) -> None:
    """One post and one placement for each of the first `n` persons, spread over ten campaigns."""
    campaigns = [make_campaign(root, created_by=clerk) for _number in range(10)]
    days = {"starts_on": dt.date(2026, 3, 1), "ends_on": dt.date(2027, 3, 1)}
    with timed(f"place {n:,} of them"):
        posts = Post.objects.bulk_create(
            (
                Post(
                    host_unit=units[number % 100],
                    title="副镇长（挂职）",
                    state="approved",
                    created_by=clerk,
                    **days,
                )
                for number in range(n)
            ),
            batch_size=1_000,
        )
        people = Person.objects.order_by("pk").values_list("pk", "unit_id")[:n]
        Placement.objects.bulk_create(
            (
                Placement(
                    campaign=campaigns[number % 10],
                    person_id=person,
                    post=post,
                    home_unit_id=unit,
                    host_unit_id=post.host_unit_id,
                    state="in_post",
                    decision_number="示例决定〔2026〕1号",
                    **days,
                )
                for number, ((person, unit), post) in enumerate(zip(people, posts, strict=True))
            ),
            batch_size=1_000,
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def measure_list(unit: Unit, clerk) -> None:
    """Queries and answering times of the list page."""
    client = Client()
    client.force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")
    print(f"list pages, {Person.objects.count():,} persons, {Placement.objects.count():,} placements")
    print(f"  {'':<28}{'queries':>8}{'median':>10}{'p95':>10}")
    for what, address in PAGES.items():
        url = address.format(unit=unit.pk)

        def ask(url: str = url) -> None:
            if client.get(url).status_code != 200:
                raise SystemExit(f"{url} is not answered")

        ask()
        with CaptureQueriesContext(connection) as queries:
            ask()
        n_queries = len(queries)  # read at once: the next request empties the log
        median, slow = spread(ask)
        print(f"  {what:<28}{n_queries:>8}{median:>8.0f}ms{slow:>8.0f}ms")


def spread(ask: Callable[[], None], times: int = 20) -> tuple[float, float]:
    """Median and 95th percentile in milliseconds."""
    found = []
    for _n in range(times):
        start = time.perf_counter()
        ask()
        found.append(1000 * (time.perf_counter() - start))
    return statistics.median(found), statistics.quantiles(found, n=20)[-1]


if __name__ == "__main__":
    main()
