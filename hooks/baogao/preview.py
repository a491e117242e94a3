"""The address of a preview: whether somebody serves there already, and the next port that is free."""

from __future__ import annotations

import socket
from collections.abc import Iterator

from .model import Finding

_AHEAD = 100  # ports looked at


def taken(host: str, port: int) -> Finding | None:
    """What to say where the port is taken. Asked by connecting: a port just left can be served on again at once, and
    some systems let two serve on one."""
    try:
        socket.create_connection(("127.0.0.1" if host == "0.0.0.0" else host, port), timeout=1).close()
    except OSError:
        return None
    free = next(_free(host, port), 0)
    return Finding("port-taken", f"{host}:{port}", 0, str(free), f"{host}:{free}")


def _free(host: str, port: int) -> Iterator[int]:
    for other in range(port + 1, min(port + _AHEAD, 65536)):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as asked:
            try:
                asked.bind((host, other))
            except OSError:
                continue
            yield other
