"""What the demo shop writes lands whole: nothing refused, nothing quarantined."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from demo_shop import DAY, FIRST_NIGHT, night, simulated

from orchestration.demo.people.dirt import Level
from orchestration.landing.land import land
from orchestration.landing.mapping.catalogue import feeds


@pytest.mark.parametrize("dirt", [Level.USUAL, Level.FILTHY])
def test_two_nights_of_all_channels_land_whole(tmp_path: Path, dirt: Level) -> None:
    known = {feed.name: feed for feed in feeds(None)}
    for until in (FIRST_NIGHT, FIRST_NIGHT + DAY):
        for name, files in night(tmp_path, simulated(customers=300, dirt=dirt), until).items():
            landed = land(home=tmp_path, feed=known[name], now=datetime.now(UTC))
            assert [refusal.message for refusal in landed.refused] == []
            assert sum(file.landed for file in landed.parsed) == sum(file.rows for file in files)
            assert {file.quarantined + file.blank for file in landed.parsed} == {0}
