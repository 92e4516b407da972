"""Instruments that a score can be shown for: written pitch, range and clef, named in both languages.

The table of transpositions and ranges is ``abc_tools.edit.instruments``; here stands which of them the
page offers, in the order of the menu, what they are called and which clef they read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from abc_tools.edit.instruments import Instrument

NAMES: dict[str, tuple[str, str]] = {
    "flute": ("Flute", "长笛"),
    "oboe": ("Oboe", "双簧管"),
    "clarinet in b-flat": ("Clarinet in B♭", "降B调单簧管"),
    "alto saxophone": ("Alto saxophone (E♭)", "中音萨克斯（降E调）"),
    "tenor saxophone": ("Tenor saxophone (B♭)", "次中音萨克斯（降B调）"),
    "trumpet in b-flat": ("Trumpet in B♭", "降B调小号"),
    "horn in f": ("Horn in F", "F调圆号"),
    "trombone": ("Trombone", "长号"),
    "violin": ("Violin", "小提琴"),
    "viola": ("Viola", "中提琴"),
    "cello": ("Cello", "大提琴"),
    "guitar": ("Guitar", "吉他"),
    "ukulele": ("Ukulele", "尤克里里"),
    "mandolin": ("Mandolin", "曼陀林"),
    "descant recorder": ("Descant recorder", "高音竖笛"),
    "treble recorder": ("Treble recorder", "中音竖笛"),
    "tin whistle in d": ("Tin whistle in D", "D调锡哨"),
    "piano": ("Piano", "钢琴"),
    "soprano": ("Soprano voice", "女高音"),
    "alto": ("Alto voice", "女低音"),
    "tenor": ("Tenor voice", "男高音"),
    "bass": ("Bass voice", "男低音"),
}
CLEFS = {"viola": "alto", "cello": "bass", "trombone": "bass", "bass": "bass"}
"""Clefs other than the treble."""


def find_player(name: Any) -> Instrument | None:
    """Return the instrument of the menu with this name; None for anything else."""
    from abc_tools.edit.instruments import INSTRUMENTS

    return INSTRUMENTS[name] if isinstance(name, str) and name in NAMES else None


def list_players() -> list[dict[str, Any]]:
    """Return the menu: {id, en, zh, low, high, clef}; ``low`` and ``high`` are written MIDI numbers."""
    from abc_tools.edit.instruments import INSTRUMENTS

    found = []
    for name, (english, chinese) in NAMES.items():
        one = INSTRUMENTS[name]
        found.append(
            {"id": name, "en": english, "zh": chinese, "low": one.low, "high": one.high,
             "clef": CLEFS.get(name, "treble")}
        )  # fmt: skip
    return found
