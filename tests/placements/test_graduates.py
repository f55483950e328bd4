"""选调生到基层: a mentor is named on arrival, and for two years nobody is sent elsewhere. Incoming people by file."""

import datetime as dt

import pytest
from tests.makers import AT, ON, make_person, make_placement, make_post, make_programme_version
from tests.placements.test_imports import HEAD, ROW, Office, with_cell

from secondment.campaigns.parameters_json import to_json
from secondment.campaigns.presets import GRADUATES
from secondment.common.file_faults import told_again
from secondment.people.models import Person
from secondment.placements import services
from secondment.placements.choices import PlacementState
from secondment.placements.exports import placements_workbook
from secondment.placements.imports import read_placements
from secondment.placements.models import Placement
from secondment.placements.services.errors import BorrowedError, MentorMissingError
from secondment.placements.services.overlaps import refuse_borrowed
from secondment.units.models import Unit

pytestmark = pytest.mark.django_db
SINCE = dt.date(2026, 3, 1)


def make_graduate(**fields) -> Placement:
    version = make_programme_version(to_json(GRADUATES))
    return make_placement(programme_version=version, starts_on=SINCE, ends_on=dt.date(2028, 3, 1), **fields)


class TestMentor:
    @pytest.mark.parametrize(
        ("typed", "of_post", "is_refused"),
        [("", "", True), (" ", "", True), ("李导师", "", False), ("", "王导师", False)],
    )
    def test_named_on_arrival(self, scene, typed: str, of_post: str, is_refused: bool) -> None:
        scene.first.programme_version = make_programme_version(to_json(GRADUATES))
        scene.first.state, scene.first.report_by = PlacementState.IN_POST, ON
        scene.first.save()
        scene.first.post.mentor = of_post
        scene.first.post.save()
        day = scene.first.starts_on
        arrival = services.Arrival(day, mentor=typed)

        def arrive() -> None:
            services.record_arrival(scene.first, arrival, by=scene.host_clerk, on=day, at=AT)

        if is_refused:
            with pytest.raises(MentorMissingError, match="带教导师"):
                arrive()
        else:
            arrive()

    def test_other_programmes_ask_for_none(self, scene) -> None:
        scene.first.state, scene.first.report_by = PlacementState.IN_POST, ON
        scene.first.save()
        day = scene.first.starts_on
        services.record_arrival(scene.first, services.Arrival(day), by=scene.host_clerk, on=day, at=AT)
        scene.first.refresh_from_db()
        assert (scene.first.reported_on, scene.first.mentor) == (day, "")


class TestNotBorrowed:
    @pytest.mark.parametrize(
        ("day", "is_refused"),
        [
            (dt.date(2026, 3, 2), True),
            (dt.date(2028, 2, 29), True),
            (dt.date(2028, 3, 1), False),
            (dt.date(2028, 3, 2), False),
        ],
    )
    def test_for_two_years_even_after_an_early_end(self, day: dt.date, is_refused: bool) -> None:
        one = make_graduate(state=PlacementState.ENDED, ending="early", closed_on=dt.date(2026, 4, 1))
        if is_refused:
            with pytest.raises(BorrowedError, match="在2028-03-01前不得另派、借调"):
                refuse_borrowed([one.person_id], day)
        else:
            refuse_borrowed([one.person_id], day)

    @pytest.mark.parametrize("keeps_nobody", ["cancelled", "another programme"])
    def test_only_a_placement_of_the_programme_that_was_held_keeps_somebody(self, keeps_nobody: str) -> None:
        one, day = make_graduate(state=PlacementState.ENDED, closed_on=SINCE), dt.date(2026, 6, 1)
        with pytest.raises(BorrowedError):
            refuse_borrowed([one.person_id], day)
        if keeps_nobody == "cancelled":
            one.state = PlacementState.CANCELLED
        else:
            one.programme_version = make_programme_version()
        one.save()
        refuse_borrowed([one.person_id], day)

    def test_a_campaign_refuses_and_writes_nobody(self, scene) -> None:
        one = make_graduate(
            person=make_person(scene.home, name="示例生"), state=PlacementState.ENDED, closed_on=SINCE
        )
        Placement.objects.filter(pk=one.pk).update(ends_on=dt.date(2026, 4, 1))
        rows = [services.NewPlacement(one.person, make_post(scene.host), scene.home)]
        n_before = Placement.objects.count()
        with pytest.raises(BorrowedError, match="示例生"):
            services.create_placements(
                scene.campaign, rows, decision_number="示组〔2026〕9号", by=scene.owner, at=AT
            )
        assert Placement.objects.count() == n_before


class TestIncoming:
    def external(self):
        row, head = with_cell("派出单位", "外省示例厅")
        return with_cell("派出单位上级", "外部", row=row, head=head)

    def test_an_external_home_unit_is_named_by_the_dry_run_and_made(self) -> None:
        office = Office()
        row, head = self.external()
        plan = office.read(row, head=head)
        assert plan.refused == []
        assert [told_again(one)["found"] for one in plan.report().notes] == ["将新建外部单位：外省示例厅"]
        assert office.write(row, head=head) == 1
        unit = Unit.objects.get(name="外省示例厅")
        placement = Placement.objects.get()
        assert (unit.is_external, placement.home_unit, placement.person.unit) == (True, unit, unit)
        again = office.read(row, head=head).report()
        assert (again.n_unchanged, again.n_to_write) == (1, 0)
        content = placements_workbook([placement], lambda _path: True)
        report = read_placements(content, file="a.xlsx", user=office.user, on=dt.date(2026, 11, 29)).report()
        assert (report.n_unchanged, report.n_to_write, report.refused) == (1, 0, [])

    def test_two_people_of_one_new_unit_make_it_once(self) -> None:
        office = Office()
        row, head = self.external()
        assert office.write(row, ("李示例", *row[1:]), head=head) == 2
        assert Unit.objects.filter(name="外省示例厅").count() == 1
        assert Person.objects.filter(unit__name="外省示例厅").count() == 2

    def test_an_unknown_home_unit_is_a_fault_where_nobody_says_that_it_is_external(self) -> None:
        office = Office()
        row, head = with_cell("派出单位", "外省示例厅")
        assert [one.field for one in office.read(row, head=head).refused] == ["派出单位"]
        named, with_parent = with_cell("派出单位上级", "示例省委组织部", row=ROW, head=HEAD)
        assert office.read(named, head=with_parent).refused == []
