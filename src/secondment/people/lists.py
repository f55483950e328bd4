"""The list of persons and the rows of an import, as tables."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Case, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from secondment.accounts.models import User
from secondment.algorithms.periods import full_years
from secondment.common.components import Status
from secondment.common.display import NOTHING
from secondment.common.file_faults import told, told_again
from secondment.common.listing.columns import state_column
from secondment.common.listing.listing import BulkAction, Column, Listing
from secondment.common.listing.rows import SortKey
from secondment.common.sentences import joined_sentences, labelled
from secondment.people.choices import ImportState, PairState, PersonState, RowOutcome
from secondment.people.files.draft import place_of
from secondment.people.filters import PairFilter, PersonFilter
from secondment.people.labels import (
    degree_label,
    education_label,
    ethnicity_label,
    grade_label,
    political_label,
    rank_label,
    title_label,
)
from secondment.people.models import Person, RosterImportRow, SuspectedPair
from secondment.people.queries import order_of_files
from secondment.people.rules import may_create_somewhere, may_export_list, may_read_files, sections_of
from secondment.people.sections import Section
from secondment.people.services.imports.differences import label_of, readable_changes

# What a host unit's list shows; it must not be sorted by what it does not show either.
OPEN_COLUMNS = frozenset(
    {"name", "sex", "age", "unit.name", "post_title", "rank", "ethnicity", "political", "state"}
)
STATES: dict[str, Status] = {
    PersonState.ACTIVE: "good",
    PersonState.RETIRED: "idle",
    PersonState.LEFT: "idle",
    PersonState.DIED: "idle",
    PersonState.MERGED: "idle",
}
OUTCOMES: dict[str, Status] = {
    RowOutcome.CREATED: "info",
    RowOutcome.CHANGED: "warn",
    RowOutcome.UNCHANGED: "idle",
    RowOutcome.REFUSED: "bad",
}
IMPORT_STATES: dict[str, Status] = {
    ImportState.CHECKING: "info",
    ImportState.ASKING: "warn",
    ImportState.CHECKED: "warn",
    ImportState.IMPORTING: "info",
    ImportState.IMPORTED: "good",
    ImportState.FAILED: "bad",
}


def people_table(user: User, on: dt.date) -> Listing:
    """The list as this reader may see it on this day."""

    def allowed(section: Section, value: Callable[[Person], object]) -> Callable[[Person], object]:
        return lambda person: value(person) if section in sections_of(user, person) else ""

    def of_file(key: str, label: Any, sort: str, value: Callable[[Person], object]) -> Column:
        """A column that is off until chosen; whose file the reader may not read stands nowhere by what is in it."""
        return _hidden(key, label, sort and order_of_files(user, sort), allowed(Section.FILE, value))

    basics = Section.BASICS
    columns: tuple[Column, ...] = (
        Column("name", _("姓名"), sort="name_key", phone="title"),
        Column("sex", _("性别"), sort="sex", value=lambda row: row.get_sex_display(), is_short=True),
        Column(
            "age",
            _("年龄"),
            sort="-born_on",
            value=lambda row: row.born_on and full_years(row.born_on, on),
            align="end",
        ),
        Column("unit.name", _("所在单位"), sort="unit__path", phone="line"),
        Column("post_title", _("现任职务"), phone="line"),
        Column("rank", _("职务层次"), sort="rank", value=lambda row: rank_label(row.rank), is_short=True),
        replace(
            of_file(
                "education",
                _("最高学历"),
                "education_code",
                lambda row: education_label(row.education_code),
            ),
            is_hidden_by_default=False,
        ),
        of_file("born_on", _("出生日期"), "born_on", lambda row: row.born_on),
        of_file("identity", _("身份证号"), "", lambda row: row.identity_masked),
        _hidden(
            "ethnicity", _("民族"), "ethnicity", allowed(basics, lambda row: ethnicity_label(row.ethnicity))
        ),
        of_file("native_place", _("籍贯"), "", lambda row: row.native_place),
        _hidden(
            "political",
            _("政治面貌"),
            "political_status",
            allowed(basics, lambda row: political_label(row.political_status)),
        ),
        of_file("joined_party_on", _("入党时间"), "joined_party_on", lambda row: row.joined_party_on),
        of_file("started_work_on", _("参加工作时间"), "started_work_on", lambda row: row.started_work_on),
        of_file("category", _("人员类别"), "category", lambda row: row.get_category_display()),
        of_file("grade_rank", _("职级"), "", lambda row: grade_label(row.grade_rank)),
        of_file("rank_since", _("任现职务层次时间"), "rank_since", lambda row: row.rank_since),
        of_file("title", _("职称级别"), "title_level", lambda row: title_label(row.title_level)),
        of_file("degree", _("最高学位"), "degree_level", lambda row: degree_label(row.degree_level)),
        of_file("grassroots", _("基层工作年限"), "grassroots_years", lambda row: row.grassroots_years),
        _hidden("reserve", _("优秀年轻干部"), "", allowed(Section.RESERVE, lambda row: row.is_reserve)),
        Column(
            "state",
            _("状态"),
            value=lambda row: _("在外挂职") if row.is_out else row.get_state_display(),
            status=lambda row: "info" if row.is_out else STATES[row.state],
            phone="aside",
            is_short=True,
        ),
    )
    if not may_read_files(user):
        columns = tuple(one for one in columns if one.key in OPEN_COLUMNS)
    is_clerk = may_create_somewhere(user)
    return Listing(
        key="people",
        title=_("干部名册"),
        columns=columns,
        default_sort="name",
        row_url=lambda row: reverse("people:person_detail", args=[row.pk]),
        filters=type("PersonFilterOn", (PersonFilter,), {"on": on}),
        bulk_actions=(BulkAction("forms", _("导出任免表"), "people:forms_export", icon="download"),)
        if is_clerk
        else (),
        empty_title=_("暂无干部"),
        empty_text=_("可以逐人录入，也可以从名册或任免表文件批量导入。"),
        is_exportable=may_export_list(user),
        summary="people/_search_summary.html",
    )


def _hidden(key: str, label: Any, sort: SortKey, value: Callable[[Person], object]) -> Column:
    """A column that is off until chosen."""
    return Column(
        key, label, sort=sort or (), value=value, is_hidden_by_default=True, phone="hidden", is_short=True
    )


PAIR_STATES: dict[str, Status] = {
    PairState.OPEN: "warn",
    PairState.DIFFERENT: "idle",
    PairState.MERGED: "good",
}
PAIRS = Listing(
    key="pairs",
    title=_("疑似重复人员"),
    columns=(
        Column("first.name", _("姓名"), sort="first__name_key", phone="title"),
        Column("first.unit.name", _("单位"), sort="first__unit__path", phone="line"),
        Column("second.name", _("另一份的姓名"), sort="second__name_key"),
        Column("second.unit.name", _("另一份的单位"), sort="second__unit__path", phone="line"),
        Column("likeness", _("相同之处"), value=SuspectedPair.get_likeness_display),
        Column("found_at", _("发现时间"), sort="found_at", is_short=True),
        Column("decided_by.name", _("核实人"), is_hidden_by_default=True),
        state_column(PAIR_STATES, sort=(Case(When(state=PairState.OPEN, then=0), default=1), "-found_at")),
    ),
    default_sort="state",
    row_url=lambda row: reverse("people:pair_detail", args=[row.pk]),
    filters=PairFilter,
    is_exportable=False,
    empty_title=_("没有疑似重复人员"),
    empty_text=_("录入、修改和导入人员后，系统会自动核对，可能是同一人的在此列出。"),
)

IMPORTS = Listing(
    key="imports",
    title=_("导入记录"),
    columns=(
        Column("file.name", _("文件"), phone="title"),
        Column("created_at", _("时间"), sort="created_at", is_short=True),
        Column("unit.name", _("导入到单位"), phone="line"),
        Column("by.name", _("导入人")),
        Column("n_created", _("新增"), align="end"),
        Column("n_changed", _("更新"), align="end"),
        Column("n_unchanged", _("无变化"), align="end"),
        Column("n_refused", _("有问题"), align="end"),
        state_column(IMPORT_STATES),
    ),
    default_sort="-created_at",
    row_url=lambda row: reverse("people:import_detail", args=[row.pk]),
    empty_title=_("尚未导入名册"),
    is_exportable=False,
)

_BORN = "出生年月"


@dataclass(frozen=True)
class ReadableRow:
    """A row of an import with the changes and problems its reader may see."""

    outcome: str
    changes: Sequence[Mapping[str, str]]
    problems: Sequence[Mapping[str, str]]


def import_rows_table(readable: frozenset[Section], *, is_own_file: bool) -> Listing:
    """The rows of an import for a reader of these sections of its people; whoever sent the file is told all its faults."""
    tells_family = is_own_file or Section.FAMILY in readable

    def content(row: RosterImportRow) -> ReadableRow:
        problems = [
            told_again(one) for one in row.problems if tells_family or not _is_about_family(one["column"])
        ]
        return ReadableRow(row.outcome, readable_changes(row.changes, readable), problems)

    return Listing(
        key="import-rows",
        title=_("导入明细"),
        columns=(
            Column("label", _("姓名"), sort="position", phone="title"),
            Column("source", _("来源"), value=lambda row: told(place_of(row.source, row.line)).found),
            Column(
                "outcome",
                _("结果"),
                value=RosterImportRow.get_outcome_display,
                status=lambda row: OUTCOMES[row.outcome],
                phone="aside",
            ),
            Column(
                "details",
                _("内容"),
                value=content,
                template="people/_import_row.html",
                export=lambda row: "\n".join(row_words(content(row))),
                phone="line",
            ),
        ),
        default_sort="label",
        empty_title=_("该组没有人员"),
    )


def _is_about_family(column: str) -> bool:
    """Whether a fault is about a relative (“称谓”, “妻子出生年月”); every clerk who sees the import reads the others."""
    return column in {"家庭成员", "称谓", "工作单位及职务"} or (column.endswith(_BORN) and column != _BORN)


def row_words(row: ReadableRow) -> list[str]:
    """Changes and problems of a row as lines of text."""
    changes = [
        labelled(label_of(one["field"]), f"{one['old'] or NOTHING} → {one['new']}") for one in row.changes
    ]
    problems = [
        labelled(one["column"], joined_sentences(filter(None, (one["found"], one["remedy"]))))
        for one in row.problems
    ]
    return changes + problems


@dataclass(frozen=True)
class UnitGaps:
    """A unit below, and how many of its own people lack something."""

    key: int
    name: str
    n: int


UNITS_WITH_GAPS = Listing(
    key="units_with_gaps",
    title=_("下级单位"),
    columns=(
        Column("name", _("单位"), sort="name", phone="title"),
        Column("n", _("信息不全人数"), sort="n", align="end", phone="aside"),
    ),
    default_sort="-n",
    row_url=lambda row: f"{reverse('people:supplement')}?unit={row.key}",
    is_exportable=False,
    empty_title=_("没有这样的下级单位"),
)
