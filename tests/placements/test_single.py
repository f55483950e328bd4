"""单人挂职: one person sent without a campaign, under the programme's rules."""

import datetime as dt

import pytest
from django.urls import reverse
from tests.makers import (
    AT,
    ON,
    make_person,
    make_placement,
    make_post,
    make_programme_version,
    make_unit,
    make_user,
)
from tests.pages import text_of

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.campaigns.lapses import LapsedError
from secondment.campaigns.parameters import ProgrammeParameters
from secondment.campaigns.parameters_json import to_json
from secondment.campaigns.services.campaigns import TermTooLongError
from secondment.common.errors import NotAllowedError
from secondment.people.models import AnnualGrade, Penalty
from secondment.placements import services
from secondment.placements.choices import Origin, PlacementState
from secondment.placements.models import Placement
from secondment.placements.services.errors import OverlapError, TermError
from secondment.placements.services.single import NotEligibleError, Single, findings_of, place_single
from secondment.posts.models import Post

FIRST, BACK = dt.date(2027, 3, 1), dt.date(2028, 3, 1)


class Desk:
    def __init__(self) -> None:
        self.root = make_unit("示例市委组织部")
        self.home, self.host = make_unit("示例局", self.root), make_unit("示例镇", self.root)
        self.version = make_programme_version(to_json(ProgrammeParameters()))
        self.person = make_person(
            self.home, name="张示例", born_on=dt.date(1990, 3, 12), political_status="01"
        )
        for year in (2024, 2025):
            AnnualGrade.objects.create(person=self.person, year=year, grade="competent")
        self.user = make_user(Role.ORGANISATION_DEPARTMENT, self.root)

    def single(self, **changes) -> Single:
        given = {
            "person": self.person,
            "host": self.host,
            "title": "副镇长",
            "version": self.version,
            "starts_on": FIRST,
            "ends_on": BACK,
            "decision_number": "示组〔2026〕8号",
            "work_mode": "full",
        }
        return Single(**(given | changes))

    def place(self, **changes) -> Placement:
        by = changes.pop("by", self.user)
        return place_single(self.single(**changes), self.root, by=by, on=ON, at=AT)


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk()


class TestService:
    def test_it_is_decided_and_a_notice_may_follow(self, desk) -> None:
        row = desk.place(purpose="grassroots")
        row.refresh_from_db()
        assert (row.state, row.origin, row.campaign) == (PlacementState.DECIDED, Origin.SINGLE, None)
        assert (row.home_unit, row.host_unit, row.owner_unit) == (desk.home, desk.host, desk.root)
        assert (row.decision_number, row.purpose, row.last_day) == (
            "示组〔2026〕8号",
            "grassroots",
            dt.date(2028, 2, 29),
        )
        issued = services.issue_notice(row, services.Issue("示组", FIRST), by=desk.user, on=ON, at=AT)
        assert (issued.state, bool(issued.notice_file)) == (PlacementState.APPOINTED, True)
        details = AuditEvent.objects.get(action="placement.place_single").details
        assert (details["decision_number"], details["exceptions"]) == ("示组〔2026〕8号", {})

    def test_a_block_names_rule_fact_and_remedy(self, desk) -> None:
        Penalty.objects.create(person=desk.person, kind="warning", starts_on=ON, ends_on=dt.date(2028, 1, 1))
        with pytest.raises(NotEligibleError) as refused:
            desk.place()
        assert refused.value.reasons[0].startswith("H4 ")
        assert not Placement.objects.exists()
        row = desk.place(exceptions={"H4": "示委〔2026〕1号"})
        assert row.exceptions == [{"rule": "H4", "document": "示委〔2026〕1号"}]

    def test_an_exception_covers_its_rule_only(self, desk) -> None:
        Penalty.objects.create(person=desk.person, kind="warning", starts_on=ON, ends_on=dt.date(2028, 1, 1))
        with pytest.raises(NotEligibleError):
            desk.place(exceptions={"H10": "示委〔2026〕1号"})

    def test_requirements_of_a_known_post_are_asked(self, desk) -> None:
        make_post(desk.host, title="副镇长", oldest_age=30, starts_on=FIRST, ends_on=BACK)
        assert "R1" in {one.rule for one in findings_of(desk.single(), on=ON)}

    def test_a_free_place_is_used_and_a_taken_one_is_not(self, desk) -> None:
        post = make_post(desk.host, title="副镇长", starts_on=FIRST, ends_on=BACK)
        assert desk.place().post == post
        other = make_person(desk.home, name="李示例", born_on=dt.date(1990, 1, 1))
        assert desk.place(person=other, exceptions={"H10": "x"}).post != post
        assert Post.objects.filter(title="副镇长").count() == 2

    @pytest.mark.parametrize(
        ("changes", "error"),
        [
            ({"ends_on": FIRST}, TermError),
            ({"ends_on": FIRST + dt.timedelta(days=1), "exceptions": {"H6": "x"}}, None),
            ({"ends_on": dt.date(2030, 3, 1)}, None),
            ({"ends_on": dt.date(2030, 3, 3)}, TermTooLongError),
        ],
    )
    def test_terms(self, desk, changes, error) -> None:
        if error:
            with pytest.raises(error):
                desk.place(**changes)
        else:
            assert desk.place(**changes).ends_on == changes["ends_on"]

    def test_nobody_is_in_two_places(self, desk) -> None:
        make_placement(
            None,
            desk.person,
            starts_on=dt.date(2026, 3, 1),
            ends_on=FIRST + dt.timedelta(days=1),
            state="in_post",
        )
        with pytest.raises((OverlapError, NotEligibleError)):
            desk.place()
        with pytest.raises(OverlapError):
            desk.place(exceptions={"H5": "x"})

    def test_closed_units_and_people_who_left_are_refused(self, desk) -> None:
        desk.person.state = "retired"
        desk.person.save()
        with pytest.raises(LapsedError):
            desk.place()
        desk.person.state = "active"
        desk.person.save()
        desk.host.is_active = False
        desk.host.save()
        with pytest.raises(LapsedError):
            desk.place()

    def test_nobody_else_places(self, desk) -> None:
        for role in (Role.HOME_UNIT, Role.HOST_UNIT, Role.LEADER):
            with pytest.raises(NotAllowedError):
                desk.place(by=make_user(role, desk.root))


