"""Nominations, preferences and the eligibility check."""

import datetime as dt
from typing import Any

import pytest
from django.utils.translation import override
from tests.campaigns.builders import AT, ON, Scene, make_scene
from tests.makers import make_campaign, make_person, make_placement, make_post, make_unit, make_user

from secondment.campaigns.choices import CampaignState
from secondment.campaigns.models import EligibilityFinding, Exemption, Nomination
from secondment.campaigns.queries import admissible_pairs, n_stale
from secondment.campaigns.services import (
    check_eligibility,
    eligibility,
    nominate,
    preview_findings,
    record_exemption,
    request_check,
    revoke_exemption,
    state_preferences,
    withdraw_nomination,
)
from secondment.campaigns.services.eligibility import NothingToExemptError, UnknownRuleError
from secondment.campaigns.services.nominations import (
    AlreadyNominatedError,
    NobodyChosenError,
    NominationsClosedError,
    NoQuotaError,
    NotActiveError,
    QuotaExceededError,
)
from secondment.campaigns.services.preferences import PreferenceError, Wishes
from secondment.campaigns.snapshot import retires_on, take_snapshot
from secondment.common.errors import NotAllowedError, StaleObjectError
from secondment.jobs.models import Job
from secondment.notices.models import Notice
from secondment.obligations.models import Obligation
from secondment.people.models import FamilyFirm, FamilyMember, Penalty, Person

pytestmark = pytest.mark.django_db


def states(kind: str) -> list[str]:
    return list(Obligation.objects.filter(kind=kind).order_by("pk").values_list("state", flat=True))


def put(scene: Scene, *persons: Person, **options: Any) -> list[Nomination]:
    options = {"by": scene.home_user, **scene.now} | options
    return nominate(scene.campaign, persons, reason="优秀", **options)


def test_nominations_count_against_the_quota() -> None:
    scene = make_scene(n_asked=2)
    account = make_user()
    below = make_unit("示例处", scene.home)
    first, second = scene.person(account=account), make_person(below)
    made = put(scene, first)
    assert (made[0].home_unit, made[0].reason, made[0].nominated_on) == (scene.home, "优秀", ON)
    assert states("campaigns.nominate") == ["open"]
    put(scene, second)
    assert states("campaigns.nominate") == ["met"]
    owed = Obligation.objects.filter(kind="campaigns.state_preferences").order_by("pk")
    assert list(owed.values_list("role", "account")) == [("secondee", account.pk), ("home_unit", None)]
    assert list(Notice.objects.values_list("recipient", flat=True)) == [account.pk]
    with pytest.raises(QuotaExceededError, match="名额 2 名，已推荐 2 名，本次 1 名，超出 1 名"):
        put(scene, scene.person())


def test_all_or_nobody_is_nominated() -> None:
    scene = make_scene(n_asked=1)
    with pytest.raises(QuotaExceededError):
        put(scene, scene.person(), scene.person())
    assert Nomination.objects.count() == 0


def test_nomination_is_refused() -> None:
    scene = make_scene()
    person = scene.person()
    put(scene, person)
    other = scene.person()
    with pytest.raises(AlreadyNominatedError):
        put(scene, person)
    with pytest.raises(AlreadyNominatedError):
        put(scene, other, other)
    with pytest.raises(NotActiveError):
        put(scene, scene.person(state="retired"))
    with pytest.raises(NoQuotaError, match="没有本批次名额"):
        put(scene, make_person(scene.host))
    with pytest.raises(NobodyChosenError):
        put(scene)
    with pytest.raises(NotAllowedError):
        put(scene, other, by=scene.host_user)
    with pytest.raises(NominationsClosedError):
        put(scene, other, on=dt.date(2027, 1, 1))


def test_the_nearest_unit_with_a_quota_counts() -> None:
    scene = make_scene()
    below = make_unit("示例处", scene.home)
    scene.campaign.quotas.create(home_unit=below, n_asked=1)
    (made,) = put(scene, make_person(below))
    assert made.home_unit == below


