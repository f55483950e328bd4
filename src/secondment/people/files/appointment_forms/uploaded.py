"""Appointment forms read apart from the rest of the system: .lrmx, .lrm and archives of them, photos cleaned."""

import base64
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import PurePath
from typing import Any

from secondment.files.problems import Problem
from secondment.files.sandbox.limits import BULK, PICTURE
from secondment.files.sandbox.reading import read_apart
from secondment.people.files.appointment_forms.archives import ArchiveLimits, read_zip
from secondment.people.files.appointment_forms.form import AppointmentForm, FamilyMember, Layout, UnknownTag
from secondment.people.files.appointment_forms.lrm import read_lrm
from secondment.people.files.appointment_forms.lrmx import read_lrmx
from secondment.people.files.appointment_forms.pictures import PictureError, PictureFault, clean_picture

LIMITS = ArchiveLimits(entries=20_000, entry_bytes=20_000_000, total_bytes=500_000_000)


@dataclass(frozen=True)
class UploadedForm:
    """A form, its location, and what is wrong with its photo (which is then left out)."""

    path: str
    form: AppointmentForm
    photo_fault: PictureFault | None = None


@dataclass
class Uploaded:
    """What an upload held: forms, faults of other form files, and names of files that are not forms."""

    forms: list[UploadedForm] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)


def read_forms_apart(content: bytes, file: str) -> Uploaded:
    """All forms of a .lrmx, .lrm or .zip; `BadInputError` if the upload cannot be read."""
    found = Uploaded()
    for kind, item in read_apart(form_items, content, file=file, limits=BULK):
        if kind == "form":
            found.forms.append(_form_of(item))
        elif kind == "problem":
            found.problems.append(Problem.of_json(item))
        else:
            found.ignored.append(item)
    return found


def clean_picture_apart(content: bytes, file: str) -> bytes:
    """As `pictures.clean_picture`; raises `BadInputError` when the picture costs too much to read."""
    ((kind, item),) = read_apart(picture_items, content, file=file, limits=PICTURE)
    if kind == "fault":
        raise PictureError(PictureFault(item))
    return base64.b64decode(item)


def form_items(content: bytes, file: str) -> Iterator[tuple[str, Any]]:
    """(kind, item) of everything in the upload; read in the limited process."""
    ending = PurePath(file).suffix.lower()
    if ending == ".zip":
        reading = read_zip(content, file, LIMITS)
        yield from (("problem", problem.as_json()) for problem in reading.problems)
        yield from (("ignored", path) for path in reading.ignored)
        yield from (_form_item(archived.path, archived.form) for archived in reading.forms)
    elif ending == ".lrmx":
        yield _form_item(file, read_lrmx(content, file))
    else:
        yield _form_item(file, read_lrm(content, None, file))


def picture_items(content: bytes, file: str) -> Iterator[tuple[str, str]]:  # noqa: ARG001 -- every reader is given the name
    """The cleaned picture, or its fault; read in the limited process."""
    try:
        yield "picture", base64.b64encode(clean_picture(content)).decode()
    except PictureError as error:
        yield "fault", error.fault.value


def _form_item(path: str, form: AppointmentForm) -> tuple[str, dict[str, Any]]:
    photo, fault = b"", None
    try:
        photo = clean_picture(form.photo) if form.photo else b""
    except PictureError as error:
        fault = error.fault.value
    values = asdict(replace(form, photo=b"")) | {"photo": base64.b64encode(photo).decode()}
    return "form", {"path": path, "form": values, "photo_fault": fault}


def _form_of(item: dict[str, Any]) -> UploadedForm:
    values = item["form"] | {
        "photo": base64.b64decode(item["form"]["photo"]),
        "family": tuple(FamilyMember(**member) for member in item["form"]["family"]),
        "unknown": tuple(_unknown_of(tag) for tag in item["form"]["unknown"]),
        "tag_order": tuple(item["form"]["tag_order"]),
        "layout": Layout(**item["form"]["layout"]),
    }
    fault = PictureFault(item["photo_fault"]) if item["photo_fault"] else None
    return UploadedForm(item["path"], AppointmentForm(**values), fault)


def _unknown_of(item: dict[str, Any]) -> UnknownTag:
    return UnknownTag(
        item["tag"],
        tuple((name, value) for name, value in item["attributes"]),
        item["text"],
        tuple(_unknown_of(child) for child in item["children"]),
    )
