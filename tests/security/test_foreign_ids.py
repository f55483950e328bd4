"""Keys of other organisations in the body of a request change nothing, and broken ones never break a page."""

import pytest
from django.apps import apps
from django.forms import ModelForm
from django.forms.models import ALL_FIELDS
from django.urls import get_resolver, reverse

from secondment.accounts.choices import Role
from secondment.accounts.models import RoleAssignment, User
from secondment.campaigns.choices import CampaignState
from secondment.campaigns.models import Campaign, CampaignPost, HostPreference, Nomination, Preference, Quota
from secondment.people.models import Person
from secondment.posts.choices import PostState
from secondment.posts.models import Post
from tests.authorisation.rows_matching import proposal_of
from tests.authorisation.world import World, make_world
from tests.makers import ON, make_user

ORGANISATION, HOME, HOST = Role.ORGANISATION_DEPARTMENT, Role.HOME_UNIT, Role.HOST_UNIT
SYSTEM, SECURITY = Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR
BROKEN = ["²", "٣", "-1", "0", "1" * 30, "' OR 1=1", "<img>"]
GUARDED = {
    "state",
    "path",
    "account",
    "created_by",
    "nominated_by",
    "owner_unit",
    "campaign",
    "is_active",
    "is_staff",
    "is_superuser",
    "password",
    "identity_sealed",
    "identity_index",
    "notice_number",
    "decision_number",
    "is_chosen",
}


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def review(world: World) -> None:
    for side in (world.own, world.other):
        Campaign.objects.filter(pk=side.campaign.pk).update(
            state=CampaignState.REVIEW, candidates_shared_on=ON
        )
        Nomination.objects.filter(campaign=side.campaign).update(checked_at="2026-11-23T00:00Z")


@pytest.mark.parametrize("role", [ORGANISATION, HOME])
def test_people_of_others_are_not_nominated(world: World, signed_in, role: Role) -> None:
    before = Nomination.objects.count()
    url = reverse("campaigns:nominate_confirm", args=[world.own.campaign.pk])
    answer = signed_in(world.actors[role]).post(url, {"selected": world.other.person.pk, "reason": "合适"})
    assert answer.status_code == 200  # the fault stands at its field
    assert Nomination.objects.count() == before


def test_posts_of_others_are_not_offered_or_taken_out(world: World, signed_in) -> None:
    client = signed_in(world.actors[ORGANISATION])
    own, other = world.own, world.other
    client.post(reverse("campaigns:offer_add", args=[own.campaign.pk]), {"selected": other.post.pk})
    client.post(
        reverse("campaigns:offer_remove", args=[own.campaign.pk]), {"selected": other.campaign_post.pk}
    )
    client.post(
        reverse("campaigns:offer_change", args=[own.campaign.pk, 1]), {"selected": other.campaign_post.pk}
    )
    assert list(CampaignPost.objects.filter(campaign=own.campaign).values_list("post", flat=True)) == [
        own.post.pk
    ]
    other.campaign_post.refresh_from_db()
    assert other.campaign_post.priority == CampaignPost._meta.get_field("priority").default


def test_units_of_others_get_no_quota(world: World, signed_in) -> None:
    url = reverse("campaigns:quota_edit", args=[world.own.campaign.pk])
    data = {f"asked-{world.own.home_unit.pk}": 3, "units": world.other.home_unit.pk, "n_asked": 1}
    assert signed_in(world.actors[ORGANISATION]).post(url, data).status_code == 200
    assert not Quota.objects.filter(campaign=world.own.campaign, home_unit=world.other.home_unit).exists()


def test_posts_of_other_campaigns_are_no_preference(world: World, signed_in) -> None:
    url = reverse("campaigns:preferences", args=[world.own.nomination.pk])
    data = {"posts": world.other.campaign_post.pk, "submit": 1, "version": world.own.nomination.version}
    signed_in(world.actors[Role.SECONDEE]).post(url, data)
    assert not Preference.objects.exists()


def test_candidates_of_others_are_not_ranked(world: World, signed_in) -> None:
    review(world)
    url = reverse("campaigns:candidates", args=[world.own.campaign_post.pk])
    client = signed_in(world.actors[HOST])
    client.post(url, {"ranked": world.other.nomination.pk})
    assert not HostPreference.objects.exists()
    client.post(url, {"ranked": world.own.nomination.pk})
    assert [row.nomination_id for row in HostPreference.objects.all()] == [world.own.nomination.pk]


def test_people_of_others_are_not_moved_in_a_proposal(world: World, signed_in) -> None:
    proposal = proposal_of(world.own)
    before = sorted(proposal.pairs.values_list("nomination", "campaign_post"))
    client = signed_in(world.actors[ORGANISATION])
    mine = proposal.pairs.first()
    foreign = {"nomination": world.other.nomination.pk, "campaign_post": world.other.campaign_post.pk}
    for name in ("person_assign", "pair_swap", "person_unassign", "pair_forbid"):
        url = reverse(f"matching:{name}", args=[proposal.pk])
        for data in (
            {**foreign, "other": world.other.nomination.pk},
            {"nomination": mine.nomination_id, "campaign_post": world.other.campaign_post.pk},
            {"nomination": mine.nomination_id, "other": world.other.nomination.pk},
        ):
            if name == "person_unassign" and data["nomination"] == mine.nomination_id:
                continue  # the own person: what else is posted does not count
            assert client.post(url, {**data, "version": proposal.version}).status_code == 404
    assert sorted(proposal.pairs.values_list("nomination", "campaign_post")) == before


