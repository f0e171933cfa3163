"""The production server. `bind` comes from the command line."""

import multiprocessing
import os
import sys

bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", min(4, multiprocessing.cpu_count())))
preload_app = True
# Several gunicorns may run as one user: each would take the same control socket.
control_socket_disable = True
accesslog = None
max_requests = 5000
max_requests_jitter = 500


def on_starting(server) -> None:
    """Demonstration accounts have public passwords: they may be met on this machine only."""
    from stemcell_site import environment

    is_demo = environment.env.bool("DEMO", False)
    hosts = [address[0] for address in server.cfg.address if isinstance(address, tuple)]
    if is_demo and any(host not in ("127.0.0.1", "::1", "localhost") for host in hosts):
        sys.exit("The site did not start. DEMO is set: bind to 127.0.0.1 only, or unset DEMO.")
