from . import promotions, report  # noqa: F401
