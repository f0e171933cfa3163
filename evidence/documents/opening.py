"""Getting a file's bytes without ever waiting on it, and saying why when that fails."""

import errno
import os
import stat
from pathlib import Path

from django.utils.translation import gettext as _

from evidence.documents.document import Unreadable

MAX_BYTES = 10 * 1024 * 1024

TOO_BIG = "The file is over 10 MB: split it, or save it without pictures."

REASONS = {
    errno.EACCES: "There is no permission to open this file.",
    errno.EPERM: "There is no permission to open this file.",
    errno.ELOOP: "This is a link that leads back to itself.",
    errno.ENAMETOOLONG: "The path is too long.",
}

# Opening a named pipe or a serial line waits for the other end unless told not to.
NEVER_WAIT = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def bytes_of(path: Path) -> bytes:
    """The file's bytes; raises Unreadable for what is missing, empty, too big or not a file."""
    try:
        _refuse_odd_files(path, path.stat())
        data = _read(path)
    except OSError as error:
        raise Unreadable(_reason(path, error)) from error
    except ValueError as error:
        raise Unreadable(_("The path holds a character that no path can have.")) from error
    if not data:
        raise Unreadable(_("The file is empty."))
    return data


def _refuse_odd_files(path: Path, status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        if not os.access(path, os.R_OK | os.X_OK):
            raise Unreadable(_("There is no permission to open this folder."))
        raise Unreadable(_("This is a folder, not a document."))
    if not stat.S_ISREG(status.st_mode):
        raise Unreadable(_("This is a device or a pipe, not a document."))
    if status.st_size > MAX_BYTES:
        raise Unreadable(TOO_BIG)


def _read(path: Path) -> bytes:
    with os.fdopen(os.open(path, NEVER_WAIT), "rb") as file:
        # Asked again of the open file: the path may lead elsewhere by now, the file may have grown.
        _refuse_odd_files(path, os.fstat(file.fileno()))
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise Unreadable(TOO_BIG)
    return data


def _reason(path: Path, error: OSError) -> str:
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        if path.is_symlink():
            return "This is a link to a file that is not there any more."
        return "There is no file at this path."
    fallback = f"The file cannot be read: {error.strerror or 'the system gave no reason'}."
    return REASONS.get(error.errno or 0, fallback)