def test_withdrawn_people_can_be_nominated_again() -> None:
    scene = make_scene(n_asked=1)
    person = scene.person()
    (made,) = put(scene, person)
    assert len(made.lot) == 8
    withdraw_nomination(made, reason="工作需要", by=scene.home_user, **scene.now)
    assert states("campaigns.state_preferences") == ["waived"]
    assert states("campaigns.nominate")[-1] == "open"
    type(person).objects.filter(pk=person.pk).update(name="更正后")
    person.refresh_from_db()
    (again,) = put(scene, person)
    assert (again.pk, again.state) == (made.pk, "nominated")
    assert again.lot == made.lot  # a corrected name draws no other lot


def test_after_closing_only_the_owner_withdraws() -> None:
    scene = make_scene(CampaignState.REVIEW)
    nomination = scene.nomination()
    with pytest.raises(NotAllowedError):
        withdraw_nomination(nomination, reason="", by=scene.home_user, **scene.now)
    withdraw_nomination(nomination, reason="", by=scene.owner, **scene.now)
    nomination.refresh_from_db()
    with pytest.raises(NotAllowedError):
        withdraw_nomination(nomination, reason="", by=scene.owner, **scene.now)


def test_preferences_replace_the_answer_before() -> None:
    scene = make_scene()
    account = make_user()
    (nomination,) = put(scene, scene.person(account=account))
    ids = [post.pk for post in scene.posts]
    state_preferences(nomination, Wishes(ids, "父母年迈", True), version=1, by=account, **scene.now)
    state_preferences(nomination, Wishes(ids[::-1], "", False), version=2, by=scene.home_user, **scene.now)
    nomination.refresh_from_db()
    assert list(nomination.preferences.values_list("campaign_post", "rank")) == [(ids[1], 1), (ids[0], 2)]
    assert (nomination.answered_on, nomination.hardship_text) == (ON, "")
    assert states("campaigns.state_preferences") == ["met"]


def test_preferences_are_refused() -> None:
    scene = make_scene(n_posts=7)
    nomination = scene.nomination()
    ids = [post.pk for post in scene.posts]
    state: dict[str, Any] = {"version": 1, "by": scene.home_user, **scene.now}
    for wrong in (ids[:6], [ids[0], ids[0]], [0]):
        with pytest.raises(PreferenceError):
            state_preferences(nomination, Wishes(wrong, "", False), **state)
    with pytest.raises(StaleObjectError):
        state_preferences(nomination, Wishes([], "", False), **(state | {"version": 9}))
    with pytest.raises(NotAllowedError):
        state_preferences(nomination, Wishes([], "", False), **(state | {"by": scene.host_user}))


def test_findings_are_told_in_the_readers_language_and_old_ones_as_kept() -> None:
    scene = make_scene(CampaignState.REVIEW)
    until = dt.date(2027, 5, 1)
    bad = scene.nomination(person=scene.person(is_under_investigation=True))
    check_eligibility(scene.campaign, by=scene.owner, **scene.now)
    finding = EligibilityFinding.objects.get(nomination=bad, rule="H4")
    with override("en"):
        assert finding.fact_text == "Under investigation"
        assert finding.remedy_text == "Nominate someone else; check again when the case is closed."
    finding.fact_code, finding.fact_values = "H4.penalty", {"kind": "demerit", "until": until}
    finding.save()
    finding.refresh_from_db()
    assert finding.fact_text == "记过处分影响期至 2027-05-01"
    passed = EligibilityFinding.objects.filter(nomination=bad, result="pass").first()
    assert (passed.remedy_text, bool(passed.fact_text)) == ("", True)
    gone = EligibilityFinding(rule="X1", result="block", fact_code="X1.gone")
    assert (gone.fact_text, gone.remedy_text) == ("X1.gone", "")
    old = EligibilityFinding(rule="H4", result="block", fact="正被立案审查调查", remedy="请另推荐人选。")
    assert (old.fact_text, old.remedy_text) == ("正被立案审查调查", "请另推荐人选。")


