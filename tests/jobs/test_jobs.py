"""Jobs run once, report progress, can be cancelled, and a dead worker shows."""

import datetime as dt
import os
import subprocess
import sys
import threading

import pytest
from django.db import OperationalError
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Command as QueueWorker
from django_tasks_db.models import DBTaskResult
from tests.makers import AT, make_user

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.common.errors import DomainError
from secondment.jobs.management.commands.worker import Command
from secondment.jobs.models import Job, JobState, Worker
from secondment.jobs.queries import progress_text, silence_of_workers, unfinished
from secondment.jobs.registry import KINDS, JobCancelledError, JobContext, job_kind
from secondment.jobs.services import (
    AlreadyQueuedError,
    cancel_job,
    execute_job,
    fail_silent_jobs,
    give_sign,
    requeue_lost_jobs,
    start_job,
)
from secondment.jobs.signs import is_gone, keep_repeating, start_repeating, worker_name
from secondment.jobs.tasks import run_job

HERE = worker_name().rpartition(":")[0]


def anybody(user, **arguments) -> bool:
    return True


@pytest.fixture
def kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("secondment.jobs.registry.KINDS", KINDS)
    before = dict(KINDS)

    @job_kind("test.add", label="相加", may=anybody)
    def add(context: JobContext, *, a: int, b: int) -> dict[str, object]:
        context.progress(1, 2, "相加")
        return {"message": f"和为 {a + b}", "path": "/"}

    @job_kind("test.refuse", label="拒绝", may=anybody)
    def refuse(context: JobContext) -> dict[str, object]:
        raise DomainError("名额已满，请先调整名额。")

    @job_kind("test.stop", label="中止", may=anybody)
    def stop(context: JobContext) -> dict[str, object]:
        raise JobCancelledError("已取消。已办 3 件，其余未办。")

    @job_kind("test.break", label="出错", may=anybody)
    def break_down(context: JobContext) -> dict[str, object]:
        raise ZeroDivisionError

    yield
    KINDS.clear()
    KINDS.update(before)


