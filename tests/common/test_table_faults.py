"""Every fault a reader of tables can find has Chinese words and a remedy, told in the language of the page."""

import re
from pathlib import Path

import pytest
from django.utils.translation import override

import secondment
from secondment.common.file_faults import kept, refusals_of, told, told_again, told_whole
from secondment.common.import_report import Refusal
from secondment.files.faults import CHINESE, ENGLISH, IN_ENGLISH, Fault, Said, in_chinese, in_english
from secondment.files.headers import Headers
from secondment.files.problems import BadInputError, Problem
from secondment.files.reading import examine_table

CLERKS = Path(__file__).parents[1] / "data" / "clerks"
SLOT = re.compile(r"\{(\w+)[^}]*\}")
IS_CHINESE = re.compile("[\u4e00-\u9fff]")
CELLS = Fault("too_many_cells", {"n": 5, "width": 4})


def test_figures_of_the_reader_stand_in_the_sentence() -> None:
    assert told(CELLS) == Said("有 5 格，表头只有 4 格", "含逗号的文字请加引号")
    assert str(Problem("a.csv", 3, "", CELLS)) == (
        "a.csv, line 3: has 5 cells, the header has 4; put texts with commas in quotes, write decimals with a point"
    )
    with override("en"):
        assert told(CELLS).found == "has 5 cells, the header has 4"


def test_a_file_that_costs_too_much_is_named_with_what_to_do() -> None:
    error = BadInputError.of_fault("名册.xlsx", Fault("too_costly"))
    assert refusals_of(error.problems) == [
        Refusal(
            0,
            "名册.xlsx",
            "读取时需要的内存或时间超过允许的限度，已停止读取",
            "请把有内容的行复制到新建的文件中，或分成几个文件，再上传",
        )
    ]


def test_both_languages_know_every_code_and_ask_for_an_answer_in_both() -> None:
    assert CHINESE.keys() == ENGLISH.keys()
    for code, (found, remedy) in CHINESE.items():
        english = ENGLISH[code]
        assert bool(remedy) == bool(english[1])
        assert set(SLOT.findall(found)) - {"list"} <= set(SLOT.findall(english[0]))
        assert code == IN_ENGLISH or IS_CHINESE.search(found)


def test_every_code_in_the_sources_is_listed() -> None:
    sources = [path.read_text(encoding="utf-8") for path in Path(secondment.__file__).parent.rglob("*.py")]
    used = {
        code
        for source in sources
        for code in re.findall(r'\b(?:DateFault|Fault|CellError|IdentityNumberError)\("([a-z0-9_]+)"', source)
    }
    assert len(used) > 50
    assert used - CHINESE.keys() == set()


def test_a_room_brings_its_own_sentences_and_the_catalogue_their_english() -> None:
    inner = in_chinese("没有{year}年{month}月", "请改正年月", year=1999, month=13)
    outer = in_chinese(
        "{fault}，照原样保留", "{fault_remedy}；未判断前资格审查会提示核实回避关系", fault=inner
    )
    assert told(outer) == Said("没有1999年13月，照原样保留", "请改正年月；未判断前资格审查会提示核实回避关系")
    with override("en"):
        assert told(outer) == Said(
            "there is no month 1999-13; kept as written",
            "correct the month; until then the eligibility check asks to verify recusal",
        )
        assert told_whole(inner) == "there is no month 1999-13; correct the month."
    assert told_whole(inner) == "没有1999年13月，请改正年月。"
    assert Fault.of_json(outer.as_json()) == outer


def test_the_words_of_the_command_line_are_never_patterns() -> None:
    assert told(in_english("“{a}” is no key", 'write {"rules": []}')) == Said(
        "“{a}” is no key", 'write {"rules": []}'
    )


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_was_kept_is_told_in_the_language_of_the_page(language: str) -> None:
    row = kept(Problem("a.csv", 3, "性别", CELLS))
    with override(language):
        assert told_again(row) == {**row, **told(CELLS)._asdict()}


def test_what_an_older_version_kept_stays_as_it_was_said() -> None:
    old = {"column": "性别", "found": "“甲”不在性别代码中", "remedy": "请改为性别代码中的名称"}
    with override("en"):
        assert told_again(old) == old


def test_every_note_and_fault_of_a_clerks_file_is_told_in_chinese() -> None:
    """No English is left in what the one reader says of the files that clerks have."""
    headers = Headers(("姓名", "性别", "出生年月", "身份证号", "所在单位"), ("序号",))
    said: list[Problem] = []
    for path in sorted(CLERKS.iterdir()):
        try:
            table = examine_table(path.read_bytes(), file=path.name, headers=headers)
        except BadInputError as error:
            said += error.problems
        else:
            said += [*table.notes, *(fault for row in table.rows for fault in row.faults)]
    words = {told(one.fault).found for one in said}
    assert len(words) > 15
    assert all(IS_CHINESE.search(one) for one in words)
