"""The Word form is two pages whatever its texts; what no readable size can hold stands whole on a sheet behind."""

import datetime as dt
import io
import re
from dataclasses import replace

import pytest
from docx import Document
from tests.office import as_pdf, in_office, pages_of, told
from tests.people.imported import DATA, FORMS, FULL

from secondment.people.files import approval_form as module
from secondment.people.files.appointment_forms.form import AppointmentForm, FamilyMember
from secondment.people.files.appointment_forms.lrmx import read_lrmx
from secondment.people.files.fitting import CUT, SIZES, fitted, height_of
from secondment.people.files.form_draft import TEXTS
from secondment.people.models import FamilyMember as Relative
from secondment.people.models import Person

ON = dt.date(2026, 11, 29)
NORMAL = read_lrmx(FORMS[FULL], FULL)
THREE_LONG = read_lrmx((DATA / "forms" / "b_family_three_long.lrmx").read_bytes(), "a.lrmx")


def long(n: int) -> str:
    return ("某市某区某某街道办事处" * (n // 10))[:n]


def limit(model: type, name: str) -> int:
    return model._meta.get_field(name).max_length or 1500


def worst() -> AppointmentForm:
    """Every text as long as its column may be."""
    columns = ("title", "name", "political_status", "work_text")
    relative = [long(limit(Relative, column)) for column in columns]
    member = FamilyMember(relative[0], relative[1], "195803", relative[2], relative[3])
    texts = {
        field: long(limit(Person, column)) for column, field in TEXTS.items() if column != "form_version"
    }
    career = "\n".join(f"{year}.07--{year + 1}.07  {long(200)}" for year in range(2000, 2026))
    return replace(NORMAL, **texts, name=long(40), career=career, family=(member,) * 12)


def written(form: AppointmentForm, monkeypatch) -> bytes:
    monkeypatch.setattr(module, "form_of", lambda person, readable: form)
    return module.approval_form(Person(born_on=dt.date(1985, 3, 12)), frozenset(), on=ON)


def texts_of(content: bytes) -> list[str]:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [*dict.fromkeys(cells), *(line.text for line in document.paragraphs)]


@pytest.mark.parametrize(
    ("n", "size"), [(16, 11), (17, 10), (18, 10), (19, 9), (20, 9), (21, 8), (24, 8), (25, 7.5), (36, 7.5)]
)
def test_a_text_is_set_in_the_largest_size_that_fits(n, size) -> None:
    shown = fitted("字" * n, 38, 10)
    assert (shown.size, shown.is_cut, shown.text) == (size, False, "字" * n)


def test_a_text_that_no_size_holds_is_cut_and_says_so() -> None:
    shown = fitted("字" * 37, 38, 10)
    assert (shown.size, shown.is_cut, shown.text) == (SIZES[-1], True, "字" * 27 + CUT)
    assert fitted("字", 38, 0.1).text == CUT


def test_words_and_lines_are_counted_as_programs_break_them() -> None:
    one = height_of("字", 38, 10)
    assert height_of("字" * 9 + "\n" + "字" * 10, 38, 10) == pytest.approx(3 * one)
    assert height_of("字" * 6 + "2008.07--2014.05", 38, 10) == pytest.approx(2 * one)
    assert height_of("A" * 30, 38, 10) == pytest.approx(2 * one)


@pytest.mark.parametrize(("n", "n_rows"), [(0, 10), (9, 10), (10, 10), (11, 11), (18, 18)])
def test_the_family_fills_its_place(n, n_rows) -> None:
    appendix: module.Appendix = []
    family = [FamilyMember("女儿", "示例甲", "201203", "群众", "示例小学学生")] * n
    rows, heights, _size = module._family_rows(family, ON, appendix)
    assert (len(rows), len(heights), appendix) == (n_rows, n_rows, [])
    assert sum(heights) == pytest.approx(module.FAMILY_HEIGHT, abs=0.1)


def test_what_cannot_be_shown_stands_whole_behind(monkeypatch) -> None:
    form = worst()
    texts = texts_of(written(form, monkeypatch))
    assert "干部任免审批表（另附）" in texts
    for text in (form.current_post, form.specialty, *form.career.split("\n"), form.family[0].unit_and_post):
        assert any(text in one for one in texts)
    assert "干部任免审批表（另附）" not in texts_of(written(THREE_LONG, monkeypatch))


@in_office
def test_the_form_is_two_pages_in_a_real_program(monkeypatch, tmp_path) -> None:
    forms = {"normal": NORMAL, "three_long": THREE_LONG, "worst": worst()}
    files = as_pdf(tmp_path, {name: written(form, monkeypatch) for name, form in forms.items()})
    pages = {name: pages_of(path) for name, path in files.items()}
    assert [len(pages[name]) for name in ("normal", "three_long")] == [2, 2]
    for name in forms:
        first, second, *behind = pages[name]
        assert ("现任职务" in first, "年度考" in first, "年度考" in second) == (True, False, True)
        assert "填表人" in second
        assert ["另附）" in page.split("姓名")[0] for page in behind[:1]] == [True] * (name == "worst")
    periods = re.findall(r"\d{4}\.\d{2}--\d{4}\.\d{2}", NORMAL.career)
    assert len(periods) == 4
    assert [period for period in periods if period not in pages["normal"][0].replace("‑", "-")] == []
    for label, (page, left, top) in PLACES.items():
        assert places_of(files["normal"])[label] == (
            page,
            *(pytest.approx(at, abs=4) for at in (left, top)),
        )


# Where labels stand on paper: page, millimetres from the left and from the top; rows have fixed heights.
PLACES = {"现任职务": (1, 33, 114), "称谓": (2, 45, 77), "工作单位及职务": (2, 146, 77)}


def places_of(path) -> dict[str, tuple[int, float, float]]:
    found = {}
    for page, content in enumerate(told(path, "-bbox").split("<page ")[1:], start=1):
        words = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>([^<]*)<', content)
        found |= {text: (page, float(x) * 25.4 / 72, float(y) * 25.4 / 72) for x, y, text in words}
    return found
