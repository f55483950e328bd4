"""Every file that the system writes of the demo says, read again, that nothing changed."""

import csv
import datetime as dt
import io
import json
from collections import Counter

import pytest
from django.db.models import Count
from python_calamine import CalamineWorkbook

from secondment.accounts.choices import Role
from secondment.campaigns.models import Campaign
from secondment.cli.main import main
from secondment.common.import_report import ImportReport
from secondment.demo.export import export_demo
from secondment.demo.generator import generate
from secondment.directory.exports import units_workbook
from secondment.directory.imports import read_units
from secondment.files.codes.abilities import ABILITIES
from secondment.people.files.filled_form import lrmx_archive
from secondment.people.files.roster_workbook import roster_workbook
from secondment.people.models import Person
from secondment.people.sections import EVERYTHING
from secondment.placements.exports import placements_workbook
from secondment.placements.imports import read_placements
from secondment.placements.models import Placement
from secondment.posts.exports import posts_workbook
from secondment.posts.imports import read_posts
from secondment.posts.models import Post
from secondment.units.models import Unit
from tests.makers import make_user
from tests.people.imported import AT, check_drafts, drafts_of, make_clerk, quiet, told, upload_roster

ON = dt.date(2026, 11, 23)
# What the command line needs and no page reads; whoever uploads these files leaves the columns out.
FOR_ANALYSTS = ("政治面貌", "最高学位")
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(scope="module")
def analysts_files(tmp_path_factory) -> dict[str, bytes]:
    paths = export_demo(generate(ON), tmp_path_factory.mktemp("demo"))
    return {path.stem: path.read_bytes() for path in paths}


def outcomes(name: str, content: bytes, ignored: tuple[str, ...] = ()) -> Counter[str]:
    root = Unit.objects.get(parent=None)
    row = upload_roster(name, content, unit=root, by=make_clerk(root), at=AT)
    row.layout = {"sheet": None, "columns": dict.fromkeys(ignored, "")}
    row.save()
    return Counter(one[2] for one in told(check_drafts(row, drafts_of(row, quiet), quiet)))


def figures(report: ImportReport) -> tuple[int, int, int, int]:
    return len(report.created), len(report.changed), report.n_unchanged, len(report.refused)


@pytest.fixture
def people():
    related = ("career", "family", "annual_grades", "specialties", "abilities")
    return Person.objects.select_related("unit__parent", "photo").prefetch_related(*related)


def test_rosters_and_forms(people) -> None:
    n_people = people.count()
    assert n_people == 1348
    assert outcomes("名册.xlsx", roster_workbook(people)) == {"unchanged": n_people}
    forms = lrmx_archive((person, EVERYTHING) for person in people)
    assert outcomes("任免表.zip", forms) == {"unchanged": n_people}


def test_units_and_demands() -> None:
    units = (
        Unit.objects.exclude(parent=None).select_related("parent__parent", "region__parent").order_by("path")
    )
    report = read_units(units_workbook(units), file="a.xlsx", units=Unit.objects.all()).report()
    assert figures(report) == (0, 0, units.count(), 0)
    posts = Post.objects.select_related("host_unit__parent", "region__parent").prefetch_related("tasks")
    report = read_posts(posts_workbook(posts), file="a.xlsx", units=Unit.objects.all()).report()
    assert figures(report) == (0, 0, posts.count(), 0)


@pytest.mark.parametrize(
    ("sign", "encoding"),
    [(",", "utf-8"), (";", "utf-8"), ("\t", "utf-8"), (",", "utf-16"), ("\t", "gb18030")],
)
def test_lists_as_text(sign: str, encoding: str) -> None:
    def as_text(workbook: bytes) -> bytes:
        out = io.StringIO(newline="")
        rows = CalamineWorkbook.from_filelike(io.BytesIO(workbook)).get_sheet_by_index(0).to_python()
        csv.writer(out, delimiter=sign).writerows(rows)
        return out.getvalue().encode(encoding)

    posts = Post.objects.select_related("host_unit__parent", "region__parent").prefetch_related("tasks")
    report = read_posts(as_text(posts_workbook(posts)), file="a.csv", units=Unit.objects.all()).report()
    assert figures(report) == (0, 0, posts.count(), 0)
    rows = Placement.objects.exclude(state="cancelled").select_related(
        "person", "post", "home_unit__parent", "host_unit__parent", "programme_version__programme"
    )
    organiser = make_user(Role.ORGANISATION_DEPARTMENT, Unit.objects.get(parent=None))
    content = as_text(placements_workbook(rows, lambda _path: True))
    assert figures(read_placements(content, file="a.csv", user=organiser, on=ON).report()) == (
        0,
        0,
        rows.count(),
        0,
    )
    assert rows


def test_files_for_analysts(analysts_files) -> None:
    assert outcomes("roster.xlsx", analysts_files["roster"], FOR_ANALYSTS) == {"unchanged": 600}

    report = read_posts(analysts_files["posts"], file="a.xlsx", units=Unit.objects.all()).report()
    assert figures(report) == (0, 0, 351, 0)


def test_the_command_line_matches_the_lists_of_the_pages_by_every_column(people, tmp_path) -> None:
    campaign = Campaign.objects.annotate(n=Count("nominations")).order_by("-n")[0]
    nominated = people.filter(nominations__campaign=campaign)
    posts = Post.objects.filter(campaign_posts__campaign=campaign).select_related(
        "host_unit__parent", "region__parent"
    )
    (tmp_path / "people.xlsx").write_bytes(roster_workbook(nominated))
    (tmp_path / "posts.xlsx").write_bytes(posts_workbook(posts.prefetch_related("tasks")))
    files = ["--people", str(tmp_path / "people.xlsx"), "--posts", str(tmp_path / "posts.xlsx")]
    assert main(["match", *files, "--out", str(tmp_path / "plan.json"), "--quiet"]) == 0
    plan = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))
    members = set(nominated.filter(political_status="01").values_list("name", flat=True))
    asked = set(posts.filter(requires_party_member=True).values_list("code", flat=True))
    placed = {pair["name"] for pair in plan["pairs"] if pair["post"] in asked}
    assert placed
    assert placed <= members
    assert (
        plan["known_share"] == 0.65
    )  # specialties, abilities and experience: these lists know no wishes, regions, ranks of posts


def test_the_command_line_counts_the_roster_of_the_pages(people, tmp_path) -> None:
    (tmp_path / "people.xlsx").write_bytes(roster_workbook(people))
    out = tmp_path / "report.json"
    words = ["--as-of", "2026-11-23", "--out", str(out), "--quiet", "--strict"]
    assert main(["structure", str(tmp_path / "people.xlsx"), *words]) == 0
    counted = {one["key"] for one in json.loads(out.read_text(encoding="utf-8"))["distributions"]}
    assert {
        "sex",
        "age",
        "education",
        "rank",
        "title",
        "party",
        "minority",
        "specialty",
        "reserve",
        *(f"ability_{code}" for code in ABILITIES.codes),
    } <= counted
