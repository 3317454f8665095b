from datetime import timedelta
from pathlib import Path

import pyarrow as pa
import pytest

from mail_jobs.candidates import CandidatesError, read_candidates
from tests.mail_world import DAY, as_table, candidate, people, publish, write_table


def replaced(table: pa.Table, name: str, values: list[object]) -> pa.Table:
    place = table.schema.get_field_index(name)
    return table.set_column(place, table.schema.field(name), pa.array(values, table.schema.field(name).type))


def test_a_good_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    written = people(3, customer_aliases=("old", "new"))
    publish(tmp_path, written)
    assert read_candidates(tmp_path, DAY) == ("7", tuple(written))


def test_a_day_without_candidates_is_good(tmp_path: Path) -> None:
    publish(tmp_path, [])
    assert read_candidates(tmp_path, DAY) == ("7", ())


def test_a_person_without_a_name_is_read(tmp_path: Path) -> None:
    write_table(tmp_path, replaced(as_table(people(1)), "family_name", [None]))
    _, (person,) = read_candidates(tmp_path, DAY)
    assert person.family_name == ""


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CandidatesError, match="not there"):
        read_candidates(tmp_path, DAY)


@pytest.mark.parametrize("footer", [{"as_of": "2026-05-19"}, {"build_passed": "false"}, {"build_passed": ""}])
def test_a_file_of_another_day_or_of_a_bad_build_is_refused(tmp_path: Path, footer: dict[str, str]) -> None:
    write_table(tmp_path, as_table(people(1)), **footer)
    with pytest.raises(CandidatesError, match="Build again"):
        read_candidates(tmp_path, DAY)


def test_a_file_without_a_footer_is_refused(tmp_path: Path) -> None:
    path = write_table(tmp_path, as_table(people(1)))
    pa.parquet.write_table(as_table(people(1)), path)
    with pytest.raises(CandidatesError, match=r"joren\.as_of is None"):
        read_candidates(tmp_path, DAY)


@pytest.mark.parametrize(
    "broken",
    [
        lambda table: table.drop_columns(["salt"]),
        lambda table: table.append_column("phone", pa.array(["x"])),
        lambda table: table.set_column(9, "priority", pa.array(["1"])),
    ],
)
def test_other_columns_than_the_contract_are_refused(tmp_path: Path, broken) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    write_table(tmp_path, broken(as_table(people(1))))
    with pytest.raises(CandidatesError, match="columns break the contract"):
        read_candidates(tmp_path, DAY)


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("mail", None, "NULL in mail"),
        ("refusal_url", None, "NULL in refusal_url"),
        ("due_on", DAY + timedelta(days=1), "not due"),
        ("expires_on", DAY, "not due"),
    ],
)
def test_rows_that_break_the_contract_are_refused(
    tmp_path: Path, name: str, value: object, fault: str
) -> None:
    write_table(tmp_path, replaced(as_table(people(1)), name, [value]))
    with pytest.raises(CandidatesError, match=fault):
        read_candidates(tmp_path, DAY)


def test_a_message_twice_is_refused(tmp_path: Path) -> None:
    publish(tmp_path, [candidate(1), candidate(1)])
    with pytest.raises(CandidatesError, match="said twice"):
        read_candidates(tmp_path, DAY)


def test_a_message_with_another_messages_name_is_refused(tmp_path: Path) -> None:
    publish(tmp_path, [candidate(1, message_name="0" * 64)])
    with pytest.raises(CandidatesError, match="not named for what they say"):
        read_candidates(tmp_path, DAY)


def test_no_refusal_quotes_a_person(tmp_path: Path) -> None:
    publish(tmp_path, [candidate(1, expires_on=DAY)])
    with pytest.raises(CandidatesError) as refused:
        read_candidates(tmp_path, DAY)
    assert "person1" not in str(refused.value)
    assert "person1" not in repr(candidate(1))
