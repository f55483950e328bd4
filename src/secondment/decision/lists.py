"""The lists of campaigns on their way to a decision, and of the units asked about one."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from secondment.campaigns.choices import CAMPAIGN_STATUS
from secondment.common.components import Status
from secondment.common.listing.columns import state_column
from secondment.common.listing.listing import Column, Listing
from secondment.decision.choices import Party, Reply
from secondment.decision.models import Consultation

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
    """The reply in words; late and open ones say so."""
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
            status=lambda row: "idle" if row.is_overdue else REPLY_STATUS[row.reply],
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
