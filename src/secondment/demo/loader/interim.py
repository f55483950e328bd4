"""Quarters, mid-terms and a few findings of the village secretaries in post: their programme asks for a line a quarter."""

import datetime as dt
from collections.abc import Iterator

from secondment.assessments.interim.choices import MidtermSide, Proposal, RoutineGradeCode, RoutineSource
from secondment.assessments.interim.duties import ROUTINE_RHYTHM
from secondment.assessments.interim.halves import half_day_of
from secondment.assessments.interim.models import MidtermOpinion, RoutineGrade
from secondment.audit.services import Entry
from secondment.campaigns.models import ProgrammeVersion
from secondment.common.days import ONE_DAY
from secondment.demo.loader.scene import Posted, Scene, at_hour
from secondment.findings.choices import Side, Theme
from secondment.findings.services import NewFinding, citable, fact_id, write_finding
from secondment.obligations.periods import QUARTER, Period, periods_between
from secondment.placements.duties import term_of

BATCH = 500
PROGRAMME = "first_secretary"
ASKED = ("H24", "H25")
GOOD, FAIR = 0.38, 0.97
"""Of all quarters: 38 % good, 3 % fair."""
REASON = "驻村时间偏少"
TEXTS = {
    Proposal.CONTINUE: "任务过半，进展与时间相当，群众认可。",
    Proposal.ADJUST: "任务推进偏慢，建议充实分工，多驻村。",
}
N_FOUND = 6
"""So many people have findings of both units."""
FINDINGS = {
    Side.HOST: (Theme.STRENGTH, "熟悉村情快，牵头的任务按期推进。", "村党支部书记"),
    Side.HOME: (Theme.WEAKNESS, "与原单位沟通还可以更主动。", "机关党委书记"),
}


def load_interim(scene: Scene) -> None:
    """Before it is asked what was owed: what was graded meets it."""
    _ask_for_quarters()
    people = [one for one in scene.people if one.placement.programme_version.programme.code == PROGRAMME]
    grades = [row for one in people for row in _grades(one, scene)]
    RoutineGrade.objects.bulk_create(grades, batch_size=BATCH)
    opinions = [row for one in people for row in _midterm(one, scene)]
    MidtermOpinion.objects.bulk_create(opinions, batch_size=BATCH)
    scene.trail.extend(
        Entry(
            "assessment.give_routine",
            row,
            row.given_by,
            row.given_at,
            {"until": f"{row.last_day}", "to": row.grade},
        )
        for row in grades
    )
    scene.trail.extend(
        Entry(
            "assessment.give_midterm",
            row,
            row.given_by,
            row.given_at,
            {"side": row.side, "to": row.proposal},
        )
        for row in opinions
    )


def load_findings(scene: Scene, at: dt.datetime) -> None:
    """By the service, as the offices do it; the facts are those of the year."""
    people = [one for one in scene.people if one.placement.programme_version.programme.code == PROGRAMME]
    for posted in people[:N_FOUND]:
        placement, year = posted.placement, scene.on.year
        for side, (theme, text, signer) in FINDINGS.items():
            by = scene.offices.of_host(placement) if side == Side.HOST else scene.offices.of_home(placement)
            facts = citable(by, placement, year, scene.on)
            if facts:
                chosen = tuple(fact_id(one) for one in facts[-2:])
                new = NewFinding(placement, year, side, theme, text, signer, scene.on, chosen)
                write_finding(new, by=by, on=scene.on, at=at)


def _ask_for_quarters() -> None:
    """As the owner of the programme would publish it; a demo needs no second version for it."""
    for version in ProgrammeVersion.objects.filter(programme__code=PROGRAMME):
        for code in ASKED:
            version.parameters["rules"][code]["mode"] = "warn"
        version.save(update_fields=["parameters"])


def _grades(posted: Posted, scene: Scene) -> Iterator[RoutineGrade]:
    placement = posted.placement
    term = term_of(placement)
    if term is None:
        return
    chance, by = posted.chance("quarters"), scene.offices.of_host(placement)
    source = RoutineSource.ON_BEHALF if by == scene.offices.department else RoutineSource.WEB
    for quarter in periods_between(term.starts_on, min(term.ends_on, scene.on), QUARTER):
        given_on = quarter.ends_on + dt.timedelta(days=chance.randint(3, 8))
        share, is_over = chance.random(), given_on < scene.on
        if is_over and ROUTINE_RHYTHM.holds(quarter, term):
            yield _grade(posted, quarter, share, source, scene, given_on)


def _grade(
    posted: Posted, quarter: Period, share: float, source: RoutineSource, scene: Scene, day: dt.date
) -> RoutineGrade:
    is_good, is_fair = share < GOOD, share >= FAIR
    code = RoutineGradeCode.GOOD if is_good else RoutineGradeCode.FAIRLY_GOOD
    return RoutineGrade(
        placement=posted.placement,
        starts_on=quarter.starts_on,
        ends_on=quarter.ends_on,
        grade=RoutineGradeCode.FAIR if is_fair else code,
        words=REASON if is_fair else "",
        source=source,
        given_by=scene.offices.of_host(posted.placement),
        given_at=at_hour(day, 10),
    )


def _midterm(posted: Posted, scene: Scene) -> Iterator[MidtermOpinion]:
    placement, half = posted.placement, half_day_of(posted.placement)
    if half + dt.timedelta(days=30) >= scene.on:
        return
    chance = posted.chance("mid-term")
    proposal = Proposal.ADJUST if chance.random() >= FAIR else Proposal.CONTINUE
    day = half + chance.randint(1, 20) * ONE_DAY
    sides = (
        (MidtermSide.HOST, scene.offices.of_host(placement), "镇党委书记", day),
        (MidtermSide.DEPARTMENT, scene.offices.department, "干部科科长", day + 5 * ONE_DAY),
    )
    for side, by, signer, given_on in sides:
        yield MidtermOpinion(
            placement=placement,
            side=side,
            proposal=proposal,
            text=TEXTS[proposal],
            signer=signer,
            given_on=given_on,
            given_by=by,
            given_at=at_hour(given_on, 15),
        )
