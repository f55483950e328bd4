"""Reviews of abilities: the home unit or its department records them; the person sees what became of it."""

from secondment.accounts.choices import Role
from tests.authorisation.matrix import Row
from tests.authorisation.rows_posts import somebodys_file
from tests.authorisation.world import Side

CLERKS = frozenset({Role.ORGANISATION_DEPARTMENT, Role.HOME_UNIT})
READERS = CLERKS | {Role.LEADER}


def nomination(side: Side) -> dict[str, int]:
    side.campaign.state = "open"
    side.campaign.save()
    return {"pk": side.nomination.pk}


def placement(side: Side) -> dict[str, int]:
    return {"pk": side.placement.pk}


ROWS = {
    "growth:review_list": Row(READERS),
    "growth:review": Row(READERS, nomination),
    "growth:placement_growth": Row(READERS | {Role.SECONDEE}, placement),
    "growth:groups": Row(frozenset({Role.ORGANISATION_DEPARTMENT, Role.LEADER})),
    "growth:sheet": Row(CLERKS),
    "growth:review_import": Row(CLERKS),
    "growth:review_import_review": Row(frozenset(), somebodys_file),
    "growth:review_import_aside": Row(frozenset(), somebodys_file, "post"),
    "growth:review_import_faults": Row(frozenset(), somebodys_file),
    "growth:review_import_confirm": Row(frozenset(), somebodys_file, "post"),
}
