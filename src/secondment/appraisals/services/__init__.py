"""Write appraisals: one function for each act."""

from secondment.appraisals.services.choosing import add_candidates, remove_candidates
from secondment.appraisals.services.freezing import freeze_appraisal, replace_rater
from secondment.appraisals.services.importing import take_in_marks, take_in_rosters
from secondment.appraisals.services.marking import Member, set_team, write_marks
from secondment.appraisals.services.papering import (
    NewPaper,
    add_paper,
    change_paper,
    propose_papers,
    remove_paper,
)
from secondment.appraisals.services.preparing import (
    NewAppraisal,
    change_appraisal,
    create_appraisal,
)
from secondment.appraisals.services.rosters import (
    add_raters,
    ask_for_rosters,
    hand_in_roster,
    remove_raters,
    return_roster,
)
from secondment.appraisals.services.voiding import (
    ask_void,
    confirm_void,
    decline_void,
    is_without_turnout,
    void_appraisal,
)

__all__ = [
    "Member",
    "NewAppraisal",
    "NewPaper",
    "add_candidates",
    "add_paper",
    "add_raters",
    "ask_for_rosters",
    "ask_void",
    "change_appraisal",
    "change_paper",
    "confirm_void",
    "create_appraisal",
    "decline_void",
    "freeze_appraisal",
    "hand_in_roster",
    "is_without_turnout",
    "propose_papers",
    "remove_candidates",
    "remove_paper",
    "remove_raters",
    "replace_rater",
    "return_roster",
    "set_team",
    "take_in_marks",
    "take_in_rosters",
    "void_appraisal",
    "write_marks",
]
