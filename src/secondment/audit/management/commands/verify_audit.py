"""`secondment verify-audit`: check the entire trail; exit code 1 when any row was changed, removed or inserted."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from secondment.audit.ends import End, is_in_chain, kept_ends
from secondment.audit.verification import verify_trail


class Command(BaseCommand):
    """Print a line a fault and the chain's end; keep the printed end elsewhere to compare with later."""

    help = "Check the audit trail; name every changed, removed or inserted row."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--expect N:FINGERPRINT`: an end of the chain printed earlier that must still be part of it."""
        parser.add_argument(
            "--expect",
            metavar="LENGTH:FINGERPRINT",
            help="an end printed earlier that must still be in the chain; ends kept in SECONDMENT_AUDIT_DROP_DIR "
            "are compared without being named",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the check."""
        expected = End.found_in(options["expect"]) if options["expect"] else None
        if options["expect"] and expected is None:
            raise CommandError(
                "--expect takes LENGTH:FINGERPRINT as printed by an earlier check", returncode=2
            )
        report = verify_trail(at=timezone.now())
        for fault in report.faults:
            self.stdout.write(f"event {fault.event_id}: {fault.found}")
        self.stdout.write(
            f"{report.n_events} events, {report.n_links} linked, {report.n_waiting} waiting; "
            f"end of chain {report.n_links}:{report.fingerprint}"
        )
        if settings.AUDIT_DROP_DIR:
            kept = [path.name for path in kept_ends(settings.AUDIT_DROP_DIR)]
            last = f", the last of them {kept[-1]}" if kept else ""
            self.stdout.write(f"compared with {len(kept)} kept ends in {settings.AUDIT_DROP_DIR}{last}")
        missing = expected is not None and not is_in_chain(expected)
        if missing:
            self.stdout.write(f"the chain no longer holds {expected}")
        if report.faults or missing:
            raise CommandError("the audit trail has been tampered with", returncode=1)
        self.stdout.write("the audit trail is intact")
