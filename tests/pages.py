"""Read pages as a person does."""

import re
from typing import Any


def text_of(response: Any) -> str:
    """Return the words on a page: without attributes, whose random keys hold any short word now and then."""
    assert response.status_code == 200, response.status_code
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))
