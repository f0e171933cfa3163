"""No type of page is forgotten: each public address is looked at, or is no page."""

from django.conf import settings

from tests.browser.public_pages import NO_PAGES, PAGES, WEIGHED
from tests.site.addresses import addresses


def test_every_public_address_is_in_the_list_of_pages():
    public = {
        pattern.name for route, pattern in addresses() if not route.startswith(settings.ADMIN_PATH)
    }
    looked_at = {page.url for page in PAGES if page.url}

    assert looked_at | NO_PAGES == public
    assert not looked_at & NO_PAGES


def test_the_list_names_each_page_once_and_weighs_eight_of_them():
    names = [page.name for page in PAGES]

    assert len(names) == len(set(names))
    assert len(set(WEIGHED) & set(names)) == 8
