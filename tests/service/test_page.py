"""What is a page and what is not: a supervisor that asks at a wrong address is never answered with a page and 200."""

from collections.abc import AsyncIterator

import httpx
import pytest

from api.main import create_app
from api.settings import Settings


@pytest.fixture(scope="module")
async def browser(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[httpx.AsyncClient]:
    folder = tmp_path_factory.mktemp("page")
    (folder / "index.html").write_text("<title>PST</title>")
    app = create_app(settings.model_copy(update={"frontend_dir": folder}))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=settings.base_url) as client:
        yield client


PROBES = ["/live", "/ready", "/metrics", "/healthz", "/livez", "/readyz"]
BENEATH = ["/health/", "/health/live", "/live/", "/ready/now", "/metrics/x", "/pst", "/pst/v2", "/oauth", "/auth"]


@pytest.mark.parametrize("path", [*PROBES, *BENEATH])
@pytest.mark.parametrize("accept", ["*/*", "text/html,application/xhtml+xml"])
async def test_no_probe_is_answered_with_the_page(browser: httpx.AsyncClient, path: str, accept: str) -> None:
    answer = await browser.get(path, headers={"Accept": accept})
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "<title>" not in answer.text


@pytest.mark.parametrize("path", ["/", "/c/84068", "/c/84068/actions", "/readings", "/healthy", "/authors"])
async def test_every_other_address_is_the_page(browser: httpx.AsyncClient, path: str) -> None:
    answer = await browser.get(path)
    assert (answer.status_code, answer.text) == (200, "<title>PST</title>")
