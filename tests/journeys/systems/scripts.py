"""What a lead types at a terminal to put a record in a file."""

from terminal import Terminal


def put(school: Terminal, form: str, child: str, *, now: str | None = None, **answers: str) -> str:
    """A record by its form; its id."""
    sets = [word for name, said in answers.items() for word in ("--set", f"{name}={said}")]
    more = {"now": now} if now else {}
    whom = ("--child", child) if child else ()
    return str(school.ok("record", "add", "--form", form, *whom, *sets, **more)["made"][0])
