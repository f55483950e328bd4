"""Forms F12, F14 and F15 hold what the records hold."""

import io

import docx
import pytest
from django.urls import reverse

from tests.appeals.conftest import Case
from tests.appeals.measured import appraise


def words(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("F12", ["民主测评结果汇总表", "2025年度", "群众（服务对象）", "考核组", "25", "85.7"]),
        (
            "F14",
            ["挂职干部期满考核鉴定表", "2024年6月1日至2027年5月31日", "工作扎实。", "履职尽责。", "直接统计"],
        ),
        ("F15", ["专业技术干部履职考核表", "工作扎实。", "85.7", "22/22"]),
    ],
)
def test_a_form_is_filled_from_the_records(signed_in, case: Case, code: str, expected: list[str]) -> None:
    page = reverse("appeals:form", args=[case.grade.pk, code])
    client = signed_in(case.scene.owner)
    assert "张示例" in words(client.get(page).content)  # before any appraisal as well
    appraise(case)
    text = words(client.get(page).content)
    assert [one for one in expected if one not in text] == []
    assert "{{" not in text
    assert "*" not in text


def test_others_and_other_forms(signed_in, case: Case) -> None:
    page = reverse("appeals:form", args=[case.grade.pk, "F12"])
    assert signed_in(case.person).get(page).status_code == 403
    assert signed_in(case.scene.home_clerk).get(page).status_code == 404
    other = reverse("appeals:form", args=[case.grade.pk, "F99"])
    assert signed_in(case.scene.owner).get(other).status_code == 404
