"""What one rule consists of; each rule is a file of this package that names its `RULE`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from secondment.algorithms.eligibility import Check
from secondment.files.codes.titles import TitleLevel
from secondment.people.labels import education_label, title_label
from secondment.people.sections import Section

Text = str | Promise
Value = int | str | list[str]

CHANGE_POST = _("请改派其他岗位；确需到该岗位的，按程序报批后登记例外。")
CHANGE_PERSON = _("请另推荐人选；确需派出的，按程序报批后登记例外。")
FIX_RECORD = _("请派出单位在干部信息中补全或更正后重新审查。")
POST_DEMAND = "岗位需求表"
# of a figure that no law of the land gives: its basis is the programme's own, until its owner types which
OWN_RULES = "本单位规定"
MONTHS, YEARS_OF_AGE, YEARS, DAYS, PERCENT, POINTS = _("个月"), _("岁"), _("年"), _("天"), _("%"), _("分")
IN_DAILY_WORK, IN_ASSESSMENT, BUILT_IN = _("在日常管理阶段执行"), _("在考核阶段执行"), _("系统内置")


@dataclass(frozen=True)
class Figure:
    """One integer that a rule compares with."""

    name: str
    label: Text
    default: int
    low: int
    high: int
    unit: Text = ""


@dataclass(frozen=True)
class Choice:
    """One value, or several when `is_many`, out of `options`."""

    name: str
    label: Text
    default: str | tuple[str, ...]
    options: tuple[tuple[str, Text], ...]
    is_many: bool = False


@dataclass(frozen=True)
class Sentence:
    """What was found, without names of relatives or health notes; and what can be done when the rule is not met."""

    fact: Text
    remedy: Text = ""


@dataclass(frozen=True)
class Rule:
    """A rule as programmes know it; `is_fixed` rules cannot be switched off.

    `check` is pure: facts in, outcomes out; each outcome names one of the `sentences`, whose gaps it fills.
    A rule without a check is carried out later, as `carried_out` says. `words` turns codes among the values
    of outcomes into words. `sections` are the parts of a person that a finding
    describe: someone who may not read them is shown only that there is a finding.
    """

    code: str
    title: Text
    help: Text
    basis: str
    mode: str = "warn"
    is_confirmed: bool = True
    parameters: tuple[Figure | Choice, ...] = ()
    is_fixed: bool = False
    sections: frozenset[Section] = frozenset({Section.FILE})
    check: Check | None = None
    carried_out: Text = ""
    sentences: Mapping[str, Sentence] = field(default_factory=dict)
    words: Mapping[str, Callable[[str], str]] = field(default_factory=dict)


def education_text(code: str) -> str:
    """The education of a code; nothing known reads 未填."""
    return education_label(code) or str(_("未填"))


def title_text(code: str) -> str:
    """The level of a professional title; nothing reads 无."""
    return title_label(code) if code in set(TitleLevel) else str(_("无"))
