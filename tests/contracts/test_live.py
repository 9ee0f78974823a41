"""What only a real server on a real socket can show: HEAD, bodies of unknown length, requests that lie."""

import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest

from tests.conventions.estate import Estate
from tests.conventions.operations import Operation, each, rest

LIMIT = 1_048_576
OF_ITS_OWN = {"belgov-trace-id", "date"}


@pytest.fixture(scope="module")
def direct(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, timeout=30) as client:
        yield client


@each([op for op in rest("GET") if op.name != "getHealth"])
def test_head_over_a_socket_is_get_without_its_body(direct: httpx.Client, doomed: Estate, operation: Operation) -> None:
    headers = doomed.reader(operation)
    told, asked = (direct.request(m, doomed.path(operation), headers=headers) for m in ("GET", "HEAD"))
    assert (asked.status_code, asked.content) == (told.status_code, b"")
    assert _lasting(asked) == _lasting(told)
    assert direct.get("/pst/v1/health").json() == {"status": "UP"}, "the connection still serves"


def _lasting(answer: httpx.Response) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name not in OF_ITS_OWN}


def test_a_body_that_grows_past_the_limit_is_refused_before_it_is_read(direct: httpx.Client, doomed: Estate) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        yield b'{"title": "'
        for _ in range(1000):
            sent += 65_536
            yield b"x" * 65_536

    headers = {**doomed.writer("action"), "Content-Type": "application/json"}
    try:
        answer = direct.post("/pst/v1/actions", content=endless(), headers=headers)
    except httpx.TransportError:
        answer = None  # the server may hang up on who does not stop talking
    assert answer is None or answer.status_code == 413
    assert sent < 1000 * 65_536
    assert direct.get("/pst/v1/health").status_code == 200


@pytest.mark.parametrize(
    "request_line",
    [
        b"GET /pst/v1/actions HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"GET /pst/v1/actions HTTP/1.1\r\nHost: x\r\nContent-Length: 1e9\r\n\r\n",
        b"POST /pst/v1/actions HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /pst/v1/actions HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
        b"GET /pst/v1/actions\x00 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET \xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /pst/v1/actions HTTP/1.1\r\nHost: x\r\nX-A: \xff\xfe\r\nAccept-Language: \xff\r\n\r\n",
        b"G\xc3\x89T / HTTP/1.1\r\nHost: x\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ],
    ids=range(9),
)
def test_what_is_hardly_http_is_never_a_fault(address: str, direct: httpx.Client, request_line: bytes) -> None:
    place = urlsplit(address)
    assert place.port is not None
    with socket.create_connection(("127.0.0.1", place.port), timeout=60) as connection:
        connection.sendall(request_line)
        connection.shutdown(socket.SHUT_WR)
        answer = connection.recv(65_536)
    assert not answer or answer.split(b" ")[1][:1] in (b"4", b"2"), answer[:200]
    assert direct.get("/pst/v1/health").json() == {"status": "UP"}
