"""Cells of the list of pairs: what they say, and hostile names are text."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from secondment.campaigns.parameters import WEIGHT_LABELS
from secondment.matching.cells import alternatives_cell, host_cell, person_cell, score_cell
from secondment.matching.models import ProposalPair

HOSTILE = "\"'><script>alert(1)</script>&amp;"
ESCAPED = "&quot;&#x27;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;"


def pair(**fields: Any) -> ProposalPair:
    return cast("ProposalPair", SimpleNamespace(**fields))


def proposed(report: dict[str, Any]) -> SimpleNamespace:
    return SimpleNamespace(run=SimpleNamespace(report=report))


def planned(region: object) -> ProposalPair:
    post = SimpleNamespace(host_unit=HOSTILE, region=region)
    return pair(campaign_post=SimpleNamespace(post=post))


def test_host_with_and_without_a_place() -> None:
    assert host_cell(planned(None)) == ESCAPED
    place = SimpleNamespace(full_name=HOSTILE)
    assert host_cell(planned(place)) == f'{ESCAPED}<br><span class="text-soft">{ESCAPED}</span>'


def test_person_can_be_picked_and_leads_to_the_reasons() -> None:
    nomination = SimpleNamespace(person=SimpleNamespace(name=HOSTILE))
    cell = person_cell(
        pair(nomination=nomination, proposal_id=1, pk=2345, nomination_id=3456, campaign_post_id=4)
    )
    assert f'aria-label="移动{ESCAPED}"' in cell
    link = '<a class="row-title person-chip" href="/matching/proposals/1/pairs/2345/" data-person="3456" data-post="4">'
    assert cell.endswith(f"{link}{ESCAPED}</a></span>")
    assert "<script" not in cell


def test_fit_as_bar_figure_and_parts() -> None:
    first, *others = WEIGHT_LABELS
    unjudged = dict.fromkeys(others)
    proposal = proposed(report={})
    cell = score_cell(pair(score=0.70456, components={first: 0.5, **unjudged}, proposal=proposal))
    assert '<progress max="1" value="0.7046"></progress><span class="progress-figure">70.46</span>' in cell
    assert f"<dl><div><dt>{WEIGHT_LABELS[first]}</dt><dd>50.00</dd></div>" in cell
    assert cell.count("<dd>—</dd>") == len(others)


def test_what_could_not_be_judged_is_shown_at_its_neutral_value() -> None:
    first, second, *_others = WEIGHT_LABELS
    report = {"components": {first: {"neutral": 0.25}, second: {"neutral": None}}}
    cell = score_cell(
        pair(score=0.5, components={first: None, second: None}, proposal=proposed(report=report))
    )
    assert f"<dl><div><dt>{WEIGHT_LABELS[first]}</dt><dd>25.00（中性值）</dd></div>" in cell
    assert f"<div><dt>{WEIGHT_LABELS[second]}</dt><dd>—</dd></div>" in cell


@pytest.mark.parametrize(
    ("price", "words"),
    [
        ({"loss": None, "n_places": 0}, "匹配度 61.20"),
        ({"loss": 0.5, "n_places": 1}, "少填补 1 岗"),
        ({"loss": 0.5, "n_places": 0}, "−50.00"),
        ({"loss": 0.0, "n_places": 0}, "0.00"),
    ],
)
def test_next_candidates_with_what_they_cost(price: dict[str, Any], words: str) -> None:
    cell = alternatives_cell(pair(alternatives=[{"name": HOSTILE, "score": 0.612, **price}]))
    assert cell == f'<span class="next-person">{ESCAPED} <span class="text-soft">{words}</span></span>'


def test_nobody_else() -> None:
    assert alternatives_cell(pair(alternatives=[])) == '<span class="text-soft">无</span>'
