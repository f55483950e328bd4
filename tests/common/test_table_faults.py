"""Every fault a reader of tables can find has Chinese words and a remedy."""

import re
from pathlib import Path

from secondment.common.file_faults import SPOKEN, refusals_of, spoken
from secondment.common.import_report import Refusal
from secondment.files.headers import Headers
from secondment.files.problems import BadInputError, Problem
from secondment.files.reading import examine_table
from secondment.files.sandbox.reading import REMEDY, TOO_COSTLY

CLERKS = Path(__file__).parents[1] / "data" / "clerks"


def test_figures_of_the_reader_stand_in_the_sentence() -> None:
    problem = Problem("a.csv", 3, "", "has 5 cells, the header has 4", "put texts in quotes")
    assert str(spoken(problem)) == "a.csv, line 3: 有 5 格，表头只有 4 格; 含逗号的文字请加引号"


def test_a_file_that_costs_too_much_is_named_with_what_to_do() -> None:
    error = BadInputError.of_file("名册.xlsx", TOO_COSTLY, REMEDY)
    assert refusals_of(error) == [
        Refusal(
            0,
            "名册.xlsx",
            "读取时需要的内存或时间超过允许的限度，已停止读取",
            "请把有内容的行复制到新建的文件中，或分成几个文件，再上传",
        )
    ]


def test_what_is_not_known_stays_and_every_sentence_takes_its_figures() -> None:
    other = Problem("a.lrmx", 0, "", "不是完整的XML", "请重新导出")
    assert spoken(other) == other
    for pattern, found, _remedy in SPOKEN:
        assert str(found).count("{}") == re.compile(pattern).groups


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
    told = [spoken(one) for one in said]
    assert len({one.found for one in told}) > 15
    assert [one for one, old in zip(told, said, strict=True) if one == old] == []
