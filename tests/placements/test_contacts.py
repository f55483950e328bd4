"""The contact list: who is in it for whom, its groups, its file and what it costs."""

import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook
from tests.makers import (
    ON,
    make_campaign,
    make_person,
    make_placement,
    make_post,
    make_programme_version,
    make_region,
    make_unit,
    make_user,
)
from tests.pages import text_of

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.people.models import Person
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.placements.queries import contacts_of
from secondment.units.models import Unit

TERM = {"starts_on": dt.date(2026, 7, 1), "ends_on": dt.date(2100, 1, 1)}  # pages ask the clock
CONTACT = {"emergency_name": "王亲友", "emergency_relation": "配偶", "emergency_phone": "000-999"}


@pytest.fixture
def scene(scene):
    """Both people are in post."""
    Placement.objects.update(state=PlacementState.IN_POST, **TERM)
    Person.objects.filter(pk=scene.first.person_id).update(phone="000-111", **CONTACT)
    scene.first.post.contact_leader, scene.first.post.contact_name = "赵书记", "钱联络"
    scene.first.post.contact_phone = "000-222"
    scene.first.post.save()
    return scene


def elsewhere(scene, *, campaign=None, **fields) -> Placement:
    """Somebody sent by a unit of the same organisation; in post unless it is said otherwise."""
    fields = {"state": PlacementState.IN_POST, **TERM, **fields}
    home = make_unit("另一厅", make_unit(f"另一市{Unit.objects.count()}", scene.root))
    person = make_person(home, name="周示例", name_key="zhou", phone="000-333")
    post = make_post(make_unit("另一村", home.parent), title="镇长助理")
    return make_placement(campaign or make_campaign(scene.root), person, post, **fields)


def names_of(user) -> set[str]:
    return set(contacts_of(user, ON).values_list("person__name", flat=True))


def page(client, **query):
    return client.get(reverse("placements:contact_list"), query)


def headings(response) -> list[str]:
    view = response.context["listing"]
    return [view.heading_of(row.item) for row in view.rows()]


def file_of(response) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()


class TestWho:
    @pytest.mark.parametrize(
        "changes",
        [
            {"state": PlacementState.APPOINTED},
            {"state": PlacementState.ENDED},
            {"ends_on": None},
        ],
    )
    def test_only_people_in_post_are_in_it(self, scene, changes) -> None:
        changes = {name: value or ON for name, value in changes.items()}  # the first day back
        Placement.objects.filter(pk=scene.second.pk).update(**changes)
        assert names_of(scene.owner) == {"张示例"}

    def test_the_last_day_in_post_counts(self, scene) -> None:
        Placement.objects.filter(pk=scene.second.pk).update(ends_on=ON + dt.timedelta(days=1))
        assert names_of(scene.owner) == {"张示例", "李示例"}

    def test_units_see_their_own_people(self, scene) -> None:
        other = elsewhere(scene)
        assert names_of(scene.owner) == {"张示例", "李示例", "周示例"}
        for role in (Role.LEADER, Role.INSPECTOR):
            assert names_of(make_user(role, scene.root)) == {"张示例", "李示例", "周示例"}
        assert names_of(scene.home_clerk) == names_of(scene.host_clerk) == {"张示例", "李示例"}
        assert names_of(make_user(Role.HOME_UNIT, other.home_unit)) == {"周示例"}
        assert names_of(make_user(Role.HOST_UNIT, other.host_unit)) == {"周示例"}
        assert names_of(make_user(Role.ORGANISATION_DEPARTMENT)) == set()

    def test_a_secondee_sees_the_same_host_and_the_same_campaign_and_nobody_else(self, scene) -> None:
        stranger = elsewhere(scene)
        assert names_of(scene.secondee) == {"张示例", "李示例"}
        Placement.objects.filter(pk=stranger.pk).update(campaign=scene.campaign)
        assert names_of(scene.secondee) == {"张示例", "李示例", "周示例"}
        Placement.objects.filter(pk=stranger.pk).update(campaign=None, host_unit=scene.host)
        assert names_of(scene.secondee) == {"张示例", "李示例", "周示例"}
        Placement.objects.filter(pk__in=[stranger.pk, scene.first.pk]).update(campaign=None)
        Placement.objects.filter(pk=stranger.pk).update(host_unit=stranger.post.host_unit)
        assert names_of(scene.secondee) == {"张示例", "李示例"}  # people without a campaign share none

    def test_a_secondee_who_is_back_sees_nobody(self, scene) -> None:
        Placement.objects.filter(pk=scene.first.pk).update(state=PlacementState.ENDED)
        assert names_of(scene.secondee) == set()


