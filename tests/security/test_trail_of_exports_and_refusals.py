"""Whatever leaves the system, and whatever was refused, is in the trail."""

import pytest
from django.urls import reverse

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from tests.authorisation.world import World, make_world

ORGANISATION, LEADER = Role.ORGANISATION_DEPARTMENT, Role.LEADER
SYSTEM, AUDIT = Role.SYSTEM_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.mark.parametrize(
    ("role", "name", "of", "action"),
    [
        (ORGANISATION, "people:person_list", "", "people.export_list"),
        (LEADER, "people:person_list", "", "people.export_list"),
        (ORGANISATION, "placements:placement_list", "", "placements.export"),
        (ORGANISATION, "posts:post_list", "", "post.export"),
        (ORGANISATION, "posts:post_export", "", "post.export"),
        (ORGANISATION, "directory:unit_export", "", "unit.export"),
        (ORGANISATION, "campaigns:nomination_list", "campaign", "nomination.export"),
        (Role.HOME_UNIT, "campaigns:nomination_list", "campaign", "nomination.export"),
        (ORGANISATION, "campaigns:finding_list", "campaign", "finding.export"),
        (SYSTEM, "accounts:account_list", "", "account.export"),
        (AUDIT, "portal:trail", "", "audit.export"),
    ],
)
def test_every_list_of_people_that_leaves_is_on_record(
    world: World, signed_in, role: Role, name: str, of: str, action: str
) -> None:
    args = [getattr(world.own, of).pk] if of else []
    client = signed_in(world.actors[role])
    answer = client.get(f"{reverse(name, args=args)}?export=xlsx")
    assert answer.status_code == 200
    assert answer.content[:2] == b"PK"
    event = AuditEvent.objects.get(action=action)
    assert event.actor_id == world.actors[role].pk
    assert set(event.details) == {"rows"}


def test_a_refused_page_is_on_record_without_what_was_typed(world: World, signed_in) -> None:
    client = signed_in(world.actors[Role.HOST_UNIT])
    assert client.get(f"{reverse('accounts:account_list')}?q=110101199001011234").status_code == 403
    event = AuditEvent.objects.get(action="account.refuse.refused")
    assert event.actor_id == world.actors[Role.HOST_UNIT].pk
    assert event.details["page"] == reverse("accounts:account_list")
    assert "110101199001011234" not in str(event.details)


def test_a_refused_write_is_on_record_though_it_was_rolled_back(world: World, signed_in) -> None:
    client = signed_in(world.actors[LEADER])
    url = reverse("campaigns:campaign_move", args=[world.own.campaign.pk, "close_nominations"])
    state = world.own.campaign.state
    assert client.post(url).status_code == 403
    world.own.campaign.refresh_from_db()
    assert world.own.campaign.state == state
    assert AuditEvent.objects.filter(action="account.refuse.refused", details__page=url).count() == 1


def test_a_broken_filter_exports_nothing_rather_than_everything(world: World, signed_in) -> None:
    client = signed_in(world.actors[ORGANISATION])
    assert client.get(f"{reverse('posts:post_export')}?state=nonsense").status_code == 200
    assert AuditEvent.objects.get(action="post.export").details == {"rows": 0}
