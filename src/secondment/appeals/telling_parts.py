"""What a result rests on besides the votes, in plain words: each value with its rule and backing, gates apart, and the sum."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from secondment.appeals.composites import Working
from secondment.appeals.points import points
from secondment.assessments.composite.choices import VOTES, Backing, Basis
from secondment.assessments.composite.forms import NO, YES, answers_of
from secondment.common.sentences import listed
from secondment.standards.view_models import points_words


@dataclass(frozen=True)
class PartLine:
    """One part of the composite: what it is, how it scored, and what it adds."""

    title: str
    value: str
    rule: str
    backing: str
    score: str
    error: str
    weight: str
    adds: str


@dataclass(frozen=True)
class GateLine:
    """One gate or veto, and what was stated about it."""

    title: str
    kind: str
    answer: str
    effect: str
    basis: str
    is_adverse: bool
    is_stated: bool


def part_lines(working: Working) -> list[PartLine]:
    """Votes first, then every value that the standard asks for; one that is not known says so."""
    of_code = {one.code: one for one in working.scheme.quantitative}
    return [_part_line(working, part, of_code.get(part["code"])) for part in working.parts]


def gate_lines(working: Working) -> list[GateLine]:
    """Everything that stands before the score."""
    found = []
    for one in working.scheme.stated:
        is_adverse, basis = working.facts.get(one.code, (None, ""))
        answer = _("未认定") if is_adverse is None else answers_of(one.kind)[YES if is_adverse else NO]
        effect = one.get_effect_display() if is_adverse else ""
        kind = one.get_kind_display()
        is_stated = is_adverse is not None
        found.append(
            GateLine(one.title, kind, answer, effect, basis, is_adverse=bool(is_adverse), is_stated=is_stated)
        )
    return found


def sentences(working: Working) -> list[str]:
    """The composite, how sure it is, what it would be without adjustment, what is missing, and what stands apart."""
    told = (_made(working), _sure(working), _missing(working), _apart(working))
    return [one for one in told if one]


def _made(working: Working) -> str:
    if working.score is None:
        return _("已取得的部分不足标准权重的六成，不计算综合得分。")
    shares = listed(
        f"{_title(part)} {points(part['share'])}%" for part in working.parts if part["share"] is not None
    )
    words = _("综合得分由%(parts)s合成，得 %(score)s 分。")
    return words % {"parts": shares, "score": points(working.score)}


def _sure(working: Working) -> str:
    """The interval, and the composite of the plain tally; a plain tally alone knows no error."""
    if working.score is None:
        return ""
    if working.basis == Basis.PLAIN:
        return _("民主测评按直接统计计入，没有校准，也没有误差估计。")
    figures = working.figures
    values = {
        "low": points(max(0.0, figures["low"])),
        "high": points(min(100.0, figures["high"])),
        "plain": points(working.plain) or _("不可计算"),
    }
    return (
        _("综合得分的九成把握在 %(low)s 至 %(high)s 分之间；民主测评不作校准的，综合得分为 %(plain)s 分。")
        % values
    )


def _missing(working: Working) -> str:
    missing = listed(_title(part) for part in working.parts if part["share"] is None)
    return (
        _("%(parts)s没有取得，不按 0 分计，其余部分的权重按比例提高。") % {"parts": missing}
        if missing
        else ""
    )


def _apart(working: Working) -> str:
    lines = gate_lines(working)
    adverse = listed(one.title for one in lines if one.is_adverse)
    if adverse:
        return _("门槛和否决事项与得分分开：认定有不利情形的是%(titles)s，见下表。") % {"titles": adverse}
    n_open = sum(not one.is_stated for one in lines)
    if n_open:
        words = ngettext(
            "门槛和否决事项与得分分开：没有认定不利情形，其中 %(n)d 项没有作出认定。",
            "门槛和否决事项与得分分开：没有认定不利情形，其中 %(n)d 项没有作出认定。",
            n_open,
        )
        return words % {"n": n_open}
    return _("门槛和否决事项与得分分开：没有认定不利情形。") if lines else ""


def _part_line(working: Working, part: dict[str, Any], indicator: Any) -> PartLine:
    known: Sequence[Any] = working.inputs["values"].get(part["code"], ())
    value = backing = ""
    if known:
        unit = indicator.unit_of_measure if indicator else ""
        value = f"{known[0]:g}{unit}"
        evidence = working.evidence.get(part["code"], "")
        backing = _("%(backing)s：%(evidence)s") if evidence else "%(backing)s"
        backing %= {"backing": Backing(known[1]).label, "evidence": evidence}
    elif part["share"] is None:
        value = _("未取得")
    is_measured = part["se"] is not None and working.basis == Basis.FAIR
    return PartLine(
        title=_title(part),
        value=value,
        rule=points_words(indicator) if indicator else _rule_of_votes(working),
        backing=backing,
        score=points(part["score"]),
        error=f"± {points(part['se'])}" if is_measured else "",
        weight="" if part["share"] is None else f"{points(part['share'])}%",
        adds=points(part["adds"]),
    )


def _rule_of_votes(working: Working) -> str:
    return _("校准后的得分") if working.basis == Basis.FAIR else _("直接统计的得分")


def _title(part: dict[str, Any]) -> str:
    return _("民主测评") if part["code"] == VOTES else str(part["title"])
