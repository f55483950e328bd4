"""The analysis of the force: for those who read files, within their scope; kept analyses are conditions without figures."""

from secondment.accounts.choices import Role
from secondment.workforce.models import SavedView
from tests.authorisation.matrix import Row
from tests.makers import AT, make_user

READERS = frozenset({Role.ORGANISATION_DEPARTMENT, Role.HOME_UNIT, Role.LEADER})
SAME = frozenset(
    {200, 302, 403, 404}
)  # a kept analysis belongs to no unit and counts what its reader may see


def view(_side: object) -> dict[str, int]:
    row = SavedView.objects.create(owner=make_user(), name="示例", page="overview", saved_at=AT)
    return {"pk": row.pk}


ROWS = {
    "workforce:overview": Row(READERS),
    "workforce:question": Row(READERS, lambda _side: {"key": "age"}, denied=SAME),
    "workforce:trend": Row(READERS),
    "workforce:cross": Row(READERS),
    "workforce:people": Row(READERS),
    "workforce:completeness": Row(READERS),
    "workforce:report": Row(READERS),
    "workforce:saved_views": Row(READERS),
    "workforce:view_save": Row(
        READERS, method="post", data=lambda _side: {"name": "示例", "page": "overview"}
    ),
    "workforce:view_open": Row(READERS, view, denied=SAME),
    "workforce:views_delete": Row(READERS, method="post", data=lambda _side: {"selected": "1"}),
}
