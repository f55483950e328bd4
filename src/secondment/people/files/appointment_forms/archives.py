"""Read the forms in a zip archive that a unit sent: nested folders, Chinese names, nothing trusted."""

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from secondment.files.faults import Fault, gettext_noop, in_chinese
from secondment.files.problems import BadInputError, Problem
from secondment.people.files.appointment_forms.form import AppointmentForm
from secondment.people.files.appointment_forms.lrm import read_lrm
from secondment.people.files.appointment_forms.lrmx import read_lrmx

_CHUNK = 1 << 16
_ENCRYPTED = 0x1
_UTF_8_NAME = 0x800
_READ_ENDINGS = {".lrmx", ".lrm", ".pic"}
_PACK_AGAIN = gettext_noop("请重新打包，只放任免表文件")


@dataclass(frozen=True)
class ArchiveLimits:
    """What an archive may hold at most, counted in bytes that really came out of it."""

    entries: int = 20_000
    entry_bytes: int = 20_000_000
    total_bytes: int = 500_000_000


@dataclass(frozen=True)
class ArchivedForm:
    """A form and its path inside the archive."""

    path: str
    form: AppointmentForm


@dataclass(frozen=True)
class ArchiveReading:
    """All forms of an archive (.lrmx first), the faults of its other form files, and the files that are not forms."""

    forms: tuple[ArchivedForm, ...]
    problems: tuple[Problem, ...]
    ignored: tuple[str, ...]


def read_zip(content: bytes, file: str, limits: ArchiveLimits | None = None) -> ArchiveReading:
    """Read every .lrmx and .lrm of an archive; one bad file is a problem and does not stop the others.

    Raises `BadInputError` if the upload cannot be read: not an archive, or more entries or bytes than allowed.
    """
    limits = limits or ArchiveLimits()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _Archive(archive, file, limits).reading()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError) as error:
        if isinstance(error, BadInputError):
            raise
        raise BadInputError.of_fault(file, in_chinese("不是完整的zip压缩包", "请重新打包为zip")) from error


class _Archive:
    """One archive while it is read."""

    def __init__(self, archive: zipfile.ZipFile, file: str, limits: ArchiveLimits) -> None:
        self.archive = archive
        self.file = file
        self.limits = limits
        self.left = limits.total_bytes
        self.problems: list[Problem] = []
        self.ignored: list[str] = []

    def reading(self) -> ArchiveReading:
        infos = self.archive.infolist()
        if len(infos) > self.limits.entries:
            figures = {"n": len(infos), "most": self.limits.entries}
            fault = in_chinese("有{n}个文件，上限{most}个", "请分批打包", **figures)
            raise BadInputError.of_fault(self.file, fault)
        forms: list[ArchivedForm] = []
        pairs: dict[str, bytes] = {}
        for path, content in self._contents(infos):
            if path.lower().endswith(".lrmx"):
                forms += self._read(path, content)
            else:
                pairs[path] = content
        forms += self._paired(pairs)
        return ArchiveReading(tuple(forms), tuple(self.problems), tuple(self.ignored))

    def _contents(self, infos: list[zipfile.ZipInfo]) -> Iterator[tuple[str, bytes]]:
        seen: set[str] = set()
        for info in infos:
            path = entry_path(info)
            if path.endswith("/"):
                continue
            if fault := _fault(info, path, seen):
                self.problems.append(Problem(path, 0, "", fault))
            elif _is_form_file(path):
                seen.add(path.casefold())
                yield from self._inflated(info, path)
            else:
                self.ignored.append(path)

    def _inflated(self, info: zipfile.ZipInfo, path: str) -> Iterator[tuple[str, bytes]]:
        """The real bytes of an entry; headers lie, so they are counted as they come out."""
        pieces: list[bytes] = []
        size = 0
        try:
            with self.archive.open(info) as stream:
                while piece := stream.read(_CHUNK):
                    size += len(piece)
                    self._count(path, size, len(piece))
                    pieces.append(piece)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
            self.problems.append(Problem(path, 0, "", in_chinese("压缩数据已损坏", "请重新打包")))
            return
        yield path, b"".join(pieces)

    def _count(self, path: str, size: int, piece: int) -> None:
        self.left -= piece
        if size > self.limits.entry_bytes:
            most = self.limits.entry_bytes
            fault = in_chinese("解压后超过{most:,}字节", "请压缩照片后重新导出", most=most)
            raise BadInputError.of_fault(path, fault)
        if self.left < 0:
            most = self.limits.total_bytes
            fault = in_chinese("解压后共超过{most:,}字节", "请分批打包", most=most)
            raise BadInputError.of_fault(self.file, fault)

    def _paired(self, pairs: dict[str, bytes]) -> Iterator[ArchivedForm]:
        """Forms of the .lrm files, each with the .pic of its name."""
        photos = {_stem(path): path for path in pairs if path.lower().endswith(".pic")}
        for path, content in pairs.items():
            if path.lower().endswith(".lrm"):
                photo = photos.pop(_stem(path), "")
                yield from self._read(path, content, pairs.get(photo))
        for path in photos.values():
            fault = in_chinese("没有同名的.lrm文件", "请把.lrm与.pic放在同一文件夹")
            self.problems.append(Problem(path, 0, "", fault))

    def _read(self, path: str, content: bytes, photo: bytes | None = None) -> Iterator[ArchivedForm]:
        is_xml = path.lower().endswith(".lrmx")
        try:
            form = read_lrmx(content, path) if is_xml else read_lrm(content, photo, path)
        except BadInputError as error:
            self.problems += error.problems
        else:
            yield ArchivedForm(path, form)


def entry_path(info: zipfile.ZipInfo) -> str:
    """The path of an entry with forward slashes; names without the UTF-8 mark may be either UTF-8 or GBK."""
    name = info.orig_filename
    if not info.flag_bits & _UTF_8_NAME:
        raw = name.encode("cp437")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")


def _fault(info: zipfile.ZipInfo, path: str, seen: set[str]) -> Fault | None:
    """Why an entry is refused; None when it may be read."""
    faults = {
        gettext_noop("文件名是绝对路径"): path.startswith("/") or path[1:2] == ":",
        gettext_noop("文件名指向压缩包之外"): ".." in PurePosixPath(path).parts,
        gettext_noop("文件名含有控制字符"): any(ord(sign) < 32 for sign in path),
        gettext_noop("是符号链接"): stat.S_ISLNK(info.external_attr >> 16),
        gettext_noop("已加密"): bool(info.flag_bits & _ENCRYPTED),
        gettext_noop("同名文件重复出现"): path.casefold() in seen,
    }
    return next((in_chinese(found, _PACK_AGAIN) for found, is_true in faults.items() if is_true), None)


def _is_form_file(path: str) -> bool:
    # Archives made on a Mac carry a shadow `._name` of every file.
    pure = PurePosixPath(path)
    return pure.suffix.lower() in _READ_ENDINGS and not pure.name.startswith("._")


def _stem(path: str) -> str:
    return str(PurePosixPath(path).with_suffix("")).casefold()
