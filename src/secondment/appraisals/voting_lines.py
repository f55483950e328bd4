"""What the page of a vote shows of each paper: slips that add up, rounded participation, what waits to be settled."""

from collections.abc import Sequence
from dataclasses import dataclass

from secondment.appraisals.box.ballot_box import BallotBox, rounded
from secondment.appraisals.box.boxes import box_of, practice_box_of
from secondment.appraisals.box.entries import Waiting, waiting
from secondment.appraisals.choices import AppraisalState, Standing
from secondment.appraisals.models import Appraisal, BallotPaper, SlipReplacement


@dataclass(frozen=True)
class PaperLine:
    """One kind of ballot paper while its vote is open, or after."""

    paper: BallotPaper
    n_raters: int
    issued: int
    void: int
    cast: int  # rounded while voting is open
    waiting: Waiting
    requests: Sequence[SlipReplacement]

    @property
    def has_more_than_raters(self) -> bool:
        """Whether more slips are about than people on the list."""
        return self.issued - self.void > self.n_raters


def lines_of(appraisal: Appraisal) -> list[PaperLine]:
    """The papers of an appraisal, from the box while there is one and from what it left after."""
    box = box_of(appraisal)
    is_open = appraisal.state == AppraisalState.OPEN and box.is_there
    counts = box.counts() if is_open else {}
    waits = waiting(box) if is_open else {}
    papers = appraisal.papers.select_related("unit").prefetch_related("roster", "replacements__asked_by")
    lines = []
    for paper in papers:
        count = counts.get(paper.pk)
        lines.append(
            PaperLine(
                paper=paper,
                n_raters=sum(one.standing == Standing.DRAWN for one in paper.roster.all()),
                issued=count.issued if count else paper.n_issued,
                void=count.void if count else paper.n_void,
                cast=rounded(count.spent) if count else paper.n_counted or 0,
                waiting=waits.get(paper.pk, Waiting()),
                requests=[one for one in paper.replacements.all() if one.is_confirmed is None],
            )
        )
    return lines


def practice_of(appraisal: Appraisal) -> BallotBox | None:
    """The practice box, while there is one."""
    box = practice_box_of(appraisal)
    return box if box.is_there else None
