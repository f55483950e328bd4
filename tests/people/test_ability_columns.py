"""The five abilities and the training purpose as columns of a roster: read, stored, written, read again."""

import datetime as dt

import pytest
from tests.makers import AT, ON, make_person
from tests.people.imported import checked, csv, imported, told

from secondment.files.columns.ability import ABILITY, RatedAbility
from secondment.files.faults import CellError
from secondment.people.files.roster_workbook import roster_workbook
from secondment.people.latest import latest_abilities
from secondment.people.models import AbilityValue, Person

HEADER = "姓名,性别,出生年月,做群众工作,推动发展,能力评价来源,能力评价日期,培养目的"
IMPORTED_ON = AT.date()


def stored() -> list[tuple[str, int, str, dt.date]]:
    rows = AbilityValue.objects.order_by("ability", "as_of", "source")
    return list(rows.values_list("ability", "value", "source", "as_of"))


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("好", RatedAbility(92)),
        ("较好", RatedAbility(80)),
        ("一般", RatedAbility(67)),
        ("较差", RatedAbility(30)),
        ("0", RatedAbility(0)),
        ("100", RatedAbility(100)),
        ("84.4", RatedAbility(84)),
        ("84.5", RatedAbility(85)),
        ("85（组织评价2026-03-01）", RatedAbility(85, "organisation", dt.date(2026, 3, 1))),
        ("好 (测评, 2026.3.1)", RatedAbility(92, "assessment", dt.date(2026, 3, 1))),
    ],
)
def test_a_cell_is_a_word_or_points_with_or_without_its_own_source(cell: str, value: RatedAbility) -> None:
    assert ABILITY.read(cell) == value
    assert ABILITY.read(ABILITY.write(value)) == value


@pytest.mark.parametrize(
    "cell", ["优", "101", "-1", "85（组织评价）", "85（某人2026-03-01）", "85（自评2026-03）", ""]
)
def test_other_cells_are_faults(cell: str) -> None:
    with pytest.raises(CellError):
        ABILITY.read(cell)


@pytest.mark.django_db
@pytest.mark.usefixtures("reads_here")
class TestRoster:
    def test_abilities_come_in_with_source_and_day_and_go_out_the_same(self, province) -> None:
        content = csv(HEADER, "示例甲,男,1985.03,好,71,组织评价,2026-03-01,递进培养")
        imported("a.csv", content, province)
        day = dt.date(2026, 3, 1)
        assert stored() == [("development", 71, "organisation", day), ("mass_work", 92, "organisation", day)]
        person = Person.objects.get()
        assert person.training_purpose == "stepwise"
        for name, again in (("a.csv", content), ("名册.xlsx", roster_workbook([person]))):
            assert [one[2] for one in told(checked(name, again, province))] == ["unchanged"]

    def test_a_later_value_is_added_and_the_earlier_one_stays(self, province) -> None:
        person = make_person(province, name="示例甲")
        person.abilities.create(ability="mass_work", value=60, source="self", as_of=dt.date(2026, 1, 1))
        person.abilities.create(ability="development", value=50, source="self", as_of=dt.date(2026, 1, 1))
        line = f"示例甲,男,{person.born_on:%Y.%m},好,,测评,2026-03-01,"
        row = imported("a.csv", csv(HEADER, line), province)
        assert [one["new"] for one in row.rows.get().changes] == ["做群众工作 92（考核测评2026-03-01）"]
        assert [one[:2] for one in stored()] == [("development", 50), ("mass_work", 60), ("mass_work", 92)]
        person.refresh_from_db()
        assert {key: one.value for key, one in latest_abilities(person).items()} == {
            "mass_work": 92,
            "development": 50,
        }
        # the value of another day goes out with its own source and comes back as the same
        assert told(checked("名册.xlsx", roster_workbook([person]), province))[0][2] == "unchanged"
        assert AbilityValue.objects.count() == 3

    def test_of_one_day_assessment_is_believed_before_opinion_before_self(self, province) -> None:
        person = make_person(province)
        for source, value in (("assessment", 1), ("self", 3), ("organisation", 2)):
            person.abilities.create(ability="mass_work", value=value, source=source, as_of=ON)
        assert latest_abilities(person)["mass_work"].value == 1

    @pytest.mark.parametrize(
        ("line", "columns"),
        [
            ("好,,,,", ["能力评价来源", "能力评价日期"]),
            ("好,,组织评价,,", ["能力评价日期"]),
            ("好,,,2026-03-01,", ["能力评价来源"]),
            ("85（组织评价2026-03-01）,,,,", []),
            (",,,,", []),
        ],
    )
    def test_a_value_without_source_or_day_is_refused(self, province, line: str, columns: list[str]) -> None:
        row = checked("a.csv", csv(HEADER, f"示例甲,男,1985.03,{line}"), province)
        assert [one["column"] for one in row.rows.get().problems] == columns

    @pytest.mark.parametrize(("days", "outcome"), [(0, "created"), (1, "refused")])
    def test_a_value_is_not_of_a_day_to_come(self, province, days: int, outcome: str) -> None:
        day = IMPORTED_ON + dt.timedelta(days=days)
        row = checked("a.csv", csv(HEADER, f"示例甲,男,1985.03,好,,自评,{day},"), province)
        assert row.rows.get().outcome == outcome

    @pytest.mark.parametrize(("points", "outcome"), [("92", "unchanged"), ("91", "refused")])
    def test_the_same_source_says_one_thing_a_day(self, province, points: str, outcome: str) -> None:
        person = make_person(province, name="示例甲")
        person.abilities.create(ability="mass_work", value=92, source="self", as_of=dt.date(2026, 3, 1))
        line = f"示例甲,男,{person.born_on:%Y.%m},{points},,自评,2026-03-01,"
        (one,) = told(checked("a.csv", csv(HEADER, line), province))
        assert one[2] == outcome
        assert one[3] == (
            ["做群众工作：2026-03-01同一来源的评分是92；评价只增不改，请核对评价日期"]
            if outcome == "refused"
            else []
        )

    def test_an_unknown_purpose_names_those_that_there_are(self, province) -> None:
        (one,) = told(checked("a.csv", csv(HEADER, "示例甲,男,1985.03,,,,,镀金"), province))
        assert one[2] == "refused"
        assert "缺基层经历、缺上级机关经历、专业实践、急难险重、递进培养、其他" in one[3][0]
