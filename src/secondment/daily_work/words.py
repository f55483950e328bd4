"""Faults of rows in the language of the page."""

from secondment.common.file_faults import told as told_fault
from secondment.common.sentences import joined_sentences
from secondment.daily_work.content import RowFault


def told(fault: RowFault) -> str:
    """What was found and what to do."""
    return joined_sentences(told_fault(fault.fault))
