"""What a file was found to hold is told in the language of the page."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils.translation import override
from tests.people.imported import checked

import secondment
from secondment.common.file_words import retold
from secondment.files.faults import CHINESE

SOURCE = Path(secondment.__file__).parent
IS_CHINESE = re.compile("[\u4e00-\u9fff]")
READERS = (
    *(SOURCE / "people" / "files").rglob("*.py"),
    *(SOURCE / "people" / "services" / "imports").glob("*.py"),
    SOURCE / "tables" / "names.py",
)
TELLS = {"Problem", "CellError", "MonthError", "UnknownKinshipError", "_problem", "_error", "_warn", "refuse"}


def said(node: ast.expr) -> str:
    """A literal text with a number in each slot; nothing for anything else."""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(one.value) if isinstance(one, ast.Constant) else "7" for one in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def sentences_of(path: Path) -> Iterator[str]:
    """What is found and what is to be done: the last two texts of a call that tells a fault."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in TELLS:
                yield from filter(IS_CHINESE.search, map(said, node.args[-2:]))


def test_every_sentence_of_the_readers_has_its_english() -> None:
    sentences = [text for path in READERS for text in sentences_of(path)]
    assert len(sentences) > 60
    slots = defaultdict(lambda: "7")
    sentences += [text.format_map(slots) for one in CHINESE.values() for text in one]
    with override("en"):
        assert [text for text in sentences if retold(text) == text] == []


@pytest.mark.parametrize(
    ("kept", "english"),
    [
        ("“大官”不在职务级别代码中", "“大官” is not in the list 职务级别代码"),
        (
            "“某局”不在导入单位及其下级单位中",
            "“某局” is not among the unit imported into and the units below it",
        ),
        (
            "称谓“小姨”有不同含义，照原样保留",
            "the title “小姨” has several meanings; kept as written",
        ),
        ("与“a.csv 第3行”是同一人", "is the same person as “a.csv, row 3”"),
        ("隐藏的行也已读取：第 5 行", "Hidden rows were read too: 5"),
        ("市财政局科员", "市财政局科员"),
        ("", ""),
    ],
)
def test_what_was_kept_in_chinese_is_told_in_english(kept: str, english: str) -> None:
    assert retold(kept) == kept
    with override("en"):
        assert retold(kept) == english


def test_an_english_page_tells_faults_in_english(client, clerk, unit) -> None:
    content = "姓名,性别,出生年月\n示例一,男,1985-06-31".encode()
    row = checked("a.csv", content, unit, clerk)
    client.cookies["language"] = "en"
    page = client.get(reverse("people:import_detail", args=[row.pk])).content.decode()
    assert "“1985-06-31” is a day that does not exist; correct the date" in page
    assert "a.csv, row 2" in page