def test_check_writes_a_row_for_every_rule_with_basis_and_remedy() -> None:
    scene = make_scene(CampaignState.REVIEW)
    good = scene.nomination()
    bad = scene.nomination(person=scene.person(is_under_investigation=True))
    summary = check_eligibility(scene.campaign, by=scene.owner, **scene.now)
    assert (summary.n_people, summary.n_blocked) == (2, 1)
    finding = EligibilityFinding.objects.get(nomination=bad, rule="H4")
    assert (finding.result, finding.fact_text) == ("block", "正被立案审查调查")
    assert finding.basis == "《公职人员政务处分法》；《公务员考核规定》第二十八条"
    assert finding.remedy_text == "请另推荐人选；结案后可重新审查。"
    assert set(good.findings.values_list("result", flat=True)) <= {"pass", "warn"}
    pairs = admissible_pairs(scene.campaign)
    assert (pairs.nomination_ids, pairs.campaign_post_ids) == ([good.pk], [post.pk for post in scene.posts])
    assert pairs.blocked == frozenset()


def test_pair_blocks_keep_the_person_admissible() -> None:
    scene = make_scene(CampaignState.REVIEW)
    scene.posts[0].post.requires_party_member = True
    scene.posts[0].post.save()
    outsider = scene.person()
    Person.objects.filter(pk=outsider.pk).update(political_status="13")
    nomination = scene.nomination(person=outsider)
    check_eligibility(scene.campaign, by=scene.owner, **scene.now)
    pairs = admissible_pairs(scene.campaign)
    assert pairs.nomination_ids == [nomination.pk]
    assert pairs.blocked == {(nomination.pk, scene.posts[0].pk)}


def test_check_is_outdated_when_person_or_campaign_changes() -> None:
    scene = make_scene(CampaignState.REVIEW)
    nomination = scene.nomination()
    assert n_stale(scene.campaign) == 1
    check_eligibility(scene.campaign, by=scene.owner, **scene.now)
    assert n_stale(scene.campaign) == 0
    Person.objects.filter(pk=nomination.person_id).update(version=5)
    assert n_stale(scene.campaign) == 1


def test_exception_lets_a_block_pass_and_can_be_revoked() -> None:
    scene = make_scene(CampaignState.REVIEW)
    nomination = scene.nomination(person=scene.person(is_under_investigation=True))
    check_eligibility(scene.campaign, by=scene.owner, **scene.now)

    def exemption(rule: str = "H4") -> Exemption:
        return Exemption(
            nomination=nomination,
            rule=rule,
            document_number="示〔2026〕3号",
            approved_by="部务会",
            reason="专项",
        )

    with pytest.raises(NotAllowedError):
        record_exemption(exemption(), by=scene.home_user, **scene.now)
    with pytest.raises(UnknownRuleError):
        record_exemption(exemption("H17"), by=scene.owner, **scene.now)
    with pytest.raises(NothingToExemptError):
        record_exemption(exemption("H5"), by=scene.owner, **scene.now)
    kept = record_exemption(exemption(), by=scene.owner, **scene.now)
    finding = EligibilityFinding.objects.get(nomination=nomination, rule="H4")
    assert (finding.result, finding.exemption) == ("exempt", kept)
    assert admissible_pairs(scene.campaign).nomination_ids == [nomination.pk]
    check_eligibility(scene.campaign, by=scene.owner, **scene.now)
    finding = EligibilityFinding.objects.get(nomination=nomination, rule="H4")
    assert (finding.result, finding.exemption) == ("exempt", kept)
    with pytest.raises(NotAllowedError):
        revoke_exemption(kept, by=scene.leader, at=AT)
    revoke_exemption(kept, by=scene.owner, at=AT)
    assert admissible_pairs(scene.campaign).nomination_ids == []
    assert n_stale(scene.campaign) == 1


