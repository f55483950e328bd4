"""The old .lrm file of a person with its photo, and a note of what the format has no place for."""

import io
import zipfile

from django.utils.translation import gettext as _

from secondment.common.file_faults import told
from secondment.files.problems import BadInputError
from secondment.people.errors import FormNotWritableError
from secondment.people.files.appointment_forms.lrm import NOTE, lost_in_lrm, write_lrm
from secondment.people.files.filled_form import file_stem, form_of
from secondment.people.models import Person
from secondment.people.sections import Section

# Fields of the form that a .lrm file cannot hold, as the form calls them.
WORDS = {
    "identity_number": "身份证号",
    "reaches_age_limit": "到龄年月",
    "age_limit_before_reform": "改革前任职年龄界限",
    "version": "任免表程序版本",
    "unknown": "其他附加项",
}


def lrm_archive(person: Person, readable: frozenset[Section]) -> bytes:
    """A zip of the .lrm, its .pic and the note; `FormNotWritableError` when a text cannot be written without loss."""
    form = form_of(person, readable)
    try:
        text, photo = write_lrm(form)
    except BadInputError as error:
        found = "；".join("，".join(told(one.fault)) for one in error.problems)
        raise FormNotWritableError(_("不能导出为 .lrm：%(found)s。") % {"found": found}) from error
    lost = "、".join(WORDS[name] for name in lost_in_lrm(form))
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        stem = file_stem(person)
        archive.writestr(f"{stem}.lrm", text)
        if photo:
            archive.writestr(f"{stem}.pic", photo)
        archive.writestr(
            NOTE, f"\ufeff.lrm格式没有位置，未写入：{lost}。\r\n需要这些内容的，请导出.lrmx。\r\n"
        )
    return content.getvalue()
