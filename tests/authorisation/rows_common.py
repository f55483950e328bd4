"""The style guide and the choice of columns show nobody's data: every account may open them."""

from tests.authorisation.matrix import EVERYONE, Row

ROWS = {
    "service_worker": Row(EVERYONE, public=True),
    "offline": Row(EVERYONE, public=True),
    "styleguide": Row(EVERYONE),
    "styleguide_progress": Row(EVERYONE),
    "table_columns": Row(EVERYONE, method="post", data=lambda side: {"table": "people", "next": "/"}),
}
