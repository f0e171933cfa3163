"""The site's settings, with an environment of the tests' own."""

import os
import tempfile

os.environ.update(
    SECRET_KEY="a key for tests and for nothing else",
    SITE_URL="http://testserver",
    DEBUG="0",
    DEMO="0",
    DATA_DIR=tempfile.mkdtemp(prefix="stemcell-site-tests-"),
    DATABASE_URL=os.environ.get("TEST_DATABASE_URL", ""),
    DATABASE_REPLICA_URLS="",
    CACHE_URL="",
    EMAIL_URL="",
    LOG_FORMAT="plain",
)

from stemcell_site.settings import *  # noqa: F403
from stemcell_site.settings import CACHES, DATABASES, STATIC_ROOT, STORAGES
from stemcell_site.settings import EDITORIAL_CHECKS as FULL_GATE  # noqa: F401 - see `whole_gate`

ALLOWED_HOSTS = ["testserver"]
# Texts of tests are short: they pass the ground floor of the gate. The fixture `whole_gate` gives
# a test the site's own list.
EDITORIAL_CHECKS = [
    "editorial.checks.has_a_title_and_a_summary",
    "editorial.checks.has_three_to_five_key_messages",
    "editorial.checks.says_how_far_evidence_was_searched",
    "evidence.checks.cited_sources_are_known",
    "evidence.checks.claims_are_cited",
    "evidence.checks.checked_claims_are_argued",
    "evidence.checks.citations_still_stand",
]
# Hashing slowly is the point of a password hasher, and of no use to a test.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Tests sign people in without a form; those of the second factor and of lockouts turn them on.
SECOND_FACTOR = AXES_ENABLED = False
# Tests take back what they wrote, and the stamp with it: a test that wants answers kept says so.
PAGE_CACHE_BYTES = 0
# Pseudo-languages and other names of the site must not outlive their test.
CACHES = CACHES | {"pieces": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
# Publishing in a test writes no index: the fixture `index` gives a test one.
SEARCH_DIR = None
# Whitenoise warns of a folder that is missing.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
# No thread of its own: a test that wants searches counted says when.
SEARCH_LOG_SECONDS = None
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    # A pool would keep connections open while the test database is dropped.
    DATABASES["default"]["OPTIONS"].pop("pool", None)
