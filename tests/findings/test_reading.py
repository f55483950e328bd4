"""Who reads findings, what has become of their facts, and how many queries that takes."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.findings.scene import AT, ON, Scene, cited, talk, written
from tests.findings.test_writing import settle
from tests.makers import make_user

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.findings.choices import CitationState
from secondment.findings.models import Citation, Finding
from secondment.findings.queries import visible_to, with_names, year_counts
from secondment.findings.reading import findings_of, read
from secondment.findings.services import withdraw_finding
from secondment.findings.view_models import year_report
from secondment.placements.evidence import EVIDENCE, EvidenceKind, add_evidence, facts_of, reads
from secondment.talks.models import Talk
from secondment.talks.services import withdraw_talk


def texts(user: User) -> set[str]:
    return set(visible_to(user).values_list("side", flat=True))


def all_sides(scene: Scene) -> Talk:
    one = talk(scene)
    written(scene, one)
    written(scene, one, by=scene.home_clerk, side="home")
    written(scene, one, by=scene.owner, side="department")
    return one


def test_each_reader_sees_what_concerns_them(scene: Scene) -> None:
    all_sides(scene)
    for user in (scene.owner, scene.local, scene.leader):
        assert texts(user) == {"host", "home", "department"}
    for user in (scene.host, scene.home_clerk):
        assert texts(user) == {"host", "home"}
    for user in (scene.person, scene.other_host, make_user(Role.INSPECTOR, scene.root), make_user()):
        assert texts(user) == set()


def test_the_secondee_reads_once_the_grade_is_in_force(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    one = all_sides(scene)
    written(scene, one, theme="use", text="可任乡镇班子成员。")
    taken = written(scene, one, text="写错了。")
    withdraw_finding(taken, "写错", by=scene.host, at=AT)
    settle(monkeypatch, is_in_force=False)
    assert texts(scene.person) == set()
    settle(monkeypatch, is_in_force=True, year=2025)
    assert texts(scene.person) == set()
    settle(monkeypatch, is_in_force=True)
    assert texts(scene.person) == {"host", "home", "department"}
    assert not visible_to(scene.person).filter(theme="use").exists()
    assert not visible_to(scene.person).filter(state="withdrawn").exists()


def test_nobody_reads_about_themselves_as_a_clerk(scene: Scene) -> None:
    written(scene)
    scene.placement.person.account = scene.host
    scene.placement.person.save()
    assert texts(scene.host) == set()


def test_a_fact_that_changed_or_is_gone_is_said(scene: Scene) -> None:
    same, changed, gone = talk(scene), talk(scene), talk(scene)
    written(scene, same, changed, gone)
    Talk.objects.filter(pk=changed.pk).update(held_on=dt.date(2026, 10, 21))
    withdraw_talk(gone, words="登记错误", by=scene.host, on=ON, at=AT)
    found = read(list(with_names(Finding.objects.all())), ON)[0]
    assert [one.state for one in found.facts] == [
        CitationState.SAME,
        CitationState.CHANGED,
        CitationState.GONE,
    ]
    assert found.n_changed == 2
    assert [str(one.citation.label) for one in found.facts] == ["示例镇日常谈心"] * 3
    assert [one.kind_label for one in found.facts] == ["谈话"] * 3


def test_a_kind_that_no_room_offers_any_more_is_gone(scene: Scene) -> None:
    written(scene)
    Citation.objects.update(kind="diary")
    found = read(list(with_names(Finding.objects.all())), ON, scene.host)[0].facts[0]
    assert (found.state, found.kind_label, found.is_read) == (CitationState.GONE, "diary", False)


def test_a_fact_is_withheld_from_who_may_not_read_it(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    one = talk(scene)
    written(scene, one)
    kind = EVIDENCE["talk"]
    narrow = EvidenceKind("talk", kind.label, kind.facts, lambda user, _placement: user == scene.host)
    monkeypatch.setitem(EVIDENCE, "talk", narrow)
    rows = list(with_names(Finding.objects.all()))
    assert read(rows, ON, scene.host)[0].facts[0].is_read
    assert not read(rows, ON, scene.home_clerk)[0].facts[0].is_read
    assert read(rows, ON)[0].facts[0].is_read
    assert not reads(scene.home_clerk, scene.placement, "talk", None)
    assert reads(scene.host, scene.placement, "talk", None)
    offered = facts_of(scene.home_clerk, scene.placement, dt.date(2026, 1, 1), ON)
    assert {fact.kind for fact in offered} == {"presence"}


def test_facts_of_one_year_are_numbered_through(scene: Scene) -> None:
    late, early = talk(scene, dt.date(2026, 10, 1)), talk(scene, dt.date(2026, 2, 1))
    written(scene, late, contrary=cited(early))
    written(scene, early, by=scene.home_clerk, side="home")
    report = year_report(scene.host, scene.placement, 2026, ON)
    assert [(one.number, one.cited.citation.on) for one in report.facts] == [
        (1, dt.date(2026, 2, 1)),
        (2, dt.date(2026, 10, 1)),
    ]
    host, home = report.columns
    assert (host.lines[0].numbers, host.lines[0].contrary_numbers) == ("2", "1")
    assert (home.lines[0].numbers, home.lines[0].contrary_numbers) == ("1", "")
    assert (host.may_write, home.may_write, host.lines[0].may_change, home.lines[0].may_change) == (
        True,
        False,
        True,
        False,
    )
    assert [one.side for one in year_report(scene.owner, scene.placement, 2026, ON).columns] == [
        "host",
        "home",
        "department",
    ]


def test_counts_of_a_year(scene: Scene) -> None:
    one = all_sides(scene)
    written(scene, one, text="第二条。")
    assert year_counts(scene.owner, scene.placement) == {2026: (2, 1, 1)}
    assert year_counts(scene.host, scene.placement) == {2026: (2, 1, 0)}


def test_as_many_queries_for_one_as_for_many(scene: Scene) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            found = findings_of([scene.placement, scene.other], 2026, ON)
        assert found[scene.placement.pk]
        return len(queries)

    written(scene)
    few = asked()
    for at in range(4):
        written(scene, talk(scene), talk(scene), text=f"第{at}条。")
    other = scene.talk(by=scene.other_host, unit=scene.other.host_unit, placements=[scene.other])
    written(scene, other, by=scene.owner, side="department", placement=scene.other)
    assert asked() == few == 3


def test_nothing_asked_of_nobody(scene: Scene, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        assert findings_of([scene.placement], 2026, ON) == {}


def test_two_kinds_cannot_share_a_name() -> None:
    with pytest.raises(ValueError, match="talk"):
        add_evidence(EvidenceKind("talk", EVIDENCE["talk"].label, EVIDENCE["talk"].facts))
