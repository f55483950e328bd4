"""What findings say, with every fact beside what was cited of it: pages, the committee's table, the end of a term."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from secondment.accounts.models import User
from secondment.common.days import ONE_DAY
from secondment.findings.choices import CitationState
from secondment.findings.models import Citation, Finding
from secondment.findings.queries import standing_of
from secondment.placements.evidence import EVIDENCE, Fact, Key, reads, standing
from secondment.placements.models import Placement


@dataclass(frozen=True)
class CitedFact:
    """A fact as it was cited, and as it stands now (`fact`; none: gone); a reader who may not know it is told its kind and day."""

    citation: Citation
    fact: Fact | None
    is_read: bool

    @property
    def state(self) -> CitationState:
        """Whether it is still what was cited."""
        if self.fact is None:
            return CitationState.GONE
        return CitationState.SAME if self.fact.digest == self.citation.digest else CitationState.CHANGED

    @property
    def is_same(self) -> bool:
        """Whether nothing has changed."""
        return self.state == CitationState.SAME

    @property
    def kind_label(self) -> str:
        """What sort of fact it is."""
        kind = EVIDENCE.get(self.citation.kind)
        return str(kind.label) if kind else self.citation.kind

    @property
    def name(self) -> Key:
        """What names the fact."""
        return self.citation.finding.placement_id, self.citation.kind, self.citation.key


@dataclass(frozen=True)
class ReadFinding:
    """A finding with its facts."""

    finding: Finding
    facts: Sequence[CitedFact]

    @property
    def supporting(self) -> list[CitedFact]:
        """What it rests on."""
        return [one for one in self.facts if not one.citation.is_contrary]

    @property
    def contrary(self) -> list[CitedFact]:
        """What speaks against it."""
        return [one for one in self.facts if one.citation.is_contrary]

    @property
    def n_changed(self) -> int:
        """How many facts are no longer what was cited."""
        return sum(not one.is_same for one in self.facts)


def read(findings: Sequence[Finding], on: dt.date, user: User | None = None) -> list[ReadFinding]:
    """Findings with their facts, for an account, or (none) for a room that knows who reads; as many queries for any number."""
    placements = {one.placement_id: one.placement for one in findings}
    kinds = {citation.kind for one in findings for citation in one.citations.all()}
    known = standing(list(placements.values()), kinds, on + ONE_DAY)
    return [
        ReadFinding(one, [_cited(one, citation, known, user) for citation in one.citations.all()])
        for one in findings
    ]


def findings_of(placements: Collection[Placement], year: int, on: dt.date) -> dict[int, list[ReadFinding]]:
    """Placement → what stands about a year of it, whoever finds it: for who decides on grades."""
    found: dict[int, list[ReadFinding]] = defaultdict(list)
    for one in read(list(standing_of([one.pk for one in placements], year)), on):
        found[one.finding.placement_id].append(one)
    return found


def _cited(finding: Finding, citation: Citation, known: dict[Key, Fact], user: User | None) -> CitedFact:
    citation.finding = finding
    fact = known.get((finding.placement_id, citation.kind, citation.key))
    return CitedFact(citation, fact, user is None or reads(user, finding.placement, citation.kind, fact))
