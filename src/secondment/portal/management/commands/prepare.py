"""`secondment prepare`: make data directory, database, static files and demo ready in one process, before a start."""

import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.utils import timezone

from secondment.accounts.models import User
from secondment.backups.snapshots import require_none_left
from secondment.common.data_directory import database_files, empty, make_private
from secondment.common.installation import check_installation, is_demo_data
from secondment.onboarding.services.first_run import new_start_code
from secondment.portal.upgrading import is_upgrade, migrate_safely, note_version

NOT_BEGUN = """  系统尚未启用。请用浏览器打开上面的网址，输入开始码（只能使用一次，重新启动后更换）：
  Not begun yet. Open the address above and type this start code (once only, a restart makes another):

      {code}

  不使用浏览器的，见安装与运维手册。 Without a browser: secondment create-administrators --help"""


class Command(BaseCommand):
    """Safe to repeat; the last lines name the demo accounts of a demo installation, or the start code of one that has not begun."""

    help = "Migrate, collect static files and load the demo if this is a demo installation; safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        """One step after the other; the first that fails stops the start."""
        require_none_left(settings.DATA_DIR)
        make_private(settings.DATA_DIR, settings.KEY_FILE, *database_files(connection))
        empty(settings.TEMPORARY_DIR)
        self._step(
            "整理网页文件 Collect the files of the pages", "collectstatic", interactive=False, verbosity=0
        )
        if is_upgrade():
            self.stderr.write(
                "  升级数据：先留副本，核对后生效 Upgrade the data: copied first, checked afterwards"
            )
            migrate_safely(self._migrate, at=timezone.now())
        else:
            self._migrate()
        note_version()
        check_installation(connection)
        self._step("装入行政区划 Load the regions", "load_regions", verbosity=0)
        if settings.DEMO:
            self._step("装入演示数据 Load the demo", "load_demo", stdout=self.stderr)
            if is_demo_data():
                call_command("demo_accounts", stdout=self.stdout)
        else:
            call_command("close_demo", stdout=self.stderr)
        if not User.objects.exists():
            self.stdout.write(NOT_BEGUN.format(code=new_start_code()))

    def _migrate(self) -> None:
        self._step("更新数据库 Update the database", "migrate", verbosity=0)

    def _step(self, label: str, command: str, **options: Any) -> None:
        """Run it and print how long it took; less than a second is not worth a line."""
        begun = time.monotonic()
        call_command(command, **options)
        seconds = round(time.monotonic() - begun)
        if seconds:
            self.stderr.write(f"  {label}: {seconds} s")
