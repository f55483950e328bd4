"""What somebody is to gain goes from the file to the nomination; a choice of the clerk goes first."""

import re

import pytest
from django.urls import reverse
from tests.campaigns.builders import make_scene

from secondment.campaigns.models import Nomination
from secondment.campaigns.services import nominate

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("own", "chosen", "kept"),
    [
        ("stepwise", {}, "stepwise"),
        ("stepwise", {"purpose": "urgent"}, "urgent"),
        ("stepwise", {"purpose": ""}, ""),
        ("", {}, ""),
        ("stepwise", {"purpose": "gilding"}, "stepwise"),
    ],
)
def test_the_page_takes_the_choice_else_the_file(client, own: str, chosen: dict[str, str], kept: str) -> None:
    scene = make_scene()
    person = scene.person(training_purpose=own)
    client.force_login(scene.home_user)
    data = {"selected": person.pk} | {f"purpose-{person.pk}": one for one in chosen.values()}
    client.post(reverse("campaigns:nominate_confirm", args=[scene.campaign.pk]), data)
    assert Nomination.objects.get().purpose == kept


def test_the_preview_offers_the_purpose_of_the_file(client) -> None:
    scene = make_scene()
    person = scene.person(training_purpose="stepwise")
    client.force_login(scene.home_user)
    url = reverse("campaigns:nominate_preview", args=[scene.campaign.pk])
    page = re.sub(r">\s+", ">", client.post(url, {"selected": person.pk}).content.decode())
    page = re.sub(r"\s+<", "<", page)
    assert '<option value="stepwise" selected>递进培养</option>' in page
    assert '<option value="urgent">急难险重</option>' in page


def test_nomination_page_and_list_name_it(client) -> None:
    scene = make_scene()
    (made,) = nominate(
        scene.campaign, [scene.person()], reason="", purposes={}, by=scene.home_user, **scene.now
    )
    Nomination.objects.update(purpose="urgent")
    client.force_login(scene.home_user)
    for name, key in (("nomination_detail", made.pk), ("nomination_list", scene.campaign.pk)):
        assert "急难险重" in client.get(reverse(f"campaigns:{name}", args=[key])).content.decode()
