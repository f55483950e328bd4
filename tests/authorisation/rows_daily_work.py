"""Daily work: the host confirms and reports, the home unit tells, the secondee reads, the organisation department all."""

import datetime as dt

from secondment.accounts.choices import Role
from secondment.daily_work.models import HomeNotice
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
}