class TestPage:
    def form(self, desk, **changes):
        given = {
            "person": "张示例",
            "host": "示例镇",
            "title": "副镇长",
            "programme": desk.version.programme.pk,
            "starts_on": "2027-03-01",
            "ends_on": "2028-02-29",
            "decision_number": "示组〔2026〕8号",
            "work_mode": "full",
        }
        return given | changes

    def test_from_the_list_to_the_placement(self, desk, signed_in) -> None:
        client = signed_in(desk.user)
        url = reverse("placements:single_new")
        assert url in client.get(reverse("placements:placement_list")).content.decode()
        assert client.get(url).status_code == 200
        page = client.post(url, self.form(desk))
        if page.status_code == 200:  # warned: shown first, confirmed by sending it again
            assert "资格审查" in text_of(page)
            assert not Placement.objects.exists()
            page = client.post(url, self.form(desk, confirmed="1"))
        placement = Placement.objects.get()
        assert page.headers["Location"] == reverse("placements:placement_detail", args=[placement.pk])
        assert "单人挂职" in text_of(client.get(page.headers["Location"]))

    def test_a_block_stays_on_the_form_with_its_reason(self, desk, signed_in) -> None:
        Penalty.objects.create(person=desk.person, kind="warning", starts_on=ON, ends_on=dt.date(2028, 1, 1))
        page = signed_in(desk.user).post(reverse("placements:single_new"), self.form(desk, confirmed="1"))
        assert "H4" in text_of(page)
        assert not Placement.objects.exists()
        allowed = self.form(desk, confirmed="1", rule="H4", document="示委〔2026〕1号")
        assert signed_in(desk.user).post(reverse("placements:single_new"), allowed).status_code == 302

    @pytest.mark.parametrize(
        ("changes", "found"),
        [
            ({"person": "王示例"}, "没有找到“王示例”"),
            ({"rule": "H4"}, "须同时写明规则和文号"),
            ({"host": "某镇"}, "未找到单位“某镇”"),
        ],
    )
    def test_what_is_wrong_is_named(self, desk, signed_in, changes, found) -> None:
        page = signed_in(desk.user).post(reverse("placements:single_new"), self.form(desk, **changes))
        assert found in text_of(page)

    def test_namesakes_are_chosen_from_the_suggestions(self, desk, signed_in) -> None:
        make_person(desk.home, name="张示例", born_on=dt.date(1970, 1, 1))
        client = signed_in(desk.user)
        page = client.post(reverse("placements:single_new"), self.form(desk))
        assert "有 2 人同名" in text_of(page)
        names = client.get(reverse("placements:person_names"), {"person": "张"}).content.decode()
        assert "张示例（示例局，1990.03）" in names
        form = self.form(desk, person="张示例（示例局，1990.03）", confirmed="1")
        assert client.post(reverse("placements:single_new"), form).status_code == 302
        assert client.get(reverse("placements:person_names"), {"person": ""}).content.strip() == b""


def test_an_exception_tells_nobody_of_what_they_may_not_read(desk, signed_in) -> None:
    Penalty.objects.create(person=desk.person, kind="warning", starts_on=ON, ends_on=dt.date(2028, 1, 1))
    desk.person.account = make_user(Role.SECONDEE, desk.home)
    desk.person.save()
    row = desk.place(exceptions={"H4": "示委〔2026〕1号", "H6": "示委〔2026〕2号"})
    page = reverse("placements:placement_detail", args=[row.pk])
    readers = {
        desk.user: {"1号", "2号"},
        make_user(Role.HOME_UNIT, desk.home): {"2号"},
        make_user(Role.HOST_UNIT, desk.host): {"2号"},
        desk.person.account: {"2号"},
    }
    for user, numbers in readers.items():
        text = text_of(signed_in(user).get(page))
        assert {one for one in ("1号", "2号") if f"示委〔2026〕{one}" in text} == numbers, user
        assert ("H4" in text) == ("1号" in numbers)


def test_a_single_placement_can_be_cancelled(desk) -> None:
    row = desk.place()
    services.cancel_placement(row, reason="另有任用", by=desk.user, on=ON, at=AT)
    row.refresh_from_db()
    assert (row.state, row.cancel_reason) == (PlacementState.CANCELLED, "另有任用")
