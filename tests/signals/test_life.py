"""From the night it is raised until it expires: who answers, who is shown, when it may be used."""

import datetime as dt

import pytest
from django.db.models import Model
from tests.signals.scene import AT, ON, Scene

from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError
from secondment.notices.models import Notice
from secondment.placements.models import Placement
from secondment.signals.errors import NotHeardError, SignStateError, WordsMissingError
from secondment.signals.looking import look_at, those_in_post
from secondment.signals.models import EarlySign, SignUse, Tally
from secondment.signals.rules import heard_from, may_be_used
from secondment.signals.services import (
    answer_sign,
    close_sign,
    look_tonight,
    read_by_person,
    show_sign,
    speak,
    use_sign,
    write_signs,
)

DAY = dt.timedelta(days=1)


def events(action: str, target: Model | None = None) -> int:
    rows = AuditEvent.objects.filter(action=action)
    return (rows.filter(object_id=str(target.pk)) if target else rows).count()


def tonight(on: dt.date = ON) -> int:
    """The look of a night, whatever was looked at before."""
    return write_signs(look_at(those_in_post(on), on), at=AT)


def silence_nobody(scene: Scene) -> None:
    """Words of both sides, so that lines are not cut."""
    for day in (dt.date(2026, 10, 8), dt.date(2026, 12, 30), dt.date(2027, 3, 30)):
        scene.report(day, f"走访六十户，{day.month}月办结诉求十一件，修通两公里路，一切顺利{day.isoformat()}")
        scene.notice(day, logistics="体检")


@pytest.fixture
def adviser(scene: Scene) -> EarlySign:
    """Raised in the night because everything is done for others."""
    silence_nobody(scene)
    scene.book("joint")
    assert tonight() == 2
    return EarlySign.objects.get(code="only_adviser")


def answered(scene: Scene, sign: EarlySign, kind: str = "explained") -> EarlySign:
    return answer_sign(sign, kind=kind, words="班子刚调整", by=scene.host, on=ON, at=AT)


def shown(scene: Scene, sign: EarlySign) -> EarlySign:
    answered(scene, sign)
    return show_sign(sign, words="", by=scene.owner, on=ON, at=AT)


# --- the night


def test_a_night_raises_once_and_again_changes_nothing(scene: Scene, adviser: EarlySign) -> None:
    assert (adviser.raised_on, adviser.expires_on) == (ON, dt.date(2027, 5, 4))
    assert adviser.due_on == dt.date(2026, 11, 16)
    assert (adviser.unit, adviser.role) == (scene.placement.host_unit, "host_unit")
    assert adviser.figures == {"days": 30}
    before = EarlySign.objects.order_by("pk").values()[:]
    assert tonight() == 0
    assert list(EarlySign.objects.order_by("pk").values()) == list(before)
    assert events("sign.raise") == 2


def test_a_day_is_looked_at_once(scene: Scene) -> None:
    scene.book("joint")
    assert look_tonight(on=ON, at=AT) == 3
    EarlySign.objects.all().delete()
    assert look_tonight(on=ON, at=AT) == 0
    assert look_tonight(on=ON + DAY, at=AT) == 3


def test_facts_stay_as_they_were_and_the_sign_says_whether_it_holds(scene: Scene, adviser: EarlySign) -> None:
    facts = adviser.facts
    assert [str(one.words) for one in facts] == ["任务书1项任务都是配合、参谋或调研，没有分管任务"]
    adviser.placement.task_books.get().tasks.update(kind="own")
    assert tonight(ON + DAY) == 0
    adviser.refresh_from_db()
    assert (adviser.holds, adviser.facts) == (False, facts)
    adviser.placement.task_books.get().tasks.update(kind="advice")
    tonight(ON + 2 * DAY)
    adviser.refresh_from_db()
    assert adviser.holds


def test_it_is_deleted_after_six_months_and_asked_again_if_it_still_holds(
    scene: Scene, adviser: EarlySign
) -> None:
    assert tonight(dt.date(2027, 5, 3)) == 0
    assert EarlySign.objects.filter(pk=adviser.pk).exists()
    assert events("sign.expire") == 0
    assert tonight(dt.date(2027, 5, 4)) == 2
    assert not EarlySign.objects.filter(pk=adviser.pk).exists()
    assert events("sign.expire", adviser) == 1
    again = EarlySign.objects.get(code="only_adviser")
    assert (again.raised_on, again.state, again.answer) == (dt.date(2027, 5, 4), "asked", "")


def test_who_has_left_or_has_not_come_is_not_looked_at(scene: Scene) -> None:
    Placement.objects.update(state="ended")
    assert tonight() == 0
    Placement.objects.update(state="in_post", starts_on=ON + DAY)
    assert tonight() == 0
    Placement.objects.update(starts_on=ON - DAY, reported_on=ON + DAY)
    assert tonight() == 0


