"""Print the registration forms of a year; each is then among the papers to be stamped."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from secondment.accounts.models import User
from secondment.assessments.models import Evaluation
from secondment.assessments.papers import YEAR
from secondment.assessments.services.summaries import read_summary
from secondment.assessments.sheets import YEAR_FORM, year_sheet
from secondment.assessments.summary_queries import summary_of
from secondment.audit.services import record_export
from secondment.documents.papers import expect_paper
from secondment.people.rules import sections_at


@transaction.atomic
def print_forms(evaluations: Sequence[Evaluation], *, by: User, on: dt.date, at: dt.datetime) -> bytes:
    """One file, each form on a page of its own; what bars a grade is printed as far as the account may know."""
    sheets = []
    for one in evaluations:
        expect_paper(YEAR, one, by=by, on=on, at=at)
        record_export("assessment.print_form", one, by=by, at=at)
        summary = summary_of(one)
        if summary is not None:
            read_summary(summary, by=by, at=at)  # what is printed stands
        sheets.append(year_sheet(one, sections_at(by, one.person.unit.path)))
    return YEAR_FORM.fill(*sheets)
