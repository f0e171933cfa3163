import os

import pytest

from evidence.documents import finding_files
from evidence.documents.document import Unreadable
from evidence.documents.finding_files import find_documents
from evidence.documents.reading import read_document


def names(paths, folder):
    return [str(path.relative_to(folder)) for path in paths]


def test_folders_are_recursed_in_sorted_order_without_hidden_and_unknown_files(write, tmp_path):
    for name in ("b.txt", "a/z.PDF", "a/c/d.md", ".hidden.txt", ".git/x.txt", "e.xyz", "~$w.docx"):
        write(name, "x")

    assert names(find_documents([tmp_path]), tmp_path) == ["a/c/d.md", "a/z.PDF", "b.txt"]


def test_a_file_given_by_name_is_kept_whatever_it_is(write, tmp_path):
    given = [write("e.xyz", "x"), write(".hidden.txt", "x"), tmp_path / "missing.txt"]

    assert list(find_documents(given)) == given


def test_links_between_folders_make_no_circle(write, tmp_path):
    write("a/b/x.txt", "x")
    (tmp_path / "a/b/up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "a/self").symlink_to(tmp_path / "a", target_is_directory=True)

    assert names(find_documents([tmp_path, tmp_path / "a"]), tmp_path) == ["a/b/x.txt"]


def test_a_dangling_link_in_a_folder_is_reported_not_skipped(tmp_path):
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")

    assert names(find_documents([tmp_path]), tmp_path) == ["gone.txt"]


def test_a_folder_that_may_not_be_opened_is_itself_reported(write, tmp_path, monkeypatch):
    write("a.txt", "x")
    write("locked/b.txt", "x")
    real = os.scandir

    def scandir(path):
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(finding_files.os, "scandir", scandir)

    assert names(find_documents([tmp_path]), tmp_path) == ["a.txt", "locked"]
    with pytest.raises(Unreadable, match="folder"):
        read_document(tmp_path / "locked")
