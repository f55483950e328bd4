"""Emergency contact and own number: who opens and writes them, and what the trail keeps."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from tests.makers import AT, make_campaign, make_person, make_placement, make_post, make_unit, make_user
from tests.pages import text_of

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError, StaleObjectError
from secondment.people.errors import EmergencyContactError
from secondment.people.models import Person
from secondment.people.queries import emergency_open_to
from secondment.people.services.changes import PersonChanges
from secondment.people.services.contacts import correct_own_contacts, open_emergency
from secondment.people.services.persons import edit_person
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement

pytestmark = pytest.mark.django_db
CONTACT = {"emergency_name": "王亲友", "emergency_relation": "配偶", "emergency_phone": "000-999"}


class World:
    """A person sent by one organisation to another; a third runs the placement."""

    def __init__(self) -> None:
        self.sends, self.receives, self.runs = make_unit("甲省"), make_unit("乙省"), make_unit("丙省")
        self.home, self.host = make_unit("甲厅", self.sends), make_unit("乙村", self.receives)
        self.account = make_user(Role.SECONDEE, self.home)
        self.person = make_person(self.home, name="张示例", account=self.account, phone="000-1", **CONTACT)
        self.placement = make_placement(
            make_campaign(self.runs), self.person, make_post(self.host), state=PlacementState.IN_POST
        )


@pytest.fixture
def world() -> World:
    return World()


def opens(user) -> bool:
    return emergency_open_to(user).exists()


def events(action: str) -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(action=action))


@pytest.mark.parametrize(
    ("role", "at", "while_out", "afterwards"),
    [
        (Role.ORGANISATION_DEPARTMENT, "sends", True, True),
        (Role.HOME_UNIT, "home", True, True),
        (Role.HOST_UNIT, "host", True, False),
        (Role.ORGANISATION_DEPARTMENT, "receives", True, False),
        (Role.ORGANISATION_DEPARTMENT, "runs", True, False),
        (Role.HOME_UNIT, "host", False, False),
        (Role.HOST_UNIT, "home", False, False),
        (Role.LEADER, "sends", False, False),
        (Role.INSPECTOR, "sends", False, False),
        (Role.SECONDEE, "home", False, False),
    ],
)
def test_keepers_of_the_file_always_and_other_parties_while_the_person_is_out(
    world, role, at, while_out, afterwards
) -> None:
    user = make_user(role, getattr(world, at))
    for state in PlacementState:
        Placement.objects.update(state=state)
        is_out = state in (PlacementState.APPOINTED, PlacementState.IN_POST)
        assert opens(user) == (while_out if is_out else afterwards), state


def test_the_person_opens_the_own_one_while_the_account_is_a_secondees(world) -> None:
    Placement.objects.all().delete()
    assert opens(world.account)
    world.account.assignments.all().delete()
    del world.account.held
    assert not opens(world.account)


def test_home_unit_of_the_placement_opens_it_after_the_person_moved(world) -> None:
    clerk = make_user(Role.HOME_UNIT, world.home)
    Person.objects.update(unit=make_unit("甲局", world.sends))
    assert opens(clerk)
    Placement.objects.update(state=PlacementState.ENDED)
    assert not opens(clerk)


def test_every_click_is_an_event_and_shows_it_once(world, signed_in) -> None:
    client = signed_in(make_user(Role.HOST_UNIT, world.host))
    detail = reverse("people:person_detail", args=[world.person.pk])
    assert "王亲友" not in client.get(detail).content.decode()
    url = reverse("people:person_emergency", args=[world.person.pk])
    assert url in client.get(detail).content.decode()
    assert client.get(url).status_code == 405
    assert events("person.open_emergency") == []
    for n in (1, 2):
        text = text_of(client.post(url))
        assert all(word in text for word in CONTACT.values())
        assert len(events("person.open_emergency")) == n
    event = events("person.open_emergency")[0]
    assert (event.object_id, event.details) == (str(world.person.pk), {})


def test_who_opens_it_without_seeing_the_file_is_not_led_back_to_it(world, signed_in) -> None:
    url = reverse("people:person_emergency", args=[world.person.pk])
    detail = f'href="{reverse("people:person_detail", args=[world.person.pk])}"'
    host_side = signed_in(make_user(Role.ORGANISATION_DEPARTMENT, world.receives)).post(url)
    assert "王亲友" in text_of(host_side)
    assert detail not in host_side.content.decode()
    assert detail in signed_in(make_user(Role.HOME_UNIT, world.home)).post(url).content.decode()


def test_a_reader_without_the_right_is_refused_and_a_stranger_finds_nothing(world, signed_in) -> None:
    url = reverse("people:person_emergency", args=[world.person.pk])
    assert signed_in(make_user(Role.LEADER, world.sends)).post(url).status_code == 403
    assert signed_in(make_user(Role.ORGANISATION_DEPARTMENT)).post(url).status_code == 404
    with pytest.raises(NotAllowedError):
        open_emergency(world.person, by=make_user(Role.LEADER, world.sends), at=AT)
    assert events("person.open_emergency") == []


def test_person_without_one_is_told_how_to_get_it(world, signed_in) -> None:
    Person.objects.update(emergency_name="", emergency_relation="", emergency_phone="")
    answer = signed_in(make_user(Role.HOME_UNIT, world.home)).get(
        reverse("people:person_detail", args=[world.person.pk])
    )
    assert "尚未登记。可由本人" in text_of(answer)
    assert reverse("people:person_emergency", args=[world.person.pk]) not in answer.content.decode()


class TestClerks:
    def test_edit_on_their_page_with_an_event_of_the_look(self, world, signed_in) -> None:
        client = signed_in(make_user(Role.HOME_UNIT, world.home))
        url = reverse("people:person_edit", args=[world.person.pk, "emergency"])
        assert "王亲友" in client.get(url).content.decode()
        assert len(events("person.look_emergency")) == 1
        client.post(url, {**CONTACT, "emergency_phone": "000-888", "version": world.person.version})
        world.person.refresh_from_db()
        assert world.person.emergency_phone == "000-888"
        assert events("person.edit")[0].details == {"fields": ["emergency_phone"]}

    def test_host_units_do_not_write_it(self, world, signed_in) -> None:
        url = reverse("people:person_edit", args=[world.person.pk, "emergency"])
        assert signed_in(make_user(Role.HOST_UNIT, world.host)).get(url).status_code == 404

    def test_a_contact_is_whole_or_not_there(self, world) -> None:
        clerk = make_user(Role.HOME_UNIT, world.home)
        for name in CONTACT:
            with pytest.raises(EmergencyContactError, match="须同时填写"):
                edit_person(world.person, PersonChanges({name: ""}), version=None, by=clerk, at=AT)
            with pytest.raises(IntegrityError), transaction.atomic():
                Person.objects.filter(pk=world.person.pk).update(**{name: ""})
        edited = edit_person(
            world.person, PersonChanges(dict.fromkeys(CONTACT, "")), version=None, by=clerk, at=AT
        )
        assert edited.emergency_name == ""


class TestOwn:
    def test_the_person_corrects_number_and_contact(self, world, signed_in) -> None:
        client = signed_in(world.account)
        url = reverse("people:own_contacts")
        page = client.get(url)
        assert "000-1" in page.content.decode()
        data = {**CONTACT, "phone": "000-2", "version": world.person.version}
        answer = client.post(url, data, follow=True)
        assert answer.redirect_chain == [(reverse("placements:my_placement"), 302)]
        assert "000-2" in text_of(answer)
        world.person.refresh_from_db()
        assert (world.person.phone, world.person.version) == ("000-2", 2)
        event = events("person.correct_contacts")[0]
        assert (event.actor_id, event.details) == (world.account.pk, {"fields": ["phone"]})

    def test_the_same_again_is_no_event(self, world) -> None:
        values = {**CONTACT, "phone": "000-1"}
        correct_own_contacts(world.person, values, version=None, by=world.account, at=AT)
        assert events("person.correct_contacts") == []

    def test_a_page_left_open_too_long_changes_nothing(self, world) -> None:
        with pytest.raises(StaleObjectError):
            correct_own_contacts(world.person, {"phone": "000-2"}, version=7, by=world.account, at=AT)

    def test_half_a_contact_is_shown_again_with_the_reason(self, world, signed_in) -> None:
        data = {**CONTACT, "emergency_phone": "", "phone": "000-2", "version": world.person.version}
        answer = signed_in(world.account).post(reverse("people:own_contacts"), data)
        assert "须同时填写" in text_of(answer)
        assert 'value="000-2"' in answer.content.decode()
        world.person.refresh_from_db()
        assert world.person.phone == "000-1"

    def test_nobody_else_corrects_it_there(self, world, signed_in) -> None:
        with pytest.raises(NotAllowedError):
            correct_own_contacts(
                world.person, {"phone": "1"}, version=None, by=make_user(Role.HOME_UNIT, world.home), at=AT
            )
        assert (
            signed_in(make_user(Role.HOME_UNIT, world.home)).get(reverse("people:own_contacts")).status_code
            == 404
        )

    def test_the_own_file_leads_there(self, world, signed_in) -> None:
        page = signed_in(world.account).get(reverse("people:person_detail", args=[world.person.pk]))
        assert reverse("people:own_contacts") in page.content.decode()
