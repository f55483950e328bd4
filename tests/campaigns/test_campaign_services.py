"""What each action does, and what refuses it."""

import dataclasses
import datetime as dt
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from tests.campaigns.builders import AT, ON, make_scene
from tests.makers import make_post, make_programme_version, make_unit

from secondment.audit.models import AuditEvent
from secondment.campaigns.choices import CampaignState
from secondment.campaigns.lapses import LapsedError
from secondment.campaigns.models import Campaign, Programme, ProgrammeVersion
from secondment.campaigns.parameters_json import from_json
from secondment.campaigns.services import (
    add_posts,
    cancel_campaign,
    change_campaign,
    change_offer,
    close_nominations,
    create_campaign,
    load_presets,
    open_campaign,
    publish_version,
    rank_candidates,
    remove_posts,
    reopen_nominations,
    set_quotas,
    share_candidates,
)
from secondment.campaigns.services.campaigns import CampaignDraft, DatesError, TermTooLongError
from secondment.campaigns.services.hosts import NotACandidateError, NotCheckedError
from secondment.campaigns.services.offers import PostWantedError
from secondment.campaigns.services.programmes import NothingChangedError, latest_version
from secondment.campaigns.services.quotas import QuotaBelowNominationsError, QuotaLine
from secondment.campaigns.services.transitions import (
    NoNominationsError,
    NoPostsError,
    NoQuotasError,
    WindowOverError,
    WrongStateError,
)
from secondment.common.errors import NotAllowedError, StaleObjectError
from secondment.notices.models import Notice
from secondment.obligations.models import Obligation

pytestmark = pytest.mark.django_db
DRAFT = CampaignDraft(
    name="2027年选派",
    purpose="key_task",
    purpose_text="",
    plan_number="示组发〔2026〕1号",
    nominations_from=dt.date(2026, 11, 1),
    nominations_until=dt.date(2026, 12, 31),
    starts_on=dt.date(2027, 3, 1),
    ends_on=dt.date(2029, 3, 1),
)


def obligations(kind: str = "campaigns.nominate") -> list[tuple[str, str, dt.date]]:
    rows = Obligation.objects.filter(kind=kind).order_by("pk")
    return list(rows.values_list("unit__name", "state", "due_on"))


def test_new_campaign_keeps_version_and_weights() -> None:
    scene = make_scene()
    version = make_programme_version({"weights": {"specialty": 60, "rank": 40}})
    campaign = create_campaign(DRAFT, programme_version=version, owner_unit=scene.root, by=scene.owner, at=AT)
    assert (campaign.state, campaign.programme_version, campaign.weights["specialty"]) == (
        "draft",
        version,
        60,
    )
    assert AuditEvent.objects.filter(action="campaign.create", object_id=str(campaign.pk)).exists()


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"ends_on": dt.date(2030, 3, 2)}, TermTooLongError),
        ({"ends_on": dt.date(2027, 3, 1)}, DatesError),
        ({"nominations_until": dt.date(2026, 10, 1)}, DatesError),
    ],
)
def test_impossible_dates_are_refused(change: dict[str, Any], error: type[Exception]) -> None:
    scene = make_scene()
    with pytest.raises(error):
        create_campaign(
            dataclasses.replace(DRAFT, **change),
            programme_version=make_programme_version(),
            owner_unit=scene.root,
            by=scene.owner,
            at=AT,
        )


def test_exactly_three_years_are_allowed() -> None:
    scene = make_scene()
    draft = dataclasses.replace(DRAFT, ends_on=dt.date(2030, 3, 1))
    campaign = create_campaign(
        draft, programme_version=make_programme_version(), owner_unit=scene.root, by=scene.owner, at=AT
    )
    assert campaign.ends_on == dt.date(2030, 3, 1)


def test_other_departments_cannot_create_in_our_name() -> None:
    scene = make_scene()
    with pytest.raises(NotAllowedError):
        create_campaign(
            DRAFT, programme_version=make_programme_version(), owner_unit=scene.root, by=scene.stranger, at=AT
        )


