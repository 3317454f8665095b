"""SendGrid's /v3/mail/send on loopback: its documented answers, faults on demand, a log that is the truth."""

import json
import socket
import ssl
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from enum import Enum, auto
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self

KEY = "SG.fake-key"
MOST_PERSONALIZATIONS = 1000
MOST_BYTES = 30_000_000


class Fault(Enum):
    """What goes wrong with a request."""

    NONE = auto()
    REPLY_LOST_AFTER_ACCEPTING = auto()
    REPLY_LOST_BEFORE_ACCEPTING = auto()
    ERROR_AFTER_ACCEPTING = auto()
    ERROR_BEFORE_ACCEPTING = auto()
    SILENCE_AFTER_ACCEPTING = auto()
    GARBAGE_AFTER_ACCEPTING = auto()
    REDIRECT = auto()
    TOO_MANY = auto()
    FORBIDDEN = auto()
    TOO_LARGE = auto()


ACCEPTS = {
    Fault.NONE,
    Fault.REPLY_LOST_AFTER_ACCEPTING,
    Fault.ERROR_AFTER_ACCEPTING,
    Fault.SILENCE_AFTER_ACCEPTING,
    Fault.GARBAGE_AFTER_ACCEPTING,
}
STATUS = {
    Fault.NONE: 202,
    Fault.ERROR_AFTER_ACCEPTING: 500,
    Fault.ERROR_BEFORE_ACCEPTING: 503,
    Fault.REDIRECT: 302,
    Fault.TOO_MANY: 429,
    Fault.FORBIDDEN: 403,
    Fault.TOO_LARGE: 413,
}
HEADERS = {
    202: {"X-Message-Id": "fake-message-id"},
    302: {"Location": "/elsewhere"},
    429: {"Date": formatdate(0, usegmt=True), "X-RateLimit-Reset": "17"},
}


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """A mail that somebody got."""

    to: str
    token: str
    category: str
    subject: str
    text: str
    html: str
    headers: dict[str, str]


@dataclass
class FakeSendGrid:
    """A server in a thread; use it in a `with` statement.

    Attributes:
        fault: from the number of a request (from 1) to what goes wrong with it.
        bad_addresses: recipients that make a whole request a bad one.
        headers: more headers of each answer, or other ones.
        certificate: key and certificate (PEM); with it the server speaks TLS.
        delivered: every mail, in the order of acceptance.
        statuses: every answer given.
        bodies: every request, as read.
    """

    fault: Callable[[int], Fault] = lambda _number: Fault.NONE
    bad_addresses: frozenset[str] = frozenset()
    port: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    certificate: Path | None = None
    delivered: list[Delivery] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    requests: int = 0

    def __enter__(self) -> Self:
        self._lock, self._end = threading.Lock(), threading.Event()
        self._server = _Server(("127.0.0.1", self.port), _Handler)
        self._server.fake = self
        if self.certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(self.certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        scheme = "https" if self.certificate else "http"
        self.url = f"{scheme}://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def silence(self) -> None:
        """Say nothing until the server ends."""
        self._end.wait()

    def take(self, key: str, raw: bytes) -> tuple[int, Fault]:
        """Judge a request: the status to answer, and what goes wrong; what is accepted is delivered."""
        with self._lock:
            self.requests += 1
            fault = self.fault(self.requests)
            self.bodies.append(json.loads(raw))
            status = self._judge(key, raw)
            if status == 202 and fault in ACCEPTS:
                self.delivered += _deliveries(json.loads(raw))
            status = STATUS.get(fault, 0) if status == 202 else status
            self.statuses.append(status)
            return status, fault

    def _judge(self, key: str, raw: bytes) -> int:
        if key != f"Bearer {KEY}":
            return 401
        if len(raw) > MOST_BYTES:
            return 413
        asked = json.loads(raw)
        to = [address["email"] for person in asked["personalizations"] for address in person["to"]]
        twice = [address for address, times in Counter(map(str.lower, to)).items() if times > 1]
        wrong = twice or len(to) > MOST_PERSONALIZATIONS or self.bad_addresses & set(to)
        return 400 if wrong or not all("@" in address for address in to) else 202


class _Server(ThreadingHTTPServer):
    fake: FakeSendGrid
    daemon_threads = True


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        if self.path != "/v3/mail/send":
            self._answer(404)
            return
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        status, fault = self.server.fake.take(self.headers["Authorization"], raw)
        if fault is Fault.SILENCE_AFTER_ACCEPTING:
            self.server.fake.silence()
        elif fault is Fault.GARBAGE_AFTER_ACCEPTING:
            self.wfile.write(b"not HTTP at all\r\n\r\n")
        elif status:
            self._answer(status)
        self.close_connection = True

    def do_GET(self) -> None:
        self._answer(202)

    def log_message(self, *_: object) -> None:
        """Write nothing."""

    def _answer(self, status: int) -> None:
        body = b"" if status == 202 else b'{"errors": [{"message": "no person1@example.com"}]}'
        self.send_response_only(status)
        self.send_header("Content-Length", str(len(body)))
        for name, value in {**HEADERS.get(status, {}), **self.server.fake.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def closed_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _deliveries(asked: dict[str, Any]) -> list[Delivery]:
    text, html = (part["value"] for part in asked["content"])
    return [_delivery(asked, person, text, html) for person in asked["personalizations"]]


def _delivery(asked: dict[str, Any], person: dict[str, Any], text: str, html: str) -> Delivery:
    def filled(part: str) -> str:
        for tag, value in person["substitutions"].items():
            part = part.replace(tag, value)
        return part

    return Delivery(
        to=person["to"][0]["email"],
        token=person["custom_args"]["joren_token"],
        category=asked["categories"][0],
        subject=filled(asked["subject"]),
        text=filled(text),
        html=filled(html),
        headers=person["headers"],
    )
