"""The site as a WSGI application, for gunicorn and others like it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stemcell_site.settings")

application = get_wsgi_application()

from editorial.demo import refuse_stray_demo_accounts  # noqa: E402 - needs the apps

refuse_stray_demo_accounts()
