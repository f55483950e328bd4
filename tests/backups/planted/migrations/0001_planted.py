"""Changes data outside of a transaction, then ends as PLANTED says."""

import os
import time
from pathlib import Path

from django.conf import settings
from django.db import migrations


def change(_apps, editor) -> None:
    planted = os.environ["PLANTED"]
    editor.execute("UPDATE units_unit SET name = '改坏了'")
    if planted == "lose":
        editor.execute("DELETE FROM accounts_signintries")
    if planted == "lose file":
        next(path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()).unlink()
    if planted == "trail":
        with editor.connection.cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            names = cursor.fetchall()
        for (name,) in names:
            editor.execute(f"DROP TRIGGER {name}")
        editor.execute("UPDATE audit_auditevent SET action = 'x' WHERE id = 1")
    if planted == "sleep":
        (Path(settings.DATA_DIR) / "reached").touch()
        time.sleep(600)
    if planted == "fail":
        raise RuntimeError("planted")


class Migration(migrations.Migration):
    atomic = False
    initial = True
    operations = [migrations.RunPython(change)]
