from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from editorial.signals import once_for_all, version_left, version_went_live


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        version_went_live.connect(follow, dispatch_uid="search_follows")
        version_left.connect(follow, dispatch_uid="search_follows")


def follow(version, **kwargs) -> None:
    """What was published is found before the request that published it is answered."""
    from search import following

    once_for_all(following.heard, version)
