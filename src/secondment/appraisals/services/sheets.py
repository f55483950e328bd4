"""What is printed on the ballots of an appraisal: from candidates and their standards to the sheets that lie in the box."""

from django.utils.translation import gettext as _

from secondment.appraisals.box.sheets import Item, Ratee, Sheet
from secondment.appraisals.models import Appraisal, BallotPaper, Candidate
from secondment.standards.choices import IndicatorKind, RaterGroup
from secondment.standards.models import Indicator

PLAY_NAMES = "甲乙丙丁戊己庚辛壬癸"


def sheets_of(appraisal: Appraisal, *, is_play: bool = False) -> list[Sheet]:
    """One sheet for each kind of ballot paper; on a practice run nobody real is voted on."""
    papers = appraisal.papers.select_related("unit").prefetch_related(
        "candidates__placement__person", "candidates__placement__post", "candidates__standard__indicators"
    )
    return [_sheet(appraisal, paper, is_play=is_play) for paper in papers]


def _sheet(appraisal: Appraisal, paper: BallotPaper, *, is_play: bool) -> Sheet:
    candidates = list(paper.candidates.all())
    ratees = [_ratee(one, paper, number if is_play else None) for number, one in enumerate(candidates)]
    return Sheet(
        paper=paper.pk,
        title=appraisal.name,
        unit=paper.unit.name,
        group=paper.group,
        ratees=tuple(ratees),
    )


def _ratee(candidate: Candidate, paper: BallotPaper, play: int | None) -> Ratee:
    placement, standard = candidate.placement, candidate.standard
    is_masses = paper.group == RaterGroup.MASSES
    return Ratee(
        key=str(candidate.pk),
        name=str(placement.person.name) if play is None else _play_name(play),
        duty=str(placement.post.title),
        levels=tuple(standard.level_names),
        items=tuple(
            _item(one, is_masses=is_masses)
            for one in standard.indicators.all()
            if one.kind == IndicatorKind.RATED and (one.for_masses or not is_masses)
        ),
    )


def _item(indicator: Indicator, *, is_masses: bool) -> Item:
    if is_masses:
        return Item(indicator.code, indicator.masses_title or indicator.title)
    return Item(indicator.code, indicator.title, tuple(indicator.anchors))


def _play_name(number: int) -> str:
    return _("演练干部%(letter)s") % {"letter": PLAY_NAMES[number % len(PLAY_NAMES)]}
