"""A run, a choice and a change by hand ask whether people and posts still hold."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from secondment.campaigns.choices import NominationState
from secondment.campaigns.holding import lapses_of_pairs
from secondment.campaigns.lapses import LapsedError, LapseKind
from secondment.campaigns.models import Nomination
from secondment.campaigns.parameters import ProgrammeParameters
from secondment.campaigns.parameters_json import to_json
from secondment.matching.holding import lapses_of_proposal, live_pairs
from secondment.matching.models import MatchingRun, Proposal
from secondment.matching.services.changes import assign_person, unassign
from secondment.matching.services.proposals import choose_proposal
from secondment.matching.services.runs import execute_run, start_run
from secondment.matching.snapshot_facts import take_snapshot
from secondment.people.models import Person
from secondment.posts.models import Post
from secondment.units.models import Unit
from tests.makers import AT, make_campaign, make_placement, make_programme_version
from tests.matching.campaigns import WEIGHTS, make_matched, run_now
from tests.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def matched():
    return make_matched()


@pytest.fixture
def proposal(matched, django_capture_on_commit_callbacks):
    return run_now(matched, django_capture_on_commit_callbacks)


def retire(nomination: Nomination) -> None:
    nomination.person.state = "retired"
    nomination.person.save()


def choose(proposal, by):
    return choose_proposal(proposal, version=None, by=by, at=AT)


def occupy(post, **fields):
    term = {"starts_on": dt.date(2025, 1, 1), "ends_on": dt.date(2027, 6, 1)}
    return make_placement(make_campaign(), None, post, **term, state="in_post", **fields)


class TestRun:
    def start(self, matched):
        return start_run(matched.campaign, weights=WEIGHTS, by=matched.by, at=AT)

    def test_retired_and_departed_people_are_not_matched(self, matched) -> None:
        retire(matched.people[0])
        person = matched.people[1].person
        person.state = "left"
        person.save()
        with pytest.raises(LapsedError, match=r"赵甲已退休.*钱乙已调离"):
            self.start(matched)
        assert not MatchingRun.objects.exists()

    def test_findings_out_of_date_are_asked(self, matched) -> None:
        person = matched.people[2].person
        person.version += 1
        person.save()
        with pytest.raises(LapsedError, match="孙丙没有经过资格审查，或审查之后资料有变动"):
            self.start(matched)

    def test_a_campaign_changed_after_the_check_is_checked_again(self, matched) -> None:
        matched.campaign.version += 1
        matched.campaign.save()
        with pytest.raises(LapsedError, match="赵甲、钱乙、孙丙、李丁没有经过资格审查"):
            self.start(matched)

    def test_post_still_occupied_and_closed_village(self, matched) -> None:
        occupy(matched.posts[0].post)
        unit = matched.posts[1].post.host_unit
        unit.is_active = False
        unit.save()
        with pytest.raises(LapsedError, match=r"接收单位西村已停用.*东村 第一书记") as caught:
            self.start(matched)
        assert {one.kind for one in caught.value.lapses} == {LapseKind.HOST_CLOSED, LapseKind.OCCUPIED}

    def test_what_happens_between_queue_and_work_is_asked_again(self, matched) -> None:
        run = self.start(matched)
        retire(matched.people[0])
        with pytest.raises(LapsedError, match="赵甲已退休"):
            execute_run(run, at=AT, progress=lambda *_step: None)

    def test_places_that_others_hold_are_not_filled(self, matched) -> None:
        post = matched.posts[0].post
        post.headcount = 3
        post.save()
        occupy(post)
        assert take_snapshot(matched.campaign).headcount.tolist() == [2, 1, 1]
        for _number in range(3):
            occupy(post)
        assert take_snapshot(matched.campaign).headcount.tolist() == [0, 1, 1]


class TestProposal:
    def test_a_plan_with_a_withdrawn_nominee_is_not_chosen(self, matched, proposal) -> None:
        pair = proposal.pairs.first()
        Nomination.objects.filter(pk=pair.nomination_id).update(state=NominationState.WITHDRAWN)
        with pytest.raises(
            LapsedError, match=f"{pair.nomination}的推荐已撤回。请重新计算，或在方案中将其调出"
        ):
            choose(proposal, matched.by)
        assert pair not in live_pairs(proposal)
        assert live_pairs(proposal).count() == 2
        unassign(proposal, pair.nomination, reason="示例理由", version=None, by=matched.by, at=AT)
        assert choose(proposal, matched.by).is_chosen

    def test_of_a_nominee_withdrawn_nothing_else_is_to_be_put_right(self, matched, proposal) -> None:
        pair = proposal.pairs.first()
        retire(pair.nomination)
        Nomination.objects.filter(pk=pair.nomination_id).update(state=NominationState.WITHDRAWN)
        with pytest.raises(LapsedError) as caught:
            choose(proposal, matched.by)
        assert list(caught.value.reasons) == [
            f"{pair.nomination}的推荐已撤回。请重新计算，或在方案中将其调出。"
        ]

    def test_a_refusal_for_several_reasons_lists_them(self, matched, proposal, signed_in) -> None:
        first, second = proposal.pairs.order_by("pk")[:2]
        retire(first.nomination)
        Nomination.objects.filter(pk=second.nomination_id).update(state=NominationState.WITHDRAWN)
        url = reverse("matching:proposal_choose", args=[proposal.pk])
        answer = signed_in(matched.by).post(url, follow=True)
        assert answer.redirect_chain == [(reverse("matching:proposal_detail", args=[proposal.pk]), 302)]
        page = text_of(answer)
        assert f"{second.nomination}的推荐已撤回。请重新计算，或在方案中将其调出。" in page
        assert f"{first.nomination}已退休，不能派出。请撤回推荐或改派他人；已决定的请取消挂职。" in page
        assert not Proposal.objects.get(pk=proposal.pk).is_chosen

    def test_a_plan_with_somebody_retired_is_not_chosen(self, matched, proposal) -> None:
        retire(proposal.pairs.first().nomination)
        with pytest.raises(LapsedError, match="已退休"):
            choose(proposal, matched.by)

    def test_the_page_says_what_holds_no_longer(self, matched, proposal, signed_in) -> None:
        address = reverse("matching:proposal_detail", args=[proposal.pk])
        client = signed_in(matched.by)
        assert client.get(address).context["lapses"] == []
        retire(proposal.pairs.first().nomination)
        page = client.get(address)
        assert "已退休，不能派出" in page.content.decode()
        matched.campaign.state = "decided"
        matched.campaign.save()
        assert client.get(address).context["lapses"] == []

    def test_nobody_is_put_in_by_hand_who_holds_no_longer(self, matched, proposal) -> None:
        pair = proposal.pairs.get(campaign_post=matched.posts[2])
        unassign(proposal, pair.nomination, reason="示例理由", version=None, by=matched.by, at=AT)
        retire(pair.nomination)
        with pytest.raises(LapsedError, match=f"{pair.nomination}已退休"):
            assign_person(
                proposal,
                pair.nomination,
                pair.campaign_post,
                reason="示例理由",
                version=None,
                by=matched.by,
                at=AT,
            )

    def test_post_offered_by_two_campaigns_is_told_to_both(self, matched, proposal) -> None:
        other = make_campaign(name="第二批")
        other.campaign_posts.create(post=matched.posts[0].post)
        (lapse,) = lapses_of_proposal(proposal)
        assert (lapse.kind, lapse.name) == (LapseKind.OFFERED_TWICE, "东村 第一书记（第二批）")

    def test_everything_that_is_asked_comes_with_the_pairs(self, proposal) -> None:
        def asked() -> int:
            with CaptureQueriesContext(connection) as queries:
                list(lapses_of_proposal(proposal))
            return len(queries)

        version = make_programme_version(to_json(ProgrammeParameters()))  # names directions
        proposal.run.campaign.programme_version = version
        asked()  # the campaign's programme is known now
        whole = asked()
        Person.objects.update(state="retired")
        Post.objects.update(
            state="withdrawn", direction="up", starts_on=dt.date(2019, 1, 1), ends_on=dt.date(2020, 1, 1)
        )
        Unit.objects.update(is_active=False)
        lapses = list(lapses_of_proposal(proposal))
        assert {one.kind for one in lapses} == {
            LapseKind.RETIRED,
            LapseKind.HOME_CLOSED,
            LapseKind.HOST_CLOSED,
            LapseKind.POST_WITHDRAWN,
            LapseKind.OTHER_DIRECTION,
            LapseKind.OTHER_TERM,
        }
        assert asked() == whole
        rows = live_pairs(proposal)
        assert list(
            lapses_of_pairs(proposal.run.campaign, [(one.nomination, one.campaign_post) for one in rows])
        ) == (lapses)

    def test_a_refused_run_keeps_the_weights_on_the_page(self, matched, signed_in) -> None:
        retire(matched.people[0])
        address = reverse("matching:run_create", args=[matched.campaign.pk])
        response = signed_in(matched.by).post(
            address, signed_in(matched.by).get(address).context["form"].initial
        )
        assert "赵甲已退休" in response.context["form"].errors["__all__"][0]
