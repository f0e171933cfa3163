from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "stemcell_site"

    def ready(self) -> None:
        from allauth.mfa import signals as factors
        from django.conf import settings
        from django.contrib.auth.signals import user_logged_in
        from django.core.signals import request_finished
        from django.db.backends.signals import connection_created

        from editorial.timing import work_done
        from stemcell_site import derived_names
        from stemcell_site.accounts import second_factor, sessions
        from stemcell_site.watching import queries, seen, work

        derived_names.translate()
        factors.authenticator_used.connect(second_factor.note_use)
        factors.authenticator_added.connect(second_factor.note_addition)
        factors.authenticator_removed.connect(second_factor.note_removal)
        user_logged_in.connect(sessions.note, dispatch_uid="note_session")
        connection_created.connect(queries.watch, dispatch_uid="watch_queries")
        request_finished.connect(seen.forget, dispatch_uid="forget_request")
        work_done.connect(work.note, dispatch_uid="note_work")
        if settings.SENTRY_DSN:
            from stemcell_site.watching import sentry

            sentry.begin(settings.SENTRY_DSN, url=settings.SITE_URL)