class TestPage:
    def test_everything_needed_to_call_stands_in_the_row(self, scene, signed_in) -> None:
        text = text_of(page(signed_in(scene.owner)))
        for word in ("张示例", "驻村第一书记", "示例村", "000-111", "赵书记", "钱联络", "000-222"):
            assert word in text
        Placement.objects.filter(pk=scene.first.pk).update(contact_leader="孙镇长")
        text = text_of(page(signed_in(scene.owner)))
        assert "孙镇长" in text
        assert "赵书记" not in text

    def test_a_phone_dials_the_number(self, scene, signed_in) -> None:
        Person.objects.filter(pk=scene.first.person_id).update(phone='000 1"23')
        body = page(signed_in(scene.owner)).content.decode()
        assert 'href="tel:000%201%2223"' in body
        assert body.count('href="tel:') == 1  # nobody's number is no link

    def test_groups_are_headed_by_host_county_or_programme(self, scene, signed_in) -> None:
        county = make_region("110111", "北京市房山区")
        scene.host.region = make_region("110111003", "某镇")
        scene.host.save()
        version = make_programme_version()
        version.programme.name = "博士服务团"
        version.programme.save()
        elsewhere(scene, programme_version=version)
        client = signed_in(scene.owner)
        assert headings(page(client)) == ["示例村", "示例村", "另一村"]
        assert headings(page(client, sort="county")) == [county.full_name, county.full_name, "—"]
        by_programme = headings(page(client, sort="programme_version.programme.name"))
        assert sorted(by_programme) == ["博士服务团", "普通下挂", "普通下挂"]
        answer = page(client)
        assert answer.content.decode().count('<tr class="row-heading">') == 2
        assert [tab.is_current for tab in answer.context["tabs"]] == [True, False, False, False]
        assert headings(page(client, sort="person.name")) == ["", "", ""]

    def test_tabs_keep_what_is_filtered(self, scene, signed_in) -> None:
        answer = page(signed_in(scene.owner), host="示例村", page="2", sort="county")
        here = reverse("placements:contact_list")
        urls = [tab.url for tab in answer.context["tabs"]]
        assert urls[0] == f"{here}?host=%E7%A4%BA%E4%BE%8B%E6%9D%91&sort=host_unit.name"
        assert [tab.is_current for tab in answer.context["tabs"]] == [False, True, False, False]

    def test_filters_are_those_of_the_list_without_the_state(self, scene, signed_in) -> None:
        elsewhere(scene)
        answer = page(signed_in(scene.owner), home="另一厅")
        assert [row.item.person.name for row in answer.context["listing"].rows()] == ["周示例"]
        fields = set(answer.context["listing"].filter_form.fields)
        assert fields == {"name", "home", "host", "campaign", "programme", "region", "group", "ends_before"}

    def test_a_row_leads_a_clerk_to_the_placement_and_a_secondee_nowhere(self, scene, signed_in) -> None:
        detail = reverse("placements:placement_detail", args=[scene.second.pk])
        assert detail in page(signed_in(scene.host_clerk)).content.decode()
        assert detail not in page(signed_in(scene.secondee)).content.decode()

    def test_the_file_has_the_group_first_and_is_recorded(self, scene, signed_in) -> None:
        rows = file_of(page(signed_in(scene.owner), export="xlsx"))
        assert rows[0] == [
            *(
                "接收单位",
                "姓名",
                "挂任职务",
                "联系电话",
                "派出单位",
                "联系领导",
                "接收单位联系人",
                "联系人电话",
            ),
        ]
        ours = [row for row in rows if "张示例" in row]
        assert ours == [
            ["示例村", "张示例", "驻村第一书记", "000-111", "示例厅", "赵书记", "钱联络", "000-222"],
        ]
        event = AuditEvent.objects.get(action="placements.export_contacts")
        assert (event.actor_id, event.details) == (scene.owner.pk, {"rows": 2})

    def test_printing_all_is_recorded_too(self, scene, signed_in) -> None:
        assert page(signed_in(scene.owner), print="all").status_code == 200
        assert AuditEvent.objects.get(action="placements.export_contacts").details == {"rows": 2}

    def test_emergency_contacts_are_in_no_list_and_no_file(self, scene, signed_in) -> None:
        for user in (scene.owner, scene.host_clerk, scene.home_clerk, scene.secondee):
            client = signed_in(user)
            for name in ("placements:contact_list", "placements:placement_list", "people:person_list"):
                client.cookies[f"columns-{user.pk}-people"] = "phone,emergency_name"
                for query in ({}, {"export": "xlsx"}):
                    answer = client.get(reverse(name), query)
                    is_file = answer.headers["Content-Type"].endswith("sheet")
                    found = str(file_of(answer)) if is_file else answer.content.decode()
                    assert not any(word in found for word in CONTACT.values() if word != "配偶")

    def test_nobody_in_post(self, scene, signed_in) -> None:
        Placement.objects.update(state=PlacementState.ENDED)
        text = text_of(page(signed_in(scene.owner)))
        assert "暂无在挂的干部" in text
        assert "报到以后" in text

    def test_queries_do_not_grow_with_rows(self, scene, signed_in) -> None:
        for user in (scene.owner, scene.secondee):
            client = signed_in(user)
            page(client)
            with CaptureQueriesContext(connection) as few:
                page(client)
            for _ in range(10):
                elsewhere(scene, campaign=scene.campaign)
            with CaptureQueriesContext(connection) as many:
                page(client)
            assert len(many) == len(few) <= 13


class TestOwnPage:
    def test_the_own_number_stands_on_the_own_page_with_the_way_to_correct_it(self, scene, signed_in) -> None:
        answer = signed_in(scene.secondee).get(reverse("placements:my_placement"))
        assert "000-111" in text_of(answer)
        assert reverse("people:own_contacts") in answer.content.decode()
        assert "王亲友" not in text_of(answer)

    @pytest.mark.django_db
    def test_an_account_without_a_person_has_none(self, signed_in) -> None:
        answer = signed_in(make_user(Role.SECONDEE)).get(reverse("placements:my_placement"))
        assert reverse("people:own_contacts") not in answer.content.decode()


class TestEmergencyButton:
    def test_parties_of_a_placement_under_way_have_the_button(self, scene, signed_in) -> None:
        url = reverse("people:person_emergency", args=[scene.first.person_id])
        detail = reverse("placements:placement_detail", args=[scene.first.pk])

        def users_with_button() -> list[bool]:
            users = [scene.owner, scene.home_clerk, scene.host_clerk, scene.secondee]
            users.append(make_user(Role.LEADER, scene.root))
            return [url in signed_in(user).get(detail).content.decode() for user in users]

        assert users_with_button() == [True, True, True, True, False]
        Placement.objects.filter(pk=scene.first.pk).update(state=PlacementState.ENDED)
        assert users_with_button() == [False] * 5
