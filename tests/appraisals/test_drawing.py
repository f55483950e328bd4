"""Lists are locked and drawn from by a published seed; who falls out is followed by the next of the same order."""

import json
import runpy
from pathlib import Path

import pytest
from tests.appraisals.scene import AT, ON, Scene, make_standard

from secondment.algorithms.roster_draw import Frame, Rater, digest_of, drawn_order, protocol_of
from secondment.appraisals.blockers import (
    blockers_of_freeze,
    blockers_of_opening,
    draws_by_chance,
    paper_name,
)
from secondment.appraisals.choices import Standing
from secondment.appraisals.draws import current_digest, record_of
from secondment.appraisals.errors import AppraisalError, RosterError
from secondment.appraisals.models import Appraisal, BallotPaper, RosterChange, RosterEntry
from secondment.appraisals.raters import NewRater
from secondment.appraisals.services import (
    add_raters,
    change_paper,
    freeze_appraisal,
    replace_rater,
    void_appraisal,
)
from secondment.common.errors import NotAllowedError
from secondment.people.models import FamilyMember

VERIFIER = Path(__file__).parents[2] / "docs" / "algorithms" / "verify_draw.py"
SEED = "福彩2026341期 3 5 8"


def drawn(paper: BallotPaper) -> list[str]:
    rows = RosterEntry.objects.filter(paper=paper, standing=Standing.DRAWN).order_by("drawn_order")
    return [one.name for one in rows]


def paper(appraisal: Appraisal) -> BallotPaper:
    return appraisal.papers.get(group="colleagues")


def test_as_many_vote_as_are_wanted_in_the_order_of_the_draw(scene: Scene) -> None:
    appraisal = scene.frozen(scene.placement, n=18)
    rows = RosterEntry.objects.filter(paper=paper(appraisal)).order_by("drawn_order")
    assert [one.drawn_order for one in rows] == list(range(1, 19))
    assert [one.standing for one in rows] == [Standing.DRAWN] * 15 + [Standing.LISTED] * 3
    assert (appraisal.draw_seed, appraisal.frozen_by, appraisal.frozen_on) == (SEED, scene.owner, ON)
    assert appraisal.frame_digest == current_digest(appraisal)


def test_another_seed_draws_others_and_the_order_of_typing_does_not_matter() -> None:
    people = [Rater(f"甲{number}", "") for number in range(30)]
    frame, turned = Frame("p", 5, people), Frame("p", 5, people[::-1])
    assert digest_of([frame]) == digest_of([turned])
    digest = digest_of([frame])
    assert drawn_order(frame, digest, "1") == drawn_order(turned, digest, "1")
    assert drawn_order(frame, digest, "1") != drawn_order(frame, digest, "2")
    assert digest_of([Frame("p", 6, people)]) != digest
    assert digest_of([Frame("q", 5, people)]) != digest
    assert (
        Frame("p", 30, people).is_drawn,
        Frame("p", 29, people).is_drawn,
        Frame("p", None, people).is_drawn,
    ) == (
        False,
        True,
        False,
    )


def test_everybody_is_drawn_equally_often() -> None:
    people = [Rater(f"甲{number}", "") for number in range(4)]
    frame = Frame("p", 1, people)
    digest = digest_of([frame])
    first = [drawn_order(frame, digest, f"{seed}")[0] for seed in range(2000)]
    assert all(430 < first.count(one) < 570 for one in people)


def test_the_record_is_repeated_by_the_verifier(scene: Scene, tmp_path) -> None:
    appraisal = scene.frozen(n=18)
    faults = runpy.run_path(str(VERIFIER))["faults_of_rosters"]
    protocol = json.loads(record_of(appraisal))
    assert list(faults(protocol)) == []
    assert protocol["digest"] == appraisal.frame_digest
    protocol["papers"][0]["order"][:2] = protocol["papers"][0]["order"][:2][::-1]
    assert len(list(faults(protocol))) == 1
    protocol = json.loads(record_of(appraisal))
    protocol["papers"][0]["people"].pop()
    assert "the lists do not match their digest" in list(faults(protocol))
    protocol = json.loads(record_of(appraisal))
    protocol["papers"][0]["n_drawn"] += 1
    assert len(list(faults(protocol))) == 1


def test_the_verifier_is_called_with_a_record_of_lists(scene: Scene, tmp_path, capsys) -> None:
    path = tmp_path / "draw.json"
    path.write_bytes(record_of(scene.frozen(scene.placement, n=18)))
    main = runpy.run_path(str(VERIFIER))["main"]
    assert main([str(path)]) == 0
    assert "repeated alike" in capsys.readouterr().out
    path.write_text(path.read_text().replace(SEED, "another"))
    assert main([str(path)]) == 1


