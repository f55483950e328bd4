"""What bars a grade, or 优秀 (rule H16): facts on record, each with its article. The system names them, people decide."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from secondment.people.choices import Grade
from secondment.people.sections import Section

Effect = Literal["no_grade", "not_excellent"]
EFFECTS: dict[Effect, Promise] = {"no_grade": _("不定等次"), "not_excellent": _("不得评为优秀")}


@dataclass(frozen=True)
class Limit:
    """One ground; whoever may not read the section it is about is not told of it."""

    code: str
    ground: Promise
    effect: Effect
    basis: Promise
    section: Section | None = None


LEAVE = Limit("leave", _("病、事假累计超过规定期限"), "no_grade", _("《公务员考核规定》第二十七条"))
INVESTIGATION = Limit(
    "investigation",
    _("被立案审查调查尚未结案：参加考核，不写评语"),
    "no_grade",
    _("《公务员考核规定》第二十八条"),
    Section.INVESTIGATION,
)
PROBATION = Limit(
    "probation",
    _("参加工作不满一年，可能在试用期：只写评语"),
    "no_grade",
    _("《公务员考核规定》第二十五条"),
)
PENALTY = Limit(
    "penalty",
    _("受记过以上处分，在处分期内：只写评语"),
    "no_grade",
    _("《公务员考核规定》第二十九条"),
    Section.PENALTIES,
)
WARNING = Limit(
    "warning", _("当年受警告处分"), "not_excellent", _("《公务员考核规定》第二十九条"), Section.PENALTIES
)
ROUTINE = Limit(
    "routine",
    _("平时考核好等次不够，或有一般、较差等次"),
    "not_excellent",
    _("《公务员平时考核办法（试行）》"),
)
ABSENCE = Limit(
    "absence",
    _("当年有无故脱岗"),
    "not_excellent",
    _("《公务员法》第八十八条；乡镇驻村干部管理办法（规则 H20）"),
)
LIMITS = {one.code: one for one in (LEAVE, INVESTIGATION, PROBATION, PENALTY, WARNING, ROUTINE, ABSENCE)}
WITHOUT_COMMENT = INVESTIGATION.code


def limits_of(codes: Iterable[str]) -> list[Limit]:
    """The limits of these codes."""
    return [LIMITS[code] for code in codes]


def barring(codes: Sequence[str], grade: str) -> Limit | None:
    """The limit that bars this grade, if one does."""
    for limit in limits_of(codes):
        if limit.effect == "no_grade" and grade != Grade.NONE:
            return limit
        if limit.effect == "not_excellent" and grade == Grade.EXCELLENT:
            return limit
    return None


def known(codes: Iterable[str], sections: frozenset[Section]) -> list[Limit]:
    """Those that a reader of these sections of the person may know of: a unit is not told of penalties."""
    return [limit for limit in limits_of(codes) if limit.section is None or limit.section in sections]


def told(limit: Limit) -> str:
    """The limit in words."""
    return f"{EFFECTS[limit.effect]}：{limit.ground}"
