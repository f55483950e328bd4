"""Faults of rows in the language of the page."""

from django.utils.translation import gettext as _

from secondment.common.sentences import joined_sentences
from secondment.daily_work.content import RowFault


def told(fault: RowFault) -> str:
    """What was found and what to do."""
    return joined_sentences(_(text) % fault.values for text in (fault.found, fault.remedy))
