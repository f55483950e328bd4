"""Forms on paper (盖章件): each has one place for its stamped scan and for where the paper is kept."""

from secondment.documents.papers.kinds import PaperKind, add_kind
from secondment.documents.papers.services import expect_paper, forget_papers, retire_paper
from secondment.documents.papers.slots import slots_for

__all__ = ["PaperKind", "add_kind", "expect_paper", "forget_papers", "retire_paper", "slots_for"]
