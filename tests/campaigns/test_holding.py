"""What holds no longer of people and posts that a campaign has planned, to the day."""

import datetime as dt

import pytest
from django.utils.translation import override
from tests.campaigns.builders import AT, make_scene
from tests.makers import (
    CHECKED,
    make_campaign,
    make_campaign_post,
    make_person,
    make_placement,
    make_post,
    make_programme_version,
    make_unit,
    make_user,
)

from secondment.campaigns.choices import CampaignState
from secondment.campaigns.holding import lapses_of_offers, lapses_of_pairs, lapses_of_run, posts_to_offer
from secondment.campaigns.lapses import Lapse, LapsedError, LapseKind, refuse_lapsed, sentences
from secondment.campaigns.models import EligibilityFinding, Preference
from secondment.campaigns.services import check_eligibility
from secondment.campaigns.services.nominations import nominate
from secondment.campaigns.services.offers import PostWantedError, add_posts, remove_posts
from secondment.campaigns.services.quotas import QuotaLine, set_quotas
from secondment.notices.models import Notice
from secondment.placements.choices import PlacementState

pytestmark = pytest.mark.django_db
START, END = dt.date(2027, 3, 1), dt.date(2029, 3, 1)
ONE_DAY = dt.timedelta(days=1)


def kinds(lapses) -> set[LapseKind]:
    return {one.kind for one in lapses}


def named(lapses) -> dict[LapseKind, str]:
    return {one.kind: one.name for one in lapses}


def stay(post, starts_on, ends_on, **fields):
    """Somebody of another campaign in the post."""
    fields.setdefault("state", PlacementState.IN_POST)
    person = fields.pop("person", None) or make_person(name="前任")
    return make_placement(make_campaign(), person, post, starts_on=starts_on, ends_on=ends_on, **fields)


