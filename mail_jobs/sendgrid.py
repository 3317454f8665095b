"""SendGrid's v3 mail send, by its own library, with time-outs, without retries and redirects."""

import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from email.utils import mktime_tz, parsedate_tz
from http.client import HTTPException
from socket import gaierror
from ssl import SSLCertVerificationError
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

from python_http_client import Client
from python_http_client.exceptions import HTTPError
from sendgrid import SendGridAPIClient

from mail_jobs.gateway import Answer, Batch, Evidence, Letter, Outcome
from mail_jobs.model import MailError

BUSY = 429
OUTCOMES = {
    202: Outcome.ACCEPTED,
    400: Outcome.REFUSED,
    401: Outcome.STOP,
    403: Outcome.STOP,
    404: Outcome.STOP,
    413: Outcome.STOP,
    BUSY: Outcome.LATER,
}
BEFORE_ANY_BYTE: Mapping[type, Outcome] = {
    ConnectionRefusedError: Outcome.LATER,
    gaierror: Outcome.LATER,
    SSLCertVerificationError: Outcome.STOP,
}


class SendGridError(MailError):
    """The provider's settings may not be used."""


@dataclass(frozen=True, kw_only=True)
class SendGrid:
    """Posts to SendGrid; it has no idempotency key, so that a lost answer stays a doubt.

    Attributes:
        url: the provider's address, also the EU's or one on loopback.
        timeout_seconds: for connecting and for each wait on the wire.
    """

    url: str
    key: str = field(repr=False)
    timeout_seconds: float
    name: str = "sendgrid"
    live: bool = True

    def __post_init__(self) -> None:
        """Refuse to show the key to the wire, and keep the library from writing key and mail into logs."""
        place = urlsplit(self.url)
        if place.scheme != "https" and place.hostname not in {"127.0.0.1", "localhost", "::1"}:
            raise SendGridError("the provider's address: expected https. Correct JOREN_SENDGRID_URL.")
        logging.getLogger("python_http_client").setLevel(logging.WARNING)

    def post(self, batch: Batch) -> Answer:
        """Post a batch in one request."""
        try:
            response = self._client().post(request_body=_body(batch))
        except HTTPError as error:
            return _answer(error.status_code, error.headers)
        except URLError as error:
            kind = type(error.reason)
            return Answer(outcome=BEFORE_ANY_BYTE.get(kind, Outcome.DOUBT), reason=kind.__name__)
        except (OSError, HTTPException) as error:
            return Answer(outcome=Outcome.DOUBT, reason=type(error).__name__)
        return _answer(response.status_code, response.headers)

    def evidence(self, token: str) -> Evidence:  # noqa: ARG002  # the seam's signature
        """The provider's list of what it took is a paid add-on with holes: nobody knows."""
        return Evidence.UNKNOWN

    def _client(self) -> Client:
        headers = SendGridAPIClient(self.key, host=self.url).client.request_headers
        return _OneCall(
            host=self.url,
            request_headers=headers,
            version=3,
            url_path=["mail", "send"],
            timeout=self.timeout_seconds,
        )


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Follow nothing: a redirected POST would become a GET, elsewhere, with our key."""


class _OneCall(Client):  # type: ignore[misc]  # the library has no types
    def _make_request(self, opener: OpenerDirector, request: Request, timeout: float | None = None) -> Any:  # noqa: ANN401, ARG002  # the library's signature
        return super()._make_request(build_opener(_Stay), request, timeout)


def _answer(status: int, headers: Mapping[str, str]) -> Answer:
    return Answer(
        outcome=OUTCOMES.get(status, Outcome.DOUBT),
        reason=f"http {status}",
        http_status=status,
        message_id=headers.get("X-Message-Id"),
        wait_seconds=_wait_seconds(headers) if status == BUSY else None,
    )


def _wait_seconds(headers: Mapping[str, str]) -> float | None:
    after, reset = headers.get("Retry-After", ""), headers.get("X-RateLimit-Reset", "")
    sent = parsedate_tz(headers.get("Date", ""))
    if after.isdecimal():
        return float(after)
    if reset.isdecimal() and sent:
        with suppress(ValueError, OverflowError):
            return max(0.0, float(reset) - mktime_tz(sent))
    return None


def _body(batch: Batch) -> dict[str, Any]:
    return {
        "from": {"email": batch.sender.mail, "name": batch.sender.name},
        "subject": batch.content.subject,
        "content": [
            {"type": "text/plain", "value": batch.content.text},
            {"type": "text/html", "value": batch.content.html},
        ],
        "categories": [batch.category],
        "personalizations": [_personalization(batch.token, letter) for letter in batch.letters],
    }


def _personalization(token: str, letter: Letter) -> dict[str, Any]:
    return {
        "to": [{"email": letter.to}],
        "substitutions": letter.words.substitutions(),
        "headers": {"List-Unsubscribe": f"<{letter.words.refusal_url}>"},
        "custom_args": {"joren_token": token},
    }
