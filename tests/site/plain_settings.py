"""The site as it serves, without what a test on its own server would wait for: no collected files,
no second factor, and a gate that stands open."""

from stemcell_site.settings import *  # noqa: F403
from stemcell_site.settings import STATIC_ROOT, STORAGES

STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
SECOND_FACTOR = False
EDITORIAL_CHECKS: list[str] = []
