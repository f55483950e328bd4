"""Once a vote was opened it is voided by two people: nobody alone makes ballots worthless, and what becomes of them is said."""

import pytest
from tests.appraisals.box_makers import make_appraisal, officer_of, opened, same_mark, slips_of
from tests.makers import AT, ON
from tests.pages import text_of

from secondment.appraisals.box.boxes import box_of, find
from secondment.appraisals.choices import AppraisalState
from secondment.appraisals.errors import AppraisalError
from secondment.appraisals.models import Appraisal, SealedBallot
from secondment.appraisals.services import ask_void, confirm_void, decline_void, void_appraisal
from secondment.appraisals.services.voting import close_voting
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError

pytestmark = pytest.mark.django_db


@pytest.fixture(name="vote")
def open_vote() -> Appraisal:
    """With one ballot in its box."""
    appraisal = make_appraisal()
    officer = officer_of(appraisal)
    opened(appraisal, officer)
    (code,) = slips_of(appraisal, 1, officer)
    box, found = find(code, on=ON)
    box.cast(code, same_mark(found.sheet, 2), on=ON)
    return Appraisal.objects.get(pk=appraisal.pk)


def ask(vote: Appraisal, by, reason: str = "名单有误") -> Appraisal:
    return ask_void(vote, reason=reason, by=by, on=ON, at=AT)


def test_one_account_alone_voids_no_open_vote(vote: Appraisal, django_capture_on_commit_callbacks) -> None:
    one, other = officer_of(vote), officer_of(vote)
    with pytest.raises(AppraisalError, match="一人申请、另一人确认"):
        void_appraisal(vote, reason="名单有误", by=one, at=AT)
    with pytest.raises(AppraisalError, match="没有待确认的作废申请"):
        confirm_void(vote, by=other, at=AT)
    with pytest.raises(AppraisalError, match="请写明作废的理由"):
        ask(vote, one, " ")
    asked = ask(vote, one)
    assert (asked.state, asked.void_asked_by, asked.void_asked_on) == (AppraisalState.OPEN, one, ON)
    assert box_of(vote).counts()[vote.papers.get().pk].spent == 1
    with pytest.raises(AppraisalError, match="已有人申请作废"):
        ask(vote, other)
    with pytest.raises(NotAllowedError, match="申请人以外的另一人"):
        confirm_void(vote, by=one, at=AT)
    with django_capture_on_commit_callbacks(execute=True):
        done = confirm_void(vote, by=other, at=AT)
    assert (done.state, done.void_reason) == (AppraisalState.VOID, "名单有误")
    assert not box_of(vote).is_there
    assert not done.candidates.filter(is_void=False).exists()
    details = {"reason": "名单有误", "from": "open", "asked_by": one.name}
    assert AuditEvent.objects.get(action="appraisal.void").details == details
    assert AuditEvent.objects.get(action="appraisal.ask_void").details == {"reason": "名单有误"}


def test_a_request_is_declined_and_the_vote_goes_on(vote: Appraisal) -> None:
    one, other = officer_of(vote), officer_of(vote)
    ask(vote, one)
    row = decline_void(vote, by=one, at=AT)  # taken back by whoever asked
    assert (row.state, row.void_reason, row.void_asked_by) == (AppraisalState.OPEN, "", None)
    with pytest.raises(AppraisalError, match="没有待确认的作废申请"):
        decline_void(vote, by=other, at=AT)
    assert AuditEvent.objects.filter(action="appraisal.decline_void").count() == 1
    assert ask(vote, other).void_asked_by == other


def test_a_request_ends_with_the_vote(vote: Appraisal) -> None:
    one, other = officer_of(vote), officer_of(vote)
    ask(vote, one)
    row = close_voting(vote, by=other, on=ON, at=AT)
    assert (row.void_asked_by, row.void_reason, SealedBallot.objects.count()) == (None, "", 1)


def test_pages_ask_confirm_and_say_what_becomes_of_ballots(
    signed_in, vote: Appraisal, django_capture_on_commit_callbacks
) -> None:
    one, other = officer_of(vote), officer_of(vote)
    page = f"/appraisals/{vote.pk}/"
    first, second = signed_in(one), signed_in(other)
    assert "票箱连同其中的票随即销毁" in text_of(first.get(page))
    assert "请写明作废的理由" in text_of(first.post(f"{page}void/", {"reason": ""}))
    told = text_of(first.post(f"{page}void/", {"reason": "名单有误"}, follow=True))
    assert "已申请作废，请另一人在本页确认" in told
    assert f"{one.name}于 2026" in told
    assert "确认作废" not in told
    assert first.post(f"{page}void/confirm/").status_code == 403
    assert "确认作废" in text_of(second.get(page))
    assert "作废申请已退回" in text_of(second.post(f"{page}void/decline/", follow=True))
    first.post(f"{page}void/", {"reason": "名单有误"})
    with django_capture_on_commit_callbacks(execute=True):
        done = text_of(second.post(f"{page}void/confirm/", follow=True))
    assert "已作废。测评对象可以另行测评" in done
    assert "作废理由" in done
