"""Democratic appraisals: held by the organisation department; units fill in the lists they are asked for."""

import datetime as dt

from secondment.accounts.choices import Role
from secondment.appraisals.choices import AppraisalState, Standing
from secondment.appraisals.models import Appraisal, BallotPaper, Candidate, RosterEntry
from secondment.placements.choices import PlacementState
from secondment.standards.choices import RaterGroup, VersionState
from secondment.standards.models import Standard, StandardVersion
from tests.authorisation.matrix import Row
from tests.authorisation.rows_posts import somebodys_file
from tests.authorisation.world import Side
from tests.makers import AT, make_user

OWNER = frozenset({Role.ORGANISATION_DEPARTMENT})
READERS = OWNER | {Role.LEADER}
OFFICES = OWNER | {Role.HOST_UNIT, Role.HOME_UNIT}
CONCERNED = READERS | OFFICES
HOSTS = READERS | {Role.HOST_UNIT}


def appraisal(side: Side, state: str = AppraisalState.DRAFT) -> dict[str, int]:
    """Of the department of the side, on its one person; both units were asked for lists."""
    placement = side.placement
    placement.state, placement.starts_on, placement.ends_on = (
        PlacementState.IN_POST,
        dt.date(2026, 1, 1),
        dt.date(2029, 1, 1),
    )
    placement.save()
    # one of each state in a world: nobody is appraised twice for a year
    name, year = f"appraisal {state}", 2026 - list(AppraisalState).index(AppraisalState(state))
    earlier = Appraisal.objects.filter(owner_unit=side.root, name=name).first()
    if earlier is not None:
        return {"pk": earlier.pk}
    row = Appraisal.objects.create(
        owner_unit=side.root,
        name=name,
        year=year,
        state=state,
        held_on=dt.date(2026, 12, 20),
        closes_on=dt.date(2026, 12, 25),
        rosters_by=dt.date(2026, 12, 10),
        team=[{"name": "Li", "duty": ""}],
        frozen_on=None if state == AppraisalState.DRAFT else dt.date(2026, 12, 18),
        created_by=make_user(),
        created_at=AT,
    )
    standard, _made = Standard.objects.get_or_create(
        owner_unit=side.root, name="standard", category="party_government"
    )
    version, _made = StandardVersion.objects.get_or_create(
        standard=standard,
        number=1,
        state=VersionState.SIGNED,
        defaults={"level_names": ["1", "2"], "drafted_at": AT},
    )
    candidate = Candidate.objects.create(appraisal=row, placement=placement, year=year, standard=version)
    for group, unit in ((RaterGroup.COLLEAGUES, side.host_unit), (RaterGroup.HOME, side.home_unit)):
        paper = BallotPaper.objects.create(
            appraisal=row, group=group, unit=unit, asked_on=dt.date(2026, 12, 1)
        )
        paper.candidates.add(candidate)
        RosterEntry.objects.create(
            paper=paper, position=1, name="Wang", standing=Standing.DRAWN, drawn_order=1
        )
    return {"pk": row.pk}


def frozen(side: Side) -> dict[str, int]:
    return appraisal(side, AppraisalState.FROZEN)


def candidate(side: Side) -> dict[str, int]:
    return {"pk": Candidate.objects.get(appraisal=appraisal(side)["pk"]).pk}


def paper(side: Side) -> dict[str, int]:
    """Of the host unit."""
    return {"pk": BallotPaper.objects.get(appraisal=appraisal(side)["pk"], group=RaterGroup.COLLEAGUES).pk}


def handed_in(side: Side) -> dict[str, int]:
    key = paper(side)["pk"]
    BallotPaper.objects.filter(pk=key).update(handed_in_on=dt.date(2026, 12, 2))
    return {"pk": key}


def rater(side: Side) -> dict[str, int]:
    rows = RosterEntry.objects.filter(paper__appraisal=frozen(side)["pk"], paper__group=RaterGroup.COLLEAGUES)
    return {"pk": rows.get().pk}


def _rater_of(side: Side) -> dict[str, object]:
    entry = RosterEntry.objects.filter(paper__unit=side.host_unit).last()
    return {"selected": entry.pk if entry else 1}


ROWS = {
    "appraisals:appraisal_list": Row(CONCERNED),
    "appraisals:appraisal_new": Row(OWNER),
    "appraisals:appraisal_detail": Row(CONCERNED, appraisal),
    "appraisals:appraisal_change": Row(OWNER, appraisal),
    "appraisals:appraisal_void": Row(OWNER, appraisal, "post", lambda _side: {"reason": "again"}),
    "appraisals:void_confirm": Row(OWNER, appraisal, "post"),
    "appraisals:void_decline": Row(OWNER, appraisal, "post"),
    "appraisals:rosters_ask": Row(OWNER, appraisal, "post"),
    "appraisals:appraisal_freeze": Row(OWNER, appraisal),
    "appraisals:draw_record": Row(OWNER, frozen),
    "appraisals:candidate_list": Row(READERS, appraisal),
    "appraisals:candidates_choose": Row(OWNER, appraisal),
    "appraisals:candidates_add": Row(OWNER, appraisal, "post", lambda side: {"selected": side.placement.pk}),
    "appraisals:candidates_remove": Row(OWNER, appraisal, "post", lambda _side: {"selected": "1"}),
    "appraisals:candidate_detail": Row(CONCERNED, candidate),
    "appraisals:paper_list": Row(READERS, appraisal),
    "appraisals:papers_propose": Row(OWNER, appraisal, "post"),
    "appraisals:paper_new": Row(OWNER, appraisal),
    "appraisals:paper_change": Row(OWNER, paper),
    "appraisals:paper_remove": Row(OWNER, paper, "post"),
    "appraisals:roster": Row(HOSTS, paper),
    "appraisals:raters_add": Row(OWNER | {Role.HOST_UNIT}, paper, "post", lambda _side: {"text": "Sun"}),
    "appraisals:raters_remove": Row(OWNER | {Role.HOST_UNIT}, paper, "post", _rater_of),
    "appraisals:roster_hand_in": Row(OWNER | {Role.HOST_UNIT}, paper, "post"),
    "appraisals:roster_return": Row(OWNER, handed_in, "post"),
    "appraisals:rater_replace": Row(OWNER, rater),
    "appraisals:team_set": Row(OWNER, appraisal),
    "appraisals:marks_enter": Row(OWNER, frozen),
    "appraisals:mark_sheet": Row(OWNER, frozen),
    "appraisals:roster_sheet": Row(CONCERNED, appraisal),
    "appraisals:roster_template": Row(OFFICES),
    "appraisals:roster_import": Row(OFFICES),
    "appraisals:roster_import_review": Row(frozenset(), somebodys_file),
    "appraisals:roster_import_aside": Row(frozenset(), somebodys_file, "post"),
    "appraisals:roster_import_faults": Row(frozenset(), somebodys_file),
    "appraisals:roster_import_confirm": Row(frozenset(), somebodys_file, "post"),
    "appraisals:mark_import": Row(OWNER),
    "appraisals:mark_import_review": Row(frozenset(), somebodys_file),
    "appraisals:mark_import_aside": Row(frozenset(), somebodys_file, "post"),
    "appraisals:mark_import_faults": Row(frozenset(), somebodys_file),
    "appraisals:mark_import_confirm": Row(frozenset(), somebodys_file, "post"),
}
