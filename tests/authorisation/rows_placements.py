"""Placements: parties and overseers read; the owner sends, the host unit receives, the secondee confirms."""

import datetime as dt

from secondment.accounts.choices import Role
from secondment.documents.services import store_file
from secondment.placements.choices import PlacementState, TermChangeKind
from secondment.placements.models import (
    AppointmentNotice,
    GroupMember,
    Placement,
    PlacementGroup,
    StatisticsReport,
    TermChange,
)
from secondment.placements.services.appointment_forms import keep_forms
from secondment.placements.services.upper_forms import form_of, keep_form
from tests.authorisation.matrix import Row
from tests.authorisation.rows_posts import somebodys_file
from tests.authorisation.world import Side
from tests.makers import AT, ON, make_user
from tests.placements.test_upper_forms import form as upper_form

OWNER = frozenset({Role.ORGANISATION_DEPARTMENT})
OVERSEERS = OWNER | {Role.LEADER, Role.INSPECTOR}
READERS = OVERSEERS | {Role.HOME_UNIT, Role.HOST_UNIT, Role.SECONDEE}
EVERYONE = frozenset(Role)


def placement(side: Side) -> dict[str, int]:
    return {"pk": side.placement.pk}


def appointed(side: Side) -> dict[str, int]:
    Placement.objects.filter(pk=side.placement.pk).update(
        state=PlacementState.APPOINTED,
        starts_on=dt.date(2026, 1, 5),
        notice_on=dt.date(2026, 1, 5),
        reported_on=None,
    )
    return placement(side)


def with_file(side: Side) -> dict[str, int]:
    stored = store_file("通知.docx", b"PK", content_type="application/zip", by=make_user(), at=AT)
    Placement.objects.filter(pk=side.placement.pk).update(notice_file=stored)
    return placement(side)


def notice(side: Side) -> dict[str, int]:
    stored = store_file("通知.docx", b"PK", content_type="application/zip", by=make_user(), at=AT)
    row, _is_new = AppointmentNotice.objects.get_or_create(
        owner_unit=side.placement.owner_unit,
        number="示组挂〔2026〕99号",
        defaults={"subject": "示例", "issued_on": ON, "file": stored},
    )
    row.placements.add(side.placement)
    return {"pk": row.pk}


def forms_of_somebody(side: Side) -> dict[str, str]:
    return {"key": keep_forms([side.placement], b"PK", by=make_user(), at=AT)}


def campaign(side: Side) -> dict[str, int]:
    return {"pk": side.campaign.pk}


def campaign_with_file(side: Side) -> dict[str, int]:
    with_file(side)
    return campaign(side)


def year(_side: Side) -> dict[str, object]:
    return {"first": "2026-01-01", "last": "2026-12-31", "measure": "sent"}


def report(side: Side) -> dict[str, int]:
    kept = StatisticsReport.objects.create(
        unit=side.root, first=ON, last=ON, rows=[], created_by=make_user(), created_at=AT
    )
    return {"pk": kept.pk}


def year_with_form(side: Side) -> dict[str, object]:
    user = make_user(Role.ORGANISATION_DEPARTMENT, side.root)
    keep_form("表.xlsx", upper_form(), side.root, by=user, at=AT)
    return year(side)


def report_with_form(side: Side) -> dict[str, int]:
    year_with_form(side)
    found = report(side)
    StatisticsReport.objects.filter(**found).update(form=form_of(side.root))
    return found


def chosen(side: Side) -> dict[str, object]:
    return {"selected": [side.placement.pk]}


def in_post(side: Side) -> dict[str, int]:
    Placement.objects.filter(pk=side.placement.pk).update(state=PlacementState.IN_POST)
    return placement(side)


def chosen_in_post(side: Side) -> dict[str, object]:
    in_post(side)
    return chosen(side)


def change(side: Side) -> dict[str, int]:
    kept = TermChange.objects.create(
        placement=side.placement,
        kind=TermChangeKind.EARLY,
        old_ends_on=side.placement.ends_on,
        ends_on=side.placement.ends_on - dt.timedelta(days=1),
        decided_on=ON,
        created_by=make_user(),
        created_at=AT,
    )
    return {**placement(side), "change": kept.pk}


def group(side: Side) -> dict[str, int]:
    """A work team with the one placement of the side."""
    if "group" not in side.extra:
        made = PlacementGroup.objects.create(name="工作队", owner_unit=side.root, founded_on=ON)
        GroupMember.objects.create(group=made, placement=side.placement)
        side.extra["group"] = made
    return {"pk": side.extra["group"].pk}


