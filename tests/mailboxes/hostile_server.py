"""A server that answers as no mail server does, one trick a run. Prints its port, then serves one connection.

Run as a program of its own: ``hostile_server.py TRICK``. Tags are taken from what the client says.
"""

import base64
import socket
import sys
import time
from collections.abc import Callable

GREETING = b"* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\r\n"
VALID = b"* 3 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n"
HOUR_S = 3600.0


class Talk:
    """One connection; ``on`` answers a command, by default as a good server with three messages."""

    def __init__(
        self, line: socket.socket, **answers: "Callable[[Talk, bytes, bytes], None]"
    ) -> None:
        self.line, self.answers = line, answers
        self.file = line.makefile("rb")

    def say(self, data: bytes) -> None:
        self.line.sendall(data)

    def ok(self, tag: bytes, words: bytes = b"done") -> None:
        self.say(tag + b" OK " + words + b"\r\n")

    def run(self) -> None:
        while command := self.file.readline():
            tag, _space, rest = command.strip().partition(b" ")
            word = rest.split(b" ")[0].upper()
            if word == b"UID":
                word = rest.split(b" ")[1].upper()
            if b"BODY" in rest.upper():
                word = b"BODY"
            answer = self.answers.get(word.decode("ascii", "replace"))
            if answer is not None:
                answer(self, tag, rest)
            else:
                good(self, tag, word, rest)


def good(talk: Talk, tag: bytes, word: bytes, rest: bytes) -> None:
    """As it should be."""
    if word == b"EXAMINE":
        talk.say(VALID)
    elif word == b"SELECT":
        talk.say(b"* BYE it must never select for writing\r\n")
    elif word == b"CAPABILITY":
        talk.say(b"* CAPABILITY IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2\r\n")
    elif word == b"SEARCH":
        talk.say(b"* SEARCH 1 2 3\r\n")
    elif word == b"FETCH":
        for n in (1, 2, 3):
            talk.say(b"* %d FETCH (UID %d RFC822.SIZE 40)\r\n" % (n, n))
    elif word == b"BODY":
        uid = int(rest.split(b" ")[2])
        data = b"Subject: Robin %d\r\n\r\nx\r\n" % uid
        talk.say(b"* %d FETCH (UID %d BODY[] {%d}\r\n%s)\r\n" % (uid, uid, len(data), data))
    talk.ok(tag)


def body(said: bytes, *, then: bool = True) -> Callable[[Talk, bytes, bytes], None]:
    """This in answer to a request for a message."""

    def answer(talk: Talk, tag: bytes, _rest: bytes) -> None:
        talk.say(said)
        if then:
            talk.ok(tag)

    return answer


def endless(talk: Talk, _tag: bytes, _rest: bytes) -> None:
    """Says things nobody asked for, until somebody hangs up."""
    line = b"* 1 EXISTS\r\n" * 1000
    while True:
        talk.say(line)


def drip(talk: Talk, _tag: bytes, _rest: bytes) -> None:
    """A byte now and then, so that no single wait is too long."""
    while True:
        talk.say(b"x")
        time.sleep(0.05)


def silent(_talk: Talk, _tag: bytes, _rest: bytes) -> None:
    """Nothing at all."""
    time.sleep(HOUR_S)


def hang_up(talk: Talk, _tag: bytes, _rest: bytes) -> None:
    """Gone in the middle of a message."""
    talk.say(b"* 1 FETCH (UID 1 BODY[] {4000}\r\nSubject: half of a")
    talk.line.shutdown(socket.SHUT_RDWR)


def token(talk: Talk, tag: bytes, rest: bytes) -> None:
    """XOAUTH2 with one token that is good."""
    words = rest.split(b" ")
    if len(words) == 2:
        talk.say(b"+ \r\n")
        words.append(talk.file.readline().strip())
    told = base64.b64decode(words[2])
    if told == b"user=lead@example.org\x01auth=Bearer good-token\x01\x01":
        talk.ok(tag)
        return
    talk.say(b"+ " + base64.b64encode(b'{"status":"401"}') + b"\r\n")
    talk.file.readline()
    talk.say(tag + b" NO [AUTHENTICATIONFAILED] no\r\n")


