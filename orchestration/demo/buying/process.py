"""The simulated shop's process: BG/NBD for when people buy and stop, gamma-gamma for what they spend.

Each customer buys again at his own rate λ ~ Gamma(r, α) a day and, after each repeat purchase, is gone for
ever with his own chance p ~ Beta(a, b); what he spends a time is Gamma(p, ν) with ν ~ Gamma(q, v).
Sources: Fader, Hardie and Lee, "Counting Your Customers" the Easy Way, Marketing Science 24 (2005), and
RFM and CLV, Journal of Marketing Research 42 (2005); the figures are those published there for CDNOW, weeks
turned into days and dollars into 100 yen.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, kw_only=True, slots=True)
class Process:
    """Parameters: `alpha` in days, `v` in yen, the rest without a unit."""

    r: float
    alpha: float
    a: float
    b: float
    p: float
    q: float
    v: float

    def repeat_share(self, days: int) -> float:
        """Share of customers who have bought again within `days` of their first purchase (F2)."""
        still: float = (self.alpha / (self.alpha + days)) ** self.r
        return 1 - still

    @property
    def churn_share(self) -> float:
        """Share of those who bought a second time that never come a third time."""
        return self.a / (self.a + self.b)

    @property
    def mean_spend(self) -> float:
        """Yen of a purchase, over all customers."""
        return self.p * self.v / (self.q - 1)


CDNOW = Process(r=0.243, alpha=4.414 * 7, a=0.793, b=2.426, p=6.25, q=3.74, v=15.44 * 100)
LEAST_YEN = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Visits:
    """What one customer does.

    Attributes:
        days: days since his first purchase, beginning with 0, ascending.
        yen: what each of them cost.
        is_gone: whether he stopped with the last of them; else he was still a customer at the horizon.
    """

    days: tuple[int, ...]
    yen: tuple[int, ...]
    is_gone: bool


def visits(process: Process, chance: Random, *, horizon: int) -> Visits:
    """One customer's purchases in the `horizon` days after his first; `chance` is his alone."""
    scale = 1 / chance.gammavariate(process.q, 1 / process.v)
    rate = chance.gammavariate(process.r, 1 / process.alpha)
    drop = chance.betavariate(process.a, process.b)
    days, is_gone = [0], False
    for elapsed in _elapsed(chance, rate, horizon):
        days.append(int(elapsed))
        is_gone = chance.random() < drop
        if is_gone:
            break
    yen = (max(LEAST_YEN, round(chance.gammavariate(process.p, scale))) for _ in days)
    return Visits(days=tuple(days), yen=tuple(yen), is_gone=is_gone)


def _elapsed(chance: Random, rate: float, horizon: int) -> Iterator[float]:
    """Days until each next purchase of a customer who never stops; a rate near 0 never buys again."""
    elapsed = 0.0
    while rate > 0:
        elapsed += chance.expovariate(rate)
        if elapsed >= horizon:
            return
        yield elapsed