def test_change_moves_open_deadlines() -> None:
    scene = make_scene(CampaignState.DRAFT)
    open_campaign(scene.campaign, by=scene.owner, **scene.now)
    draft = dataclasses.replace(DRAFT, nominations_until=dt.date(2027, 1, 15))
    change_campaign(scene.campaign, draft, version=1, by=scene.owner, at=AT)
    assert obligations() == [("示例局", "open", dt.date(2027, 1, 15))]


def test_change_of_a_draft_owes_nothing() -> None:
    scene = make_scene(CampaignState.DRAFT)
    change_campaign(scene.campaign, DRAFT, version=1, by=scene.owner, at=AT)
    scene.campaign.refresh_from_db()
    assert (scene.campaign.name, scene.campaign.version, obligations()) == ("2027年选派", 2, [])


def test_outdated_form_and_late_change_are_refused() -> None:
    scene = make_scene()
    with pytest.raises(StaleObjectError):
        change_campaign(scene.campaign, DRAFT, version=7, by=scene.owner, at=AT)
    Campaign.objects.update(state=CampaignState.REVIEW)
    with pytest.raises(NotAllowedError):
        change_campaign(scene.campaign, DRAFT, version=1, by=scene.owner, at=AT)


def test_opening_asks_home_units() -> None:
    scene = make_scene(CampaignState.DRAFT)
    other = make_unit("不派单位", scene.root)
    set_quotas(
        scene.campaign, [QuotaLine(scene.home, 2, 1), QuotaLine(other, 0)], by=scene.owner, **scene.now
    )
    campaign = open_campaign(scene.campaign, by=scene.owner, **scene.now)
    assert campaign.state == "open"
    assert obligations() == [("示例局", "open", dt.date(2026, 12, 31))]
    assert list(Notice.objects.values_list("recipient", flat=True)) == [scene.home_user.pk]


@pytest.mark.parametrize(
    ("scene_options", "on", "error"),
    [
        ({"n_posts": 0}, ON, NoPostsError),
        ({"n_asked": 0}, ON, NoQuotasError),
        ({}, dt.date(2027, 1, 1), WindowOverError),
        ({"state": CampaignState.OPEN}, ON, WrongStateError),
    ],
)
def test_opening_is_refused(scene_options: dict[str, Any], on: dt.date, error: type[Exception]) -> None:
    scene = make_scene(**({"state": CampaignState.DRAFT} | scene_options))
    with pytest.raises(error):
        open_campaign(scene.campaign, by=scene.owner, on=on, at=AT)
    scene.campaign.refresh_from_db()
    assert scene.campaign.state == scene_options.get("state", CampaignState.DRAFT)


def test_only_the_owner_moves_a_campaign() -> None:
    scene = make_scene(CampaignState.DRAFT)
    for user in (scene.home_user, scene.leader, scene.stranger):
        with pytest.raises(NotAllowedError):
            open_campaign(scene.campaign, by=user, **scene.now)


def test_closing_checks_everybody() -> None:
    scene = make_scene()
    nomination = scene.nomination()
    campaign, job = close_nominations(scene.campaign, by=scene.owner, **scene.now)
    nomination.refresh_from_db()
    assert (campaign.state, job, nomination.checked_at) == ("review", None, AT)


def test_closing_leaves_no_nominations_owed() -> None:
    scene = make_scene(CampaignState.REVIEW)
    scene.nomination()
    reopen_nominations(scene.campaign, by=scene.owner, at=AT)
    assert obligations() == [("示例局", "open", dt.date(2026, 12, 31))]
    close_nominations(scene.campaign, by=scene.owner, **scene.now)
    assert obligations() == [("示例局", "waived", dt.date(2026, 12, 31))]


def test_closing_without_posts_or_people_is_refused() -> None:
    empty, unnamed = make_scene(n_posts=0), make_scene()
    with pytest.raises(NoPostsError):
        close_nominations(empty.campaign, by=empty.owner, **empty.now)
    with pytest.raises(NoNominationsError):
        close_nominations(unnamed.campaign, by=unnamed.owner, **unnamed.now)


