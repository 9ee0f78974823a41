"""The archive of an installation: one file closed to others, whose manifest names and seals all that is in it."""

import hashlib
import io
import json
import os
import re
import tarfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import IO

from pydantic import BaseModel, ConfigDict, ValidationError

FORMAT = 1
"""Raised when an older version of the service could no longer read what is written."""

MANIFEST = "manifest.json"
TABLES, FILES = "tables", "files"
_MANIFEST_BYTES = 4 * 1024 * 1024
_PIECE = 1024 * 1024
_SAFE_NAME = re.compile(rf"({TABLES}|{FILES})(/[A-Za-z0-9_][A-Za-z0-9_.-]*)+", re.ASCII)
"""No member can be written outside the folder into which an archive is unpacked."""


class UnfitArchive(Exception):
    """The archive cannot be made or read; the message says why."""


class TableContent(BaseModel):
    """A table as PostgreSQL copied it, in text."""

    model_config = ConfigDict(extra="forbid")

    columns: list[str]
    rows: int


class Seal(BaseModel):
    """How long a member of the archive is, and its SHA-256."""

    model_config = ConfigDict(extra="forbid")

    size: int
    sha256: str


class Manifest(BaseModel):
    """What an archive holds, and of which version of the service and of its tables."""

    model_config = ConfigDict(extra="forbid")

    format: int
    version: str
    revision: str
    made_at: datetime
    """The instant of the snapshot: all that was acknowledged before is in it."""
    database: str
    postgresql: str
    tables: dict[str, TableContent]
    members: dict[str, Seal]

    @property
    def rows(self) -> int:
        return sum(content.rows for content in self.tables.values())


def open_sealed(path: Path) -> Seal:
    """The length and the SHA-256 of a file."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
            size += len(piece)
    return Seal(size=size, sha256=digest.hexdigest())


def pack(target: Path, folder: Path, manifest: Manifest) -> None:
    """Write an archive of what lies in a folder, in one move, readable by its owner alone. Overwrites nothing."""
    unfinished = target.with_name(f"{target.name}.unfinished")
    try:
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise UnfitArchive(f"{unfinished} is there: another backup is being made, or one failed. Remove it.") from None
    try:
        with os.fdopen(descriptor, "wb") as file:
            with tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as archive:
                words = manifest.model_dump_json(indent=1).encode()
                _add(archive, MANIFEST, io.BytesIO(words), len(words))
                for name, seal in manifest.members.items():
                    with (folder / name).open("rb") as member:
                        _add(archive, name, member, seal.size)
            file.flush()
            os.fsync(file.fileno())
        refuse_existing(target)
        unfinished.rename(target)
    finally:
        unfinished.unlink(missing_ok=True)


def refuse_existing(target: Path) -> None:
    """An archive is never overwritten: the older one may be the only good one."""
    if target.exists():
        raise UnfitArchive(f"{target} is there already; choose another name.")


def _add(archive: tarfile.TarFile, name: str, content: IO[bytes], size: int) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    archive.addfile(entry, content)


def unpack(source: Path, folder: Path) -> Manifest:
    """Write what an archive holds into a folder. Refuses one that is not ours, not whole, or of a later format."""
    try:
        with tarfile.open(source, mode="r:gz") as archive:
            manifest = _manifest_of(archive, source)
            seals = {}
            while (entry := archive.next()) is not None:
                if entry.name not in manifest.members or not entry.isfile() or not _SAFE_NAME.fullmatch(entry.name):
                    raise UnfitArchive(f"{source} holds {entry.name!r}, of which its manifest says nothing.")
                content = archive.extractfile(entry)
                assert content is not None, "isfile() held"
                seals[entry.name] = _unpack_members(content, folder / entry.name)
    except (tarfile.TarError, EOFError, OSError) as fault:
        if isinstance(fault, FileNotFoundError | PermissionError | IsADirectoryError):
            raise
        raise UnfitArchive(f"{source} is not a whole archive of `pst backup`: {fault}") from None
    if damaged := sorted(name for name, seal in manifest.members.items() if seals.get(name) != seal):
        raise UnfitArchive(f"{source} is damaged: {', '.join(damaged[:5])} is not what the manifest says.")
    return manifest


def _manifest_of(archive: tarfile.TarFile, source: Path) -> Manifest:
    first = archive.next()
    content = archive.extractfile(first) if first is not None and first.name == MANIFEST else None
    if content is None:
        raise UnfitArchive(f"{source} was not made by `pst backup`: its first member is no manifest.")
    try:
        words = json.loads(content.read(_MANIFEST_BYTES))
        if isinstance(words, dict) and isinstance(words.get("format"), int) and words["format"] > FORMAT:
            raise UnfitArchive(f"{source} was made by version {words.get('version')}, which is newer than this one.")
        return Manifest.model_validate(words)
    except (ValidationError, ValueError):
        raise UnfitArchive(f"{source} has no readable manifest.") from None


def _unpack_members(content: IO[bytes], path: Path) -> Seal:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest, size = hashlib.sha256(), 0
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while piece := content.read(_PIECE):
            file.write(piece)
            digest.update(piece)
            size += len(piece)
    return Seal(size=size, sha256=digest.hexdigest())


def members_of(folder: Path, names: Iterable[str]) -> dict[str, Seal]:
    """The seals of files in a folder, by their names in the archive."""
    return {name: open_sealed(folder / name) for name in sorted(names)}
