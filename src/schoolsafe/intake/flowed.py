"""format=flowed: lines that end in a space go on in the next (RFC 3676)."""


def unflow(text: str, *, delete_space: bool) -> str:
    """The text with flowed lines joined and space-stuffing undone; quote depth is kept apart."""
    out: list[str] = []
    joining = False
    for line in text.replace("\r\n", "\n").split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        body = line[depth:].removeprefix(" ")
        flows = body.endswith(" ") and body != "-- "
        piece = body[:-1] if flows and delete_space else body
        marks = ">" * depth + (" " if depth else "")
        if (
            joining
            and out
            and out[-1].startswith(marks)
            and not (depth == 0 and out[-1].startswith(">"))
        ):
            out[-1] += piece
        else:
            out.append(marks + piece)
        joining = flows
    return "\n".join(out)
