"""The tables of matching."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from secondment.campaigns.lists import PRIORITIES
from secondment.common.listing.listing import Column, Listing
from secondment.common.sentences import joined_sentences
from secondment.matching.cells import alternatives_cell, host_cell, pair_url, person_cell, score_cell
from secondment.matching.choices import UnplacedKind
from secondment.matching.figures import DECIMALS, points_text
from secondment.matching.models import ProposalPair, Unplaced

MARKS = [("locked", _("已锁定")), ("manual", _("人工调整")), ("computed", _("计算结果"))]


class PairFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Search by person, home unit, host unit or post; narrow by priority and by who decided."""

    q = django_filters.CharFilter(label=_("姓名、单位、岗位"), method="search")
    priority = django_filters.ChoiceFilter(
        label=_("优先级"),
        field_name="campaign_post__priority",
        choices=list(PRIORITIES.items()),
        empty_label=_("全部"),
    )
    mark = django_filters.ChoiceFilter(
        label=_("来源"), choices=MARKS, method="by_mark", empty_label=_("全部")
    )

    class Meta:
        model = ProposalPair
        fields: list[str] = []

    def search(self, rows: QuerySet[ProposalPair], _name: str, text: str) -> QuerySet[ProposalPair]:
        """Rows in which a name contains the text."""
        return rows.filter(
            Q(nomination__person__name__icontains=text)
            | Q(nomination__home_unit__name__icontains=text)
            | Q(campaign_post__post__host_unit__name__icontains=text)
            | Q(campaign_post__post__title__icontains=text)
        )

    def by_mark(self, rows: QuerySet[ProposalPair], _name: str, mark: str) -> QuerySet[ProposalPair]:
        """Locked, changed by hand, or as computed."""
        if mark == "locked":
            return rows.filter(is_locked=True)
        return rows.filter(is_manual=mark == "manual", is_locked=False)


class UnplacedFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Search by person or home unit; narrow by kind of reason."""

    q = django_filters.CharFilter(label=_("姓名、单位"), method="search")
    kind = django_filters.ChoiceFilter(label=_("原因"), choices=UnplacedKind.choices, empty_label=_("全部"))

    class Meta:
        model = Unplaced
        fields: list[str] = []

    def search(self, rows: QuerySet[Unplaced], _name: str, text: str) -> QuerySet[Unplaced]:
        """Rows that contain the text."""
        return rows.filter(
            Q(nomination__person__name__icontains=text) | Q(nomination__home_unit__name__icontains=text)
        )


def mark_of(pair: ProposalPair) -> str:
    """Who decided the pair, in a word."""
    if pair.is_locked:
        return str(MARKS[0][1])
    return str(MARKS[1][1] if pair.is_manual else MARKS[2][1])


PAIRS = Listing(
    key="pairs",
    title=_("匹配方案"),
    columns=(
        Column(
            "campaign_post.post.host_unit",
            _("接收单位"),
            sort="campaign_post__post__host_unit__path",
            html=host_cell,
            export=lambda pair: pair.campaign_post.post.host_unit.name,
            phone="line",
        ),
        Column("campaign_post.post.title", _("挂任职务"), sort="campaign_post__post__title"),
        Column(
            "campaign_post.priority",
            _("优先级"),
            sort="campaign_post__priority",
            value=lambda pair: PRIORITIES.get(pair.campaign_post.priority, pair.campaign_post.priority),
            is_short=True,
        ),
        Column(
            "nomination.person.name",
            _("人选"),
            sort="nomination__person__name_key",
            html=person_cell,
            phone="title",
        ),
        Column("nomination.home_unit.name", _("派出单位"), sort="nomination__home_unit__path"),
        Column("nomination.person.post_title", _("现任职务"), is_hidden_by_default=True, phone="hidden"),
        Column(
            "score",
            _("匹配度"),
            sort="score",
            html=score_cell,
            export=lambda pair: round(100 * pair.score, DECIMALS),
            phone="aside",
        ),
        Column(
            "alternatives",
            _("备选人选（调整影响）"),
            html=alternatives_cell,
            export=lambda pair: joined_sentences(
                f"{one['name']} {points_text(one['score'])}" for one in pair.alternatives
            ),
            phone="line",
        ),
        Column(
            "mark",
            _("来源"),
            value=mark_of,
            status=lambda pair: "info" if pair.is_locked else "warn" if pair.is_manual else "idle",
        ),
    ),
    default_sort="campaign_post.post.host_unit",
    row_url=pair_url,
    filters=PairFilter,
    empty_title=_("方案中尚无人选"),
    empty_text=_("可以在“未匹配人选”中为人选安排岗位，或调整权重后重新计算。"),
)


def _move_url(row: Any) -> str:
    return f"{reverse('matching:move_preview', args=[row.proposal_id])}?nomination={row.nomination_id}"


def _obstacles_url(row: Any) -> str:
    return reverse("matching:person_obstacles", args=[row.proposal_id, row.nomination_id])


def unplaced_table(kept: frozenset[str]) -> Listing:
    """People without a post, for a reader from whom these rules are kept."""
    return Listing(
        key="unplaced",
        title=_("未匹配人选"),
        columns=(
            Column("nomination.person.name", _("人选"), sort="nomination__person__name_key", phone="title"),
            Column("nomination.home_unit.name", _("派出单位"), sort="nomination__home_unit__path"),
            Column("nomination.person.post_title", _("现任职务"), phone="hidden"),
            Column(
                "reason_text", _("原因"), sort="kind", value=lambda row: row.reason_for(kept), phone="line"
            ),
            Column(
                "obstacles",
                _("志愿为何不成"),
                value=lambda _row: _("查看"),
                url=_obstacles_url,
                export=lambda _row: "",
                is_short=True,
            ),
        ),
        default_sort="nomination.home_unit.name",
        row_url=_move_url,
        filters=UnplacedFilter,
        empty_title=_("所有人选都已安排岗位"),
        empty_text=_("没有未匹配的人选。"),
    )
