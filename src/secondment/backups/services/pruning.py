"""Let old backups go."""

import datetime as dt
import re
from pathlib import Path

from secondment.backups.models import Backup
from secondment.backups.rules import kept

FAULTS_KEPT = 100


def prune(directory: Path, mark: str) -> list[str]:
    """Delete files of this key that the rule does not keep, and their rows; returns their names. Other files are left alone."""
    pattern = re.compile(rf"secondment-{mark}-(\d{{8}}-\d{{6}})\.backup")
    found = {}
    for path in directory.iterdir():
        if named := pattern.fullmatch(path.name):
            found[dt.datetime.strptime(named[1], "%Y%m%d-%H%M%S")] = path  # noqa: DTZ007 -- local time, compared with its like
    stay = kept(found)
    gone = [path for made, path in sorted(found.items()) if made not in stay]
    for path in gone:
        path.unlink(missing_ok=True)
    Backup.objects.filter(name__in=[path.name for path in gone]).delete()
    old = Backup.objects.filter(name="").values_list("pk", flat=True)[FAULTS_KEPT:]
    Backup.objects.filter(pk__in=list(old)).delete()
    return [path.name for path in gone]
