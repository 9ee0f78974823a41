"""What an uploaded file is, by its content: the kinds of document that a commune exchanges, nothing that runs."""

import io
import zipfile
from collections.abc import Callable

from api.domain.errors import Refusal, invalid

MOST_ENTRIES = 5_000
_OFFICE = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
_MARKUP = (b"<!doctype", b"<html", b"<svg", b"<script", b"<?xml", b"<?php", b"#!")


def _begins(*signatures: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(signatures)


def _office(folder: str) -> Callable[[bytes], bool]:
    """A document of Office Open XML without macros: its parts stand in that folder."""

    def holds(content: bytes) -> bool:
        names = _names(content)
        is_one = "[Content_Types].xml" in names and any(name.startswith(f"{folder}/") for name in names)
        return is_one and not any("vbaproject" in name.lower() or "activex" in name.lower() for name in names)

    return holds


def _odf(kind: str) -> Callable[[bytes], bool]:
    """An OpenDocument without scripts, which says its own type in its first entry, stored as it is."""
    told = f"mimetype{_ODF}{kind}".encode()

    def holds(content: bytes) -> bool:
        names = _names(content)
        is_one = content.startswith(b"PK\x03\x04") and content[30 : 30 + len(told) + 1] == told + b"P"
        return is_one and not any(name.startswith(("Basic/", "Scripts/")) for name in names)

    return holds


def _names(content: bytes) -> list[str]:
    """The names in a zip archive; nothing is ever unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return []
    return names if len(names) <= MOST_ENTRIES else []


def _is_text(content: bytes) -> bool:
    """Readable text that no browser would take for a page or a script."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if any(ord(c) < 32 and c not in "\n\t\r\f" for c in text):
        return False
    return not content.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP)


ACCEPTED: dict[str, Callable[[bytes], bool]] = {
    "application/pdf": _begins(b"%PDF-"),
    "image/png": _begins(b"\x89PNG\r\n\x1a\n"),
    "image/jpeg": _begins(b"\xff\xd8\xff"),
    f"{_OFFICE}wordprocessingml.document": _office("word"),
    f"{_OFFICE}spreadsheetml.sheet": _office("xl"),
    f"{_OFFICE}presentationml.presentation": _office("ppt"),
    f"{_ODF}text": _odf("text"),
    f"{_ODF}spreadsheet": _odf("spreadsheet"),
    f"{_ODF}presentation": _odf("presentation"),
    "text/csv": _is_text,
    "text/plain": _is_text,
}
"""The media types that may be uploaded, each with the look of its content. Source: our own list; pages, drawings and
programs are left out because a browser or a desk would run them."""


def check_media(media_type: str, content: bytes) -> None:
    """Refuse a type that is not accepted (`fileTypeRefused`), or a content of another type (`contentMismatch`)."""
    look = ACCEPTED.get(media_type)
    if look is None:
        raise Refusal("fileTypeRefused", expected=list(ACCEPTED))
    if not look(content):
        raise invalid("contentMismatch", "", mediaType=media_type)
