"""The vote: ballots are open to whoever holds a slip; everything around it belongs to the department that holds it."""

import datetime as dt

from secondment.accounts.choices import Role
from secondment.appraisals.choices import AppraisalState
from secondment.appraisals.models import Appraisal, BallotPaper, SlipReplacement
from secondment.standards.choices import RaterGroup
from tests.authorisation.matrix import Row
from tests.authorisation.world import Side
from tests.makers import AT, ON, make_user

OWNER = frozenset({Role.ORGANISATION_DEPARTMENT})


def appraisal(side: Side) -> Appraisal:
    """One whose lists are locked."""
    made, _is_new = Appraisal.objects.get_or_create(
        owner_unit=side.root,
        name="民主测评",
        defaults={
            "year": 2026,
            "state": AppraisalState.FROZEN,
            "held_on": ON,
            "closes_on": ON + dt.timedelta(days=1),
            "created_at": AT,
        },
    )
    return made


def one(side: Side) -> dict[str, int]:
    return {"pk": appraisal(side).pk}


def box(side: Side) -> dict[str, object]:
    return {"box": appraisal(side).box}


def paper(side: Side) -> dict[str, int]:
    row, _is_new = BallotPaper.objects.get_or_create(
        appraisal=appraisal(side), group=RaterGroup.MASSES, unit=side.host_unit
    )
    return {"pk": row.pk}


def replacement(side: Side) -> dict[str, int]:
    row = SlipReplacement.objects.create(
        paper_id=paper(side)["pk"], kind="lost", reason="x", asked_by=make_user(), asked_on=ON
    )
    return {"pk": row.pk}


ROWS = {
    "vote:code": Row(public=True, keyless=True),
    "vote:hall": Row(public=True, keyless=True),
    "vote:review": Row(public=True, keyless=True, method="post"),
    "vote:cast": Row(public=True, keyless=True, method="post"),
    "vote:receipt_check": Row(public=True, keyless=True),
    "vote:receipt_list": Row(public=True, keyless=True, kwargs=box),
    "appraisals:voting": Row(OWNER, one),
    "appraisals:vote_open": Row(OWNER, one, method="post"),
    "appraisals:vote_close": Row(OWNER, one, method="post"),
    "appraisals:practice_open": Row(OWNER, one, method="post"),
    "appraisals:practice_wipe": Row(OWNER, one, method="post"),
    "appraisals:paper_ballot": Row(OWNER, one),
    "appraisals:paper_ballot_take_back": Row(OWNER, one, method="post"),
    "appraisals:paper_ballot_send_back": Row(OWNER, one, method="post"),
    "appraisals:slips_print": Row(OWNER, paper),
    "appraisals:practice_slips": Row(OWNER, paper, method="post"),
    "appraisals:replacement_ask": Row(OWNER, paper),
    "appraisals:replacement_confirm": Row(OWNER, replacement, method="post"),
    "appraisals:replacement_decline": Row(OWNER, replacement, method="post"),
}
