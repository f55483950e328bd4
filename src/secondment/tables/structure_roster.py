"""Read a roster (Excel, CSV, Parquet) into coded people, naming every fault and hiding none."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
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
    Kind,
    age_dimension,
    named_values,
    with_unrecognised,
)
from secondment.tables.headers import Layout
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
    degree_in_education_cell,
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
from secondment.tables.structure_source import RosterSource, open_source

ALIASES: dict[str, tuple[str, ...]] = {
    "name": ("姓名", "干部姓名", "A0101"),
    "id_number": ("身份证号", "身份证号码", "公民身份号码", "A0184"),
    "birth": ("出生年月", "出生日期", "出生年月日", "出生时间", "出生", "A0107"),
    "sex": ("性别", "A0104"),
    "education": ("最高学历", "学历", "文化程度", "学历层次"),
    "education_full_time": ("全日制学历", "全日制教育学历", "QRZXL"),
    "education_on_job": ("在职学历", "在职教育学历", "ZZXL"),
    "degree": ("最高学位", "学位"),
    "degree_full_time": ("全日制学位", "全日制教育学位", "QRZXW"),
    "degree_on_job": ("在职学位", "在职教育学位", "ZZXW"),
    "education_and_degree": ("学历学位", "最高学历学位", "学历及学位", "学历、学位", "学历/学位"),
    "education_and_degree_full_time": ("全日制学历学位", "全日制教育学历学位", "全日制教育"),
    "education_and_degree_on_job": ("在职学历学位", "在职教育学历学位", "在职教育"),
    "rank": (
        "职级",
        "职务层次",
        "现职务层次",
        "职务职级",
        "职务级别",
        "行政级别",
        "现任职级",
        "级别",
        "A0221",
    ),
    "rank_since": ("任现职级时间", "任现职务层次时间", "任职级时间", "现职级时间", "任现级别时间", "A0288"),
    "title": ("职称", "专业技术职称", "职称级别", "专业技术职务", "技术职称", "A0196"),
    "party": ("政治面貌", "A0141"),
    "party_joined": ("入党时间", "入党年月", "入党日期", "A0144"),
    "minority": ("民族", "A0117"),
    "post_kind": ("岗位身份", "身份", "人员身份", "个人身份", "干部工人身份", "岗位类别", "岗位类型"),
    "grass_roots": ("基层工作年限", "基层工作经历年限", "基层工作经历"),
    "specialty": ("专业领域", "专业标签", "专业特长", "熟悉专业", "熟悉领域", "专长", "A0187A"),
    "unit": ("单位", "工作单位", "所在单位", "现工作单位", "单位名称", "所在部门"),
    "reserve": ("后备干部", "优秀年轻干部", "后备或优秀年轻干部"),
    "excellent_years": ("近三年考核", "近三年年度考核", "年度考核结果", "A15Z101"),
    "posts_held": ("任职岗位数", "经历岗位数"),
    **{ability.key: (ability.label,) for ability in ABILITIES},
}
MOST_NAMED = 20
_FAR = 99  # stands for "not stated" while the higher of two levels is sought


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
    source = open_source(path, ALIASES, options.scope, options.layout)
    if not source.columns & (ALIASES.keys() - {"name", "id_number"}):
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
            notes[key] = OtherTexts(key, source.headers[key], "unrecognised", texts)
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
        if dimension.kind is Kind.CODE and dimension.column in {target, parts}:
            return len(dimension.buckets)
    return None


def _widened(dimension: Dimension, codes: NDArray[np.int32]) -> Dimension:
    """The dimension with a bucket for what was not recognised, when there is any."""
    if dimension.kind is Kind.CODE and codes.max(initial=-1) == len(dimension.buckets):
        return with_unrecognised(dimension)
    return dimension


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
        ("education_and_degree", "education_and_degree", education_cell),
        ("education_and_degree_mode", "education_and_degree", education_mode_cell),
        ("education_and_degree_full_time", "education_and_degree_full_time", education_cell),
        ("education_and_degree_on_job", "education_and_degree_on_job", education_cell),
        ("degree", "degree", degree_cell),
        ("degree_full_time", "degree_full_time", degree_cell),
        ("degree_on_job", "degree_on_job", degree_cell),
        *(
            (f"degree_in_{key}", key, degree_in_education_cell)
            for key in (
                "education_and_degree",
                "education_and_degree_full_time",
                "education_and_degree_on_job",
            )
        ),
        ("rank", "rank", rank_cell),
        ("rank_since", "rank_since", date_cell_until(options.as_of)),
        ("title", "title", title_cell),
        ("party", "party", party_cell),
        ("party_joined", "party_joined", party_joined_cell),
        ("minority", "minority", minority_cell),
        ("post_kind", "post_kind", post_kind_cell),
        ("grass_roots", "grass_roots", grass_roots_cell),
        ("specialty", "specialty", specialty_cell),
        ("reserve", "reserve", reserve_cell),
        ("excellent_years", "excellent_years", annual_grades_cell),
        ("posts_held", "posts_held", posts_held_cell),
        *((ability.key, ability.key, ability_cell) for ability in ABILITIES),
    ]


def _notes_on_other(source: RosterSource) -> list[OtherTexts]:
    """Texts that fit no listed class and were counted as “other”: said, never hidden."""
    notes = []
    for key, is_other in (("rank", _is_other_rank), ("specialty", _has_other_specialty)):
        texts = source.texts(key) if key in source.columns else []
        others = tuple((text, n_people) for text, n_people in texts if text and is_other(text))
        if others:
            notes.append(OtherTexts(key, source.headers[key], "other", others))
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
    if columns.keys() & {"education", "education_full_time", "education_on_job"}:
        columns.update(_education(columns))
    _merge(columns, "party", ["party_joined"], _first_stated)
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
