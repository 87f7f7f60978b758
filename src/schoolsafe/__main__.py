"""Arguments, then window or command line; and the two children of a frozen program."""

import sys


def main() -> int:
    """Gives the exit code."""
    arguments = sys.argv[1:]
    if arguments[:1] == ["--intake-child"]:
        from schoolsafe.intake.child import child_main  # noqa: PLC0415  # the child loads nothing else

        return child_main()
    if arguments[:1] == ["--mailbox-child"]:
        from schoolsafe.mailbox.child import child_main as fetch  # noqa: PLC0415  # as above

        return fetch()
    from schoolsafe.bootstrap.start import run  # noqa: PLC0415  # not in the child

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