def test_demands_of_others_are_not_moved(world: World, signed_in) -> None:
    Post.objects.update(state=PostState.SUBMITTED)
    client = signed_in(world.actors[ORGANISATION])
    answer = client.post(
        reverse("posts:posts_approve"), {"selected": [world.own.post.pk, world.other.post.pk]}
    )
    assert answer.status_code < 500
    world.other.post.refresh_from_db()
    assert world.other.post.state == PostState.SUBMITTED


def test_forms_of_others_do_not_leave(world: World, signed_in) -> None:
    url = reverse("people:forms_export")
    data = {"selected": world.other.person.pk, "reason": "办理任免手续"}
    answer = signed_in(world.actors[ORGANISATION]).post(url, data)
    assert world.other.person.name.encode() not in answer.content
    assert world.other.person.name not in answer.content.decode("utf-8", "ignore")


def test_roles_are_not_granted_beyond_the_scope(world: World, signed_in) -> None:
    account = make_user(unit=world.own.root)
    client = signed_in(world.actors[SECURITY])
    url = reverse("accounts:role_grant", args=[account.pk])
    client.post(url, {"role": ORGANISATION, "unit": world.other.root.pk})
    assert not RoleAssignment.objects.filter(user=account).exists()
    others = make_user(ORGANISATION, world.other.root)
    row = others.assignments.get()
    assert client.post(reverse("accounts:role_revoke", args=[account.pk, row.pk])).status_code == 404
    assert RoleAssignment.objects.filter(pk=row.pk).exists()


def test_accounts_are_not_opened_in_units_of_others(world: World, signed_in) -> None:
    data = {"username": "newcomer", "name": "新同志", "unit": world.other.root.pk}
    signed_in(world.actors[SYSTEM]).post(reverse("accounts:account_create"), data)
    assert not User.objects.filter(username="newcomer").exists()


def test_people_are_not_entered_into_units_of_others(world: World, signed_in) -> None:
    before = Person.objects.count()
    data = {"unit": world.other.home_unit.pk, "name": "新人", "sex": "male", "born_on": "1990-01-01"}
    assert signed_in(world.actors[HOME]).post(reverse("people:person_create"), data).status_code == 200
    assert Person.objects.count() == before


@pytest.mark.parametrize("key", BROKEN)
def test_broken_keys_never_break_a_page(world: World, signed_in, key: str) -> None:
    review(world)
    own, client = world.own, signed_in(world.actors[ORGANISATION])
    host, nominee = signed_in(world.actors[HOST]), signed_in(world.actors[Role.SECONDEE])
    client.raise_request_exception = host.raise_request_exception = nominee.raise_request_exception = False
    answers = [
        host.post(reverse("campaigns:candidates", args=[own.campaign_post.pk]), {"ranked": key}),
        client.post(reverse("campaigns:nominate_confirm", args=[own.campaign.pk]), {"selected": key}),
        client.post(reverse("campaigns:offer_add", args=[own.campaign.pk]), {"selected": key}),
        client.post(reverse("posts:posts_approve"), {"selected": key}),
        client.post(reverse("people:forms_export"), {"selected": key}),
        client.get(
            reverse("people:person_list"), {"unit": key, "page": key, "size": key, "sort": key, "q": key}
        ),
        client.get(reverse("posts:post_list"), {"unit": key, "page": key}),
        client.get(reverse("placements:placement_list"), {"campaign": key, "page": key}),
        client.get(reverse("campaigns:finding_list", args=[own.campaign.pk]), {"job": key}),
        client.get(reverse("portal:search"), {"q": key}),
    ]
    Campaign.objects.update(state=CampaignState.OPEN)
    url = reverse("campaigns:preferences", args=[own.nomination.pk])
    answers += [
        nominee.post(url, {"posts": key, "submit": 1, "version": key}),
        nominee.post(url, {"add-post": 1, "add": key}),
        nominee.post(url, {"move": f"up-{key}"}),
        client.post(reverse("campaigns:nominate_confirm", args=[own.campaign.pk]), {"selected": key}),
    ]
    assert [answer.status_code for answer in answers if answer.status_code >= 500] == []


def test_forms_take_named_fields_only_and_none_that_the_product_sets() -> None:
    get_resolver().url_patterns  # noqa: B018 -- imports every view, and with it every form
    assert apps.ready
    forms = [one for one in subclasses(ModelForm) if one.__module__.startswith("secondment.")]
    assert len(forms) > 5
    for form in forms:
        meta = getattr(form, "_meta", None)
        if meta is None or meta.model is None:
            continue
        assert meta.fields != ALL_FIELDS, form
        assert not meta.exclude, form
        allowed = {"state"} if meta.model is Person else set()
        assert set(form.base_fields) & GUARDED <= allowed, form


def subclasses(of: type) -> list[type]:
    return [one for child in of.__subclasses__() for one in (child, *subclasses(child))]
