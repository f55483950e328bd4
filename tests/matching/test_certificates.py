"""Every proposal has a certificate that the stand-alone script accepts; with side rules, a bound and how it was reached."""

import io
import json
import zipfile
from typing import Any

import openpyxl
import pytest

from secondment.audit.models import AuditEvent
from secondment.campaigns.models import Nomination
from secondment.matching.certificates import certificate_of, fingerprint_of, is_of_today
from secondment.matching.choices import LockKind, SideRuleKind
from secondment.matching.models import Lock, MatchingRun, Proposal, SideRule
from tests.algorithms.assignment.test_certificate import faults, verifier
from tests.makers import AT, make_quota
from tests.matching.campaigns import Matched, make_matched, run_now
from tests.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def matched() -> Matched:
    found = make_matched()
    make_quota(found.campaign, found.homes[0], release_cap=2)
    return found


@pytest.fixture
def proposal(matched: Matched, django_capture_on_commit_callbacks) -> Proposal:
    Lock.objects.create(
        campaign=matched.campaign,
        nomination=matched.people[3],
        campaign_post=matched.posts[2],
        kind=LockKind.LOCK,
        by=matched.by,
    )
    return run_now(matched, django_capture_on_commit_callbacks)


def read(proposal: Proposal) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(certificate_of(proposal))
    return found


def test_the_script_proves_the_plan_under_its_locks(proposal, matched) -> None:
    found = read(proposal)
    assert faults(found, is_bound=False) == []
    assert (found["adopted"], found["why"]) == (found["plan"], "")
    limits = found["limits"]
    assert [one["person"] for one in limits[:4]] == [str(one.pk) for one in matched.people]
    assert [one["post"] for one in limits[4:7]] == [str(one.pk) for one in matched.posts]
    assert [(one["group"], one["room"]) for one in limits[7:]] == [(str(matched.homes[0].pk), 2)]
    assert [pair[:2] for pair in found["locked"]] == [[3, 6]]
    assert len(found["plan"]) == proposal.pairs.count() == 3
    assert found["unit"] == 1_000_000


def test_no_name_is_in_the_file_and_a_new_name_keeps_its_fingerprint(proposal, matched) -> None:
    before = fingerprint_of(proposal)
    assert "赵甲" not in certificate_of(proposal).decode()
    person = matched.people[0].person
    person.name = "赵新"
    person.save()
    assert fingerprint_of(proposal) == before
    assert len(before) == 64


def test_a_plan_changed_by_hand_says_by_how_much_it_falls_short(proposal, matched) -> None:
    before = fingerprint_of(proposal)
    placed = set(proposal.pairs.values_list("nomination_id", flat=True))
    free = next(one for one in matched.people if one.pk not in placed)
    old = proposal.pairs.get(campaign_post=matched.posts[1])
    proposal.pairs.filter(pk=old.pk).update(nomination=free)
    changed = Proposal.objects.select_related("run__campaign").get(pk=proposal.pk)
    found = read(changed)
    assert fingerprint_of(changed) != before
    assert faults(found, is_bound=False) == []
    free_row, post_row = matched.people.index(free), len(matched.people) + 1
    new = next(steps for person, post, steps in found["pairs"] if (person, post) == (free_row, post_row))
    lost = old.score - new / found["unit"]
    assert lost > 0
    assert verifier.compared(found) == (
        f"; the adopted plan is another (changed by hand): 0 fewer places, {lost:.6f} points less"
    )


def test_with_side_rules_the_bound_is_stated(matched, django_capture_on_commit_callbacks) -> None:
    SideRule.objects.create(
        campaign=matched.campaign,
        kind=SideRuleKind.REGION_COUNT,
        values={"attribute": "woman", "most": 3},
        created_by=matched.by,
        created_at=AT,
    )
    proposal = run_now(matched, django_capture_on_commit_callbacks)
    found = read(proposal)
    assert (found["kind"], found["status"], found["gap"]) == ("bound", "optimal", pytest.approx(0, abs=1e-6))
    assert found["bound"] == pytest.approx(found["total_score"])
    assert (found["n_assigned"], found["places_bound"]) == (3, 3)
    assert len(found["rules"]) == 1
    assert "女干部" in found["rules"][0]
    assert found["plan"] == found["adopted"]
    assert found["solver"] == "HiGHS"
    assert "不能离开求解器核验" in found["claim"]


def test_the_download_says_who_the_numbers_are_and_is_on_record(proposal, matched, signed_in) -> None:
    Nomination.objects.filter(pk=matched.people[0].pk).update(lot="01234567")
    response = signed_in(matched.by).get(f"/matching/proposals/{proposal.pk}/certificate/")
    assert response.headers["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        assert archive.read("证明.json") == certificate_of(proposal)
        sheet = openpyxl.load_workbook(io.BytesIO(archive.read("编号对照.xlsx"))).active
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == ["类别", "编号", "姓名或名称", "单位", "抽签号"]
    assert rows[1] == ["人选", matched.people[0].pk, "赵甲", "甲厅", "01234567"]
    assert rows[5] == ["岗位", matched.posts[0].pk, "第一书记", "东村", None]
    assert rows[8] == ["派出单位", matched.homes[0].pk, "甲厅", None, None]
    assert AuditEvent.objects.filter(action="proposal.certificate").count() == 1


def test_a_plan_that_was_not_computed_has_none(proposal, matched, signed_in) -> None:
    client = signed_in(matched.by)
    assert "最优性证明" in text_of(client.get(f"/matching/proposals/{proposal.pk}/"))
    MatchingRun.objects.update(report={})
    fresh = Proposal.objects.select_related("run__campaign").get(pk=proposal.pk)
    assert fingerprint_of(fresh) == ""
    assert "最优性证明" not in text_of(client.get(f"/matching/proposals/{proposal.pk}/"))
    assert client.get(f"/matching/proposals/{proposal.pk}/certificate/").status_code == 404


def test_a_fingerprint_of_the_former_format_is_told_from_one_of_today(proposal) -> None:
    """Runs of today say their format; of older ones the file itself is made and compared."""
    mark = fingerprint_of(proposal)
    assert is_of_today(proposal, "0" * 64)
    del proposal.run.report["certificate_format"]
    assert is_of_today(proposal, mark)
    assert not is_of_today(proposal, "0" * 64)
