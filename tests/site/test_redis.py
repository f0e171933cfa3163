"""Redis for several machines: a real one, killed under the site."""

import shutil
import subprocess
import time

import pytest
import redis
from django.core.cache import caches

from stemcell_site import environment
from stemcell_site.accounts.limits import seconds_to_wait
from stemcell_site.steady_cache import SteadyRedisCache
from tests.live_pages import live_page
from tests.site.clusters import free_port

HERE = shutil.which("redis-server")


@pytest.fixture
def server(tmp_path):
    port = free_port()
    process = subprocess.Popen(  # noqa: S603 - Redis itself
        [HERE, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)],
        stdout=subprocess.DEVNULL,
    )
    process.url = f"redis://127.0.0.1:{port}/0"
    with redis.Redis.from_url(process.url) as client:
        deadline = time.monotonic() + 20
        while True:
            try:
                client.ping()
                break
            except redis.ConnectionError:
                assert time.monotonic() < deadline
                time.sleep(0.02)
    yield process
    process.kill()
    process.wait()


@pytest.fixture
def cache(settings, monkeypatch):
    """The cache as CACHE_URL makes it."""

    def made(url: str) -> SteadyRedisCache:
        monkeypatch.setenv("CACHE_URL", url)
        settings.CACHES = {**settings.CACHES, "default": environment.cache()}
        monkeypatch.setattr(SteadyRedisCache, "_rests_until", 0.0)
        return caches["default"]

    return made


@pytest.mark.django_db
@pytest.mark.skipif(HERE is None, reason="redis-server is not installed")
def test_the_site_serves_on_when_redis_is_killed(server, cache, settings, client, caplog):
    cache(server.url)
    settings.PAGE_CACHE_BYTES, settings.CACHE_URL = 1_000_000, server.url
    live_page("a-page")

    page = client.get("/articles/a-page/")
    with redis.Redis.from_url(server.url) as other:
        assert len(other.keys("answer:*")) == 1
    assert [seconds_to_wait("sign in", "me", times=2, seconds=600) for _ in range(2)] == [0, 0]

    server.kill()
    server.wait()

    assert client.get("/articles/a-page/").content == page.content
    assert client.get("/articles/").status_code == 200
    assert client.get("/admin/login/").status_code == 200
    counted = [seconds_to_wait("sign in", "me", times=2, seconds=600) > 0 for _ in range(3)]
    assert counted == [False, False, True]
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json()["ready"]) == (200, True)
    assert "The cache does not answer" in ready.text
    assert any("does not answer" in it.message for it in caplog.records)


def test_a_cache_without_redis_counts_for_itself_and_asks_again_after_a_rest(cache, monkeypatch):
    steady = cache("redis://127.0.0.1:9/0")

    assert steady.add("count", 0)
    assert [steady.incr("count") for _ in range(3)] == [1, 2, 3]
    assert steady.get_many(["count", "none"]) == {"count": 3}
    assert steady.is_away
    with pytest.raises(ValueError, match="none"):
        steady.incr("none")
    monkeypatch.setattr(SteadyRedisCache, "_rests_until", 0.0)
    assert not steady.is_away
    assert steady.get("count") == 3
