import os
import time

from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections
from django.utils import timezone

from editorial import clock
from editorial.timing import timed


class Command(BaseCommand):
    help = (
        "Publish what is scheduled, withdraw what has expired, mark pages whose review is overdue, "
        "remind their owners. Safe to repeat, and to run twice at once."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("--quiet", action="store_true", help="Say nothing if nothing was due.")
        parser.add_argument(
            "--every", type=int, metavar="SECONDS", help="Again and again, until it is stopped."
        )
        parser.add_argument(
            "--beside", type=int, metavar="PID", help="With --every: until this parent has ended."
        )

    def handle(self, *args, quiet: bool, every: int | None, beside: int | None, **options) -> None:
        if every is None:
            failures = self.round(quiet=quiet)
            if failures:
                raise CommandError(f"{failures} things that were due could not be done.")
            return
        while self.wait(every, beside):
            self.keep_going()

    @timed("clock", outcome=lambda failures: "failed" if failures else "done")
    def round(self, *, quiet: bool) -> int:
        done = clock.publish_due(now=timezone.now())
        for failure in done.failures:
            self.stderr.write(failure)
        if not (quiet and done.is_nothing):
            self.stdout.write(str(done))
        return len(done.failures)

    def keep_going(self) -> None:
        """One round of many: whatever befalls it, the next one follows."""
        close_old_connections()
        try:
            self.round(quiet=True)
        except Exception as error:
            self.stderr.write(f"The clock will try again: {type(error).__name__}: {error}")

    def wait(self, seconds: int, beside: int | None) -> bool:
        """False as soon as the process that this one runs beside is its parent no more."""
        until = time.monotonic() + seconds
        while beside is None or os.getppid() == beside:
            if time.monotonic() >= until:
                return True
            time.sleep(min(1, seconds))
        return False
