"""`secondment prepare`: make data directory, database, static files and demo ready in one process, before a start."""

import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from secondment.accounts.models import User
from secondment.common.data_directory import database_files, empty, make_private
from secondment.common.installation import check_installation, is_demo_data

NO_ACCOUNTS = """  暂无账号。请在另一个终端（同样的环境变量）开设三员，屏幕会显示各人的一次性密码：
  No accounts yet. In another terminal, with the same variables, make the three administrators:
    .venv/bin/secondment create-administrators 示例市 --system 账号:姓名 --security 账号:姓名 --audit 账号:姓名"""


class Command(BaseCommand):
    """Safe to repeat; the last lines name the demo accounts of a demo installation, or how to get the first ones."""

    help = "Migrate, collect static files and load the demo if this is a demo installation; safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        """One step after the other; the first that fails stops the start."""
        make_private(settings.DATA_DIR, settings.KEY_FILE, *database_files(connection))
        empty(settings.TEMPORARY_DIR)
        self._step("更新数据库 Update the database", "migrate", verbosity=0)
        check_installation(connection)
        self._step(
            "整理网页文件 Collect the files of the pages", "collectstatic", interactive=False, verbosity=0
        )
        self._step("装入行政区划 Load the regions", "load_regions", verbosity=0)
        if settings.DEMO:
            self._step("装入演示数据 Load the demo", "load_demo", stdout=self.stderr)
            if is_demo_data():
                call_command("demo_accounts", stdout=self.stdout)
        else:
            call_command("close_demo", stdout=self.stderr)
        if not User.objects.exists():
            self.stdout.write(NO_ACCOUNTS)

    def _step(self, label: str, command: str, **options: Any) -> None:
        """Run it and print how long it took; less than a second is not worth a line."""
        begun = time.monotonic()
        call_command(command, **options)
        seconds = round(time.monotonic() - begun)
        if seconds:
            self.stderr.write(f"  {label}: {seconds} s")
