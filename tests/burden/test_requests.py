"""A request outside of the register: counted first, refused over the budget, answered by offices, read, closed."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.urls import reverse
from tests.daily_work.scene import AT, ON, Scene
from tests.makers import make_unit, make_user
from tests.pages import text_of

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.audit.models import AuditEvent
from secondment.burden.budgets import rounded
from secondment.burden.choices import RequestState
from secondment.burden.models import Answer, Budget, Request
from secondment.burden.queries import visible_to
from secondment.burden.services import (
    Draft,
    answer_request,
    assess,
    close_request,
    issue_request,
    read_answers,
)
from secondment.burden.services.errors import OverBudgetError, RequestError
from secondment.common.errors import NotAllowedError
from secondment.obligations.models import Obligation, ObligationState
from secondment.obligations.waiting import waiting_for

DUE = dt.date(2026, 10, 20)


def draft(scene: Scene, **fields: Any) -> Draft:
    values = {
        "unit": scene.root,
        "title": "防汛值守人数",
        "role": Role.HOST_UNIT.value,
        "n_fields": 1,
        "characters": 40,
        "due_on": DUE,
        "readers": "市委组织部干部科，调配值守人员",
        "basis": "市防指〔2026〕8号",
    }
    return Draft(**{**values, **fields})


def issue(scene: Scene, by: User | None = None, **fields: Any) -> Request:
    return issue_request(draft(scene, **fields), by=by or scene.owner, on=ON, at=AT)


def host(scene: Scene, at: int = 0) -> User:
    return make_user(Role.HOST_UNIT, scene.people[at].host_unit)


def budget(scene: Scene, minutes: int) -> None:
    Budget.objects.create(role=Role.HOST_UNIT, minutes=minutes, basis="试", set_by=scene.owner, set_at=AT)


def test_it_is_counted_before_it_is_issued(scene: Scene) -> None:
    found = assess(draft(scene), ON)
    assert found.minutes == pytest.approx(0.5 + 5 / 60 + 1)
    assert (found.n_offices, found.requested, found.budget, found.excess) == (2, 0, 20, None)
    assert found.total == 2 * found.minutes
    assert found.year == found.regular + found.minutes
    assert not Request.objects.exists()


@pytest.mark.parametrize(("above", "is_refused"), [(1, False), (0, False), (-1, True)])
def test_one_minute_over_the_budget_is_refused_and_says_whose(
    scene: Scene, above: int, is_refused: bool
) -> None:
    year = rounded(assess(draft(scene), ON).year)
    budget(scene, year + above)
    if is_refused:
        with pytest.raises(
            OverBudgetError, match=f"接收单位每名挂职干部每年 {year} 分钟，超过预算 {year - 1} 分钟"
        ):
            issue(scene)
        assert not Request.objects.exists()
        assert not Obligation.objects.filter(kind="burden.request").exists()
    else:
        assert issue(scene, leader="张部长", leader_reason="不需要").leader == ""


def test_a_named_leader_with_a_reason_lets_it_through(scene: Scene) -> None:
    budget(scene, 1)
    for leader, reason in (("张部长", " "), (" ", "汛情紧急")):
        with pytest.raises(OverBudgetError):
            issue(scene, leader=leader, leader_reason=reason)
    made = issue(scene, leader="张部长", leader_reason="汛情紧急")
    assert (made.leader, made.leader_reason) == ("张部长", "汛情紧急")


def test_earlier_requests_of_a_year_count(scene: Scene) -> None:
    issue(scene)
    found = assess(draft(scene), ON)
    assert found.requested == pytest.approx(found.minutes)
    assert assess(draft(scene), ON + dt.timedelta(days=364)).requested == pytest.approx(found.minutes)
    assert assess(draft(scene), ON + dt.timedelta(days=365)).requested == 0
    assert assess(draft(scene, role=Role.HOME_UNIT.value), ON).requested == 0


def test_only_what_the_same_offices_were_asked_counts(scene: Scene) -> None:
    other = make_unit("邻县", scene.root)
    issue(scene)
    assert assess(draft(scene, unit=other), ON).requested == 0
    issue(scene, title="另一件", n_fields=3)
    both = sum(Request.objects.values_list("minutes", flat=True))
    assert assess(draft(scene), ON).requested == pytest.approx(both)


def test_every_office_asked_finds_it_among_its_todo(scene: Scene) -> None:
    made = issue(scene)
    [line] = [one for one in waiting_for(host(scene), ON) if "防汛值守人数" in str(one.title)]
    path = reverse("burden:request_answer", args=[made.pk, scene.people[0].host_unit_id])
    assert (line.path, line.due_on) == (path, DUE)
    assert Obligation.objects.filter(kind="burden.request").count() == made.n_offices == 2


def test_who_may_not_and_what_cannot_be_asked_is_refused(scene: Scene) -> None:
    with pytest.raises(NotAllowedError):
        issue(scene, by=host(scene))
    with pytest.raises(RequestError, match="截止日期已过"):
        issue(scene, due_on=ON - dt.timedelta(days=1))
    with pytest.raises(RequestError, match="没有在挂人员"):
        issue(scene, unit=make_unit("空县", scene.root))
    assert issue(scene, due_on=ON).due_on == ON


def answered(scene: Scene, text: str = "值守 6 人", **fields: Any) -> tuple[Request, Answer]:
    made = issue(scene, **fields)
    answer = answer_request(made, scene.people[0].host_unit, text, by=host(scene), on=ON, at=AT)
    return made, answer


def test_an_answer_closes_what_the_office_owes_and_can_be_corrected(scene: Scene) -> None:
    made, answer = answered(scene)
    unit = scene.people[0].host_unit
    assert Obligation.objects.get(kind="burden.request", unit=unit).state == ObligationState.MET
    again = answer_request(made, unit, "值守 6 人", by=scene.owner, on=ON, at=AT)
    assert again.answered_by == answer.answered_by
    assert answer_request(made, unit, "值守 7 人\r\n", by=scene.owner, on=ON, at=AT).text == "值守 7 人"
    assert Answer.objects.count() == 1
    assert AuditEvent.objects.filter(action="burden_request.answer").count() == 2


@pytest.mark.parametrize(("n", "is_sound"), [(39, True), (40, True), (41, False)])
def test_no_answer_is_longer_than_was_counted(scene: Scene, n: int, is_sound: bool) -> None:
    if is_sound:
        assert len(answered(scene, "字" * n)[1].text) == n
    else:
        with pytest.raises(RequestError, match="答复有 41 字，超过 40 字"):
            answered(scene, "字" * n)


def test_answers_that_are_refused(scene: Scene) -> None:
    made = issue(scene)
    with pytest.raises(RequestError, match="没有填写答复"):
        answer_request(made, scene.people[0].host_unit, " ", by=scene.owner, on=ON, at=AT)
    with pytest.raises(NotAllowedError):
        answer_request(made, scene.people[0].host_unit, "无", by=host(scene, 1), on=ON, at=AT)
    with pytest.raises(RequestError, match="没有要求这个单位"):
        answer_request(made, scene.townships[0], "无", by=scene.owner, on=ON, at=AT)
    close_request(made, by=scene.owner, on=ON, at=AT)
    with pytest.raises(RequestError, match="已经结束"):
        answer_request(made, scene.people[0].host_unit, "无", by=scene.owner, on=ON, at=AT)


def test_closing_asks_for_nothing_more(scene: Scene) -> None:
    made, _answer = answered(scene)
    with pytest.raises(NotAllowedError):
        close_request(made, by=host(scene), on=ON, at=AT)
    for _n in range(2):
        assert close_request(made, by=scene.owner, on=ON, at=AT).state == RequestState.CLOSED
    states = Obligation.objects.filter(kind="burden.request").values_list("state", flat=True)
    assert sorted(states) == ["met", "waived"]
    assert AuditEvent.objects.filter(action="burden_request.close").count() == 1


def test_reading_answers_is_noted_once(scene: Scene) -> None:
    made = issue(scene)
    read_answers(made, by=scene.owner, at=AT)
    answer_request(made, scene.people[0].host_unit, "无", by=scene.owner, on=ON, at=AT)
    read_answers(made, by=host(scene), at=AT)
    assert not AuditEvent.objects.filter(action="burden_request.read").exists()
    for _n in range(2):
        read_answers(made, by=scene.owner, at=AT)
    assert AuditEvent.objects.filter(action="burden_request.read").count() == 1


def test_an_office_sees_what_it_was_asked_and_a_stranger_nothing(scene: Scene) -> None:
    made = issue(scene)
    assert list(visible_to(host(scene))) == [made]
    assert list(visible_to(scene.owner)) == [made]
    assert not visible_to(make_user(Role.HOST_UNIT, make_unit("别县别村"))).exists()
    assert not visible_to(scene.home_clerk()).exists()


def posted(scene: Scene, **fields: Any) -> dict[str, Any]:
    one = draft(scene, **fields)
    return {name: getattr(one, name) for name in Draft.__dataclass_fields__} | {"unit": scene.root.pk}


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_args: ON)


@pytest.mark.usefixtures("today")
def test_the_page_counts_first_and_issues_then(scene: Scene, signed_in: Any) -> None:
    client, path = signed_in(scene.owner), reverse("burden:request_new")
    shown = client.post(path, posted(scene))
    counted = text_of(shown)
    assert "还没有发出：请核对办理时间" in counted
    assert "接收单位，2 个单位" in counted
    seen = {"counted": shown.context["counted"]}
    assert f'name="counted" value="{seen["counted"]}"' in shown.content.decode()
    changed = client.post(path, {**posted(scene, characters=400), **seen})
    assert "还没有发出" in text_of(changed)
    assert changed.context["counted"] != seen["counted"]
    assert not Request.objects.exists()
    answer = client.post(path, {**posted(scene), **seen}, follow=True)
    assert "已发给 2 个单位" in text_of(answer)


@pytest.mark.usefixtures("today")
def test_the_page_names_the_budget_it_breaks_and_the_way_through(scene: Scene, signed_in: Any) -> None:
    budget(scene, 5)
    client, path = signed_in(scene.owner), reverse("burden:request_new")
    seen = {"counted": draft(scene).counted}
    counted = text_of(client.post(path, {**posted(scene), **seen}))
    assert "超过预算 5 分钟。请减少项数或字数；确有必要的，写明同意的领导和理由" in counted
    data = posted(scene, leader="张部长", leader_reason="汛情紧急") | seen
    assert client.post(path, data).status_code == 302
    rows = text_of(client.get(reverse("burden:request_list")))
    assert "张部长" in rows


@pytest.mark.usefixtures("today")
def test_an_office_answers_on_its_page_and_the_department_reads_all(scene: Scene, signed_in: Any) -> None:
    made = issue(scene)
    unit, other = scene.people[0].host_unit, scene.people[1].host_unit
    client = signed_in(host(scene))
    path = reverse("burden:request_answer", args=[made.pk, unit.pk])
    assert "没有填写答复" in text_of(client.post(path, {"text": ""}))
    told = text_of(client.post(path, {"text": "值守 6 人"}, follow=True))
    assert "值守 6 人" in told
    assert client.get(reverse("burden:request_answer", args=[made.pk, other.pk])).status_code == 404
    page = reverse("burden:request_detail", args=[made.pk])
    assert other.name not in told
    owner = signed_in(scene.owner)
    assert "值守 6 人" in text_of(owner.get(page))
    closed = owner.post(reverse("burden:request_close", args=[made.pk]), follow=True)
    assert "已结束，没有答复的单位不再需要答复" in text_of(closed)


def test_a_draft_of_no_characters_and_no_leader_stays_as_it_is(scene: Scene) -> None:
    assert replace(draft(scene), replaces="电话统计").replaces == "电话统计"
