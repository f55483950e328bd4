"""An empty installation: one browser, one start code, one transaction; afterwards there is no such page."""

import datetime as dt
import re

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from tests.authorisation.test_english import chinese_of
from tests.makers import AT, make_region, make_user
from tests.pages import text_of

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.audit.models import AuditEvent
from secondment.backups.models import RecoveryKey
from secondment.backups.recovery import Half, joined
from secondment.campaigns.models import Programme
from secondment.campaigns.presets import PRESETS
from secondment.onboarding.begun import KNOWN
from secondment.onboarding.errors import HalvesError, StartCodeError, StartLostError
from secondment.onboarding.models import Beginning
from secondment.onboarding.services import beginning, first_run
from secondment.onboarding.services.beginning import FirstFacts
from secondment.units.choices import UnitKind
from secondment.units.models import Unit

PEOPLE = [("sys", "甲示例"), ("sec", "乙示例"), ("aud", "丙示例")]
FACTS = FirstFacts(
    "示例市", PEOPLE, kind=UnitKind.REGION, department="示例市委组织部", programmes=["first_secretary"]
)
FORM = {
    "organisation": "示例市",
    "kind": "region",
    "level": "prefectural",
    "region": "",
    "department": "示例市委组织部",
    "programmes": ["first_secretary"],
    "system_administrator_name": "甲示例",
    "system_administrator_username": "sys",
    "security_administrator_name": "乙示例",
    "security_administrator_username": "sec",
    "audit_administrator_name": "丙示例",
    "audit_administrator_username": "aud",
}
START = "/start/"
PRESET_NAMES = [preset.name for preset in PRESETS]


