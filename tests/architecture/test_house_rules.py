import pytest

from architecture.house import Module, modules
from architecture.rules import RULES, Rule

by_name = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name.replace(" ", "-"))


@by_name
def test_the_house_keeps_the_rule(rule: Rule):
    breaches = [breach for module in modules() for breach in rule.breaches(module)]
    assert not breaches, "\n".join([f"{rule.name}, because {rule.reason}:", *breaches])


@by_name
def test_the_rule_catches_a_planted_breach_on_every_line(rule: Rule):
    caught = {int(breach.split(":")[1]) for breach in rule.breaches(Module(rule.at, rule.bad))}
    wanted = {
        n for n, line in enumerate(rule.bad.splitlines(), 1) if not line.startswith("from pathlib")
    }
    assert caught == wanted


@by_name
def test_the_rule_lets_an_honest_line_pass(rule: Rule):
    assert rule.breaches(Module(rule.at, rule.good)) == []


@by_name
def test_every_place_a_rule_spares_exists_and_has_a_reason(rule: Rule):
    places = {module.place for module in modules()}
    for place, reason in rule.spared.items():
        assert reason
        assert any(known == place or known.startswith(place) for known in places), place
