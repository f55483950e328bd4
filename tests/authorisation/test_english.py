"""Every page of the product for a reader who has chosen English: Chinese stands in data alone."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.urls import reverse

from secondment.campaigns.eligibility_rules import RULES
from secondment.campaigns.imports import PERSON_COLUMNS, QUOTA_COLUMNS
from secondment.common.sentences import SentenceField
from tests.authorisation.test_matrix import ROWS, ask
from tests.authorisation.world import make_world

# Chinese characters and the signs that only Chinese text uses; typographic quotes belong to both languages.
CHINESE = re.compile("[\u3400-\u9fff、，。；：（）？！]")
READ_ALOUD = {
    "title",
    "aria-label",
    "placeholder",
    "alt",
    "data-label",
    "data-none",
    "data-remove",
    "data-failed",
}
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "use", "wbr"}
LEFT_OUT = {
    "styleguide",
    "workforce:view_open",
}  # its examples are data that no table holds; leads to another page
FILES = {
    "measurement:run_results",
    "allowances:allowance_sheet",
    "allowances:pay_list_document",
    "allowances:pay_list_workbook",
    "assessments:summary_print",
    "assessments:summary_sheet",
    "appeals:form",
    "appraisals:draw_record",
    "appraisals:mark_sheet",
    "appraisals:roster_sheet",
    "appraisals:roster_template",
    "assessments:minutes_download",
    "assessments:quantity_sheet",
    "assessments:quantity_template",
    "assessments:routine_workbook",
    "appeals:letter",
    "appeals:notice",
    "appeals:proof_file",
    "findings:year_print",
    "growth:sheet",
    "leave:leave_form",
    "workforce:report",
    "leave:leave_sheet",
    "matching:proposal_certificate",
    "standards:standard_template",
    "standards:version_form",
    "standards:version_workbook",
    *(
        "assessments:opinion_export",
        "assessments:opinion_template",
        "assessments:posting_download",
    ),
    *(
        "campaigns:nominate_template",
        "campaigns:nomination_form",
        "decision:notification_download",
        "directory:unit_export",
    ),
    *(
        "directory:unit_template",
        "people:import_template",
        "people:supplement_download",
        "people:person_photo",
        "documents:paper_scan",
        "placements:appointment_form",
        "placements:arrival_form",
        "placements:change_form",
        "placements:notice_download",
        "placements:notice_file",
        "placements:placement_export",
        "placements:placement_template",
        "places:file_read",
        "task_books:book_form",
        "task_books:book_template",
        "talks:material_read",
        "talks:talk_form",
        "talks:talk_sheet",
        "placements:report_form",
        "placements:statistics_export",
        "placements:statistics_form_filled",
    ),
    *("daily_work:month_sheet", "daily_work:quarter_sheet", "obligations:calendar_read", "service_worker"),
    *("placements:notices_download", "posts:demand_form", "posts:post_export", "posts:post_template"),
}
PAGES = sorted(
    name for name, row in ROWS.items() if row.method == "get" and row.allowed and name not in LEFT_OUT
)
# What the world of the test typed where the product may also keep sentences; headings that files must have.
TYPED = {"方案", "示例", *PERSON_COLUMNS, *QUOTA_COLUMNS, *(rule.basis for rule in RULES)}


class Words(HTMLParser):
    """What a page says outside parts that are marked as Chinese."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        is_left_out = (
            tag in {"script", "style", "textarea"}
            or (tag != "html" and (given.get("lang") or "").startswith("zh"))
            or given.get("class") == "top-user"  # the first character of a name
        )
        if tag not in VOID:
            self.open.append((tag, is_left_out))
        if not is_left_out and not self._is_left_out():
            self.found += [value for name, value in attrs if name in READ_ALOUD and value]

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self.open) - 1, -1, -1):
            if self.open[place][0] == tag:
                del self.open[place:]
                return

    def handle_data(self, data: str) -> None:
        if not self._is_left_out() and CHINESE.search(data):
            self.found.append(" ".join(data.split()))

    def _is_left_out(self) -> bool:
        return any(is_left_out for _tag, is_left_out in self.open)


@pytest.mark.parametrize("name", PAGES)
def test_no_chinese_but_data(db: None, signed_in: Any, name: str) -> None:
    """For the first two roles that may open the page."""
    row, world = ROWS[name], make_world()
    url = reverse(name, kwargs=row.kwargs and row.kwargs(world.own))
    for role in [role for role in world.actors if role in row.allowed][:2]:
        client = signed_in(world.actors[role])
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        answer = ask(client, url, row, world.own)
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].startswith("text/html") is (name not in FILES)
        assert name in FILES or chinese_of(answer.content.decode()) == []


def chinese_of(page: str) -> list[str]:
    words = Words()
    words.feed(page)
    found = [text for text in words.found if CHINESE.search(text)]
    data = sorted(data_texts(), key=len, reverse=True) if found else []
    return [text for text in found if CHINESE.search(without(text, data))]


def without(text: str, data: list[str]) -> str:
    for one in data:
        text = text.replace(one, "")
    return text


def data_texts() -> set[str]:
    """Every text that people typed, by the columns of the models; sentences of the product are none."""
    found = set(TYPED)
    for model in apps.get_models():
        columns = [
            one.name
            for one in model._meta.concrete_fields
            if isinstance(one, models.CharField | models.TextField) and not isinstance(one, SentenceField)
        ]
        for values in model._base_manager.values_list(*columns) if columns else ():
            found.update(value for value in values if isinstance(value, str) and CHINESE.search(value))
    return found
