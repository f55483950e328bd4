"""Lists of trainings and meetings, of who is invited, and of who may be."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import django_filters
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secondment.common.components import Status
from secondment.common.days import ONE_DAY, DayFilter
from secondment.common.listing.listing import BulkAction, Column, Listing
from secondment.files.names import clean_name
from secondment.placements.choices import PlacementState
from secondment.placements.filters import PlacementFilter
from secondment.placements.models import Placement
from secondment.placements.ports import Absence
from secondment.talks.choices import GatheringKind, GatheringState
from secondment.talks.models import Gathering, Invitation

STATUS: dict[str, Status] = {
    GatheringState.PLANNED: "warn",
    GatheringState.SENT: "info",
    GatheringState.HELD: "good",
    GatheringState.CANCELLED: "idle",
}


class GatheringFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    """By title, kind, state, organiser and day."""

    title = django_filters.CharFilter(lookup_expr="icontains", label=gettext_lazy("活动名称"))
    kind = django_filters.ChoiceFilter(
        choices=GatheringKind, label=gettext_lazy("活动类型"), empty_label=gettext_lazy("全部")
    )
    state = django_filters.ChoiceFilter(
        choices=GatheringState, label=gettext_lazy("状态"), empty_label=gettext_lazy("全部")
    )
    unit = django_filters.CharFilter(
        field_name="unit__name", lookup_expr="icontains", label=gettext_lazy("主办单位")
    )
    since = DayFilter(field_name="starts_on", lookup_expr="gte", label=gettext_lazy("不早于"))
    until = DayFilter(field_name="starts_on", lookup_expr="lte", label=gettext_lazy("不晚于"))

    class Meta:
        model = Gathering
        fields: tuple[str, ...] = ()


class InvitationFilter(django_filters.FilterSet):  # type: ignore[misc]  # as above
    """By name, and whether somebody came."""

    name = django_filters.CharFilter(method="by_name", label=gettext_lazy("姓名"))
    absent = django_filters.ChoiceFilter(
        method="by_absence",
        choices=[("yes", gettext_lazy("未到会")), ("no", gettext_lazy("已到会"))],
        label=gettext_lazy("到会情况"),
        empty_label=gettext_lazy("全部"),
    )

    class Meta:
        model = Invitation
        fields: tuple[str, ...] = ()

    def by_name(self, rows: Any, _name: str, value: str) -> Any:
        """People whose name contains the text."""
        return rows.filter(placement__person__name__icontains=clean_name(value))

    def by_absence(self, rows: Any, _name: str, value: str) -> Any:
        """Once the organiser has said who came."""
        held = rows.filter(gathering__state=GatheringState.HELD)
        return held.exclude(absence="") if value == "yes" else held.filter(absence="")


GATHERINGS = Listing(
    key="gatherings",
    title=gettext_lazy("培训座谈"),
    columns=(
        Column("title", gettext_lazy("活动名称"), sort="title", phone="title"),
        Column("get_kind_display", gettext_lazy("活动类型"), sort="kind", is_short=True),
        Column("days", gettext_lazy("日期"), sort=("starts_on", "pk"), is_short=True, phone="line"),
        Column("place", gettext_lazy("地点"), sort="place", phone="line"),
        Column("unit.name", gettext_lazy("主办单位"), sort="unit__path"),
        Column(
            "state",
            gettext_lazy("状态"),
            sort="state",
            value=lambda row: row.get_state_display(),
            status=lambda row: STATUS[row.state],
            phone="aside",
        ),
    ),
    default_sort="-days",
    row_url=lambda row: reverse("talks:gathering_detail", args=[row.pk]),
    filters=GatheringFilter,
    empty_title=gettext_lazy("还没有培训座谈"),
    empty_text=gettext_lazy("岗前培训、任中培训和座谈交流，登记并通知后在此显示。"),
)
NUMBERS = (
    Column("n_people", gettext_lazy("人数"), sort="n_people", align="end"),
    Column("n_absent", gettext_lazy("未到会"), sort="n_absent", align="end"),
)
"""Figures of whole lists, for those who see the whole lists."""
PEOPLE = Listing(
    key="gathering-people",
    title=gettext_lazy("参加人员"),
    columns=(
        Column(
            "placement.person.name",
            gettext_lazy("姓名"),
            sort=("placement__person__name_key", "pk"),
            url=lambda row: reverse("placements:placement_detail", args=[row.placement_id]),
            phone="title",
        ),
        Column("placement.home_unit.name", gettext_lazy("派出单位"), sort="placement__home_unit__path"),
        Column(
            "placement.host_unit.name",
            gettext_lazy("接收单位"),
            sort="placement__host_unit__path",
            phone="line",
        ),
        Column("placement.post.title", gettext_lazy("挂任职务"), sort="placement__post__title"),
    ),
    default_sort="placement.host_unit.name",
    filters=InvitationFilter,
    empty_title=gettext_lazy("名单还是空的"),
    empty_text=gettext_lazy("主办单位点“选择人员”，按批次、地区、单位筛选后列入。"),
)
PHONE = Column("placement.person.phone", gettext_lazy("联系电话"), is_short=True)
CANDIDATES = Listing(
    key="gathering-candidates",
    title=gettext_lazy("选择人员"),
    columns=(
        Column("person.name", gettext_lazy("姓名"), sort=("person__name_key", "pk"), phone="title"),
        Column("home_unit.name", gettext_lazy("派出单位"), sort="home_unit__path"),
        Column("host_unit.name", gettext_lazy("接收单位"), sort="host_unit__path", phone="line"),
        Column("post.title", gettext_lazy("挂任职务"), sort="post__title"),
        Column("campaign", gettext_lazy("批次"), value=lambda row: row.campaign.name if row.campaign else ""),
        Column("starts_on", gettext_lazy("挂职开始"), sort="starts_on", is_short=True),
        Column("state", gettext_lazy("状态"), value=lambda row: row.get_state_display(), phone="aside"),
    ),
    default_sort="host_unit.name",
    filters=PlacementFilter,
    is_exportable=False,
    empty_title=gettext_lazy("没有可以列入的人员"),
    empty_text=gettext_lazy("只列活动当天在挂的人员；岗前培训还包括已派任、未到任的。已在名单中的不再列出。"),
)


def gathering_list(*, is_organiser: bool) -> Listing:
    """Figures are for organisers: who sees a part of a list would read a wrong number."""
    columns = GATHERINGS.columns
    return replace(GATHERINGS, columns=(*columns[:-1], *NUMBERS, columns[-1])) if is_organiser else GATHERINGS


def candidate_list(gathering: Gathering) -> Listing:
    """Whom the organiser takes onto this list."""
    action = BulkAction(
        "add", gettext_lazy("列入名单"), "talks:people_add", icon="plus", args=(gathering.pk,)
    )
    return replace(CANDIDATES, bulk_actions=(action,))


def people_list(gathering: Gathering, leave: Mapping[int, Absence], *, organises: bool) -> Listing:
    """Who is invited; the organiser takes people off and reads how to reach them."""
    notes = Column(
        "note",
        gettext_lazy("提示"),
        value=lambda row: note_of(row, leave.get(row.placement_id)),
        phone="line",
    )
    state = Column(
        "state",
        gettext_lazy("到会情况"),
        sort="absence",
        value=state_words,
        status=state_status,
        phone="aside",
    )
    columns = (*PEOPLE.columns, *([PHONE] if organises else []), notes, state)
    actions: tuple[BulkAction, ...] = ()
    if organises and gathering.is_open:
        actions = (
            BulkAction(
                "remove",
                gettext_lazy("移出名单"),
                "talks:people_remove",
                question=gettext_lazy("移出选中的人员？已通知的会收到不再参加的消息。"),
                is_danger=True,
                args=(gathering.pk,),
            ),
        )
    return replace(PEOPLE, columns=columns, bulk_actions=actions)


def note_of(row: Any, leave: Absence | None) -> str:
    """Why somebody may not come, as far as the system knows."""
    if has_left(row):
        return _("挂职已结束")
    if leave is None:
        return ""
    words = _("已批请假：%(first)s至%(last)s")
    return words % {"first": leave.starts_on, "last": leave.ends_on - ONE_DAY}


def has_left(row: Any) -> bool:
    """Whether the placement ended, or was cancelled, before the day."""
    placement: Placement = row.placement
    is_cancelled = placement.state == PlacementState.CANCELLED
    return is_cancelled or placement.ends_on <= row.gathering.starts_on


def state_words(row: Any) -> str:
    """Came or why not; before, whether the person was told."""
    if row.gathering.state == GatheringState.HELD:
        return _("未到会：%(why)s") % {"why": row.absence} if row.absence else _("已到会")
    if row.gathering.state == GatheringState.PLANNED:
        return _("待通知")
    return _("已通知") if row.told_at else _("没有账号，请另行通知")


def state_status(row: Any) -> Status:
    """Colour of that."""
    if row.gathering.state == GatheringState.HELD:
        return "warn" if row.absence else "good"
    if row.gathering.state == GatheringState.PLANNED:
        return "idle"
    return "info" if row.told_at else "warn"
