"""What is done about the burden of forms."""

from secondment.burden.services.governing import let_through, review_form, set_budget
from secondment.burden.services.requesting import (
    Assessment,
    Draft,
    answer_request,
    assess,
    close_request,
    issue_request,
    read_answers,
)

__all__ = [
    "Assessment",
    "Draft",
    "answer_request",
    "assess",
    "close_request",
    "issue_request",
    "let_through",
    "read_answers",
    "review_form",
    "set_budget",
]
