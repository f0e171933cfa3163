"""The site as a WSGI application, for gunicorn and others like it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stemcell_site.settings")

application = get_wsgi_application()

from django.db import connections  # noqa: E402

from editorial.demo import refuse_stray_demo_accounts  # noqa: E402 - needs the apps

refuse_stray_demo_accounts()

# The server makes its processes out of this one: two of them on one connection would read each
# other's answers.
for connection in connections.all(initialized_only=True):
    connection.close()
    if hasattr(connection, "close_pool"):
        connection.close_pool()
