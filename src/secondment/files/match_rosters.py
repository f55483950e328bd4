"""Rosters of people and posts for matching: the columns of the entire system, every fault named by line and column."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from secondment.algorithms.eligibility import PersonFacts, PostFacts
from secondment.algorithms.eligibility.facts import UNKNOWN_BIRTH
from secondment.algorithms.fit_facts import FitPerson, FitPost
from secondment.files.arcs import CapGaps
from secondment.files.codes import specialties
from secondment.files.codes.abilities import ABILITIES
from secondment.files.codes.civil_grades import rank_held
from secondment.files.codes.code_list import UnknownCodeError, plain
from secondment.files.codes.political_status import FULL_MEMBER
from secondment.files.codes.ranks import step_of
from secondment.files.codes.titles import title_level
from secondment.files.columns.cells import NOTHING, party_of, words_of
from secondment.files.columns.column import Columns
from secondment.files.columns.pair import CAPS
from secondment.files.columns.person import PERSON
from secondment.files.columns.post import POST
from secondment.files.columns.rows import RowReader
from secondment.files.dates import Month
from secondment.files.headers import Layout
from secondment.files.problems import BadInputError, Problem
from secondment.files.reading import read_table
from secondment.files.table import Row, Table

USUAL_PRIORITY = 2
OF_PEOPLE = (
    *(
        "id",
        "name",
        "identity_number",
        "unit",
        "born",
        "education",
        "rank",
        "grade_rank",
        "professional_title",
    ),
    *(
        "grassroots_years",
        "political_status",
        "joined_party",
        "specialties",
        "region",
        "prefers_near",
        "wishes",
    ),
    *(f"ability_{code}" for code in ABILITIES.codes),
)
OF_POSTS = (
    *("code", "unit", "title", "headcount", "priority", "starts_on", "rank", "education_code", "title_level"),
    *("grassroots_years", "oldest_age", "requires_party_member", "specialties", "abilities", "region"),
    "host_wishes",
)
Item = TypeVar("Item")


@dataclass(frozen=True)
class RosterPerson:
    """One person: what the requirements and the fit look at, and posts wished for."""

    line: int
    id: str
    name: str
    unit: str
    facts: PersonFacts
    fit: FitPerson
    wishes: tuple[str, ...]


@dataclass(frozen=True)
class RosterPost:
    """One post, what it asks for, and the people its host wishes for."""

    line: int
    id: str
    unit: str
    title: str
    places: int
    priority: int
    facts: PostFacts
    fit: FitPost
    host_wishes: tuple[str, ...]


@dataclass(frozen=True)
class Roster(Generic[Item]):
    """Rows of a file and the columns it has, by our keys."""

    file: str
    items: tuple[Item, ...]
    columns: frozenset[str]
    table: Table
    notes: tuple[str, ...] = ()


def read_people(
    path: Path, layout: Layout | None = None, *, keeps_others: bool = False
) -> Roster[RosterPerson]:
    """Read the people; raises `BadInputError` listing every unknown column, or every cell that cannot be used.

    With `keeps_others`, side rules may use columns that nothing else does.
    """
    reader = _reader(path, PERSON, OF_PEOPLE, ("name",), layout, keeps_others=keeps_others)
    people = tuple(_person(reader, row) for row in reader.table.rows)
    reader.check_distinct("id" if reader.has("id") else "name", [one.id for one in people])
    reader.check_distinct("identity_number")
    reader.finish()
    notes = _notes(reader, people)
    return Roster(reader.table.file, people, frozenset(reader.headers), reader.table, notes)


def read_posts(path: Path, layout: Layout | None = None, *, keeps_others: bool = False) -> Roster[RosterPost]:
    """As `read_people`, of the posts."""
    reader = _reader(path, POST, OF_POSTS, ("code",), layout, keeps_others=keeps_others)
    often = Counter(reader.text(row, "code") for row in reader.table.rows)
    posts = tuple(_post(reader, row, often) for row in reader.table.rows)
    reader.check_distinct("code", [one.id for one in posts])
    reader.finish()
    return Roster(reader.table.file, posts, frozenset(reader.headers), reader.table)


def read_unit_caps(path: Path, people: Roster[RosterPerson]) -> tuple[dict[str, int], CapGaps]:
    """Most people each home unit releases, and the units that only one of the files names."""
    reader = _reader(path, CAPS, ("unit", "cap"), ("unit", "cap"))
    units = {one.unit for one in people.items if one.unit}
    caps = {str(reader.must(row, "unit")): int(reader.must(row, "cap", 0)) for row in reader.table.rows}
    reader.check_distinct("unit")
    reader.finish()
    here = {unit: cap for unit, cap in caps.items() if unit in units}
    return here, CapGaps.between(reader.table.file, caps, people.file, units)


def _reader(
    path: Path,
    columns: Columns,
    keys: Collection[str],
    required: Sequence[str],
    layout: Layout | None = None,
    *,
    keeps_others: bool = False,
) -> RowReader:
    """The table at `path`; an unknown column is a fault, because it may contain something the plan must respect."""
    table = read_table(path, headers=columns.headers(keys, keeps_others=keeps_others), layout=layout)
    if table.questions.columns:
        raise BadInputError(
            [
                Problem.plain(table.file, table.header_line, header, "is not a column that is read here",
                        f"say --map {header}=FIELD or --ignore {header}")
                for header, _texts in table.questions.columns
            ]
        )  # fmt: skip
    return RowReader(table, columns, required)


def _person(reader: RowReader, row: Row) -> RosterPerson:
    name, unit = plain(str(reader.must(row, "name"))), reader.text(row, "unit")
    rank = rank_held(reader.value(row, "rank", ""), reader.value(row, "grade_rank", ""))
    years = reader.value(row, "grassroots_years")
    return RosterPerson(
        row.line,
        reader.text(row, "id") or (f"{name}（{unit}）" if unit else name),
        name,
        unit,
        PersonFacts(
            born_on=_birth(reader.value(row, "born")),
            rank=rank,
            education=reader.value(row, "education", ""),
            title_level=_title(reader, row),
            grassroots_years=-1.0 if years is None else float(years),
            is_party_member=_party(reader, row) == FULL_MEMBER,
        ),
        FitPerson(
            specialties=_tags(reader.text(row, "specialties")),
            abilities={
                code: value.points / 100
                for code in ABILITIES.codes
                if (value := reader.value(row, f"ability_{code}")) is not None
            },
            rank=step_of(rank),
            grassroots_years=None if years is None else float(years),
            region=reader.text(row, "region"),
            wants_near=reader.value(row, "prefers_near", blank=False),
        ),
        reader.value(row, "wishes", ()),
    )


def _post(reader: RowReader, row: Row, often: Mapping[str, int]) -> RosterPost:
    """A number that several host units use names a post together with its unit."""
    code, unit = str(reader.must(row, "code")), reader.text(row, "unit")
    starts_on = reader.value(row, "starts_on")
    rank = reader.value(row, "rank", "")
    years = reader.value(row, "grassroots_years", 0)
    return RosterPost(
        row.line,
        code if often[code] == 1 or not unit else f"{unit} {code}",
        unit,
        reader.text(row, "title"),
        reader.value(row, "headcount", 1),
        reader.value(row, "priority", USUAL_PRIORITY),
        PostFacts(
            unit=row.line,
            oldest_age=reader.value(row, "oldest_age") if starts_on else None,
            education=reader.value(row, "education_code", ""),
            title_level=reader.value(row, "title_level", ""),
            grassroots_years=float(years),
            requires_party_member=reader.value(row, "requires_party_member", blank=False),
            starts_on=starts_on,
        ),
        FitPost(
            specialties=_tags(reader.text(row, "specialties")),
            abilities=frozenset(reader.value(row, "abilities", ())),
            rank=step_of(rank),
            grassroots_years=float(years),
            region=reader.text(row, "region"),
        ),
        reader.value(row, "host_wishes", ()),
    )


def _birth(born: dt.date | Month | None) -> dt.date:
    """A month counts as its first day, as everywhere in the system."""
    if born is None:
        return UNKNOWN_BIRTH
    return dt.date(born.year, born.month, 1) if isinstance(born, Month) else born


def _title(reader: RowReader, row: Row) -> str:
    """The level of the title; none for an unknown title, which `_notes` reports."""
    try:
        return title_level(reader.text(row, "professional_title")).value
    except UnknownCodeError:
        return ""


def _notes(reader: RowReader, people: Sequence[RosterPerson]) -> tuple[str, ...]:
    texts = {
        reader.text(row, "professional_title")
        for row, one in zip(reader.table.rows, people, strict=True)
        if not one.facts.title_level
    }
    unread = sorted(texts - NOTHING)
    note = f"{reader.table.file}: titles not recognised, so counted as none: {'、'.join(unread)}"
    return (note,) if unread else ()


def _party(reader: RowReader, row: Row) -> str:
    if reader.text(row, "political_status"):
        return str(reader.value(row, "political_status", ""))
    return str(reader.value(row, "joined_party", "", party_of))


def _tags(text: str) -> frozenset[str]:
    """Specialty codes; a word outside the list is kept, so that both files may use their own."""
    return frozenset(_tag(word) for word in words_of(text) if word not in NOTHING)


def _tag(word: str) -> str:
    try:
        return specialties.code_of(word)
    except UnknownCodeError:
        return plain(word)