def team(side: Side) -> dict[str, object]:
    """The post of the campaign as a team."""
    side.campaign_post.team = "1"
    side.campaign_post.save()
    return {"campaign": side.campaign.pk, "team": "1"}


ROWS = {
    "placements:placement_list": Row(EVERYONE),
    "placements:contact_list": Row(EVERYONE),
    "placements:group_list": Row(EVERYONE),
    "placements:group_create": Row(OWNER),
    "placements:group_of_team": Row(OWNER, method="post", data=team),
    "placements:group_detail": Row(READERS, group),
    "placements:group_meeting": Row(READERS, group),
    "placements:group_write": Row(OWNER, group),
    "placements:group_edit": Row(OWNER, group),
    "placements:group_dissolve": Row(OWNER, group),
    "placements:placements_join": Row(OWNER, method="post", data=chosen),
    "placements:my_placement": Row(EVERYONE),
    "placements:placement_detail": Row(READERS, placement),
    "placements:notice_issue": Row(OWNER, placement),
    "placements:notices_issue": Row(OWNER, campaign),
    "placements:notice_download": Row(READERS, with_file),
    "placements:notices_download": Row(READERS, campaign_with_file),
    "placements:arrival_record": Row(OWNER | {Role.HOST_UNIT}, placement),
    "placements:formalities_record": Row(OWNER | {Role.HOME_UNIT, Role.HOST_UNIT}, placement),
    "placements:report_confirm": Row(frozenset({Role.SECONDEE}), appointed, method="post"),
    "placements:term_set": Row(OWNER, placement),
    "placements:notice_list": Row(EVERYONE),
    "placements:notice_detail": Row(OWNER | {Role.LEADER}, notice),
    "placements:notice_file": Row(OWNER | {Role.LEADER}, notice),
    "placements:notice_withdraw": Row(OWNER, notice),
    "placements:notice_correct": Row(OWNER, notice),
    "placements:placement_cancel": Row(OWNER, placement),
    "placements:placement_template": Row(OWNER),
    "placements:placement_export": Row(OWNER),
    "placements:placement_import": Row(OWNER),
    "placements:placement_import_review": Row(frozenset(), somebodys_file),
    "placements:placement_import_aside": Row(frozenset(), somebodys_file, "post"),
    "placements:placement_import_faults": Row(frozenset(), somebodys_file),
    "placements:placement_import_confirm": Row(frozenset(), somebodys_file, "post"),
    "placements:single_new": Row(OWNER),
    "placements:person_names": Row(OWNER),
    "placements:statistics": Row(OWNER | {Role.LEADER}),
    "placements:statistics_people": Row(OWNER | {Role.LEADER}, data=year),
    "placements:statistics_export": Row(OWNER | {Role.LEADER}, data=year),
    "placements:statistics_freeze": Row(OWNER, method="post", data=year),
    "placements:statistics_form_keep": Row(OWNER),
    "placements:statistics_form_filled": Row(OWNER, data=year_with_form),
    "placements:statistics_names": Row(OWNER | {Role.LEADER}),
    "placements:report_form": Row(OWNER | {Role.LEADER}, report_with_form),
    "placements:report_detail": Row(OWNER | {Role.LEADER}, report),
    "placements:placement_end": Row(OWNER, placement),
    "placements:placement_change": Row(OWNER, placement),
    "placements:placement_plan": Row(OWNER, in_post),
    "placements:placements_plan": Row(OWNER, method="post", data=chosen),
    "placements:placement_reopen": Row(OWNER, placement),
    "placements:placements_end": Row(OWNER, method="post", data=chosen),
    "placements:placements_change": Row(OWNER, method="post", data=chosen),
    "placements:arrivals_record": Row(OWNER | {Role.HOST_UNIT}),
    "placements:arrival_form": Row(READERS, in_post),
    "placements:appointment_form": Row(OWNER | {Role.HOME_UNIT}, placement),
    "placements:appointment_forms": Row(OWNER | {Role.HOME_UNIT}, method="post", data=chosen),
    "placements:forms_file": Row(frozenset(), forms_of_somebody),
    "placements:arrival_forms": Row(READERS, method="post", data=chosen_in_post),
    "placements:change_form": Row(READERS, change),
    "placements:change_forms": Row(READERS, method="post", data=chosen),
    "placements:accounts_ask": Row(OWNER, method="post", data=chosen),
}
