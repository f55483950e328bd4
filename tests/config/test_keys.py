"""The key file is written once, whole and for its owner only."""

import json
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from secondment.common.refusals import StartRefusedError
from secondment.config.keys import Keys, read_keys


def test_kept_keys_are_read_again_and_belong_to_their_owner(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    assert read_keys(path) is None
    keys = Keys.fresh()
    assert keys.keep(path) == keys == read_keys(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    assert [file.name for file in tmp_path.iterdir()] == ["keys.json"]


def test_keys_that_stand_there_already_stay(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    first = Keys.fresh().keep(path)
    assert Keys.fresh().keep(path) == first == read_keys(path)
    assert [file.name for file in tmp_path.iterdir()] == ["keys.json"]


@pytest.mark.parametrize("content", ["", '{"django": "a"', '{"django": "a"}', "[]"])
def test_a_file_that_is_cut_off_is_refused_in_a_sentence(tmp_path: Path, content: str) -> None:
    path = tmp_path / "keys.json"
    path.write_text(content)
    with pytest.raises(StartRefusedError, match=r"keys\.json 不完整或被改动"):
        read_keys(path)


@pytest.mark.parametrize(
    ("name", "changed"), [("fields", ["fields"]), ("index", ["index"]), ("audit", ["audit"]), ("django", [])]
)
def test_a_fingerprint_tells_each_key_that_data_hang_on(name: str, changed: list[str]) -> None:
    keys = Keys.fresh()
    other = replace(keys, **{name: "another"})
    marks, others = keys.fingerprints(), other.fingerprints()
    assert [key for key in marks if marks[key] != others[key]] == changed
    assert keys.fields not in json.dumps(marks)


def test_equal_keys_have_unlike_fingerprints_by_their_use() -> None:
    marks = Keys("same", "same", "same", "same").fingerprints()
    assert len(set(marks.values())) == 3
