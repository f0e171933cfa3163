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
    CACHE_URL="",
    EMAIL_URL="",
    LOG_FORMAT="plain",
)

from stemcell_site.settings import *  # noqa: F403
from stemcell_site.settings import DATABASES, STATIC_ROOT, STORAGES

ALLOWED_HOSTS = ["testserver"]
# Hashing slowly is the point of a password hasher, and of no use to a test.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Whitenoise warns of a folder that is missing.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    # A pool would keep connections open while the test database is dropped.
    DATABASES["default"]["OPTIONS"].pop("pool", None)
