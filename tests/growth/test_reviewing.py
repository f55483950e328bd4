"""Named raters give the five abilities once; the means go into the file, and matching reads them."""

import datetime as dt

import pytest

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.campaigns.choices import CampaignState, NominationState
from secondment.campaigns.models import Nomination
from secondment.common.errors import NotAllowedError
from secondment.growth.errors import ReviewError
from secondment.growth.models import AbilityMark, AbilityReview
from secondment.growth.services import give_abilities
from secondment.people.latest import latest_abilities
from secondment.people.models import AbilityValue
from tests.campaigns.builders import AT, ON, Scene
from tests.growth.reviews import RATED_ON, rater, three
from tests.makers import make_user


def give(nominee: Nomination, scene: Scene, raters=None, **more):
    values = {"rated_on": RATED_ON, "by": scene.home_user, "on": ON, "at": AT, **more}
    return give_abilities(nominee, three() if raters is None else raters, **values)


def test_the_means_are_what_the_file_says_from_then_on(scene: Scene, nominee: Nomination) -> None:
    review = give(nominee, scene)
    values = {key: one.value for key, one in latest_abilities(nominee.person).items()}
    assert values == {
        "party_building": 80,
        "development": 93,
        "interests": 87,
        "mass_work": 73,
        "harmony_safety": 100,
    }
    assert {(one.source, one.as_of) for one in AbilityValue.objects.all()} == {("assessment", RATED_ON)}
    assert (review.standard, review.marks.count()) == (None, 15)
    assert AuditEvent.objects.filter(action="growth.give").count() == 1


def test_the_same_review_again_changes_nothing(scene: Scene, nominee: Nomination) -> None:
    give(nominee, scene)
    again = give(nominee, scene)
    assert (
        again.version,
        AbilityValue.objects.count(),
        AuditEvent.objects.filter(action="growth.give").count(),
    ) == (
        1,
        5,
        1,
    )


def test_a_correction_has_a_reason_and_a_day_of_its_own(scene: Scene, nominee: Nomination) -> None:
    give(nominee, scene)
    other = [*three()[:2], rater("赵六", 1, 1, 1, 1, 1)]
    with pytest.raises(ReviewError, match="新的评议日期"):
        give(nominee, scene, other)
    later = RATED_ON + dt.timedelta(days=1)
    with pytest.raises(ReviewError, match="更正的理由"):
        give(nominee, scene, other, rated_on=later, correction=" ")
    review = give(nominee, scene, other, rated_on=later, correction="录错一人")
    assert (review.version, review.marks.count(), AbilityValue.objects.count()) == (2, 15, 10)
    assert latest_abilities(nominee.person)["party_building"].value == 67
    assert AuditEvent.objects.get(action="growth.correct").details["reason"] == "录错一人"


@pytest.mark.parametrize(
    ("raters", "words"),
    [
        (three()[:2], "只有2名"),
        ([*three()[:2], rater("李 四", 1, 1, 1, 1, 1)], "重复"),
        ([*three()[:2], rater("张三", 1, 1, 1, 1, 1)], "不能评议本人"),
        ([*three()[:2], rater("赵六", 1, 1, 1, 1, 0)], "没有评完"),
        ([*three()[:2], rater("赵六", 1, 1, 1, 1, 5)], "没有评完"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(scene, nominee, raters, words) -> None:
    with pytest.raises(ReviewError, match=words) as refused:
        give(nominee, scene, raters)
    assert refused.value.field == "raters"
    assert not AbilityReview.objects.exists()
    assert not AbilityMark.objects.exists()
    assert not AbilityValue.objects.exists()


def test_a_day_may_be_today_and_not_later(scene: Scene, nominee: Nomination) -> None:
    with pytest.raises(ReviewError, match="还没有到"):
        give(nominee, scene, rated_on=ON + dt.timedelta(days=1))
    assert give(nominee, scene, rated_on=ON).rated_on == ON


def test_who_may_record_it_and_until_when(scene: Scene, nominee: Nomination) -> None:
    for stranger in (scene.host_user, scene.leader, scene.stranger):
        with pytest.raises(NotAllowedError):
            give(nominee, scene, by=stranger)
    own = make_user(Role.HOME_UNIT, scene.home)
    nominee.person.account = own
    nominee.person.save()
    with pytest.raises(NotAllowedError):
        give(nominee, scene, by=own)
    for state in (CampaignState.DECIDED, CampaignState.CANCELLED):
        scene.campaign.state = state
        scene.campaign.save()
        with pytest.raises(NotAllowedError):
            give(nominee, scene)
    scene.campaign.state = CampaignState.NOTIFICATION
    scene.campaign.save()
    nominee.state = NominationState.WITHDRAWN
    nominee.save()
    with pytest.raises(NotAllowedError):
        give(nominee, scene)
    nominee.state = NominationState.NOMINATED
    nominee.save()
    assert give(nominee, scene, by=scene.owner).recorded_by == scene.owner