def test_the_record_stays_the_same_after_changes(scene: Scene) -> None:
    appraisal = scene.frozen(scene.placement, n=18)
    before = record_of(appraisal)
    entry = paper(appraisal).roster.filter(standing=Standing.DRAWN).first()
    replace_rater(entry, reason="调离", by=scene.owner, on=ON, at=AT)
    assert record_of(appraisal) == before


def test_who_falls_out_is_followed_by_the_next(scene: Scene) -> None:
    appraisal = scene.frozen(scene.placement, n=17)
    one = paper(appraisal)
    order = [row.name for row in RosterEntry.objects.filter(paper=one).order_by("drawn_order")]
    first, reserve = (
        RosterEntry.objects.get(paper=one, name=order[0]),
        RosterEntry.objects.get(paper=one, name=order[15]),
    )
    change = replace_rater(first, reason=" 调离 ", by=scene.owner, on=ON, at=AT)
    assert (change.left, change.joined, change.reason) == (first, reserve, "调离")
    assert drawn(one) == [*order[1:16]]
    reserve.refresh_from_db()
    assert reserve.reason == f"递补{first.name}"
    with pytest.raises(RosterError, match="已经退出"):
        replace_rater(first, reason="再次", by=scene.owner, on=ON, at=AT)


def test_who_waits_in_reserve_leaves_without_a_follower(scene: Scene) -> None:
    appraisal = scene.frozen(scene.placement, n=17)
    one = paper(appraisal)
    reserve = RosterEntry.objects.get(paper=one, drawn_order=16)
    assert replace_rater(reserve, reason="长期病假", by=scene.owner, on=ON, at=AT).joined is None
    first = RosterEntry.objects.get(paper=one, drawn_order=1)
    change = replace_rater(first, reason="调离", by=scene.owner, on=ON, at=AT)
    assert change.joined is not None
    assert change.joined.drawn_order == 17


def test_with_nobody_in_reserve_one_fewer_votes(scene: Scene) -> None:
    appraisal = scene.frozen(scene.placement, n=6)
    first = paper(appraisal).roster.first()
    change = replace_rater(first, reason="调离", by=scene.owner, on=ON, at=AT)
    assert str(change) == f"{first.name} → —"
    assert len(drawn(paper(appraisal))) == 5
    assert RosterChange.objects.count() == 1


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_change_needs_a_reason(scene: Scene, reason: str) -> None:
    appraisal = scene.frozen(scene.placement)
    with pytest.raises(RosterError, match="请写明退出参评的理由"):
        replace_rater(paper(appraisal).roster.first(), reason=reason, by=scene.owner, on=ON, at=AT)


def test_nobody_is_replaced_before_or_by_others(scene: Scene) -> None:
    appraisal = scene.with_rosters(scene.placement)
    entry = paper(appraisal).roster.first()
    with pytest.raises(AppraisalError, match="当前为“筹备中”"):
        replace_rater(entry, reason="调离", by=scene.owner, on=ON, at=AT)
    scene.freeze(appraisal)
    with pytest.raises(NotAllowedError):
        replace_rater(entry, reason="调离", by=scene.stranger, on=ON, at=AT)


def test_a_seed_is_needed_where_chance_decides(scene: Scene) -> None:
    appraisal = scene.with_rosters(scene.placement, n=15)
    assert draws_by_chance(appraisal)
    appraisal.papers.exclude(group="home").update(n_wanted=None)
    appraisal.papers.filter(group="home").update(n_wanted=15)
    assert not draws_by_chance(appraisal)
    scene.freeze(appraisal, seed=" ")
    assert Appraisal.objects.get(pk=appraisal.pk).draw_seed == ""


def test_without_a_seed_nothing_is_drawn(scene: Scene) -> None:
    appraisal = scene.with_rosters(scene.placement, n=16)
    with pytest.raises(AppraisalError, match="请填写公布的种子") as refused:
        scene.freeze(appraisal, seed=" ")
    assert refused.value.field == "seed"


def test_lists_that_changed_since_the_digest_was_published_are_not_locked(scene: Scene) -> None:
    appraisal = scene.with_rosters(scene.placement)
    digest = current_digest(appraisal)
    add_raters(paper(appraisal), [NewRater("后来的")], by=scene.owner, at=AT)
    with pytest.raises(AppraisalError, match="页面打开后名单有变动"):
        freeze_appraisal(appraisal, seed=SEED, digest=digest, by=scene.owner, on=ON, at=AT)


def words_of(appraisal: Appraisal, scene: Scene) -> list[str]:
    return [one.words for one in blockers_of_freeze(appraisal, scene.owner)]


