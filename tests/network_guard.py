"""No test reaches beyond this machine: a connection elsewhere fails at once, and says which."""

import ipaddress
import socket
from typing import Any

import pytest


class OutsideWorld(AssertionError):
    """A test tried to reach another machine."""


def is_this_machine(address: Any) -> bool:
    """Whether a socket address stays here: a Unix socket or the loopback range."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    if host in {"localhost", ""}:
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


def forbid_outside_world(patch: pytest.MonkeyPatch) -> None:
    """Make every socket of this process refuse to connect beyond the loopback range."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def guarded_connect(self: socket.socket, address: Any) -> None:
        if not is_this_machine(address):
            raise OutsideWorld(f"A test tried to reach {address}")
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        if not is_this_machine(address):
            raise OutsideWorld(f"A test tried to reach {address}")
        return connect_ex(self, address)

    patch.setattr(socket.socket, "connect", guarded_connect)
    patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
