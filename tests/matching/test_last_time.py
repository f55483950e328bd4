"""A campaign beside the one before it: the figures of the pages themselves, and plainly what there is none of."""

import datetime as dt
import io

import openpyxl
import pytest
from django.urls import reverse

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.campaigns.choices import CampaignState
from secondment.matching.choices import LockKind
from secondment.matching.last_time import plan_of, previous_of, side_rows, weight_differences
from secondment.matching.models import Lock
from secondment.matching.services.proposals import choose_proposal, copy_proposal
from secondment.people.choices import Sex
from tests.makers import (
    AT,
    CHECKED,
    make_campaign,
    make_campaign_post,
    make_nomination,
    make_person,
    make_post,
    make_programme_version,
    make_unit,
    make_user,
    numbers,
)
from tests.matching.campaigns import Matched, make_matched, run_now, wish
from tests.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def matched():
    matched = make_matched()
    for nomination, sex in zip(matched.people, (Sex.FEMALE, Sex.MALE, Sex.FEMALE, ""), strict=True):
        nomination.person.sex = sex
        nomination.person.save()
    return matched


@pytest.fixture
def callbacks(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


def earlier(matched: Matched, **fields) -> Matched:
    """A campaign of the same programme two years before: two posts, two men, one of them at his first wish."""
    fields = {
        "name": "上届",
        "state": CampaignState.REVIEW,
        "programme_version": make_programme_version(
            programme=matched.campaign.programme_version.programme, number=next(numbers)
        ),
        "starts_on": dt.date(2025, 3, 1),
        "ends_on": dt.date(2027, 3, 1),
    } | fields
    campaign = make_campaign(matched.root, **fields)
    posts = [
        make_campaign_post(
            campaign,
            make_post(
                make_unit(f"旧{next(numbers)}村", matched.root),
                starts_on=fields["starts_on"],
                ends_on=fields["ends_on"],
            ),
        )
        for _n in range(2)
    ]
    people = [
        make_nomination(campaign, make_person(matched.homes[0], name=name, sex=Sex.MALE), **CHECKED)
        for name in ("周一", "周二")
    ]
    found = Matched(matched.root, matched.homes, campaign, posts, people, matched.by)
    wish(found, 0, 0, 1)
    return found


def test_figures_side_by_side_are_those_of_the_pages(matched, callbacks, client) -> None:
    before = earlier(matched)
    Lock.objects.create(
        campaign=before.campaign,
        nomination=before.people[0],
        campaign_post=before.posts[0],
        kind=LockKind.LOCK,
        by=matched.by,
    )
    then = run_now(before, callbacks, {"person_preference": 100})
    now = run_now(matched, callbacks)
    rows = {row.label: (row.now, row.then) for row in side_rows(now, then)}
    assert rows["岗位名额"] == ("3", "2")
    assert rows["已安排"] == ("3", "2")
    assert rows["平均匹配度"] == (
        "70.00",
        "75.00",
    )  # 周二 stated no wish: half, the mean of what 周一 has at two posts
    assert rows["第一志愿"] == ("2 / 3", "1 / 1")
    assert rows["志愿之内"] == ("2 / 3", "1 / 1")
    assert rows["人工干预"] == ("0", "1")
    assert rows["安排率"] == ("75% [30, 95] 3/4", "100% [34, 100] 2/2")
    assert rows["安排率：性别 女"] == ("100% [34, 100] 2/2", "—")
    assert rows["安排率：性别 男"][1] == "100% [34, 100] 2/2"
    labels = [row.label for row in side_rows(now, then)]
    assert labels[-1].startswith("安排率：派出单位层级")
    assert [one for one in labels if "性别" in one][-1] == "安排率：性别 未填"
    client.force_login(matched.by)
    text = text_of(client.get(reverse("matching:campaign_compare", args=[matched.campaign.pk])))
    assert f"指标 {matched.campaign} 上届" in text
    assert "已安排 3 2" in text
    assert "本人志愿：60 / 100" in text
    page = text_of(client.get(reverse("matching:fairness", args=[then.pk])))
    assert rows["安排率"][1] in page


def test_the_comparison_leaves_as_a_file_with_the_figures_of_the_page(matched, callbacks, client) -> None:
    earlier(matched)
    client.force_login(matched.by)
    url = reverse("matching:campaign_compare", args=[matched.campaign.pk])
    assert "?export=xlsx" not in client.get(url).content.decode()
    run_now(matched, callbacks)
    assert "?export=xlsx" in client.get(url).content.decode()
    response = client.get(url, {"export": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == ["指标", str(matched.campaign), "上届"]
    assert rows[1][0] == "方案"
    named = {row[0]: row[1:] for row in rows}
    assert named["平均匹配度"] == ["70.00", "—"]
    assert AuditEvent.objects.filter(action="proposal.export").count() == 1


def test_the_adopted_plan_counts_else_the_last(matched, callbacks) -> None:
    first = run_now(matched, callbacks)
    copy = copy_proposal(first, name="副本", by=matched.by, at=AT)
    assert plan_of(matched.by, matched.campaign) == copy
    choose_proposal(first, version=first.version, by=matched.by, at=AT)
    assert plan_of(matched.by, matched.campaign) == first
    assert weight_differences(first, copy) == ""


def test_an_older_campaign_without_a_plan_says_so(matched, callbacks, client) -> None:
    earlier(matched, state=CampaignState.DISPATCHED)
    client.force_login(matched.by)
    url = reverse("matching:campaign_compare", args=[matched.campaign.pk])
    text = text_of(client.get(url))
    assert "“上届”没有计算过方案，没有可以对照的数。" in text
    assert f"“{matched.campaign}”没有计算过方案" in text
    run_now(matched, callbacks)
    text = text_of(client.get(url))
    assert "已安排 3 —" in text
    assert f"“{matched.campaign}”没有计算过方案" not in text


def test_only_the_same_programme_and_department_before_it_count(matched, client) -> None:
    campaign = matched.campaign
    earlier(matched, programme_version=make_programme_version())
    earlier(matched, state=CampaignState.OPEN)
    earlier(matched, starts_on=dt.date(2028, 3, 1), ends_on=dt.date(2030, 3, 1))
    make_campaign(
        make_unit("另一市", matched.root),
        state=CampaignState.REVIEW,
        programme_version=campaign.programme_version,
        starts_on=dt.date(2025, 3, 1),
        ends_on=dt.date(2027, 3, 1),
    )
    assert previous_of(matched.by, campaign) is None
    client.force_login(matched.by)
    url = reverse("matching:campaign_compare", args=[campaign.pk])
    assert "没有上一批次" in text_of(client.get(url))
    same_day = earlier(matched, starts_on=campaign.starts_on, ends_on=campaign.ends_on).campaign
    assert previous_of(matched.by, campaign) is None  # it was made later
    assert previous_of(matched.by, same_day) == campaign
    older = earlier(matched).campaign
    assert previous_of(matched.by, campaign) == older
    assert previous_of(make_user(Role.ORGANISATION_DEPARTMENT, make_unit("别处")), campaign) is None
