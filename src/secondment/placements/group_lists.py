"""The list of groups, and that of the members of one."""

from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from secondment.common.components import Status
from secondment.common.listing.listing import Column, Listing
from secondment.placements.filters import GroupFilter


def _standing(row: Any) -> Status:
    return "idle" if row.dissolved_on else "good"


GROUPS = Listing(
    key="groups",
    title=_("工作队和临时党支部"),
    columns=(
        Column("name", _("名称"), sort="name", phone="title"),
        Column("get_kind_display", _("类别"), sort="kind", is_short=True),
        Column("leader_name", _("负责人"), is_short=True),
        Column("n_members", _("成员数"), sort="n_members", align="end", is_short=True),
        Column("owner_unit.name", _("主办组织部门"), sort="owner_unit__path", phone="line"),
        Column("founded_on", _("成立日期"), sort="founded_on", is_short=True),
        Column("dissolved_on", _("撤销日期"), sort="dissolved_on", is_short=True, is_hidden_by_default=True),
        Column(
            "state",
            _("状态"),
            value=lambda row: _("已撤销") if row.dissolved_on else _("在册"),
            status=_standing,
            phone="aside",
        ),
    ),
    default_sort="name",
    row_url=lambda row: reverse("placements:group_detail", args=[row.pk]),
    filters=GroupFilter,
    empty_title=_("暂无工作队"),
    empty_text=_("组织部门可在此成立，或在“挂职干部”勾选人员后点“编入工作队”。"),
)
DUTIES = Column("placement.duties", _("分工"), phone="line")
MEMBERS = Listing(
    key="group-members",
    title=_("成员"),
    columns=(
        Column("position", _("队内职务"), value=lambda row: row.get_position_display(), sort="position"),
        Column("placement.person.name", _("姓名"), sort="placement__person__name_key", phone="title"),
        Column("placement.host_unit.name", _("接收单位"), sort="placement__host_unit__path", phone="line"),
        Column("placement.post.title", _("挂任职务"), sort="placement__post__title"),
        Column("placement.person.phone", _("联系电话"), phone="aside", is_short=True),
    ),
    default_sort="position",
    empty_title=_("还没有成员"),
    empty_text=_("在“挂职干部”勾选人员，点“编入工作队”。"),
)

MEETING = Listing(
    key="group-meeting",
    title=_("参会名单"),
    columns=(
        Column("placement.person.name", _("姓名"), sort="placement__person__name_key", phone="title"),
        Column(
            "placement.person.unit.name", _("派出单位"), sort="placement__person__unit__path", phone="line"
        ),
        Column("placement.host_unit.name", _("接收单位"), sort="placement__host_unit__path", phone="line"),
        Column("placement.post.title", _("挂任职务"), sort="placement__post__title", phone="line"),
        Column("placement.person.phone", _("联系电话"), phone="aside", is_short=True),
    ),
    default_sort="placement.host_unit.name",
    empty_title=_("没有在挂的成员"),
    empty_text=_("参会名单只列今天在挂的成员。"),
)


def members_list(*, with_duties: bool) -> Listing:
    """The members; the division of work is for the leader and the organisation's own."""
    return replace(MEMBERS, columns=(*MEMBERS.columns, DUTIES)) if with_duties else MEMBERS