def test_reopening_owes_what_is_missing_and_hides_candidates() -> None:
    scene = make_scene(CampaignState.REVIEW, candidates_shared_on=ON)
    scene.nomination()
    campaign = reopen_nominations(scene.campaign, by=scene.owner, at=AT)
    assert (campaign.state, campaign.candidates_shared_on) == ("open", None)
    assert obligations() == [("示例局", "open", dt.date(2026, 12, 31))]


def test_reopening_owes_nothing_of_a_full_unit() -> None:
    scene = make_scene(CampaignState.REVIEW, n_asked=1)
    scene.nomination()
    reopen_nominations(scene.campaign, by=scene.owner, at=AT)
    assert obligations() == []


def test_cancelling_frees_everyone_and_tells_them() -> None:
    scene = make_scene(CampaignState.DRAFT)
    open_campaign(scene.campaign, by=scene.owner, **scene.now)
    scene.nomination()
    cancel_campaign(scene.campaign, reason="计划调整", by=scene.owner, **scene.now)
    assert obligations() == [("示例局", "waived", dt.date(2026, 12, 31))]
    assert Notice.objects.first().body == "计划调整"


def test_cancelling_a_draft_tells_nobody() -> None:
    scene = make_scene(CampaignState.DRAFT)
    cancel_campaign(scene.campaign, reason="重复", by=scene.owner, **scene.now)
    assert Notice.objects.count() == 0


def test_posts_are_offered_once_and_only_approved() -> None:
    scene = make_scene(n_posts=0)
    draft, posts = (
        make_post(scene.host, state="draft"),
        [make_post(scene.host), make_post(make_unit("外地村"))],
    )
    with pytest.raises(LapsedError, match="未经审核或已撤回"):
        add_posts(scene.campaign, [*posts, draft], priority=1, by=scene.owner, at=AT)
    assert add_posts(scene.campaign, posts, priority=1, by=scene.owner, at=AT) == 1
    assert add_posts(scene.campaign, posts, priority=1, by=scene.owner, at=AT) == 0
    (offer,) = scene.campaign.campaign_posts.all()
    assert (offer.post, offer.priority) == (posts[0], 1)
    assert change_offer(scene.campaign, [offer], priority=3, by=scene.owner, at=AT) == 1
    assert remove_posts(scene.campaign, [offer], by=scene.owner, at=AT) == 1


def test_wanted_posts_stay() -> None:
    scene = make_scene()
    scene.nomination().preferences.create(campaign_post=scene.posts[0], rank=1)
    with pytest.raises(PostWantedError, match="1 人"):
        remove_posts(scene.campaign, scene.posts, by=scene.owner, at=AT)


def test_posts_are_fixed_under_review() -> None:
    scene = make_scene(CampaignState.REVIEW)
    with pytest.raises(NotAllowedError):
        remove_posts(scene.campaign, scene.posts, by=scene.owner, at=AT)


def test_quotas_follow_the_list() -> None:
    scene = make_scene()
    scene.nomination()
    other = make_unit("另一局", scene.root)
    lines = [QuotaLine(scene.home, 1, 1), QuotaLine(other, 2)]
    set_quotas(scene.campaign, lines, by=scene.owner, **scene.now)
    assert obligations() == [("另一局", "open", dt.date(2026, 12, 31))]
    set_quotas(scene.campaign, lines[:1], by=scene.owner, **scene.now)
    assert obligations() == [("另一局", "waived", dt.date(2026, 12, 31))]
    assert list(scene.campaign.quotas.values_list("home_unit", "n_asked", "release_cap")) == [
        (scene.home.pk, 1, 1)
    ]


@pytest.mark.parametrize("kept", [True, False])
def test_quota_below_nominations_is_refused(kept: bool) -> None:
    scene = make_scene()
    scene.nomination()
    lines = [QuotaLine(scene.home, 0)] if kept else []
    with pytest.raises(QuotaBelowNominationsError, match="示例局已推荐 1 人"):
        set_quotas(scene.campaign, lines, by=scene.owner, **scene.now)


def test_quotas_are_fixed_under_review() -> None:
    scene = make_scene(CampaignState.REVIEW)
    with pytest.raises(NotAllowedError):
        set_quotas(scene.campaign, [], by=scene.owner, **scene.now)


