"""A process whose copies do one thing each, and are killed in the middle of it.

    python -m tests.faults.one_that_dies FOLDER

It is asked in lines of JSON: `deed` and what that takes; `at`, the named moment to die in; `after`,
seconds until it is killed from outside; `limit`, the largest file that it may write, as if the disk
were full; `beside`, not waited for, until it is told to `stop`. It answers how the copy ended and
what it said. A copy is a fork: it begins in milliseconds, with nothing open, like a process anew.

What is asked for `here` is done without a copy: what it imports and compiles, no copy has to.
"""

import json
import os
import resource
import signal
import sys
import time
import traceback
from contextlib import redirect_stdout
from pathlib import Path


def set_up(folder: Path) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django
    from django.conf import settings
    from django.test.utils import setup_test_environment

    settings.MEDIA_ROOT = folder / "media"
    settings.SEARCH_DIR = folder / "search"
    django.setup()
    setup_test_environment()
    from search import rebuilding
    from tests.faults import deeds

    deeds.FOLDER = folder
    # The next start builds it anew, and no child in the background.
    rebuilding.start = lambda: None


def do_here(told: dict) -> dict:
    """Without the index, whose threads no copy would have; and nothing stays open."""
    from django.conf import settings
    from django.db import connections

    from tests.faults import deeds

    settings.SEARCH_DIR = None
    said = getattr(deeds, told["deed"])(*told.get("with", []))
    connections.close_all()
    settings.SEARCH_DIR = deeds.FOLDER / "search"
    return {"killed": False, "failed": False, "said": said}


def live(told: dict, answer: int) -> None:
    """What a copy does. It ends here in any case."""
    from editorial import faults
    from tests.faults import deeds

    faults._at = told.get("at", "")
    if limit := told.get("limit"):
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    code, said = 0, None
    try:
        with redirect_stdout(sys.stderr):
            said = getattr(deeds, told["deed"])(*told.get("with", []))
    except BaseException as error:
        code, said = 1, str(error)
        if told.get("loud", True):
            traceback.print_exc()
    os.write(answer, json.dumps(said).encode())
    sys.stderr.flush()
    os._exit(code)


def fork(told: dict) -> tuple[int, int]:
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        live(told, writer)
    os.close(writer)
    return pid, reader


def end(pid: int, reader: int) -> dict:
    with os.fdopen(reader, "rb") as file:
        said = file.read()
    status = os.waitpid(pid, 0)[1]
    return {
        "killed": os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL,
        "failed": not os.WIFSIGNALED(status) and os.waitstatus_to_exitcode(status) != 0,
        "said": json.loads(said) if said else None,
    }


def main(folder: Path) -> None:
    set_up(folder)
    beside: dict[int, int] = {}
    print("ready", flush=True)
    for line in sys.stdin:
        told = json.loads(line)
        if told.get("here"):
            answer = do_here(told)
        elif pid := told.get("stop"):
            if told.get("kill"):
                os.kill(pid, signal.SIGKILL)
            answer = end(pid, beside.pop(pid))
        elif told.get("beside"):
            pid, reader = fork(told)
            beside[pid] = reader
            answer = {"pid": pid}
        else:
            pid, reader = fork(told)
            if "after" in told:
                time.sleep(told["after"])
                os.kill(pid, signal.SIGKILL)
            answer = end(pid, reader)
        print(json.dumps(answer), flush=True)
    for pid in beside:
        os.kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