def no(words: bytes) -> Callable[[Talk, bytes, bytes], None]:
    """A refusal."""
    return lambda talk, tag, _rest: talk.say(tag + b" NO " + words + b"\r\n")


def examined(said: bytes) -> Callable[[Talk, bytes, bytes], None]:
    """This in answer to EXAMINE."""
    return body(said)


def sizes(said: bytes) -> Callable[[Talk, bytes, bytes], None]:
    """This in answer to a request for sizes."""
    return body(said)


GREETINGS = {
    "not-imap": b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n",
    "nul-bytes": b"\x00" * 4096 + b"\r\n",
    "no-line-end": b"* OK " + b"x" * 3_000_000,
    "bye": b"* BYE go away\r\n",
    "nothing": b"",
}
TRICKS = {
    "good": {},
    "token": {"AUTHENTICATE": token},
    "busy": {"LOGIN": no(b"[UNAVAILABLE] the database is down")},
    "hangs-up-at-login": {"LOGIN": lambda talk, _tag, _rest: talk.line.shutdown(socket.SHUT_RDWR)},
    "no-validity": {"EXAMINE": examined(b"* 3 EXISTS\r\n")},
    "validity-is-a-word": {"EXAMINE": examined(b"* OK [UIDVALIDITY soon] ok\r\n")},
    "validity-is-nought": {"EXAMINE": examined(b"* OK [UIDVALIDITY 0] ok\r\n")},
    "validity-is-huge": {"EXAMINE": examined(b"* OK [UIDVALIDITY " + b"9" * 30 + b"] ok\r\n")},
    "search-of-words": {"SEARCH": examined(b"* SEARCH one two\r\n")},
    "search-below": {"SEARCH": examined(b"* SEARCH -5 0 999999999999999999999999\r\n")},
    "huge-line": {"SEARCH": body(b"* SEARCH " + b"1 " * 2_000_000 + b"\r\n")},
    "huge-literal": {"BODY": body(b"* 1 FETCH (UID 1 BODY[] {9999999999}\r\n", then=False)},
    "number-of-5000-figures": {
        "BODY": body(b"* 1 FETCH (UID 1 BODY[] {" + b"9" * 5000 + b"}\r\n", then=False)
    },
    "unbalanced": {"BODY": body(b"* 1 FETCH (UID 1 BODY[] (((\r\n")},
    "nested": {"BODY": body(b"* 1 FETCH (" + b"(" * 100_000 + b")" * 100_000 + b")\r\n")},
    "other-message": {"BODY": body(b"* 9 FETCH (UID 9 BODY[] {3}\r\nabc)\r\n")},
    "nil": {"BODY": body(b"* 1 FETCH (UID 1 BODY[] NIL)\r\n")},
    "a-number": {"BODY": body(b"* 1 FETCH (UID 1 BODY[] 12)\r\n")},
    "sizes-of-words": {"FETCH": sizes(b"* 1 FETCH (UID 1 RFC822.SIZE big)\r\n")},
    "sizes-below": {"FETCH": sizes(b"* 1 FETCH (UID 1 RFC822.SIZE -1)\r\n")},
    "endless": {"SEARCH": endless},
    "drip": {"BODY": drip},
    "silent": {"EXAMINE": silent},
    "hangs-up": {"BODY": hang_up},
    "garbage": {"EXAMINE": body(bytes(range(256)) * 64 + b"\r\n")},
    "wrong-tag": {"EXAMINE": body(b"ZZZZ9 OK fine\r\n")},
    "second-login-asked": {"EXAMINE": body(b"+ say your password again\r\n", then=False)},
}


def main(trick: str) -> None:
    """Serves until it is killed."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        sys.stdout.write(f"{server.getsockname()[1]}\n")
        sys.stdout.flush()
        while True:
            line, _address = server.accept()
            try:
                line.sendall(GREETINGS.get(trick, GREETING))
                if trick not in GREETINGS:
                    Talk(line, **TRICKS[trick]).run()
                elif trick == "nothing":
                    time.sleep(HOUR_S)
            except OSError:
                pass
            finally:
                line.close()


if __name__ == "__main__":
    main(sys.argv[1])