class TestPosts:
    def test_a_post_that_fits_has_no_lapse_and_is_in_the_picker(self) -> None:
        scene = make_scene(n_posts=0)
        post = make_post(scene.host)
        assert list(lapses_of_offers(scene.campaign, [post])) == []
        assert list(posts_to_offer(scene.owner, scene.campaign)) == [post]

    @pytest.mark.parametrize(
        ("ends_on", "handover", "is_taken"),
        [
            (START - ONE_DAY, 0, False),
            (START, 0, False),
            (START + ONE_DAY, 0, True),
            (START + ONE_DAY, 1, False),
            (START + 9 * ONE_DAY, 10, False),
            (START + 10 * ONE_DAY, 10, False),
            (START + 11 * ONE_DAY, 10, True),
        ],
    )
    def test_post_still_occupied_on_the_first_day(self, ends_on, handover, is_taken) -> None:
        scene = make_scene(n_posts=0, handover_days=handover)
        post = make_post(scene.host, title="第一书记")
        stay(post, dt.date(2025, 3, 1), ends_on)
        lapses = named(lapses_of_offers(scene.campaign, [post]))
        assert (LapseKind.OCCUPIED in lapses) is is_taken
        assert posts_to_offer(scene.owner, scene.campaign).exists() is not is_taken
        if is_taken:
            last_day = ends_on - ONE_DAY
            assert lapses[LapseKind.OCCUPIED] == f"{post}（前任，2025-03-01至{last_day}）"

    @pytest.mark.parametrize(
        ("starts_on", "is_taken"), [(END - ONE_DAY, True), (END, False), (END + ONE_DAY, False)]
    )
    def test_post_taken_again_before_the_last_day(self, starts_on, is_taken) -> None:
        scene = make_scene(n_posts=0)
        post = make_post(scene.host)
        stay(post, starts_on, dt.date(2031, 3, 1), state=PlacementState.DECIDED)
        assert (LapseKind.OCCUPIED in kinds(lapses_of_offers(scene.campaign, [post]))) is is_taken
        assert posts_to_offer(scene.owner, scene.campaign).exists() is not is_taken

    @pytest.mark.parametrize("state", [PlacementState.ENDED, PlacementState.CANCELLED])
    def test_whoever_is_gone_takes_no_place(self, state) -> None:
        scene = make_scene(n_posts=0)
        post = make_post(scene.host)
        stay(post, START, END, state=state)
        assert list(lapses_of_offers(scene.campaign, [post])) == []

    @pytest.mark.parametrize(("headcount", "is_taken"), [(1, True), (2, False), (3, False)])
    def test_a_post_with_several_places_is_free_as_long_as_one_is(self, headcount, is_taken) -> None:
        scene = make_scene(n_posts=0)
        post = make_post(scene.host, headcount=headcount)
        stay(post, START, END)
        assert (LapseKind.OCCUPIED in kinds(lapses_of_offers(scene.campaign, [post]))) is is_taken
        assert posts_to_offer(scene.owner, scene.campaign).exists() is not is_taken

    def test_two_people_for_the_one_place_left_are_too_many(self) -> None:
        scene = make_scene(n_posts=0)
        post = make_post(scene.host, headcount=2)
        stay(post, START, END)
        assert kinds(lapses_of_offers(scene.campaign, [post, post])) == {LapseKind.OCCUPIED}

    @pytest.mark.parametrize(
        ("term", "handover", "is_twice"),
        [
            ((dt.date(2025, 3, 1), START), 0, False),
            ((dt.date(2025, 3, 1), START + ONE_DAY), 0, True),
            ((dt.date(2025, 3, 1), START + ONE_DAY), 1, False),
            ((END - ONE_DAY, dt.date(2031, 3, 1)), 0, True),
            ((END, dt.date(2031, 3, 1)), 0, False),
        ],
    )
    def test_post_of_another_live_campaign_with_an_overlapping_term(self, term, handover, is_twice) -> None:
        scene = make_scene(n_posts=0, handover_days=handover)
        post = make_post(scene.host, ends_on=dt.date(2032, 1, 1))
        other = make_campaign(name="别的批次", starts_on=term[0], ends_on=term[1])
        make_campaign_post(other, post)
        lapses = named(lapses_of_offers(scene.campaign, [post]))
        assert lapses == ({LapseKind.OFFERED_TWICE: f"{post}（别的批次）"} if is_twice else {})
        assert posts_to_offer(scene.owner, scene.campaign).exists() is not is_twice

    @pytest.mark.parametrize("state", CampaignState.values)
    def test_only_a_campaign_on_its_way_to_a_decision_keeps_a_post(self, state) -> None:
        scene = make_scene(n_posts=0)
        post = make_post(scene.host)
        make_campaign_post(make_campaign(state=state), post)
        is_live = state not in ("decided", "dispatched", "cancelled")
        assert (LapseKind.OFFERED_TWICE in kinds(lapses_of_offers(scene.campaign, [post]))) is is_live
        assert posts_to_offer(scene.owner, scene.campaign).exists() is not is_live

    @pytest.mark.parametrize(
        ("fields", "kind"),
        [
            ({"direction": "up"}, LapseKind.OTHER_DIRECTION),
            ({"state": "withdrawn"}, LapseKind.POST_WITHDRAWN),
            ({"state": "draft"}, LapseKind.POST_WITHDRAWN),
            ({"starts_on": dt.date(2008, 6, 1), "ends_on": dt.date(2010, 6, 1)}, LapseKind.OTHER_TERM),
            ({"starts_on": dt.date(2025, 1, 1), "ends_on": START}, LapseKind.OTHER_TERM),
            ({"starts_on": dt.date(2025, 1, 1), "ends_on": START + ONE_DAY}, None),
            ({"starts_on": END - ONE_DAY, "ends_on": dt.date(2031, 1, 1)}, None),
            ({"starts_on": END, "ends_on": dt.date(2031, 1, 1)}, LapseKind.OTHER_TERM),
        ],
    )
    def test_post_of_another_kind_or_time(self, fields, kind) -> None:
        scene = make_scene(n_posts=0)
        post = make_post(scene.host, **fields)
        assert kinds(lapses_of_offers(scene.campaign, [post])) == ({kind} if kind else set())
        assert posts_to_offer(scene.owner, scene.campaign).exists() is (kind is None)

    def test_a_programme_that_names_no_direction_takes_all(self) -> None:
        campaign = make_campaign(programme_version=make_programme_version({}))
        assert list(lapses_of_offers(campaign, [make_post(direction="up")])) == []

    def test_closed_host_unit(self) -> None:
        scene = make_scene(n_posts=0)
        post = make_post(scene.host)
        scene.host.is_active = False
        scene.host.save()
        lapses = named(lapses_of_offers(scene.campaign, [post]))
        assert lapses == {LapseKind.HOST_CLOSED: "示例村"}
        assert not posts_to_offer(scene.owner, scene.campaign).exists()

    def test_a_choice_from_an_old_page_is_refused_by_name(self) -> None:
        scene = make_scene(n_posts=0)
        post = make_post(scene.host, title="第一书记")
        make_campaign_post(make_campaign(name="别的批次"), post)
        with pytest.raises(LapsedError, match=r"示例村 第一书记（别的批次）.*由一方移出岗位"):
            add_posts(scene.campaign, [post], priority=2, by=scene.owner, at=AT)
        assert not scene.campaign.campaign_posts.exists()

    def test_posts_of_others_are_left_out_without_a_word_about_them(self) -> None:
        scene = make_scene(n_posts=0)
        foreign = make_post(make_unit("外地村", is_active=False))
        assert add_posts(scene.campaign, [foreign], priority=2, by=scene.owner, at=AT) == 0


