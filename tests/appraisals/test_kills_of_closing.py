"""The process that closes a vote is killed by the system at each step: what has a receipt is counted once."""

from functools import partial

import pytest
from django.db import connection, connections
from tests.appraisals.box_makers import make_appraisal, officer_of, opened, same_mark, slips_of
from tests.appraisals.killed import dying, in_a_process_that_is_killed
from tests.makers import AT, ON

from secondment.accounts.models import User
from secondment.appraisals.box import ballot_box, files
from secondment.appraisals.box.boxes import box_of, find
from secondment.appraisals.choices import AppraisalState
from secondment.appraisals.models import Appraisal, CountedReceipt, SealedBallot
from secondment.appraisals.services import voting
from secondment.appraisals.services.voting import close_voting
from secondment.audit.models import AuditEvent

STEPS = (
    (ballot_box.BallotBox, "seal"),
    (ballot_box.BallotBox, "content"),
    (voting, "seal_content"),
    (voting, "record"),
    (voting, "_destroy_boxes"),
    (files, "destroy"),
    (files, "_gone_name"),
    (files, "erase"),
    (files, "_overwrite"),
    (files, "_sync_folder"),
)

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite",
        reason="its database is in memory, which no other process sees; `reliability.ballots --kill` does it with a file",
    ),
]


def close(appraisal: Appraisal, officer: User) -> Appraisal:
    return close_voting(appraisal, by=officer, on=ON, at=AT)


@pytest.mark.parametrize("is_after", [False, True], ids=["before", "after"])
def test_a_closing_that_is_killed_is_finished_by_the_next(monkeypatch, is_after: bool) -> None:
    for owner, step in STEPS:
        appraisal = make_appraisal()
        officer = officer_of(appraisal)
        opened(appraisal, officer)
        receipts = []
        for code in slips_of(appraisal, 4, officer)[:3]:
            box, found = find(code, on=ON)
            receipts.append(box.cast(code, same_mark(found.sheet, 3), on=ON))
        with monkeypatch.context() as patched:
            patched.setattr(owner, step, dying(getattr(owner, step), is_after=is_after))
            connections.close_all()
            in_a_process_that_is_killed(partial(close, appraisal, officer))
        ballots = SealedBallot.objects.filter(paper__appraisal=appraisal)
        state = Appraisal.objects.get(pk=appraisal.pk).state
        assert ballots.count() == (3 if state == AppraisalState.CLOSED else 0), step
        assert state == AppraisalState.CLOSED or box_of(appraisal).is_there, step
        assert close(appraisal, officer).state == AppraisalState.CLOSED
        assert ballots.count() == 3, step
        counted = CountedReceipt.objects.filter(appraisal=appraisal).values_list("number", flat=True)
        assert sorted(counted) == sorted(receipts), step
        assert list(box_of(appraisal).path.parent.iterdir()) == [], step
        event = AuditEvent.objects.filter(action="appraisal.close_voting", object_id=str(appraisal.pk))
        assert event.count() == 1, step