def test_counts_name_reasons_and_nobody(scene: Scene) -> None:
    scene.book("joint")
    Placement.objects.update(work_mode="half")
    tonight()
    tonight(ON + DAY)
    row = Tally.objects.get(code="takes_no_charge")
    assert (row.unit, row.n_looked, row.n_raised, row.spared) == (scene.root, 1, 0, {"beside": 1})
    assert row.looked_on == ON + DAY
    assert Tally.objects.get(code="only_adviser").n_raised == 1


def test_thresholds_are_those_of_the_programme(scene: Scene) -> None:
    silence_nobody(scene)
    scene.book("joint")
    version = scene.placement.programme_version
    version.parameters = {"signs": {"takes_no_charge": {"months": 18}}}
    version.save()
    assert tonight() == 1
    assert EarlySign.objects.get().code == "only_adviser"


# --- the office


def test_the_office_answers_and_may_correct_itself(scene: Scene, adviser: EarlySign) -> None:
    row = answered(scene, adviser)
    assert (row.state, row.answer_kind, row.answer, row.answered_by) == (
        "answered",
        "explained",
        "班子刚调整",
        scene.host,
    )
    answered(scene, adviser)
    assert events("sign.answer") == 1
    answered(scene, adviser, "mended")
    assert events("sign.answer") == 2
    assert "班子".encode() not in bytes(EarlySign.objects.get(pk=adviser.pk).answer_sealed)
    with pytest.raises(WordsMissingError, match="一两句话"):
        answer_sign(adviser, kind="explained", words=" ", by=scene.host, on=ON, at=AT)


def test_others_do_not_answer_but_the_department_in_charge_notes_it_down(
    scene: Scene, adviser: EarlySign
) -> None:
    for user in (scene.home_clerk, scene.local, scene.person, scene.leader):
        with pytest.raises(NotAllowedError):
            answer_sign(adviser, kind="explained", words="x", by=user, on=ON, at=AT)
    answer_sign(adviser, kind="explained", words="电话说明", by=scene.owner, on=ON, at=AT)


def test_nobody_answers_or_decides_about_themselves(scene: Scene, adviser: EarlySign) -> None:
    scene.placement.person.account = scene.host
    scene.placement.person.save()
    with pytest.raises(NotAllowedError):
        answered(scene, adviser)
    scene.placement.person.account = scene.owner
    scene.placement.person.save()
    with pytest.raises(NotAllowedError):
        close_sign(adviser, words="x", by=scene.owner, on=ON, at=AT)


def test_an_answer_is_not_changed_once_the_person_was_shown(scene: Scene, adviser: EarlySign) -> None:
    shown(scene, adviser)
    with pytest.raises(SignStateError, match="不能再改"):
        answered(scene, adviser, "mended")


# --- the person


def test_the_person_is_told_once_and_only_after_the_office_was_heard(
    scene: Scene, adviser: EarlySign
) -> None:
    with pytest.raises(SignStateError, match="先听取"):
        show_sign(adviser, words="", by=scene.owner, on=ON, at=AT)
    with pytest.raises(NotAllowedError):
        show_sign(adviser, words="", by=scene.host, on=ON, at=AT)
    row = shown(scene, adviser)
    show_sign(adviser, words="", by=scene.owner, on=ON, at=AT)
    assert (row.state, row.shown_on) == ("shown", ON)
    message = Notice.objects.get(recipient=scene.person)
    assert message.path == f"/signals/{adviser.pk}/"
    assert events("sign.show") == 1


def test_who_has_no_account_is_told_by_somebody_who_is_named(scene: Scene, adviser: EarlySign) -> None:
    scene.placement.person.account = None
    scene.placement.person.save()
    answered(scene, adviser)
    with pytest.raises(WordsMissingError, match="没有账号"):
        show_sign(adviser, words="", by=scene.owner, on=ON, at=AT)
    row = show_sign(adviser, words="干部科当面告知", by=scene.owner, on=ON, at=AT)
    assert row.shown_words == "干部科当面告知"
    assert Notice.objects.count() == 0
    assert heard_from(row) == dt.date(2026, 11, 10)
    row = speak(row, words="愿意分管", by=scene.owner, on=ON, at=AT)
    assert (row.own_words, heard_from(row)) == ("愿意分管", ON)


