"""Pages of reviews: nominees, one review, and what became of the abilities."""

import datetime as dt

import pytest
from django.urls import reverse

from secondment.campaigns.models import Nomination
from secondment.growth.drafts import ABILITIES
from secondment.growth.models import AbilityReview
from secondment.growth.reading import growth_of
from secondment.growth.services import give_abilities
from secondment.people.models import AbilityValue
from tests.campaigns.builders import AT, ON, Scene
from tests.growth.reviews import RATED_ON, three
from tests.makers import make_placement
from tests.pages import text_of


def typed(**more: object) -> dict[str, object]:
    data: dict[str, object] = {"rated_on": "2026-11-20"}
    for place, one in enumerate(three(), 1):
        data |= {f"rater-{place}-name": one.name, f"rater-{place}-duty": one.duty}
        data |= {f"rater-{place}-{key}": one.levels[key] for key in ABILITIES}
    return data | more


def test_a_home_unit_records_a_review_on_one_page(signed_in, scene: Scene, nominee: Nomination) -> None:
    client, page = signed_in(scene.home_user), reverse("growth:review", args=[nominee.pk])
    assert "待评议 1 人" in text_of(client.get(reverse("growth:review_list")))
    refused = client.post(page, typed(**{"rater-3-name": "张三"}))
    assert "不能评议本人" in text_of(refused)
    assert 'value="李四"' in refused.content.decode()
    assert client.post(page, typed()).status_code == 302
    shown = text_of(client.get(page))
    assert "93.3 ± " in shown
    assert "更正评议" in shown
    listed = text_of(client.get(reverse("growth:review_list"), {"state": "given"}))
    assert "张三" in listed
    assert "张三" not in text_of(client.get(reverse("growth:review_list"), {"state": "missing"}))


def test_a_leader_reads_and_does_not_write(signed_in, scene: Scene, nominee: Nomination) -> None:
    client, page = signed_in(scene.leader), reverse("growth:review", args=[nominee.pk])
    assert "没有能力评议" in text_of(client.get(page))
    assert client.post(page, typed()).status_code == 403
    assert not AbilityReview.objects.exists()


@pytest.mark.parametrize("n_people", [1, 6])
def test_the_list_costs_the_same_at_any_length(
    signed_in, scene: Scene, django_assert_max_num_queries, n_people: int
) -> None:
    for _each in range(n_people):
        scene.nomination()
    client = signed_in(scene.home_user)
    client.get(reverse("growth:review_list"))
    with django_assert_max_num_queries(14):
        client.get(reverse("growth:review_list"))


def test_values_of_the_file_stand_in_and_are_not_compared(
    signed_in, scene: Scene, nominee: Nomination
) -> None:
    placement = make_placement(scene.campaign, nominee.person)
    values = {"person": nominee.person, "ability": "mass_work", "source": "organisation"}
    AbilityValue.objects.create(**values, value=70, as_of=dt.date(2024, 1, 1))
    AbilityValue.objects.create(**values, value=72, as_of=placement.starts_on)
    AbilityValue.objects.create(**values, value=90, as_of=placement.starts_on + dt.timedelta(days=1))
    course = {one.ability: one for one in growth_of(placement)}["mass_work"]
    assert (course.before, course.stands_in.value, course.change) == (None, 72, None)
    page = text_of(signed_in(scene.owner).get(reverse("growth:placement_growth", args=[placement.pk])))
    assert "72（组织评价，" in page
    assert "不可比" in page
    give_abilities(nominee, three(), rated_on=RATED_ON, by=scene.home_user, on=ON, at=AT)
    course = {one.ability: one for one in growth_of(placement)}["mass_work"]
    assert (round(course.before.mean, 1), course.stands_in) == (73.3, None)
    page = text_of(signed_in(scene.owner).get(reverse("growth:placement_growth", args=[placement.pk])))
    assert "不可比" not in page
    assert "尚无可比的两次评议" in page


def test_the_workbook_comes_as_a_file(signed_in, scene: Scene, nominee: Nomination) -> None:
    answer = signed_in(scene.home_user).get(reverse("growth:sheet"))
    assert answer.content[:2] == b"PK"
