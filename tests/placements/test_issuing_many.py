"""Many single notices go out by a background job: step by step, units told with each step, truthful when stopped."""

import datetime as dt

import pytest
from django.urls import reverse
from tests.makers import make_person, make_placement, make_post

from secondment.campaigns.choices import CampaignState
from secondment.common.errors import NotAllowedError
from secondment.jobs.models import Job, JobState
from secondment.jobs.registry import JobCancelledError
from secondment.notices.models import Notice
from secondment.placements import services
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.placements.services import batches
from secondment.placements.services.batches import (
    ISSUE_JOB,
    is_long,
    issue_in_steps,
    issue_of,
    request_issue,
)
from secondment.placements.services.errors import (
    AlreadyIssuingError,
    NothingToIssueError,
    ReportDateError,
    StoppedError,
)

ON = dt.date(2026, 11, 23)
AT = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
ISSUE = services.Issue("示组挂", dt.date(2026, 12, 8))


@pytest.fixture
def many(scene):
    """Twenty-three people about to go."""
    for number in range(21):
        person = make_person(scene.home, name=f"赵{number:02}")
        make_placement(
            scene.campaign,
            person,
            make_post(scene.host),
            starts_on=scene.campaign.starts_on,
            ends_on=scene.campaign.ends_on,
        )
    return scene


def issue_all(scene, progress=lambda done, total, doing: None) -> int:
    return issue_in_steps(scene.campaign, ISSUE, by=scene.owner, on=ON, at=AT, progress=progress)


def n_appointed(scene) -> int:
    return Placement.objects.filter(campaign=scene.campaign, state=PlacementState.APPOINTED).count()


def test_everybody_gets_a_number_and_each_unit_a_message_a_step(many) -> None:
    seen = []
    assert issue_all(many, lambda done, total, doing: seen.append((done, total))) == 23
    assert seen == [(0, 23), (10, 23), (20, 23)]
    numbers = Placement.objects.filter(campaign=many.campaign).values_list("notice_number", flat=True)
    assert sorted(numbers) == sorted(f"示组挂〔2026〕{number}号" for number in range(1, 24))
    told = Notice.objects.filter(recipient=many.host_clerk).values_list("title", flat=True)
    assert sorted(told) == [f"你单位接收的 {n} 名挂职干部已印发挂职通知" for n in (10, 10, 3)]
    many.campaign.refresh_from_db()
    assert many.campaign.state == CampaignState.DISPATCHED


def test_a_worker_that_dies_has_told_of_every_notice_that_is_out(many) -> None:
    def told() -> list[str]:
        rows = Notice.objects.filter(recipient=many.host_clerk).order_by("pk")
        return list(rows.values_list("title", flat=True))

    def look(done: int, total: int, doing: str) -> None:
        seen.append((n_appointed(many), len(told())))

    seen: list[tuple[int, int]] = []
    issue_all(many, look)
    # what is committed at the moment when the process is killed
    assert seen == [(0, 0), (10, 1), (20, 2)]


def test_a_cancelled_job_keeps_what_is_out_and_says_so(many) -> None:
    def cancel_at_ten(done: int, total: int, doing: str) -> None:
        if done == 10:
            raise JobCancelledError

    with pytest.raises(JobCancelledError, match="已为 10 人印发挂职通知，其余 13 人仍待印发"):
        issue_all(many, cancel_at_ten)
    assert n_appointed(many) == 10
    told = Notice.objects.filter(recipient=many.host_clerk).values_list("title", flat=True)
    assert list(told) == ["你单位接收的 10 名挂职干部已印发挂职通知"]
    assert issue_all(many) == 13


def test_whoever_is_cancelled_meanwhile_is_left_out(many) -> None:
    def cancel_one(done: int, total: int, doing: str) -> None:
        if done == 10:
            last = batches.waiting_for_notice(many.campaign)[-1]
            Placement.objects.filter(pk=last.pk).update(state=PlacementState.CANCELLED)

    assert issue_all(many, cancel_one) == 22


def test_a_step_with_nobody_left_is_passed_over(many) -> None:
    def cancel_rest(done: int, total: int, doing: str) -> None:
        if done == 20:
            waiting = Placement.objects.filter(campaign=many.campaign, state=PlacementState.DECIDED)
            waiting.update(state=PlacementState.CANCELLED)

    assert issue_all(many, cancel_rest) == 20


