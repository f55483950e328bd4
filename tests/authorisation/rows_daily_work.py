"""Daily work: the host confirms and reports, the home unit tells, the secondee reads, the organisation department all."""

import datetime as dt

from secondment.accounts.choices import Role
from secondment.daily_work.choices import SupportState
from secondment.daily_work.models import HomeNotice, HostReport, SupportItem, UrgentMatter, UrgentOffice
from tests.authorisation.matrix import Row
from tests.authorisation.rows_posts import somebodys_file
from tests.authorisation.world import Side
from tests.makers import AT, make_user

OWNER = frozenset({Role.ORGANISATION_DEPARTMENT})
KINDS = ("month", "quarter")
GIVERS = OWNER | {Role.HOME_UNIT}
HANDERS = GIVERS | {Role.HOST_UNIT}


def notice(side: Side) -> dict[str, int]:
    """A notice of the third quarter for the one placement of the side."""
    given = HomeNotice.objects.create(
        placement=side.placement,
        starts_on=dt.date(2026, 7, 1),
        ends_on=dt.date(2026, 10, 1),
        logistics="体检安排在十月",
        handed_in_by=make_user(),
        handed_in_at=AT,
    )
    return {"pk": given.pk}


def support(side: Side, state: SupportState = SupportState.OPEN) -> dict[str, int]:
    """Support that the home unit of the side owes."""
    about = {"placement": side.placement}
    report = HostReport.objects.create(
        **about,
        starts_on=dt.date(2026, 7, 1),
        ends_on=dt.date(2026, 10, 1),
        support_wanted="农技专家",
        handed_in_by=make_user(),
        handed_in_at=AT,
    )
    item = SupportItem.objects.create(
        **about,
        report=report,
        wanted="农技专家",
        owner=side.home_unit,
        owner_role=Role.HOME_UNIT,
        asked_on=dt.date(2026, 10, 8),
        due_on=dt.date(2026, 11, 7),
        state=state,
    )
    return {"pk": item.pk}


def judged(side: Side) -> dict[str, int]:
    return support(side, SupportState.HELPED)


def urgent(side: Side) -> dict[str, int]:
    """Something that the host of the side told its home unit and department."""
    matter = UrgentMatter(
        placement=side.placement, kind="accident", reported_by=make_user(), reported_at=AT, due_at=AT
    )
    matter.set_line("摔伤")
    matter.save()
    for unit, role, is_teller in (
        (side.host_unit, Role.HOST_UNIT, True),
        (side.home_unit, Role.HOME_UNIT, False),
        (side.root, Role.ORGANISATION_DEPARTMENT, False),
    ):
        UrgentOffice.objects.create(matter=matter, unit=unit, role=role, is_teller=is_teller, told_at=AT)
    return {"pk": matter.pk}


READERS = HANDERS | {Role.LEADER, Role.INSPECTOR}

ROWS = {
    "daily_work:fulfilment": Row(OWNER | {Role.LEADER}),
    "daily_work:sheet_list": Row(HANDERS),
    **{f"daily_work:{kind}_sheet": Row(HANDERS) for kind in KINDS},
    **{f"daily_work:{kind}_import": Row(HANDERS) for kind in KINDS},
    **{f"daily_work:{kind}_import_review": Row(frozenset(), somebodys_file) for kind in KINDS},
    **{f"daily_work:{kind}_import_aside": Row(frozenset(), somebodys_file, "post") for kind in KINDS},
    **{f"daily_work:{kind}_import_faults": Row(frozenset(), somebodys_file) for kind in KINDS},
    **{f"daily_work:{kind}_import_confirm": Row(frozenset(), somebodys_file, "post") for kind in KINDS},
    "daily_work:host_sheet": Row(OWNER | {Role.HOST_UNIT}),
    "daily_work:notice_list": Row(GIVERS | {Role.SECONDEE}),
    "daily_work:notice_give": Row(GIVERS),
    "daily_work:notice_detail": Row(GIVERS | {Role.SECONDEE}, notice),
    "daily_work:notice_correct": Row(GIVERS, notice),
    "daily_work:notice_read": Row(frozenset({Role.SECONDEE}), notice, method="post"),
    "daily_work:notice_reply": Row(
        frozenset({Role.SECONDEE}), notice, method="post", data=lambda _side: {"words": "收到"}
    ),
    "daily_work:silence": Row(OWNER | {Role.LEADER}),
    "daily_work:support_list": Row(READERS),
    "daily_work:support_units": Row(OWNER | {Role.LEADER}),
    "daily_work:support_detail": Row(READERS, support),
    "daily_work:support_answer": Row(GIVERS, support, method="post", data=lambda _side: {"words": "已协调"}),
    "daily_work:support_pass_on": Row(GIVERS, support, method="post", data=lambda _side: {"words": "超出"}),
    "daily_work:support_judge": Row(
        OWNER | {Role.HOST_UNIT}, support, method="post", data=lambda _side: {"answer": "helped"}
    ),
    "daily_work:support_reopen": Row(OWNER | {Role.HOST_UNIT}, judged, method="post"),
    "daily_work:urgent_list": Row(READERS | {Role.SECONDEE}),
    "daily_work:urgent_new": Row(frozenset()),
    "daily_work:urgent_detail": Row(HANDERS, urgent),
    "daily_work:urgent_acknowledge": Row(GIVERS, urgent, method="post"),
    "daily_work:urgent_line": Row(HANDERS, urgent, method="post"),
}
