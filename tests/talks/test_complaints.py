"""Complaints about how somebody behaves: whom they are about, what was found, who learns of it."""

import datetime as dt

import pytest
from django.urls import reverse
from tests.makers import make_user
from tests.pages import text_of
from tests.talks.scene import AT, ON, Scene

from secondment.accounts.choices import Role
from secondment.accounts.models import RoleAssignment, User
from secondment.common.errors import NotAllowedError
from secondment.obligations.waiting import waiting_for
from secondment.talks import letters, services
from secondment.talks.complaints import Complaint, complaints_about
from secondment.talks.desks import Desk, nameable_by
from secondment.talks.errors import SuggestionError, WordsMissingError
from secondment.talks.models import HeldSuggestion, Suggestion
from secondment.talks.suggestion_forms import AnonymousForm


def told(scene: Scene, *, category: str = "interference", text: str = "什么都要管", **fields) -> Suggestion:
    """The host's clerk to the department in charge."""
    desk = fields.pop("desk", Desk(scene.root, Role.ORGANISATION_DEPARTMENT))
    given = {"about": scene.placement, "by": scene.host, "on": ON, **fields}
    return services.suggest(desk, category=category, text=text, at=AT, **given)


def answered(scene: Scene, letter: Suggestion, **fields) -> Suggestion:
    given = {"text": "已核实", "finding": "confirmed", "by": scene.owner, **fields}
    return services.answer(letter, on=ON, at=AT, **given)


def rows_of(answer) -> str:
    content = answer.content.decode()
    return content.split("<tbody", 1)[1].split("</tbody>")[0] if "<tbody" in content else ""


def test_only_people_one_sees_are_named_and_never_oneself(scene: Scene) -> None:
    assert list(nameable_by(scene.owner)) == [scene.placement, scene.other]
    assert list(nameable_by(scene.host)) == [scene.placement]
    assert list(nameable_by(scene.person)) == []
    scene.other.state = "appointed"
    scene.other.save()
    assert list(nameable_by(scene.owner)) == [scene.placement]
    with pytest.raises(NotAllowedError):
        told(scene, about=scene.other)


def test_only_to_an_office_that_answers_for_them(scene: Scene) -> None:
    RoleAssignment.objects.create(user=scene.person, role=Role.HOME_UNIT, unit=scene.home)
    with pytest.raises(SuggestionError, match="李四不由示例村接收") as refused:
        told(scene, about=scene.other, by=scene.person, desk=Desk(scene.village, Role.HOST_UNIT))
    assert refused.value.field == "about"
    desk = Desk(scene.home, Role.HOME_UNIT)
    assert told(scene, about=scene.other, by=scene.person, desk=desk).about == scene.other


def test_the_same_words_about_somebody_else_are_another_letter(scene: Scene) -> None:
    first = told(scene, by=scene.owner)
    assert told(scene, by=scene.owner) == first
    assert told(scene, by=scene.owner, about=scene.other) != first
    assert told(scene, by=scene.owner, about=None) != first


def test_a_complaint_is_answered_with_what_was_found(scene: Scene) -> None:
    letter = told(scene)
    for finding in ("", "perhaps"):
        with pytest.raises(WordsMissingError) as refused:
            answered(scene, letter, finding=finding)
        assert refused.value.field == "finding"
    assert answered(scene, letter, finding="unfounded").finding == "unfounded"
    with pytest.raises(SuggestionError, match="不填核实结果"):
        answered(scene, told(scene, category="burden"))
    assert answered(scene, told(scene, category="burden"), finding="").finding == ""


def test_the_office_names_whom_a_letter_without_a_name_is_about(scene: Scene) -> None:
    letter = told(scene, about=None)
    Suggestion.objects.filter(pk=letter.pk).update(unit=scene.home, role=Role.HOME_UNIT)
    scene.other.home_unit = scene.root
    scene.other.save()
    with pytest.raises(NotAllowedError):
        answered(scene, letter, about=scene.other, by=scene.home_clerk)
    with pytest.raises(SuggestionError, match="李四不由示例厅接收"):
        answered(scene, letter, about=scene.other, by=scene.owner)
    assert answered(scene, letter, about=scene.placement, by=scene.home_clerk).about == scene.placement


