"""What pages of early signs show: the facts, what may be done now, how often each was raised and spared."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.common.components import Fact, TimelineEntry
from secondment.common.sentences import labelled
from secondment.daily_work.models import HostReport
from secondment.daily_work.rules import may_read_reports
from secondment.signals.choices import SignState
from secondment.signals.models import EarlySign, Rehearsal, Tally
from secondment.signals.rules import (
    heard_from,
    is_own,
    may_answer,
    may_be_used,
    may_decide,
    may_speak,
)
from secondment.signals.sign import Sign, SignFact
from secondment.signals.signs import SIGN_BY_CODE, SIGNS
from secondment.signals.words import excuse_of, title_of


@dataclass(frozen=True)
class SideBySide:
    """Two reports next to each other; of one that the reader may not read, its text is left out."""

    left: HostReport
    left_text: str
    right: HostReport
    right_text: str


@dataclass(frozen=True)
class SignPage:
    """A sign as one reader meets it."""

    sign: EarlySign
    definition: Sign | None
    title: str
    facts: Sequence[SignFact]
    sides: Sequence[SideBySide]
    terms: Sequence[Fact]
    is_own: bool
    reads_answer: bool
    answers: bool
    speaks: bool
    shows: bool
    uses: bool
    closes: bool
    waits_until: dt.date | None
    history: Sequence[TimelineEntry]


def sign_page(user: User, sign: EarlySign, on: dt.date) -> SignPage:
    """What stands about the sign, and what this reader may do."""
    own, decides = is_own(user, sign), may_decide(user, sign)
    is_open = sign.state in (SignState.ASKED, SignState.ANSWERED)
    return SignPage(
        sign=sign,
        definition=SIGN_BY_CODE.get(sign.code),
        title=title_of(sign.code),
        facts=sign.facts,
        sides=_sides(user, sign),
        terms=_terms(sign),
        is_own=own,
        reads_answer=not own,
        answers=is_open and may_answer(user, sign),
        speaks=sign.state == SignState.SHOWN and may_speak(user, sign),
        shows=sign.state == SignState.ANSWERED and decides,
        uses=decides and may_be_used(sign, on),
        closes=decides and sign.state in (SignState.ANSWERED, SignState.SHOWN),
        waits_until=None if sign.state != SignState.SHOWN else heard_from(sign),
        history=_history(sign, reads_answer=not own),
    )


def _terms(sign: EarlySign) -> list[Fact]:
    """Who is asked, until when, when it expires, and the thresholds it was found by."""
    known = SIGN_BY_CODE.get(sign.code)
    figures = known.figures if known else ()
    return [
        Fact(_("先问单位"), sign.unit.name),
        Fact(_("说明期限"), sign.due_on),
        Fact(_("失效日期"), sign.expires_on),
        *(
            Fact(one.label, f"{sign.figures[one.name]} {one.unit}")
            for one in figures
            if one.name in sign.figures
        ),
    ]


def _sides(user: User, sign: EarlySign) -> list[SideBySide]:
    """The texts of every pair among the facts, in one query; the person sees that there are reports, not what they say."""
    pairs = [one.texts for one in sign.facts if one.texts]
    if not pairs:
        return []
    rows = HostReport.objects.filter(pk__in={key for pair in pairs for key in pair})
    known = {
        one.pk: one
        for one in rows.select_related(
            "placement__person", "placement__host_unit", "placement__home_unit", "placement__owner_unit"
        )
    }
    return [
        SideBySide(known[left], _text(user, known[left]), known[right], _text(user, known[right]))
        for left, right in pairs
        if left in known and right in known and may_read_reports(user, known[left].placement)
    ]


def _text(user: User, report: HostReport) -> str:
    if not may_read_reports(user, report.placement):
        return ""
    return "\n".join(filter(None, (getattr(report, name) for name in HostReport.TEXTS)))


def _history(sign: EarlySign, *, reads_answer: bool) -> list[TimelineEntry]:
    """What happened, in its order."""
    found = [
        TimelineEntry(sign.raised_on, _("系统提出"), text=_("先请%(unit)s说明") % {"unit": sign.unit.name})
    ]
    if sign.answered_on and reads_answer:
        by = sign.answered_by.name if sign.answered_by else ""
        found.append(
            TimelineEntry(
                sign.answered_on, labelled(_("单位说明"), sign.get_answer_kind_display()), by, sign.answer
            )
        )
    if sign.shown_on:
        found.append(TimelineEntry(sign.shown_on, _("事实已告知本人"), text=sign.shown_words))
    if sign.own_on:
        found.append(TimelineEntry(sign.own_on, _("本人说明"), text=sign.own_words))
    found += [
        TimelineEntry(one.used_on, labelled(_("使用"), one.get_kind_display()), one.by.name, one.words)
        for one in sign.uses.all()
    ]
    if sign.closed_on:
        by = sign.closed_by.name if sign.closed_by else ""
        found.append(TimelineEntry(sign.closed_on, _("了结"), by, sign.closed_words))
    return found


@dataclass(frozen=True)
class Count:
    """How often one sign was raised and spared at the last look."""

    sign: Sign
    n_raised: int
    spared: Sequence[tuple[str, int]]

    @property
    def n_spared(self) -> int:
        """All that were spared."""
        return sum(n for _words, n in self.spared)


def counts_of(tallies: Iterable[Tally]) -> list[Count]:
    """A line for each sign, those without data too."""
    raised: Counter[str] = Counter()
    spared: dict[str, Counter[str]] = {one.code: Counter() for one in SIGNS}
    for row in tallies:
        raised[row.code] += row.n_raised
        if row.code in spared:
            spared[row.code].update(row.spared)
    return [
        Count(
            one,
            raised[one.code],
            [(excuse_of(one.code, excuse), n) for excuse, n in sorted(spared[one.code].items())],
        )
        for one in SIGNS
    ]


@dataclass(frozen=True)
class Result:
    """One value of a figure with how many it would have raised and spared."""

    value: int
    n_raised: int
    n_spared: int


@dataclass(frozen=True)
class Trial:
    """One figure of a sign as it was tried: less, as usual, more; what its bounds forbid was not tried."""

    label: str
    unit: str
    results: Sequence[Result | None]


@dataclass(frozen=True)
class SignTrials:
    """A sign with its result as it is, and its trials."""

    sign: Sign
    n_raised: int
    n_spared: int
    trials: Sequence[Trial]


Line = Mapping[str, Any]


def trials_of(row: Rehearsal) -> list[SignTrials]:
    """A part for each sign of the rehearsal, in their order."""
    by_sign: dict[str, list[Line]] = {}
    for line in row.lines:
        by_sign.setdefault(line["sign"], []).append(line)
    return [_trials(SIGN_BY_CODE[code], lines) for code, lines in by_sign.items() if code in SIGN_BY_CODE]


def _trials(sign: Sign, lines: Sequence[Line]) -> SignTrials:
    as_it_is = next(one for one in lines if not one["figure"])
    trials = [
        Trial(
            str(figure.label),
            str(figure.unit),
            _results([one for one in lines if one["figure"] == figure.name]),
        )
        for figure in sign.figures
    ]
    return SignTrials(sign, as_it_is["n_raised"], as_it_is["n_spared"], trials)


def _results(lines: Sequence[Line]) -> list[Result | None]:
    """Less, usual, more."""
    found: list[Result | None] = [None, None, None]
    for one in lines:
        place = 1 + (one["value"] > one["usual"]) - (one["value"] < one["usual"])
        found[place] = Result(one["value"], one["n_raised"], one["n_spared"])
    return found
