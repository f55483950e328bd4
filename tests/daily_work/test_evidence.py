"""Daily work offers what reports and notices say, support, and that urgent matters were told, to who may know."""

import datetime as dt
from typing import Any

from tests.daily_work.scene import AT, SEPTEMBER, Scene, make_scene
from tests.makers import make_user
from tests.placements.evidence import n_queries, offered, told

from secondment.accounts.choices import Role
from secondment.daily_work.models import HomeNotice, HostReport, SupportItem, UrgentMatter, UrgentOffice
from secondment.placements.evidence import facts_of

QUARTER = {"starts_on": dt.date(2026, 7, 1), "ends_on": SEPTEMBER}
YEAR = (dt.date(2026, 1, 1), dt.date(2027, 1, 1))


def report(scene: Scene, at: int = 0, **fields: Any) -> HostReport:
    by = fields.pop("by", None) or make_user()
    return HostReport.objects.create(
        placement=scene.people[at], handed_in_by=by, handed_in_at=AT, **{**QUARTER, **fields}
    )


def test_each_part_of_a_report_is_a_fact(db: None) -> None:
    scene = make_scene()
    report(scene, work="修通水渠", life="住村", is_current=True)
    report(scene, has_no_news=True, is_current=False)
    found = offered("report", scene.people[0])
    assert [(one.key, f"{one.on}", str(one.label), one.content) for one in found] == [
        ("2026-09-30:life", "2026-09-30", "2026年第3季度情况报告：生活", "住村"),
        ("2026-09-30:work", "2026-09-30", "2026年第3季度情况报告：工作", "修通水渠"),
    ]


def test_a_correction_is_the_same_fact_changed(db: None) -> None:
    scene = make_scene()
    first = report(scene, work="修通水渠")
    before = offered("report", scene.people[0])[0]
    HostReport.objects.filter(pk=first.pk).update(is_current=False)
    report(scene, work="水渠过半", replaces=first)
    after = offered("report", scene.people[0])[0]
    assert after.name == before.name
    assert after.digest != before.digest


def test_a_report_handed_in_early_counts_from_that_day(db: None) -> None:
    scene = make_scene()
    early = dt.datetime(2026, 9, 20, 2, tzinfo=dt.UTC)
    row = report(scene, work="修通水渠")
    HostReport.objects.filter(pk=row.pk).update(handed_in_at=early)
    assert [one.on for one in offered("report", scene.people[0])] == [dt.date(2026, 9, 20)]


def test_the_secondee_does_not_cite_what_is_reported_about_them(db: None) -> None:
    scene = make_scene()
    clerk = scene.host_clerk()
    report(scene, work="修通水渠")
    placement = scene.people[0]
    assert "report" in {one.kind for one in facts_of(clerk, placement, *YEAR)}
    placement.person.account = clerk
    placement.person.save()
    assert "report" not in {one.kind for one in facts_of(clerk, placement, *YEAR)}


def test_notices_support_and_their_outcome(db: None) -> None:
    scene = make_scene()
    placement = scene.people[0]
    HomeNotice.objects.create(
        placement=placement, handed_in_by=make_user(), handed_in_at=AT, logistics="体检", **QUARTER
    )
    SupportItem.objects.create(
        placement=placement,
        report=report(scene, support_wanted="农技专家"),
        wanted="农技专家",
        owner=scene.home,
        owner_role=Role.HOME_UNIT,
        asked_on=dt.date(2026, 10, 8),
        due_on=dt.date(2026, 11, 7),
        state="helped",
    )
    assert told("notice", placement) == [("2026-10-08", "派出单位告知单：后勤保障")]
    assert told("support", placement) == [("2026-10-08", "需支持事项（示例厅办理）：已帮到")]
    SupportItem.objects.update(state="withdrawn")
    assert told("support", placement) == []


def test_an_urgent_matter_is_known_to_who_told_it_or_was_told(db: None) -> None:
    scene = make_scene()
    placement, teller = scene.people[0], make_user()
    matter = UrgentMatter(placement=placement, kind="illness", reported_by=teller, reported_at=AT, due_at=AT)
    matter.set_line("住院")
    matter.save()
    UrgentOffice.objects.create(matter=matter, unit=scene.home, role=Role.HOME_UNIT, told_at=AT)
    (fact,) = offered("urgent", placement)
    assert (str(fact.label), fact.content) == ("报告重要情况：疾病", "")
    assert fact.may_read(teller)
    assert fact.may_read(scene.home_clerk())
    assert not fact.may_read(scene.host_clerk())
    assert "urgent" in {one.kind for one in facts_of(scene.home_clerk(), placement, *YEAR)}
    assert "urgent" not in {one.kind for one in facts_of(scene.host_clerk(), placement, *YEAR)}


def test_as_many_queries_for_one_as_for_many(db: None) -> None:
    scene = make_scene(3)
    for at in range(3):
        report(scene, at, work="修通水渠")
    for kind, n in (("report", 1), ("notice", 1), ("support", 1), ("urgent", 1)):
        assert n_queries(kind, scene.people[0]) == n_queries(kind, *scene.people) == n
