"""Read a roster (Excel, CSV, Parquet) into coded people, naming every fault and hiding none."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from secondment.algorithms.structure.counting import People
from secondment.algorithms.structure.dimensions import (
    NATIONAL_AGE_CUTS,
    AgeBy,
    ColumnKind,
    Dimension,
    age_dimension,
    named_values,
    with_unrecognised,
)
from secondment.files.headers import Layout
from secondment.files.problems import BadInputError
from secondment.files.structure.cells import (
    OTHER_RANK,
    OTHER_SPECIALTY,
    CellParser,
    ability_cell,
    annual_grades_cell,
    birth_cell_until,
    category_cell,
    date_cell_until,
    degree_cell,
    degree_in_education_cell,
    discipline_cell,
    education_cell,
    education_mode_cell,
    grass_roots_cell,
    minority_cell,
    party_cell,
    party_joined_cell,
    post_kind_cell,
    posts_held_cell,
    rank_cell,
    reserve_cell,
    sex_cell,
    specialty_cell,
    title_cell,
)
from secondment.files.structure.dimensions import ABILITY_DIMENSIONS, STANDARD
from secondment.files.structure.source import RosterSource, open_source

# Coded column, column of the roster it comes from, and how a cell is read.
_MODES = (("", ""), ("_full_time", "full_time_"), ("_on_job", "on_the_job_"))
CODED: tuple[tuple[str, str, CellParser], ...] = (
    ("sex", "sex", sex_cell),
    *((f"education{mode}", f"{of}education", education_cell) for mode, of in _MODES),
    ("education_mode", "education", education_mode_cell),
    *((f"education_and_degree{mode}", f"{of}education_and_degree", education_cell) for mode, of in _MODES),
    ("education_and_degree_mode", "education_and_degree", education_mode_cell),
    *((f"degree{mode}", f"{of}degree", degree_cell) for mode, of in _MODES),
    *(
        (f"degree_in_education{mode}", f"{of}education_and_degree", degree_in_education_cell)
        for mode, of in _MODES
    ),
    ("rank", "rank", rank_cell),
    ("rank_of_grade", "grade_rank", rank_cell),
    ("title", "professional_title", title_cell),
    ("party", "political_status", party_cell),
    ("party_joined", "joined_party", party_joined_cell),
    ("minority", "ethnic_group", minority_cell),
    ("post_kind", "post_kind", post_kind_cell),
    ("grass_roots", "grassroots_years", grass_roots_cell),
    ("specialty", "specialties", specialty_cell),
    ("specialty_in_words", "specialty", specialty_cell),
    ("category", "category", category_cell),
    *((f"discipline{mode}", f"{of}degree", discipline_cell) for mode, of in _MODES),
    *(
        (f"discipline_in_education{mode}", f"{of}education_and_degree", discipline_cell)
        for mode, of in _MODES
    ),
    ("reserve", "is_reserve", reserve_cell),
    ("excellent_years", "annual_grades", annual_grades_cell),
    ("posts_held", "posts_held", posts_held_cell),
    *((ability.key, ability.key, ability_cell) for ability in ABILITY_DIMENSIONS),
)
KEYS = ("name", "identity_number", "unit", "born", "rank_since", *(key for _target, key, _parser in CODED))
MOST_NAMED = 20
_FAR = 99  # means "not stated" while the higher of two levels is sought


@dataclass(frozen=True)
class RosterOptions:
    """How a roster is read: the day, the age bands, and the scope (columns and the text they must hold).

    With `strict`, a text that is in no list is a fault; otherwise it is counted as not recognised.
    """

    as_of: dt.date
    age_by: AgeBy = AgeBy.MONTH
    age_cuts: Sequence[int] = NATIONAL_AGE_CUTS
    scope: tuple[tuple[str, str], ...] = ()
    strict: bool = False
    layout: Layout = field(default_factory=Layout)


@dataclass(frozen=True)
class OtherTexts:
    """Texts of one column that fit no class, with the rows that hold them, and the class they were counted in."""

    key: str
    header: str
    counted_as: str
    texts: tuple[tuple[str, int], ...]

    @property
    def english(self) -> str:
        """The note on the screen and in JSON."""
        return f"{self.key}: counted as {self.counted_as}: {self._listed(', ', ' and {} more')}"

    @property
    def chinese(self) -> str:
        """The note in a report."""
        label = {"other": "其他", "unrecognised": "无法识别"}[self.counted_as]
        return f"“{self.header}”一栏计入“{label}”的原文：{self._listed('、', '等，另有{}种')}"

    def _listed(self, comma: str, more: str) -> str:
        shown = comma.join(f"“{text}” ({n_people})" for text, n_people in self.texts[:MOST_NAMED])
        hidden = len(self.texts) - MOST_NAMED
        return shown + (more.format(hidden) if hidden > 0 else "")


@dataclass(frozen=True)
class Roster:
    """Coded people, the dimensions they can be counted by, and what a reader of the figures must know."""

    people: People
    dimensions: tuple[Dimension, ...]
    notes: tuple[OtherTexts, ...]


def read_roster(path: Path, options: RosterOptions) -> Roster:
    """Read and code `path`; raise `BadInputError` with every fault of every row."""
    source = open_source(path, KEYS, options.scope, options.layout)
    if source.columns <= {"name", "identity_number"}:
        raise BadInputError.of_file(
            path.name, "has no column to count by", "name columns as 出生年月, 性别, 学历, 职级, 单位 …"
        )
    coded, unrecognised = _coded(source, options)
    dimensions = [age_dimension(options.age_cuts, options.age_by), *STANDARD]
    if "unit" in source.columns:
        coded["unit"], units = source.code_names("unit")
        dimensions.append(named_values("unit", "单位", units))
    columns = _derived(coded)
    present = tuple(
        _widened(dimension, columns[dimension.column])
        for dimension in dimensions
        if dimension.column in columns
    )
    return Roster(People.from_arrays(columns), present, (*_notes_on_other(source), *unrecognised))


def _coded(
    source: RosterSource, options: RosterOptions
) -> tuple[dict[str, NDArray[np.int32]], list[OtherTexts]]:
    """Every column coded, and what was not recognised; `BadInputError` with all faults."""
    problems = source.person_problems()
    coded: dict[str, NDArray[np.int32]] = {}
    notes: dict[str, OtherTexts] = {}
    for target, key, parser in _parsers(options):
        if key not in source.columns:
            continue
        column = source.code(key, parser, None if options.strict else _unrecognised_code(target))
        coded[target] = column.codes
        problems += column.problems
        if column.unrecognised:
            rows = dict(source.texts(key))
            texts = tuple((text, rows[text]) for text in column.unrecognised)
            notes[key] = OtherTexts(target, source.headers[key], "unrecognised", texts)
    if problems:
        unique = {(problem.line, problem.column, problem.found): problem for problem in problems}
        raise BadInputError(sorted(unique.values(), key=lambda problem: problem.line))
    return coded, list(notes.values())


def _unrecognised_code(target: str) -> int | None:
    """The code after the last bucket, for the columns that hold buckets of a list."""
    parts = (
        target.removesuffix("_full_time").removesuffix("_on_job").replace("education_and_degree", "education")
    )
    for dimension in STANDARD:
        if dimension.kind is ColumnKind.CODE and dimension.column in {target, parts}:
            return len(dimension.buckets)
    return None


def _widened(dimension: Dimension, codes: NDArray[np.int32]) -> Dimension:
    """The dimension with a bucket for what was not recognised, when there is any."""
    if dimension.kind is ColumnKind.CODE and codes.max(initial=-1) == len(dimension.buckets):
        return with_unrecognised(dimension)
    return dimension


def _parsers(options: RosterOptions) -> list[tuple[str, str, CellParser]]:
    """Coded column, roster column it comes from, and how a cell is read."""
    birth = birth_cell_until(options.as_of, needs_day=options.age_by is AgeBy.DAY)
    return [
        ("birth", "born", birth),
        ("rank_since", "rank_since", date_cell_until(options.as_of)),
        *CODED,
    ]


def _notes_on_other(source: RosterSource) -> list[OtherTexts]:
    """Texts that fit no listed class and were counted as “other”: said, never hidden."""
    notes = []
    for target, key, is_other in (
        ("rank", "rank", _is_other_rank),
        ("rank", "grade_rank", _is_other_rank),
        ("specialty", "specialties", _has_other_specialty),
        ("specialty", "specialty", _has_other_specialty),
    ):
        texts = source.texts(key) if key in source.columns else []
        others = tuple((text, n_people) for text, n_people in texts if text and is_other(text))
        if others:
            notes.append(OtherTexts(target, source.headers[key], "other", others))
    return notes


def _is_other_rank(text: str) -> bool:
    return rank_cell(text) == OTHER_RANK


def _has_other_specialty(text: str) -> bool:
    return bool(specialty_cell(text) >> OTHER_SPECIALTY & 1)


def _derived(coded: dict[str, NDArray[np.int32]]) -> dict[str, NDArray[np.int32]]:
    """Add what follows from several columns: highest education, its mode and degree, party, breadth."""
    columns = dict(coded)
    for target in ("education", "education_full_time", "education_on_job", "education_mode"):
        combined = target.replace("education", "education_and_degree", 1)
        _merge(columns, target, [combined], _higher)
    _merge(columns, "degree", [key for key in columns if key.startswith("degree_")], _higher)
    for mode in ("full_time", "on_job"):
        _merge(
            columns,
            "discipline",
            [key for key in columns if key.startswith("discipline_") and key.endswith(mode)],
            _first_stated,
        )
    _merge(columns, "discipline", ["discipline_in_education"], _first_stated)
    if columns.keys() & {"education", "education_full_time", "education_on_job"}:
        columns.update(_education(columns))
    _merge(columns, "party", ["party_joined"], _first_stated)
    _merge(columns, "rank", ["rank_of_grade"], _first_stated)
    _merge(columns, "specialty", ["specialty_in_words"], _first_tagged)
    if "specialty" in columns:
        n_tags = np.array([value.bit_count() for value in columns["specialty"].tolist()], dtype=np.int32)
        columns["breadth"] = np.minimum(n_tags, 3) - 1
    return columns


def _merge(
    columns: dict[str, NDArray[np.int32]],
    target: str,
    sources: Sequence[str],
    rule: Callable[[NDArray[np.int32], NDArray[np.int32]], NDArray[np.int32]],
) -> None:
    """Take the source columns out and into the target column by `rule`."""
    for source in sources:
        if source in columns:
            codes = columns.pop(source)
            columns[target] = rule(columns[target], codes) if target in columns else codes


def _higher(first: NDArray[np.int32], second: NDArray[np.int32]) -> NDArray[np.int32]:
    """The smaller code, which is the higher level; -1 only where both are not stated."""
    lowest = np.minimum(np.where(first < 0, _FAR, first), np.where(second < 0, _FAR, second))
    return np.where(lowest == _FAR, -1, lowest).astype(np.int32)


def _first_stated(first: NDArray[np.int32], second: NDArray[np.int32]) -> NDArray[np.int32]:
    return np.where(first >= 0, first, second)


def _first_tagged(first: NDArray[np.int32], second: NDArray[np.int32]) -> NDArray[np.int32]:
    return np.where(first > 0, first, second)


def _education(columns: dict[str, NDArray[np.int32]]) -> dict[str, NDArray[np.int32]]:
    length = len(next(iter(columns.values())))
    unknown = np.full(length, -1, dtype=np.int32)

    def level(key: str) -> NDArray[np.int32]:
        codes = columns.get(key, unknown)
        return np.where(codes < 0, np.int32(_FAR), codes)

    stated, mode = level("education"), columns.get("education_mode", unknown)
    full_time = np.minimum(level("education_full_time"), np.where(mode == 0, stated, _FAR))
    on_job = np.minimum(level("education_on_job"), np.where(mode == 1, stated, _FAR))
    highest = np.minimum(np.minimum(full_time, on_job), stated)
    won_by = np.where(full_time == highest, 0, np.where(on_job == highest, 1, -1))
    found = {"education": highest, "education_full_time": full_time, "education_on_job": on_job}
    result = {key: np.where(codes == _FAR, -1, codes).astype(np.int32) for key, codes in found.items()}
    result["education_mode"] = np.where(highest == _FAR, -1, won_by).astype(np.int32)
    return result
