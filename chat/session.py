"""What a conversation remembers: every version of the tune, where we are, what was selected.

Plain frozen data, so that a page can keep it per visitor and copy it; every change makes a new value.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Version:
    """One state of the tune. `changed` are the printed bars that differ from `parent`."""

    number: int
    abc: str
    note: str
    parent: int | None
    changed: tuple[int, ...] = ()


@dataclass(frozen=True)
class Selection:
    """Printed bars `first`–`last` of one version, chosen on the score."""

    version: int
    first: int
    last: int


@dataclass(frozen=True)
class Session:
    """Versions in the order they were made, numbered from 1; `current` is the one that is shown."""

    versions: tuple[Version, ...] = ()
    current: int | None = None
    undone: tuple[int, ...] = ()

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

    def add(self, abc: str, note: str, changed: tuple[int, ...] = ()) -> Session:
        """A session with a new version after the current one; what was undone stays in the list."""
        version = Version(len(self.versions) + 1, abc, note, self.current, changed)
        return Session((*self.versions, version), version.number)

    def undo(self) -> Session:
        """Back to the version that the current one was made from; the same session at the first."""
        version = self.version
        if version is None or version.parent is None:
            return self
        return replace(self, current=version.parent, undone=(version.number, *self.undone))

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
