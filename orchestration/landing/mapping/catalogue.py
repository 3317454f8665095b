"""The feeds there are: ours, and the shop's own before ours."""

from pathlib import Path
from typing import get_args

from orchestration.landing.mapping import terms
from orchestration.landing.mapping.feed import Feed, Format, Keeps, Quoting, Unended
from orchestration.landing.mapping.feed_columns import read_columns
from orchestration.landing.mapping.feed_sense import agree
from orchestration.landing.mapping.feed_terms import (
    read_devices,
    read_money,
    read_statuses,
    read_threshold,
)
from orchestration.landing.mapping.kinds import kinds
from orchestration.landing.mapping.page import FeedError, Page, open_page
from orchestration.landing.mapping.retention import longest_kept

__all__ = ["OURS", "FeedError", "feeds", "read_feed"]

OURS = Path(__file__).parents[1] / "feeds"
ALWAYS = (
    "description", "kind", "file_name", "time_format", "zone", "format", "encodings", "keeps", "columns",
    "required", "constants", "threshold", "door",
)  # fmt: skip
OF_FORMAT = {"csv": ("delimiter", "quoting"), "json": ("rows",), "jsonl": ("rows",)}


def feeds(shop: Path | None) -> tuple[Feed, ...]:
    """Read all feeds, by name; a file in `<shop>/feeds/` replaces ours of the same name.

    Raises:
        FeedError: for a file that cannot be understood.
    """
    ours = {path.stem: read_feed(path) for path in OURS.glob("*.yaml")}
    paths = {path.stem: path for path in (shop / "feeds").glob("*.yaml")} if shop else {}
    theirs = {name: read_feed(path) for name, path in paths.items()}
    limits = longest_kept(ours)
    for name, feed in theirs.items():
        limit = limits.get(feed.constants.get("shop_id", ""))
        if limit is not None and (feed.retention_days is None or feed.retention_days > limit):
            open_page(paths[name]).wrong("retention_days", feed.retention_days, f"{limit} or less, as ours")
    return tuple(feed for _, feed in sorted({**ours, **theirs}.items()))


def read_feed(path: Path) -> Feed:
    """Read one feed's YAML; its name is the file's.

    Raises:
        FeedError: names the file, the key, what was found and what was expected.
    """
    page = open_page(path)
    _keys(page)
    feed = _feed(page, path.stem)
    agree(page, feed)
    return feed


def _feed(page: Page, name: str) -> Feed:
    constants = page.section("constants").content.items()
    return Feed(
        name=name,
        description=page.text("description"),
        kind=page.text("kind"),
        tells=page.choices("tells", get_args(terms.Told)),
        channel=page.maybe("channel", get_args(terms.Channel)) or "own",
        persons=page.maybe("persons", get_args(terms.Persons)) or "named",
        file_name=page.pattern("file_name"),
        time_format=page.text("time_format"),
        zone=page.zone("zone"),
        format=page.choice("format", get_args(Format)),
        encodings=page.texts("encodings"),
        delimiter=page.any_text("delimiter"),
        quoting=page.maybe("quoting", get_args(Quoting)) or "none",
        unended=page.maybe("unended", get_args(Unended)) or "refuse",
        rows=page.any_text("rows"),
        keeps=page.choice("keeps", get_args(Keeps)),
        unknown=page.texts("unknown"),
        columns=read_columns(page),
        required=page.texts("required"),
        constants={column: str(value) for column, value in constants},
        statuses=read_statuses(page),
        money=read_money(page),
        devices=read_devices(page),
        retention_days=int(page.number("retention_days")) if "retention_days" in page.content else None,
        threshold=read_threshold(page),
        door=page.section("door").content,
    )


def _keys(page: Page) -> None:
    """See that a YAML has the keys that its format and its kind ask for, and no others."""
    for key in ("kind", "format"):
        if key not in page.content:
            page.wrong("", f"no {key}", ", ".join(ALWAYS))
    kind, found = page.choice("kind", tuple(kinds())), page.choice("format", get_args(Format))
    required = [*ALWAYS, *OF_FORMAT[found], *(("tells", "money") if kind == "orders" else ())]
    optional = ["unknown", "retention_days", *(["unended"] if found == "csv" else [])]
    if kind in {"orders", "customers"}:
        optional.append("channel")
    if kind == "orders":
        optional += ["persons", "statuses", "devices"]
    page.holds(required, optional)
