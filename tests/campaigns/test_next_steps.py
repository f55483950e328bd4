"""The next step of a campaign leads to one page in every state."""

import pytest
from tests.makers import make_campaign, make_region, make_unit

from secondment.campaigns.choices import CampaignState
from secondment.campaigns.models import Campaign
from secondment.campaigns.next_steps import next_step

pytestmark = pytest.mark.django_db


def campaign_in(state: CampaignState) -> Campaign:
    return make_campaign(make_unit("区", region=make_region("110101")), state=state)


@pytest.mark.parametrize(
    ("state", "path"),
    [
        (CampaignState.REVIEW, "/matching/campaigns/{}/"),
        (CampaignState.CONSULTATION, "/matching/decisions/{}/"),
        (CampaignState.NOTIFICATION, "/matching/decisions/{}/"),
        (CampaignState.DECIDED, "/matching/decisions/{}/"),
    ],
)
def test_later_states_lead_to_the_room_that_works_on_them(state: CampaignState, path: str) -> None:
    campaign = campaign_in(state)
    step = next_step(campaign, n_places=3, n_asked=3)
    assert step is not None
    assert step.url == path.format(campaign.pk)


@pytest.mark.parametrize("state", [CampaignState.OPEN, CampaignState.DISPATCHED, CampaignState.CANCELLED])
def test_states_without_another_page_have_no_link(state: CampaignState) -> None:
    assert next_step(campaign_in(state), n_places=3, n_asked=3) is None


@pytest.mark.parametrize(("figures", "part"), [((0, 0), "posts/add/"), ((3, 0), "quotas/edit/")])
def test_preparation_chooses_posts_then_quotas(figures: tuple[int, int], part: str) -> None:
    campaign = campaign_in(CampaignState.DRAFT)
    step = next_step(campaign, n_places=figures[0], n_asked=figures[1])
    assert step is not None
    assert step.url == f"/campaigns/{campaign.pk}/{part}"


def test_a_prepared_campaign_is_opened_on_its_own_page() -> None:
    assert next_step(campaign_in(CampaignState.DRAFT), n_places=3, n_asked=3) is None


def test_review_settles_outdated_checks_and_blocks_before_matching() -> None:
    campaign = campaign_in(CampaignState.REVIEW)
    outdated = next_step(campaign, n_places=3, n_asked=3, n_stale=1, is_all_blocked=True)
    blocked = next_step(campaign, n_places=3, n_asked=3, is_all_blocked=True)
    assert outdated is not None
    assert outdated.url == f"/campaigns/{campaign.pk}/findings/"
    assert blocked is not None
    assert blocked.url == f"/campaigns/{campaign.pk}/findings/rules/"
