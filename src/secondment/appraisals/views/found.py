"""The appraisal, paper or candidate that a page is about, as far as the reader may know of it."""

from django.shortcuts import get_object_or_404

from secondment.accounts.http import SignedInRequest
from secondment.appraisals.models import Appraisal, BallotPaper
from secondment.appraisals.queries import papers_visible_to, visible_to
from secondment.appraisals.rules import reads_all, require_may_manage
from secondment.common.errors import require


def found(request: SignedInRequest, pk: int) -> Appraisal:
    """One that the reader has a part in."""
    return get_object_or_404(visible_to(request.user).select_related("owner_unit"), pk=pk)


def read_whole(request: SignedInRequest, pk: int) -> Appraisal:
    """One whose preparation the reader reads in full."""
    appraisal = found(request, pk)
    require(reads_all(request.user, appraisal))
    return appraisal


def managed(request: SignedInRequest, pk: int) -> Appraisal:
    """One that the reader's department holds."""
    appraisal = found(request, pk)
    require_may_manage(request.user, appraisal)
    return appraisal


def found_paper(request: SignedInRequest, pk: int) -> BallotPaper:
    """A paper of one's department, or one whose list one was asked for."""
    return get_object_or_404(papers_visible_to(request.user), pk=pk)


def managed_paper(request: SignedInRequest, pk: int) -> BallotPaper:
    """A paper of one's department."""
    paper = found_paper(request, pk)
    require_may_manage(request.user, paper.appraisal)
    return paper
