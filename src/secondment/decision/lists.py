"""The lists of campaigns on their way to a decision, and of the units asked about one."""

from functools import partial
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from secondment.campaigns.choices import CAMPAIGN_STATUS
from secondment.common.components import Status
from secondment.common.listing.columns import state_column
from secondment.common.listing.listing import Column, Listing
from secondment.common.sentences import joined_sentences
from secondment.decision.choices import Party, Reply
from secondment.decision.heard import answer_before
from secondment.decision.models import Consultation
from secondment.matching.models import ProposalPair
from secondment.units.queries import place_of

CAMPAIGNS = Listing(
    key="decisions",
    title=_("征求意见与决定"),
    columns=(
        Column("name", _("批次"), sort="name", phone="title"),
        Column("owner_unit.name", _("主办组织部门"), sort="owner_unit__path", phone="line"),
        Column("starts_on", _("挂职开始"), sort="starts_on", is_short=True),
        Column("decision_number", _("决定文号"), sort="decision_number"),
        state_column(CAMPAIGN_STATUS, sort="state"),
    ),
    default_sort="-starts_on",
    row_url=lambda row: reverse("decision:decision_detail", args=[row.pk]),
    is_exportable=False,
    empty_title=_("没有等待决定的批次"),
    empty_text=_("批次结束推荐、采用匹配方案后，在此显示。"),
)

REPLY_STATUS: dict[str, Status] = {Reply.PENDING: "warn", Reply.AGREED: "good", Reply.OBJECTED: "bad"}
OPEN_OBJECTION, OVERDUE = "open_objection", "overdue"
REPLIES = [*Reply.choices, (OVERDUE, _("逾期未答复")), (OPEN_OBJECTION, _("异议待处理"))]


class ConsultationFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no stubs
    """Units asked, by name, side and reply."""

    unit = django_filters.CharFilter(label=_("单位"), field_name="unit__name", lookup_expr="icontains")
    party = django_filters.ChoiceFilter(label=_("身份"), choices=Party.choices, empty_label=_("全部"))
    reply = django_filters.ChoiceFilter(
        label=_("答复"), choices=REPLIES, method="by_reply", empty_label=_("全部")
    )

    class Meta:
        model = Consultation
        fields: tuple[str, ...] = ()

    def by_reply(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """The reply, or what is still open about it."""
        if value == OVERDUE:
            return rows.filter(is_overdue=True)
        if value == OPEN_OBJECTION:
            return rows.filter(Q(reply=Reply.OBJECTED) & Q(handling=""))
        return rows.filter(reply=value)


def reply_words(row: Any) -> str:
    """The reply in words; late and open ones say so, and those of a round that went back to matching."""
    if row.is_withdrawn:
        return str(_("已退回（原答复：%(said)s）") % {"said": row.get_reply_display()})
    if row.is_overdue:
        return str(_("逾期未答复"))
    if row.reply == Reply.OBJECTED and not row.handling:
        return str(_("异议待处理"))
    return str(row.get_reply_display())


def opinion_words(row: Any) -> str:
    """What the unit said, and what came of it."""
    handled = str(_("处理：%(text)s") % {"text": row.handling}) if row.handling else ""
    return "  ".join(filter(None, (row.text, handled)))


CONSULTATIONS = Listing(
    key="consultations",
    title=_("征求意见"),
    columns=(
        Column("unit.name", _("单位"), sort="unit__path", phone="title"),
        Column("get_party_display", _("身份"), sort="party", is_short=True),
        Column("n_people", _("人数"), sort="n_people", align="end", is_short=True),
        Column("due_on", _("答复期限"), sort="due_on", is_short=True, is_hidden_by_default=True),
        Column("replied_on", _("答复日期"), sort="replied_on", is_short=True),
        Column(
            "reply",
            _("答复"),
            sort="reply",
            value=reply_words,
            status=lambda row: "idle" if row.is_overdue or row.is_withdrawn else REPLY_STATUS[row.reply],
            phone="aside",
            is_short=True,
        ),
        Column("text", _("意见"), value=opinion_words, phone="line"),
    ),
    default_sort="unit.name",
    row_url=lambda row: reverse("decision:consultation_detail", args=[row.pk]),
    filters=ConsultationFilter,
    empty_title=_("尚未征求意见"),
    empty_text=_("发出后，派出单位和接收单位分别查看本单位的人选或岗位。"),
)


class PeopleFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no stubs
    """People by name, by either unit and by what is said about them."""

    name = django_filters.CharFilter(
        label=_("姓名"), field_name="nomination__person__name", lookup_expr="icontains"
    )
    unit = django_filters.CharFilter(label=_("单位"), method="by_unit")
    reply = django_filters.ChoiceFilter(
        label=_("答复"), choices=Reply.choices, method="by_reply", empty_label=_("全部")
    )

    class Meta:
        model = ProposalPair
        fields: tuple[str, ...] = ()

    def by_unit(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """The home or the host unit."""
        home = Q(nomination__home_unit__name__icontains=value)
        return rows.filter(home | Q(campaign_post__post__host_unit__name__icontains=value))

    def by_reply(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Both agree; or one of them objects, or has not replied."""
        if value == Reply.AGREED:
            return rows.filter(home_reply=value, host_reply=value)
        return rows.filter(Q(home_reply=value) | Q(host_reply=value))


def _answer(row: Any, *, side: str) -> str:
    """What counts; before there is anything, what was said of another post or in an earlier round."""
    reply, before = getattr(row, f"{side}_reply"), getattr(row, f"{side}_before")
    words = str(dict(Reply.choices).get(reply, ""))
    if reply not in (Reply.PENDING, "") or not before:
        return words
    about = answer_before(before, getattr(row, f"{side}_before_text"), getattr(row, f"{side}_before_post"))
    return joined_sentences(filter(None, (words, about)))


def _reply_column(side: str, label: Promise) -> Column:
    return Column(
        f"{side}_reply",
        label,
        sort=f"{side}_reply",
        value=partial(_answer, side=side),
        status=lambda row: REPLY_STATUS.get(getattr(row, f"{side}_reply"), "idle"),
        is_short=True,
    )


PEOPLE = Listing(
    key="people_asked_about",
    title=_("对每名人选的答复"),
    columns=(
        Column("nomination.person.name", _("姓名"), sort="nomination__person__name_key", phone="title"),
        Column("nomination.home_unit.name", _("派出单位"), sort="nomination__home_unit__path", phone="line"),
        _reply_column("home", _("派出单位答复")),
        Column(
            "campaign_post.post.host_unit",
            _("接收单位"),
            value=lambda row: place_of(row.campaign_post.post.host_unit),
            sort="campaign_post__post__host_unit__path",
            phone="line",
        ),
        Column("campaign_post.post.title", _("挂任职务"), is_hidden_by_default=True),
        _reply_column("host", _("接收单位答复")),
        Column(
            "reasons",
            _("理由"),
            value=lambda row: joined_sentences(filter(None, (row.home_text, row.host_text))),
            phone="line",
        ),
    ),
    default_sort="campaign_post.post.host_unit",
    row_url=lambda row: reverse("campaigns:nomination_detail", args=[row.nomination_id]),
    filters=PeopleFilter,
    empty_title=_("方案中没有人选"),
    empty_text=_("采用方案并征求意见后，两方单位对每名人选的答复在此显示。"),
)
