"""Complaints and suggestions under one's name: to whom, read by whom, answered by when."""

import datetime as dt

import pytest
from django.urls import reverse
from tests.pages import text_of
from tests.talks.scene import AT, ON, Scene, make_scene

from secondment.accounts.choices import Role
from secondment.common.errors import NotAllowedError
from secondment.notices.models import Notice
from secondment.obligations.waiting import count_waiting, waiting_for
from secondment.talks import letters, services
from secondment.talks.desks import Desk, desks_for
from secondment.talks.errors import SuggestionError, WordsMissingError
from secondment.talks.models import Suggestion


def sent(
    scene: Scene, *, to: Desk | None = None, text: str = "报表太多", category: str = "burden"
) -> Suggestion:
    desk = to or Desk(scene.township, Role.HOST_UNIT)
    if to is None:
        desk = Desk(scene.village, Role.HOST_UNIT)
    return services.suggest(desk, category=category, text=text, by=scene.person, on=ON, at=AT)


def test_to_the_parties_of_ones_own_placement_and_to_departments(scene: Scene) -> None:
    assert {(one.unit.name, str(one.role)) for one in desks_for(scene.person)} == {
        ("示例村", "host_unit"),
        ("示例厅", "home_unit"),
        ("示例市委", "organisation_department"),
    }
    assert [(one.unit, one.role) for one in desks_for(scene.host)] == [
        (scene.root, Role.ORGANISATION_DEPARTMENT)
    ]
    with pytest.raises(NotAllowedError):
        sent(scene, to=Desk(scene.township, Role.HOST_UNIT))


def test_one_letter_sealed_and_told_to_the_office_alone(scene: Scene) -> None:
    letter = sent(scene)
    assert sent(scene) == letter
    assert sent(scene, text="另一件") != letter
    assert "报表" not in str(Suggestion.objects.values().first())
    assert {one.recipient for one in Notice.objects.all()} == {scene.host}
    with pytest.raises(WordsMissingError):
        sent(scene, text=" ")


@pytest.mark.parametrize(("days", "due_on"), [(1, dt.date(2026, 11, 3)), (5, dt.date(2026, 11, 9))])
def test_the_day_of_the_answer_follows_the_programme(db: None, days, due_on) -> None:
    assert sent(make_scene({"cycles": {"suggestion_days": days}})).due_on == due_on


def test_without_a_programme_the_usual_days(scene: Scene) -> None:
    desk = Desk(scene.root, Role.ORGANISATION_DEPARTMENT)
    letter = services.suggest(desk, category="burden", text="表", by=scene.host, on=ON, at=AT)
    assert letter.due_on == dt.date(2026, 11, 23)


def test_read_by_sender_office_and_department_above(scene: Scene, signed_in) -> None:
    page = reverse("talks:suggestion_detail", args=[sent(scene).pk])
    for reader in (scene.person, scene.host, scene.local, scene.owner):
        assert "报表太多" in text_of(signed_in(reader).get(page))
    for reader in (scene.home_clerk, scene.other_host, scene.leader):
        assert signed_in(reader).get(page).status_code == 404


def test_answered_once_and_the_sender_is_told(scene: Scene) -> None:
    letter = sent(scene)
    lines = [one.title for one in waiting_for(scene.host, ON)]
    assert "答复一件意见建议" in lines
    assert len(lines) == count_waiting(scene.host, ON)
    with pytest.raises(WordsMissingError):
        services.answer(letter, text="", by=scene.host, on=ON, at=AT)
    for by in (scene.person, scene.home_clerk):
        with pytest.raises(NotAllowedError):
            services.answer(letter, text="好", by=by, on=ON, at=AT)
    services.answer(letter, text="已合并", by=scene.host, on=ON, at=AT)
    letter.refresh_from_db()
    assert (letter.answer, letter.answered_on, letter.state) == ("已合并", ON, "answered")
    assert Notice.objects.filter(recipient=scene.person).count() == 1
    assert "答复一件意见建议" not in [one.title for one in waiting_for(scene.host, ON)]
    with pytest.raises(SuggestionError):
        services.answer(letter, text="再答", by=scene.host, on=ON, at=AT)


def test_late_ones_are_named_by_office_from_the_day_after(scene: Scene, signed_in) -> None:
    letter = sent(scene)
    sent(scene, text="另一件")
    assert letters.late_by_office(scene.owner, letter.due_on) == []
    after = letter.due_on + dt.timedelta(days=1)
    assert letters.late_by_office(scene.owner, after) == [("示例村", 2)]
    assert (letter.is_late(letter.due_on), letter.is_late(after)) == (False, True)
    assert letters.late_by_office(scene.home_clerk, after) == []


def test_the_list_asks_as_often_for_one_row_as_for_many(scene: Scene, django_assert_num_queries) -> None:
    def ask(n: int) -> None:
        with django_assert_num_queries(1):
            rows = list(letters.with_names(letters.visible_to(scene.owner), scene.owner, ON))
            assert [(one.unit.name, one.sent_by.name, one.is_open) for one in rows] == [
                ("示例村", "张三", True)
            ] * n

    len(letters.visible_to(scene.owner))
    sent(scene)
    ask(1)
    for n in range(5):
        sent(scene, text=f"意见{n}")
    ask(6)


def test_pages(scene: Scene, signed_in) -> None:
    client = signed_in(scene.person)
    form = {"desk": f"{scene.village.pk}-host_unit", "category": "interference", "text": "什么都要管"}
    answer = client.post(reverse("talks:suggestion_new"), form)
    letter = Suggestion.objects.get()
    assert answer.url == reverse("talks:suggestion_detail", args=[letter.pk])
    assert "12388" in text_of(client.get(reverse("talks:suggestion_new")))
    host = signed_in(scene.host)
    address = reverse("talks:suggestion_answer", args=[letter.pk])
    assert "请写答复内容" in text_of(host.post(address, {"text": ""}))
    assert "请选择核实结果" in text_of(host.post(address, {"text": "已提醒"}))
    assert host.post(address, {"text": "已提醒", "finding": "partly"}).status_code == 302
    assert "已提醒" in text_of(client.get(answer.url))
