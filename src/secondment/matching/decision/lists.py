"""The list of campaigns on their way to a decision."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from secondment.campaigns.choices import CampaignState
from secondment.common.components import Status
from secondment.common.tables import Column, Table

STATUS: dict[str, Status] = {
    CampaignState.REVIEW: "idle",
    CampaignState.CONSULTATION: "warn",
    CampaignState.NOTIFICATION: "warn",
    CampaignState.DECIDED: "info",
    CampaignState.DISPATCHED: "good",
}

CAMPAIGNS = Table(
    key="decisions",
    title=_("征求意见与决定"),
    columns=(
        Column("name", _("批次"), sort="name", phone="title"),
        Column("owner_unit.name", _("主办组织部门"), sort="owner_unit__path", phone="line"),
        Column("starts_on", _("挂职开始"), sort="starts_on", is_short=True),
        Column("decision_number", _("决定文号"), sort="decision_number"),
        Column(
            "state",
            _("状态"),
            sort="state",
            value=lambda row: row.get_state_display(),
            status=lambda row: STATUS[row.state],
            phone="aside",
        ),
    ),
    default_sort="-starts_on",
    row_url=lambda row: reverse("matching:decision_detail", args=[row.pk]),
    is_exportable=False,
    empty_title=_("没有等待决定的批次"),
    empty_text=_("批次结束推荐、采用匹配方案后，会出现在这里。"),
)
