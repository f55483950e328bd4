"""Two officers at once, steps taken back, and days that cannot be: what a page has read before decides nothing."""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from secondment.campaigns.lapses import LapsedError
from secondment.campaigns.models import Campaign, EligibilityFinding, Exemption
from secondment.campaigns.services import withdraw_nomination
from secondment.campaigns.services.copying import copy_campaign, draft_of
from secondment.campaigns.services.eligibility import record_exemption, revoke_exemption
from secondment.common.errors import DomainError, NotAllowedError, StaleObjectError
from secondment.common.versions import lock_version
from secondment.decision import errors, services
from secondment.decision.choices import Reply
from secondment.decision.models import Consultation, Decision
from secondment.matching.errors import NotInReviewError
from secondment.matching.models import Lock, Proposal, ProposalPair, SideRule
from secondment.matching.services.changes import clear_lock, lock_pair, unassign
from secondment.matching.services.proposals import choose_proposal, copy_proposal
from secondment.matching.services.runs import start_run
from secondment.matching.services.side_rules import remove_side_rule
from secondment.placements.models import Placement
from tests.decision.conftest import make_proposal
from tests.decision.test_decision_services import (
    ASKED,
    DECIDED,
    POSTED,
    consult,
    decide,
    pairs_as_proposed,
    publish,
    talk,
)
from tests.decision.test_holding import TestTwoCampaigns as OtherCampaign
from tests.decision.test_holding import change
from tests.makers import AT

pytestmark = pytest.mark.django_db
PLANNED_ON = dt.date(2026, 9, 14)
ONE_DAY = dt.timedelta(days=1)


def seen(proposal: Proposal) -> Proposal:
    """What a page has read before the other officer acts."""
    return Proposal.objects.select_related("run__campaign__owner_unit").get(pk=proposal.pk)


def back_to_matching(scene) -> None:
    services.resume_review(scene.proposal, reason="另议人选", by=scene.owner, on=POSTED, at=AT)


class TestOthersWereFaster:
    """While one officer's page stood open, the other began the consultation."""

    def test_another_proposal_is_not_chosen(self, scene) -> None:
        other = make_proposal(
            scene.campaign, [(scene.people[1], scene.posts[0])], run=scene.proposal.run, is_chosen=False
        )
        page = seen(other)
        consult(scene)
        with pytest.raises(NotInReviewError):
            choose_proposal(page, version=None, by=scene.owner, at=AT)
        assert Proposal.objects.get(is_chosen=True) == scene.proposal

    def test_the_plan_is_neither_changed_nor_copied_nor_locked(self, scene) -> None:
        page = seen(scene.proposal)
        pair = ProposalPair.objects.select_related("proposal__run__campaign__owner_unit").first()
        lock = Lock(campaign=page.run.campaign, nomination=pair.nomination, campaign_post=pair.campaign_post)
        rule = SideRule(campaign=page.run.campaign)
        consult(scene)
        for act in (
            lambda: unassign(
                page, scene.people[0], reason="示例理由", version=page.version, by=scene.owner, at=AT
            ),
            lambda: copy_proposal(page, name="副本", by=scene.owner, at=AT),
            lambda: lock_pair(pair, reason="示例理由", by=scene.owner, at=AT),
            lambda: clear_lock(lock, by=scene.owner, at=AT),
            lambda: remove_side_rule(rule, by=scene.owner, at=AT),
            lambda: start_run(page.run.campaign, weights={"specialty": 1}, by=scene.owner, at=AT),
        ):
            with pytest.raises(NotInReviewError):
                act()
        assert scene.proposal.pairs.count() == 2

    def test_a_nomination_is_not_withdrawn(self, scene) -> None:
        nomination = type(scene.people[0]).objects.select_related("campaign__owner_unit", "home_unit")
        page = nomination.get(pk=scene.people[0].pk)
        consult(scene)
        with pytest.raises(NotAllowedError):
            withdraw_nomination(page, reason="另有任务", by=scene.owner, on=ASKED, at=AT)

    def test_no_exception_is_recorded_or_revoked_after_the_decision(self, scene) -> None:
        page = type(scene.people[0]).objects.select_related("campaign__owner_unit").get(pk=scene.people[0].pk)
        kept = Exemption.objects.create(
            nomination=page,
            rule="H4",
            document_number="示函1号",
            approved_by="部长",
            reason="示例",
            recorded_by=scene.owner,
            recorded_on=ASKED,
        )
        EligibilityFinding.objects.create(
            nomination=page, rule="H3", result="warn", fact_code="H3.x", basis="示例依据"
        )
        consult(scene)
        publish(scene)
        talk(scene)
        decide(scene)
        with pytest.raises(NotAllowedError):
            record_exemption(Exemption(nomination=page, rule="H3"), by=scene.owner, on=DECIDED, at=AT)
        with pytest.raises(NotAllowedError):
            revoke_exemption(kept, by=scene.owner, at=AT)

    def test_a_row_deleted_meanwhile_is_a_refusal_not_a_fault(self, scene) -> None:
        gone = scene.posts[0]
        type(gone).objects.filter(pk=gone.pk).delete()
        with pytest.raises(StaleObjectError, match="已被他人删除"):
            lock_version(gone, version=1)


