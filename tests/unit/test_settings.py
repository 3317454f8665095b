from pathlib import Path

import pytest

from orchestration.settings import SettingsError, read_settings


def test_an_empty_environment_means_home_var_and_no_mail() -> None:
    settings = read_settings({"PATH": "/bin"})
    assert settings.home == Path("var").absolute()
    assert settings.carrier is None


def test_an_unknown_name_is_an_error_that_lists_the_known_ones() -> None:
    with pytest.raises(SettingsError, match=r"unknown JOREN_HOMe.*JOREN_HOME"):
        read_settings({"JOREN_HOMe": "x"})


def test_an_unknown_carrier_is_an_error() -> None:
    with pytest.raises(SettingsError, match="found 'pigeon', expected outbox or sendgrid"):
        read_settings({"JOREN_CARRIER": "pigeon"})


def test_sendgrid_needs_its_key() -> None:
    with pytest.raises(SettingsError, match="JOREN_SENDGRID_KEY: not set"):
        read_settings({"JOREN_CARRIER": "sendgrid"})


def test_the_key_shows_in_no_repr() -> None:
    settings = read_settings({"JOREN_CARRIER": "sendgrid", "JOREN_SENDGRID_KEY": "SG.canary"})
    assert "canary" not in repr(settings)
