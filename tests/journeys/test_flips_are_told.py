"""What a flipped bit does to somebody at the command line, a slice; `make prove` flips every 97th byte."""

import pytest

from journeys import flip_cli


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_flip_in_vault_log_or_key_file_never_ends_with_exit_0(tmp_path):
    found = flip_cli.run(tmp_path, step=701, also=True)
    assert found.unseen == ()
    assert found.detected == sum(found.tried.values())
    assert found.tried["vault.db"] >= 4
    assert found.tried["vault.db-wal"] >= 10
    assert found.tried["seat.key"] >= 1


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_flip_anywhere_in_the_key_file_ends_with_exit_3_or_5(tmp_path):
    lying = flip_cli.stopped_school(tmp_path, commits=3)
    key_file = lying.home["seat.key"]
    codes = set()
    for offset in range(0, len(key_file), 97):
        harmed = bytearray(key_file)
        harmed[offset] ^= 1
        home = flip_cli.lay_out(tmp_path, lying, **{"seat.key": bytes(harmed)})
        codes.add(flip_cli.exit_code(home, "status"))
    assert codes <= {3, 5}
