"""The rows of consultation and decision stand as they were when their models became a room of their own."""

import datetime as dt

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from secondment.accounts.choices import Role
from secondment.campaigns.choices import CampaignState
from secondment.campaigns.models import Campaign
from secondment.decision.models import (
    Consultation,
    Decision,
    DecisionItem,
    NotificationObjection,
    PersonReply,
    PreAppointmentTalk,
    PublicNotification,
)
from secondment.decision.services.consultation import REPLY_KIND
from secondment.obligations.models import Obligation
from secondment.obligations.services import Owed, owe
from tests.decision.conftest import Scene

MODELS = (Consultation, PublicNotification, NotificationObjection, PreAppointmentTalk, Decision, DecisionItem)
PART_OF_MATCHING = [("decision", None), ("matching", "0005_notification_last_day")]


def fill(scene: Scene) -> None:
    """A row in each table, and a reply that is owed."""
    Campaign.objects.filter(pk=scene.campaign.pk).update(state=CampaignState.DECIDED)
    person, day = scene.people[0], dt.date(2026, 10, 8)
    asked = Consultation.objects.create(proposal=scene.proposal, unit=scene.home, party="home", due_on=day)
    posted = PublicNotification.objects.create(
        proposal=scene.proposal, starts_on=day, last_day=day, n_workdays=1
    )
    posted.objections.create(received_on=day, text="反映")
    PreAppointmentTalk.objects.create(proposal=scene.proposal, nomination=person, held_on=day, talker="王某")
    decision = Decision.objects.create(
        campaign=scene.campaign,
        proposal=scene.proposal,
        meeting="部务会",
        number="示组〔2026〕1号",
        decided_on=day,
        recorded_by=scene.owner,
    )
    decision.items.create(nomination=person, campaign_post=scene.posts[0])
    owe(asked, Owed(REPLY_KIND, "答复征求意见", scene.home, Role.HOME_UNIT, "组织部", day, "/matching/"))


def rows() -> dict[str, list[dict[str, object]]]:
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in MODELS}


def migrate(targets: list[tuple[str, str | None]]) -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(targets)


@pytest.mark.django_db(transaction=True)
def test_an_installation_keeps_every_row_and_every_reply_that_is_owed(scene: Scene) -> None:
    fill(scene)
    before = rows()
    assert all(len(found) == 1 for found in before.values())
    try:
        migrate(PART_OF_MATCHING)
        assert Obligation.objects.get().subject_type == "matching.consultation"
    finally:
        migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())
    assert rows() == before
    assert Obligation.objects.get().subject_type == "decision.consultation"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("state", "reply", "is_known", "is_current"),
    [
        (CampaignState.DISPATCHED, "agreed", True, True),
        (CampaignState.CONSULTATION, "pending", False, False),
        (CampaignState.REVIEW, "agreed", False, True),
    ],
)
def test_answers_kept_before_get_their_post_where_the_plan_is_as_it_was(
    scene: Scene, state, reply, is_known, is_current
) -> None:
    Campaign.objects.filter(pk=scene.campaign.pk).update(state=state)
    day = dt.date(2026, 9, 20)
    asked = Consultation.objects.create(
        proposal=scene.proposal, unit=scene.home, party="home", reply=reply, replied_on=day
    )
    PersonReply.objects.create(consultation=asked, nomination=scene.people[1], reply="agreed")
    try:
        migrate([("decision", "0006_results_and_corrections")])
    finally:
        migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())
    row = PersonReply.objects.get()
    assert row.campaign_post_id == (scene.posts[1].pk if is_known else None)
    assert (row.given_on, row.is_current, row.round) == (day if is_known else None, is_current, 1)
    asked.refresh_from_db()
    assert asked.is_withdrawn == (state == CampaignState.REVIEW)


def test_rows_stand_in_the_tables_that_backups_and_reports_know() -> None:
    assert {model._meta.db_table for model in MODELS} == {
        "matching_consultation",
        "matching_publicnotification",
        "matching_notificationobjection",
        "matching_talk",
        "matching_decision",
        "matching_decisionitem",
    }
