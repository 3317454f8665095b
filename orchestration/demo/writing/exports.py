"""CDNOW through EC-CUBE alone, with nothing added: what published figures can be checked against."""

from datetime import date
from pathlib import Path

from orchestration.demo.buying.lives import lives
from orchestration.demo.eccube import consent_csv, customer_csv, order_csv
from orchestration.demo.writing.arrivals import Written, arriving
from orchestration.home import furnish


def write_exports(
    *, home: Path, until: date, since: date | None, customers: int | None, anchor: date | None
) -> tuple[Written, ...]:
    """Write what happened before `until` (days of Asia/Tokyo) into `home/inbox/<feed>/`, three files.

    Orders are those that came in or were sent since `since` (None: all); members and consents are always all.
    `customers` takes the first so many (None: all); `anchor` is as in `lives`.
    A kill leaves no half file: first the bytes, then the name, then the `.done` marker.

    Raises:
        WheelMissingError: the wheel with the purchase histories is not installed.
    """
    furnish(home)
    stamp = f"{until:%Y%m%d}030000"
    with (
        arriving(home, "eccube_orders", f"order_{stamp}.csv", order_csv.header()) as orders,
        arriving(home, "eccube_customers", f"customer_{stamp}.csv", customer_csv.header()) as members,
        arriving(home, "consents", f"consents_{stamp}.csv", consent_csv.header()) as consents,
    ):
        for life in lives(customers=customers, anchor=anchor):
            orders.add(order_csv.order_rows(life, since=since, until=until))
            members.add(customer_csv.customer_rows(life, until=until))
            consents.add(consent_csv.consent_rows(life, until=until))
    return orders.written(), members.written(), consents.written()
