"""Writing for instruments: a table of transposing instruments, and a tune put into their reach.

Written pitch = sounding pitch + the instrument's interval. Ranges are written pitches as MIDI numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

from abc_tools.edit.pitch import shift_octave, transpose
from abc_tools.edit.selection import all_measures, events
from abc_tools.text import Edit
from abc_tools.theory import Interval
from abc_tools.tune import Tune


@dataclass(frozen=True)
class Instrument:
    """How an instrument is written: `written` is the interval from sounding to written pitch.

    `low` and `high` are the MIDI numbers of its usual written range.
    """

    name: str
    written: Interval
    low: int
    high: int


def _instrument(name: str, steps: int, semitones: int, low: int, high: int) -> Instrument:
    return Instrument(name, Interval(steps, semitones), low, high)


INSTRUMENTS: dict[str, Instrument] = {
    instrument.name: instrument
    for instrument in (
        _instrument("piccolo", -7, -12, 62, 96), _instrument("flute", 0, 0, 60, 96),
        _instrument("alto flute", 3, 5, 60, 93), _instrument("oboe", 0, 0, 58, 91),
        _instrument("cor anglais", 4, 7, 59, 89), _instrument("clarinet in b-flat", 1, 2, 52, 91),
        _instrument("clarinet in a", 2, 3, 52, 91), _instrument("clarinet in e-flat", -2, -3, 52, 91),
        _instrument("clarinet in c", 0, 0, 52, 91), _instrument("bass clarinet", 8, 14, 51, 84),
        _instrument("bassoon", 0, 0, 34, 72), _instrument("contrabassoon", 7, 12, 34, 68),
        _instrument("soprano saxophone", 1, 2, 58, 90), _instrument("alto saxophone", 5, 9, 58, 90),
        _instrument("tenor saxophone", 8, 14, 58, 90),
        _instrument("baritone saxophone", 12, 21, 57, 90),
        _instrument("trumpet in b-flat", 1, 2, 54, 84), _instrument("trumpet in c", 0, 0, 54, 84),
        _instrument("trumpet in d", -1, -2, 54, 82), _instrument("cornet", 1, 2, 54, 82),
        _instrument("flugelhorn", 1, 2, 54, 82), _instrument("horn in f", 4, 7, 48, 81),
        _instrument("horn in e-flat", 5, 9, 48, 81), _instrument("trombone", 0, 0, 40, 72),
        _instrument("euphonium", 0, 0, 40, 72), _instrument("tuba", 0, 0, 26, 58),
        _instrument("guitar", 7, 12, 52, 88), _instrument("bass guitar", 7, 12, 40, 67),
        _instrument("double bass", 7, 12, 40, 67), _instrument("ukulele", 0, 0, 60, 81),
        _instrument("mandolin", 0, 0, 55, 88), _instrument("banjo", 7, 12, 60, 88),
        _instrument("violin", 0, 0, 55, 93), _instrument("viola", 0, 0, 48, 81), _instrument("erhu", 0, 0, 62, 93),
        _instrument("cello", 0, 0, 36, 72), _instrument("harp", 0, 0, 24, 103),
        _instrument("piano", 0, 0, 24, 108), _instrument("accordion", 0, 0, 53, 93),
        _instrument("descant recorder", -7, -12, 60, 86), _instrument("treble recorder", 0, 0, 65, 91),
        _instrument("tenor recorder", 0, 0, 60, 86), _instrument("bass recorder", -7, -12, 53, 79),
        _instrument("tin whistle in d", -7, -12, 62, 85), _instrument("glockenspiel", -14, -24, 55, 84),
        _instrument("xylophone", -7, -12, 53, 96), _instrument("celesta", -7, -12, 48, 96),
        _instrument("marimba", 0, 0, 45, 96), _instrument("vibraphone", 0, 0, 53, 89),
        _instrument("soprano", 0, 0, 60, 81), _instrument("mezzo-soprano", 0, 0, 57, 79),
        _instrument("alto", 0, 0, 53, 74), _instrument("tenor", 7, 12, 60, 81),
        _instrument("baritone", 0, 0, 43, 67), _instrument("bass", 0, 0, 40, 64),
    )
}  # fmt: skip
"""Name → instrument; written ranges as players of middle grade have them."""

ALIASES = {
    "clarinet": "clarinet in b-flat", "bb clarinet": "clarinet in b-flat",
    "a clarinet": "clarinet in a", "eb clarinet": "clarinet in e-flat",
    "e-flat clarinet": "clarinet in e-flat", "b-flat clarinet": "clarinet in b-flat",
    "c clarinet": "clarinet in c", "trumpet": "trumpet in b-flat",
    "bb trumpet": "trumpet in b-flat", "b-flat trumpet": "trumpet in b-flat",
    "c trumpet": "trumpet in c", "d trumpet": "trumpet in d", "horn": "horn in f",
    "french horn": "horn in f", "f horn": "horn in f", "english horn": "cor anglais",
    "soprano sax": "soprano saxophone", "alto sax": "alto saxophone", "sax": "alto saxophone",
    "saxophone": "alto saxophone", "eb alto sax": "alto saxophone",
    "e-flat alto sax": "alto saxophone", "tenor sax": "tenor saxophone",
    "bb tenor sax": "tenor saxophone", "baritone sax": "baritone saxophone",
    "bari sax": "baritone saxophone", "recorder": "descant recorder",
    "soprano recorder": "descant recorder", "alto recorder": "treble recorder",
    "tin whistle": "tin whistle in d", "d whistle": "tin whistle in d",
    "锡笛": "tin whistle in d", "哨笛": "tin whistle in d", "whistle": "tin whistle in d", "contrabass": "double bass",
    "violoncello": "cello", "fiddle": "violin", "单簧管": "clarinet in b-flat",
    "小号": "trumpet in b-flat", "圆号": "horn in f", "中音萨克斯": "alto saxophone",
    "次中音萨克斯": "tenor saxophone", "高音萨克斯": "soprano saxophone", "长笛": "flute",
    "短笛": "piccolo", "双簧管": "oboe", "英国管": "cor anglais", "大管": "bassoon",
    "巴松": "bassoon", "长号": "trombone", "大号": "tuba", "吉他": "guitar", "小提琴": "violin",
    "中提琴": "viola", "大提琴": "cello", "低音提琴": "double bass",
    "二胡": "erhu", "钢琴": "piano", "竖笛": "descant recorder",
}  # fmt: skip


def instrument(name: str) -> Instrument:
    """The instrument of a name in English or Chinese; ValueError if there is none in the table.

    >>> instrument("E-flat alto sax").written.semitones
    9
    """
    said = name.strip().lower().replace("♭", "b").replace("b flat", "b-flat")
    said = said.replace("e flat", "e-flat").removeprefix("the ")
    found = INSTRUMENTS.get(ALIASES.get(said, said))
    if found is None:
        raise ValueError(f"“{name}” is no instrument that I know how to write for.")
    return found


def write_for(tune: Tune, name: str, *, sounding: bool = True) -> list[Edit]:
    """Write the tune for an instrument: transposed by its interval, in the octave that fits it best.

    With `sounding` the instrument then sounds the tune's own pitches, up to the octave; without, the
    written notes stay in their key and only the octave is chosen. The octave is the one with fewest
    notes outside the instrument's range, the nearest of equals. ValueError if it fits in none.
    """
    player = instrument(name)
    by = player.written if sounding else Interval(0, 0)
    heights = [n.written.midi + by.semitones for m in all_measures(tune) for e in events(m)
               for n in e.notes]  # fmt: skip
    if not heights:
        raise ValueError("There is no note to write for the instrument.")
    best = min(range(-4, 5), key=lambda o: (_outside(heights, o, player), abs(o), -o))
    if _outside(heights, best, player) * 4 > len(heights):
        raise ValueError(f"The tune's range is too wide for the {player.name}.")
    if by == Interval(0, 0):
        return shift_octave(tune, best) if best else []
    return transpose(tune, Interval(by.steps + 7 * best, by.semitones + 12 * best))


def _outside(heights: list[int], octave: int, player: Instrument) -> int:
    return sum(not player.low <= h + 12 * octave <= player.high for h in heights)
