"""What we call a mail address: what every carrier reads as this one address and no other."""

import re

from mail_jobs.render import WordsError

LONGEST = 254
PLAIN = re.compile(r"[!#-'*+\-./0-9=?A-Z^-~]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
ENCODED_WORD = "=?"


def address(mail: str) -> str:
    """The address: plain ASCII, one `@`, a domain with a dot; no blank, quote, bracket or separator.

    Dots as in `a..b@docomo.ne.jp` are good: Japan's mobile carriers gave such addresses away for years.

    Raises:
        WordsError: for anything else; a mail library may fail on it, or read several addresses in it.
    """
    if len(mail) > LONGEST or ENCODED_WORD in mail or not PLAIN.fullmatch(mail):
        raise WordsError("not an address")
    return mail
