"""An official in charge changes: every item is named, what can be passed moves in one act, the rest says why not."""

import datetime as dt

import pytest
from django.urls import reverse
from tests.makers import (
    AT,
    ON,
    make_campaign,
    make_campaign_post,
    make_nomination,
    make_post,
    make_unit,
    make_user,
)
from tests.pages import text_of
from tests.people.imported import checked, csv, drafts_of, import_drafts, quiet

from secondment.accounts.choices import Role
from secondment.accounts.errors import HandoverError
from secondment.accounts.handover import Fate, fates_of, hand_over, items_of, successors_of
from secondment.accounts.models import KeptForm, User
from secondment.accounts.services import give_role
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError
from secondment.documents.uploads import keep_upload
from secondment.jobs.models import Job, JobState
from secondment.matching.choices import LockKind
from secondment.matching.models import Lock
from secondment.notices.models import Notice
from secondment.obligations.models import Obligation, ObligationState
from secondment.onboarding.services import LineAsked, ask_batch
from secondment.people.choices import ImportState
from secondment.people.models import Person, RosterImport
from secondment.people.services.imports.uploads import confirm_import, open_questions, upload_roster
from secondment.people.services.imports.work import note_reading, upload_of
from secondment.posts.choices import PostState
from secondment.units.models import Unit

ORG = Role.ORGANISATION_DEPARTMENT
ROSTER = csv("姓名,性别,出生年月,政治面貌,职务", "张示例,男,1985.03,中共党员,科长")


@pytest.fixture
def root(db: None) -> Unit:
    return make_unit("示例市")


@pytest.fixture
def leaver(root: Unit) -> User:
    return make_user(ORG, root, name="甲示例", username="leaver")


@pytest.fixture
def heir(root: Unit) -> User:
    return make_user(ORG, root, name="乙示例", username="heir")


@pytest.fixture
def security(root: Unit) -> User:
    return make_user(Role.SECURITY_ADMINISTRATOR, root)


def waiting_import(root: Unit, by: User, state: ImportState = ImportState.CHECKED) -> RosterImport:
    """An import whose job is over."""
    row = checked("名册.csv", ROSTER, root, by)
    Job.objects.update(state=JobState.DONE)
    row.state = state
    row.save()
    return row


def owed(holder: User, **fields) -> Obligation:
    values = {
        "kind": "示例",
        "title": "报送材料",
        "unit": holder.assignments.get().unit,
        "role": ORG,
        "account": holder,
        "creditor": "示例",
        "subject_type": "示例",
        "subject_id": "1",
        "path": "/",
        "due_on": ON,
    }
    return Obligation.objects.create(**values | fields)


def fate_of(account: User, successor: User, at: dt.datetime = AT) -> list[tuple[str, str, str]]:
    """Kind, outcome and reason of each item."""
    return [_told(fate) for fate in fates_of(items_of(account, at=at), successor)]


def _told(fate: Fate) -> tuple[str, str, str]:
    return str(fate.item.kind), str(fate.outcome), fate.reason


def test_an_account_without_anything_holds_nothing(leaver: User) -> None:
    assert items_of(leaver, at=AT) == []


def test_a_checked_import_moves_and_is_written_by_the_successor(
    root: Unit, leaver: User, heir: User, security: User
) -> None:
    row = waiting_import(root, leaver)
    assert fate_of(leaver, heir) == [("名册导入", "passed", "")]
    hand_over(leaver, heir, is_over=False, reason="调任", by=security, at=AT)
    row.refresh_from_db()
    assert row.by == heir
    assert items_of(leaver, at=AT) == []
    confirm_import(row, leaves_out_refused=False, by=heir, at=AT)
    row.refresh_from_db()
    import_drafts(row, drafts_of(row, quiet), at=AT)
    assert Person.objects.get().name == "张示例"


def test_an_import_that_waits_for_its_columns_shows_its_texts_to_the_successor(
    root: Unit, leaver: User, heir: User, security: User
) -> None:
    row = upload_roster(
        "名册.csv", csv("姓名,性别,出生年月,未知的列", "张示例,男,1985.03,原文"), unit=root, by=leaver, at=AT
    )
    note_reading(row, upload_of(row, quiet))
    Job.objects.update(state=JobState.DONE)
    row.refresh_from_db()
    before = open_questions(row)
    assert (row.state, "原文" in str(before)) == (ImportState.ASKING, True)
    hand_over(leaver, heir, is_over=False, reason="调任", by=security, at=AT)
    row.refresh_from_db()
    assert open_questions(row) == before
    assert row.questions["look"]


def test_an_import_stays_with_someone_who_would_write_other_parts(root: Unit, leaver: User) -> None:
    waiting_import(root, leaver)
    other = make_user(Role.HOME_UNIT, root)
    assert [one[1] for one in fate_of(leaver, other)] == ["left"]


@pytest.mark.parametrize("state", [ImportState.CHECKING, ImportState.IMPORTING])
def test_an_import_at_work_stays(root: Unit, leaver: User, heir: User, state: ImportState) -> None:
    waiting_import(root, leaver, state)
    assert fate_of(leaver, heir) == [("名册导入", "left", "正在核对或写入，办完后再移交。")]


