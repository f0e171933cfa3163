from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from editorial.signals import once_for_all, version_left, version_went_live


class EvidenceConfig(AppConfig):
    name = "evidence"
    verbose_name = _("Evidence")

    def ready(self) -> None:
        version_went_live.connect(redraw_the_map, dispatch_uid="redraw_the_map")
        version_left.connect(redraw_the_map, dispatch_uid="redraw_the_map")
        version_went_live.connect(answer_flags, dispatch_uid="answer_flags")


def redraw_the_map(version, **kwargs) -> None:
    """What a page says of a therapy in a disease stands on the pages of both."""
    from evidence import map_lines

    once_for_all(map_lines.follow, version)


def answer_flags(version, **kwargs) -> None:
    """A page that was reviewed anew is no longer waiting for it."""
    from evidence import changing

    once_for_all(changing.heard_that_they_went_live, version)
