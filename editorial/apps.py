from django.apps import AppConfig, apps
from django.core.signals import setting_changed
from django.db import connections
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class EditorialConfig(AppConfig):
    name = "editorial"
    verbose_name = _("Newsroom")

    def ready(self) -> None:
        from editorial.checks import forget_listed_checks

        setting_changed.connect(forget_listed_checks, dispatch_uid="forget_listed_checks")
        connection_created.connect(arm_guards, dispatch_uid="arm_guards")
        pre_migrate.connect(lift_guards, sender=self, dispatch_uid="lift_guards")
        # After "auth", the rooms above have their tables and all rooms their permissions.
        auth = apps.get_app_config("auth")
        post_migrate.connect(set_up_database, sender=auth, dispatch_uid="set_up_database")


def arm_guards(connection, **kwargs) -> None:
    from editorial import guards

    guards.fire_on_replace(connection)


def lift_guards(using: str, **kwargs) -> None:
    """SQLite rebuilds tables when it alters them, and would trip over triggers or lose them."""
    from editorial import guards

    guards.drop(connections[using])


def set_up_database(using: str, **kwargs) -> None:
    """Guards, the ledger's row and the groups: what the rooms need beside their tables."""
    from editorial import guards, roles
    from editorial.models import Ledger

    if guards.install(connections[using]):
        Ledger.objects.using(using).get_or_create(pk=1)
        roles.make_groups()
