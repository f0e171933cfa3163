"""Synthetic articles: of real size, live, the same for the same seed, and about nothing."""

import io
import re

import pytest
from django.core.management import CommandError, call_command
from django.utils.html import strip_tags

from articles import corpus
from articles.corpus import Surroundings, article, make_corpus, vocabulary
from articles.corpus_workers import WorkerFailed, in_processes
from editorial.models import Event, Page, Version
from editorial.parts import content_hash
from editorial.progress import progress_bar
from editorial.sanitising import clean_html
from editorial.signals import version_went_live
from evidence.models import Claim, Source
from tests.conftest import NOW

AROUND = Surroundings(
    tags=range(1, 40), sources=["corpus-source-1"], therapies=[50], diseases=[60, 61]
)
SILENCE = progress_bar(io.StringIO())


def make(count: int, seed: int = 1) -> tuple[int, int]:
    return make_corpus(count, seed=seed, now=NOW, progress=SILENCE)


def test_an_article_is_the_same_for_the_same_seed_and_number():
    assert article(7, 1, AROUND) == article(7, 1, AROUND)
    assert article(7, 1, AROUND)[1].text["body"] != article(7, 2, AROUND)[1].text["body"]
    assert article(7, 1, AROUND)[1].text["body"] != article(8, 1, AROUND)[1].text["body"]


def test_articles_are_of_the_size_and_form_of_real_ones():
    made = [article(number, 1, AROUND) for number in range(1, 41)]

    for new, filling in made:
        body = filling.text["body"]
        words = len(re.sub(r"<[^>]+>", " ", body).split())
        assert 300 <= words <= 600, new.slug
        # They are stored as they are: the sanitiser would change nothing in them.
        assert clean_html(body) == body
        assert body.startswith("<h2>")
        assert 1 <= len(filling.parts["tags"]) <= 5
    assert len({new.title for new, _ in made}) == len({new.slug for new, _ in made}) == 40
    assert sum(bool(filling.parts["claims"]) for _, filling in made) == 4


def test_words_fall_as_zipf_says():
    """The first word about twice as often as the second, ten times as often as the tenth."""
    told = " ".join(strip_tags(article(n, 1, AROUND)[1].text["body"]) for n in range(60))
    words = re.findall(r"[a-z]+", told.lower().replace(".", " "))
    first, second, tenth = (words.count(vocabulary()[rank]) for rank in (0, 1, 9))

    assert 1.7 < first / second < 2.3
    assert 7 < first / tenth < 13
    assert len(set(vocabulary())) == corpus.VOCABULARY


@pytest.mark.django_db
def test_a_corpus_is_live_and_says_that_nobody_checked_it(monkeypatch, client):
    monkeypatch.setattr(corpus, "AT_A_TIME", 6)

    assert make(11) == (1, 11)

    live = Version.objects.live().select_related("page", "exemption")
    assert live.count() == 11
    assert all(version.content_hash == content_hash(version) for version in live)
    assert all("no check was run" in version.exemption.reason for version in live)
    assert "Made up by a program for load tests." in client.get("/articles/corpus-10/").text
    claim = Claim.objects.get()
    assert claim.therapy.name.startswith("Made-up")
    assert claim.disease.name.startswith("Made-up")
    assert not Source.objects.public().filter(key__startswith="corpus-").exists()


@pytest.mark.django_db
def test_a_second_run_adds_more():
    make(2)
    assert make(1) == (3, 3)
    assert Page.objects.filter(slug="corpus-3").exists()
    call_command("verify_audit", stdout=io.StringIO())


class Killed(BaseException):
    """Stands for the end of the process: nothing catches it."""


@pytest.mark.django_db
@pytest.mark.parametrize("step", ["write_new", "publish_written"])
def test_killed_in_the_middle_it_keeps_whole_batches_and_goes_on(monkeypatch, step):
    monkeypatch.setattr(corpus, "AT_A_TIME", 2)
    do, done = getattr(corpus, step), []

    def die_after_one(batch, **told):
        if done:
            raise Killed
        done.append(batch)
        return do(batch, **told)

    monkeypatch.setattr(corpus, step, die_after_one)
    with pytest.raises(Killed):
        make(4)
    monkeypatch.setattr(corpus, step, do)
    assert Version.objects.live().count() == 2

    first, last = make(1)

    # What was written and not yet live is live now; what was not written is made by its number.
    assert (first, last) == ((3, 3) if step == "write_new" else (5, 5))
    assert Page.objects.count() == Version.objects.live().count() == last
    call_command("verify_audit", stdout=io.StringIO())


@pytest.mark.django_db(transaction=True)
def test_several_processes_make_the_same_articles_as_one(monkeypatch):
    monkeypatch.setattr(corpus, "AT_A_TIME", 2)

    assert make_corpus(4, seed=1, now=NOW, progress=SILENCE, processes=2) == (1, 4)

    live = Version.objects.live().order_by("page__slug")
    assert [version.page.slug for version in live] == [f"corpus-{n}" for n in range(1, 5)]
    around = Surroundings.make()
    assert [version.body for version in live] == [
        article(number, 1, around)[1].text["body"] for number in range(1, 5)
    ]
    call_command("verify_audit", stdout=io.StringIO())


@pytest.mark.django_db(transaction=True)
def test_a_process_that_fails_is_told_of():
    publish = in_processes([range(1, 2)], processes=1, seed=1, now="no time at all")

    with pytest.raises(WorkerFailed, match="run it again"):
        list(publish)

    assert not Page.objects.exists()


@pytest.mark.django_db
def test_whoever_follows_is_told_once_at_the_end(monkeypatch):
    monkeypatch.setattr(corpus, "AT_A_TIME", 2)
    told = []

    def hear(version, **kwargs):
        told.append(version.page.slug)

    version_went_live.connect(hear)
    try:
        make(11)
    finally:
        version_went_live.disconnect(hear)

    # So many as surely hold a claim.
    assert sorted(told) == sorted(f"corpus-{number}" for number in range(2, 12))


@pytest.mark.django_db
def test_it_is_refused_without_demo(settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="DEMO is not set"):
        call_command("make_corpus", "1")

    assert not Event.objects.exists()


@pytest.mark.parametrize("told", ["0", "-3", "many"])
def test_it_makes_one_or_more(told):
    with pytest.raises(CommandError, match=r"one or more|unrecognized|required"):
        call_command("make_corpus", told)


@pytest.mark.django_db
def test_the_command_says_what_it_made(settings, capsys):
    settings.DEMO = True

    call_command("make_corpus", "2", "--seed", "9")

    assert capsys.readouterr().out == "Made 2 articles: corpus-1 to corpus-2.\n"
