"""`secondment verify-audit`: check the whole trail; exit code 1 when any row was changed, removed or inserted."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from secondment.audit.verification import verify_trail


class Command(BaseCommand):
    """Print a line a fault and the chain's end; keep the printed end elsewhere to compare with later."""

    help = "Check the audit trail; name every changed, removed or inserted row."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--expect N:FINGERPRINT`: an end of the chain printed earlier that must still be part of it."""
        parser.add_argument(
            "--expect", help="an earlier 'LENGTH:FINGERPRINT' that must still be in the chain"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the check."""
        report = verify_trail()
        for fault in report.faults:
            self.stdout.write(f"event {fault.event_id}: {fault.found}")
        self.stdout.write(
            f"{report.n_events} events, {report.n_links} linked, {report.n_waiting} waiting; "
            f"end of chain {report.n_links}:{report.fingerprint}"
        )
        missing = options["expect"] and not _contains(options["expect"])
        if missing:
            self.stdout.write(f"the chain no longer holds {options['expect']}")
        if report.faults or missing:
            raise CommandError("the audit trail has been tampered with", returncode=1)
        self.stdout.write("the audit trail is whole")


def _contains(expected: str) -> bool:
    from secondment.audit.models import AuditLink

    length, _, fingerprint = expected.partition(":")
    if not length.isdecimal():
        raise CommandError("--expect takes LENGTH:FINGERPRINT as printed by an earlier check", returncode=2)
    return (
        int(length) == 0 or AuditLink.objects.filter(position=int(length), fingerprint=fingerprint).exists()
    )
