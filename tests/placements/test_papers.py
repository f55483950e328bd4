"""Forms of placements on paper: notices and changes of term wait for the seal, others on request."""

import datetime as dt

import pytest
from django.urls import reverse
from tests.makers import AT, make_person, make_placement, make_post, make_unit, make_user
from tests.pages import text_of

from secondment.accounts.choices import Role
from secondment.documents.models import Paper
from secondment.documents.papers import slots_for
from secondment.documents.papers.services import Scan, file_paper
from secondment.placements import services
from secondment.placements.choices import PlacementState, TermChangeKind
from secondment.placements.models import Placement
from secondment.placements.papers import APPOINTMENT, ARRIVAL, NOTICE, TERM_CHANGE, forms_of
from secondment.placements.services import Change

ON = dt.date(2026, 11, 23)
SCAN = Scan("通知.pdf", b"%PDF-1.7", "application/pdf")


def issued(scene, *, is_joint=False):
    issue = services.Issue("示组", dt.date(2026, 12, 5), is_joint=is_joint)
    services.issue_notices(scene.campaign, issue, by=scene.owner, on=ON, at=AT)
    scene.first, scene.second = (Placement.objects.get(pk=one.pk) for one in (scene.first, scene.second))
    return scene


def forms(user, placement) -> list[str]:
    return [slot.kind.code for slot in slots_for(user, forms_of(user, placement))]


class TestNotice:
    def test_each_single_notice_is_a_paper(self, scene) -> None:
        issued(scene)
        papers = Paper.objects.order_by("object_id")
        assert [(one.form, one.object_id, one.office) for one in papers] == [
            ("F4", scene.first.pk, scene.root),
            ("F4", scene.second.pk, scene.root),
        ]
        assert papers[0].subject == f"张示例，示例村驻村第一书记 {scene.first.notice_number}"

    def test_a_joint_notice_is_one_paper_for_all(self, scene, signed_in) -> None:
        issued(scene, is_joint=True)
        paper = Paper.objects.get()
        assert (paper.object_id, paper.subject) == (
            scene.first.pk,
            f"张示例等2人 {scene.first.notice_number}",
        )
        filed = file_paper(
            NOTICE, scene.second, scan=SCAN, place="", replaces=paper.pk, by=scene.owner, on=ON, at=AT
        )
        elsewhere = make_unit("另一厅", scene.root)
        Placement.objects.filter(pk=scene.second.pk).update(home_unit=elsewhere)
        clerk = make_user(Role.HOME_UNIT, elsewhere)
        page = signed_in(clerk).get(reverse("documents:paper", args=["F4", scene.first.pk]))
        assert reverse("placements:placement_detail", args=[scene.second.pk]) in page.content.decode()
        scan = reverse("documents:paper_scan", args=["F4", scene.first.pk, filed.pk])
        assert signed_in(clerk).get(scan).content == b"%PDF-1.7"

    def test_a_notice_of_others_stays_theirs(self, scene, signed_in) -> None:
        issued(scene)
        other = make_placement(
            None,
            make_person(make_unit("另一厅", scene.root)),
            make_post(make_unit("另一村", scene.root)),
            starts_on=scene.campaign.starts_on,
            ends_on=scene.campaign.ends_on,
        )
        clerk = make_user(Role.HOME_UNIT, other.home_unit)
        url = reverse("documents:paper", args=["F4", scene.first.pk])
        assert signed_in(clerk).get(url).status_code == 404
        assert signed_in(scene.home_clerk).get(url).status_code == 200

    def test_none_before_it_is_issued(self, scene, signed_in) -> None:
        url = reverse("documents:paper", args=["F4", scene.first.pk])
        assert signed_in(scene.owner).get(url).status_code == 404
        assert "F4" not in forms(scene.owner, scene.first)


class TestWho:
    def test_each_side_files_its_own(self, scene) -> None:
        scene.first.state, scene.first.reported_on = PlacementState.IN_POST, dt.date(2026, 12, 2)
        scene.first.save()
        assert forms(scene.owner, scene.first) == ["F3", "F5"]
        assert forms(scene.home_clerk, scene.first) == ["F3"]
        assert forms(scene.host_clerk, scene.first) == ["F5"]
        assert forms(scene.secondee, scene.first) == []

    def test_the_receipt_comes_with_the_arrival(self, scene) -> None:
        assert ARRIVAL.key_of(scene.first) is None

    def test_the_appointment_form_is_for_who_keeps_the_file_and_the_person(self, scene, signed_in) -> None:
        file_paper(APPOINTMENT, scene.first, scan=SCAN, place="", replaces=None, by=scene.owner, on=ON, at=AT)
        url = reverse("documents:paper", args=["F3", scene.first.pk])
        for user in (scene.owner, scene.home_clerk, scene.secondee):
            assert signed_in(user).get(url).status_code == 200
        stranger = make_user(Role.ORGANISATION_DEPARTMENT, make_unit("邻县委组织部"))
        for user in (scene.host_clerk, make_user(Role.LEADER, scene.root), stranger):
            assert signed_in(user).get(url).status_code == 404
        assert "F3" not in forms(scene.host_clerk, scene.first)


class TestChange:
    def test_a_change_waits_for_the_seal_and_stands_on_the_page(self, scene, signed_in) -> None:
        scene.first.state = PlacementState.IN_POST
        scene.first.save()
        form = Change(TermChangeKind.EARLY, dt.date(2027, 6, 1), "工作需要", ON)
        services.change_term(scene.first, form, by=scene.owner, on=ON, at=AT)
        change = scene.first.term_changes.get()
        paper = Paper.objects.get()
        assert (paper.form, paper.object_id) == ("F16", change.pk)
        assert paper.subject == "张示例，提前结束，挂职至2027-05-31"
        page = signed_in(scene.host_clerk).get(reverse("placements:placement_detail", args=[scene.first.pk]))
        url = reverse("documents:paper", args=["F16", change.pk])
        assert url in page.content.decode()
        shown = signed_in(scene.host_clerk).get(url)
        assert "待盖章" in text_of(shown)
        assert "登记盖章件" not in text_of(shown)
        assert reverse("placements:placement_detail", args=[scene.first.pk]) in shown.content.decode()
        stranger = make_user(Role.ORGANISATION_DEPARTMENT, make_unit("邻县委组织部"))
        assert signed_in(stranger).get(url).status_code == 404
        assert TERM_CHANGE.may_file(scene.owner, change)
        assert not TERM_CHANGE.may_file(scene.host_clerk, change)

    @pytest.mark.parametrize("n", [1, 12])
    def test_as_many_queries_for_many_changes(self, scene, n, django_assert_num_queries) -> None:
        for at in range(n):
            scene.first.term_changes.create(
                kind=TermChangeKind.EARLY,
                old_ends_on=dt.date(2028, 12, 1),
                ends_on=dt.date(2028, 1, 1) + dt.timedelta(days=at),
                decided_on=ON,
                created_by=scene.owner,
                created_at=AT,
            )
        placement = Placement.objects.select_related("person", "home_unit", "host_unit", "owner_unit").get(
            pk=scene.first.pk
        )
        assert forms(scene.owner, placement)
        with django_assert_num_queries(3):
            assert len(forms(scene.owner, placement)) == 1 + n
