"""Identity numbers, health notes and family stand in no trail, task, message or job."""

import json

import pytest
from django.urls import reverse

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.common.protection import seal
from secondment.jobs.models import Job
from secondment.notices.models import Notice
from secondment.obligations.models import Obligation
from secondment.people.models import FamilyMember
from tests.authorisation.world import World, make_world

IDENTITY, HEALTH, RELATIVE = "11010119900307123X", "肺部手术后恢复期", "欧阳亲属"


@pytest.fixture
def world(db: None) -> World:
    world = make_world()
    person = world.own.person
    person.identity_sealed = seal(IDENTITY, context=f"person.identity.{person.key}")
    person.identity_masked = "110101********123X"
    person.health_notes_sealed = seal(HEALTH, context=f"person.health.{person.key}")
    person.save()
    FamilyMember.objects.create(person=person, position=1, title="妻子", name=RELATIVE)
    return world


def test_a_look_leaves_a_trail_without_what_was_seen(world: World, signed_in) -> None:
    client = signed_in(world.actors[Role.ORGANISATION_DEPARTMENT])
    person = world.own.person
    for what, seen in (("identity", IDENTITY), ("health", HEALTH)):
        url = reverse("people:person_reveal", args=[person.pk])
        page = client.post(url, {"what": what, "reason": "办理挂职手续"})
        assert seen in page.content.decode()
    client.post(reverse("people:identity_find"), {"number": IDENTITY})
    kept = json.dumps(
        [
            *AuditEvent.objects.values_list("action", "object_label", "details"),
            *Notice.objects.values_list("title", "body", "path"),
            *Obligation.objects.values_list("title", "path"),
            *Job.objects.values_list("arguments", "result", "message"),
        ],
        ensure_ascii=False,
        default=str,
    )
    assert "person.reveal_identity" in kept
    assert "person.find_identity" in kept
    assert not [one for one in (IDENTITY, HEALTH, RELATIVE) if one in kept]
