"""How backups stand is shown to system administrators, and nobody else."""

from secondment.accounts.choices import Role
from tests.authorisation.matrix import Row

ROWS = {"backups:backup_list": Row(frozenset({Role.SYSTEM_ADMINISTRATOR}))}
