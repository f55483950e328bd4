"""Findings are signed by a person, rest on facts that are there, and stand until they are corrected or taken back."""

import datetime as dt
from collections.abc import Iterable

import pytest
from tests.findings.scene import AT, DAY, ON, Scene, cited, new, talk, written
from tests.makers import make_user

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError
from secondment.findings import ports
from secondment.findings.errors import FindingError, ReplacedError, WithoutFactError, YearDecidedError
from secondment.findings.models import Citation, Finding
from secondment.findings.ports import SettledYear
from secondment.findings.services import withdraw_finding, write_finding
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.talks.services import withdraw_talk


def settle(monkeypatch: pytest.MonkeyPatch, *, is_in_force: bool = False, year: int = 2026) -> None:
    def ask(keys: Iterable[int]) -> list[SettledYear]:
        return [SettledYear(key, year, is_in_force) for key in keys]

    monkeypatch.setattr(ports, "SETTLED_YEARS", [ask])


def test_a_finding_keeps_label_day_and_digest_of_its_facts(scene: Scene) -> None:
    one, other = talk(scene), talk(scene, dt.date(2026, 3, 1))
    finding = written(scene, one, contrary=cited(other), contrary_words="上半年谈话少。")
    rows = list(finding.citations.values_list("number", "is_contrary", "kind", "key", "on"))
    assert rows == [
        (1, False, "talk", f"{one.pk}", DAY),
        (2, True, "talk", f"{other.pk}", dt.date(2026, 3, 1)),
    ]
    assert [str(row.label) for row in finding.citations.all()] == ["示例镇日常谈心", "示例镇日常谈心"]
    assert all(len(row.digest) == 64 for row in finding.citations.all())
    assert (finding.source, finding.written_by, finding.state) == ("account", scene.host, "standing")
    event = AuditEvent.objects.get(action="findings.write")
    assert event.details == {"side": "host", "n": 2}


def test_no_finding_without_a_fact(scene: Scene) -> None:
    with pytest.raises(WithoutFactError, match="请至少勾选一项") as refusal:
        write_finding(new(scene), by=scene.host, on=ON, at=AT)
    assert refusal.value.field == "facts"
    assert not Finding.objects.exists()


def test_a_fact_against_it_does_not_carry_a_finding(scene: Scene) -> None:
    with pytest.raises(WithoutFactError, match="请至少勾选一项"):
        write_finding(new(scene, contrary=cited(talk(scene))), by=scene.host, on=ON, at=AT)


def test_a_fact_is_for_or_against(scene: Scene) -> None:
    one = talk(scene)
    with pytest.raises(WithoutFactError, match="既作依据又作相反情况"):
        written(scene, one, contrary=cited(one))


def test_a_fact_ticked_twice_is_cited_once(scene: Scene) -> None:
    one = talk(scene)
    finding = written(scene, one, one)
    assert list(finding.citations.values_list("number", "is_contrary")) == [(1, False)]


def test_a_fact_that_is_gone_is_refused_with_how_many(scene: Scene) -> None:
    one, other = talk(scene), talk(scene)
    withdraw_talk(other, words="登记错误", by=scene.host, on=ON, at=AT)
    with pytest.raises(WithoutFactError, match="有1项"):
        written(scene, one, other)


def test_facts_of_the_next_year_or_of_tomorrow_are_not_cited(scene: Scene) -> None:
    this_year = talk(scene)
    scene.talk(held_on=ON)  # of today
    later = dt.date(2027, 1, 1)
    january = scene.talk(held_on=later, on=later)
    new_year = new(scene, this_year, january)
    with pytest.raises(WithoutFactError, match="有1项"):
        write_finding(new_year, by=scene.host, on=dt.date(2027, 1, 20), at=AT)
    values = {"year": 2027, "signed_on": later}
    kept = write_finding(new(scene, this_year, january, **values), by=scene.host, on=later, at=AT)
    assert kept.citations.count() == 2