def test_candidates_are_shared_after_the_check_and_ranked_by_the_host() -> None:
    scene = make_scene()
    first, second = scene.nomination(), scene.nomination()
    close_nominations(scene.campaign, by=scene.owner, **scene.now)
    with pytest.raises(NotAllowedError):
        rank_candidates(scene.posts[0], [first], by=scene.host_user, **scene.now)
    share_candidates(scene.campaign, is_shared=True, by=scene.owner, **scene.now)
    assert Notice.objects.filter(recipient=scene.host_user).count() == 1
    post = scene.posts[0]
    post.refresh_from_db()
    assert rank_candidates(post, [second, first], by=scene.host_user, **scene.now) == 2
    assert list(post.host_preferences.values_list("nomination", "rank")) == [(second.pk, 1), (first.pk, 2)]
    with pytest.raises(NotACandidateError):
        rank_candidates(post, [second, second], by=scene.host_user, **scene.now)
    share_candidates(scene.campaign, is_shared=False, by=scene.owner, **scene.now)
    with pytest.raises(NotAllowedError):
        rank_candidates(post, [first], by=scene.host_user, **scene.now)


def test_an_order_made_before_somebody_else_saved_is_refused(signed_in) -> None:
    scene = make_scene()
    first, second = scene.nomination(), scene.nomination()
    close_nominations(scene.campaign, by=scene.owner, **scene.now)
    share_candidates(scene.campaign, is_shared=True, by=scene.owner, **scene.now)
    post, client = scene.posts[0], signed_in(scene.host_user)
    address = reverse("campaigns:candidates", args=[post.pk])
    client.post(address, {"selected": [first.pk, second.pk]})
    assert 'name="version" value="2"' in client.get(address).content.decode()
    assert client.post(address, {"ranked": [second.pk, first.pk], "version": 2}).status_code == 302
    assert client.post(address, {"ranked": [first.pk], "version": 2}).status_code == 409
    assert list(post.host_preferences.values_list("nomination", flat=True)) == [second.pk, first.pk]


def test_blocked_people_are_not_candidates() -> None:
    scene = make_scene()
    blocked = scene.nomination(person=scene.person(is_under_investigation=True))
    close_nominations(scene.campaign, by=scene.owner, **scene.now)
    share_candidates(scene.campaign, is_shared=True, by=scene.owner, **scene.now)
    post = scene.posts[0]
    post.refresh_from_db()
    with pytest.raises(NotACandidateError):
        rank_candidates(post, [blocked], by=scene.host_user, **scene.now)


def test_unchecked_candidates_are_not_shared() -> None:
    scene = make_scene(CampaignState.REVIEW)
    scene.nomination()
    with pytest.raises(NotCheckedError):
        share_candidates(scene.campaign, is_shared=True, by=scene.owner, **scene.now)
    with pytest.raises(NotAllowedError):
        share_candidates(scene.campaign, is_shared=True, by=scene.leader, **scene.now)


def test_presets_load_once() -> None:
    assert load_presets(by=None, on=ON, at=AT) == 10
    assert load_presets(by=None, on=ON, at=AT) == 0
    out = StringIO()
    call_command("load_presets", stdout=out)
    assert out.getvalue() == "已载入 0 个挂职项目。 0 programmes created.\n"
    assert ProgrammeVersion.objects.count() == 10


def test_running_campaigns_keep_their_version() -> None:
    scene = make_scene()
    programme = scene.campaign.programme_version.programme
    parameters = dataclasses.replace(
        from_json(scene.campaign.programme_version.parameters), public_notification_workdays=9
    )
    publish = {"note": "", "by": scene.owner, **scene.now}
    version = publish_version(programme, parameters, based_on=1, **publish)
    scene.campaign.refresh_from_db()
    assert (version.number, latest_version(programme).pk) == (2, version.pk)
    assert scene.campaign.programme_version.number == 1
    with pytest.raises(StaleObjectError):
        publish_version(programme, parameters, based_on=1, **publish)
    with pytest.raises(NothingChangedError):
        publish_version(programme, parameters, based_on=2, **publish)
    with pytest.raises(NotAllowedError):
        publish_version(programme, parameters, based_on=2, **(publish | {"by": scene.leader}))
    assert Programme.objects.get().versions.count() == 2
