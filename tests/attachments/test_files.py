"""A file is what it says it is, small enough, kept once, saved and never shown, and gone with its last document."""

import io
import zipfile
from typing import Any
from uuid import UUID

import httpx
import pytest

from api.db import Database
from tests.factories import Commune, make_action, make_commune, make_partner, snapshot_of_everything
from tests.rights.making import make_partnership

BASE = "/pst/v1"
OFFICE = "application/vnd.openxmlformats-officedocument."
ODF = "application/vnd.oasis.opendocument."
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"


def archive(*names: str, first: tuple[str, str] | None = None) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as zipped:
        if first is not None:
            zipped.writestr(zipfile.ZipInfo(first[0]), first[1])
        for name in names:
            zipped.writestr(name, "…")
    return held.getvalue()


GOOD = {
    "application/pdf": PDF,
    "image/png": b"\x89PNG\r\n\x1a\n....",
    "image/jpeg": b"\xff\xd8\xff\xe0....",
    f"{OFFICE}wordprocessingml.document": archive("[Content_Types].xml", "word/document.xml"),
    f"{OFFICE}spreadsheetml.sheet": archive("[Content_Types].xml", "xl/workbook.xml"),
    f"{OFFICE}presentationml.presentation": archive("[Content_Types].xml", "ppt/presentation.xml"),
    f"{ODF}text": archive("content.xml", first=("mimetype", f"{ODF}text")),
    f"{ODF}spreadsheet": archive("content.xml", first=("mimetype", f"{ODF}spreadsheet")),
    "text/csv": "année;montant\n2026;12,50\n".encode(),
    "text/plain": "Procès-verbal du collège".encode("cp1252"),
}


@pytest.fixture
async def commune(database: Database) -> Commune:
    return await make_commune(database)


async def upload(
    client: httpx.AsyncClient, commune: Commune, content: bytes, media_type: str, role: str = "administration"
) -> httpx.Response:
    return await client.post(
        f"{BASE}/files", content=content, headers={**commune.as_(role), "Content-Type": media_type}
    )


async def attach(client: httpx.AsyncClient, commune: Commune, role: str = "administration", **words: Any) -> Any:
    said = {"title": "Cahier des charges", **words}
    return await client.post(f"{BASE}/attachments", json=said, headers=commune.as_(role))


async def files(commune: Commune) -> int:
    async with commune.acting() as (connection, _):
        found: int = await connection.fetchval(
            "select count(*) from file where workspace_id = $1", commune.workspace_id
        )
    return found


@pytest.mark.parametrize("media_type", GOOD)
async def test_what_is_uploaded_comes_back_as_it_was_and_is_saved_not_shown(
    client: httpx.AsyncClient, commune: Commune, media_type: str
) -> None:
    kept = (await upload(client, commune, GOOD[media_type], f"{media_type}; charset=utf-8")).json()
    assert (kept["mediaType"], kept["sizeBytes"]) == (media_type, len(GOOD[media_type]))
    action = await make_action(commune)
    made = await attach(client, commune, actionId=str(action), fileId=kept["id"], fileName="métré « final » ; v2.pdf")
    assert made.status_code == 201, made.text
    assert {k: made.json()[k] for k in ("mediaType", "sizeBytes", "sha256")} == {
        k: kept[k] for k in ("mediaType", "sizeBytes", "sha256")
    }
    saved = await client.get(f"{made.json()['href']}/content", headers=commune.as_("college"))
    assert saved.content == GOOD[media_type]
    assert saved.headers["content-type"].partition(";")[0] == media_type
    assert saved.headers["content-disposition"] == (
        "attachment; filename*=UTF-8''m%C3%A9tr%C3%A9%20%C2%AB%20final%20%C2%BB%20%3B%20v2.pdf"
    )
    assert saved.headers["x-content-type-options"] == "nosniff"
    assert saved.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert saved.headers["cache-control"] == "private, no-cache"
    assert "set-cookie" not in saved.headers
    again = {**commune.as_("college"), "If-None-Match": saved.headers["etag"]}
    assert (await client.get(f"{made.json()['href']}/content", headers=again)).status_code == 304


