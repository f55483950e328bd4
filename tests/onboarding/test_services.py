"""One asks, another confirms once for all, the first prints: exact outcomes at 1, 20, 21 and 132, and every refusal."""

import datetime as dt
import threading
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from tests.makers import AT, make_person, make_unit, make_user

from secondment.accounts.choices import Role
from secondment.accounts.models import RoleAssignment, User
from secondment.accounts.services import change_password, reset_password
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError
from secondment.jobs.models import Job, JobState
from secondment.notices.models import Notice
from secondment.obligations.waiting import count_waiting, waiting_for
from secondment.onboarding.choices import BatchState
from secondment.onboarding.errors import (
    AlreadyListedError,
    BatchClosedError,
    BatchSizeError,
    NameTakenError,
    NoCodesError,
)
from secondment.onboarding.models import AccountBatch, AccountLine
from secondment.onboarding.queries import visible_to
from secondment.onboarding.rules import actions_for
from secondment.onboarding.services import (
    LineAsked,
    ask_batch,
    codes_ready,
    confirm_batch,
    decline_batch,
    renew_codes,
    renewable,
    take_slips,
)
from secondment.onboarding.services.codes import Code, new_codes
from secondment.onboarding.services.deciding import offer_again
from secondment.onboarding.services.making import write_accounts
from secondment.onboarding.services.slips import write_codes
from secondment.onboarding.tasks import _may_renew, _offer_again, _written
from secondment.people.choices import PersonState
from secondment.people.models import Person

UNTIL = AT + dt.timedelta(days=3)
LATER = AT + dt.timedelta(hours=1)
SECOND = dt.timedelta(seconds=1)


def fresh(batch: AccountBatch) -> AccountBatch:
    return AccountBatch.objects.get(pk=batch.pk)


def signs_in(username: str) -> None:
    """The holder signs in for the first time and chooses a password."""
    User.objects.filter(username=username).update(last_login=AT)
    change_password(User.objects.get(username=username), "示例密码-long-enough", at=AT)


def line(office, **given: Any) -> LineAsked:
    person = given.pop("person", None) or make_person(office.home, name="李示例")
    return LineAsked(person.unit, person.name, given.pop("username", "li"), person)


def ask(office, *lines: LineAsked, roles=(Role.SECONDEE,), by=None) -> AccountBatch:
    return ask_batch(lines, roles=roles, by=by or office.clerk, at=AT)


