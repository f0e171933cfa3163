"""The production server. `bind` comes from the command line."""

import multiprocessing
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from stemcell_site.environment import BASE_DIR, env
from stemcell_site.watching import server as counting

bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", min(4, multiprocessing.cpu_count())))
preload_app = True
# Several gunicorns may run as one user: each would take the same control socket.
control_socket_disable = True
# A line for each reader would hold his address and what he looked for.
accesslog = None
logger_class = "stemcell_site.watching.server_logs.ServerLogger"
max_requests = 5000
max_requests_jitter = 500

counting.begin_counting(env.path("DATA_DIR", BASE_DIR / "var"))
_places = counting.Places()


def on_starting(server) -> None:
    """Demonstration accounts have public passwords: they may be met on this machine only."""
    from stemcell_site import environment

    is_demo = environment.env.bool("DEMO", False)
    hosts = [address[0] for address in server.cfg.address if isinstance(address, tuple)]
    if is_demo and any(host not in ("127.0.0.1", "::1", "localhost") for host in hosts):
        sys.exit("The site did not start. DEMO is set: bind to 127.0.0.1 only, or unset DEMO.")


def pre_fork(server, worker) -> None:
    worker.place = _places.take()


def post_fork(server, worker) -> None:
    counting.take_place(worker.place)


def child_exit(server, worker) -> None:
    """However a worker ended: the next one goes on with its counts."""
    _places.leave(worker.place)