@pytest.fixture(autouse=True)
def empty(db: None, has_begun: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(KNOWN, "has_begun", False)


def claimed() -> str:
    return first_run.claim(first_run.new_start_code(), address="10.0.0.1", at=AT)


def typed(halves: tuple[Half, Half]) -> list[str]:
    """The rows that are asked for, as somebody reads them from the paper."""
    key = first_run.pending_key(Beginning.objects.get())
    assert key is not None
    return [half.rows[asked.n] for half, asked in zip(halves, key.asked, strict=True)]


def ready() -> tuple[str, tuple[Half, Half]]:
    holder = claimed()
    first_run.keep_facts(holder, FACTS)
    return holder, first_run.propose_key(holder)


def finished() -> tuple[str, tuple[Half, Half]]:
    holder, halves = ready()
    first_run.finish(holder, typed(halves), at=AT)
    return holder, halves


def opened(code: str | None = None) -> Client:
    client = Client()
    client.post(START, {"code": code or first_run.new_start_code()})
    return client


def nothing_exists() -> bool:
    return not any(model.objects.exists() for model in (User, Unit, Programme, RecoveryKey))


@pytest.mark.parametrize("path", ["/", "/people/", "/accounts/sign-in/", "/no/such/page"])
def test_every_page_leads_to_the_first_run_until_there_is_an_account(path: str) -> None:
    assert Client().get(path).headers["Location"] == START
    assert Client().post(path).headers["Location"] == START
    make_user(Role.SYSTEM_ADMINISTRATOR)
    assert Client().get(path).headers.get("Location", "") != START
    assert Client().get(START).status_code == 404


def test_an_installation_in_use_is_not_asked_again(django_assert_num_queries) -> None:
    make_user(Role.SYSTEM_ADMINISTRATOR)
    Client().get("/accounts/sign-in/")
    User.objects.all().delete()
    assert Client().get("/accounts/sign-in/").status_code == 200


def test_nothing_but_the_code_page_is_shown_without_the_code() -> None:
    first_run.new_start_code()
    client = Client()
    assert "开始码" in text_of(client.get(START))
    for name in ("facts", "key", "finish"):
        url = reverse(f"start:{name}")
        assert client.post(url, FORM).headers["Location"] == START
    assert "不正确" in text_of(client.post(START, {"code": "AAAA-BBBB-CCCC"}))
    assert Beginning.objects.get().facts == {}


def test_a_code_is_typed_as_people_type_and_dies_with_its_use() -> None:
    code = first_run.new_start_code()
    assert re.fullmatch(r"([A-HJ-NP-TV-Z2-9]{4}-){2}[A-HJ-NP-TV-Z2-9]{4}", code)
    assert first_run.claim(f" {code.lower().replace('-', ' ')}", address="10.0.0.1", at=AT)
    event = AuditEvent.objects.get(action="beginning.claim")
    assert event.details == {"address": "10.0.0.1"}
    with pytest.raises(StartCodeError, match="另一个浏览器"):
        first_run.claim(code, address="", at=AT)


def test_a_code_that_was_never_made_opens_nothing() -> None:
    with pytest.raises(StartCodeError, match="不正确"):
        first_run.claim("", address="", at=AT)


def test_of_two_browsers_the_second_is_told_who_goes_on() -> None:
    code = first_run.new_start_code()
    first, second = opened(code), Client()
    assert "正在另一个浏览器中办理" in text_of(second.post(START, {"code": code}))
    assert first.get(START).headers["Location"] == reverse("start:facts")
    assert second.post(reverse("start:facts"), FORM).headers["Location"] == START
    assert Beginning.objects.get().facts == {}


def test_a_restart_ends_the_hold_and_keeps_what_was_typed() -> None:
    old = opened()
    old.post(reverse("start:facts"), FORM)
    code = first_run.new_start_code()
    assert "开始码" in text_of(old.get(START))
    new = opened(code)
    assert "示例市委组织部" in text_of(new.get(START))
    assert 'value="甲示例"' in new.get(reverse("start:facts")).content.decode()


def test_the_last_step_makes_everything_at_once() -> None:
    region = make_region("1101", "示例市")
    holder = claimed()
    first_run.keep_facts(holder, FirstFacts(**{**FACTS.__dict__, "region": region.pk}))
    halves = first_run.propose_key(holder)
    assert nothing_exists()
    first_run.finish(holder, typed(halves), at=AT)
    units = [(unit.name, unit.kind, unit.level, unit.region_id, unit.depth) for unit in Unit.objects.all()]
    assert units == [
        ("示例市", "region", "prefectural", "1101", 0),
        ("示例市委组织部", "organisation_department", "prefectural", "1101", 1),
    ]
    held = {one.username: one.assignments.get() for one in User.objects.all()}
    assert {name: (one.role, one.unit.name) for name, one in held.items()} == {
        "sys": ("system_administrator", "示例市"),
        "sec": ("security_administrator", "示例市"),
        "aud": ("audit_administrator", "示例市"),
    }
    assert [one.code for one in Programme.objects.all()] == ["first_secretary"]
    assert joined(*halves, public=RecoveryKey.objects.get().public)
    event = AuditEvent.objects.get(action="beginning.finish")
    assert event.details == {"unit": "示例市", "n": 1}
    slips = first_run.slips_of(holder, at=AT)
    assert [(slip.role_label, slip.name, slip.username) for slip in slips] == [
        ("系统管理员", "甲示例", "sys"),
        ("安全管理员", "乙示例", "sec"),
        ("审计管理员", "丙示例", "aud"),
    ]
    assert all(User.objects.get(username=slip.username).check_password(slip.code) for slip in slips)


def test_a_root_that_is_the_department_has_none_below_it() -> None:
    holder = claimed()
    first_run.keep_facts(holder, FirstFacts("示例市委组织部", PEOPLE, programmes=[]))
    first_run.finish(holder, typed(first_run.propose_key(holder)), at=AT)
    assert Unit.objects.get().kind == UnitKind.ORGANISATION_DEPARTMENT
    assert not Programme.objects.exists()


def test_a_failure_in_the_middle_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    holder, halves = ready()

    def fail(*_args: object, **_options: object) -> None:
        raise DatabaseError

    with monkeypatch.context() as broken:
        broken.setattr(beginning, "adopt_recovery_key", fail)
        with pytest.raises(DatabaseError):
            first_run.finish(holder, typed(halves), at=AT)
    assert nothing_exists()
    first_run.finish(holder, typed(halves), at=AT)
    assert User.objects.count() == 3


def test_a_second_click_changes_nothing() -> None:
    holder, halves = ready()
    rows = typed(halves)
    first_run.finish(holder, rows, at=AT)
    with pytest.raises(StartLostError):
        first_run.finish(holder, rows, at=AT)
    with pytest.raises(StartLostError):
        first_run.keep_facts(holder, FACTS)
    assert (User.objects.count(), RecoveryKey.objects.count(), Unit.objects.count()) == (3, 1, 2)


@pytest.mark.parametrize("step", ["facts", "key"])
def test_the_last_step_needs_the_ones_before(step: str) -> None:
    holder = claimed()
    if step == "key":
        first_run.keep_facts(holder, FACTS)
    else:
        first_run.propose_key(holder)
    with pytest.raises(StartLostError, match="请先填写"):
        first_run.finish(holder, ["", ""], at=AT)


def test_rows_of_other_paper_are_refused_with_the_number_of_the_right_one() -> None:
    holder, old = ready()
    rows = typed(old)
    halves = first_run.propose_key(holder)
    key = first_run.pending_key(Beginning.objects.get())
    assert key is not None
    assert key.mark == halves[0].mark.hex() != old[0].mark.hex()
    with pytest.raises(HalvesError, match=f"甲份第 {key.asked[0].n + 1} 行与编号 {key.mark} 的"):
        first_run.finish(holder, [old[0].rows[key.asked[0].n], rows[1]], at=AT)
    right = typed(halves)
    with pytest.raises(HalvesError, match=f"乙份第 {key.asked[1].n + 1} 行"):
        first_run.finish(holder, [right[0], "7" * 16], at=AT)
    assert nothing_exists()
    first_run.finish(holder, [text.lower().replace(" ", "") for text in right], at=AT)


def test_the_halves_are_kept_nowhere() -> None:
    _holder, halves = ready()
    kept = repr(Beginning.objects.values().get())
    assert not any(row in kept or row.replace(" ", "") in kept for half in halves for row in half.rows)


def test_slips_are_shown_to_the_finishing_browser_for_an_hour_and_only_while_unused() -> None:
    holder, _halves = finished()
    hour = AT + dt.timedelta(hours=1)
    assert len(first_run.slips_of(holder, at=hour - dt.timedelta(seconds=1))) == 3
    assert first_run.slips_of(holder, at=hour) == []
    assert first_run.slips_of("another", at=AT) == []
    assert first_run.slips_of("", at=AT) == []
    User.objects.filter(username="sec").update(last_login=AT)
    assert [slip.username for slip in first_run.slips_of(holder, at=AT)] == ["sys", "aud"]
    first_run.forget_slips()
    assert first_run.slips_of(holder, at=AT) == []
    assert Beginning.objects.get().sealed_slips is None


def test_a_command_that_comes_first_ends_the_first_run() -> None:
    holder, halves = ready()
    rows = typed(halves)
    call_command("create_administrators", "示例市", system="s:甲", security="t:乙", audit="u:丙")
    with pytest.raises(StartLostError):
        first_run.finish(holder, rows, at=AT)
    assert User.objects.count() == 3


def test_from_the_code_to_the_slips_by_pages() -> None:
    client = opened()
    assert client.get(START).headers["Location"] == reverse("start:facts")
    assert client.post(reverse("start:facts"), FORM).headers["Location"] == START
    review = text_of(client.get(START))
    assert all(word in review for word in ("示例市委组织部", "甲示例 sys", "丙示例 aud", "地区", "第一书记"))
    assert client.post(reverse("start:finish")).headers["Location"] == START
    page = client.post(reverse("start:key"))
    halves = tuple(half for _name, half in page.context["halves"])
    assert all(row in text_of(page) for half in halves for row in half.rows)
    rows = client.get(START)
    assert halves[0].mark.hex() in text_of(rows)
    assert not any(row in text_of(rows) for half in halves for row in half.rows)
    wrong = client.post(reverse("start:finish"), {"row_1": "x", "row_2": "y"})
    assert "逐字重新输入" in text_of(wrong)
    assert "必填" in text_of(client.post(reverse("start:finish"), {}))
    sent = dict(zip(("row_1", "row_2"), typed(halves), strict=True))
    assert client.post(reverse("start:finish"), sent).headers["Location"] == START
    slips = text_of(client.get(START))
    assert all(word in slips for word in ("系统管理员", "甲示例", "sys", "http://testserver/"))
    assert client.post(reverse("start:finish"), sent).headers["Location"] == START, "sent twice"
    assert client.post(reverse("start:facts"), FORM).headers["Location"] == START, "gone back"
    assert Client().get(START).status_code == 404
    assert Client().post(reverse("start:done")).status_code == 404
    assert client.post(reverse("start:done")).headers["Location"] == reverse("accounts:sign_in")
    assert client.get(START).status_code == 404


def test_a_step_that_was_overtaken_between_two_clicks_leads_to_the_one_due(monkeypatch) -> None:
    from secondment.onboarding.views import start

    def overtaken(_holder: str) -> None:
        raise StartLostError("")

    client = opened()
    monkeypatch.setattr(start, "propose_key", overtaken)
    assert client.post(reverse("start:key")).headers["Location"] == START


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"audit_administrator_username": "sys"}, "三员须是三个不同的人"),
        ({"audit_administrator_name": "乙示例"}, "三员须是三个不同的人"),
        ({"audit_administrator_username": "a!"}, "小写字母"),
        ({"audit_administrator_username": ""}, "必填"),
        ({"department": ""}, "请填写组织部门名称"),
        ({"kind": "organisation_department"}, "此项请留空"),
        ({"kind": "village"}, "单位类别：这一项不在可选范围内"),
        ({"region": "没有这个地方"}, "未找到区划"),
        ({"organisation": ""}, "必填"),
    ],
)
def test_what_cannot_begin_is_named_at_its_field(changes: dict[str, str], words: str) -> None:
    client = opened()
    page = client.post(reverse("start:facts"), FORM | changes)
    assert words in text_of(page)
    assert Beginning.objects.get().facts == {}