@pytest.mark.parametrize("state", [ImportState.IMPORTED, ImportState.FAILED])
def test_an_import_that_is_over_is_nobodys(root: Unit, leaver: User, heir: User, state: ImportState) -> None:
    waiting_import(root, leaver, state)
    assert fate_of(leaver, heir) == []


@pytest.mark.parametrize(("state", "n"), [("draft", 1), ("returned", 1), ("submitted", 0), ("approved", 0)])
def test_drafts_of_posts_move(root: Unit, security: User, state: str, n: int) -> None:
    host = make_unit("示例村", root)
    leaver, heir = (make_user(Role.HOST_UNIT, host, name=name) for name in ("甲", "乙"))
    post = make_post(host, state=PostState(state), created_by=leaver, title="村支书")
    assert fate_of(leaver, heir) == [("岗位草稿", "passed", "")] * n
    hand_over(leaver, heir, is_over=False, reason="调任", by=security, at=AT)
    post.refresh_from_db()
    assert post.created_by == (heir if n else leaver)


def test_locks_go_with_the_role_and_keep_their_author(root: Unit, leaver: User, heir: User) -> None:
    campaign = make_campaign(root)
    nomination = make_nomination(campaign)
    lock = Lock.objects.create(
        campaign=campaign,
        nomination=nomination,
        campaign_post=make_campaign_post(campaign),
        kind=LockKind.LOCK,
        by=leaver,
    )
    assert fate_of(leaver, heir) == [("锁定与排除", "by_role", "担任同一角色的账号都可以办理，无须移交。")]
    assert [item.text for item in items_of(leaver, at=AT)] == [f"{campaign.name}，1 对"]
    other = make_user(ORG, make_unit("别处"))
    assert [one[1] for one in fate_of(leaver, other)] == ["left"]
    lock.refresh_from_db()
    assert lock.by == leaver


@pytest.mark.parametrize(("state", "n"), [("queued", 1), ("running", 1), ("done", 0), ("failed", 0)])
def test_jobs_at_hand_stay(leaver: User, heir: User, state: str, n: int) -> None:
    Job.objects.create(kind="people.import_roster", owner=leaver, state=JobState(state), created_at=AT)
    found = fate_of(leaver, heir)
    assert [(kind, outcome) for kind, outcome, _reason in found] == [("后台任务", "left")] * n
    assert all("按发起人的权限运行" in reason for _kind, _outcome, reason in found)


def test_an_upload_stays_until_it_is_gone(leaver: User, heir: User) -> None:
    keep_upload("名单.xlsx", b"content", purpose="posts", by=leaver, at=AT)
    assert [one[:2] for one in fate_of(leaver, heir)] == [("待确认的上传名单", "left")]
    assert [one.text.split("，")[0] for one in items_of(leaver, at=AT)] == ["名单.xlsx"]
    assert len(fate_of(leaver, heir, AT + dt.timedelta(hours=24, seconds=-1))) == 1
    assert fate_of(leaver, heir, AT + dt.timedelta(hours=24)) == []


def test_a_kept_form_stays_with_whoever_typed_it(leaver: User, heir: User) -> None:
    KeptForm.objects.create(account=leaver, url="/", sealed=b"", at=AT)
    assert [one[:2] for one in fate_of(leaver, heir, AT + dt.timedelta(hours=1))] == [("保留的表单", "left")]


def test_named_obligations_move_and_those_of_roles_are_not_listed(
    root: Unit, leaver: User, heir: User, security: User
) -> None:
    named = owed(leaver)
    owed(leaver, subject_id="2", account=None)
    owed(leaver, subject_id="3", state=ObligationState.MET)
    secondee = owed(leaver, subject_id="4", role=Role.SECONDEE)
    elsewhere = owed(leaver, subject_id="5", unit=make_unit("别处"))
    assert sorted(fate_of(leaver, heir)) == [
        ("待办事项", "left", "接任人没有办理该事项的权限，请先授予相应角色和管理范围。"),
        ("待办事项", "left", "须由本人办理，不能由他人代办。"),
        ("待办事项", "passed", ""),
    ]
    hand_over(leaver, heir, is_over=False, reason="调任", by=security, at=AT)
    for row, holder in ((named, heir), (secondee, leaver), (elsewhere, leaver)):
        row.refresh_from_db()
        assert row.account == holder


def test_a_batch_of_accounts_keeps_who_asked(root: Unit, leaver: User, heir: User) -> None:
    batch = ask_batch([LineAsked(root, "示例", "new.name")], roles=[Role.HOME_UNIT], by=leaver, at=AT)
    assert [one[:2] for one in fate_of(leaver, heir)] == [("批量开设账号", "by_role")]
    batch.printed_at = AT
    batch.save()
    assert fate_of(leaver, heir) == []


