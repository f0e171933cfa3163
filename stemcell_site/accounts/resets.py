"""A forgotten password: the mail with a link, and how often it can be asked for."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.forms import PasswordResetForm

from stemcell_site.accounts.limits import seconds_to_wait

MAILS_AN_HOUR = 3


class ResetForm(PasswordResetForm):
    """Nobody's mailbox is filled, and whoever asks is told the same as always."""

    def get_users(self, email: str) -> Iterable:
        wait = seconds_to_wait(
            "reset mail", email.strip().casefold(), times=MAILS_AN_HOUR, seconds=3600
        )
        return () if wait else super().get_users(email)

    def save(self, *args, **kwargs) -> None:
        """The link leads to our own address, whatever host the request named."""
        own = urlsplit(settings.SITE_URL)
        kwargs |= {"domain_override": own.netloc, "use_https": own.scheme == "https"}
        super().save(*args, **kwargs)
