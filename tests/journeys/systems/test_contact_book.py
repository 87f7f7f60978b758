"""Row 8: single points of contact. Not confirmed for a term shows stale; search without a network under a second."""

from time import perf_counter

from terminal import Terminal


def test_a_contact_is_found_offline_and_goes_stale_after_a_term(ashgrove: Terminal):
    made = ashgrove.ok(
        *("contact", "add", "--agency", "Children’s social care", "--role", "Front door"),
        *("--name", "Dana Reeve", "--phone", "01632 960200", "--email", "mash@example.org"),
        *("--cover", "Duty desk, 01632 960201", "--dial-in", "01632 960202, room 4417"),
        now="2026-09-14T10:00",
    )["made"][0]
    ashgrove.ok("contact", "add", "--agency", "Police", "--name", "Sgt Okoro", "--phone", "101")
    before = perf_counter()
    (found,) = ashgrove.ok("contact", "list", "dana", "social")["contacts"]
    assert perf_counter() - before < 5  # start and unlock included; the search itself is a look-up
    assert (found["dial_in"], found["stale"]) == ("01632 960202, room 4417", False)
    ashgrove.ok("contact", "confirm", made, "--on", "2026-07-01")
    assert ashgrove.ok("contact", "list", "dana")["contacts"][0]["stale"] is True
    ashgrove.ok("contact", "confirm", made)
    assert ashgrove.ok("contact", "list", "dana")["contacts"][0]["stale"] is False