def test_the_event_names_every_item_and_the_successor_is_told(
    root: Unit, leaver: User, heir: User, security: User
) -> None:
    owed(leaver)
    Job.objects.create(kind="people.import_roster", owner=leaver, created_at=AT)
    ask_batch([LineAsked(root, "示例", "new.name")], roles=[Role.HOME_UNIT], by=leaver, at=AT)
    hand_over(leaver, heir, is_over=False, reason="调任某局", by=security, at=AT)
    event = AuditEvent.objects.get(action="account.hand_over")
    assert event.details == {
        "successor": "乙示例",
        "reason": "调任某局",
        "passed": [f"待办事项 报送材料，{ON} 前"],
        "by_role": ["批量开设账号 派出单位，1 个账号"],
        "left": ["后台任务 导入名册"],
    }
    notice = Notice.objects.get(recipient=heir, title__contains="移交")
    assert "甲示例的工作已移交给您" in notice.title
    assert leaver.assignments.exists()


def test_an_account_that_is_over_loses_every_role(
    root: Unit, leaver: User, heir: User, security: User
) -> None:
    give_role(leaver, role=Role.LEADER, unit=root, by=security, at=AT)
    hand_over(leaver, heir, is_over=True, reason="调任", by=security, at=AT)
    assert not leaver.assignments.exists()
    assert AuditEvent.objects.filter(action="account.revoke_role").count() == 2


def test_an_official_hands_over_the_own_work_but_takes_no_role_away(leaver: User, heir: User) -> None:
    owed(leaver)
    with pytest.raises(NotAllowedError):
        hand_over(leaver, heir, is_over=True, reason="调任", by=leaver, at=AT)
    hand_over(leaver, heir, is_over=False, reason="调任", by=leaver, at=AT)
    assert Obligation.objects.get().account == heir


@pytest.mark.parametrize("role", [Role.HOME_UNIT, Role.SYSTEM_ADMINISTRATOR])
def test_others_hand_over_nothing(root: Unit, heir: User, security: User, role: Role) -> None:
    account = make_user(role, root)
    with pytest.raises(NotAllowedError):
        hand_over(account, heir, is_over=False, reason="调任", by=account, at=AT)
    if role == Role.SYSTEM_ADMINISTRATOR:
        with pytest.raises(NotAllowedError):
            hand_over(account, heir, is_over=False, reason="调任", by=security, at=AT)


def test_an_account_without_a_role_has_nothing_to_hand_over(root: Unit, heir: User, security: User) -> None:
    with pytest.raises(NotAllowedError):
        hand_over(make_user(None, root), heir, is_over=False, reason="调任", by=security, at=AT)


def test_successors_play_the_same_role_for_the_unit_or_above(root: Unit, security: User) -> None:
    bureau = make_unit("示例局", root)
    leaver = make_user(Role.HOME_UNIT, bureau)
    beside, above = make_user(Role.HOME_UNIT, bureau, name="甲"), make_user(Role.HOME_UNIT, root, name="乙")
    disabled = make_user(Role.HOME_UNIT, bureau)
    User.objects.filter(pk=disabled.pk).update(is_active=False)
    make_user(Role.HOST_UNIT, bureau)
    make_user(Role.HOME_UNIT, make_unit("别处", root))
    assert list(successors_of(leaver)) == [above, beside]
    for wrong in (disabled, leaver):
        with pytest.raises(HandoverError, match="已担任同样的角色"):
            hand_over(leaver, wrong, is_over=False, reason="调任", by=security, at=AT)


def test_the_page_shows_what_would_happen_before_it_does(
    signed_in, leaver: User, heir: User, security: User
) -> None:
    owed(leaver)
    client = signed_in(security)
    url = reverse("accounts:account_hand_over", args=[leaver.pk])
    assert url in client.get(reverse("accounts:account_detail", args=[leaver.pk])).content.decode()
    page = text_of(client.get(url))
    assert all(word in page for word in ("名下事项 1 项", "报送材料", "选择接任人后显示", "收回全部角色"))
    form = {"successor": heir.pk, "is_over": "1", "reason": "调任"}
    shown = text_of(client.post(url, form))
    assert all(word in shown for word in ("移交给接任人", "确认移交"))
    assert Obligation.objects.get().account == leaver
    done = client.post(url, form | {"shown": "1"})
    assert done.status_code == 302
    assert Obligation.objects.get().account == heir
    assert not leaver.assignments.exists()


@pytest.mark.parametrize("missing", ["successor", "reason"])
def test_the_page_asks_for_what_is_missing(
    signed_in, leaver: User, heir: User, security: User, missing: str
) -> None:
    url = reverse("accounts:account_hand_over", args=[leaver.pk])
    form = {"successor": heir.pk, "reason": "调任", "shown": "1"}
    assert "必填" in text_of(signed_in(security).post(url, form | {missing: ""}))
    assert not AuditEvent.objects.filter(action="account.hand_over").exists()


def test_the_own_page_offers_no_end(signed_in, leaver: User) -> None:
    page = text_of(signed_in(leaver).get(reverse("accounts:own_hand_over")))
    assert "名下没有未办结事项" in page
    assert "收回全部角色" not in page
