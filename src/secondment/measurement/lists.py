"""Lists of measurement."""

from django.urls import reverse
from django.utils.translation import gettext_lazy

from secondment.common.components import Status
from secondment.common.listing.columns import state_column
from secondment.common.listing.listing import Column, Listing
from secondment.measurement.choices import RunState
from secondment.measurement.filters import MeasureFilter, RunFilter
from secondment.measurement.view_models import MeasureRow

RUN_STATUS: dict[str, Status] = {
    RunState.QUEUED: "idle",
    RunState.RUNNING: "info",
    RunState.DONE: "good",
    RunState.FAILED: "bad",
}
LAST = 10**9
RUNS = Listing(
    key="measurement-runs",
    title=gettext_lazy("测评计算"),
    columns=(
        Column(
            "standard_version",
            gettext_lazy("测评标准"),
            sort="standard_version__standard__name",
            phone="title",
        ),
        Column(
            "year",
            gettext_lazy("考核年度"),
            sort=("year", "pk"),
            is_short=True,
            phone="line",
            value=lambda run: str(run.year),
        ),
        Column("owner_unit.name", gettext_lazy("主办组织部门"), sort="owner_unit__path"),
        Column("model", gettext_lazy("计算方法"), value=lambda run: run.get_model_display()),
        Column("n_people", gettext_lazy("人数"), sort="n_people", align="end"),
        Column("requested_by.name", gettext_lazy("发起人"), phone="hidden"),
        Column("requested_at", gettext_lazy("发起时间"), sort=("requested_at", "pk"), is_short=True),
        state_column(RUN_STATUS),
    ),
    default_sort="-requested_at",
    row_url=lambda run: reverse("measurement:run_detail", args=[run.pk]),
    filters=RunFilter,
    empty_title=gettext_lazy("还没有测评计算"),
    empty_text=gettext_lazy("民主测评封存以后，在此计算：先直接统计，再在旁边列出校准得分。"),
)


def _score(key: str, label: object, field: str) -> Column:
    return Column(
        key,
        label,  # type: ignore[arg-type]
        value=lambda row: getattr(row.measure, field),
        sort=lambda row: -1.0 if getattr(row.measure, field) is None else getattr(row.measure, field),
        align="end",
        decimals=1,
    )


def _rank(key: str, label: object) -> Column:
    return Column(key, label, sort=lambda row: getattr(row, key) or LAST, align="end")  # type: ignore[arg-type]


def _moved(row: MeasureRow) -> str:
    """With its sign, so that a reader sees which way."""
    return "" if row.moved is None else f"{row.moved:+d}" if row.moved else "0"


MEASURES = Listing(
    key="measurement-measures",
    title=gettext_lazy("测评结果"),
    columns=(
        Column("person.name", gettext_lazy("测评对象"), sort=lambda row: row.person.name_key, phone="title"),
        Column(
            "measure.candidate.placement.host_unit.name",
            gettext_lazy("接收单位"),
            sort=lambda row: row.measure.candidate.placement.host_unit.path,
            phone="line",
        ),
        Column(
            "measure.n_ballots", gettext_lazy("有效票数"), sort=lambda row: row.measure.n_ballots, align="end"
        ),
        _score("plain", gettext_lazy("直接统计得分"), "plain_score"),
        _rank("plain_rank", gettext_lazy("统计名次")),
        _score("fair", gettext_lazy("校准得分"), "fair_score"),
        Column("interval", gettext_lazy("九成区间"), is_short=True),
        _rank("fair_rank", gettext_lazy("校准名次")),
        Column("ranks", gettext_lazy("名次范围"), is_short=True),
        Column(
            "moved", gettext_lazy("名次变化"), value=_moved, sort=lambda row: abs(row.moved or 0), align="end"
        ),
        Column(
            "measure.subset",
            gettext_lazy("可比组"),
            sort=lambda row: row.measure.subset or LAST,
            align="end",
            is_hidden_by_default=True,
        ),
        Column("notes", gettext_lazy("说明"), phone="line"),
    ),
    default_sort="plain_rank",
    row_url=lambda row: reverse("measurement:measure_detail", args=[row.measure.run_id, row.measure.pk]),
    filters=MeasureFilter,
    empty_title=gettext_lazy("没有测评结果"),
    empty_text=gettext_lazy("没有可以计入的票。"),
)
PLANS = Listing(
    key="measurement-plans",
    title=gettext_lazy("可靠性预估"),
    columns=(
        Column("name", gettext_lazy("民主测评"), sort="name", phone="title"),
        Column(
            "year",
            gettext_lazy("考核年度"),
            sort=("year", "pk"),
            is_short=True,
            phone="line",
            value=lambda one: str(one.year),
        ),
        Column("owner_unit.name", gettext_lazy("主办组织部门"), sort="owner_unit__path"),
        Column("held_on", gettext_lazy("测评日期"), sort=("held_on", "pk"), is_short=True),
        Column("state", gettext_lazy("状态"), value=lambda one: one.get_state_display(), sort="state"),
    ),
    default_sort="-held_on",
    row_url=lambda one: reverse("measurement:planning", args=[one.pk]),
    empty_title=gettext_lazy("还没有民主测评"),
    empty_text=gettext_lazy("建立民主测评以后，在此预估结果有多可靠，以及多一名考核组成员的作用。"),
)
