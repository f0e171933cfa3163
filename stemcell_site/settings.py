"""Settings: one file, each value typed, read from the environment by `environment.py`."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.csp import CSP
from django.utils.translation import gettext_lazy
from whitenoise.compress import Compressor

from editorial import prose
from stemcell_site import environment
from stemcell_site.environment import BASE_DIR, env

# --- what the environment says ------------------------------------------------------------

DEBUG = env.bool("DEBUG", False)
SECRET_KEY = environment.secret_key()
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
SITE_URL = environment.site_url()
SITE_NAME = env.str("SITE_NAME", "Stem Cells, Checked")
DEMO = environment.demo(SITE_URL)
MAINTENANCE = env.bool("MAINTENANCE", False)
DATA_DIR = env.path("DATA_DIR", BASE_DIR / "var")
ADMIN_PATH = environment.admin_path()
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)
LOG_FORMAT = env.str("LOG_FORMAT", "plain", validate=environment.one_of("plain", "json"))

SITE_HOST = urlsplit(SITE_URL).hostname
IS_HTTPS = SITE_URL.startswith("https://")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", [SITE_HOST])
if DEMO:
    ALLOWED_HOSTS = list(environment.LOOPBACK)

# --- composition --------------------------------------------------------------------------

INSTALLED_APPS = [
    "stemcell_site",
    "search",
    "articles",
    "glossary",
    "evidence",
    "editorial",
    "taggit",
    "django_filters",
    "django_prose_editor",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sites",
    "django.contrib.redirects",
    "django.forms",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "stemcell_site.watching.middleware.Watch",
    "stemcell_site.replicas.AnswerReadersFromCopies",
    "stemcell_site.answers.middleware.KeepAnswers",
    "django.middleware.security.SecurityMiddleware",
    "stemcell_site.security.security_policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "stemcell_site.standing.maintenance",
    "stemcell_site.replicas.refuse_at_once",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "stemcell_site.accounts.second_factor.SecondFactorMiddleware",
    "axes.middleware.AxesMiddleware",
]

# What answers to readers pass who have no session, where they are the same for everyone.
PUBLIC_MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "stemcell_site.security.security_policy",
    "stemcell_site.standing.maintenance",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

# One site: its row is there because redirects ask for one.
SITE_ID = 1
ROOT_URLCONF = "stemcell_site.urls"
WSGI_APPLICATION = "stemcell_site.wsgi.application"

# The seams through which a lower room reaches what a higher one knows.
VERSION_PARTS = [
    "editorial.parts.also_called",
    "editorial.parts.key_messages",
    "editorial.parts.tags",
    "evidence.parts.claims",
    "evidence.parts.checked_claims",
    "evidence.parts.citations",
    "articles.parts.article_facts",
    "articles.parts.disease_facts",
    "articles.parts.codes",
    "articles.parts.therapy_facts",
    "glossary.parts.term_facts",
    "glossary.parts.distinctions",
]
RENDER_STEPS = [
    "editorial.rendering.link_pages",
    "editorial.rendering.outline_headings",
    "evidence.rendering.number_citations",
    "evidence.cited_sentences.mark_cited_sentences",
    "evidence.standing_help.tell_where_help_is",
    "evidence.map_lines.place_on_the_map",
    "evidence.rendering.tell_what_changed",
    "evidence.standards.telling.tell_how_it_was_made",
    "glossary.rendering.link_terms",
    "glossary.rendering.name_distinctions",
    "editorial.rendering.frame_tables",
    "editorial.structured.tell_parts",
    "evidence.structured.tell_sources",
    "articles.structured.tell_subject",
    "glossary.structured.tell_term",
    "articles.questions.frame_questions",
]
EDITORIAL_CHECKS = [
    # Who
    "editorial.checking.people.names_its_author",
    "editorial.checking.people.names_its_medical_reviewer",
    "editorial.checking.people.declares_interests",
    "editorial.checking.people.was_read_by_a_patient",
    "editorial.checking.publication.the_site_says_who_publishes_and_pays",
    "editorial.checking.publication.says_how_it_was_made",
    # When
    "editorial.checking.publication.is_reviewed_often_enough",
    "evidence.checking.regulation.what_tells_of_rules_is_reviewed_each_year",
    "editorial.checks.says_how_far_evidence_was_searched",
    # Evidence
    "evidence.checks.claims_are_cited",
    "evidence.checks.checked_claims_are_argued",
    "evidence.checks.cited_sources_are_known",
    "evidence.checks.citations_still_stand",
    "evidence.checking.sources.sources_can_be_found",
    "evidence.checking.sources.sources_were_checked_by_somebody",
    "evidence.checking.sources.sources_were_looked_at_lately",
    "evidence.checking.sources.sources_say_what_they_are",
    "evidence.checking.claims.benefits_were_seen_in_people",
    "evidence.checking.claims.certainty_has_its_reason",
    "evidence.checking.claims.certainty_was_rated_by_somebody",
    "evidence.checking.claims.words_fit_the_certainty",
    "evidence.checking.claims.benefits_are_counted",
    "evidence.checking.claims.harms_are_claims_too",
    "evidence.checking.claims.trials_without_benefit_are_listed",
    "evidence.checking.claims.benefits_do_not_hang_on_one_small_study",
    # Balance and choice
    "evidence.checking.sections.tells_the_harms",
    "evidence.checking.sections.tells_of_death",
    "evidence.checking.sections.tells_what_is_not_known",
    "evidence.checking.sections.names_other_treatments",
    "evidence.checking.sections.tells_what_happens_without_treatment",
    "evidence.checking.sections.tells_of_daily_life",
    "evidence.checking.sections.has_questions_to_ask",
    "evidence.checking.sections.says_not_to_stop_treatment",
    "evidence.checking.links.leads_to_support",
    # Rules, approval and trials
    "articles.checks.says_whether_it_is_approved",
    "evidence.checking.regulation.statuses_were_checked_lately",
    "evidence.checking.regulation.says_what_a_product_is_not_for",
    "evidence.checking.links.links_lead_to_trusted_sites",
    "evidence.checking.wording.sells_nothing",
    "evidence.checking.regulation.trials_say_where_they_stand",
    "evidence.checking.regulation.trials_named_in_the_text_are_cited",
    "evidence.checking.regulation.running_trials_should_be_free",
    # Language
    "evidence.checking.wording.has_no_red_flags",
    "articles.checks.facts_have_no_red_flags",
    "glossary.checks.term_facts_have_no_red_flags",
    "glossary.checks.reads_easily",
    "editorial.checks.has_a_title_and_a_summary",
    "editorial.checks.has_three_to_five_key_messages",
    "evidence.checking.messages.key_messages_rest_on_something",
    "evidence.checking.form.says_for_whom_and_for_what",
    "evidence.checking.form.has_something_to_do",
    # Access, rights, trust
    "evidence.checking.form.headings_are_in_order",
    "evidence.checking.form.tables_have_headings",
    "evidence.checking.links.links_say_where_they_lead",
    "evidence.checking.links.links_still_answer",
    "evidence.checking.wording.copies_nobody",
]
# What rule P04 asks of the site, and the template that says it.
PAGES_ABOUT_THE_PUBLISHER = {
    "who publishes": "about/about.html",
    "who pays, and that there are no adverts": "about/funding.html",
}
# The tables that readers see: the database itself moves the stamp with each change of them.
PUBLIC_ROWS = [
    "editorial.public_rows.ROWS",
    "evidence.public_rows.ROWS",
    "search.public_rows.ROWS",
]
DESK_SECTIONS = ["evidence.desk.changed_sources"]
DESK_POINTERS = [
    "search.desk.words_that_found_nothing",
    "editorial.feedback.desk.pages_found_unhelpful",
]
CLOCK_STEPS = [
    "editorial.surrounds.with_the_clock",
    "stemcell_site.answers.purging.with_the_clock",
    "evidence.statuses.grown_old",
    "search.following.with_the_clock",
    "search.log.old_days",
    "editorial.feedback.reports.old_words",
    "editorial.feedback.senders.past_hours",
]

# The index, a folder on each machine; None: searches do without, and match titles.
SEARCH_DIR: Path | None = DATA_DIR / "search"
# The lists of pages are found by the room above them.
FIND_IN_LISTS = "search.lists.find_in_list"
# How long searches wait in a process before they are counted in the database; None: for ever.
SEARCH_LOG_SECONDS: float | None = 5.0

# --- data ---------------------------------------------------------------------------------

REPLICAS = environment.replicas()
# Readers are answered from a copy that shows what was public at most so long ago.
REPLICA_LAG_SECONDS = environment.replica_lag_seconds()
DATABASES = {"default": environment.database(DATA_DIR), **REPLICAS}
DATABASE_ROUTERS = ["editorial.databases.ReadFromCopies"] if REPLICAS else []
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# `pieces`: what is the same around every page, put together once in each process.
PIECES = "dummy.DummyCache" if DEBUG else "locmem.LocMemCache"
CACHES = {
    "default": environment.cache(),
    "pieces": {"BACKEND": f"django.core.cache.backends.{PIECES}", "LOCATION": "pieces"},
}
CACHE_URL = env.str("CACHE_URL", "")
# Whole answers in the memory of each process; none while templates are being written.
PAGE_CACHE_BYTES = 0 if DEBUG else env.int("PAGE_CACHE_MB", 24) * 1024 * 1024
# How long a CDN may give an answer without asking, and the address that tells it to forget.
CDN_SECONDS = env.int("CDN_SECONDS", 60)
PURGE_URL = env.str("PURGE_URL", "")
TAGGIT_CASE_INSENSITIVE = True

# --- pages --------------------------------------------------------------------------------

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.csp",
                "stemcell_site.context.site",
            ],
        },
    }
]
URLIZE_ASSUME_HTTPS = True
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "stemcell_site.stylesheets.FoldedStaticFilesStorage"
    },
}
# Compressing is most of what a first start costs: once each file, under its lasting name, and not
# the maps that only a developer's tools ask for.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")
MEDIA_ROOT = DATA_DIR / "media"

DJANGO_PROSE_EDITOR_EXTENSIONS = prose.EXTENSIONS

# --- language and time --------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", gettext_lazy("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "stemcell_site.formats"
USE_I18N = True
TIME_ZONE = "UTC"
USE_TZ = True

# --- accounts -----------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
_RULES = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_RULES}UserAttributeSimilarityValidator"},
    {"NAME": f"{_RULES}MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_RULES}CommonPasswordValidator"},
    {"NAME": f"{_RULES}NumericPasswordValidator"},
]
# Staff sign in with an app's code or a passkey as well. Demonstration passwords are public anyway.
SECOND_FACTOR = not (DEBUG or DEMO)
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
# An invitation is a password-reset link: long enough for somebody who reads mail once a week.
PASSWORD_RESET_TIMEOUT = 7 * 24 * 60 * 60

ACCOUNT_ADAPTER = "stemcell_site.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
# Guessing through many names from one address, and the codes of one person from many; what comes
# from one address for one name, axes counts.
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "10/5m/key"}
MFA_ADAPTER = "stemcell_site.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = {"webauthn_login": "30/m/ip"}

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_CALLABLE = "stemcell_site.accounts.lockout.name_tried"
AXES_CLIENT_IP_CALLABLE = "stemcell_site.accounts.client_address.client_address"
# The same, for the room in which readers write: it counts senders without keeping addresses.
CLIENT_ADDRESS = AXES_CLIENT_IP_CALLABLE
AXES_LOCKOUT_CALLABLE = "stemcell_site.accounts.lockout.locked_out"
# Who came from where is kept with the sessions, as long as they last, and nowhere else.
AXES_DISABLE_ACCESS_LOG = True
AXES_SENSITIVE_PARAMETERS = ["username", "login", "ip_address", "user_agent"]
AXES_ENABLE_ADMIN = AXES_VERBOSE = False

# --- mail ---------------------------------------------------------------------------------

MAILERS = environment.mailers(DEBUG or DEMO)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", f"noreply@{SITE_HOST}")

# --- safety -------------------------------------------------------------------------------

SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
# The admin's own pages carry nonces; the hash is the one style its editor writes by itself.
ADMIN_CSP = SECURE_CSP | {
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [
        CSP.SELF,
        CSP.NONCE,
        "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='",
    ],
    "frame-src": [CSP.SELF],
}
ADMIN_ROOT = f"/{ADMIN_PATH}"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]  # asked of the process itself
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

# --- watching -----------------------------------------------------------------------------

LOGGING = environment.logging(LOG_FORMAT)
SENTRY_DSN = env.str("SENTRY_DSN", "")
SLOW_QUERY_MS = env.int("SLOW_QUERY_MS", 500)  # 0: none is in the log
METRICS_TOKEN = env.str("METRICS_TOKEN", "")  # opens /metrics, as do these networks
METRICS_NETWORKS = environment.networks("METRICS_NETWORKS", "127.0.0.0/8", "::1/128")
