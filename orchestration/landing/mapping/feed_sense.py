"""What the keys of a feed's YAML must have to do with each other."""

from orchestration.landing.mapping.column import Listed
from orchestration.landing.mapping.feed import PACKED, Feed
from orchestration.landing.mapping.page import Page
from orchestration.landing.mapping.retention import personal_in
from orchestration.landing.reading.paths import PathError, read_path

ENCODINGS = ("utf-8", "utf-16", "cp932")
OWNER = ("shop_id", "brand_id")
RESERVED = ("extra",)


def agree(page: Page, feed: Feed) -> None:
    """See that what a feed says can be meant.

    Raises:
        FeedError: names the key, what was found and what was expected.
    """
    _columns(page, feed)
    _file(page, feed)
    _content(page, feed)
    _orders(page, feed)
    _retention(page, feed)


def _columns(page: Page, feed: Feed) -> None:
    if taken := [name for name in feed.columns if name in RESERVED or name.startswith("_")]:
        page.wrong("columns", ", ".join(taken), f"names other than {', '.join(RESERVED)} and _…")
    if unknown := set(feed.required) - feed.columns.keys():
        page.wrong("required", ", ".join(sorted(unknown)), "names of columns")
    if both := feed.constants.keys() & feed.columns.keys():
        page.wrong("constants", ", ".join(sorted(both)), "names that no column has")
    if missing := [name for name in OWNER if name not in feed.constants and name not in feed.columns]:
        page.wrong(
            "constants", f"no {', '.join(missing)}", f"{' and '.join(OWNER)} here or among the columns"
        )


def _file(page: Page, feed: Feed) -> None:
    if unknown := set(feed.encodings) - set(ENCODINGS) or ({"none"} if not feed.encodings else set()):
        page.wrong("encodings", ", ".join(sorted(unknown)), " or ".join(ENCODINGS))
    if feed.file_name.pattern.endswith(tuple(f"\\{suffix}" for suffix in PACKED)):
        page.wrong("file_name", feed.file_name.pattern, f"a name without {' or '.join(PACKED)}")


def _content(page: Page, feed: Feed) -> None:
    if feed.format != "csv":
        _paths(page, feed)
        return
    if len(feed.delimiter) != 1 or feed.delimiter in '"\r\n':
        page.wrong("delimiter", repr(feed.delimiter), "one character, no quote and no line end")
    if lists := [
        str(part) for column in feed.columns.values() for part in column.parts() if isinstance(part, Listed)
    ]:
        page.wrong("columns", f"list: {', '.join(lists)}", "list only where the format is JSON")
    if feed.keeps == "mapped" and feed.quoting == "fputcsv":
        page.wrong("keeps", "mapped with the quoting fputcsv", "the quoting rfc4180 or none beside it")


def _paths(page: Page, feed: Feed) -> None:
    parts = [part for column in feed.columns.values() for part in column.parts()]
    inner = [path for part in parts if isinstance(part, Listed) for _, path in part.each]
    for key, text in [("columns", str(one)) for one in (*parts, *inner)] + [("rows", feed.rows)] * bool(
        feed.rows
    ):
        try:
            path = read_path(text)
        except PathError as error:
            page.wrong(key, text, f"{error}")
        if key == "rows" and any(not step.key or step.chooses for step in path):
            page.wrong(key, text, "names of lists with dots between")


def _orders(page: Page, feed: Feed) -> None:
    if feed.kind != "orders":
        return
    if not feed.tells:
        page.wrong("tells", "nothing", "orders, lines or both")
    if ("orders" in feed.tells) != bool(feed.statuses):
        page.wrong("statuses", f"{len(feed.statuses)} rules", "some where the feed tells orders, else none")
    asked = ["price", "tax"] * ("lines" in feed.tells) + ["discount", "points"] * ("orders" in feed.tells)
    if missing := [key for key in asked if key not in page.section("money").content]:
        page.wrong("money", f"no {', '.join(missing)}", ", ".join(asked))


def _retention(page: Page, feed: Feed) -> None:
    """What must be deleted soon is not kept at all: no day can then be missed."""
    if feed.retention_days is None:
        return
    if feed.keeps != "mapped":
        page.wrong("keeps", feed.keeps, f"mapped beside retention_days: {feed.retention_days}")
    if personal := personal_in(feed):
        page.wrong(
            "columns",
            f"{', '.join(personal)}, which tells of a person",
            f"no such column beside retention_days: {feed.retention_days}",
        )
