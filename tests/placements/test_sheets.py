"""Form F16 as a Word file: what is known is printed, opinions and seals are left to the hand."""

import datetime as dt
import io

import pytest
from django.utils.translation import override
from docx import Document

from secondment.placements.choices import TermChangeKind
from secondment.placements.services.endings import Change
from secondment.placements.sheets import TERM_CHANGE, term_change_sheet

ON = dt.date(2026, 11, 23)


def sheet_of(scene, kind=TermChangeKind.EXTENDED, ends_on=dt.date(2029, 3, 1), **texts):
    change = Change(kind, ends_on, "换届需要", ON, **texts)
    return term_change_sheet(scene.first, change, old_ends_on=scene.first.ends_on, on=ON)


def test_an_extension_takes_effect_when_the_old_term_is_over(scene) -> None:
    sheet = sheet_of(scene)
    assert (sheet.kind, sheet.kinds) == ("延期", "☑延期　□提前结束　□召回　□撤换")
    assert (sheet.old_term, sheet.new_term) == ("2026年12月1日至\n2028年11月30日", "挂职至2029年2月28日")
    assert sheet.takes_effect_on == dt.date(2028, 12, 1)


@pytest.mark.parametrize(
    ("kind", "ticked"),
    [
        (TermChangeKind.EARLY, "□延期　☑提前结束　□召回　□撤换"),
        (TermChangeKind.RECALLED, "□延期　□提前结束　☑召回　□撤换"),
        (TermChangeKind.REPLACED, "□延期　□提前结束　□召回　☑撤换"),
    ],
)
def test_an_early_end_takes_effect_on_the_first_day_back(scene, kind, ticked) -> None:
    sheet = sheet_of(scene, kind, dt.date(2027, 7, 1))
    assert (sheet.kinds, sheet.takes_effect_on) == (ticked, dt.date(2027, 7, 1))
    assert sheet.new_term == "挂职至2027年6月30日"


def test_the_form_is_chinese_for_every_reader(scene) -> None:
    with override("en"):
        assert sheet_of(scene).kind == "延期"


def test_the_file_prints_what_is_known(scene) -> None:
    sheets = [sheet_of(scene, own_opinion="同意", number="示组〔2028〕5号"), sheet_of(scene)]
    document = Document(io.BytesIO(TERM_CHANGE.fill(*sheets)))
    first, second = ([cell.text for row in table.rows for cell in row.cells] for table in document.tables)
    assert [line.text for line in document.paragraphs if line.text][:1] == ["挂职延期审批表"]
    person, post = scene.first.person, scene.first.post
    for text in (person.name, f"{scene.home.name}{person.post_title}", f"{scene.host.name}{post.title}"):
        assert text in first
    assert "2028年12月1日" in first
    assert next(text for text in first if text.startswith("同意\n签名："))
    assert next(text for text in first if text.startswith("审批文号：示组〔2028〕5号\n（盖章）"))
    assert [text for text in second if text.startswith(("同意", "审批文号"))] == []
