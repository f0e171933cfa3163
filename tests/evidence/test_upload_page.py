"""Reading documents in through the admin."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from editorial.models import Page, Version
from evidence.documents.opening import MAX_BYTES
from evidence.forms import MOST_AT_ONCE
from evidence.models import DocumentText, Source

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/evidence/source/import/"


def file(name: str, content: str | bytes = "Stem cells cure lupus in every patient."):
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


@pytest.fixture
def page(client, editor):
    """Post these files as the editor: `page(file("a.txt"), …)`."""
    client.force_login(editor)
    return lambda *files: client.post(ADDRESS, {"documents": list(files), "csrf": "x"})


def results(response) -> list[tuple[str, str]]:
    return [(imported.path, imported.status) for imported, _ in response.context["results"]]


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("editor", 200),
        ("admin", 200),
        ("author", 403),
        ("medic", 403),
        ("publisher", 403),
        ("stranger", 403),
    ],
)
def test_editors_alone_read_documents_in(client, request, who, status):
    client.force_login(request.getfixturevalue(who))

    assert client.get(ADDRESS).status_code == status
    assert client.post(ADDRESS, {"documents": [file("a.txt")]}).status_code == status
    assert Source.objects.count() == (1 if status == 200 else 0)


def test_a_reader_without_an_account_is_sent_to_sign_in(client):
    response = client.post(ADDRESS, {"documents": [file("a.txt")]})

    assert response.status_code == 302
    assert "/admin/login/" in response["Location"]
    assert not Source.objects.exists()


def test_a_form_from_another_site_is_refused(editor):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)

    assert strict.post(ADDRESS, {"documents": [file("a.txt")]}).status_code == 403
    assert not Source.objects.exists()


def test_several_files_are_read_and_bad_ones_do_not_stop_the_others(page, editor):
    response = page(
        file("a.txt"), file("bad.pdf", b"no pdf"), file("b.md", "# B\n\nIt cures MS."),
        file("empty.txt", b""), file("copy.txt"),
    )  # fmt: skip

    assert results(response) == [
        ("a.txt", "created"),
        ("bad.pdf", "failed"),
        ("b.md", "created"),
        ("empty.txt", "failed"),
        ("copy.txt", "exists"),
    ]
    assert "The file is empty." in response.text
    assert Page.objects.filter(owner=editor).count() == 2


def test_each_result_links_to_its_draft(page):
    response = page(file("a.md", "# On lupus\n\nIt cures lupus."))

    draft = Version.objects.get()
    assert f'href="/admin/articles/article/{draft.pk}/change/">On lupus</a>' in response.text


def test_nothing_chosen_is_told(page, client):
    response = page()

    assert response.status_code == 200
    assert response.context["form"].errors
    assert not response.context["results"]


def test_too_many_at_once_are_refused_whole(page):
    response = page(*(file(f"{n}.txt", f"It cures {n}.") for n in range(MOST_AT_ONCE + 1)))

    assert "at most 20 at once" in response.text
    assert not Source.objects.exists()


def test_a_file_over_ten_megabytes_is_told(page):
    response = page(file("big.txt", b"a " * (MAX_BYTES // 2 + 1)), file("small.txt"))

    assert results(response) == [("big.txt", "failed"), ("small.txt", "created")]
    assert "over 10 MB" in response.text


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/evil.txt",
        "/etc/evil.txt",
        "C:\\Users\\me\\evil.txt",
        "a/b/evil.txt",
        "evil\x00.txt",
        "é" * 150 + ".txt",
        "🧬" * 60 + ".txt",
        " .txt",
        "evil\n<script>alert(1)</script>.txt",
    ],
)
def test_no_name_is_too_odd(page, name):
    response = page(file("x.txt"), named(name))

    assert response.status_code == 200
    assert "<script>alert" not in response.text
    assert not [path for path, _ in results(response) if "/" in path or "\\" in path]
    assert DocumentText.objects.filter(file_name="x.txt").exists()


def named(name: str) -> SimpleUploadedFile:
    upload = file("placeholder.txt", f"It cures lupus, says {name!a}.")
    upload._name = name
    return upload


def test_a_web_page_with_scripts_leaves_its_scripts_outside(page, client):
    html = (
        "<html><head><title>On <b>cures</b></title><script>alert(1)</script></head><body>"
        "<h2 onclick=alert(2)>Cures<script>alert(3)</script></h2>"
        "<p>It cures lupus. <img src=x onerror=alert(4)></p></body></html>"
    )

    response = page(file("page.html", html))

    assert results(response) == [("page.html", "created")]
    draft = Version.objects.get()
    assert draft.body == "<h2>Cures</h2>"
    assert "alert" not in DocumentText.objects.get().text
    assert "alert(" not in response.text
    assert client.get(f"/admin/articles/article/{draft.pk}/change/").status_code == 200


def test_the_text_that_was_read_in_is_shown_to_staff_and_to_nobody_else(page, client, admin):
    page(file("a.txt", "Stem cells cure lupus. Another sentence stands here."))
    source = Source.objects.get()
    client.force_login(admin)

    shown = client.get(f"/admin/evidence/source/{source.pk}/change/").text
    client.logout()

    assert "Another sentence stands here." in shown
    for address in ("/", "/articles/", "/sources/", "/search/?q=sentence", "/search/?q=lupus"):
        assert "Another sentence" not in client.get(address).text
    assert client.get(source.get_absolute_url()).status_code == 404