class TestPeople:
    def scene(self, **campaign):
        return make_scene(CampaignState.REVIEW, **campaign)

    def pair(self, scene, **fields):
        return scene.nomination(**(CHECKED | fields)), scene.posts[0]

    def lapses(self, scene, *pairs):
        return named(lapses_of_pairs(scene.campaign, pairs))

    def test_a_pair_as_it_was_planned_holds(self) -> None:
        scene = self.scene()
        assert self.lapses(scene, self.pair(scene)) == {}

    def test_withdrawn_nominee_is_named(self) -> None:
        scene = self.scene()
        nominee, post = self.pair(scene, state="withdrawn")
        assert self.lapses(scene, (nominee, post)) == {LapseKind.WITHDRAWN: nominee.person.name}

    @pytest.mark.parametrize(("state", "kind"), [("retired", LapseKind.RETIRED), ("left", LapseKind.LEFT)])
    def test_who_has_gone_for_good(self, state, kind) -> None:
        scene = self.scene()
        person = scene.person(state=state)
        assert self.lapses(scene, self.pair(scene, person=person)) == {kind: person.name}

    def test_who_works_for_another_unit_now(self) -> None:
        scene = self.scene()
        pair = self.pair(scene)
        person = pair[0].person
        person.unit = make_unit("新单位", scene.root)
        person.save()
        assert self.lapses(scene, pair) == {LapseKind.MOVED: f"{person.name}（现在新单位）"}
        person.unit = make_unit("下级单位", scene.home)
        person.save()
        assert self.lapses(scene, pair) == {}

    def test_closed_home_unit(self) -> None:
        scene = self.scene()
        pair = self.pair(scene)
        pair[0].home_unit.is_active = False
        assert self.lapses(scene, pair) == {LapseKind.HOME_CLOSED: "示例局"}

    @pytest.mark.parametrize(
        "changed",
        [{"checked_at": None}, {"checked_person_version": 2}, {"checked_campaign_version": 0}],
    )
    def test_findings_out_of_date(self, changed) -> None:
        scene = self.scene()
        nominee, post = self.pair(scene, **changed)
        assert self.lapses(scene, (nominee, post)) == {LapseKind.OUTDATED: nominee.person.name}

    def test_block_found_since(self) -> None:
        scene = self.scene()
        nominee, post = self.pair(scene)
        block = EligibilityFinding.objects.create(
            nomination=nominee, campaign_post=post, rule="H1", result="block", fact="是夫妻", basis="某法"
        )
        (lapse,) = lapses_of_pairs(scene.campaign, [(nominee, post)])
        name = nominee.person.name
        assert lapse == Lapse(LapseKind.INELIGIBLE, f"{name}（是夫妻）", "某法", "H1", name)
        assert lapse.without(frozenset({"H1"})) == Lapse(LapseKind.INELIGIBLE, name)
        assert lapse.without(frozenset({"H4"})) == lapse
        assert list(lapses_of_pairs(scene.campaign, [(nominee, scene.posts[1])])) == []
        block.result = "exempt"
        block.save()
        assert self.lapses(scene, (nominee, post)) == {}

    @pytest.mark.parametrize(
        ("term", "is_elsewhere"),
        [
            ((dt.date(2025, 3, 1), START), False),
            ((dt.date(2025, 3, 1), START + ONE_DAY), True),
            ((END - ONE_DAY, dt.date(2031, 3, 1)), True),
            ((END, dt.date(2031, 3, 1)), False),
        ],
    )
    def test_sent_elsewhere_meanwhile(self, term, is_elsewhere) -> None:
        scene = self.scene(handover_days=30)
        nominee, post = self.pair(scene)
        stay(make_post(title="副镇长"), *term, person=nominee.person, state=PlacementState.DECIDED)
        there = f"{nominee.person.name}（副镇长，{term[0]}至{term[1] - ONE_DAY}）"
        assert self.lapses(scene, (nominee, post)) == ({LapseKind.ELSEWHERE: there} if is_elsewhere else {})

    @pytest.mark.parametrize(
        ("cap", "is_over"), [(1, True), (2, False), (3, False), (None, False), (0, True)]
    )
    def test_release_cap(self, cap, is_over) -> None:
        scene = self.scene()
        scene.quota.release_cap = cap
        scene.quota.save()
        pairs = [self.pair(scene), (self.pair(scene)[0], scene.posts[1])]
        text = f"示例局最多派出 {cap} 人，现有 2 人"
        assert self.lapses(scene, *pairs) == ({LapseKind.OVER_CAP: text} if is_over else {})


