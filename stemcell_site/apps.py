from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "stemcell_site"

    def ready(self) -> None:
        from allauth.mfa import signals as factors
        from django.contrib.auth.signals import user_logged_in

        from stemcell_site.accounts import second_factor, sessions

        factors.authenticator_used.connect(second_factor.note_use)
        factors.authenticator_added.connect(second_factor.note_addition)
        factors.authenticator_removed.connect(second_factor.note_removal)
        user_logged_in.connect(sessions.note, dispatch_uid="note_session")
