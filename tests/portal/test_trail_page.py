"""The audit page: sentences, filters, export and the check of the whole trail."""

import re
from pathlib import Path

import pytest
from django.test import Client
from tests.makers import AT, make_unit, make_user

import secondment
from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.audit.actions import SENTENCES, sentence_of
from secondment.audit.models import AuditEvent, AuditHead
from secondment.audit.services import record, record_refusal, seal_events
from secondment.campaigns.states import TRANSITIONS as CAMPAIGN_MOVES
from secondment.common.errors import NotAllowedError
from secondment.jobs.models import Job
from secondment.placements.states import TRANSITIONS as PLACEMENT_MOVES
from secondment.portal.trail.lists import details_text
from secondment.portal.trail.queries import last_check, trail_of
from secondment.portal.trail.services import note_export, start_check
from secondment.posts.states import TRANSITIONS as POST_MOVES
from secondment.units.models import Unit

RECORDED = re.compile(r"""\brecord(?:_refusal)?\(\s*"([a-z_]+\.[a-z_.]+)\"""")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture
def root(db: None) -> Unit:
    return make_unit("示例省")


@pytest.fixture
def auditor(root: Unit) -> User:
    return make_user(Role.AUDIT_ADMINISTRATOR, root, name="褚审计")


@pytest.fixture
def client(auditor: User, signed_in) -> Client:
    client: Client = signed_in(auditor)
    return client


def test_every_recorded_action_has_a_sentence() -> None:
    source = Path(secondment.__file__).parent
    found = {action for path in source.rglob("*.py") for action in RECORDED.findall(path.read_text())}
    assert len(found) > 10
    assert found - set(SENTENCES) == set(), "name these actions in the actions.py of their room"
    assert all(CHINESE.search(str(words)) for words in SENTENCES.values())


def test_every_move_of_the_life_cycle_has_a_sentence() -> None:
    moves = {f"campaign.{action}" for action in CAMPAIGN_MOVES} | {
        f"placement.{action}" for action in PLACEMENT_MOVES
    }
    moves |= {f"post.{action.removesuffix('_post')}" for action in POST_MOVES}
    assert moves - set(SENTENCES) == set()


def test_sentences_say_what_was_done(root: Unit, auditor: User) -> None:
    done = record("unit.move", root, by=auditor, at=AT)
    refused = record_refusal("unit.move", root, by=auditor, at=AT, why="不允许")
    assert sentence_of(done.action) == "划转了单位"
    assert sentence_of(refused.action) == "被拒绝：划转了单位"
    assert sentence_of("no.such") == "no.such"


def test_auditor_reads_the_own_units_and_what_belongs_to_none(root: Unit, auditor: User) -> None:
    AuditEvent.objects.all().delete()
    other = make_unit("另一省")
    mine = record("unit.move", root, by=None, at=AT)
    note_export(1, by=auditor, at=AT)
    general = AuditEvent.objects.latest("pk")
    record("unit.move", other, by=None, at=AT)
    assert list(trail_of(auditor)) == [general, mine]
    for role in Role:
        if role != Role.AUDIT_ADMINISTRATOR:
            assert not trail_of(make_user(role, root)).exists()


def test_filters_narrow_the_trail(root: Unit, auditor: User, client: Client) -> None:
    AuditEvent.objects.all().delete()
    record("unit.move", root, by=auditor, at=AT, details={"from": "1/", "n": 3, "none": []})
    record("unit.create", root, by=None, at=AT.replace(day=20))
    record_refusal("unit.move", root, by=auditor, at=AT.replace(day=21), why="不允许")

    def shown(query: str) -> list[str]:
        return [row.item.action for row in client.get(f"/audit/?{query}").context["listing"].rows()]

    assert shown("") == ["unit.move.refused", "unit.create", "unit.move"]
    assert shown("action=unit.move") == ["unit.move"]
    assert shown("kind=refused") == ["unit.move.refused"]
    assert shown("kind=done") == ["unit.create", "unit.move"]
    assert shown("actor=褚") == ["unit.move.refused", "unit.move"]
    assert shown("target=示例&from=2026-11-23") == ["unit.move"]
    assert shown("until=2026-11-20") == ["unit.create"]
    page = client.get("/audit/").content.decode()
    assert "原为：1/；数量：3" in page
    assert "被拒绝：划转了单位" in page


def test_roles_in_the_trail_are_said_in_words(root: Unit, auditor: User) -> None:
    event = record(
        "account.grant_role", auditor, by=None, at=AT, details={"role": "leader", "unit": "示例省"}
    )
    assert details_text(event) == "角色：领导；单位：示例省"
    event.details = {"role": "unknown"}
    assert details_text(event) == "角色：unknown"


def test_trail_costs_the_same_for_few_and_many(root: Unit, client: Client, django_assert_num_queries) -> None:
    client.get("/audit/")
    with django_assert_num_queries(13):
        client.get("/audit/")
    for _ in range(30):
        record("unit.move", root, by=None, at=AT)
    with django_assert_num_queries(13):
        client.get("/audit/")


def test_export_leaves_its_own_mark(root: Unit, client: Client) -> None:
    assert client.get("/audit/?export=xlsx").status_code == 200
    event = AuditEvent.objects.latest("pk")
    assert (event.action, event.details) == ("audit.export", {"rows": 1})


def test_check_reads_the_whole_trail_and_records_what_it_found(
    root: Unit, client: Client, django_capture_on_commit_callbacks
) -> None:
    assert last_check() is None
    seal_events()
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post("/audit/check/")
    job = Job.objects.get()
    assert response.headers["Location"] == f"/jobs/{job.pk}/"
    assert job.message.endswith("条记录，完整无误。")
    checked = last_check()
    assert checked is not None
    assert checked.details["n_faults"] == 0
    assert "完整无误" in client.get("/audit/").content.decode()


def test_check_finds_what_was_changed_by_hand(
    root: Unit, client: Client, django_capture_on_commit_callbacks
) -> None:
    AuditEvent.objects.filter(action="unit.create").update(actor_name="别人")
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/audit/check/")
    checked = last_check()
    assert checked is not None
    assert checked.details["n_faults"] >= 1
    assert "请立即报告" in Job.objects.get().message
    assert "处问题" in client.get("/audit/").content.decode()


def test_nobody_else_checks_or_takes_the_trail_away(root: Unit) -> None:
    user = make_user(Role.SECURITY_ADMINISTRATOR, root)
    with pytest.raises(NotAllowedError):
        start_check(by=user, at=AT)
    with pytest.raises(NotAllowedError):
        note_export(1, by=user, at=AT)
    assert not AuditHead.objects.filter(pk=2).exists()


@pytest.mark.parametrize(
    ("object_type", "key", "names", "told"),
    [
        ("people.person", "fields", ["is_reserve", "rewards_text"], "优秀年轻干部、奖惩情况"),
        ("people.person", "fields", ["family"], "家庭成员"),
        ("people.person", "fields", ["gone_field"], "gone_field"),
        ("units.unit", "changed", ["name"], "单位名称"),
        ("nowhere.model", "changed", ["name"], "name"),
        ("", "changed", ["name"], "name"),
        ("people.person", "fields", "一个词", "一个词"),
    ],
)
def test_changed_columns_are_told_by_what_they_are_called(
    object_type: str, key: str, names: object, told: str
) -> None:
    assert details_text(AuditEvent(object_type=object_type, details={key: names})) == f"修改的栏目：{told}"