@pytest.mark.parametrize(("n", "is_kept"), [(20, True), (21, False)])
def test_twenty_facts_at_most(scene: Scene, n: int, is_kept: bool) -> None:
    talks = [talk(scene) for _at in range(n)]
    if is_kept:
        assert written(scene, *talks).citations.count() == 20
    else:
        with pytest.raises(WithoutFactError, match="最多勾选20项"):
            written(scene, *talks)


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"text": " "}, "text", "请填写评语"),
        ({"text": "长" * 301}, "text", "不超过300字"),
        ({"contrary_words": "长" * 301}, "contrary_words", "不超过300字"),
        ({"signer": " "}, "signer", "请填写署名人"),
        ({"signed_on": ON + dt.timedelta(days=1)}, "signed_on", "今天以前"),
        ({"signed_on": dt.date(2026, 1, 4)}, "signed_on", "报到以后"),
        ({"year": 2025}, "", "2025年不在本人挂职期内"),
        ({"year": 2027}, "", "2027年不在本人挂职期内"),
    ],
)
def test_what_is_missing_or_too_long_is_named(scene: Scene, fields: dict, field: str, words: str) -> None:
    one = talk(scene)
    with pytest.raises(FindingError, match=words) as refusal:
        written(scene, one, **fields)
    assert refusal.value.field == field


def test_three_hundred_characters_and_the_first_and_last_day_are_fine(scene: Scene) -> None:
    one = talk(scene)
    written(scene, one, text="长" * 300, contrary_words="长" * 300, signed_on=dt.date(2026, 1, 5))
    assert written(scene, one, signed_on=ON).text


def test_the_same_again_is_there_once(scene: Scene) -> None:
    one, other = talk(scene), talk(scene)
    first = written(scene, one)
    assert written(scene, one) == first
    assert written(scene, one, other) != first
    assert Finding.objects.count() == 2


def test_who_writes_for_which_side(scene: Scene) -> None:
    one = talk(scene)
    assert written(scene, one, by=scene.home_clerk, side="home").source == "account"
    assert written(scene, one, by=scene.owner, side="department").source == "account"
    assert written(scene, one, by=scene.owner, side="host", signer="李示例").source == "paper"
    strangers = (scene.leader, scene.person, scene.other_host, scene.local)
    for user, side in [
        (scene.host, "home"),
        (scene.home_clerk, "host"),
        *((one, "host") for one in strangers),
    ]:
        with pytest.raises(NotAllowedError):
            written(scene, one, by=user, side=side)


def test_nobody_writes_about_themselves(scene: Scene) -> None:
    one = talk(scene)
    scene.placement.person.account = scene.host
    scene.placement.person.save()
    with pytest.raises(NotAllowedError):
        written(scene, one)


def test_nobody_writes_before_the_report_for_duty(scene: Scene) -> None:
    one = talk(scene)
    Placement.objects.filter(pk=scene.placement.pk).update(state=PlacementState.APPOINTED)
    with pytest.raises(NotAllowedError):
        written(scene, one)


def test_a_correction_replaces_and_keeps(scene: Scene) -> None:
    one, other = talk(scene), talk(scene)
    first = written(scene, one)
    second = write_finding(
        new(scene, other, text="更正后的评语。"), by=scene.host, on=ON, at=AT, corrects=first
    )
    first.refresh_from_db()
    assert (first.state, second.replaces, second.state) == ("replaced", first, "standing")
    assert list(Citation.objects.values_list("finding", "key")) == [
        (first.pk, f"{one.pk}"),
        (second.pk, f"{other.pk}"),
    ]
    assert AuditEvent.objects.filter(action="findings.correct").count() == 1
    with pytest.raises(ReplacedError, match="已被更正或撤回"):
        write_finding(new(scene, other), by=scene.host, on=ON, at=AT, corrects=first)


def test_taking_back_needs_a_reason_and_happens_once(scene: Scene) -> None:
    finding = written(scene)
    with pytest.raises(FindingError, match="请写明撤回理由"):
        withdraw_finding(finding, " ", by=scene.host, at=AT)
    with pytest.raises(NotAllowedError):
        withdraw_finding(finding, "写错人", by=scene.home_clerk, at=AT)
    assert withdraw_finding(finding, "写错人", by=scene.host, at=AT).withdrawn_words == "写错人"
    with pytest.raises(ReplacedError):
        withdraw_finding(finding, "写错人", by=scene.host, at=AT)
    assert AuditEvent.objects.filter(action="findings.withdraw").count() == 1


def test_a_year_that_is_decided_on_is_closed(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    one = talk(scene)
    finding = written(scene, one)
    settle(monkeypatch)
    with pytest.raises(YearDecidedError, match="2026年度的等次已登记决定"):
        written(scene, one, text="再补一条。")
    with pytest.raises(YearDecidedError):
        withdraw_finding(finding, "写错", by=scene.host, at=AT)
    settle(monkeypatch, year=2025)
    assert written(scene, one, text="再补一条。").pk


def test_the_department_of_the_county_reads_and_does_not_write(scene: Scene) -> None:
    stranger = make_user(Role.HOST_UNIT)
    with pytest.raises(NotAllowedError):
        written(scene, talk(scene), by=stranger)
