"""gunicorn's own lines in the form of all others, as they may name the address of a client."""

from typing import Any

from gunicorn import glogging

from stemcell_site.environment import env
from stemcell_site.watching.logs import FORMATTERS


class ServerLogger(glogging.Logger):
    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(FORMATTERS[env.str("LOG_FORMAT", "plain")]())

    def access(self, *args: object) -> None:
        """No line for each reader: it would hold his address and what he looked for."""