PAGE = b"<!DOCTYPE html><script>alert(1)</script>"
BAD: list[tuple[str, bytes, int]] = [
    ("text/html", PAGE, 415),
    ("image/svg+xml", b"<svg onload='alert(1)'/>", 415),
    ("application/x-msdownload", b"MZ", 415),
    ("application/zip", archive("a"), 415),
    ("application/json", b"{}", 415),
    ("", PDF, 415),
    ("text/plain", PAGE, 400),
    ("text/csv", b"\xef\xbb\xbf  <svg/>", 400),
    ("text/plain", b"\x7fELF\x00\x01", 400),
    ("application/pdf", PAGE, 400),
    ("application/pdf", b"", 400),
    ("image/png", PDF, 400),
    (f"{OFFICE}wordprocessingml.document", archive("[Content_Types].xml", "xl/workbook.xml"), 400),
    (f"{OFFICE}wordprocessingml.document", archive("[Content_Types].xml", "word/a.xml", "word/vbaProject.bin"), 400),
    (f"{OFFICE}spreadsheetml.sheet", b"PK\x03\x04 not an archive", 400),
    (f"{ODF}text", archive("content.xml", first=("mimetype", f"{ODF}spreadsheet")), 400),
    (f"{ODF}text", archive("Basic/script-lc.xml", first=("mimetype", f"{ODF}text")), 400),
]


@pytest.mark.parametrize(("media_type", "content", "status"), BAD)
async def test_what_runs_or_is_something_else_is_refused_and_not_kept(
    client: httpx.AsyncClient, commune: Commune, media_type: str, content: bytes, status: int
) -> None:
    answer = await upload(client, commune, content, media_type)
    assert answer.status_code == status, answer.text
    assert await files(commune) == 0


async def test_a_file_may_be_large_and_nothing_else_may(client: httpx.AsyncClient, commune: Commune) -> None:
    limit = 20 * 1024 * 1024
    assert (await upload(client, commune, PDF.ljust(limit), "application/pdf")).status_code == 201
    for content in (PDF.ljust(limit + 1), _in_pieces(PDF.ljust(limit + 1))):
        refused = await client.post(
            f"{BASE}/files", content=content,
            headers={**commune.as_("administration"), "Content-Type": "application/pdf"},
        )  # fmt: skip
        assert refused.status_code == 413
    assert await files(commune) == 1
    large = {"title": "x" * (1024 * 1024 + 1)}
    assert (await attach(client, commune, **large)).status_code == 413


async def _in_pieces(content: bytes) -> Any:
    """A body whose length is not told beforehand."""
    for start in range(0, len(content), 65_536):
        yield content[start : start + 65_536]


async def test_who_may_upload(client: httpx.AsyncClient, commune: Commune) -> None:
    found = {}
    for role in ("administration", "agent", "college", "council", "region", "integrator", "operator", "public"):
        found[role] = (await upload(client, commune, PDF, "application/pdf", role)).status_code
    assert found == {
        "administration": 201, "agent": 201, "college": 403, "council": 403, "region": 403, "integrator": 403,
        "operator": 403, "public": 401,
    }  # fmt: skip


async def test_a_file_is_attached_by_whoever_uploaded_it(client: httpx.AsyncClient, commune: Commune) -> None:
    action = await make_action(commune, unit="works")
    kept = (await upload(client, commune, PDF, "application/pdf")).json()["id"]
    before = await snapshot_of_everything(commune.database, commune.workspace_id)
    words = {"actionId": str(action), "fileId": kept, "fileName": "a.pdf"}
    for refused, name in (
        (await attach(client, commune, "agent", **words), "fileId"),
        (await attach(client, commune, **{**words, "fileId": str(action)}), "fileId"),
        (await attach(client, commune, **{**words, "fileName": None}), "fileName"),
        (await attach(client, commune, **{**words, "fileName": "../../etc/passwd"}), "fileName"),
        (await attach(client, commune, **{**words, "link": "https://x.example"}), "link"),
        (await attach(client, commune, actionId=str(action)), "link"),
        (await attach(client, commune, actionId=str(action), link="https://x.example", fileName="a.pdf"), "fileName"),
        (await attach(client, commune, link="https://x.example"), "actionId"),
    ):
        assert (refused.status_code, [i["name"] for i in refused.json()["issues"]]) == (400, [name]), refused.text
    assert await snapshot_of_everything(commune.database, commune.workspace_id) == before


