"""Parts of the table: whom a fact bars, people under two standards, the line of the places; and flags beside the rows."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.urls import reverse

from secondment.accounts.choices import Role
from secondment.assessments.composite.choices import Basis
from secondment.assessments.composite.services import Stated, state_facts
from secondment.assessments.models import Evaluation, Pool
from secondment.assessments.table.holding import holding_of
from secondment.assessments.table.queries import everybody_of
from secondment.assessments.table.services import calculate_table, grey_zone, latest_table
from secondment.assessments.table.view_models import TablePage, band_words, table_page
from secondment.measurement.models import Run
from secondment.people.choices import Category
from secondment.standards.choices import IndicatorKind
from tests.assessments.conftest import Scene
from tests.assessments.measured import make_run
from tests.assessments.schemes import add_indicator, make_scheme
from tests.makers import AT, ON, make_user
from tests.pages import text_of

SPECIALIST = Category.SPECIALIST


def rows_of(pool: Pool) -> list[Evaluation]:
    return list(pool.evaluations.select_related("register", "placement", "person").order_by("placement"))


def two_standards(
    scene: Scene, n_first: int, fair: Sequence[float], *, n_people: int = 5, subsets: Sequence[int] = ()
) -> Pool:
    """The first people stand under one standard, the others under another; all of them were voted on."""
    for _n in range(n_people - 5):
        scene.add()
    first, second = make_scheme(scene.root, name="甲标准"), make_scheme(scene.root, name="乙标准")
    register = scene.open()
    pool = register.pools.get()
    scores = [
        (one, 80.0 + at, score) for at, (one, score) in enumerate(zip(rows_of(pool), fair, strict=True))
    ]
    make_run(register, first, scores[:n_first], subsets=subsets[:n_first])
    make_run(register, second, scores[n_first:], subsets=subsets[n_first:])
    calculate_table(pool, Basis.FAIR, by=scene.owner, at=AT)
    return pool


def page_of(scene: Scene, pool: Pool, user: Any = None) -> TablePage:
    holding = holding_of(pool)
    assert holding is not None
    return table_page(user or scene.owner, pool, holding, everybody_of(pool), sure=0.8, on=ON, forms={})


def names(rows: Sequence[Any]) -> list[int]:
    return [one.evaluation.pk for one in rows]


class TestTwoStandards:
    def test_each_has_an_order_of_its_own_and_nobody_is_ranked_across(self, scene: Scene) -> None:
        pool = two_standards(scene, 3, (70.0, 99.0, 85.0, 60.0, 95.0))
        people, page = rows_of(pool), page_of(scene, pool)
        assert [one.title for one in page.sections] == ["甲标准（第 1 版）", "乙标准（第 1 版）"]
        assert [names(one.rows) for one in page.sections] == [
            [people[1].pk, people[2].pk, people[0].pk],
            [people[4].pk, people[3].pk],
        ]
        assert [one.is_comparable for one in page.sections] == [True, True]
        assert [one.cut for one in page.sections] == [None, None]
        found = latest_table(pool).results["people"]
        assert [found[str(one.pk)]["plain_rank"] for one in people] == [3, 2, 1, 2, 1]
        assert {one["chance"] for one in found.values()} == {None}
        assert {row.tier for one in page.sections for row in one.rows} == {1, 2, 3}
        # the place of five people is counted over the pool, and the committee gives it
        assert latest_table(pool).inputs["places"] == 1
        assert set(grey_zone(latest_table(pool))) == {one.pk for one in people}

    def test_the_page_says_why_there_is_no_common_order(self, scene: Scene, signed_in: Any) -> None:
        pool = two_standards(scene, 3, (70.0, 99.0, 85.0, 60.0, 95.0))
        text = text_of(signed_in(scene.owner).get(reverse("assessments:table_detail", args=[pool.pk])))
        assert "本组人员分别按甲标准（第 1 版）、乙标准（第 1 版）测评" in text
        assert "优秀名额按全组人数计算，由会议评议" in text
        assert "不可比" not in text
        assert "以上 1 人为优秀名额数" not in text
        scene.decide(scene.hear("competent", "excellent"), "competent", "excellent")

    @pytest.mark.parametrize(("n_first", "n_sections"), [(4, 2), (5, 1)])
    def test_one_person_of_another_standard_is_enough(
        self, scene: Scene, n_first: int, n_sections: int
    ) -> None:
        pool = two_standards(scene, n_first, (99.0, 80.0, 70.0, 60.0, 50.0))
        page = page_of(scene, pool)
        assert (len(page.sections), bool(page.scales)) == (n_sections, n_sections == 2)
        chances = {one["chance"] for one in latest_table(pool).results["people"].values()}
        assert (chances == {None}) is (n_sections == 2)
        if n_sections == 2:
            assert (page.sections[1].rows[0].tier, page.sections[1].discordance) == (None, None)
        else:
            assert page.sections[0].cut == 1

    def test_whom_a_fact_bars_makes_no_second_scale(self, scene: Scene) -> None:
        pool = two_standards(scene, 4, (99.0, 80.0, 70.0, 60.0, 50.0))
        last = rows_of(pool)[4]
        state_facts(pool.register, [Stated(last.pk, "discipline", True, "结论")], by=scene.owner, at=AT)
        calculate_table(pool, Basis.FAIR, by=scene.owner, at=AT)
        page = page_of(scene, pool)
        assert (len(page.sections), page.scales, names(page.apart.rows)) == (1, "", [last.pk])
        assert page.sections[0].rows[0].figures["standing"] == "in"

    def test_a_tier_of_barred_people_leaves_no_gap(self, scene: Scene) -> None:
        pool = two_standards(scene, 5, (99.0, 80.0, 60.0, 40.0, 20.0))
        people = rows_of(pool)
        assert [row.tier for row in page_of(scene, pool).sections[0].rows] == [1, 2, 3, 4, 5]
        for place in (0, 2):
            state_facts(
                pool.register, [Stated(people[place].pk, "discipline", True, "结论")], by=scene.owner, at=AT
            )
        calculate_table(pool, Basis.FAIR, by=scene.owner, at=AT)
        page = page_of(scene, pool)
        assert names(page.sections[0].rows) == [people[1].pk, people[3].pk, people[4].pk]
        assert [row.tier for row in page.sections[0].rows] == [1, 2, 3]
        assert {row.tier for row in page.apart.rows} == {None}

    def test_one_standard_may_be_comparable_and_the_other_not(self, scene: Scene, signed_in: Any) -> None:
        pool = two_standards(scene, 3, (70.0, 99.0, 85.0, 60.0, 95.0), subsets=(1, 1, 1, 1, 2))
        page = page_of(scene, pool)
        assert [one.is_comparable for one in page.sections] == [True, False]
        assert {row.tier for row in page.sections[1].rows} == {None}
        text = text_of(signed_in(scene.owner).get(reverse("assessments:table_detail", args=[pool.pk])))
        assert "不可比：各单位之间没有共同的评价人" in text

    def test_who_has_no_standard_stands_last(self, scene: Scene) -> None:
        stranger = scene.add()
        stranger.person.category = SPECIALIST
        stranger.person.save()
        first, second = make_scheme(scene.root, name="甲标准"), make_scheme(scene.root, name="乙标准")
        register = scene.open()
        Evaluation.objects.update(pool=Evaluation.objects.get(placement=scene.placements[0]).pool)
        pool = Evaluation.objects.first().pool
        people = rows_of(pool)
        make_run(register, first, [(one, 80.0, 90.0) for one in people[:3]])
        make_run(register, second, [(one, 80.0, 90.0) for one in people[3:5]])
        calculate_table(pool, Basis.FAIR, by=scene.owner, at=AT)
        page = page_of(scene, pool)
        assert [(one.title, len(one.rows)) for one in page.sections] == [
            ("甲标准（第 1 版）", 3),
            ("乙标准（第 1 版）", 2),
            ("没有测评标准", 1),
        ]


class TestApart:
    def test_vetoes_then_gates_then_limits_and_what_each_means(self, scene: Scene, signed_in: Any) -> None:
        version = make_scheme(scene.root)
        stated = {"source": "conclusion", "effect": "lowest"}
        add_indicator(version, "fraud", kind=IndicatorKind.VETO, title="弄虚作假", **stated)
        register = scene.open()
        pool = register.pools.get()
        people = rows_of(pool)
        scores = (99.0, 98.0, 97.0, 96.0, 50.0)
        make_run(register, version, [(one, 80.0, score) for one, score in zip(people, scores, strict=True)])
        said = [
            Stated(people[1].pk, "politics", True, "结论1号"),
            Stated(people[2].pk, "fraud", True, "结论2号"),
            Stated(people[2].pk, "politics", True, "结论3号"),
            Stated(people[3].pk, "discipline", True, "结论4号"),
        ]
        state_facts(register, said, by=scene.owner, at=AT)
        scene.hear(*["excellent"] * 5)
        Evaluation.objects.filter(pk=people[0].pk).update(limits=["leave"])
        calculate_table(pool, Basis.FAIR, by=scene.owner, at=AT)
        page = page_of(scene, pool)
        assert names(page.apart.rows) == [people[2].pk, people[3].pk, people[1].pk, people[0].pk]
        assert [one.kind for one in page.apart.rows] == ["veto", "veto", "gate", "limit"]
        assert [one.proposed for one in page.apart.rows] == ["不称职", "称职", "称职", "不定等次"]
        assert [one.standing for one in page.apart.rows] == [
            "建议评为不称职（不合格）",
            "不得评为优秀",
            "不得评为优秀",
            "不写评语、不定等次",
        ]
        text = text_of(signed_in(scene.owner).get(reverse("assessments:table_detail", args=[pool.pk])))
        for words in (
            "未通过定性门槛",
            "等次限制",
            "一票否决：弄虚作假（结论2号）",
            "不定等次：病、事假累计超过规定期限",
        ):
            assert words in text

    def test_the_line_stands_after_as_many_people_as_may_have_a_place(self, scene: Scene) -> None:
        for _n in range(5):
            scene.add()
        version = make_scheme(scene.root)
        register = scene.open()
        pool = register.pools.get()
        people = rows_of(pool)
        scores = [99.0 - at for at in range(10)]
        make_run(register, version, [(one, 80.0, score) for one, score in zip(people, scores, strict=True)])
        calculate_table(pool, Basis.FAIR, by=scene.owner, at=AT)
        assert page_of(scene, pool).sections[0].cut == 2
        table = latest_table(pool)
        table.results["people"][str(people[0].pk)] |= {"is_eligible": False, "standing": "out"}
        table.save()
        assert page_of(scene, pool).sections[0].cut == 3
        table.inputs["places"] = 9
        table.save()
        assert page_of(scene, pool).sections[0].cut is None  # nine places for nine people: no line


def flag(kind: str, effect: float, **subject: int) -> dict[str, Any]:
    return {"kind": kind, "effect": effect, "statistic": 4.0, "limit": 3.0, "false_alarms": 0.05, **subject}


class TestFlags:
    def flagged(self, scene: Scene) -> Pool:
        version = make_scheme(scene.root)
        register = scene.open()
        pool = register.pools.get()
        people = rows_of(pool)
        run = make_run(register, version, [(one, 80.0, 85.0 + at) for at, one in enumerate(people)])
        candidates = [one.candidate_id for one in run.measures.order_by("candidate__placement")]
        run.results = {
            "flags": [
                flag("leaders_high", 12.34, candidate=candidates[0]),
                flag("straight", 61.0, candidate=candidates[0]),
                flag("leniency", 7.3, unit=scene.host.pk),
                flag("leniency", 9.0, unit=0),
                flag("halo", 2.0, rater="某成员"),
                flag("change", 5.0, candidate=0),
            ]
        }
        run.save()
        calculate_table(pool, Basis.FAIR, by=scene.owner, at=AT)
        return pool

    def test_people_and_units_with_effect_and_link(self, scene: Scene, signed_in: Any) -> None:
        pool = self.flagged(scene)
        page = page_of(scene, pool)
        [row] = [one for one in page.sections[0].rows if one.flags]
        assert row.evaluation.pk == rows_of(pool)[0].pk
        assert [(one.title, one.effect) for one in row.flags] == [
            ("领导评价高、群众评价低", "两者差距比一般多 12.3 分"),
            ("整张票同一档次偏多", "61% 的票从头到尾同一档次"),
        ]
        path = reverse("measurement:run_detail", args=[Run.objects.get().pk])
        assert {one.path for one in page.flags} == {path}
        hosts = {one.placement.host_unit.name for one in rows_of(pool)}
        [unit] = [one for one in page.flags if one.subject in hosts]
        assert (unit.title, unit.effect) == ("单位打分偏宽", "比一般单位宽 7.3 分")
        assert len(page.flags) == 3
        client = signed_in(scene.owner)
        source = client.get(reverse("assessments:table_detail", args=[pool.pk])).content.decode()
        assert "提示不改变任何得分" in source
        assert path in source
        assert client.get(path).status_code == 200

    def test_they_change_no_figure(self, scene: Scene) -> None:
        pool = self.flagged(scene)
        before = latest_table(pool).results
        run = Run.objects.get()
        run.results = {}
        run.save()
        assert not holding_of(pool).is_stale
        calculate_table(pool, Basis.PLAIN, by=scene.owner, at=AT)
        again = calculate_table(pool, Basis.FAIR, by=scene.owner, at=AT)
        assert again.results == before
        assert page_of(scene, pool).flags == []

    def test_only_for_readers_of_computations(self, scene: Scene) -> None:
        pool = self.flagged(scene)
        assert len(page_of(scene, pool, make_user(Role.LEADER, scene.root)).flags) == 3
        assert page_of(scene, pool, make_user(Role.LEADER, scene.home)).flags == []


def test_bands_in_words() -> None:
    assert band_words([60, 70, 90], [0.01, 0.04, 0.9, 0.05]) == (
        "90 分以上 0.05、70–90 分 0.90、60–70 分 0.04、60 分以下 0.01"
    )
