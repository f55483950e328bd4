"""What the worker does at night, whom it tells, and what system administrators see in the morning."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from secondment.backups.errors import BackupFailedError
from secondment.backups.models import Backup, Drill, RecoveryKey
from secondment.backups.queries import standing
from secondment.backups.services import drills
from secondment.backups.services.nightly import back_up, back_up_if_due
from secondment.backups.tasks import back_up_nightly
from secondment.common.installation import mark_as_demo
from secondment.notices.models import Notice
from secondment.portal.homes.administrators import system_home
from tests.makers import AT
from tests.pages import text_of

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
SECOND = dt.timedelta(seconds=1)
TWO = dt.datetime(2026, 11, 22, 18, tzinfo=dt.UTC)  # two in the morning of the 23rd


def test_one_backup_a_night_from_two_in_the_morning(office) -> None:
    assert back_up_if_due(at=TWO - SECOND) is None
    assert back_up_if_due(at=TWO).at == TWO
    assert back_up_if_due(at=TWO + HOUR) is None
    assert back_up_if_due(at=TWO + DAY).at == TWO + DAY
    assert not Notice.objects.exists()


def test_the_worker_looks_by_this_name(office) -> None:
    back_up_nightly(at=TWO)
    assert Backup.objects.count() == 1


def test_invented_data_and_an_office_without_a_key_are_left_alone(office) -> None:
    mark_as_demo()
    assert back_up_if_due(at=TWO) is None
    RecoveryKey.objects.all().delete()
    assert back_up_if_due(at=TWO) is None
    assert not Backup.objects.exists()


def lose_directory(office) -> None:
    for path in office.directory.iterdir():
        path.unlink()
    office.directory.rmdir()


def test_a_fault_is_told_once_a_day_and_tried_again_every_hour(office) -> None:
    lose_directory(office)
    for at in (TWO, TWO + HOUR - SECOND, TWO + HOUR, TWO + DAY):
        assert back_up_if_due(at=at) is None
    assert list(Backup.objects.values_list("at", flat=True)) == [TWO + DAY, TWO + HOUR, TWO]
    told = Notice.objects.order_by("created_at")
    assert [(one.recipient, one.created_at, one.title, one.path) for one in told] == [
        (office.administrator, TWO, "备份没有完成", "/backups/"),
        (office.administrator, TWO + DAY, "备份没有完成", "/backups/"),
    ]
    assert told[0].body == f"备份目录{office.directory}不存在（可能没有挂载）。"
    office.directory.mkdir()
    assert back_up_if_due(at=TWO + DAY + HOUR).fault == ""


def test_a_fault_after_a_good_backup_of_the_day_is_told(office) -> None:
    back_up(at=TWO)
    lose_directory(office)
    with pytest.raises(BackupFailedError):
        back_up(at=TWO + HOUR)
    assert Notice.objects.count() == 1


def test_a_drill_that_finds_a_fault_is_told(office, monkeypatch) -> None:
    monkeypatch.setattr(drills, "differences", lambda _path, _tables: ["units_unit: 1 ≠ 0"])
    assert back_up_if_due(at=TWO).fault == ""
    notice = Notice.objects.get()
    assert (notice.title, notice.body) == (
        "恢复演练发现问题",
        "恢复出来的内容与备份时有1处不一致：units_unit: 1 ≠ 0",
    )
    monkeypatch.undo()
    assert back_up_if_due(at=TWO + DAY)
    assert (Notice.objects.count(), Drill.objects.first().fault) == (1, "")


def test_a_night_without_a_drill_tells_nothing(office) -> None:
    back_up_if_due(at=TWO)
    Drill.objects.update(fault="?", at=TWO)
    Drill.objects.create(at=TWO - DAY, name="earlier")
    back_up_if_due(at=TWO + DAY)
    assert not Notice.objects.exists()


def test_backups_are_late_after_two_days_and_drills_after_eight(office) -> None:
    back_up(at=TWO)
    for after, expected in (
        (2 * DAY, (False, False)),
        (2 * DAY + SECOND, (True, False)),
        (8 * DAY, (True, False)),
        (8 * DAY + SECOND, (True, True)),
    ):
        now = standing(at=TWO + after)
        assert (now.is_backup_late, now.is_drill_late) == expected


def test_a_drill_that_never_came_is_late_eight_days_after_the_first_backup(office) -> None:
    back_up(at=TWO)
    back_up(at=TWO + 5 * DAY)
    Drill.objects.all().delete()
    assert not standing(at=TWO + 8 * DAY).is_drill_late
    assert standing(at=TWO + 8 * DAY + SECOND).is_drill_late


def figures(office, on: dt.date) -> list[tuple[object, str, str]]:
    found = {
        one.url: (one.value, str(one.note), one.note_kind)
        for one in system_home(office.administrator, on).figures
    }
    both = [one for one in system_home(office.administrator, on).figures if one.url == "/backups/"]
    assert len(both) in (0, 2), found
    return [(one.value, str(one.note), one.note_kind if one.note else "") for one in both]


def test_the_home_page_shows_both_and_red_what_is_wrong(office) -> None:
    on = dt.date(2026, 11, 23)
    assert figures(office, on) == [("—", "", ""), ("—", "", "")]
    back_up(at=TWO)
    assert figures(office, on) == [("2026-11-23", "", ""), ("2026-11-23", "", "")]
    assert figures(office, on + 2 * DAY) == [("2026-11-23", "已超过两天", "bad"), ("2026-11-23", "", "")]
    assert figures(office, on + 8 * DAY)[1] == ("2026-11-23", "已超过八天", "bad")
    Drill.objects.create(at=TWO + HOUR, name="x", fault="?")
    Backup.objects.create(at=TWO + HOUR, fault="?")
    assert [one[1:] for one in figures(office, on)] == [
        ("最近一次没有完成", "bad"),
        ("最近一次发现问题", "bad"),
    ]
    RecoveryKey.objects.all().delete()
    assert figures(office, on)[0][1:] == ("尚未生成恢复密钥，没有备份", "bad")
    mark_as_demo()
    assert figures(office, on) == []


def test_the_page_in_every_condition(office, signed_in) -> None:
    client = signed_in(office.administrator)

    def shown() -> str:
        return text_of(client.get("/backups/"))

    assert office.halves[0].mark.hex() in shown()
    assert str(office.directory) in shown()
    made = back_up(at=TWO)
    page = shown()
    assert made.name in page
    assert "1 个附件与备份时一致" in page
    Backup.objects.create(at=TWO + HOUR, fault="目录不存在")
    Drill.objects.create(at=TWO + HOUR, name="x", fault="多了一行")
    page = shown()
    assert all(words in page for words in ("最近一次没有完成", "目录不存在", "最近一次发现问题", "多了一行"))
    RecoveryKey.objects.all().delete()
    assert "尚未生成，没有备份" in shown()
    mark_as_demo()
    assert "演示数据不备份" in shown()


def test_late_is_said_on_the_page(office, signed_in) -> None:
    """The page asks the clock: what was made in the year 2000 is late whenever it is asked."""
    back_up(at=TWO.replace(year=2000))
    page = text_of(signed_in(office.administrator).get("/backups/"))
    assert "已超过两天" in page
    assert "已超过八天" in page


def test_the_command_makes_one_and_says_what_the_drill_found(office, capsys, monkeypatch) -> None:
    monkeypatch.setattr("secondment.backups.management.commands.backup.timezone.now", lambda: AT)
    call_command("backup")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(f"{office.directory / Backup.objects.get().name}\t")
    assert lines[1:] == ["restored and compared: no difference"]
    monkeypatch.setattr("secondment.backups.management.commands.backup.timezone.now", lambda: AT + DAY)
    call_command("backup")
    assert len(capsys.readouterr().out.splitlines()) == 1
    monkeypatch.setattr(drills, "differences", lambda _path, _tables: ["x: 1 ≠ 0"])
    monkeypatch.setattr("secondment.backups.management.commands.backup.timezone.now", lambda: AT + 2 * DAY)
    with pytest.raises(CommandError, match="x: 1 ≠ 0"):
        call_command("backup", drill=True)
    lose_directory(office)
    with pytest.raises(CommandError, match="没有挂载"):
        call_command("backup")


def test_the_key_is_printed_once(office, capsys) -> None:
    with pytest.raises(CommandError, match="两份只打印一次"):
        call_command("recovery_key")
    call_command("recovery_key", new=True)
    shown = capsys.readouterr().out
    mark = RecoveryKey.objects.first().mark
    assert (shown.count(mark), shown.count("甲 A"), shown.count("乙 B"), shown.count("    4.  ")) == (
        2,
        1,
        1,
        2,
    )
    assert mark != office.halves[0].mark.hex()
