"""The one shop that many tests look at: all of CDNOW, landed and built once by the daily job."""

from datetime import date

import pytest
from shop import ITS_OWN_DAYS, Shop

LAST_DAY = date(1998, 7, 1)


@pytest.fixture(scope="session")
def cdnow(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    """The whole history, as of the day after its end. Tests that share it do not change it."""
    shop = Shop(home=tmp_path_factory.mktemp("cdnow"), customers=None, asked=ITS_OWN_DAYS)
    shop.export(LAST_DAY)
    outcome = shop.run(LAST_DAY, carrier="outbox")
    assert outcome.code == 0, outcome.text
    return shop