async def test_the_same_file_is_kept_once_and_goes_with_its_last_document(
    client: httpx.AsyncClient, commune: Commune
) -> None:
    action = await make_action(commune)
    first = (await upload(client, commune, PDF, "application/pdf")).json()["id"]
    assert (await upload(client, commune, PDF, "application/pdf")).json()["id"] == first
    made = [
        (await attach(client, commune, actionId=str(action), fileId=first, fileName=f"{n}.pdf")).json()["href"]
        for n in range(2)
    ]
    headers = {**commune.as_("administration"), "If-Match": '"1"'}
    for href, left in zip(made, (1, 0), strict=True):
        assert await files(commune) == 1
        assert (await client.delete(href, headers=headers)).status_code == 204
        assert await files(commune) == left


async def test_what_nobody_attached_is_forgotten_after_a_day(client: httpx.AsyncClient, commune: Commune) -> None:
    await upload(client, commune, PDF, "application/pdf")
    async with commune.acting() as (connection, _):
        await connection.execute(
            "update file set created_at = now() - interval '25 hours' where workspace_id = $1", commune.workspace_id
        )
    await upload(client, commune, b"Autre chose", "text/plain")
    assert await files(commune) == 1


async def test_no_more_than_twenty_files_wait(client: httpx.AsyncClient, commune: Commune) -> None:
    for n in range(20):
        assert (await upload(client, commune, f"note {n}".encode(), "text/plain")).status_code == 201
    refused = await upload(client, commune, b"une de trop", "text/plain")
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:problem-type:pst:tooManyWaiting")


async def test_the_bytes_are_read_only_where_the_document_is(client: httpx.AsyncClient, commune: Commune) -> None:
    action: UUID = await make_action(commune, unit="works")
    partner = await make_partner(commune.database)
    await make_partnership(commune, action, partner)
    kept = (await upload(client, commune, PDF, "application/pdf")).json()["id"]
    seen = {
        "restricted": {"administration", "agent"},
        "college": {"administration", "agent", "college"},
        "administration": {"administration", "agent", "college", "cpas"},
        "partners": {"administration", "agent", "college", "cpas", "partner"},
    }
    callers = {role: commune.as_(role) for role in ("administration", "agent", "college", "council", "region")}
    callers |= {"cpas": commune.as_("administration", "cpas"), "partner": commune.as_("partner", organisation=partner)}
    for audience, readers in seen.items():
        made = await attach(
            client, commune, actionId=str(action), fileId=kept, fileName="a.pdf", audience=audience, title=audience
        )
        for caller, headers in callers.items():
            answer = await client.get(f"{made.json()['href']}/content", headers=headers)
            assert (answer.status_code == 200) == (caller in readers), (audience, caller)
            assert answer.status_code in (200, 404), (audience, caller)
    entries = await client.get(
        f"{BASE}/journalEntries", params={"entity": "attachment"}, headers=commune.as_("administration", "cpas")
    )
    assert {e["after"]["title"] for e in entries.json()["items"]} == {"administration", "partners"}


async def test_a_link_has_no_bytes(client: httpx.AsyncClient, commune: Commune) -> None:
    made = await attach(client, commune, actionId=str(await make_action(commune)), link="https://commune.example/avis")
    assert (await client.get(f"{made.json()['href']}/content", headers=commune.as_("college"))).status_code == 404
