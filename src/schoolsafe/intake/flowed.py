"""format=flowed: lines that end in a space go on in the next (RFC 3676)."""


def unflow(text: str, *, delete_space: bool) -> str:
    """The text with flowed lines joined and space-stuffing undone; quote depth is kept apart."""
    out: list[list[str]] = []
    last_depth = -1
    joining = False
    for line in text.replace("\r\n", "\n").split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        body = line[depth:].removeprefix(" ")
        flows = body.endswith(" ") and body != "-- "
        piece = body[:-1] if flows and delete_space else body
        if joining and depth == last_depth:
            out[-1].append(piece)
        else:
            out.append([">" * depth + (" " if depth else ""), piece])
        last_depth, joining = depth, flows
    return "\n".join("".join(pieces) for pieces in out)
