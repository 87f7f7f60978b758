"""What leaves no print: confidential addresses, and a protected child's homes, brothers and sisters, earlier schools.

Stands between every service and the printer, so that a print somebody adds later is covered without being told.
The words give way to "[address withheld]" or "[name withheld]". This is a rule of the program over paper; who may
read the record itself is a matter of keys. Left to others: finding the words in a text (domain.withhold).
"""

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, cast

from schoolsafe.domain import family
from schoolsafe.domain.withhold import Withheld
from schoolsafe.services.child import Children, everyday_name
from schoolsafe.services.desk import Desk
from schoolsafe.services.notification_entry import text
from schoolsafe.services.pages import ChronologyPage, PrintMark
from schoolsafe.services.ports_outside import Printer


def withholding(desk: Desk, children: Children, printer: Printer) -> Printer:
    """The printer, with every page cleaned before it is drawn."""
    return cast("Printer", _Withholding(desk, children, printer))


@dataclass(frozen=True, slots=True)
class _Withholding:
    desk: Desk
    children: Children
    printer: Printer

    def __getattr__(self, name: str) -> Callable[..., Any]:
        draw = getattr(self.printer, name)

        def cleaned(page: Any, *args: Any, **more: Any) -> Any:
            return draw(self._clean(page), *args, **more)

        return cleaned

    def _clean(self, page: Any) -> Any:
        protected = self._protected()
        addresses = self._addresses(protected)
        names: set[str] = set()
        if isinstance(page, ChronologyPage) and protected:
            about = {child for child, name in protected.items() if name == page.child}
            if about:
                names = {name for child in about for name in self._siblings(child)} - {page.child}
                entries = tuple(replace(entry, origin=None) for entry in page.entries)
                page = replace(page, entries=entries)
            else:
                names = set(protected.values())
        withheld = Withheld(addresses, names)
        return _cleaned(page, withheld) if withheld else page

    def _protected(self) -> dict[str, str]:
        """Children whose identity is protected, with the name used every day."""
        found = self.desk.reader.find("protected_identity", {"ended": None, "withdrawn": None})
        ids = {one for r in found for one in self.children.together(str(r.values["child"]))}
        records = ((one, self.desk.reader.get(one)) for one in ids)
        return {one: everyday_name(record) for one, record in records if record is not None}

    def _addresses(self, protected: dict[str, str]) -> list[str]:
        """Confidential addresses of all times, and every address a protected child has on record."""
        find = self.desk.reader.find
        theirs: set[str] = set()
        if protected:
            stays = find("residence", {"who": tuple(protected), "withdrawn": None})
            theirs = {text(stay.values, "home") or "" for stay in stays}
        found = [
            address
            for home in find("home")
            if (address := text(home.values, "address"))
            and (
                home.id in theirs
                or family.is_confidential(
                    text(home.values, "kind"), text(home.values, "confidential")
                )
            )
        ]
        records = (self.desk.reader.get(child) for child in protected)
        found += [code for r in records if r is not None and (code := text(r.values, "postcode"))]
        return found

    def _siblings(self, child: str) -> set[str]:
        """Names of a child's brothers and sisters, here and elsewhere."""
        find = self.desk.reader.find
        ids = {
            text(r.values, other) or ""
            for mine, other in (("child", "relative"), ("relative", "child"))
            for r in find("relation", {mine: child, "withdrawn": None})
            if text(r.values, "relationship") in family.SIBLINGS
        }
        names = set()
        for record in (self.desk.reader.get(one) for one in ids - {""}):
            if record is not None:
                name = (
                    everyday_name(record) if record.noun == "child" else text(record.values, "name")
                )
                names.add(name or "")
        return names - {""}


def _cleaned(value: Any, withheld: Withheld) -> Any:
    """A page with every text in it cleaned; who printed it and for which school stays."""
    if isinstance(value, str) and type(value) is str:
        return withheld.clean(value)
    if isinstance(value, PrintMark):
        return value
    if isinstance(value, tuple | list):
        return type(value)(_cleaned(one, withheld) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{f.name: _cleaned(getattr(value, f.name), withheld) for f in fields(value)}
        )
    return value
