"""Print nomination forms: on record for each, with the looks at what of the person is kept apart."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from secondment.accounts.models import User
from secondment.audit.services import record_export
from secondment.campaigns.models import Nomination
from secondment.campaigns.sheets import NOMINATION_FORM, nomination_sheet
from secondment.people.rules import sections_of
from secondment.people.sections import Section
from secondment.people.services.looks import note_looks

LOOKED_AT = frozenset({Section.ASSESSMENT, Section.FAMILY})


@transaction.atomic
def print_nominations(nominations: Sequence[Nomination], *, by: User, at: dt.datetime) -> bytes:
    """One file, each form on a page of its own, with what the account may read of each person."""
    sheets = []
    for one in nominations:
        sections = sections_of(by, one.person)
        record_export("nomination.print_form", one, by=by, at=at)
        note_looks(one.person, sections & LOOKED_AT, by=by, at=at)
        sheets.append(nomination_sheet(one, sections))
    return NOMINATION_FORM.fill(*sheets)