class TestRun:
    def test_everything_checked_holds(self) -> None:
        scene = make_scene(CampaignState.REVIEW)
        scene.nomination()
        check_eligibility(scene.campaign, by=scene.owner, **scene.now)
        assert list(lapses_of_run(scene.campaign)) == []

    def test_people_kept_out_by_a_rule_are_asked_for_a_fresh_check_only(self) -> None:
        scene = make_scene(CampaignState.REVIEW)
        nominee = scene.nomination(person=scene.person(state="retired"), **CHECKED)
        assert kinds(lapses_of_run(scene.campaign)) == {LapseKind.RETIRED}
        EligibilityFinding.objects.create(nomination=nominee, rule="H4", result="block", basis="某法")
        assert list(lapses_of_run(scene.campaign)) == []
        nominee.checked_at = None
        nominee.save()
        assert kinds(lapses_of_run(scene.campaign)) == {LapseKind.OUTDATED}

    def test_posts_are_asked_too(self) -> None:
        scene = make_scene(CampaignState.REVIEW)
        stay(scene.posts[0].post, START, END)
        assert kinds(lapses_of_run(scene.campaign)) == {LapseKind.OCCUPIED}


class TestSentences:
    def test_each_kind_says_whom_and_what_to_do(self) -> None:
        lapses = [Lapse(LapseKind.LEFT, name) for name in ("甲", "乙", "甲")]
        assert sentences(lapses) == ["甲、乙已调离，不能派出。请撤回推荐或改派他人；已决定的请取消挂职。"]

    def test_five_names_are_told_and_that_there_are_more(self) -> None:
        five = [Lapse(LapseKind.RETIRED, name) for name in "甲乙丙丁戊"]
        assert sentences(five)[0].startswith("甲、乙、丙、丁、戊已退休")
        assert sentences([*five, Lapse(LapseKind.RETIRED, "己")])[0].startswith("甲、乙、丙、丁、戊等已退休")

    def test_one_refusal_names_everything(self) -> None:
        lapses = [Lapse(LapseKind.LEFT, "甲"), Lapse(LapseKind.INELIGIBLE, "乙（某事）", "某法")]
        with pytest.raises(LapsedError, match=r"甲已调离.*乙（某事）不符合条件") as caught:
            refuse_lapsed(iter(lapses))
        assert (caught.value.lapses, caught.value.basis) == (tuple(lapses), "某法")
        refuse_lapsed([])

    def test_every_kind_has_its_words(self) -> None:
        for kind in LapseKind:
            assert "甲" in sentences([Lapse(kind, "甲")])[0]
            with override("en"):
                assert "。" not in sentences([Lapse(kind, "X")])[0]


class TestClosedUnits:
    def test_a_closed_home_unit_gets_no_quota(self) -> None:
        scene = make_scene()
        closed = make_unit("旧局", scene.root, is_active=False)
        lines = [QuotaLine(scene.home, 3), QuotaLine(closed, 1)]
        with pytest.raises(LapsedError, match="派出单位旧局已停用"):
            set_quotas(scene.campaign, lines, by=scene.owner, **scene.now)
        lines[1] = QuotaLine(closed, 0)
        assert set_quotas(scene.campaign, lines, by=scene.owner, **scene.now) == 2

    def test_a_unit_closed_meanwhile_nominates_nobody(self) -> None:
        scene = make_scene()
        scene.home.is_active = False
        scene.home.save()
        with pytest.raises(LapsedError, match="派出单位示例局已停用"):
            nominate(scene.campaign, [scene.person()], reason="", by=scene.owner, **scene.now)


class TestRemoving:
    def wanted(self, scene):
        account = make_user(name="本人")
        nominee = scene.nomination(person=scene.person(account=account))
        nominee.preferences.create(campaign_post=scene.posts[0], rank=1)
        return account

    def test_a_post_that_can_no_longer_be_filled_goes_with_the_wishes_for_it(self) -> None:
        scene = make_scene()
        account = self.wanted(scene)
        with pytest.raises(PostWantedError):
            remove_posts(scene.campaign, scene.posts[:1], by=scene.owner, at=AT)
        stay(scene.posts[0].post, START, END)
        assert remove_posts(scene.campaign, scene.posts[:1], by=scene.owner, at=AT) == 1
        assert not Preference.objects.exists()
        assert Notice.objects.get(recipient=account).title.endswith("的志愿岗位已移出，请核对志愿")

    def test_without_an_account_the_home_unit_is_told(self) -> None:
        scene = make_scene()
        nominee = scene.nomination()
        nominee.preferences.create(campaign_post=scene.posts[0], rank=1)
        stay(scene.posts[0].post, START, END)
        remove_posts(scene.campaign, scene.posts, by=scene.owner, at=AT)
        assert Notice.objects.get().recipient == scene.home_user
