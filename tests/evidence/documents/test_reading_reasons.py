"""Files that cannot be read, each with its own reason; and those that only look as if."""

import os
import random
import socket
from contextlib import suppress

import pytest

from evidence.documents import opening
from evidence.documents.document import Unreadable
from evidence.documents.reading import FORMATS, read_document

TEXT = "A title\n\nA paragraph that says something to its readers.\n"
WEB_PAGE = "<!doctype html><title>A page</title><p>Some words about cells.</p>"


def reason_for(path) -> str:
    with pytest.raises(Unreadable) as refusal:
        read_document(path)
    return refusal.value.reason


def test_an_empty_file_is_named_empty(write):
    assert reason_for(write("a.txt", "")) == "The file is empty."


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", " \n\n\t\n"),
        ("a.md", "<!-- nothing -->\n"),
        ("a.html", "<html><script>let a = 1</script></html>"),
        ("a.txt", "--- 123 ---"),
    ],
)
def test_a_file_that_is_empty_once_cleaned_holds_no_text(write, name, content):
    assert reason_for(write(name, content)) == "The file holds no text."


def test_a_missing_path_a_folder_and_a_dangling_link_differ(tmp_path):
    link = tmp_path / "link.txt"
    link.symlink_to(tmp_path / "gone.txt")

    assert reason_for(tmp_path / "gone.txt") == "There is no file at this path."
    assert reason_for(tmp_path / "gone") == "There is no file at this path."
    assert reason_for(tmp_path) == "This is a folder, not a document."
    assert reason_for(link) == "This is a link to a file that is not there any more."


def test_a_link_in_a_circle_a_long_name_and_a_nul_are_refused(tmp_path):
    circle = tmp_path / "circle.txt"
    circle.symlink_to(circle)

    assert reason_for(circle) == "This is a link that leads back to itself."
    for name in ("a" * 5000 + ".txt", "a" * 5000):
        assert reason_for(tmp_path / name).startswith(("The path is too long.", "Files without"))
    assert "character that no path can have" in reason_for(tmp_path / "a\0.txt")


def test_a_path_through_a_file_is_missing(write):
    assert reason_for(write("a.txt", TEXT) / "b.txt") == "There is no file at this path."


def test_a_pipe_a_socket_and_a_device_are_refused_without_waiting(tmp_path, monkeypatch):
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "device.txt").symlink_to("/dev/zero")
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.txt")
        for name in ("pipe.txt", "device.txt", "socket.txt"):
            assert reason_for(tmp_path / name) == "This is a device or a pipe, not a document."


def test_a_file_without_permission_says_so(write, monkeypatch):
    def refuse(*args):
        raise PermissionError(13, "Permission denied")

    path = write("a.txt", TEXT)
    monkeypatch.setattr(opening.os, "open", refuse)

    assert reason_for(path) == "There is no permission to open this file."


def test_a_folder_without_permission_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(opening.os, "access", lambda *args: False)

    assert reason_for(tmp_path) == "There is no permission to open this folder."


def test_a_file_over_ten_megabytes_is_refused_before_it_is_read(tmp_path, monkeypatch):
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(opening.MAX_BYTES + 1)
    monkeypatch.setattr(opening, "_read", lambda path: pytest.fail("it was read"))

    assert "over 10 MB" in reason_for(path)


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("a.doc", "Files ending in .doc cannot be read: save it as .docx."),
        ("a.xyz", "Files ending in .xyz cannot be read: use txt, md, html, docx or pdf."),
        ("README", "Files without an ending in their name cannot be read"),
    ],
)
def test_an_unknown_ending_says_what_to_use(write, name, advice):
    assert reason_for(write(name, TEXT)).startswith(advice)


def test_a_wrong_ending_is_named_with_what_the_content_is(write, docx, pdf, zip_of):
    word, portable = docx(("", "Some words.")), pdf(["Some words."])
    wrong = {
        ("a.txt", portable): "The name ends in .txt, but the content is a PDF: rename it.",
        ("a.md", word): "The name ends in .md, but the content is a Word document: rename it.",
        (
            "a.txt",
            b"\x89PNG\r\n\x1a\n0000",
        ): "The name ends in .txt, but the content is a PNG picture.",
        ("a.txt", zip_of({"a": "b"})): "The name ends in .txt, but the content is a zip archive.",
        ("b.txt", WEB_PAGE): "The name ends in .txt, but the content is a web page: rename it.",
        ("a.pdf", TEXT): "The name ends in .pdf, but the content is plain text: rename it.",
        ("a.docx", portable): "The name ends in .docx, but the content is a PDF: rename it.",
        ("b.docx", TEXT): "The name ends in .docx, but the content is plain text: rename it.",
        ("c.docx", zip_of({"a": "b"})): "The name ends in .docx, but the content is a zip archive.",
        ("a.html", portable): "The name ends in .html, but the content is a PDF: rename it.",
    }
    for (name, content), reason in wrong.items():
        assert reason_for(write(name, content)) == reason


def test_a_page_without_any_tag_is_no_web_page(write):
    assert "no HTML in it" in reason_for(write("a.html", TEXT))


def test_binary_data_is_no_text(write):
    binary = random.Random(1).randbytes(3000)  # noqa: S311

    assert reason_for(write("a.txt", binary)) == "The file does not hold text: it is binary data."


def test_only_a_reason_escapes_from_damaged_files(write, docx, pdf):
    """A thousand random and cut files: none may raise anything but Unreadable."""
    chance = random.Random(20)  # noqa: S311
    seeds = [docx(("", "Some words.")), pdf(["Some words."]), WEB_PAGE.encode(), TEXT.encode()]
    for number in range(1000):
        data = bytearray(chance.choice(seeds))
        for _ in range(chance.randint(0, 8)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        data = data[: chance.randint(1, len(data))] if number % 3 else chance.randbytes(200)
        path = write("a" + chance.choice(list(FORMATS)), bytes(data))
        with suppress(Unreadable):
            assert read_document(path).text
