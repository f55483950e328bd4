"""One person of the committee's table: figures, what stands against them, what both units say, what was decided."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.assessments.composite.standards import Schemes, schemes_of
from secondment.assessments.forms import GradeForm
from secondment.assessments.labels import decided_label, grade_label
from secondment.assessments.limits import known, limits_of, told
from secondment.assessments.models import Grade, Pool
from secondment.assessments.proposing import Adverse, Proposed, effects_on, proposals_of, strongest
from secondment.assessments.queries import STANDING, decided_grades
from secondment.assessments.table.advice import Advice
from secondment.assessments.table.choices import Standing
from secondment.assessments.table.flagged import Flag, Flagged
from secondment.assessments.table.intervals import Line, Scale
from secondment.common.components import Status
from secondment.common.sentences import joined_sentences, listed
from secondment.findings.reading import ReadFinding, findings_of
from secondment.people.rules import sections_at
from secondment.standards.choices import RaterGroup

STATUS: dict[str, Status] = {Standing.IN: "good", Standing.COMMITTEE: "warn", Standing.OUT: "idle"}


@dataclass(frozen=True)
class Row:
    """One person of the table."""

    evaluation: Any
    figures: Mapping[str, Any]
    line: Line | None
    tier: int | None
    standing: str
    status: Status
    host: str
    home: str
    proposed: str
    decided: str
    reason: str
    is_unlike: bool
    limits: Sequence[str]
    adverse: Sequence[Adverse]
    concerns: Sequence[str]
    notes: Sequence[str]
    findings: Sequence[ReadFinding]
    flags: Sequence[Flag] = field(default_factory=list)
    form: GradeForm | None = None
    is_changed: bool = False

    @property
    def kind(self) -> str:
        """Under which heading the person stands: vetoes first, then gates, then limits; "" for everybody else."""
        if self.adverse:
            return "veto" if self.adverse[0].is_veto else "gate"
        return "limit" if self.limits else ""

    @property
    def heading(self) -> str:
        """The heading in words."""
        headings = {"veto": _("一票否决"), "gate": _("未通过定性门槛"), "limit": _("等次限制")}
        return headings.get(self.kind, "")

    @property
    def against(self) -> list[str]:
        """What was stated, with its basis and with what the standard declares for it."""
        words = _("%(kind)s：%(title)s（%(basis)s）")
        return [
            joined_sentences(
                (
                    words
                    % {
                        "kind": one.indicator.get_kind_display(),
                        "title": one.indicator.title,
                        "basis": one.basis,
                    },
                    one.effect.label,
                )
            )
            for one in self.adverse
        ]

    @property
    def unlike_words(self) -> str:
        """What was proposed, what was decided, and why."""
        return _("%(name)s：建议%(proposed)s，决定%(decided)s。理由：%(reason)s") % {
            "name": self.evaluation.person.name,
            "proposed": self.proposed,
            "decided": self.decided,
            "reason": self.reason,
        }

    @property
    def is_grey(self) -> bool:
        """Whether the figures leave the person to the committee."""
        return self.figures.get("standing") == Standing.COMMITTEE.value


class RowDesk:
    """What the rows of one table need to know, read at once."""

    def __init__(
        self,
        user: User,
        evaluations: Mapping[int, Any],
        pool: Pool,
        *,
        on: dt.date,
        changed: Collection[int],
        flagged: Flagged,
        forms: Mapping[int, GradeForm],
    ) -> None:
        self.user, self.changed, self.flagged, self.forms = user, changed, flagged, forms
        people = list(evaluations.values())
        self.schemes: Schemes = schemes_of(people)
        self.proposals = proposals_of(people, self.schemes)
        self.grades = decided_grades(evaluations, *STANDING)
        self.findings = findings_of([one.placement for one in people], pool.register.year, on)

    def row(self, one: Any, figures: Mapping[str, Any], scale: Scale | None, tier: int | None) -> Row:
        """One person."""
        category = one.person.category
        grade, proposed = self.grades.get(one.pk), self.proposals[one.pk]
        standing, status = _standing(one, figures, proposed)
        sections = sections_at(self.user, one.person.unit.path)
        barred = {limit.code for limit in limits_of(one.limits)}
        return Row(
            evaluation=one,
            figures=figures,
            line=_line(figures, scale),
            tier=tier,
            standing=standing,
            status=status,
            host=grade_label(one.host_grade, category),
            home=grade_label(one.home_grade, category),
            proposed=grade_label(grade.proposed if grade else proposed.grade, category),
            decided=decided_label(grade.grade, category) if grade else "",
            reason=grade.reason if grade else "",
            is_unlike=grade is not None and is_unlike(grade),
            limits=[told(limit) for limit in known(one.limits, sections)],
            adverse=proposed.adverse,
            concerns=[each.words for each in proposed.concerns if each.code not in barred or each.is_lowest],
            notes=notes_of(figures),
            findings=self.findings.get(one.placement_id, []),
            flags=self.flagged.people.get(one.pk, []),
            form=self.forms.get(one.pk),
            is_changed=one.pk in self.changed,
        )


def is_unlike(grade: Grade) -> bool:
    """Whether a decision departs from what the assessing unit or the table proposed."""
    return grade.grade != grade.proposed or Advice(standing=grade.standing).is_unlike(grade.grade)


def notes_of(figures: Mapping[str, Any]) -> list[str]:
    """What is missing in the figures of one person, and what was done about it."""
    groups = figures.get("groups", {})
    found = []
    if not figures.get("has_votes"):
        found.append(_("没有测评得分"))
    for name, words in (
        ("absent", _("%(groups)s没有投票，权重按比例分给其他主体")),
        ("withheld", _("%(groups)s不足 5 票，不计入")),
    ):
        if groups.get(name):
            found.append(words % {"groups": _groups(groups[name])})
    found += [_("%(groups)s票数少，合并统计") % {"groups": _groups(one)} for one in groups.get("merged", [])]
    parts = figures.get("fair_parts") or figures.get("plain_parts") or []
    if missing := [one["title"] for one in parts if one["share"] is None]:
        found.append(_("%(parts)s未取得，其余按比例提高权重") % {"parts": listed(missing)})
    return found


def _standing(one: Any, figures: Mapping[str, Any], proposed: Proposed) -> tuple[str, Status]:
    """What the table says of a place; of somebody whom a fact bars, what the fact means for the grade."""
    standing = figures.get("standing", "")
    if standing:
        return str(Standing(standing).label), STATUS[standing]
    effect = strongest(effects_on(one.limits, proposed))
    return (str(effect.label), "bad") if effect else ("", "idle")


def _groups(codes: Sequence[str]) -> str:
    return listed([str(RaterGroup(code).label) for code in codes])


def _line(figures: Mapping[str, Any], scale: Scale | None) -> Line | None:
    fair, plain = figures.get("fair"), figures.get("plain")
    if scale is None or (fair is None and plain is None):
        return None
    parts = []
    if fair is not None:
        parts.append(
            _("综合得分（校准）%(score).1f，九成把握在 %(low).1f 至 %(high).1f 之间")
            % {"score": fair, "low": figures["low"], "high": figures["high"]}
        )
    if plain is not None:
        parts.append(_("综合得分（不校准）%(score).1f") % {"score": plain})
    return Line(
        low=scale.x(figures.get("low")),
        high=scale.x(figures.get("high")),
        score=scale.x(fair),
        plain=scale.x(plain),
        words=joined_sentences(parts),
    )