def test_exception_for_one_post_leaves_the_others() -> None:
    scene = make_scene(CampaignState.REVIEW)
    for one in scene.posts:
        one.post.requires_party_member = True
        one.post.save()
    person = make_person(scene.home, political_status="13")
    nomination = scene.nomination(person=person)
    Exemption.objects.create(
        nomination=nomination,
        campaign_post=scene.posts[0],
        rule="R5",
        document_number="示",
        approved_by="部务会",
        reason="专项",
        recorded_by=scene.owner,
        recorded_on=ON,
    )
    check_eligibility(scene.campaign, by=scene.owner, **scene.now)
    rows = nomination.findings.filter(rule="R5").values_list("campaign_post", "result")
    assert sorted(rows) == [(scene.posts[0].pk, "exempt"), (scene.posts[1].pk, "block")]
    other = Exemption(
        nomination=nomination,
        campaign_post=scene.posts[1],
        rule="R5",
        document_number="示",
        approved_by="部务会",
        reason="专项",
    )
    record_exemption(other, by=scene.owner, **scene.now)
    assert set(nomination.findings.filter(rule="R5").values_list("result", flat=True)) == {"exempt"}


def test_large_campaigns_are_checked_in_the_background(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    scene = make_scene(CampaignState.REVIEW)
    scene.nomination()
    monkeypatch.setattr(eligibility, "CHECKED_AT_ONCE", 0)
    with django_capture_on_commit_callbacks(execute=True):
        job = request_check(scene.campaign, by=scene.owner, **scene.now)
    assert job is not None
    done = Job.objects.get(pk=job.pk)
    assert (done.state, done.message) == ("done", "审查 1 人：0 人不符合，0 人有提示。")
    assert n_stale(scene.campaign) == 0


def test_only_the_owner_checks_before_consultation() -> None:
    scene = make_scene(CampaignState.REVIEW)
    with pytest.raises(NotAllowedError):
        request_check(scene.campaign, by=scene.leader, **scene.now)
    with pytest.raises(NotAllowedError):
        check_eligibility(scene.campaign, by=scene.home_user, **scene.now)


def test_preview_says_the_same_and_keeps_nothing() -> None:
    scene = make_scene()
    for one in scene.posts:
        one.post.oldest_age = 30
        one.post.save()
    person = scene.person(is_under_investigation=True)
    previewed = preview_findings(scene.campaign, [person], kept=frozenset(), on=ON)
    found = {(one.rule, one.result, n_posts) for one, n_posts in previewed[person.pk]}
    assert found >= {("H4", "block", 0), ("R1", "warn", 0)}
    assert EligibilityFinding.objects.count() == 0


def test_preview_counts_posts_that_differ() -> None:
    scene = make_scene()
    scene.posts[0].post.oldest_age = 30
    scene.posts[0].post.save()
    person = scene.person()
    previewed = preview_findings(scene.campaign, [person], kept=frozenset(), on=ON)
    found = {one.rule: n_posts for one, n_posts in previewed[person.pk]}
    assert found["R1"] == 1


def test_snapshot_reads_every_fact() -> None:
    scene = make_scene()
    host_leader = make_unit("示例镇", scene.root)
    spouse = make_person(host_leader)
    person = scene.person(sex="2", born_on=dt.date(1985, 3, 12))
    FamilyMember.objects.create(
        person=person, position=1, title="丈夫", kinship="spouse", name="某", relative=spouse, is_leading=True
    )
    FamilyMember.objects.create(person=person, position=2, title="父亲", kinship="lineal", name="某")
    FamilyFirm.objects.create(person=person, runner="丈夫", name="某公司", industry="health")
    Penalty.objects.create(person=person, kind="warning", starts_on=ON, ends_on=dt.date(2027, 5, 23))
    village = make_unit("别村", scene.root, kind="village", level="village")
    make_placement(make_campaign(scene.root), spouse, make_post(village))
    make_placement(make_campaign(scene.root), person, make_post(village), state="in_post")
    make_placement(scene.campaign, person, make_post(village), state="decided")
    snapshot = take_snapshot(scene.campaign, Person.objects.filter(pk=person.pk), on=ON)
    (facts,) = snapshot.people
    assert [(one.kinship, one.unit, one.is_leading) for one in facts.kin] == [
        ("spouse", host_leader.pk, True)
    ]
    assert [(one.industry, one.region) for one in facts.firms] == [("health", "")]
    assert [one.kind for one in facts.penalties] == ["warning"]
    assert [one.kind for one in facts.terms] == ["placement"]
    assert facts.spouse_is_in_village
    assert not facts.spouse_is_nominated
    assert facts.retires_on == dt.date(2043, 3, 1)
    assert snapshot.posts[0].is_village


def test_both_spouses_nominated_are_found_from_either_side() -> None:
    scene = make_scene()
    one, other = scene.person(), scene.person()
    FamilyMember.objects.create(
        person=one, position=1, title="妻子", kinship="spouse", name=other.name, relative=other
    )
    scene.nomination(person=one)
    people = Person.objects.filter(pk=other.pk)
    assert take_snapshot(scene.campaign, people, on=ON).people[0].spouse_is_nominated


def test_birth_outside_the_table_has_no_retirement_day() -> None:
    assert retires_on(Person(sex="1", born_on=dt.date(1850, 1, 1))) is None


@pytest.mark.parametrize(
    ("organ_kind", "level", "expected"),
    [
        ("other", "county", ""),
        ("court", "county", "strict"),
        ("court", "prefectural", "usual"),
        ("township_party_government", "township", "strict"),
    ],
)
def test_locality_by_organ_and_level(organ_kind: str, level: str, expected: str) -> None:
    scene = make_scene(n_posts=0)
    unit = make_unit("示例机关", scene.root, level=level)
    scene.campaign.campaign_posts.create(post=make_post(unit, organ_kind=organ_kind, is_principal=True))
    (facts,) = take_snapshot(scene.campaign, Person.objects.none(), on=ON).posts
    assert (facts.locality, facts.is_leading) == (expected, True)


def test_check_costs_a_constant_number_of_queries(django_assert_max_num_queries: Any) -> None:
    scene = make_scene(CampaignState.REVIEW, n_asked=30)
    for _ in range(12):
        scene.nomination()
    with django_assert_max_num_queries(27):
        check_eligibility(scene.campaign, by=scene.owner, **scene.now)


def test_a_spouse_nominated_later_or_withdrawn_outdates_the_first_check() -> None:
    """H8 looks at both of a couple, whoever names the other in the family record."""
    scene = make_scene(CampaignState.OPEN, n_asked=5)
    first, second, alone = scene.person(), scene.person(), scene.person()
    FamilyMember.objects.create(
        person=first, position=1, title="配偶", kinship="spouse", name="某", relative=second
    )
    nominate(scene.campaign, [first, alone], reason="", by=scene.home_user, **open_day(scene))
    Nomination.objects.update(checked_at=AT)
    (later,) = nominate(scene.campaign, [second], reason="", by=scene.home_user, **open_day(scene))
    checked = dict(Nomination.objects.values_list("person", "checked_at"))
    assert checked == {first.pk: None, second.pk: None, alone.pk: AT}
    Nomination.objects.update(checked_at=AT)
    withdraw_nomination(later, reason="", by=scene.owner, **open_day(scene))
    assert Nomination.objects.get(person=first).checked_at is None
    assert Nomination.objects.get(person=alone).checked_at == AT
    Nomination.objects.update(checked_at=AT)
    (again,) = nominate(scene.campaign, [second], reason="", by=scene.home_user, **open_day(scene))
    Nomination.objects.update(checked_at=AT)
    withdraw_nomination(Nomination.objects.get(person=first), reason="", by=scene.owner, **open_day(scene))
    again.refresh_from_db()
    assert again.checked_at is None


def open_day(scene: Scene) -> dict[str, Any]:
    """A day on which nominations are open."""
    return {"on": scene.campaign.nominations_from, "at": AT}
