"""A project of two views, on the database of the site that it is the measure of."""

from stemcell_site import environment
from stemcell_site.environment import env

SECRET_KEY = environment.secret_key()
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = ["bench.bare"]
ROOT_URLCONF = "bench.bare.urls"
DATABASES = {"default": environment.database(env.path("DATA_DIR"))}
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
USE_TZ = True
