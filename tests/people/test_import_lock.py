"""An import holds the lock of the database for a moment only, and a cut in the middle leaves all or nothing."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.makers import AT, make_person, make_unit
from tests.people.imported import FORMS, FULL, checked, csv, imported, make_clerk, quiet

from secondment.documents.models import StoredFile
from secondment.jobs.models import Job, JobState
from secondment.jobs.registry import JobCancelledError
from secondment.jobs.services import cancel_job, fail_silent_jobs
from secondment.people.choices import ImportState
from secondment.people.errors import ChangedSinceCheckError
from secondment.people.models import AnnualGrade, CareerEntry, Person, RosterImport
from secondment.people.services.imports import work
from secondment.people.services.imports.applying import (
    BATCH,
    MovedOnError,
    Prepared,
    prepare_plan,
    write_prepared,
)
from secondment.people.services.imports.uploads import confirm_import, upload_roster
from secondment.people.services.imports.work import drafts_of, import_drafts


@pytest.fixture
def province(db: None):
    return make_unit("示例省")


def test_writing_that_was_cut_short_can_be_confirmed_again(province) -> None:
    """The worker died, or the clerk cancelled: nothing is written, and the file is still there."""
    clerk = make_clerk(province)
    row = checked(FULL, FORMS[FULL], province, clerk)
    confirm_import(row, leaves_out_refused=False, by=clerk, at=AT)
    row.refresh_from_db()
    job = Job.objects.get(pk=row.job_id)
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, heartbeat_at=AT - dt.timedelta(minutes=6))
    assert fail_silent_jobs(at=AT) == 1
    row.refresh_from_db()
    assert row.state == ImportState.CHECKED
    assert not Person.objects.exists()
    confirm_import(row, leaves_out_refused=False, by=clerk, at=AT)
    done = import_drafts(RosterImport.objects.get(pk=row.pk), drafts_of(row, quiet), at=AT)
    assert (done.state, Person.objects.count()) == (ImportState.IMPORTED, 1)


def test_job_whose_import_is_written_is_done_although_its_worker_died(province) -> None:
    clerk = make_clerk(province)
    row = imported(FULL, FORMS[FULL], province, clerk)
    Job.objects.filter(pk=row.job_id).update(
        state=JobState.RUNNING, heartbeat_at=AT - dt.timedelta(minutes=6), message="", result={}
    )
    assert fail_silent_jobs(at=AT) == 1
    job = Job.objects.get(pk=row.job_id)
    assert (job.state, job.message, job.finished_at) == (JobState.DONE, "新增 1 人，更新 0 人。", AT)
    assert job.result["path"] == f"/people/imports/{row.pk}/"
    row.refresh_from_db()
    assert row.state == ImportState.IMPORTED


def test_check_that_was_cut_short_gives_the_file_up(province) -> None:
    clerk = make_clerk(province)
    row = upload_roster(FULL, FORMS[FULL], unit=province, by=clerk, at=AT)
    cancel_job(Job.objects.get(pk=row.job_id), at=AT)
    row.refresh_from_db()
    assert row.state == ImportState.FAILED


class TestShortLock:
    """Whatever takes long is done before the one transaction that writes."""

    ROSTER = "姓名,性别,出生年月,专业领域,年度考核结果,简历"

    def roster(self, n: int, title: str = "科员") -> bytes:
        rows = [
            f"示例{at:04d},男,1985.03,农林水,2024年度优秀,2008.07--2014.05  示例处{title}" for at in range(n)
        ]
        return csv(self.ROSTER, *rows)

    def confirmed(self, content: bytes, province) -> RosterImport:
        row = checked("a.csv", content, province)
        confirm_import(row, leaves_out_refused=False, by=row.by, at=AT)
        return RosterImport.objects.get(pk=row.pk)

    def statements(self, row: RosterImport, monkeypatch) -> int:
        """How many statements the part under lock runs."""
        counted = []

        def write(*given, **named) -> RosterImport:
            with CaptureQueriesContext(connection) as queries:
                done = written(*given, **named)
            counted.append(len(queries))
            return done

        written = work._write
        monkeypatch.setattr(work, "_write", write)
        import_drafts(row, drafts_of(row, quiet), at=AT)
        monkeypatch.setattr(work, "_write", written)
        return counted[0]

    def test_statements_under_lock_do_not_grow_with_the_roster(self, province, monkeypatch) -> None:
        few = self.statements(self.confirmed(self.roster(2), province), monkeypatch)
        many = self.statements(self.confirmed(self.roster(40), province), monkeypatch)
        assert many == few
        changed = self.statements(self.confirmed(self.roster(40, "副主任"), province), monkeypatch)
        assert changed <= few + 4
        assert {one.text for one in CareerEntry.objects.all()} == {"示例处副主任"}
        assert set(Person.objects.values_list("version", flat=True)) == {2}
        assert (Person.objects.count(), CareerEntry.objects.count(), AnnualGrade.objects.count()) == (
            40,
            40,
            40,
        )

    def test_plan_is_made_anew_when_somebody_wrote_meanwhile(self, province, monkeypatch) -> None:
        row = self.confirmed(self.roster(2), province)
        prepare, moments = work.prepare_plan, []

        def prepare_slowly(*given) -> None:
            prepare(*given)
            if not moments:
                make_person(province)
            moments.append(Person.objects.count())

        monkeypatch.setattr(work, "prepare_plan", prepare_slowly)
        assert import_drafts(row, drafts_of(row, quiet), at=AT).state == ImportState.IMPORTED
        assert (moments, Person.objects.count()) == ([1, 1], 3)

    def test_what_differs_from_what_was_confirmed_is_refused_on_the_second_look(
        self, province, monkeypatch
    ) -> None:
        row = self.confirmed(self.roster(2), province)
        prepare = work.prepare_plan

        def prepare_slowly(*given) -> None:
            prepare(*given)
            make_person(province, name="示例0001", born_on=dt.date(1985, 3, 1))

        monkeypatch.setattr(work, "prepare_plan", prepare_slowly)
        with pytest.raises(ChangedSinceCheckError, match="有了变化"):
            import_drafts(row, drafts_of(row, quiet), at=AT)

    def test_photos_are_taken_out_again_when_nothing_is_written(self, province, monkeypatch) -> None:
        """Three times somebody else writes; then the import ends without a trace."""
        row = checked(FULL, FORMS[FULL], province)
        confirm_import(row, leaves_out_refused=False, by=row.by, at=AT)
        row = RosterImport.objects.get(pk=row.pk)
        prepare, laid = work.prepare_plan, []

        def prepare_slowly(plan, prepared, report) -> None:
            prepare(plan, prepared, report)
            laid.extend(prepared.photos)
            make_person(province)

        monkeypatch.setattr(work, "prepare_plan", prepare_slowly)
        with pytest.raises(ChangedSinceCheckError, match="一直有他人在修改"):
            import_drafts(row, drafts_of(row, quiet), at=AT)
        assert len(laid) == 3
        assert not any(one.content.storage.exists(one.content.name) for one in laid)
        assert not StoredFile.objects.filter(pk__in=[one.pk for one in laid]).exists()

    def test_person_changed_under_the_import_sends_the_plan_back(self, province) -> None:
        """The last wall: versions are compared by the statement itself."""
        imported("a.csv", self.roster(1), province)
        row = self.confirmed(self.roster(1, "副主任"), province)
        prepared = Prepared(row.by, AT)
        plan = list(work._planner(row).plan(drafts_of(row, quiet)))
        prepare_plan(plan, prepared, quiet)
        Person.objects.update(version=5)
        with pytest.raises(MovedOnError):
            write_prepared(prepared)

    def test_cancelling_is_heard_while_the_plan_is_computed(self, province) -> None:
        row = self.confirmed(self.roster(BATCH), province)
        drafts = drafts_of(row, quiet)

        def cancel(done: int, total: int) -> None:
            raise JobCancelledError

        with pytest.raises(JobCancelledError):
            import_drafts(row, drafts, at=AT, report=cancel)
        assert not Person.objects.exists()
