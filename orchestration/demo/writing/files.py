"""Every file that a night may bring: its feed, its name, its header, its rows."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from orchestration.demo.amazon import all_orders_tsv as amazon_tsv
from orchestration.demo.buying.stories import Story
from orchestration.demo.eccube import consent_csv, customer_csv, order_csv, product_csv
from orchestration.demo.eccube import files as eccube_files
from orchestration.demo.office import contracts as office_contracts
from orchestration.demo.office import goods as office_goods
from orchestration.demo.office import lists as office_lists
from orchestration.demo.rakuten import orders_csv as rakuten_csv
from orchestration.demo.shopify import customers_csv as shopify_customers_csv
from orchestration.demo.shopify import orders_csv as shopify_orders_csv
from orchestration.demo.writing import quoting
from orchestration.demo.writing.channels import Channel
from orchestration.demo.writing.night import Night
from orchestration.demo.yahoo import orders_csv as yahoo_csv

StoryRows = Callable[[Story, Night], Iterable[bytes]]
NightRows = Callable[[Night], Iterable[bytes]]
Cells = tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class StoryFile:
    """A file of people's stories; `name` holds the place of the time, `most_rows` splits it."""

    channel: Channel
    feed: str
    name: str
    header: bytes
    rows: StoryRows
    most_rows: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class NightFile:
    """A file that knows no people."""

    channel: Channel
    feed: str
    name: str
    header: bytes
    rows: NightRows


def _plain(rows: Callable[[Story, Night], Iterable[Cells]]) -> StoryRows:
    def printed(story: Story, night: Night) -> Iterator[bytes]:
        return map(quoting.plain, rows(story, night))

    return printed


def _plain_list(rows: Callable[[Night], Iterable[Cells]]) -> NightRows:
    def printed(night: Night) -> Iterator[bytes]:
        return map(quoting.plain, rows(night))

    return printed


def _story(channel: Channel, feed: str, name: str, header: bytes, rows: StoryRows) -> StoryFile:
    most_rows = rakuten_csv.MOST_ROWS if channel is Channel.RAKUTEN else None
    return StoryFile(channel=channel, feed=feed, name=name, header=header, rows=rows, most_rows=most_rows)


def _office(feed: str, names: Cells, rows: Callable[[Story, Night], Iterable[Cells]]) -> StoryFile:
    return _story(Channel.OFFICE, feed, f"{feed}_{{}}.csv", quoting.plain(names), _plain(rows))


def _office_list(feed: str, names: Cells, rows: Callable[[Night], Iterable[Cells]]) -> NightFile:
    return NightFile(
        channel=Channel.OFFICE,
        feed=feed,
        name=f"{feed}_{{}}.csv",
        header=quoting.plain(names),
        rows=_plain_list(rows),
    )


def _shop_files() -> Iterator[StoryFile]:
    own, shop, mall = Channel.ECCUBE, Channel.SHOPIFY, Channel.YAHOO
    yield _story(own, "eccube_orders", "order_{}.csv", order_csv.header(), eccube_files.order_rows)
    yield _story(
        own, "eccube_customers", "customer_{}.csv", customer_csv.header(), eccube_files.customer_rows
    )
    yield _story(own, "consents", "consents_{}.csv", consent_csv.header(), eccube_files.consent_rows)
    orders, customers = shopify_orders_csv, shopify_customers_csv
    yield _story(shop, "shopify_orders", "orders_export_{}.csv", orders.header(), orders.rows)
    yield _story(shop, "shopify_customers", "customers_export_{}.csv", customers.header(), customers.rows)
    yield _story(Channel.RAKUTEN, "rakuten_orders", "rakuten_{}.csv", rakuten_csv.header(), rakuten_csv.rows)
    yield _story(Channel.AMAZON, "amazon_orders", "all_orders_{}.txt", amazon_tsv.header(), amazon_tsv.rows)
    yield _story(mall, "yahoo_orders", "order_{}.csv", yahoo_csv.order_header(), yahoo_csv.order_rows)
    yield _story(mall, "yahoo_items", "item_{}.csv", yahoo_csv.item_header(), yahoo_csv.item_rows)


def _office_files() -> Iterator[StoryFile]:
    shipping = eccube_files.shipment_rows
    yield _story(Channel.OFFICE, "eccube_shipments", "shipping_{}.csv", order_csv.header(), shipping)
    yield _office("shipments", office_goods.SHIPMENTS, office_goods.shipment_rows)
    yield _office("order_media", office_goods.ORDER_MEDIA, office_goods.order_media_rows)
    yield _office("points", office_lists.POINTS, office_lists.point_rows)
    yield _office("customer_attributes", office_lists.ATTRIBUTES, office_lists.attribute_rows)
    yield _office("contacts", office_lists.CONTACTS, office_lists.contact_rows)
    yield _office("stops", office_lists.STOPS, office_lists.stop_rows)
    yield _office("refunds", office_lists.REFUNDS, office_lists.refund_rows)
    yield _office("subscriptions", office_contracts.SUBSCRIPTIONS, office_contracts.subscription_rows)
    yield _office("subscription_changes", office_contracts.CHANGES, office_contracts.change_rows)


def _night_files() -> Iterator[NightFile]:
    header = product_csv.header()
    yield NightFile(
        channel=Channel.OFFICE,
        feed="eccube_products",
        name="product_{}.csv",
        header=header,
        rows=lambda _: product_csv.rows(),
    )
    yield _office_list("products", office_goods.PRODUCTS, office_goods.product_rows)
    yield _office_list("media_costs", office_goods.MEDIA_COSTS, office_goods.media_cost_rows)
    yield _office_list("action_costs", office_goods.ACTION_COSTS, office_goods.action_cost_rows)


STORY_FILES = (*_shop_files(), *_office_files())
NIGHT_FILES = tuple(_night_files())
