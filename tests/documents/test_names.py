"""Names of stored files keep their ends, where the kind of file stands."""

import pytest
from tests.makers import AT, make_user

from secondment.documents.services import store_file


@pytest.mark.parametrize(("length", "kept"), [(199, 199), (200, 200), (201, 200)])
def test_a_long_name_loses_its_beginning(db, length, kept) -> None:
    name = "甲" * (length - 5) + ".docx"
    stored = store_file(name, b"PK", content_type="application/zip", by=make_user(), at=AT)
    assert stored.name == name[-kept:]
