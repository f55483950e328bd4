"""The style guide and the choice of columns show nobody's data: every account may open them."""

from tests.authorisation.matrix import EVERYONE, Row

ROWS = {
    "styleguide": Row(EVERYONE),
    "styleguide_progress": Row(EVERYONE),
    "table_columns": Row(EVERYONE, method="post", data=lambda side: {"table": "people", "next": "/"}),
}
