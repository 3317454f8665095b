"""A template becomes a text with tags; a person's words take their places, escaped for where they stand."""

import html
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, select_autoescape
from jinja2.sandbox import SandboxedEnvironment

from mail_jobs.model import Candidate, MailError, Sender

TEMPLATES = Path(__file__).parent / "templates"
MARK = "-joren_"
STRANGER = "お客様"
BREAKS = frozenset({"Cc", "Zl", "Zp"})
NAMES = ("salutation", "refusal_url")
FORMS: Mapping[str, Callable[[str], str]] = {"text": str, "html": html.escape}


class RenderError(MailError):
    """A template that may not be sent."""


class WordsError(MailError):
    """A person's words that may not be put into a mail; the text never quotes them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Content:
    """A mail with tags where each person's words go."""

    subject: str
    text: str
    html: str

    def fill(self, words: "Words") -> "Content":
        """The mail as one person reads it."""
        return Content(**{part: words.fill(getattr(self, part)) for part in ("subject", "text", "html")})


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """What is said to one person alone."""

    salutation: str
    refusal_url: str

    def substitutions(self) -> dict[str, str]:
        """Each tag and what takes its place."""
        return {
            tag(name, form): escape(getattr(self, name)) for form, escape in FORMS.items() for name in NAMES
        }

    def fill(self, text: str) -> str:
        """Replace the tags in a text."""
        for name, value in self.substitutions().items():
            text = text.replace(name, value)
        return text


def tag(name: str, form: str) -> str:
    """The place of a word in a text or in HTML; a mail provider replaces it literally."""
    return f"{MARK}{name}_{form}-"


def render(*, template: str, sender: Sender) -> Content:
    """Render `templates/<template>.{txt,html}` for one sender; the text's first line is the subject.

    Raises:
        RenderError: for a template with a fault, or without what 特定電子メール法 wants shown.
    """
    text, page = (
        _render(f"{template}.{kind}", form, sender) for kind, form in (("txt", "text"), ("html", "html"))
    )
    subject, _, body = text.partition("\n")
    _check_single_line(subject)
    _check_duties(body, sender, "text")
    _check_duties(page, sender, "html")
    return Content(subject=subject, text=body.lstrip("\n"), html=page)


def words(candidate: Candidate) -> Words:
    """The words for one person; without a name he is お客様.

    Raises:
        WordsError: for a line break or another control character, a tag of ours, or a link that is not https.
    """
    name = f"{candidate.family_name} {candidate.given_name}".strip()
    found = Words(salutation=f"{name} 様" if name else STRANGER, refusal_url=candidate.refusal_url)
    if any(MARK in word or _breaks(word) for word in (found.salutation, found.refusal_url)):
        raise WordsError("a control character or a tag in a name or link")
    if not found.refusal_url.startswith("https://") or set(found.refusal_url) & set(' <>"'):
        raise WordsError("the refusal link is not https")
    return found


def _render(path: str, form: str, sender: Sender) -> str:
    context: Mapping[str, str] = {name: tag(name, form) for name in NAMES}
    try:
        return _environment().get_template(path).render(sender=sender, **context)
    except TemplateError as error:
        raise RenderError(f"templates/{path}: {error}. Correct the template.") from error


def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=select_autoescape(["html"]),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _breaks(line: str) -> bool:
    return any(unicodedata.category(sign) in BREAKS for sign in line)


def _check_single_line(subject: str) -> None:
    if not subject.strip() or _breaks(subject):
        raise RenderError("a subject is one line that is not empty. Correct the template's first line.")


def _check_duties(body: str, sender: Sender, form: str) -> None:
    duties = {"name": sender.name, "postal address": sender.address, "mail address": sender.mail}
    shown = {duty: FORMS[form](value) for duty, value in duties.items()} | {
        "refusal link": tag("refusal_url", form)
    }
    if missing := [duty for duty, value in shown.items() if not value.strip() or value not in body]:
        raise RenderError(
            f"the {form} does not show the sender's {', '.join(missing)}. Correct the template."
        )
