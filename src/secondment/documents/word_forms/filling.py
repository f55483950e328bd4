"""Fill a template with docxtpl; everything in it is checked before."""

import datetime as dt
import io
import re
from collections.abc import Sequence
from dataclasses import fields
from typing import Any
from zipfile import BadZipFile

from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from secondment.documents.official.words import chinese_date, printable
from secondment.documents.word_forms.names import faults_of
from secondment.documents.word_forms.word_form import TemplateError

BRACES = re.compile(r"\{[{%#]")


def filled(template: bytes, sheets: Sequence[Any]) -> bytes:
    """The template filled once for each of `sheets`, each on a new page."""
    form = _opened(template)
    _check(form, type(sheets[0]))
    bodies = [_body(form, sheet) for sheet in sheets]
    form.map_tree(bodies[0])
    for body in bodies[1:]:
        _append(form.docx.element.body, body)
    form.fix_docpr_ids(form.docx.element.body)
    content = io.BytesIO()
    form.docx.save(content)
    return content.getvalue()


def _opened(template: bytes) -> Any:
    form = DocxTemplate(io.BytesIO(template))
    try:
        form.render_init()
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError) as error:
        raise TemplateError(["not a Word file (.docx)"]) from error
    return form


def check(template: bytes, fields: type) -> None:
    """Raise `TemplateError` for what a template asks for and a form does not have."""
    _check(_opened(template), fields)


def _check(form: Any, fields: type) -> None:
    """Names stand in the body only, because head and foot are the same on every page."""
    faults = faults_of(form.patch_xml(form.get_xml()), fields)
    for section in form.docx.sections:
        for part in (section.header, section.footer, section.even_page_header, section.even_page_footer):
            if any(BRACES.search(paragraph.text) for paragraph in part.paragraphs):
                faults.append("header or footer: names belong into the body")
    if faults:
        raise TemplateError(list(dict.fromkeys(faults)))


def _body(form: Any, sheet: Any) -> Any:
    # not `form.render`, which fills head, foot and properties too, and can be used once only
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=_shown)
    values = {field.name: getattr(sheet, field.name) for field in fields(sheet)}
    return form.fix_tables(form.build_xml(values, environment))


def _shown(value: Any) -> Any:
    """A value as it stands in a form."""
    if isinstance(value, dt.date):
        return chinese_date(value)
    return printable(value) if isinstance(value, str) else value


def _append(body: Any, more: Any) -> None:
    """Put another sheet behind, before the section that ends the body."""
    end = body.find(qn("w:sectPr"))
    _begin_page(more[0])
    for one in [one for one in more if one.tag != qn("w:sectPr")]:
        end.addprevious(one)


def _begin_page(first: Any) -> None:
    if first.tag != qn("w:p"):  # a form that begins with its table
        first.addprevious(OxmlElement("w:p"))
        first = first.getprevious()
    properties = first.find(qn("w:pPr"))
    if properties is None:
        properties = OxmlElement("w:pPr")
        first.insert(0, properties)
    properties.insert(
        1 if properties.find(qn("w:pStyle")) is not None else 0, OxmlElement("w:pageBreakBefore")
    )
