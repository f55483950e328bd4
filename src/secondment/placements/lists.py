"""The list of placements."""

from dataclasses import replace
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import has_role
from secondment.common.components import Status
from secondment.common.listing.listing import BulkAction, Column, Listing
from secondment.common.sentences import labelled
from secondment.placements.choices import OVERDUE, OVERDUE_LABEL, PlacementState
from secondment.placements.filters import ContactFilter, PlacementFilter
from secondment.placements.models import Placement
from secondment.units.queries import place_of

STATUS: dict[str, Status] = {
    PlacementState.DECIDED: "warn",
    PlacementState.APPOINTED: "info",
    PlacementState.IN_POST: "good",
    OVERDUE: "bad",
    PlacementState.ENDED: "idle",
    PlacementState.CANCELLED: "idle",
}


def destination_of(row: Placement) -> str:
    """What became of the person, with where to."""
    destination = row.get_destination_display()
    return labelled(destination, row.destination_text) if row.destination_text else destination


def appointment_of(row: Placement) -> str:
    """The appointment by law: who appointed, by which document, when."""
    return _words(row.get_appointment_kind_display(), row.appointment_number, row.appointment_on)


def removal_of(row: Placement) -> str:
    """The removal from it, or that it needs none."""
    if row.lapses_at_end:
        return gettext("期满自然免除")
    return _words(row.removal_number, row.removal_on)


def _words(*parts: object) -> str:
    return " ".join(str(part) for part in parts if part)


ARRIVALS = BulkAction("arrival-forms", _("报到回执"), "placements:arrival_forms", icon="file-text")
APPOINTMENTS = BulkAction(
    "appointment-forms", _("任免审批表"), "placements:appointment_forms", icon="file-text"
)
BULK = (
    APPOINTMENTS,
    BulkAction("plan", _("期满安排"), "placements:placements_plan", icon="calendar"),
    BulkAction("end", _("期满办结"), "placements:placements_end", icon="check"),
    BulkAction("change", _("延期或提前结束"), "placements:placements_change", icon="calendar-event"),
    ARRIVALS,
    BulkAction("change-forms", _("期限变更审批表"), "placements:change_forms", icon="file-text"),
    BulkAction("accounts", _("批量开设账号"), "placements:accounts_ask", icon="user-plus"),
    BulkAction("join", _("编入工作队"), "placements:placements_join", icon="users-group"),
)


def placements_for(user: User) -> Listing:
    """The list with the actions on chosen rows that this user's role has."""
    if has_role(user, Role.ORGANISATION_DEPARTMENT):
        return replace(PLACEMENTS, bulk_actions=BULK)
    return replace(PLACEMENTS, bulk_actions=(ARRIVALS,)) if has_role(user, Role.HOST_UNIT) else PLACEMENTS


def call_url(row: Placement) -> str:
    """What a phone dials."""
    return f"tel:{quote(row.person.phone)}" if row.person.phone else ""


def contacts_for(user: User) -> Listing:
    """The contact list; a secondee reads of others no more than stands in it."""
    return replace(CONTACTS, row_url=None) if has_role(user, Role.SECONDEE) else CONTACTS


