"""From those who wait to what will be posted: drafts of one run, one text and one sender each."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from mail_jobs.addresses import address
from mail_jobs.gateway import Letter
from mail_jobs.ledger import Ledger
from mail_jobs.model import Candidate, Sender
from mail_jobs.recipients import Ending, Planned
from mail_jobs.render import Content, WordsError, render, words

Text = tuple[int, str, str, Sender]


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """Letters that share a text and fit into one call."""

    run_id: str
    category: str
    sender: Sender
    content: Content
    letters: tuple[Letter, ...]

    def halves(self) -> "tuple[Draft, Draft]":
        """Two drafts of the same letters."""
        middle = len(self.letters) // 2
        return replace(self, letters=self.letters[:middle]), replace(self, letters=self.letters[middle:])


@dataclass(frozen=True, kw_only=True, slots=True)
class Mailing:
    """What is to be posted, by priority, and who is not written to after all."""

    drafts: tuple[Draft, ...]
    endings: tuple[Ending, ...]


def prepare(
    *,
    ledger: Ledger,
    waiting: Iterable[Planned],
    candidates: Mapping[str, Candidate],
    chunk: int,
) -> Mailing:
    """Write the day's drafts in today's words; whom today's candidates do not hold goes on waiting.

    Args:
        ledger: for what stands for an address; it is neither read nor written here.
        waiting: whom the ledger holds as planned.
        candidates: the day's, by message name.
        chunk: most letters in a draft.
    """
    endings: list[Ending] = []
    texts: defaultdict[Text, list[Letter]] = defaultdict(list)
    for planned in waiting:
        said = candidates.get(planned.name)
        if said is None:
            continue
        if isinstance(letter := _letter(ledger, planned, said), Ending):
            endings.append(letter)
        else:
            texts[said.priority, planned.run_id, said.template, said.sender].append(letter)
    return Mailing(drafts=tuple(_drafts(texts, chunk)), endings=tuple(endings))


def _letter(ledger: Ledger, planned: Planned, said: Candidate) -> Letter | Ending:
    if not planned.email or ledger.address_hash(said.mail) != planned.addr_hash:
        return Ending(name=planned.name, state="expired", reason="its address has changed or gone")
    try:
        return Letter(name=planned.name, to=address(planned.email), words=words(said))
    except WordsError as error:
        return Ending(name=planned.name, state="rejected", reason=str(error))


def _drafts(texts: Mapping[Text, list[Letter]], chunk: int) -> Iterator[Draft]:
    for (_, run_id, template, sender), letters in sorted(texts.items(), key=lambda item: item[0][:3]):
        content = render(template=template, sender=sender)
        for first in range(0, len(letters), chunk):
            yield Draft(
                run_id=run_id,
                category=template.partition("/")[0],
                sender=sender,
                content=content,
                letters=tuple(letters[first : first + chunk]),
            )