def test_what_the_sender_named_stands(scene: Scene) -> None:
    with pytest.raises(SuggestionError, match="不能改写") as refused:
        answered(scene, told(scene), about=scene.other)
    assert refused.value.field == "about"
    by_person = services.suggest(
        Desk(scene.root, Role.ORGANISATION_DEPARTMENT),
        category="abuse",
        text="村里用车",
        by=scene.person,
        on=ON,
        at=AT,
    )
    with pytest.raises(NotAllowedError):
        answered(scene, by_person, about=scene.placement)
    assert answered(scene, by_person, about=scene.other).about == scene.other


def test_a_clerk_on_secondment_reads_nothing_about_themselves(scene: Scene, signed_in) -> None:
    RoleAssignment.objects.create(user=scene.person, role=Role.ORGANISATION_DEPARTMENT, unit=scene.root)
    letter = told(scene)
    client = signed_in(scene.person)
    assert client.get(reverse("talks:suggestion_detail", args=[letter.pk])).status_code == 404
    assert "待答复" not in rows_of(client.get(reverse("talks:suggestion_list")))
    assert list(letters.waiting_for_answer(scene.person)) == []
    assert "答复一件意见建议" not in [one.title for one in waiting_for(scene.person, ON)]
    assert letters.late_by_office(scene.person, letter.due_on + dt.timedelta(days=1)) == []
    with pytest.raises(NotAllowedError):
        answered(scene, letter, by=scene.person)
    about_other = told(scene, about=None)
    assert list(letters.waiting_for_answer(scene.person)) == [about_other]


def test_what_other_rooms_learn(scene: Scene) -> None:
    keys = [scene.placement.pk, scene.other.pk]
    early = told(scene, on=dt.date(2026, 10, 1))
    last = told(scene, category="abuse", about=scene.other, by=scene.owner)
    told(scene, category="burden")
    told(scene, about=None)
    answered(scene, early, finding="unfounded")
    first, second = (
        Complaint(scene.placement.pk, "interference", dt.date(2026, 10, 1), "unfounded"),
        Complaint(scene.other.pk, "abuse", ON, ""),
    )
    assert complaints_about(keys, since=dt.date(2026, 10, 1), until=ON) == [first, second]
    assert (first.is_unfounded, second.is_unfounded) == (True, False)
    assert complaints_about(keys, since=dt.date(2026, 10, 2), until=ON) == [second]
    assert complaints_about(keys, since=dt.date(2026, 10, 1), until=ON - dt.timedelta(days=1)) == [first]
    assert complaints_about(keys[:1], since=dt.date(2026, 10, 1), until=ON) == [first]
    Suggestion.objects.filter(pk=last.pk).update(role=Role.INSPECTOR)
    assert complaints_about(keys, since=dt.date(2026, 10, 1), until=ON) == [first]


def test_an_anonymous_letter_names_nobody(scene: Scene, signed_in) -> None:
    assert "about" not in AnonymousForm.base_fields
    assert "about" not in {one.name for one in HeldSuggestion._meta.get_fields()}
    form = {
        "desk": f"{scene.root.pk}-organisation_department",
        "category": "interference",
        "text": "什么都要管",
        "about": scene.placement.pk,
        "receipt": services.new_receipt(),
    }
    signed_in(scene.host).post(reverse("talks:anonymous_new"), form)
    for number in range(5):
        make_user(name=f"用过{number}")
    User.objects.update(last_login=AT)
    assert services.deliver_held(on=ON, at=AT) == 1
    assert Suggestion.objects.get().about is None


def test_pages(scene: Scene, signed_in) -> None:
    client = signed_in(scene.host)
    page = client.get(reverse("talks:suggestion_new"), {"placement": scene.placement.pk})
    assert f'value="{scene.placement.pk}" selected' in page.content.decode()
    assert "涉及的挂职干部" not in text_of(signed_in(scene.person).get(reverse("talks:suggestion_new")))
    form = {
        "desk": f"{scene.root.pk}-organisation_department",
        "category": "interference",
        "text": "什么都要管",
        "about": scene.placement.pk,
    }
    assert client.post(reverse("talks:suggestion_new"), form).status_code == 302
    letter = Suggestion.objects.get()
    owner = signed_in(scene.owner)
    address = reverse("talks:suggestion_detail", args=[letter.pk])
    assert "涉及的挂职干部 张三 示例村" in text_of(owner.get(address))
    answered(scene, letter, finding="partly")
    assert "部分属实 已核实" in text_of(client.get(address))
    listed = reverse("talks:suggestion_list")
    for query, is_found in (
        ({"about": "张"}, True),
        ({"about": "李"}, False),
        ({"finding": "partly"}, True),
        ({"finding": "unfounded"}, False),
    ):
        assert ("已答复" in rows_of(owner.get(listed, query))) == is_found
