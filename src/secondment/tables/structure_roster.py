"""Read a roster (Excel, CSV, Parquet) into coded people, naming every fault and hiding none."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from secondment.algorithms.structure.counting import People
from secondment.algorithms.structure.dimensions import (
    ABILITIES,
    NATIONAL_AGE_CUTS,
    STANDARD,
    AgeBy,
    Dimension,
    age_dimension,
    named_values,
)
from secondment.tables.problems import BadInputError
from secondment.tables.structure_cells import (
    OTHER_RANK,
    OTHER_SPECIALTY,
    CellParser,
    ability_cell,
    annual_grades_cell,
    birth_cell_until,
    date_cell_until,
    degree_cell,
    education_cell,
    education_mode_cell,
    grass_roots_cell,
    minority_cell,
    party_cell,
    party_joined_cell,
    posts_held_cell,
    rank_cell,
    reserve_cell,
    sex_cell,
    specialty_cell,
    title_cell,
)
from secondment.tables.structure_source import RosterSource, open_source

ALIASES: dict[str, tuple[str, ...]] = {
    "name": ("姓名", "干部姓名", "A0101"),
    "id_number": ("身份证号", "身份证号码", "公民身份号码", "A0184"),
    "birth": ("出生年月", "出生日期", "出生年月日", "A0107"),
    "sex": ("性别", "A0104"),
    "education": ("最高学历", "学历"),
    "education_full_time": ("全日制学历", "全日制教育学历", "QRZXL"),
    "education_on_job": ("在职学历", "在职教育学历", "ZZXL"),
    "degree": ("最高学位", "学位"),
    "rank": ("职级", "职务层次", "现职务层次", "职务职级", "级别", "A0221"),
    "rank_since": ("任现职级时间", "任现职务层次时间", "任职级时间", "A0288"),
    "title": ("职称", "专业技术职称", "职称级别"),
    "party": ("政治面貌", "A0141"),
    "party_joined": ("入党时间", "A0144"),
    "minority": ("民族", "A0117"),
    "grass_roots": ("基层工作年限", "基层工作经历年限"),
    "specialty": ("专业领域", "专业标签", "专业特长", "熟悉专业", "专长", "A0187A"),
    "unit": ("单位", "工作单位", "所在单位", "现工作单位"),
    "reserve": ("后备干部", "优秀年轻干部", "后备或优秀年轻干部"),
    "excellent_years": ("近三年考核", "近三年年度考核", "年度考核结果", "A15Z101"),
    "posts_held": ("任职岗位数", "经历岗位数"),
    **{ability.key: (ability.label,) for ability in ABILITIES},
}
MOST_NAMED = 20
_FAR = 99  # stands for "not stated" while the higher of two levels is sought


@dataclass(frozen=True)
class RosterOptions:
    """How a roster is read: the day, the age bands, and the scope (columns and the text they must hold)."""

    as_of: dt.date
    age_by: AgeBy = AgeBy.MONTH
    age_cuts: Sequence[int] = NATIONAL_AGE_CUTS
    scope: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Roster:
    """Coded people, the dimensions they can be counted by, and what a reader of the figures must know."""

    people: People
    dimensions: tuple[Dimension, ...]
    notes: tuple[str, ...]


def read_roster(path: Path, options: RosterOptions) -> Roster:
    """Read and code `path`; raise `BadInputError` with every fault of every row."""
    source = open_source(path, ALIASES, options.scope)
    if not source.columns & (ALIASES.keys() - {"name", "id_number"}):
        raise BadInputError.of_file(
            path.name, "has no column to count by", "name columns as 出生年月, 性别, 学历, 职级, 单位 …"
        )
    problems = source.person_problems()
    coded: dict[str, NDArray[np.int32]] = {}
    for target, key, parser in _parsers(options):
        if key in source.columns:
            coded[target], faults = source.code(key, parser)
            problems += faults
    if problems:
        unique = {(problem.line, problem.column, problem.found): problem for problem in problems}
        raise BadInputError(sorted(unique.values(), key=lambda problem: problem.line))
    notes = _notes_on_other(source)
    dimensions = [age_dimension(options.age_cuts, options.age_by), *STANDARD]
    if "unit" in source.columns:
        coded["unit"], units = source.code_names("unit")
        dimensions.append(named_values("unit", "单位", units))
    people = People.from_arrays(_derived(coded))
    present = tuple(dimension for dimension in dimensions if dimension.column in people.columns)
    return Roster(people, present, tuple(notes))


def _parsers(options: RosterOptions) -> list[tuple[str, str, CellParser]]:
    """Coded column, roster column it comes from, and how a cell is read."""
    by_day = options.age_by is AgeBy.DAY
    return [
        ("birth", "birth", birth_cell_until(options.as_of, needs_day=by_day)),
        ("sex", "sex", sex_cell),
        ("education", "education", education_cell),
        ("education_mode", "education", education_mode_cell),
        ("education_full_time", "education_full_time", education_cell),
        ("education_on_job", "education_on_job", education_cell),
        ("degree", "degree", degree_cell),
        ("rank", "rank", rank_cell),
        ("rank_since", "rank_since", date_cell_until(options.as_of)),
        ("title", "title", title_cell),
        ("party", "party", party_cell),
        ("party_joined", "party_joined", party_joined_cell),
        ("minority", "minority", minority_cell),
        ("grass_roots", "grass_roots", grass_roots_cell),
        ("specialty", "specialty", specialty_cell),
        ("reserve", "reserve", reserve_cell),
        ("excellent_years", "excellent_years", annual_grades_cell),
        ("posts_held", "posts_held", posts_held_cell),
        *((ability.key, ability.key, ability_cell) for ability in ABILITIES),
    ]


def _notes_on_other(source: RosterSource) -> list[str]:
    """Texts that fit no listed class and were counted as “other”: said, never hidden."""
    notes = []
    for key, is_other in (("rank", _is_other_rank), ("specialty", _has_other_specialty)):
        texts = source.texts(key) if key in source.columns else []
        others = [f"“{text}” ({n_people})" for text, n_people in texts if text and is_other(text)]
        if others:
            more = f" and {len(others) - MOST_NAMED} more" if len(others) > MOST_NAMED else ""
            notes.append(f"{key}: counted as other: {', '.join(others[:MOST_NAMED])}{more}")
    return notes


def _is_other_rank(text: str) -> bool:
    return rank_cell(text) == OTHER_RANK


def _has_other_specialty(text: str) -> bool:
    return bool(specialty_cell(text) >> OTHER_SPECIALTY & 1)


def _derived(coded: dict[str, NDArray[np.int32]]) -> dict[str, NDArray[np.int32]]:
    """Add what follows from several columns: highest education and its mode, party, breadth."""
    columns = dict(coded)
    if columns.keys() & {"education", "education_full_time", "education_on_job"}:
        columns.update(_education(columns))
    if "party_joined" in columns:
        joined = columns.pop("party_joined")
        columns["party"] = np.where(
            columns.get("party", np.int32(-1)) >= 0, columns.get("party", joined), joined
        )
    if "specialty" in columns:
        n_tags = np.array([value.bit_count() for value in columns["specialty"].tolist()], dtype=np.int32)
        columns["breadth"] = np.minimum(n_tags, 3) - 1
    return columns


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
