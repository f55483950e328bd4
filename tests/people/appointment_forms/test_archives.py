"""Archives of forms: Chinese names, nested folders, and nothing that an archive claims is believed."""

import io
import struct
import zipfile
from pathlib import Path

import pytest

from secondment.files.problems import BadInputError
from secondment.people.files.appointment_forms.archives import ArchiveLimits, entry_path, read_zip
from secondment.people.files.appointment_forms.form import AppointmentForm
from secondment.people.files.appointment_forms.lrm import write_lrm
from secondment.people.files.appointment_forms.lrmx import write_lrmx

PERSON = write_lrmx(AppointmentForm(name="示例甲"))


def zipped(*entries: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def raw_name(content: bytes, placeholder: bytes, name: bytes) -> bytes:
    """The archive with an ASCII name replaced by raw bytes of the same length."""
    assert len(placeholder) == len(name)
    return content.replace(placeholder, name)


def faults(content: bytes) -> list[tuple[str, str]]:
    return [(problem.file, problem.found) for problem in read_zip(content, "a.zip").problems]


def test_forms_in_folders_with_their_photos() -> None:
    lrm, _ = write_lrm(AppointmentForm(name="示例乙"))
    reading = read_zip(
        zipped(
            ("甲/", b""),
            ("甲/一.lrmx", PERSON),
            ("乙/丙/二.LRM", lrm),
            ("乙/丙/二.pic", b"photo"),
            ("说明.txt", b"x"),
        ),
        "a.zip",
    )
    assert [(item.path, item.form.name, item.form.photo) for item in reading.forms] == [
        ("甲/一.lrmx", "示例甲", b""),
        ("乙/丙/二.LRM", "示例乙", b"photo"),
    ]
    assert reading.problems == ()
    assert reading.ignored == ("说明.txt",)


def test_thousands_of_forms() -> None:
    reading = read_zip(zipped(*((f"{n % 50}/{n}.lrmx", PERSON) for n in range(2000))), "a.zip")
    assert len(reading.forms) == 2000
    assert len({item.path for item in reading.forms}) == 2000


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_chinese_names_without_the_utf_8_mark(encoding: str) -> None:
    name = "示例甲.lrmx".encode(encoding)
    placeholder = b"x" * (len(name) - 5) + b".lrmx"
    reading = read_zip(raw_name(zipped((placeholder.decode(), PERSON)), placeholder, name), "a.zip")
    assert [item.path for item in reading.forms] == ["示例甲.lrmx"]


def test_a_name_in_no_known_encoding_is_kept_readable() -> None:
    content = raw_name(zipped(("xxx.lrmx", PERSON)), b"xxx", b"\xff\xff\xff")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert entry_path(archive.infolist()[0]).endswith(".lrmx")


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("../甲.lrmx", "文件名指向压缩包之外"),
        ("甲/../../乙.lrmx", "文件名指向压缩包之外"),
        ("..\\甲.lrmx", "文件名指向压缩包之外"),
        ("/etc/甲.lrmx", "文件名是绝对路径"),
        ("C:\\甲.lrmx", "文件名是绝对路径"),
        ("甲\n.lrmx", "文件名含有控制字符"),
    ],
)
def test_unsafe_names_are_refused_and_the_rest_is_read(name: str, fault: str) -> None:
    reading = read_zip(zipped((name, PERSON), ("好.lrmx", PERSON)), "a.zip")
    assert [item.path for item in reading.forms] == ["好.lrmx"]
    assert [problem.found for problem in reading.problems] == [fault]


def test_links_and_doubled_names_are_refused() -> None:
    link = zipfile.ZipInfo("链接.lrmx")
    link.external_attr = 0o120777 << 16
    content = zipped((link, b"/etc/passwd"), ("甲.lrmx", PERSON), ("甲.LRMX", PERSON))
    assert faults(content) == [("链接.lrmx", "是符号链接"), ("甲.LRMX", "同名文件重复出现")]


def test_encrypted_entries_are_refused() -> None:
    content = bytearray(zipped(("a.lrmx", PERSON)))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.index(signature) + offset
        content[place : place + 2] = struct.pack("<H", 1)
    assert faults(bytes(content)) == [("a.lrmx", "已加密")]


def test_a_photo_alone_and_a_broken_form_are_problems_of_their_own() -> None:
    assert faults(zipped(("甲.pic", b"x"), ("乙.lrmx", b"<Person>"), ("__MACOSX/._丙.lrmx", b"x"))) == [
        ("乙.lrmx", "不是完整的XML"),
        ("甲.pic", "没有同名的.lrm文件"),
    ]


def test_a_damaged_entry_does_not_stop_the_others() -> None:
    content = bytearray(zipped(("a.lrmx", PERSON), ("b.lrmx", PERSON)))
    content[60] ^= 0xFF
    reading = read_zip(bytes(content), "a.zip")
    assert [item.path for item in reading.forms] == ["b.lrmx"]
    assert [problem.found for problem in reading.problems] == ["压缩数据已损坏"]


def test_bombs_are_stopped_by_the_bytes_that_come_out() -> None:
    limits = ArchiveLimits(entries=3, entry_bytes=100_000, total_bytes=150_000)
    with pytest.raises(BadInputError, match="解压后超过100,000字节"):
        read_zip(zipped(("a.lrmx", b" " * 10_000_000)), "a.zip", limits)
    with pytest.raises(BadInputError, match="解压后共超过150,000字节"):
        read_zip(zipped(("a.lrmx", b" " * 90_000), ("b.lrmx", b" " * 90_000)), "a.zip", limits)
    with pytest.raises(BadInputError, match="有4个文件，上限3个"):
        read_zip(zipped(*((f"{n}.txt", b"") for n in range(4))), "a.zip", limits)


def test_a_header_that_lies_about_the_size_is_caught() -> None:
    content = bytearray(zipped(("a.lrmx", b" " * 1_000_000)))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = content.index(signature) + offset
        content[place : place + 4] = struct.pack("<I", 10)
    assert faults(bytes(content)) == [("a.lrmx", "压缩数据已损坏")]


@pytest.mark.parametrize("content", [b"", b"PK", b"Rar!\x1a\x07", zipped(("a.lrmx", PERSON))[:-10]])
def test_what_is_no_archive_is_refused(content: bytes) -> None:
    with pytest.raises(BadInputError, match="不是完整的zip压缩包"):
        read_zip(content, "a.zip")


def test_an_archive_inside_the_shared_files_is_whole() -> None:
    files = sorted((Path(__file__).parents[2] / "data" / "lrmx").iterdir())
    reading = read_zip(zipped(*((path.name, path.read_bytes()) for path in files)), "a.zip")
    assert len(reading.forms) == 3
    assert [problem.found for problem in reading.problems] == ["含有DTD或实体定义，已拒绝读取"]