@pytest.mark.django_db(transaction=True)
def test_what_nobody_waits_for_is_taken_last(kinds: None, settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

    @job_kind("test.later", label="以后", may=anybody, priority=-10)
    def later(context: JobContext) -> dict[str, object]:
        return {}

    user = make_user(Role.ORGANISATION_DEPARTMENT)
    first = start_job("test.later", {}, by=user, at=AT)
    second = start_job("test.add", {"a": 1, "b": 2}, by=user, at=AT)
    queued = [one.args_kwargs["args"] for one in DBTaskResult.objects.ready()]
    assert queued == [[str(second.pk)], [str(first.pk)]]


@pytest.mark.django_db(transaction=True)
def test_job_runs_after_commit_and_keeps_its_result(kinds: None) -> None:
    job = start_job("test.add", {"a": 2, "b": 3}, by=make_user(), at=AT)
    job.refresh_from_db()
    assert (job.state, job.message, job.result) == (
        JobState.DONE,
        "和为 5",
        {"message": "和为 5", "path": "/"},
    )
    assert (job.done, job.total, job.percent, job.doing) == (1, 2, 50, "相加")
    execute_job(job, at=AT)
    job.refresh_from_db()
    assert job.state == JobState.DONE


@pytest.mark.django_db(transaction=True)
def test_refused_and_broken_jobs_say_what_to_do(kinds: None) -> None:
    refused = start_job("test.refuse", {}, by=make_user(), at=AT)
    broken = start_job("test.break", {}, by=make_user(), at=AT)
    refused.refresh_from_db()
    broken.refresh_from_db()
    assert (refused.state, refused.message) == (JobState.FAILED, "名额已满，请先调整名额。")
    assert (broken.state, broken.message) == (
        JobState.FAILED,
        "系统内部出错，数据未作任何改动。请重试；若仍失败，请联系系统管理员。",
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("lost", ["role", "account"])
def test_right_is_asked_again_when_the_work_begins(kinds: None, lost: str) -> None:
    """Between queue and run the role was withdrawn or the account disabled."""
    done = []
    job_kind("test.own", label="记录", may=lambda user, n: user.assignments.exists() and n == 3)(
        lambda context, n: done.append(n) or {}
    )
    owner = make_user(Role.LEADER)
    jobs = [Job.objects.create(kind="test.own", arguments={"n": 3}, owner=owner, created_at=AT) for _ in "ab"]
    execute_job(jobs[0], at=AT)
    if lost == "role":
        owner.assignments.all().delete()
    else:
        User.objects.update(is_active=False)
    execute_job(jobs[1], at=AT)
    jobs[1].refresh_from_db()
    assert done == [3]
    assert (jobs[1].state, jobs[1].message) == (
        JobState.FAILED,
        "发起后，您的账号已停用或不再有办理该项工作的权限，任务没有执行，数据未作任何改动。",
    )


@pytest.mark.django_db(transaction=True)
def test_room_is_told_of_every_end_without_a_result(kinds: None) -> None:
    given_up: list[str] = []

    def work(context: JobContext, how: str) -> dict[str, object]:
        if how == "done":
            return {}
        raise {"refused": DomainError("不行"), "broken": ZeroDivisionError, "stopped": JobCancelledError}[how]

    job_kind("test.told", label="告知", may=anybody, give_up=lambda *, how: given_up.append(how))(work)
    owner = make_user()
    for how in ("done", "refused", "broken", "stopped"):
        start_job("test.told", {"how": how}, by=owner, at=AT)
    assert given_up == ["refused", "broken", "stopped"]
    queued, _dead = (
        Job.objects.create(
            kind="test.told",
            arguments={"how": state},
            owner=owner,
            created_at=AT,
            state=state,
            heartbeat_at=AT - dt.timedelta(minutes=6),
        )
        for state in (JobState.QUEUED, JobState.RUNNING)
    )
    cancel_job(queued, at=AT)
    assert fail_silent_jobs(at=AT) == 1
    assert fail_silent_jobs(at=AT) == 0
    assert given_up[3:] == [JobState.QUEUED, JobState.RUNNING]


@pytest.mark.django_db(transaction=True)
def test_running_job_stops_at_its_next_report(kinds: None) -> None:
    job = Job.objects.create(kind="test.add", arguments={"a": 1, "b": 1}, owner=make_user(), created_at=AT)
    Job.objects.filter(pk=job.pk).update(is_cancel_requested=True)
    execute_job(job, at=AT)
    job.refresh_from_db()
    assert (job.state, job.message) == (JobState.CANCELLED, "已取消，数据未作任何改动。")


def test_running_job_is_only_asked_to_stop(db: None) -> None:
    job = Job.objects.create(kind="none", owner=make_user(), created_at=AT, state=JobState.RUNNING)
    cancel_job(job, at=AT)
    job.refresh_from_db()
    assert (job.state, job.is_cancel_requested, job.finished_at) == (JobState.RUNNING, True, None)


def test_queued_job_is_cancelled_at_once(db: None) -> None:
    job = Job.objects.create(kind="none", owner=make_user(), created_at=AT)
    cancel_job(job, at=AT)
    job.refresh_from_db()
    assert (job.state, job.finished_at, job.is_finished) == (JobState.CANCELLED, AT, True)


def test_job_without_heartbeat_for_five_minutes_has_failed(db: None) -> None:
    user = make_user()
    silent, alive = (
        Job.objects.create(
            kind="none",
            owner=user,
            created_at=AT,
            state=JobState.RUNNING,
            heartbeat_at=AT - dt.timedelta(minutes=minutes),
        )
        for minutes in (6, 4)
    )
    assert fail_silent_jobs(at=AT) == 1
    silent.refresh_from_db()
    alive.refresh_from_db()
    assert (silent.state, alive.state) == (JobState.FAILED, JobState.RUNNING)


def gone_process() -> int:
    """The id of a process that has ended."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return ended.pid


@pytest.mark.parametrize(
    ("worker", "silent_for", "n_failed"),
    [
        (f"{HERE}:{os.getpid()}", dt.timedelta(minutes=30), 0),  # alive, deep in one long call
        (f"{HERE}:{os.getpid()}", dt.timedelta(minutes=30, seconds=1), 1),
        (f"{HERE}:gone", dt.timedelta(0), 1),  # no sign is needed: the process is not there
        (f"{HERE}:1", dt.timedelta(minutes=6), 0),  # somebody else's process lives
        ("elsewhere:1", dt.timedelta(minutes=5), 0),
        ("elsewhere:1", dt.timedelta(minutes=5, seconds=1), 1),
    ],
    ids=["alive", "alive-too-long", "gone", "somebody-else", "elsewhere", "elsewhere-too-long"],
)
def test_dead_worker_is_told_by_its_process_here_and_by_silence_elsewhere(
    db: None, monkeypatch, worker, silent_for, n_failed
) -> None:
    job = Job.objects.create(
        kind="none",
        owner=make_user(),
        created_at=AT,
        state=JobState.RUNNING,
        worker=worker.replace("gone", str(gone_process())),
        heartbeat_at=AT - silent_for,
    )
    assert fail_silent_jobs(at=AT) == n_failed
    job.refresh_from_db()
    assert (job.state == JobState.FAILED) == bool(n_failed)


def test_process_of_another_user_lives(monkeypatch) -> None:
    def refuse(_pid: int, _signal: int) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "kill", refuse)
    assert not is_gone(f"{HERE}:1")


def test_worker_that_starts_ends_what_ran_under_its_name(db: None) -> None:
    """A container gives its process the same name and number every time."""
    name = worker_name()
    for worker in (name, "elsewhere:1"):
        Job.objects.create(
            kind="none",
            owner=make_user(),
            created_at=AT,
            state=JobState.RUNNING,
            worker=worker,
            heartbeat_at=AT,
        )
    assert fail_silent_jobs(at=AT) == 0
    assert fail_silent_jobs(at=AT, starting=name) == 1
    assert Job.objects.get(state=JobState.RUNNING).worker == "elsewhere:1"


def test_job_whose_entry_was_taken_and_lost_is_queued_again(kinds: None, db: None) -> None:
    owner = make_user()
    waiting, lost = (
        Job.objects.create(kind="test.add", arguments={"a": 1, "b": 1}, owner=owner, created_at=AT)
        for _ in range(2)
    )
    entry = {"task_path": run_job.module_path, "run_after": AT, "backend_name": "default"}
    for job, status in ((waiting, TaskResultStatus.READY), (lost, TaskResultStatus.RUNNING)):
        DBTaskResult.objects.create(status=status, args_kwargs={"args": [str(job.pk)], "kwargs": {}}, **entry)
    assert requeue_lost_jobs() == 1
    lost.refresh_from_db()
    waiting.refresh_from_db()
    assert (lost.state, waiting.state) == (JobState.DONE, JobState.QUEUED)  # the suite runs what is queued


def test_same_work_waits_in_the_queue_once(kinds: None, db: None) -> None:
    owner, other = make_user(), make_user()
    first, again = (start_job("test.add", {"a": 1, "b": 1}, by=owner, at=AT, once="all") for _ in range(2))
    assert first == again
    assert start_job("test.add", {"a": 1, "b": 1}, by=owner, at=AT, once="part") != first
    with pytest.raises(AlreadyQueuedError, match="同样的任务已由示例用户发起，正在排队"):
        start_job("test.add", {"a": 1, "b": 1}, by=other, at=AT, once="all")
    Job.objects.filter(pk=first.pk).update(state=JobState.RUNNING)
    assert start_job("test.add", {"a": 1, "b": 1}, by=other, at=AT, once="all") != first
    assert Job.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_signs_are_given_from_beside_the_work(kinds: None, monkeypatch) -> None:
    """The work itself reports nothing; the thread does, until the work is over."""
    given = []
    monkeypatch.setattr("secondment.jobs.signs.BEAT_SECONDS", 0.01)
    monkeypatch.setattr(JobContext, "beat", lambda context: given.append(threading.current_thread().name))

    def work(context: JobContext) -> dict[str, object]:
        while len(set(given)) < 2:
            threading.Event().wait(0.001)
        return {}

    job_kind("test.long", label="长时间", may=anybody)(work)
    job = start_job("test.long", {}, by=make_user(), at=AT)
    job.refresh_from_db()
    assert (job.state, job.worker) == (JobState.DONE, worker_name())
    assert given[0] == threading.current_thread().name
    assert not any(thread.name in given[1:] for thread in threading.enumerate())


def test_sign_is_written_to_the_job(db: None) -> None:
    job = Job.objects.create(kind="none", owner=make_user(), created_at=AT, heartbeat_at=AT)
    JobContext(job).beat()
    job.refresh_from_db()
    assert job.heartbeat_at > AT


def test_progress_inside_a_transaction_is_not_written(db: None) -> None:
    job = Job.objects.create(kind="none", owner=make_user(), created_at=AT)
    JobContext(job).progress(1, 2)
    job.refresh_from_db()
    assert (job.done, job.percent) == (0, 0)


def test_unknown_kind_is_refused(db: None) -> None:
    with pytest.raises(KeyError, match="no kind of job"):
        start_job("missing", {}, by=make_user(), at=AT)


def test_job_page_shows_progress_and_result(kinds: None, db: None, signed_in) -> None:
    user = make_user()
    job = Job.objects.create(
        kind="test.add",
        owner=user,
        created_at=AT,
        state=JobState.DONE,
        message="和为 5",
        result={"path": "/todo/"},
    )
    page = signed_in(user).get(f"/jobs/{job.pk}/").content.decode()
    assert "相加" in page
    assert 'href="/todo/"' in page
    assert "取消任务" not in page


@pytest.mark.django_db(transaction=True)
def test_cancelled_work_that_keeps_a_part_says_so(kinds: None) -> None:
    job = start_job("test.stop", {}, by=make_user(), at=AT)
    job.refresh_from_db()
    assert (job.state, job.message) == (JobState.CANCELLED, "已取消。已办 3 件，其余未办。")


def test_unfinished_jobs_are_found_by_what_they_are_about(db: None) -> None:
    owner = make_user()
    made = [
        Job.objects.create(kind=kind, arguments={"campaign": key}, owner=owner, created_at=AT, state=state)
        for kind, key, state in (
            ("one", 1, JobState.QUEUED),
            ("one", 1, JobState.DONE),
            ("one", 2, JobState.RUNNING),
            ("other", 1, JobState.RUNNING),
        )
    ]
    assert list(unfinished("one", "campaign", 1)) == made[:1]


@pytest.mark.parametrize(
    ("seen_before", "state", "silence"),
    [
        (None, JobState.QUEUED, 100),
        (29, JobState.QUEUED, None),
        (30, JobState.QUEUED, 30),
        (400, JobState.QUEUED, 100),
        (None, JobState.RUNNING, None),
    ],
)
def test_silence_counts_from_the_last_sign_or_the_jobs_start(db: None, seen_before, state, silence) -> None:
    """The job was made 100 seconds ago."""
    job = Job.objects.create(kind="one", owner=make_user(), created_at=AT, state=state)
    now = AT + dt.timedelta(seconds=100)
    if seen_before is not None:
        give_sign("here:1", at=now - dt.timedelta(seconds=seen_before))
    assert silence_of_workers(job, at=now) == silence
    words = progress_text(job, at=now)
    assert ("没有响应" in words) == (silence is not None)
    if silence is not None:
        assert f"已有 {silence} 秒" in words


def test_workers_not_seen_for_a_day_are_forgotten(db: None) -> None:
    give_sign("old:1", at=AT - dt.timedelta(days=2))
    give_sign("new:1", at=AT)
    give_sign("new:1", at=AT + dt.timedelta(seconds=10))
    assert str(Worker.objects.get()) == "new:1"


class TestSigns:
    """Signs of life from a thread of its own."""

    class Stopped(threading.Event):
        """Ends after three waits, without waiting."""

        n = 0

        def wait(self, timeout: float | None = None) -> bool:  # noqa: ARG002 -- the signature of an event
            self.n += 1
            return self.n > 3

    @pytest.mark.usefixtures("db")
    def test_a_busy_database_is_tried_again(self) -> None:
        given = []

        def give() -> None:
            given.append(1)
            if len(given) == 2:
                raise OperationalError("database is locked")

        keep_repeating(give, self.Stopped(), 10.0)
        assert len(given) == 3

    def test_the_first_sign_is_given_at_once(self) -> None:
        given, stopped = [], threading.Event()
        stopped.set()
        thread = start_repeating(lambda: given.append(1), stopped, every_seconds=10.0)
        thread.join()
        assert given == [1]
        assert worker_name().endswith(f":{os.getpid()}")


@pytest.mark.django_db(transaction=True)
def test_a_worker_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The queue's own loop takes signals of the process, so it is left out here."""
    seen: list[str] = []
    monkeypatch.setattr(
        QueueWorker,
        "handle",
        lambda *args, **options: seen.extend(Worker.objects.values_list("name", flat=True)),
    )
    Command().handle()
    assert seen == [worker_name()]
