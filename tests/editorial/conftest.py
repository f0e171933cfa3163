import pytest


@pytest.fixture(autouse=True)
def _pages_look_plain(plain_rendering):
    """The newsroom's rules hold whatever the rooms above make of a text."""