class TestAsking:
    def test_nothing_is_opened_and_the_security_administrator_is_notified(self, office) -> None:
        batch = office.asked(2)
        assert (batch.state, User.objects.filter(username__startswith="zhang").count()) == ("asked", 0)
        assert [(str(one), one.is_open) for one in batch.lines.all()] == [
            ("张示例 zhang0", True),
            ("张示例 zhang1", True),
        ]
        notice = Notice.objects.get()
        assert (notice.recipient, notice.title) == (office.security, "2 个账号等待确认")
        assert (notice.body, notice.path) == (
            "经办人甲申请批量开设，请核对名单后确认。",
            f"/accounts/batches/{batch.pk}/",
        )
        event = AuditEvent.objects.get(action="batch.ask")
        assert (event.details, event.unit_path, event.object_label) == (
            {"n": 2},
            office.home.path,
            "挂职干部",
        )

    def test_it_waits_in_the_to_do_of_the_security_administrator_alone(self, office) -> None:
        batch = office.asked(2)
        [waiting] = waiting_for(office.security, AT.date())
        assert (waiting.title, waiting.creditor) == ("确认开设 2 个账号", "经办人甲")
        assert waiting.path == f"/accounts/batches/{batch.pk}/"
        assert [count_waiting(one, AT.date()) for one in (office.clerk, office.system)] == [0, 0]

    @pytest.mark.parametrize(("n", "is_refused"), [(0, True), (1, False), (200, False), (201, True)])
    def test_one_to_two_hundred(self, office, n, is_refused) -> None:
        if not is_refused:
            assert office.asked(n).lines.count() == n
            return
        with pytest.raises(BatchSizeError, match=f"本次为 {n} 个"):
            office.asked(n)

    def test_units_have_both_roles(self, office) -> None:
        asked = [LineAsked(office.host, "示例镇", "town")]
        batch = ask(office, *asked, roles=(Role.HOME_UNIT, Role.HOST_UNIT), by=office.system)
        assert str(batch) == "派出单位、接收单位"

    def test_the_system_administrator_opens_nothing_that_shows_a_file(self, office) -> None:
        with pytest.raises(NotAllowedError):
            ask(office, line(office), by=office.system)

    def test_other_units_are_refused(self, office) -> None:
        with pytest.raises(NotAllowedError):
            ask(office, LineAsked(make_unit(), "示例", "other"), roles=(Role.HOST_UNIT,))

    def test_who_has_an_account_meanwhile_is_refused_by_name(self, office) -> None:
        asked = line(office)
        Person.objects.filter(pk=asked.person.pk).update(account=make_user(username="li_old"))
        with pytest.raises(AlreadyListedError, match="李示例：已有账号：li_old"):
            ask(office, asked)

    def test_a_unit_that_was_closed_meanwhile_is_refused_by_name(self, office) -> None:
        closed = make_unit("示例乡", office.root, is_active=False)
        with pytest.raises(AlreadyListedError, match="示例乡：单位已停用"):
            ask(office, LineAsked(closed, "示例乡", "closed"), roles=(Role.HOST_UNIT,))

    def test_a_person_is_listed_once_and_waits_in_one_batch(self, office) -> None:
        asked = line(office)
        with pytest.raises(AlreadyListedError, match="列了两次"):
            ask(office, asked, line(office, person=asked.person, username="li2"))
        ask(office, asked)
        with pytest.raises(AlreadyListedError, match="刚刚列入了另一份申请"):
            ask(office, line(office, person=asked.person, username="li2"))
        assert AccountBatch.objects.count() == 1

    def test_names_are_free_and_different(self, office) -> None:
        make_user(username="li")
        with pytest.raises(NameTakenError, match="账号“li”已被使用"):
            ask(office, line(office))
        with pytest.raises(NameTakenError, match="账号“wang”已被使用"):
            ask(office, line(office, username="wang"), line(office, username="wang"))
        office.asked(1)
        with pytest.raises(NameTakenError, match="账号“zhang0”已被使用"):
            ask(office, line(office, username="zhang0"))

    def test_the_database_lets_neither_be_asked_for_twice(self, office) -> None:
        batch = office.asked(1)
        known = batch.lines.get()
        for twice in ({"person": known.person, "username": "x"}, {"person": None, "username": "zhang0"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                AccountLine.objects.create(batch=batch, unit=known.unit, name="示例", **twice)

    def test_the_trail_belongs_to_the_unit_above_all(self, office) -> None:
        units = [LineAsked(one, one.name, f"u{one.pk}") for one in (office.home, office.host)]
        batch = ask(office, *units, roles=(Role.HOST_UNIT,))
        assert batch.trail_path == office.root.path
        other = make_unit()
        RoleAssignment.objects.create(user=office.clerk, role=Role.ORGANISATION_DEPARTMENT, unit=other)
        clerk = User.objects.get(pk=office.clerk.pk)
        far = ask(
            office,
            LineAsked(make_unit(parent=office.root), "甲", "far1"),
            LineAsked(other, "乙", "far2"),
            roles=(Role.HOST_UNIT,),
            by=clerk,
        )
        assert far.trail_path == ""
        assert set(visible_to(clerk)) == {batch, far}
        assert set(visible_to(office.security)) == {batch}, "not all units of the other are in the scope"


class TestDeciding:
    @pytest.mark.parametrize(("n", "n_jobs"), [(1, 0), (20, 0), (21, 1), (132, 1)])
    def test_one_decision_opens_links_and_grants_all(
        self, office, n, n_jobs, django_capture_on_commit_callbacks
    ) -> None:
        batch = office.asked(n)
        with django_capture_on_commit_callbacks(execute=True):
            confirm_batch(batch, by=office.security, at=AT)
        batch = fresh(batch)
        assert Job.objects.filter(kind="onboarding.make_accounts").count() == n_jobs
        assert set(Job.objects.values_list("state", flat=True)) <= {JobState.DONE}
        assert (batch.state, batch.decided_by) == (BatchState.MADE, office.security)
        people = Person.objects.filter(account__isnull=False).select_related("account")
        assert people.count() == n
        assert {one.account.username for one in people} == {f"zhang{number}" for number in range(n)}
        assert {(one.account.name, one.account.unit_id) for one in people} == {("张示例", office.home.pk)}
        given = RoleAssignment.objects.filter(user__in=[one.account for one in people])
        assert given.count() == n
        assert set(given.values_list("role", "unit")) == {("secondee", office.home.pk)}
        actions = ("account.create", "account.grant_role", "person.link_account")
        assert [AuditEvent.objects.filter(action=one).count() for one in actions] == [n, n, n]
        assert AuditEvent.objects.get(action="batch.confirm").details == {"n": n}
        assert not batch.lines.filter(is_open=True).exists()

    def test_the_events_name_both(self, office) -> None:
        office.made()
        event = AuditEvent.objects.get(action="account.grant_role")
        assert (event.actor_name, event.details) == (
            "安全员乙",
            {"asked_by": "经办人甲", "role": "secondee", "unit": "示例市发展改革局"},
        )

    def test_no_event_message_or_job_holds_a_code(self, office) -> None:
        batch = office.made(2)
        codes = [slip.code for slip in take_slips(batch, by=office.clerk, at=LATER)]
        assert [len(code) for code in codes] == [14, 14]
        kept = [
            *AuditEvent.objects.values_list("details", "object_label"),
            *Notice.objects.values_list("title", "body"),
            *Job.objects.values_list("arguments", "result"),
            *AccountLine.objects.values_list("name", "username", "refusal", "sealed_code"),
        ]
        assert not any(code in str(kept) for code in codes)

    def test_nobody_decides_on_their_own_or_beyond_the_scope(self, office) -> None:
        batch = office.asked(1)
        strangers = (make_user(Role.SECURITY_ADMINISTRATOR, office.host), office.clerk, office.system)
        for user in strangers:
            with pytest.raises(NotAllowedError):
                confirm_batch(batch, by=user, at=AT)
        both = make_user(Role.ORGANISATION_DEPARTMENT, office.root)
        RoleAssignment.objects.create(user=both, role=Role.SECURITY_ADMINISTRATOR, unit=office.root)
        own = ask(office, line(office), by=both)
        with pytest.raises(NotAllowedError):
            confirm_batch(own, by=both, at=AT)
        confirm_batch(batch, by=both, at=AT)
        with pytest.raises(NotAllowedError):
            take_slips(batch, by=both, at=AT)

    def test_an_asker_who_lost_the_office_is_confirmed_no_more(self, office) -> None:
        batch = office.asked(1)
        User.objects.filter(pk=office.clerk.pk).update(is_active=False)
        with pytest.raises(BatchClosedError, match="由现任经办人重新申请"):
            confirm_batch(fresh(batch), by=office.security, at=AT)
        User.objects.filter(pk=office.clerk.pk).update(is_active=True)
        office.clerk.assignments.all().delete()
        with pytest.raises(BatchClosedError, match="由现任经办人重新申请"):
            confirm_batch(fresh(batch), by=office.security, at=AT)

    def test_twice_is_refused(self, office) -> None:
        batch = office.made()
        with pytest.raises(BatchClosedError):
            confirm_batch(batch, by=office.security, at=AT)
        with pytest.raises(BatchClosedError):
            decline_batch(batch, by=office.security, at=AT)
        with pytest.raises(BatchClosedError):
            write_accounts(batch, {}, at=AT)
        assert User.objects.filter(username="zhang0").count() == 1

    def test_a_copy_of_the_page_that_is_out_of_date_is_refused_before_anything_is_written(
        self, office
    ) -> None:
        batch = office.asked(1)
        stale = fresh(batch)
        decline_batch(batch, by=office.security, at=AT)
        with pytest.raises(BatchClosedError):
            confirm_batch(stale, by=office.security, at=AT)
        assert not User.objects.filter(username="zhang0").exists()

    def test_what_changed_meanwhile_is_named_and_the_rest_is_opened(self, office) -> None:
        moved, retired, linked, closed = office.add_people(4)
        away = make_unit("示例区", office.root)
        shut = make_unit("示例站", office.root)
        Person.objects.filter(pk=closed.pk).update(unit=shut)
        closed.refresh_from_db()
        lines = [LineAsked(one.unit, one.name, f"u{one.pk}", one) for one in office.people]
        batch = ask(office, *lines, line(office, username="taken"), line(office, username="good"))
        Person.objects.filter(pk=moved.pk).update(unit=away)
        Person.objects.filter(pk=retired.pk).update(state=PersonState.RETIRED)
        Person.objects.filter(pk=linked.pk).update(account=make_user(username="other"))
        type(shut).objects.filter(pk=shut.pk).update(is_active=False)
        make_user(username="taken")
        confirm_batch(batch, by=office.security, at=AT)
        assert {one.username: one.refusal for one in batch.lines.all()} == {
            f"u{moved.pk}": "本人已不在该单位",
            f"u{retired.pk}": "本人状态为“退休”",
            f"u{linked.pk}": "已有账号：other",
            f"u{closed.pk}": "单位已停用",
            "taken": "账号“taken”已被使用",
            "good": "",
        }
        assert [one.username for one in take_slips(batch, by=office.clerk, at=LATER)] == ["good"]

    def test_a_unit_that_closed_meanwhile_is_named(self, office) -> None:
        batch = ask(office, LineAsked(office.host, "示例镇", "town"), roles=(Role.HOST_UNIT,))
        type(office.host).objects.filter(pk=office.host.pk).update(is_active=False)
        confirm_batch(batch, by=office.security, at=AT)
        assert batch.lines.get().refusal == "单位已停用"

    def test_a_unit_is_given_all_roles_of_the_batch(self, office) -> None:
        roles = (Role.HOME_UNIT, Role.HOST_UNIT)
        batch = ask(office, LineAsked(office.host, "王示例", "town"), roles=roles, by=office.system)
        confirm_batch(batch, by=office.security, at=AT)
        account = User.objects.get(username="town")
        assert set(account.assignments.values_list("role", "unit")) == {
            (role, office.host.pk) for role in roles
        }
        assert [slip.name for slip in take_slips(batch, by=office.system, at=LATER)] == ["王示例"]

    def test_returned_names_and_people_are_free_again(self, office) -> None:
        batch = office.asked(1)
        decline_batch(batch, by=office.security, at=AT)
        assert (fresh(batch).state, fresh(batch).decided_by) == (BatchState.DECLINED, office.security)
        notice = Notice.objects.get(recipient=office.clerk)
        assert notice.title == "批量开设账号的申请被退回（安全员乙）"
        again = ask(office, LineAsked(office.home, "张示例", "zhang0", office.people[0]))
        decline_batch(again, by=office.clerk, at=AT)
        assert Notice.objects.filter(recipient=office.clerk).count() == 1, "who took it back knows"

    def test_a_stranger_returns_nothing(self, office) -> None:
        with pytest.raises(NotAllowedError):
            decline_batch(office.asked(1), by=make_user(Role.HOME_UNIT, office.home), at=AT)

    def test_buttons_follow_right_and_state(self, office) -> None:
        batch = office.asked(1)
        offered = [actions_for(one, batch) for one in (office.security, office.clerk, office.system)]
        assert offered == [{"confirm_batch", "decline_batch"}, {"decline_batch"}, frozenset()]
        confirm_batch(batch, by=office.security, at=AT)
        assert actions_for(office.security, fresh(batch)) == frozenset()


class TestJob:
    def test_work_that_was_cut_short_is_offered_again(self, office) -> None:
        batch = office.asked(21)
        confirm_batch(batch, by=office.security, at=AT)
        assert (fresh(batch).state, User.objects.filter(username="zhang0").exists()) == ("making", False)
        assert _written(batch=batch.pk) is None
        _offer_again(batch=batch.pk)
        assert (fresh(batch).state, fresh(batch).decided_by) == ("asked", None)
        offer_again(batch)
        assert fresh(batch).state == "asked"

    def test_work_that_was_written_is_done(self, office) -> None:
        batch = office.made(2)
        assert _written(batch=batch.pk) == {
            "path": f"/accounts/batches/{batch.pk}/",
            "message": "已开设 2 个账号。",
        }
        offer_again(batch)
        assert fresh(batch).state == "made"

    def test_each_code_is_reported_before_it_is_hashed(self) -> None:
        seen: list[tuple[int, int]] = []
        codes = new_codes([7, 9], lambda done, total: seen.append((done, total)))
        assert (seen, list(codes)) == ([(0, 2), (1, 2)], [7, 9])

    def test_the_right_is_asked_again(self, office) -> None:
        batch = office.made()
        assert _may_renew(office.clerk, batch=batch.pk)
        assert not _may_renew(office.security, batch=batch.pk)


class TestSlips:
    def test_the_code_signs_in_once_printed_and_is_forgotten(self, office) -> None:
        batch = office.made()
        [slip] = take_slips(batch, by=office.clerk, at=LATER)
        assert (slip.unit, slip.name, slip.username, slip.until) == (
            "示例市发展改革局",
            "张示例",
            "zhang0",
            UNTIL,
        )
        account = User.objects.get(username="zhang0")
        assert account.check_password(slip.code)
        assert (account.must_change_password, account.one_time_until) == (True, UNTIL)
        assert not AccountLine.objects.exclude(sealed_code=None).exists()
        assert fresh(batch).printed_at == LATER
        event = AuditEvent.objects.get(action="batch.print")
        assert (event.actor_name, event.details) == ("经办人甲", {"rows": 1})
        with pytest.raises(NoCodesError, match="不能再次查看"):
            take_slips(batch, by=office.clerk, at=LATER)

    def test_their_asker_is_told_that_slips_wait(self, office) -> None:
        batch = office.made(2)
        notice = Notice.objects.get(recipient=office.clerk)
        assert (notice.title, notice.path) == (
            "已开设 2 个账号，请打印账号单",
            f"/accounts/batches/{batch.pk}/",
        )

    @pytest.mark.parametrize(("at", "n"), [(UNTIL - SECOND, 1), (UNTIL, 0), (UNTIL + SECOND, 0)])
    def test_codes_are_printed_while_they_open_something(self, office, at, n) -> None:
        assert len(codes_ready(office.made(), at=at)) == n

    def test_a_code_that_was_replaced_or_stopped_is_not_printed(self, office) -> None:
        batch = office.made(3)
        reset, stopped, kept = (User.objects.get(username=f"zhang{at}") for at in range(3))
        reset_password(reset, by=office.system, at=LATER)
        User.objects.filter(pk=stopped.pk).update(is_active=False)
        assert [slip.username for slip in take_slips(batch, by=office.clerk, at=LATER)] == [kept.username]
        assert not AccountLine.objects.exclude(sealed_code=None).exists(), "none is kept"

    def test_before_the_decision_there_is_nothing(self, office) -> None:
        batch = office.asked(1)
        assert (codes_ready(batch, at=AT), renewable(batch)) == ([], [])
        with pytest.raises(NoCodesError):
            take_slips(batch, by=office.clerk, at=AT)

    def test_who_confirmed_or_does_not_keep_the_files_prints_nothing(self, office) -> None:
        batch = office.made()
        for user in (office.security, office.system, make_user(Role.HOME_UNIT, office.home)):
            with pytest.raises(NotAllowedError):
                take_slips(batch, by=user, at=AT)
            with pytest.raises(NotAllowedError):
                renew_codes(batch, by=user, at=AT)
            with pytest.raises(NotAllowedError):
                write_codes(batch, {}, by=user, at=AT)


class TestRenewing:
    def test_a_second_print_has_new_codes_and_the_old_open_nothing(self, office) -> None:
        batch = office.made(2)
        old = {slip.username: slip.code for slip in take_slips(batch, by=office.clerk, at=AT)}
        renew_codes(fresh(batch), by=office.clerk, at=LATER)
        assert AuditEvent.objects.get(action="batch.renew").details == {"n": 2}
        new = {slip.username: slip for slip in take_slips(batch, by=office.clerk, at=LATER)}
        assert {one.until for one in new.values()} == {LATER + dt.timedelta(days=3)}
        for name, code in old.items():
            account = User.objects.get(username=name)
            assert [account.check_password(text) for text in (code, new[name].code)] == [False, True]

    def test_whoever_chose_a_password_keeps_it(self, office) -> None:
        batch = office.made(2)
        signs_in("zhang0")
        assert len(renewable(fresh(batch))) == 1
        renew_codes(fresh(batch), by=office.clerk, at=LATER)
        assert [slip.username for slip in take_slips(batch, by=office.clerk, at=LATER)] == ["zhang1"]
        assert User.objects.get(username="zhang0").check_password("示例密码-long-enough")

    def test_an_account_in_use_that_was_just_reset_is_left_to_its_administrator(self, office) -> None:
        batch = office.made()
        signs_in("zhang0")
        reset_password(User.objects.get(username="zhang0"), by=office.system, at=AT)
        assert renewable(fresh(batch)) == []

    def test_an_account_that_reaches_far_by_now_is_left_to_two(self, office) -> None:
        batch = office.made()
        RoleAssignment.objects.create(
            user=User.objects.get(username="zhang0"), role=Role.ORGANISATION_DEPARTMENT, unit=office.root
        )
        assert renewable(fresh(batch)) == []
        with pytest.raises(NoCodesError, match="不需要新的一次性密码"):
            renew_codes(fresh(batch), by=office.clerk, at=LATER)

    def test_a_stopped_account_is_left_alone(self, office) -> None:
        batch = office.made()
        User.objects.filter(username="zhang0").update(is_active=False)
        assert renewable(fresh(batch)) == []

    def test_who_signs_in_while_the_codes_are_made_keeps_the_password(self, office) -> None:
        batch = office.made(2)
        codes = {one.pk: Code("示例", "x") for one in batch.all_lines}
        signs_in("zhang0")
        assert write_codes(batch, codes, by=office.clerk, at=LATER) == 1
        assert User.objects.get(username="zhang0").check_password("示例密码-long-enough")

    def test_who_was_not_in_need_when_the_codes_were_made_gets_none(self, office) -> None:
        batch = office.made(2)
        first = batch.all_lines[0]
        assert write_codes(batch, {first.pk: Code("示例", "x")}, by=office.clerk, at=LATER) == 1

    @pytest.mark.parametrize(("n", "n_jobs"), [(20, 0), (21, 1)])
    def test_many_are_left_to_a_job(self, office, n, n_jobs, django_capture_on_commit_callbacks) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            batch = office.made(n)
        with django_capture_on_commit_callbacks(execute=True):
            renew_codes(fresh(batch), by=office.clerk, at=LATER)
        assert Job.objects.filter(kind="onboarding.renew_codes", state=JobState.DONE).count() == n_jobs
        assert AuditEvent.objects.get(action="batch.renew").details == {"n": n}
        assert AccountLine.objects.exclude(sealed_code=None).count() == n


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite in memory has one connection")
@pytest.mark.django_db(transaction=True)
def test_two_confirmations_at_once_open_each_account_once(office) -> None:
    batch = office.asked(3)
    outcomes: list[str] = []
    barrier = threading.Barrier(2, timeout=60)

    def decide() -> None:
        barrier.wait()
        try:
            confirm_batch(fresh(batch), by=office.security, at=AT)
            outcomes.append("made")
        except BatchClosedError:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=decide) for _at in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(outcomes) == ["made", "refused"]
    assert User.objects.filter(username__startswith="zhang").count() == 3
