"""The great campaign as files for the command line and for benchmarks: roster, posts, pairs and caps."""

import csv
import datetime as dt
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from secondment.common.listing.export import export_workbook
from secondment.demo import first_secretaries
from secondment.demo.facts import Demo, DemoPerson, DemoPost, rated_on
from secondment.files.codes import ethnic_groups
from secondment.files.codes.abilities import ABILITIES
from secondment.files.codes.degrees import DegreeLevel
from secondment.files.columns.ability import RatedAbility
from secondment.files.columns.column import Column, Columns
from secondment.files.columns.person import PERSON
from secondment.files.columns.post import POST
from secondment.files.dates import Month
from secondment.people.choices import AbilitySource
from secondment.people.files.filled_form import grades_text

MOST_POSTS_A_PERSON = 200
ABILITY_KEYS = tuple(f"ability_{code}" for code in ABILITIES.codes)
ROSTER = (
    *("name", "identity_number", "born", "sex", "ethnic_group", "political_status", "started_work", "unit"),
    *(
        "current_post",
        "full_time_education",
        "on_the_job_education",
        "education",
        "degree",
        "rank",
        "rank_since",
    ),
    *("professional_title", "specialties", "grassroots_years", "is_reserve", "annual_grades"),
    *(*ABILITY_KEYS, "ability_source", "ability_on"),
)
POSTS = (
    *("code", "unit", "parent", "region", "title", "headcount", "rank", "education_code", "specialties"),
    *("abilities", "grassroots_years", "requires_party_member", "starts_on", "ends_on", "duties"),
)


def export_demo(demo: Demo, folder: Path) -> list[Path]:
    """Write roster.xlsx, posts.xlsx, arcs.csv and caps.csv into `folder`; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    names = {unit.key: unit.name for unit in demo.units}
    great = next(one for one in demo.campaigns if one.key == first_secretaries.KEY)
    nominated = {one.person for one in great.nominations}
    offered = {one.post for one in great.offers}
    people = [person for person in demo.people if person.key in nominated]
    posts = [post for post in demo.posts if post.key in offered]
    parents = {unit.key: names.get(unit.parent, "") for unit in demo.units}
    paths = [
        _workbook(
            folder / "roster.xlsx",
            "名册",
            PERSON,
            ROSTER,
            (_person(one, names, demo.as_of) for one in people),
        ),
        _workbook(folder / "posts.xlsx", "岗位", POST, POSTS, (_post(one, names, parents) for one in posts)),
    ]
    wishes = {one.person: one.preferences for one in great.nominations}
    arcs = (("person", "post", "score", "person_group"), _arcs(people, posts, names, wishes))
    caps = (("person_group", "cap"), ((names[one.unit], one.release_cap) for one in great.quotas))
    return [*paths, _csv(folder / "arcs.csv", *arcs), _csv(folder / "caps.csv", *caps)]


def _workbook(
    path: Path, title: str, columns: Columns, keys: Sequence[str], rows: Iterable[Mapping[str, object]]
) -> Path:
    """The columns in this order; a value that is not text is written as the column writes it."""
    head = [columns[key].title for key in keys]
    cells = ([_cell(columns[key], row[key]) for key in keys] for row in rows)
    path.write_bytes(export_workbook(title, head, cells))
    return path


def _cell(column: Column, value: object) -> str:
    return "" if value in {None, ""} else column.cell.write(value)


def _csv(path: Path, head: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)
    return path


def _person(person: DemoPerson, names: dict[str, str], on: dt.date) -> dict[str, object]:
    study = person.education
    facts: dict[str, object] = {
        "name": person.name,
        "identity_number": person.identity_number,
        "born": person.born_on,
        "sex": person.sex,
        "ethnic_group": ethnic_groups.label_of(person.ethnicity),
        "political_status": person.political_status,
        "started_work": f"{person.started_work_on:%Y.%m}",
        "unit": names[person.unit],
        "current_post": person.post_title,
        "full_time_education": study.full_time,
        "on_the_job_education": study.on_job,
        "education": study.code,
        "degree": DegreeLevel(study.degree_level).label if study.degree_level else "",
        "rank": person.rank,
        "rank_since": Month.of_day(person.rank_since),
        "professional_title": person.professional_title,
        "specialties": person.specialties,
        "grassroots_years": person.grassroots_years,
        "is_reserve": person.is_reserve,
        "annual_grades": grades_text(person.grades, person.category),
    }
    abilities = {f"ability_{code}": RatedAbility(value) for code, value in person.abilities}
    return facts | abilities | {"ability_source": AbilitySource.ORGANISATION, "ability_on": rated_on(on)}


def _post(post: DemoPost, names: dict[str, str], parents: dict[str, str]) -> dict[str, object]:
    return {
        "code": post.code,
        "unit": names[post.unit],
        "parent": parents[post.unit],
        "region": post.region,
        "title": post.title,
        "headcount": 1,
        "rank": post.rank,
        "education_code": post.education_code,
        "specialties": post.specialties,
        "abilities": post.abilities,
        "grassroots_years": post.grassroots_years,
        "requires_party_member": post.requires_party_member,
        "starts_on": post.starts_on,
        "ends_on": post.ends_on,
        "duties": post.duties,
    }


def _arcs(
    people: Sequence[DemoPerson],
    posts: Sequence[DemoPost],
    names: dict[str, str],
    wishes: dict[str, tuple[str, ...]],
) -> Iterator[tuple[str, str, int, str]]:
    """Each free person with up to two hundred posts: specialty 40, abilities 40, own wish 20 points."""
    source = random.Random(len(posts))  # noqa: S311 -- benchmark data, no secret
    for person in people:
        if person.is_under_investigation or person.penalties or person.political_status != "01":
            continue
        abilities, tags, wanted = dict(person.abilities), set(person.specialties), set(wishes[person.key])
        for post in source.sample(posts, min(len(posts), MOST_POSTS_A_PERSON)):
            needed = [abilities[ability] for ability in post.abilities]
            score = 40 * bool(tags & set(post.specialties)) + 20 * (post.key in wanted)
            score += round(0.4 * sum(needed) / len(needed))
            yield person.key, post.key, score, names[person.unit]
