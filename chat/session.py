"""What a conversation remembers: every version of the tune, where we are, and what was last spoken of.

Plain frozen data, so that a page can keep it per visitor and copy it; every change makes a new value.
Versions and requirements are kept, not transcripts: a long conversation stays small.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from abc_tools.places import Place
from chat.explain.question import Question
from chat.understand.operation import Operation


@dataclass(frozen=True)
class Version:
    """One state of the tune. `changed` are the printed bars that differ from `parent`; `asked` are the
    names and values of the requirements it was written for.
    """

    number: int
    abc: str
    note: str
    parent: int | None
    changed: tuple[int, ...] = ()
    asked: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Selection:
    """Printed bars `first`–`last` of one version, chosen on the score."""

    version: int
    first: int
    last: int


@dataclass(frozen=True)
class Lock:
    """Bars, or a voice (in those bars), that no change may touch; no bars: all of them."""

    place: Place | None = None
    voice: str | None = None


@dataclass(frozen=True)
class Memory:
    """What the next message may lean on.

    `place`: the bars spoken of last; `question`: the one just before, `asked`: the bars that it was about.
    `operations`: the changes made last, `before` the version they were made from;
    `undone`: those that were taken back last. `pending`: (what
    was asked back, the message it was asked about). `request`: the message that the last new tune was
    written for. `mended`: (rule, bar) of what was put right when the tune was opened. `choices`:
    versions offered to choose from; `found`: tunes of the catalogue that were recommended; `liked`: what
    was said or done about such tunes, (tune, action of `library.taste`). `ideas`: requests that were
    proposed. Nothing of it is stored anywhere.
    """

    place: Place | None = None
    asked: Place | None = None
    question: Question | None = None
    operations: tuple[Operation, ...] = ()
    before: int | None = None
    undone: tuple[Operation, ...] = ()
    pending: tuple[str, str] = ("", "")
    request: str = ""
    mended: tuple[tuple[str, int | None], ...] = ()
    choices: tuple[int, ...] = ()
    ideas: tuple[str, ...] = ()
    found: tuple[int, ...] = ()
    liked: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Session:
    """Versions in the order they were made, numbered from 1; `current` is the one that is shown."""

    versions: tuple[Version, ...] = ()
    current: int | None = None
    undone: tuple[int, ...] = ()
    locks: tuple[Lock, ...] = ()
    memory: Memory = field(default_factory=Memory)

    @property
    def version(self) -> Version | None:
        """The version that is shown."""
        if self.current is None:
            return None
        return self.versions[self.current - 1]

    @property
    def abc(self) -> str | None:
        """The text of the version that is shown."""
        return self.version.abc if self.version else None

    def add(
        self, abc: str, note: str, changed: tuple[int, ...] = (),
        asked: tuple[tuple[str, str], ...] = (), parent: int | None = None,
    ) -> Session:  # fmt: skip
        """A session with a new version, made from the current one (or from `parent`); what was undone
        stays in the list.
        """
        number = len(self.versions) + 1
        version = Version(number, abc, note, parent or self.current, changed, asked)
        return replace(self, versions=(*self.versions, version), current=number, undone=())

    def remember(self, **changes: object) -> Session:
        """The session with some of its memory changed."""
        return replace(self, memory=replace(self.memory, **changes))  # type: ignore[arg-type]

    def undo(self, steps: int = 1) -> Session:
        """Back by some steps along the versions that each was made from; the same session at the first."""
        session = self
        for _ in range(steps):
            version = session.version
            if version is None or version.parent is None:
                break
            session = replace(
                session, current=version.parent, undone=(version.number, *session.undone)
            )
        return session

    def redo(self) -> Session:
        """Forward to what was undone last; the same session if nothing was."""
        if not self.undone:
            return self
        return replace(self, current=self.undone[0], undone=self.undone[1:])

    def go_to(self, number: int) -> Session:
        """To any version by number. ValueError if there is none."""
        if not 1 <= number <= len(self.versions):
            raise ValueError(f"There is no version {number}.")
        return replace(self, current=number, undone=())
