"""Somebody from another province, singly: one page, with what it costs counted; and what is refused."""

import datetime as dt
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.makers import AT, make_person, make_unit
from tests.placements.test_single import Desk

from secondment.people.models import Person
from secondment.placements.choices import Origin
from secondment.placements.models import Placement
from secondment.placements.services.incoming import OnRecordError, bring_in
from secondment.units.models import Unit

pytestmark = pytest.mark.django_db
SECONDS_A_FIELD, SECONDS_A_PAGE, MOST_SECONDS = 5, 10, 120
HANDBOOK = Path(__file__).parents[2] / "docs" / "handbook" / "placements.zh-CN.md"


@pytest.fixture
def desk(monkeypatch) -> Desk:
    monkeypatch.setattr(timezone, "now", lambda: AT)
    return Desk()


def typed(desk: Desk, **changes: object) -> dict[str, object]:
    """What a clerk types; the kind of release is there already."""
    return {
        "host": "示例镇",
        "title": "副镇长",
        "programme": desk.version.programme.pk,
        "starts_on": "2027-03-01",
        "ends_on": "2028-02-29",
        "decision_number": "示组〔2026〕8号",
    } | changes


def cost(pages: int, data: dict[str, object]) -> int:
    return pages * SECONDS_A_PAGE + len(data) * SECONDS_A_FIELD


def test_from_outside_in_two_minutes(desk, signed_in) -> None:
    client, url = signed_in(desk.user), reverse("placements:single_new")
    given = typed(desk, incoming_name="李示例", incoming_home="外省示例厅")
    assert client.get(url).status_code == 200
    shown = client.post(url, given | {"work_mode": "full"})
    assert {row[0].result for row in shown.context["rows"]} == {"warn"}
    # nothing is written as long as what the rules warn of has not been read
    assert not Unit.objects.filter(name="外省示例厅").exists()
    done = client.post(url, given | {"work_mode": "full", "confirmed": "1"}, follow=True)
    placement = Placement.objects.get()
    assert done.status_code == 200
    assert (placement.origin, placement.person.name) == (Origin.SINGLE, "李示例")
    assert (placement.home_unit.name, placement.home_unit.is_external) == ("外省示例厅", True)
    seconds = cost(3, given)
    assert seconds == 70 <= MOST_SECONDS
    assert f"共打开3页、填写{len(given)}项，按每页10秒、每项5秒计{seconds}秒" in HANDBOOK.read_text(
        encoding="utf-8"
    )


def test_somebody_on_record_in_one_minute(desk, signed_in) -> None:
    client, url = signed_in(desk.user), reverse("placements:single_new")
    given = typed(desk, person="张示例")
    client.get(url)
    client.post(url, given | {"work_mode": "full"})
    assert Placement.objects.get().person == desk.person
    assert cost(2, given) == 55
    assert "已在册的55秒" in HANDBOOK.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "who",
    [
        {},
        {"incoming_name": "李示例"},
        {"incoming_home": "外省示例厅"},
        {"person": "张示例", "incoming_name": "李示例"},
        {"person": "张示例", "incoming_name": "李示例", "incoming_home": "外省示例厅"},
    ],
)
def test_one_way_to_name_the_person(desk, signed_in, who: dict[str, str]) -> None:
    response = signed_in(desk.user).post(
        reverse("placements:single_new"), typed(desk, **who) | {"work_mode": "full", "confirmed": "1"}
    )
    assert list(response.context["form"].errors) == ["person"]
    assert not Placement.objects.exists()


class TestBringIn:
    def bring(self, desk: Desk, name: str, home: str) -> Person:
        return bring_in(name, home, desk.root, by=desk.user, at=AT)

    def test_a_known_external_unit_is_used_again(self, desk) -> None:
        first, second = (self.bring(desk, name, "外省示例大学") for name in ("李示例", "王示例"))
        assert first.unit == second.unit
        assert (first.unit.kind, first.born_on, first.sex) == ("university", None, "")

    def test_a_unit_of_ones_own_is_none_from_outside(self, desk) -> None:
        with pytest.raises(OnRecordError, match="示例局是本地单位"):
            self.bring(desk, "李示例", "示例局")

    def test_who_is_on_record_is_not_made_again(self, desk) -> None:
        outside = make_unit("外省示例厅", desk.root, is_external=True)
        make_person(outside, name="李示例", born_on=dt.date(1990, 1, 1))
        with pytest.raises(OnRecordError, match="已在干部名册中"):
            self.bring(desk, "李示例", "外省示例厅")

    def test_a_refusal_is_told_on_the_page_and_leaves_nothing(self, desk, signed_in) -> None:
        response = signed_in(desk.user).post(
            reverse("placements:single_new"),
            typed(desk, incoming_name="李示例", incoming_home="示例局") | {"work_mode": "full"},
        )
        assert "示例局是本地单位" in response.content.decode()
        assert not Person.objects.filter(name="李示例").exists()