def test_what_blocks_stands_with_its_cure(scene: Scene) -> None:
    appraisal = scene.appraisal()
    assert words_of(appraisal, scene) == ["还没有测评对象。"]
    void_appraisal(appraisal, reason="重来", by=scene.owner, at=AT)
    appraisal, _made = scene.with_candidates()
    assert len(words_of(appraisal, scene)) == 4
    assert "没有“领导”票" in words_of(appraisal, scene)[0]
    with pytest.raises(AppraisalError, match="没有“领导”票") as refused:
        scene.freeze(appraisal)
    assert len(refused.value.reasons) == 4
    assert refused.value.way


def test_empty_lists_and_papers_without_anybody_block(scene: Scene) -> None:
    appraisal = scene.with_papers(scene.placement)
    (words,) = words_of(appraisal, scene)
    assert words.startswith("4 份名单是空的：示例村 · ")
    assert words.endswith("。请填写、从 Excel 导入，或请单位报送。")
    last, *others = appraisal.papers.all()
    for one in others:
        scene.fill(one, 5)
    assert words_of(appraisal, scene) == [f"{paper_name(last)}：名单是空的。请填写，或请单位报送。"]
    scene.fill(last, 5)
    assert words_of(appraisal, scene) == []
    extra = BallotPaper.objects.create(appraisal=appraisal, group="leaders", unit=scene.township)
    scene.fill(extra, 5)
    assert words_of(appraisal, scene) == ["示例镇 · 领导：没有测评对象。请补上，或删除这种票。"]


def test_of_many_empty_lists_some_are_named(scene: Scene) -> None:
    appraisal = scene.with_papers()
    n = appraisal.papers.count()
    assert n > 5
    (words,) = words_of(appraisal, scene)
    assert words.startswith(f"{n} 份名单是空的：")
    assert words.count(" · ") == 5
    assert "等。请填写" in words


def test_many_without_a_paper_are_counted(scene: Scene) -> None:
    from secondment.appraisals.blockers import _some

    assert _some(["甲"] * 5).count("甲") == 5
    assert _some(["甲"] * 6).endswith("等6人")


def test_a_candidate_who_came_onto_the_paper_later_blocks(scene: Scene) -> None:
    appraisal = scene.with_rosters(scene.placement, scene.other)
    first, second = appraisal.candidates.order_by("pk")
    one = appraisal.papers.get(group="colleagues", unit=scene.village)
    person = second.placement.person
    FamilyMember.objects.create(person=person, position=1, title="妻", name="赵六", kinship="spouse")
    add_raters(one, [NewRater("赵六")], by=scene.owner, at=AT)
    assert words_of(appraisal, scene) == []
    change_paper(one, [first, second], n_wanted=15, by=scene.owner, at=AT)
    (words,) = words_of(appraisal, scene)
    assert words.startswith("示例村 · 同事：“赵六”")
    one.roster.filter(name="赵六").update(is_namesake=True)
    assert words_of(appraisal, scene) == []


def test_masses_need_items_of_their_own(scene: Scene) -> None:
    appraisal = scene.with_rosters(scene.placement)
    scene.standard.indicators.update(for_masses=False)
    (words,) = words_of(appraisal, scene)
    assert "没有列入群众票的指标" in words


@pytest.mark.parametrize(("days", "blocks"), [(-1, False), (0, False), (1, True)])
def test_a_vote_is_not_opened_after_its_last_day(scene: Scene, days: int, blocks: bool) -> None:
    import datetime as dt

    appraisal = scene.frozen(scene.placement)
    found = blockers_of_opening(appraisal, appraisal.closes_on + dt.timedelta(days=days))
    assert bool(found) is blocks


@pytest.mark.parametrize(("days", "blocks"), [(-1, True), (0, False), (1, False)])
def test_a_vote_is_not_opened_before_its_day(scene: Scene, days: int, blocks: bool) -> None:
    import datetime as dt

    appraisal = scene.frozen(scene.placement)
    found = blockers_of_opening(appraisal, appraisal.held_on + dt.timedelta(days=days))
    assert ["测评日期是2026-12-20，当天才能开始投票" in one.words for one in found] == [True] * blocks


def test_protocol_names_everything_that_is_needed() -> None:
    frame = Frame("p", 1, [Rater("乙", ""), Rater("甲", "干部")])
    protocol = protocol_of([frame], "7")
    assert protocol["papers"][0]["people"] == [["乙", ""], ["甲", "干部"]]
    assert protocol["papers"][0]["n_drawn"] == 1
    assert set(map(tuple, protocol["papers"][0]["order"])) == {("乙", ""), ("甲", "干部")}


def test_only_the_nearest_standard_is_used(scene: Scene) -> None:
    make_standard(scene.root, scene.owner, name="市级标准")
    _appraisal, made = scene.with_candidates(scene.placement)
    assert made[0].standard == scene.standard
