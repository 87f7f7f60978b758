"""Commands of mail templates: what there is, one for another school, one from another school."""

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from schoolsafe.domain.template import FIELDS
from schoolsafe.services.ports_outside import Files
from schoolsafe.services.template import TemplateView
from schoolsafe.services.unlocked import Services
from schoolsafe.wire.template import MOST_BYTES, to_value
from schoolsafe.words import _

if TYPE_CHECKING:
    from schoolsafe.cli.grammar import Commands

Answer = dict[str, Any]


def grammar(commands: "Commands") -> None:
    """Adds the words of these commands."""
    template = commands.add_parser("template", help=_("how areas write"))
    what = template.add_subparsers(dest="what", required=True)
    what.add_parser("list")
    for name in ("show", "withdraw"):
        what.add_parser(name).add_argument("id", metavar="ID|NAME")
    export = what.add_parser("export", help=_("a file for another school"))
    export.add_argument("id", metavar="ID|NAME")
    export.add_argument("file", metavar="FILE.toml")
    export.add_argument(
        "--looked-at",
        action="store_true",
        help=_("somebody looked at the words that may be a name"),
    )
    what.add_parser("import", help=_("a file from another school")).add_argument(
        "file", metavar="FILE.toml"
    )


def listed(services: Services, args: Namespace) -> Answer:
    """The school's own, then those that came with the program."""
    del args
    return {"templates": [_line(view) for view in services.templates.list()]}


def show(services: Services, args: Namespace) -> Answer:
    """One template, with the words that may be a name."""
    view = services.templates.show(args.id)
    names = [word for _number, word in services.templates.suspects(view.template)]
    return _line(view) | {"template": to_value(view.template), "may_be_names": names}


def withdraw(services: Services, args: Namespace) -> Answer:
    """Takes one out of use."""
    view = services.templates.show(args.id)
    services.templates.withdraw(args.id)
    return {"id": view.id, "name": view.template.name, "withdrawn": True}


def export(services: Services, args: Namespace, files: Files) -> Answer:
    """Writes the file for another school."""
    data = services.templates.export(args.id, looked_at=args.looked_at)
    files.write_new(Path(args.file), data)
    return {"file": args.file, "bytes": len(data)}


def take(services: Services, args: Namespace, files: Files) -> Answer:
    """Keeps the template of a file."""
    data = files.read(Path(args.file), limit_bytes=MOST_BYTES)
    template = services.templates.from_file(data)
    saved = services.templates.save(template).entities[0]
    return _line(services.templates.show(saved))


def _line(view: TemplateView) -> Answer:
    template = view.template
    return {
        "id": view.id,
        "name": template.name,
        "came_with_program": view.shipped,
        "force": template.force or None,
        "council": template.council or None,
        "channel": template.channel or None,
        "kind": template.kind or None,
        "checked": template.checked or None,
        "senders": list(template.senders),
        "fields": [field.key for field in FIELDS if field.key in template.fields],
        "saved_by": view.saved_by,
        "saved_at": view.saved_at.isoformat() if view.saved_at else None,
    }


WITH_RECORD: dict[str, Callable[[Services, Namespace], Answer]] = {
    "template list": listed,
    "template show": show,
    "template withdraw": withdraw,
}
WITH_FILES: dict[str, Callable[[Services, Namespace, Files], Answer]] = {
    "template export": export,
    "template import": take,
}
