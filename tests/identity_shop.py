"""A demo shop as dirty as asked for, landed and built as far as who is who."""

from datetime import UTC, datetime
from pathlib import Path

from dbt_build import dbt, let_in
from demo_shop import DAY, FIRST_NIGHT, simulated
from identity_truth import Identity, identity

from orchestration.demo.people.dirt import Level
from orchestration.demo.writing.nights import write_night

MODELS = ("+int_customers_clustered", "+fct_customer_merges")


def known_shop(home: Path, *, customers: int, dirt: Level) -> Identity:
    """Its first night, all channels, doors open; as of the day after, when Shopify's members are known."""
    plan = simulated(customers=customers, dirt=dirt)
    write_night(home=home, plan=plan, until=FIRST_NIGHT, since=None, grows=False)
    let_in(home, datetime.now(UTC))
    built = dbt(
        home, "build", "--select", *MODELS, "--resource-type", "seed", "--resource-type", "model",
        as_of=FIRST_NIGHT + DAY,
    )  # fmt: skip
    assert built.returncode == 0, built.stdout
    return identity(home)