def test_a_refusal_on_the_way_says_what_is_out(many) -> None:
    last = batches.waiting_for_notice(many.campaign)[-1]

    def begin_elsewhere(done: int, total: int, doing: str) -> None:
        if done == 20:
            make_placement(
                many.campaign,
                last.person,
                make_post(many.host),
                state=PlacementState.IN_POST,
                starts_on=dt.date(2020, 1, 1),
                ends_on=dt.date(2021, 1, 1),
            )

    with pytest.raises(StoppedError, match=r"上一个挂职尚未办结.*已为 20 人印发挂职通知，其余 3 人"):
        issue_all(many, begin_elsewhere)


def test_a_breakdown_on_the_way_says_what_is_out(many) -> None:
    def break_down(done: int, total: int, doing: str) -> None:
        if done == 10:
            raise ZeroDivisionError

    with pytest.raises(StoppedError, match="系统内部出错。已为 10 人"):
        issue_all(many, break_down)
    assert n_appointed(many) == 10


@pytest.mark.django_db(transaction=True)
def test_the_job_is_queued_watched_and_leads_to_the_list(many, signed_in) -> None:
    client = signed_in(many.owner)
    address = reverse("placements:notices_issue", args=[many.campaign.pk])
    response = client.post(
        address, {"series": "示组挂", "report_by": "2028-01-01", "way": "single", "confirm": "1"}
    )
    job = Job.objects.get()
    assert response.headers["Location"] == reverse("jobs:job_detail", args=[job.pk])
    assert (job.state, job.message) == (JobState.DONE, "已为 23 人印发挂职通知。")
    assert job.result["path"] == f"{reverse('placements:placement_list')}?campaign={many.campaign.pk}"
    assert n_appointed(many) == 23


def test_while_it_runs_the_page_leads_to_it_and_refuses_a_second(many, signed_in) -> None:
    job = request_issue(many.campaign, ISSUE, by=many.owner, on=ON, at=AT)
    assert (job.kind, issue_of(job.arguments)) == (ISSUE_JOB, ISSUE)
    address = reverse("placements:notices_issue", args=[many.campaign.pk])
    page = signed_in(many.owner).get(address).content.decode()
    assert reverse("jobs:job_detail", args=[job.pk]) in page
    assert "还有 23 人待印发" in page
    with pytest.raises(AlreadyIssuingError):
        request_issue(many.campaign, ISSUE, by=many.owner, on=ON, at=AT)


def test_what_can_be_refused_is_refused_before_the_job(many) -> None:
    late = services.Issue("示组挂", dt.date(2030, 1, 1))
    with pytest.raises(ReportDateError):
        request_issue(many.campaign, late, by=many.owner, on=ON, at=AT)
    with pytest.raises(NotAllowedError):
        request_issue(many.campaign, ISSUE, by=many.host_clerk, on=ON, at=AT)
    Placement.objects.filter(campaign=many.campaign).update(state=PlacementState.CANCELLED)
    with pytest.raises(NothingToIssueError):
        request_issue(many.campaign, ISSUE, by=many.owner, on=ON, at=AT)
    assert not Job.objects.exists()


def test_a_joint_letter_of_many_is_one_step_of_the_job(many) -> None:
    joint, seen = services.Issue("示组挂", dt.date(2026, 12, 8), is_joint=True, copies_above=True), []
    job = request_issue(many.campaign, joint, by=many.owner, on=ON, at=AT)
    assert issue_of(job.arguments) == joint
    progress = lambda done, total, doing: seen.append((done, total))  # noqa: E731 -- one line
    n = issue_in_steps(many.campaign, joint, by=many.owner, on=ON, at=AT, progress=progress)
    assert (n, seen) == (23, [(0, 23)])
    numbers = Placement.objects.filter(campaign=many.campaign).values_list("notice_number", flat=True)
    assert set(numbers) == {"示组挂〔2026〕1号"}


def test_few_people_get_their_notices_at_once() -> None:
    assert [is_long(20), is_long(21)] == [False, True]