def test_a_department_as_root_is_kept_without_one_below() -> None:
    client = opened()
    changes = {"kind": "organisation_department", "department": "", "programmes": []}
    client.post(reverse("start:facts"), FORM | changes)
    draft = first_run.kept_facts(Beginning.objects.get())
    assert draft is not None
    assert (draft.kind, draft.department, draft.programmes) == ("organisation_department", "", [])


def test_every_step_reads_in_english() -> None:
    client = opened()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    anyone = Client()
    anyone.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    pages = [anyone.get(START), client.get(reverse("start:facts"))]
    client.post(reverse("start:facts"), FORM)
    pages.append(client.get(START))
    made = client.post(reverse("start:key"))
    halves = tuple(half for _name, half in made.context["halves"])
    pages += [made, client.get(START), client.post(reverse("start:finish"), {"row_1": "x", "row_2": "y"})]
    client.post(reverse("start:finish"), dict(zip(("row_1", "row_2"), typed(halves), strict=True)))
    pages.append(client.get(START))
    made_up = [*FORM.values(), "甲示例 sys", "乙示例 sec", "丙示例 aud"]
    for page in pages:
        assert page.status_code == 200
        left = [text for text in chinese_of(page.content.decode()) if text not in made_up]
        assert [text for text in left if text not in PRESET_NAMES] == []
