"""The list of placements."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from secondment.common.components import Status
from secondment.common.listing.listing import Column, Listing
from secondment.placements.choices import PlacementState
from secondment.placements.filters import PlacementFilter

STATUS: dict[str, Status] = {
    PlacementState.DECIDED: "warn",
    PlacementState.APPOINTED: "info",
    PlacementState.IN_POST: "good",
    PlacementState.ENDED: "idle",
    PlacementState.CANCELLED: "idle",
}

PLACEMENTS = Listing(
    key="placements",
    title=_("挂职干部"),
    columns=(
        Column("person.name", _("姓名"), sort="person__name_key", phone="title", is_short=True),
        Column("home_unit.name", _("派出单位"), sort="home_unit__path"),
        Column("host_unit.name", _("接收单位"), sort="host_unit__path", phone="line"),
        Column("post.title", _("挂任职务"), sort="post__title", phone="line"),
        Column("campaign.name", _("批次"), sort="campaign__name", phone="hidden"),
        Column("starts_on", _("挂职开始"), sort="starts_on", is_short=True),
        Column("last_day", _("挂职结束"), sort="ends_on", is_short=True),
        Column("reported_on", _("报到日期"), sort="reported_on", is_short=True, is_hidden_by_default=True),
        Column("notice_number", _("通知文号"), sort="notice_number", is_hidden_by_default=True),
        Column("contact_leader", _("联系领导"), is_hidden_by_default=True),
        Column("mentor", _("带教导师"), is_hidden_by_default=True),
        Column("party_branch", _("组织关系所在支部"), is_hidden_by_default=True),
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
    row_url=lambda row: reverse("placements:placement_detail", args=[row.pk]),
    filters=PlacementFilter,
    empty_title=_("还没有挂职干部"),
    empty_text=_("批次作出集体决定后，名单会出现在这里。"),
)
