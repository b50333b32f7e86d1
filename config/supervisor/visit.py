"""The supervisor as a visitor: is the port free, do the doors open, and who lives in the demo city."""

import asyncio
import errno
import json
import socket

from config.supervisor.trouble import Trouble

ANSWER_WITHIN_S = 10


def check_port(host: str, port: int) -> None:
    """Try the port before anything is started.

    :raises Trouble: where another program has it, or this user or machine cannot.
    """
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen(1)
    except socket.gaierror:
        raise Trouble(f"MACHI_HOST is {host}, which is no address of this machine.") from None
    except OSError as fault:
        raise Trouble(_port_in_words(fault, host, port)) from None


def _port_in_words(fault: OSError, host: str, port: int) -> str:
    match fault.errno:
        case errno.EADDRINUSE:
            return f"Port {port} is taken by another program; choose another: MACHI_PORT={port + 1} make run"
        case errno.EACCES:
            return f"This user may not use port {port}; choose one above 1023: MACHI_PORT=8000 make run"
        case _:
            return f"MACHI_HOST is {host}, which is no address of this machine."


async def get(host: str, port: int, path: str) -> tuple[int, bytes]:
    """Ask the city's own web; status 0 where nothing answers."""
    try:
        return await asyncio.wait_for(_get(host, port, path), ANSWER_WITHIN_S)
    except (OSError, TimeoutError, ValueError, IndexError):
        return 0, b""


async def _get(host: str, port: int, path: str) -> tuple[int, bytes]:
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - reads the setting, binds nothing
    reader, writer = await asyncio.open_connection(here, port)
    try:
        writer.write(f"GET {path} HTTP/1.0\r\nHost: localhost\r\nAccept: application/json\r\n\r\n".encode())
        await writer.drain()
        head, _, body = (await reader.read()).partition(b"\r\n\r\n")
    finally:
        writer.close()
    return int(head.split()[1]), body


async def why_not_ready(host: str, port: int) -> str | None:
    """Return what the city itself says is missing; empty where nothing answers yet, None where it is ready."""
    status, body = await get(host, port, "/readyz")
    if status == 200:
        return None
    try:
        return " ".join(check["why"] for check in json.loads(body)["checks"] if not check["ok"])
    except (ValueError, KeyError, TypeError):
        return ""


async def who_can_sign_in(host: str, port: int) -> list[str]:
    """Return a line for each person of the demo city."""
    status, body = await get(host, port, "/api/v1/accounts/demo_personas")
    if status != 200:
        return []
    return [f"{one['email']:<34} {one['name']}, {one['role']}" for one in json.loads(body)["personas"]]