class TestGoneBack:
    """The campaign went back to matching and comes again."""

    def test_an_earlier_public_notification_counts_no_longer(self, scene) -> None:
        consult(scene)
        publish(scene)
        talk(scene)
        back_to_matching(scene)
        consult(scene)
        Consultation.objects.update(reply=Reply.AGREED)
        with pytest.raises(errors.NotificationMissingError, match="不少于 5 个工作日"):
            decide(scene)
        publish(scene)
        assert decide(scene).pk

    def test_who_was_not_posted_is_not_sent(self, scene) -> None:
        consult(scene)
        publish(scene)
        talk(scene)
        instead = [pairs_as_proposed(scene)[1]]
        instead += [
            services.DecidedPair(scene.people[0].pk, None, "健康原因"),
            services.DecidedPair(scene.people[2].pk, scene.posts[0].pk, "递补"),
        ]
        with pytest.raises(errors.NotificationMissingError, match="王示例没有公示过"):
            decide(scene, instead)
        assert not Decision.objects.exists()

    @pytest.mark.parametrize("reply", [Reply.PENDING, Reply.OBJECTED])
    def test_a_unit_with_nobody_left_in_the_plan_is_not_waited_for(self, scene, reply) -> None:
        consult(scene)
        Consultation.objects.exclude(unit=scene.hosts[0]).update(reply=Reply.AGREED)
        Consultation.objects.filter(unit=scene.hosts[0]).update(reply=reply)
        back_to_matching(scene)
        ProposalPair.objects.filter(campaign_post=scene.posts[0]).delete()
        consult(scene)
        Consultation.objects.exclude(unit=scene.hosts[0]).update(reply=Reply.AGREED)
        assert publish(scene, on=ASKED, starts_on=ASKED).notification.pk


class TestDays:
    def test_nobody_talked_or_decided_before_there_was_a_plan(self, scene) -> None:
        change(scene.campaign.programme_version, parameters={"public_notification_workdays": 0})
        scene.proposal = seen(scene.proposal)
        consult(scene)
        with pytest.raises(errors.EarlyDateError, match="2026-09-13早于所采用方案的产生日期（2026-09-14）"):
            talk(scene, held_on=PLANNED_ON - ONE_DAY)
        talk(scene, held_on=PLANNED_ON)
        Consultation.objects.update(reply=Reply.AGREED)
        with pytest.raises(errors.EarlyDateError):
            decide(scene, decided_on=PLANNED_ON - ONE_DAY)
        assert decide(scene, decided_on=PLANNED_ON).pk

    def test_nothing_is_reported_before_it_is_posted(self, scene) -> None:
        consult(scene)
        row = publish(scene).notification

        def report(received_on: dt.date):
            return services.record_objection(
                row, text="示例", received_on=received_on, nomination=None, by=scene.owner, on=POSTED, at=AT
            )

        with pytest.raises(errors.EarlyDateError):
            report(POSTED - ONE_DAY)
        assert report(POSTED).pk

    def test_who_has_left_is_not_talked_with(self, scene) -> None:
        consult(scene)
        change(scene.people[0].person, state="retired")
        with pytest.raises(LapsedError, match="张示例已退休"):
            talk(scene, scene.people[0])


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite lets one writer in: there is no same instant"
)
@pytest.mark.django_db(transaction=True)
class TestTheSameInstant:
    """Both begin together; whoever comes second finds what the first has left."""

    def both(self, *acts: Callable[[], object]) -> list[str]:
        start = Barrier(len(acts), timeout=60)

        def run(act: Callable[[], object]) -> str:
            start.wait()
            try:
                act()
            except DomainError as error:
                return type(error).__name__
            finally:
                connections.close_all()
            return "done"

        with ThreadPoolExecutor(len(acts)) as pool:
            return sorted(pool.map(run, acts))

    def test_one_person_is_decided_on_once(self, scene) -> None:
        proposal, nominee, post = OtherCampaign().other(scene, dt.date(2027, 6, 1), dt.date(2029, 1, 1))
        consult(scene)
        without = {"public_notification_workdays": 0, "talks_before_decision": 0}
        change(scene.campaign.programme_version, parameters=without)
        Consultation.objects.update(reply=Reply.AGREED)
        meeting = services.Meeting("部务会", "示组〔2026〕10号", DECIDED)
        pairs = [services.DecidedPair(nominee.pk, post.pk)]
        told = self.both(
            lambda: decide(scene),
            lambda: services.decide_campaign(
                seen(proposal), meeting, pairs, by=scene.owner, on=DECIDED, at=AT
            ),
        )
        assert "done" in told
        assert set(told) - {"done"} <= {"LapsedError", "OverlapError"}
        assert Placement.objects.filter(person=nominee.person).count() == 1

    def test_a_plan_is_not_changed_while_it_is_sent_out(self, scene) -> None:
        other = make_proposal(
            scene.campaign, [(scene.people[1], scene.posts[0])], run=scene.proposal.run, is_chosen=False
        )
        told = self.both(
            lambda: consult(scene),
            lambda: choose_proposal(seen(other), version=None, by=scene.owner, at=AT),
        )
        assert told in (["NotInReviewError", "done"], ["NoProposalError", "done"])
        asked = set(Consultation.objects.values_list("proposal", flat=True))
        assert asked <= {Proposal.objects.get(is_chosen=True).pk}

    def test_two_browsers_copy_a_campaign_once(self, scene) -> None:
        def copy() -> object:
            source = Campaign.objects.select_related("owner_unit", "programme_version").get(
                pk=scene.campaign.pk
            )
            version = source.programme_version
            return copy_campaign(source, draft_of(source), programme_version=version, by=scene.owner, at=AT)

        Campaign.objects.filter(pk=scene.campaign.pk).update(name="2027年第一批")
        assert self.both(copy, copy) == ["SameNameError", "done"]
        assert Campaign.objects.filter(name="2028年第一批").count() == 1