def test_the_person_may_speak_and_change_it_until_it_is_closed(scene: Scene, adviser: EarlySign) -> None:
    with pytest.raises(NotAllowedError):
        speak(adviser, words="早说", by=scene.person, on=ON, at=AT)
    row = shown(scene, adviser)
    with pytest.raises(NotAllowedError):
        speak(row, words="代说", by=scene.owner, on=ON, at=AT)
    with pytest.raises(WordsMissingError):
        speak(row, words="", by=scene.person, on=ON, at=AT)
    speak(row, words="我提过", by=scene.person, on=ON, at=AT)
    speak(row, words="我提过", by=scene.person, on=ON, at=AT)
    row = speak(row, words="我提过两次", by=scene.person, on=ON, at=AT)
    assert row.own_words == "我提过两次"
    assert events("sign.speak") == 2
    close_sign(row, words="已分工", by=scene.owner, on=ON, at=AT)
    with pytest.raises(SignStateError, match="已经了结"):
        speak(row, words="再说", by=scene.person, on=ON, at=AT)


# --- use


def use(scene: Scene, sign: EarlySign, on: dt.date, kind: str = "talk") -> SignUse:
    return use_sign(sign, kind=kind, words="谈话前了解", by=scene.owner, on=on, at=AT)


@pytest.mark.parametrize("kind", ["talk", "draw", "report"])
def test_nothing_is_used_before_the_person_was_heard(scene: Scene, adviser: EarlySign, kind: str) -> None:
    with pytest.raises(NotHeardError, match="还没有看到事实") as raised:
        use(scene, adviser, ON, kind)
    assert raised.value.way is not None
    answered(scene, adviser)
    with pytest.raises(NotHeardError):
        use(scene, adviser, ON, kind)
    row = show_sign(adviser, words="", by=scene.owner, on=ON, at=AT)
    with pytest.raises(NotHeardError):  # shown and never opened: not heard, however long ago
        use(scene, row, ON + 100 * DAY, kind)
    read_by_person(row, by=scene.owner, on=ON)
    with pytest.raises(NotHeardError):
        use(scene, row, ON + 100 * DAY, kind)
    read_by_person(row, by=scene.person, on=ON)
    read_by_person(row, by=scene.person, on=ON + DAY)
    assert EarlySign.objects.get(pk=row.pk).read_on == ON
    # five working days after Monday 2 November: until Monday the 9th
    with pytest.raises(NotHeardError):
        use(scene, row, dt.date(2026, 11, 9), kind)
    done = use(scene, row, dt.date(2026, 11, 10), kind)
    assert use(scene, row, dt.date(2026, 11, 10), kind) == done
    assert events("sign.use") == 1


def test_what_has_expired_is_not_used_even_before_the_night_that_deletes_it(
    scene: Scene, adviser: EarlySign
) -> None:
    row = shown(scene, adviser)
    speak(row, words="我提过", by=scene.person, on=ON, at=AT)
    row.refresh_from_db()
    last = adviser.expires_on - DAY
    assert use(scene, row, last).used_on == last
    with pytest.raises(SignStateError, match="已满六个月失效"):
        use(scene, row, adviser.expires_on)
    assert (may_be_used(row, last), may_be_used(row, adviser.expires_on)) == (True, False)


def test_after_the_persons_answer_it_may_be_used_at_once(scene: Scene, adviser: EarlySign) -> None:
    row = shown(scene, adviser)
    speak(row, words="我提过", by=scene.person, on=ON, at=AT)
    with pytest.raises(WordsMissingError):
        use_sign(row, kind="talk", words=" ", by=scene.owner, on=ON, at=AT)
    with pytest.raises(NotAllowedError):
        use_sign(row, kind="talk", words="x", by=scene.host, on=ON, at=AT)
    assert use(scene, row, ON).sign == row
    close_sign(row, words="已谈", by=scene.owner, on=ON, at=AT)
    with pytest.raises(NotHeardError):  # what is closed is used no more
        use(scene, row, ON, "report")


# --- the end


def test_closing_needs_the_office_to_be_heard_and_a_reason(scene: Scene, adviser: EarlySign) -> None:
    with pytest.raises(SignStateError):
        close_sign(adviser, words="x", by=scene.owner, on=ON, at=AT)
    answered(scene, adviser)
    with pytest.raises(WordsMissingError):
        close_sign(adviser, words="", by=scene.owner, on=ON, at=AT)
    row = close_sign(adviser, words="情况正常", by=scene.owner, on=ON, at=AT)
    close_sign(adviser, words="情况正常", by=scene.owner, on=ON, at=AT)
    assert (row.state, row.closed_words, row.closed_by) == ("closed", "情况正常", scene.owner)
    assert events("sign.close") == 1
    with pytest.raises(SignStateError):
        close_sign(adviser, words="别的", by=scene.owner, on=ON, at=AT)
    with pytest.raises(SignStateError):
        answered(scene, adviser)


def test_what_is_closed_is_not_asked_again_before_it_expires(scene: Scene, adviser: EarlySign) -> None:
    answered(scene, adviser)
    close_sign(adviser, words="情况正常", by=scene.owner, on=ON, at=AT)
    assert tonight(ON + 30 * DAY) == 0
