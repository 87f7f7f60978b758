"""Dialogs with scripted answers.

An answer nobody scripted is a failed test, not a window that waits for ever.
"""

from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from schoolsafe.ui.seams import FileKind

T = TypeVar("T")


class FakeDialogs:
    """Answers in the order they were scripted; keeps what was asked."""

    def __init__(self) -> None:
        self._open: deque[tuple[Path, ...]] = deque()
        self._save: deque[Path | None] = deque()
        self._folder: deque[Path | None] = deque()
        self._ask: deque[bool] = deque()
        self.asked: list[tuple[str, ...]] = []

    def will_open(self, *paths: Path) -> None:
        self._open.append(paths)

    def will_choose(self, folder: Path | None) -> None:
        self._folder.append(folder)

    def will_save(self, path: Path | None) -> None:
        self._save.append(path)

    def will_answer(self, answer: bool) -> None:
        self._ask.append(answer)

    def unused(self) -> int:
        """Answers nobody asked for."""
        return len(self._open) + len(self._save) + len(self._folder) + len(self._ask)

    def open_files(
        self, title: str, kinds: Sequence[FileKind] = (), *, many: bool = False
    ) -> tuple[Path, ...]:
        self.asked.append(("open", title, *(kind.words for kind in kinds)))
        answer = self._next(self._open, title)
        return answer if many else answer[:1]

    def open_folder(self, title: str) -> Path | None:
        self.asked.append(("folder", title))
        return self._next(self._folder, title)

    def save_file(self, title: str, suggested: str, kinds: Sequence[FileKind] = ()) -> Path | None:
        self.asked.append(("save", title, suggested, *(kind.words for kind in kinds)))
        return self._next(self._save, title)

    def ask(self, title: str, words: str, *, do: str, leave: str) -> bool:
        self.asked.append(("ask", title, words, do, leave))
        return self._next(self._ask, title)

    @staticmethod
    def _next(answers: "deque[T]", title: str) -> T:
        if not answers:
            message = f"no answer scripted for {title!r}"
            raise AssertionError(message)
        return answers.popleft()
