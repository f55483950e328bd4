"""The lists of campaigns as tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, F, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from secondment.campaigns.choices import CAMPAIGN_STATUS, OUTCOME_STATUS, NominationState, Result
from secondment.campaigns.eligibility_rules.rule import education_text
from secondment.campaigns.filters import (
    CampaignFilter,
    CandidateFilter,
    NominationFilter,
    OfferFilter,
    PersonFilter,
    PostFilter,
    finding_filter,
)
from secondment.campaigns.shown_findings import shown_finding
from secondment.campaigns.states import UNDECIDED
from secondment.common.components import Status
from secondment.common.listing.columns import state_column
from secondment.common.listing.listing import BulkAction, Column, Listing
from secondment.people.labels import rank_label

RESULT_STATUS: Mapping[str, Status] = {
    Result.PASS: "good",
    Result.WARN: "warn",
    Result.BLOCK: "bad",
    Result.EXEMPT: "info",
}
WORST_FIRST = Case(
    When(result=Result.BLOCK, then=0),
    When(result=Result.WARN, then=1),
    When(result=Result.EXEMPT, then=2),
    default=3,
)
PRIORITIES = {1: _("优先"), 2: _("一般"), 3: _("备选")}


@dataclass(frozen=True)
class CampaignAction(BulkAction):
    """An action on chosen rows of one campaign."""

    arguments: tuple[int, ...] = ()

    @property
    def url(self) -> str:
        """Where the chosen rows are sent."""
        return reverse(self.url_name, args=self.arguments)


def check_result(row: Any) -> tuple[str, Status]:
    """The check result of a nomination, as a word and a colour."""
    if row.state == NominationState.WITHDRAWN:
        return str(_("已撤回")), "idle"
    if row.outcome:
        return str(row.get_outcome_display()), OUTCOME_STATUS[row.outcome]
    if row.is_stale:
        return str(_("待审查")), "idle"
    if row.checked_at is None:
        return str(_("未在系统审查")), "idle"
    if row.is_blocked:
        return str(_("不符合")), "bad"
    if row.has_pair_block:
        return str(_("部分岗位不符合")), "warn"
    if row.is_elsewhere and row.campaign.state in UNDECIDED:
        return str(_("另有推荐")), "warn"
    return (str(_("有提示")), "warn") if row.has_warning else (str(_("符合")), "good")


CAMPAIGNS = Listing(
    key="campaigns",
    title=pgettext_lazy("list", "批次"),
    columns=(
        Column("name", _("批次名称"), sort="name", phone="title"),
        Column("programme_version.programme.name", _("项目"), sort="programme_version__programme__name"),
        Column("owner_unit.name", _("主办"), sort="owner_unit__name", is_hidden_by_default=True),
        Column("nominations_until", _("推荐截止"), sort="nominations_until", is_short=True),
        Column("starts_on", _("挂职开始"), sort="starts_on", is_short=True),
        state_column(CAMPAIGN_STATUS, sort="state", is_short=True),
    ),
    default_sort="-starts_on",
    row_url=lambda row: reverse("campaigns:campaign_detail", args=[row.pk]),
    filters=CampaignFilter,
    empty_title=_("暂无批次"),
    empty_text=_("组织部门新建批次并开始征集后，在此显示。"),
)

# the figures of the entire campaign, for those who run it
OWNED_CAMPAIGNS_FIGURES = (
    Column("n_places", _("岗位人数"), sort="n_places", align="end", is_short=True),
    Column("n_asked", _("名额"), sort="n_asked", align="end", is_short=True),
    Column("n_nominated", _("已推荐"), sort="n_nominated", align="end", is_short=True),
    Column("n_answered", _("已答复"), sort="n_answered", align="end", is_short=True),
)

QUOTAS = Listing(
    key="campaign_quotas",
    title=_("名额与推荐进度"),
    columns=(
        Column("home_unit.name", _("派出单位"), sort="home_unit__path", phone="title"),
        Column("n_asked", _("推荐名额"), sort="n_asked", align="end"),
        Column("release_cap", _("最多派出"), sort="release_cap", align="end"),
        Column("n_nominated", _("已推荐"), sort="n_nominated", align="end"),
        Column("n_missing", _("尚缺"), sort="n_missing", align="end"),
        Column("n_answered", _("本人已答复"), sort="n_answered", align="end"),
    ),
    default_sort="home_unit.name",
    row_url=lambda row: (
        f"{reverse('campaigns:nomination_list', args=[row.campaign_id])}?unit={row.home_unit.name}"
    ),
    empty_title=_("尚未分配名额"),
    empty_text=_("请先为派出单位分配名额。"),
)

POSTS_TO_OFFER = Listing(
    key="posts_to_offer",
    title=_("可选入的岗位"),
    columns=(
        Column("host_unit.name", _("接收单位"), sort="host_unit__path", phone="title"),
        Column("title", _("挂任职务"), sort="title", phone="line"),
        Column("get_direction_display", _("方向"), sort="direction", is_short=True),
        Column("region.full_name", _("工作地点"), sort="region__code"),
        Column("headcount", _("人数"), sort="headcount", align="end", is_short=True),
        Column("starts_on", _("开始"), sort="starts_on", is_short=True),
        Column("hardship", _("艰苦程度"), sort="hardship", align="end", is_hidden_by_default=True),
    ),
    default_sort="host_unit.name",
    filters=PostFilter,
    is_exportable=False,
    empty_title=_("没有可选入的岗位"),
    empty_text=_("这里列出经审核、方向和期限与本批次相符，并且没有挂职干部在岗、未列入其他批次的岗位。"),
)

OFFERS = Listing(
    key="campaign_offers",
    title=_("批次岗位"),
    columns=(
        Column("post.host_unit.name", _("接收单位"), sort="post__host_unit__path", phone="title"),
        Column("post.title", _("挂任职务"), sort="post__title", phone="line"),
        Column("post.region.full_name", _("工作地点"), sort="post__region__code"),
        Column("post.headcount", _("人数"), sort="post__headcount", align="end", is_short=True),
        Column(
            "priority",
            _("优先级"),
            sort="priority",
            value=lambda row: PRIORITIES.get(row.priority, row.priority),
        ),
        Column("team", _("编组"), sort="team", is_short=True),
        Column("n_wishes", _("志愿人数"), sort="n_wishes", align="end", is_short=True),
    ),
    default_sort="post.host_unit.name",
    row_url=lambda row: reverse("campaigns:candidates", args=[row.pk]),
    filters=OfferFilter,
    empty_title=_("暂无岗位"),
    empty_text=_("从已审核的岗位中选入本批次。"),
)

CANDIDATES = Listing(
    key="candidates",
    title=_("可选择的人选"),
    columns=(
        Column("person.name", _("姓名"), sort="person__name_key", phone="title"),
        Column("home_unit.name", _("派出单位"), sort="home_unit__path", phone="line"),
        Column("person.post_title", _("现任职务"), sort="person__post_title"),
        Column(
            "person.rank", _("职务层次"), sort="person__rank", value=lambda row: rank_label(row.person.rank)
        ),
    ),
    default_sort="person.name",
    filters=CandidateFilter,
    is_exportable=False,
    empty_title=_("没有其他人选"),
    empty_text=_("资格符合的人选都已加入意向，或尚无资格符合的人选。"),
)

PERSONS = Listing(
    key="persons_to_nominate",
    title=_("可推荐的干部"),
    columns=(
        Column("name", _("姓名"), sort="name_key", phone="title"),
        Column("unit.name", _("单位"), sort="unit__path"),
        Column("post_title", _("现任职务"), phone="line"),
        Column("rank", _("职务层次"), sort="rank", value=lambda row: rank_label(row.rank)),
        Column(
            "born_on", _("出生年月"), sort="born_on", value=lambda row: f"{row.born_on:%Y-%m}", is_short=True
        ),
        Column(
            "education",
            _("学历"),
            sort="education_code",
            value=lambda row: education_text(row.education_code),
        ),
        Column("is_reserve", _("优秀年轻干部"), sort="is_reserve", is_short=True),
        Column(
            "willingness", _("个人意愿"), sort="willingness", value=lambda row: row.get_willingness_display()
        ),
    ),
    default_sort="name",
    filters=PersonFilter,
    is_exportable=False,
    empty_title=_("没有可推荐的干部"),
    empty_text=_("本单位在册在职干部都已推荐，或干部信息尚未导入。"),
)

NOMINATIONS = Listing(
    key="nominations",
    title=_("推荐人选"),
    columns=(
        Column("person.name", _("姓名"), sort="person__name_key", phone="title"),
        Column("home_unit.name", _("派出单位"), sort="home_unit__path", phone="line"),
        Column("person.post_title", _("现任职务")),
        Column("purpose", _("培养目的"), sort="purpose", value=lambda row: row.get_purpose_display()),
        Column("nominated_on", _("推荐日期"), sort="nominated_on", is_short=True),
        Column("answered_on", _("本人答复"), sort="answered_on", is_short=True),
        Column("n_preferences", _("志愿"), sort="n_preferences", align="end", is_short=True),
        Column(
            "result",
            _("审查结果"),
            value=lambda row: check_result(row)[0],
            status=lambda row: check_result(row)[1],
            phone="aside",
            is_short=True,
        ),
    ),
    default_sort="home_unit.name",
    row_url=lambda row: reverse("campaigns:nomination_detail", args=[row.pk]),
    filters=NominationFilter,
    empty_title=_("暂无推荐人选"),
    empty_text=_("派出单位推荐后，名单在此显示。"),
)


def findings_table(kept: frozenset[str]) -> Listing:
    """Findings one by one, for a reader from whom these rules are kept."""
    # Withheld rules neither filter nor sort: the position of a row would reveal which rule it is.
    order = Case(When(rule__in=kept, then=Value("")), default=F("rule"), output_field=CharField())
    return Listing(
        key="findings",
        title=_("资格审查结果"),
        columns=(
            Column("nomination.person.name", _("姓名"), sort="nomination__person__name_key", phone="title"),
            Column("nomination.home_unit.name", _("派出单位"), sort="nomination__home_unit__path"),
            Column(
                "rule", _("规则"), sort=order, value=lambda row: shown_finding(row, kept).title, phone="line"
            ),
            Column(
                "campaign_post",
                _("岗位"),
                sort="campaign_post__post__host_unit__path",
                value=lambda row: str(row.campaign_post.post) if row.campaign_post else "",
            ),
            Column(
                "result",
                _("结果"),
                sort=(WORST_FIRST, "nomination__person__name_key", order),
                value=lambda row: row.get_result_display(),
                status=lambda row: RESULT_STATUS[row.result],
                phone="aside",
                is_short=True,
            ),
            Column("fact", _("事实"), value=lambda row: shown_finding(row, kept).fact),
            Column("basis", _("依据"), value=lambda row: shown_finding(row, kept).basis),
            Column(
                "remedy",
                _("处理办法"),
                value=lambda row: shown_finding(row, kept).remedy,
                is_hidden_by_default=True,
            ),
            Column(
                "exemption.document_number",
                _("例外批准文号"),
                value=lambda row: (
                    "" if row.rule in kept or not row.exemption else row.exemption.document_number
                ),
                is_hidden_by_default=True,
            ),
        ),
        default_sort="result",
        row_url=lambda row: reverse("campaigns:nomination_detail", args=[row.nomination_id]),
        filters=finding_filter(kept),
        empty_title=_("没有需要处理的审查结果"),
        empty_text=_("推荐人选后，由主办组织部门进行资格审查。通过的规则可按结果筛选查看。"),
    )
