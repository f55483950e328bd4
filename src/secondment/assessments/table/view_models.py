"""What the committee's table shows: one row a person, tiers as bands, the line of the places, and who stands apart."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.assessments.choices import READY
from secondment.assessments.composite.queries import facts_stated
from secondment.assessments.composite.standards import Schemes, schemes_of
from secondment.assessments.forms import GradeForm
from secondment.assessments.labels import decided_label, grade_label
from secondment.assessments.limits import known, told
from secondment.assessments.models import Evaluation, Grade, Pool
from secondment.assessments.queries import STANDING, decided_grades, with_names, with_stage
from secondment.assessments.services.deciding import proposal_of
from secondment.assessments.table.advice import Advice
from secondment.assessments.table.choices import Standing
from secondment.assessments.table.holding import Holding
from secondment.assessments.table.intervals import Line, Scale
from secondment.assessments.table.services import preferences_of
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
    adverse: Sequence[str]
    notes: Sequence[str]
    findings: Sequence[ReadFinding]
    form: GradeForm | None = None
    is_changed: bool = False

    @property
    def is_apart(self) -> bool:
        """Whether something stands before every score."""
        return bool(self.adverse or self.limits)

    @property
    def is_grey(self) -> bool:
        """Whether the figures leave the person to the committee."""
        return self.figures.get("standing") == Standing.COMMITTEE.value


@dataclass(frozen=True)
class TablePage:
    """The whole table; `cut` is how many rows stand above the line of the places."""

    rows: Sequence[Row]
    apart: Sequence[Row]
    scale: Scale | None
    cut: int | None
    is_cut_inside: bool
    is_measured: bool
    is_comparable: bool
    discordance: float | None
    preferences: Sequence[tuple[str, float]]
    unlike: Sequence[Row] = field(default_factory=list)


def table_page(
    user: User, pool: Pool, holding: Holding, *, sure: float, on: dt.date, forms: Mapping[int, GradeForm]
) -> TablePage:
    """Everything the page shows, in as many queries for one as for many."""
    table = holding.table
    people = table.results["people"]
    evaluations = {one.pk: one for one in with_stage(with_names(pool.evaluations.all()))}
    tiers, discordance = _tiers(table.results, sure)
    is_measured = bool(table.results["sets"])
    name = "fair" if is_measured else "plain"
    ordered = sorted(evaluations.values(), key=lambda one: _order(people.get(str(one.pk), {}), name, one))
    scale = Scale.around(
        figure for one in people.values() for figure in (one.get("low"), one.get("high"), one.get("plain"))
    )
    desk = _Desk(user, evaluations, pool, on, holding.changed)
    rows = [
        _row(desk, one, people.get(str(one.pk), {}), scale, tiers.get(one.pk), forms.get(one.pk))
        for one in ordered
    ]
    main = [one for one in rows if not one.is_apart]
    cut = holding.table.inputs["places"]
    preferences = [
        (evaluations[key].person.name, strength)
        for key, strength in preferences_of(pool, table)
        if key in evaluations
    ]
    return TablePage(
        rows=main,
        apart=[one for one in rows if one.is_apart],
        scale=scale,
        cut=cut,
        is_cut_inside=is_cut_inside(main, cut),
        is_measured=is_measured,
        is_comparable=table.results["is_comparable"],
        discordance=discordance,
        preferences=preferences,
        unlike=[one for one in rows if one.is_unlike],
    )


def is_unlike(grade: Grade) -> bool:
    """Whether a decision departs from what the assessing unit or the table proposed."""
    return grade.grade != grade.proposed or Advice(standing=grade.standing).is_unlike(grade.grade)


def is_cut_inside(rows: Sequence[Row], cut: int | None) -> bool:
    """Whether the last place and the one behind it are held by people whom the figures do not tell apart."""
    return cut is not None and 0 < cut < len(rows) and rows[cut - 1].is_grey and rows[cut].is_grey


def ready_in(pool: Pool) -> list[Any]:
    """Who waits for a grade in this pool."""
    rows = with_stage(with_names(pool.evaluations.all())).filter(stage=READY)
    return list(rows.order_by("person__name_key", "pk"))


class _Desk:
    """What the rows of one table need to know, read at once."""

    def __init__(
        self, user: User, evaluations: Mapping[int, Any], pool: Pool, on: dt.date, changed: Collection[int]
    ) -> None:
        self.user, self.changed = user, changed
        people = list(evaluations.values())
        self.schemes: Schemes = schemes_of(people)
        self.stated = facts_stated(people)
        self.grades = decided_grades(evaluations, *STANDING)
        self.findings = findings_of([one.placement for one in people], pool.register.year, on)

    def adverse(self, evaluation: Evaluation) -> list[str]:
        """What was stated against somebody, with its basis."""
        scheme = self.schemes.get(evaluation.pk)
        found = []
        for indicator in scheme.stated if scheme else ():
            fact = self.stated.get((evaluation.pk, indicator.code))
            if fact is not None and fact.is_adverse:
                values = {
                    "kind": indicator.get_kind_display(),
                    "title": indicator.title,
                    "basis": fact.basis,
                }
                words = _("%(kind)s：%(title)s（%(basis)s）") % values
                found.append(joined_sentences(filter(None, (words, indicator.get_effect_display()))))
        return found


def _row(
    desk: _Desk,
    one: Any,
    figures: Mapping[str, Any],
    scale: Scale | None,
    tier: int | None,
    form: GradeForm | None,
) -> Row:
    category = one.person.category
    grade = desk.grades.get(one.pk)
    standing = figures.get("standing", "")
    sections = sections_at(desk.user, one.person.unit.path)
    return Row(
        evaluation=one,
        figures=figures,
        line=_line(figures, scale),
        tier=tier,
        standing=str(Standing(standing).label) if standing else "",
        status=STATUS.get(standing, "idle"),
        host=grade_label(one.host_grade, category),
        home=grade_label(one.home_grade, category),
        proposed=grade_label(grade.proposed if grade else proposal_of(one), category),
        decided=decided_label(grade.grade, category) if grade else "",
        reason=grade.reason if grade else "",
        is_unlike=grade is not None and is_unlike(grade),
        limits=[told(limit) for limit in known(one.limits, sections)],
        adverse=desk.adverse(one),
        notes=notes_of(figures),
        findings=desk.findings.get(one.placement_id, []),
        form=form,
        is_changed=one.pk in desk.changed,
    )


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


def _groups(codes: Sequence[str]) -> str:
    return listed([str(RaterGroup(code).label) for code in codes])


def _line(figures: Mapping[str, Any], scale: Scale | None) -> Line | None:
    fair, plain = figures.get("fair"), figures.get("plain")
    if scale is None or (fair is None and plain is None):
        return None
    parts = []
    if fair is not None:
        parts.append(
            _("综合得分 %(score).1f，九成把握在 %(low).1f 至 %(high).1f 之间")
            % {"score": fair, "low": figures["low"], "high": figures["high"]}
        )
    if plain is not None:
        parts.append(_("直接统计 %(score).1f") % {"score": plain})
    return Line(
        low=scale.x(figures.get("low")),
        high=scale.x(figures.get("high")),
        score=scale.x(fair),
        plain=scale.x(plain),
        words=joined_sentences(parts),
    )


def _tiers(results: Mapping[str, Any], sure: float) -> tuple[dict[int, int], float | None]:
    """Tiers where all are comparable; people of different sets are never put in one order."""
    if not results["is_comparable"] or len(results["sets"][0]["people"]) < 2:
        return {}, None
    from secondment.assessments.table.calculating import tiers_of

    return tiers_of(results["sets"][0], sure)


def _order(figures: Mapping[str, Any], name: str, evaluation: Any) -> tuple[bool, float, str, int]:
    score = figures.get(name)
    return (score is None, -(score or 0.0), evaluation.person.name_key, evaluation.pk)
