"""What a page is about, as far as the reader may see it; strangers get 404."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from secondment.accounts.http import SignedInRequest
from secondment.assessments.models import Evaluation, GradeDecision, Register
from secondment.assessments.queries import (
    decisions_visible_to,
    registers_visible_to,
    visible_to,
    with_names,
)
from secondment.common.listing.selection import selected_keys


def found_register(request: SignedInRequest, pk: int) -> Register:
    """A register that holds somebody the reader may see."""
    return get_object_or_404(registers_visible_to(request.user), pk=pk)


def found_evaluation(request: SignedInRequest, pk: int) -> Evaluation:
    """An evaluation with everything its pages name."""
    return get_object_or_404(with_names(visible_to(request.user)), pk=pk)


def found_decision(request: SignedInRequest, pk: int) -> GradeDecision:
    """A decision of the reader's department."""
    return get_object_or_404(decisions_visible_to(request.user), pk=pk)


def chosen(request: SignedInRequest) -> list[Evaluation]:
    """The chosen rows; one that the reader may not see is not there for them."""
    keys = selected_keys(request)
    evaluations = list(with_names(visible_to(request.user)).filter(pk__in=keys).order_by("pk"))
    if len(evaluations) != len(set(keys)):
        raise Http404
    return evaluations
