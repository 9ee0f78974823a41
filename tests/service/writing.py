"""Clients that write as fast as they can, and what must be found again of it."""

import threading
import time
from collections.abc import Callable

import httpx

from tests.service.running import Headers, Service, Words

NIS = 93088
WRITERS, ENOUGH = 4, 40


def house(service: Service, token: Headers) -> str:
    workspaces = httpx.get(f"{service.address}/pst/v1/workspaces?nis={NIS}", headers=token, timeout=30).json()
    found: str = workspaces["items"][0]["organisations"][0]
    return found


class Writers:
    """Several clients that create actions as fast as they can, and note what was acknowledged."""

    def __init__(self, service: Service, token: Headers) -> None:
        self.acknowledged: dict[str, str] = {}
        self.refused: list[str] = []
        self._service, self._token = service, token
        self._house = house(service, token)
        self._is_over = threading.Event()
        self._threads = [threading.Thread(target=self._write, args=(n,)) for n in range(WRITERS)]

    def _write(self, number: int) -> None:
        with httpx.Client(base_url=self._service.address, headers=self._token, timeout=30) as client:
            for turn in range(10_000):
                if self._is_over.is_set():
                    return
                title = f"{time.time_ns()} {number}.{turn}"
                words = {"title": title, "organisationId": self._house}
                try:
                    answer = client.post("/pst/v1/actions", json=words)
                except httpx.TransportError:
                    return
                if answer.status_code != 201:
                    self.refused.append(answer.text)
                    return
                self.acknowledged[answer.json()["id"]] = title

    def stop(self) -> None:
        """Each writer finishes the request at hand."""
        self._is_over.set()

    def until(self, end: Callable[[], object]) -> None:
        """Write, do this in the middle of it, and return when every writer has noticed."""
        for thread in self._threads:
            thread.start()
        while len(self.acknowledged) < ENOUGH and any(thread.is_alive() for thread in self._threads):
            time.sleep(0.01)
        end()
        for thread in self._threads:
            thread.join(60)


def everything(service: Service, token: Headers, plural: str) -> list[Words]:
    found: list[Words] = []
    path: str | None = f"{service.address}/pst/v1/{plural}?pageSize=200"
    while path:
        page = httpx.get(path, headers=token, timeout=30).json()
        found += page["items"]
        path = page.get("next")
    return found


def assert_is_whole(service: Service, token: Headers, acknowledged: dict[str, str]) -> None:
    """All that was acknowledged is there as it was said, and the journal tells of it without gap or repetition."""
    actions = {item["id"]: item["title"] for item in everything(service, token, "actions")}
    assert acknowledged.items() <= actions.items()
    entries = everything(service, token, "journalEntries")
    assert [e["position"] for e in entries] == list(range(1, len(entries) + 1))
    created = [e["entityId"] for e in entries if e["command"] == "createAction"]
    assert sorted(created) == sorted(actions)
