"""One night of all shops: every person's story is read once, and each file takes its rows from it."""

from contextlib import ExitStack
from pathlib import Path

from orchestration.demo.buying.histories import Cast
from orchestration.demo.buying.stories import Story, stories
from orchestration.demo.writing.arrivals import Arrival, Written, arriving, stamp
from orchestration.demo.writing.channels import Channel, shops
from orchestration.demo.writing.files import NIGHT_FILES, STORY_FILES, NightFile, StoryFile
from orchestration.demo.writing.night import Night
from orchestration.demo.writing.truth import writing_truth
from orchestration.home import furnish


class _Desk:
    """Writes one file of a night, in parts where the vendor splits its exports."""

    def __init__(self, *, file: StoryFile, home: Path, night: Night, part: ExitStack) -> None:
        self._file, self._home, self._night, self._part = file, home, night, part
        self._arrivals = list[Arrival]()
        self._turn()

    def take(self, story: Story) -> None:
        """All rows of one person stand in one part."""
        rows = tuple(self._file.rows(story, self._night))
        most = self._file.most_rows
        if most is not None and self._arrivals[-1].rows + len(rows) > most:
            self._turn()
        self._arrivals[-1].add(rows)

    def written(self) -> tuple[Written, ...]:
        """All parts."""
        return tuple(arrival.written() for arrival in self._arrivals)

    def _turn(self) -> None:
        self._part.close()
        name = self._file.name.format(stamp(self._night.at, len(self._arrivals)))
        arrival = arriving(self._home, self._file.feed, name, self._file.header)
        self._arrivals.append(self._part.enter_context(arrival))


def write_shops(*, home: Path, cast: Cast, channels: frozenset[Channel], night: Night) -> tuple[Written, ...]:
    """Write the files of these channels into `home/inbox/<feed>/`, and the truth into `home/demo_truth/`.

    Nothing but one person's story at a time is held in memory.

    Raises:
        WheelMissingError: CDNOW is asked for and its wheel is not installed.
    """
    furnish(home)
    with ExitStack() as stack:
        told = stack.enter_context(writing_truth(home=home, cast=cast, night=night))
        desks = [
            _Desk(file=file, home=home, night=night, part=stack.enter_context(ExitStack()))
            for file in STORY_FILES
            if file.channel in channels
        ]
        for story in stories(cast, shops(channels)):
            told.tell(story)
            for desk in desks:
                desk.take(story)
    lists = (_list(home, file, night) for file in NIGHT_FILES if file.channel in channels)
    return (*(part for desk in desks for part in desk.written()), *lists)


def _list(home: Path, file: NightFile, night: Night) -> Written:
    with arriving(home, file.feed, file.name.format(stamp(night.at, 0)), file.header) as arrival:
        arrival.add(file.rows(night))
    return arrival.written()
