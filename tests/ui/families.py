"""Maya's family as the pictures have it: two homes, a divorce, a court order, a baby who is expected."""

from ui.morning import Morning


def furnish(morning: Morning) -> dict[str, str]:
    """Puts a family on record; gives the ids by name."""
    families, maya, leo = morning.services.families, morning.child("Maya"), morning.child("Leo")

    def add(form: str, **values: str) -> str:
        return families.add(form, maya, values).entities[0]

    made = {
        "kate": add(
            "person",
            name="Kate Thornton",
            relationship="mother",
            own_words="Mummy",
            parental_responsibility="yes",
            safe_to_call="yes",
            phone="01632 960111",
        ),
        "dan": add(
            "person",
            name="Dan Price",
            relationship="father",
            own_words="Dan",
            parental_responsibility="yes",
            safe_to_call="no",
        ),
        "rae": add("person", name="Rae Thornton", relationship="aunt_uncle", sex="female"),
        "nan": add("person", name="Iris Thornton", relationship="grandparent", sex="female"),
        "ana": add(
            "person",
            name="Ana Price",
            relationship="half_sibling",
            born="2011-05-04",
            school="Brookfield Academy",
            school_contact="J. Osei, 01632 960140",
        ),
    }
    families.link_sibling(maya, leo)
    made["refuge"] = add(
        "home", kind="refuge", address="Rosewood House\nNorthmere", confidential="yes"
    )
    made["flat"] = add(
        "home", kind="other_parent", address="9 Quay Street, Northmere", confidential="no"
    )
    for who in (made["kate"], leo):
        add("lives", who=who, home=made["refuge"])
    add("lives", who=made["dan"], home=made["flat"], pattern="every other weekend")
    families.change(maya, families.show(maya).homes[1].people[0].id, {"until": "2026-10-01"})
    add("couple", relative=made["kate"], other=made["dan"], relationship="divorced")
    made["bar"] = add(
        "bar",
        name="Dan Price",
        forbidden="both",
        evidence="court_order",
        reference="NM26P00123",
        until="2027-01-31",
        reason="Order of 2 October",
    )
    made["baby"] = add("baby", due="2027-03-01", relationship="half_sibling", home=made["refuge"])
    return made