CONTACTS = Listing(
    key="contacts",
    title=_("通讯录"),
    columns=(
        Column("person.name", _("姓名"), sort="person__name_key", phone="title", is_short=True),
        Column("post.title", _("挂任职务"), sort="post__title"),
        Column("person.phone", _("联系电话"), url=call_url, phone="aside", is_short=True),
        Column("home_unit.name", _("派出单位"), sort="home_unit__path"),
        Column(
            "host_unit.name",
            _("接收单位"),
            value=lambda row: place_of(row.host_unit),
            sort=("host_unit__path", "person__name_key"),
            is_heading=True,
            phone="line",
        ),
        Column(
            "contact_leader",
            _("联系领导"),
            value=lambda row: row.contact_leader or row.post.contact_leader,
            is_short=True,
        ),
        Column("post.contact_name", _("接收单位联系人"), is_short=True),
        Column("post.contact_phone", _("联系人电话"), is_short=True),
        Column(
            "county",
            _("接收地区"),
            value=lambda row: row.county_name,
            sort=("county", "host_unit__path", "person__name_key"),
            is_heading=True,
            is_hidden_by_default=True,
        ),
        Column(
            "programme_version.programme.name",
            _("挂职项目"),
            sort=("programme_version__programme__name", "host_unit__path", "person__name_key"),
            is_heading=True,
            is_hidden_by_default=True,
        ),
        Column(
            "group_name",
            _("工作队"),
            sort=("group_name", "person__name_key"),
            is_heading=True,
            is_hidden_by_default=True,
        ),
        Column("campaign.name", _("批次"), sort="campaign__name", is_hidden_by_default=True),
    ),
    default_sort="host_unit.name",
    row_url=lambda row: reverse("placements:placement_detail", args=[row.pk]),
    filters=ContactFilter,
    empty_title=_("暂无在挂的干部"),
    empty_text=_("报到以后，本人、接收单位联系领导和联系人的电话在此显示。"),
)
PLACEMENTS = Listing(
    key="placements",
    title=_("挂职干部"),
    columns=(
        Column("person.name", _("姓名"), sort="person__name_key", phone="title", is_short=True),
        Column("home_unit.name", _("派出单位"), sort="home_unit__path"),
        Column(
            "host_unit.name",
            _("接收单位"),
            value=lambda row: place_of(row.host_unit),
            sort="host_unit__path",
            phone="line",
        ),
        Column("post.title", _("挂任职务"), sort="post__title", phone="line"),
        Column(
            "programme_version.programme.name",
            _("挂职项目"),
            sort="programme_version__programme__name",
            phone="hidden",
            is_hidden_by_default=True,
        ),
        Column("campaign.name", _("批次"), sort="campaign__name", phone="hidden"),
        Column("starts_on", _("挂职开始"), sort="starts_on", is_short=True),
        Column("last_day", _("挂职结束"), sort="ends_on", is_short=True),
        Column("reported_on", _("报到日期"), sort="reported_on", is_short=True, is_hidden_by_default=True),
        Column("notice_number", _("通知文号"), sort="notice_number", is_hidden_by_default=True),
        Column("contact_leader", _("联系领导"), is_hidden_by_default=True),
        Column("mentor", _("带教导师"), is_hidden_by_default=True),
        Column("party_branch", _("组织关系所在支部"), is_hidden_by_default=True),
        Column(
            "party_out_on", _("组织关系转出"), sort="party_out_on", is_short=True, is_hidden_by_default=True
        ),
        Column(
            "party_in_on", _("组织关系转入"), sort="party_in_on", is_short=True, is_hidden_by_default=True
        ),
        Column(
            "party_back_on", _("组织关系转回"), sort="party_back_on", is_short=True, is_hidden_by_default=True
        ),
        Column(
            "appointment",
            _("法定任命"),
            value=appointment_of,
            sort="appointment_on",
            is_hidden_by_default=True,
        ),
        Column("removal", _("免职"), value=removal_of, sort="removal_on", is_hidden_by_default=True),
        Column(
            "work_mode",
            _("脱产方式"),
            value=lambda row: row.get_work_mode_display(),
            is_hidden_by_default=True,
        ),
        Column("closed_on", _("办结日期"), sort="closed_on", is_short=True, is_hidden_by_default=True),
        Column("destination", _("去向"), value=destination_of, sort="destination", is_hidden_by_default=True),
        Column(
            "state",
            _("状态"),
            sort="stage_now",
            value=lambda row: OVERDUE_LABEL if row.stage_now == OVERDUE else row.get_state_display(),
            status=lambda row: STATUS[row.stage_now],
            phone="aside",
        ),
    ),
    default_sort="-starts_on",
    row_url=lambda row: reverse("placements:placement_detail", args=[row.pk]),
    filters=PlacementFilter,
    empty_title=_("暂无挂职干部"),
    empty_text=_("批次作出集体决定后，名单在此显示；已经在挂的干部，可用在挂名册一次导入。"),
)

STATISTICS_PEOPLE = replace(
    PLACEMENTS,
    key="statistics-people",
    title=_("统计名单"),
    filters=None,
    empty_title=_("没有符合条件的人员"),
    empty_text=_("数据可能已有变动，请返回统计表重新统计。"),
)
