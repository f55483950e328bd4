"""Lists of appraisals, of candidates, of papers and of raters."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secondment.appraisals.choices import AppraisalState, Standing
from secondment.appraisals.filters import AppraisalFilter, CandidateFilter, PaperFilter, RaterFilter
from secondment.appraisals.links import Link
from secondment.appraisals.models import Appraisal, BallotPaper
from secondment.appraisals.small_groups import is_small
from secondment.appraisals.turnout import Turnout
from secondment.common.components import Status
from secondment.common.listing.listing import BulkAction, Column, Listing
from secondment.placements.filters import PlacementFilter
from secondment.units.queries import place_of

STATUS: dict[str, Status] = {
    AppraisalState.DRAFT: "warn",
    AppraisalState.FROZEN: "info",
    AppraisalState.OPEN: "info",
    AppraisalState.CLOSED: "good",
    AppraisalState.VOID: "idle",
}
STANDING: dict[str, Status] = {Standing.LISTED: "idle", Standing.DRAWN: "good", Standing.EXCLUDED: "warn"}

APPRAISALS = Listing(
    key="appraisals",
    title=gettext_lazy("民主测评"),
    columns=(
        Column("name", gettext_lazy("名称"), sort="name", phone="title"),
        Column("year", gettext_lazy("考核年度"), sort=("year", "held_on"), is_short=True),
        Column("get_occasion_display", gettext_lazy("类型"), sort="occasion"),
        Column("owner_unit.name", gettext_lazy("主办组织部门"), sort="owner_unit__path"),
        Column("held_on", gettext_lazy("测评日期"), sort="held_on", is_short=True, phone="line"),
        Column("closes_on", gettext_lazy("截止日期"), sort="closes_on", is_short=True),
        Column(
            "state",
            gettext_lazy("状态"),
            sort="state",
            value=lambda row: row.get_state_display(),
            status=lambda row: STATUS[row.state],
            phone="aside",
        ),
    ),
    default_sort="-year",
    row_url=lambda row: reverse("appraisals:appraisal_detail", args=[row.pk]),
    filters=AppraisalFilter,
    empty_title=gettext_lazy("还没有民主测评"),
    empty_text=gettext_lazy("年度考核和期满考核各用一次：先选测评对象，再生成票种、填名单，锁定后投票。"),
)
NUMBERS = (
    Column("n_candidates", gettext_lazy("测评对象"), sort="n_candidates", align="end"),
    Column("n_papers", gettext_lazy("票种数"), sort="n_papers", align="end"),
)
"""Figures of the whole appraisal, for those who see all of it."""
CHOOSABLE = Listing(
    key="appraisal-choosable",
    title=gettext_lazy("选择测评对象"),
    columns=(
        Column("person.name", gettext_lazy("姓名"), sort=("person__name_key", "pk"), phone="title"),
        Column("home_unit.name", gettext_lazy("派出单位"), sort="home_unit__path"),
        Column("host_unit.name", gettext_lazy("接收单位"), sort="host_unit__path", phone="line"),
        Column("post.title", gettext_lazy("挂任职务"), sort="post__title"),
        Column(
            "programme_version.programme.name",
            gettext_lazy("挂职项目"),
            sort="programme_version__programme__name",
        ),
        Column("starts_on", gettext_lazy("挂职开始"), sort="starts_on", is_short=True),
        Column("last_day", gettext_lazy("挂职结束"), sort="ends_on", is_short=True),
        Column("state", gettext_lazy("状态"), value=lambda row: row.get_state_display(), phone="aside"),
    ),
    default_sort="host_unit.name",
    filters=PlacementFilter,
    is_exportable=False,
    empty_title=gettext_lazy("没有可以列入的人员"),
    empty_text=gettext_lazy("只列考核年度内在挂的人员；已在其他民主测评中测评过该年度的不再列出。"),
)
CANDIDATES = Listing(
    key="appraisal-candidates",
    title=gettext_lazy("测评对象"),
    columns=(
        Column(
            "placement.person.name",
            gettext_lazy("姓名"),
            sort=("placement__person__name_key", "pk"),
            phone="title",
        ),
        Column(
            "placement.host_unit.name",
            gettext_lazy("接收单位"),
            value=lambda row: place_of(row.placement.host_unit),
            sort=("placement__host_unit__path", "placement__person__name_key"),
            phone="line",
        ),
        Column("placement.post.title", gettext_lazy("挂任职务"), sort="placement__post__title"),
        Column("placement.home_unit.name", gettext_lazy("派出单位"), sort="placement__home_unit__path"),
        Column("standard", gettext_lazy("测评标准"), value=lambda row: str(row.standard)),
    ),
    default_sort="placement.host_unit.name",
    row_url=lambda row: reverse("appraisals:candidate_detail", args=[row.pk]),
    filters=CandidateFilter,
    empty_title=gettext_lazy("还没有测评对象"),
    empty_text=gettext_lazy("点“选择测评对象”，按项目、批次、单位筛选后列入。"),
)
PAPERS = Listing(
    key="appraisal-papers",
    title=gettext_lazy("票种和名单"),
    columns=(
        Column(
            "unit.name",
            gettext_lazy("参评单位"),
            value=lambda row: place_of(row.unit),
            sort="unit__path",
            phone="title",
        ),
        Column("get_group_display", gettext_lazy("评议主体"), sort="group", is_short=True, phone="line"),
        Column("n_candidates", gettext_lazy("测评对象"), sort="n_candidates", align="end"),
        Column("n_listed", gettext_lazy("名单人数"), sort="n_listed", align="end"),
        Column(
            "n_wanted",
            gettext_lazy("应抽取人数"),
            sort="n_wanted",
            value=lambda row: _("全部") if row.n_wanted is None else row.n_wanted,
            export=lambda row: row.n_wanted,
            align="end",
        ),
    ),
    default_sort="unit.name",
    row_url=lambda row: reverse("appraisals:roster", args=[row.pk]),
    filters=PaperFilter,
    empty_title=gettext_lazy("还没有票种"),
    empty_text=gettext_lazy(
        "选好测评对象后点“自动生成票种”：每个接收单位的领导、同事、群众和派出单位各一种。"
    ),
)
RATERS = Listing(
    key="appraisal-raters",
    title=gettext_lazy("参评人员名单"),
    columns=(
        Column("position", gettext_lazy("序号"), sort="position", align="end"),
        Column("name", gettext_lazy("姓名"), sort=("name", "position"), phone="title"),
        Column("duty", gettext_lazy("单位职务或身份"), sort=("duty", "position"), phone="line"),
    ),
    default_sort="position",
    filters=RaterFilter,
    empty_title=gettext_lazy("名单还是空的"),
    empty_text=gettext_lazy("在上面每行填一人，或从 Excel 导入。"),
)


def appraisal_list(*, sees_all: bool) -> Listing:
    """Figures are for those who see all: a unit would read a wrong number."""
    columns = APPRAISALS.columns
    return replace(APPRAISALS, columns=(*columns[:-1], *NUMBERS, columns[-1])) if sees_all else APPRAISALS


def choosable_list(appraisal: Appraisal) -> Listing:
    """Whom the department takes in."""
    action = BulkAction(
        "add", gettext_lazy("列为测评对象"), "appraisals:candidates_add", icon="plus", args=(appraisal.pk,)
    )
    return replace(CHOOSABLE, bulk_actions=(action,))


def candidate_list(appraisal: Appraisal, links: Mapping[int, Link], *, may_change: bool) -> Listing:
    """Who is appraised, by how many, and with whom raters are shared."""
    numbers = (
        Column(
            "n_raters",
            gettext_lazy("评议人数"),
            value=lambda row: links[row.pk].n_raters,
            align="end",
            phone="aside",
        ),
        Column(
            "n_shared",
            gettext_lazy("有共同评议人的对象"),
            value=lambda row: links[row.pk].n_others,
            align="end",
        ),
        Column(
            "island",
            gettext_lazy("可比组"),
            value=lambda row: links[row.pk].island or _("不可比"),
            align="end",
        ),
    )
    actions = (
        BulkAction(
            "remove",
            gettext_lazy("移出"),
            "appraisals:candidates_remove",
            question=gettext_lazy("移出选中的测评对象？其票种和名单保留，可随后修改。"),
            is_danger=True,
            args=(appraisal.pk,),
        ),
    )
    return replace(
        CANDIDATES, columns=(*CANDIDATES.columns, *numbers), bulk_actions=actions if may_change else ()
    )


def paper_list(turnouts: Mapping[int, Turnout] | None) -> Listing:
    """The papers; how many vote once lists are locked, and the turnout once the box is closed."""
    more: list[Column] = []
    if turnouts is not None:
        more = [
            Column("n_voting", gettext_lazy("参评人数"), sort="n_voting", align="end"),
            Column(
                "turnout",
                gettext_lazy("有效票"),
                value=lambda row: turnout_words(row, turnouts[row.pk]),
                status=lambda row: turnout_status(row, turnouts[row.pk]),
            ),
        ]
    state = Column(
        "roster",
        gettext_lazy("名单"),
        value=roster_words,
        status=roster_status,
        phone="aside",
    )
    return replace(PAPERS, columns=(*PAPERS.columns, *more, state))


def rater_list(paper: BallotPaper, *, may_fill: bool, may_replace: bool) -> Listing:
    """The list of one paper; after the draw with its order and standing."""
    columns = [*RATERS.columns]
    is_drawn = paper.appraisal.state not in (AppraisalState.DRAFT, AppraisalState.VOID)
    if is_drawn:
        columns += [
            Column("drawn_order", gettext_lazy("抽取次序"), sort=("drawn_order", "position"), align="end"),
            Column(
                "standing",
                gettext_lazy("参评情况"),
                sort="standing",
                value=lambda row: row.get_standing_display(),
                status=lambda row: STANDING[row.standing],
                phone="aside",
            ),
        ]
    columns.append(Column("note", gettext_lazy("说明"), value=note_of, phone="text"))
    action = BulkAction(
        "remove",
        gettext_lazy("移出名单"),
        "appraisals:raters_remove",
        question=gettext_lazy("移出选中的参评人员？"),
        is_danger=True,
        args=(paper.pk,),
    )
    return replace(
        RATERS,
        columns=tuple(columns),
        bulk_actions=(action,) if may_fill else (),
        row_url=_replace_url if may_replace else None,
    )


def note_of(row: Any) -> str:
    """Why somebody does not vote, or stands in; that a name was checked."""
    return row.reason or (_("同名，已核实") if row.is_namesake else "")


def roster_words(row: Any) -> str:
    """How far the list of a paper is."""
    if row.n_listed == 0:
        return _("名单为空")
    if is_small(expected(row)):
        return _("不足 5 人")
    if row.appraisal.state != AppraisalState.DRAFT:
        return _("已锁定")
    if row.asked_on is not None and row.handed_in_on is None:
        return _("待报送")
    return _("已报送") if row.handed_in_on else _("已填")


def roster_status(row: Any) -> Status:
    """Colour of that."""
    if row.n_listed == 0 or is_small(expected(row)):
        return "warn"
    return "idle" if row.asked_on is not None and row.handed_in_on is None else "good"


def expected(row: Any) -> int:
    """How many will vote: those drawn, before the draw as many as are wanted of those on the list."""
    if row.appraisal.state != AppraisalState.DRAFT:
        return int(row.n_voting)
    return int(row.n_listed if row.n_wanted is None else min(row.n_wanted, row.n_listed))


def turnout_words(row: Any, turnout: Turnout) -> str:
    """Nothing before the box is closed: there are no live tallies."""
    if row.appraisal.state != AppraisalState.CLOSED:
        return ""
    values = {"counted": turnout.counted, "needed": turnout.needed}
    if turnout.is_met:
        return _("%(counted)d 票，达到规定") % values
    return _("%(counted)d 票，未达 %(needed)d 票，本票种不计") % values


def turnout_status(row: Any, turnout: Turnout) -> Status:
    """Colour of that."""
    if row.appraisal.state != AppraisalState.CLOSED:
        return "idle"
    return "good" if turnout.is_met else "bad"


def _replace_url(row: Any) -> str:
    return reverse("appraisals:rater_replace", args=[row.pk])
