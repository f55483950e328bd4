"""The draw of one appraisal: its lists as frames of the pure draw, and the record that anyone can verify."""

import json
from collections import defaultdict

from secondment.algorithms.roster_draw import Frame, Rater, digest_of, drawn_order, protocol_of
from secondment.appraisals.choices import Standing
from secondment.appraisals.models import Appraisal, BallotPaper, RosterEntry


def frames_of(appraisal: Appraisal) -> dict[int, Frame]:
    """Paper → its list as it is drawn from; two queries. Who fell out after the lists were locked stays in it."""
    entries: dict[int, list[RosterEntry]] = defaultdict(list)
    for one in RosterEntry.objects.filter(paper__appraisal=appraisal):
        entries[one.paper_id].append(one)
    papers = appraisal.papers.select_related("unit").order_by("pk")
    return {
        one.pk: Frame(label_of(one), one.n_wanted, [Rater(row.name, row.duty) for row in entries[one.pk]])
        for one in papers
    }


def label_of(paper: BallotPaper) -> str:
    """What the record calls a paper: the same in every language, and for two units of one name."""
    return f"{paper.unit.name}#{paper.unit_id} {paper.group}"


def current_digest(appraisal: Appraisal) -> str:
    """The digest of the lists as they are now: what is published before the seed is known."""
    return digest_of(frames_of(appraisal).values())


def draw(appraisal: Appraisal, seed: str) -> list[RosterEntry]:
    """Everybody on the lists with place in the draw and standing, not saved."""
    frames = frames_of(appraisal)
    digest = digest_of(frames.values())
    places = {
        (paper, rater): place
        for paper, frame in frames.items()
        for place, rater in enumerate(drawn_order(frame, digest, seed), 1)
    }
    rows = list(RosterEntry.objects.filter(paper__appraisal=appraisal))
    for row in rows:
        row.drawn_order = places[row.paper_id, Rater(row.name, row.duty)]
        is_drawn = row.drawn_order <= frames[row.paper_id].n_drawn
        row.standing = Standing.DRAWN if is_drawn else Standing.LISTED
    return rows


def record_of(appraisal: Appraisal) -> bytes:
    """The record of the draw (抽取记录), as a file: `docs/algorithms/verify_draw.py` repeats it."""
    protocol = protocol_of(frames_of(appraisal).values(), appraisal.draw_seed)
    return json.dumps(protocol, ensure_ascii=False, indent=1).encode()
