"""Receipts of closed votes: published, sorted, and all that a voter can check."""

import uuid

from django.db.models import QuerySet

from secondment.appraisals.choices import AppraisalState
from secondment.appraisals.models import Appraisal, CountedReceipt


def vote_of(number: str) -> Appraisal | None:
    """The closed vote in which the ballot of this receipt was counted."""
    found = CountedReceipt.objects.filter(number=number).select_related("appraisal").first()
    return found.appraisal if found else None


def closed_vote(box: uuid.UUID) -> Appraisal | None:
    """A closed vote by the number of its box, which its receipts lead to."""
    return Appraisal.objects.filter(box=box, state=AppraisalState.CLOSED).first()


def numbers_of(appraisal: Appraisal) -> QuerySet[CountedReceipt, str]:
    """Its receipts in order."""
    return appraisal.receipts.order_by("number").values_list("number", flat=True)
