"""Facts about a tune, each computed, each with the bars it rests on and a sentence in two languages.

`analyse` is the short summary that replies are made of; `facts` is everything that is known, one `Fact`
each; `facts_of` is what is special in some bars. A room for each subject: `keys`, `modulation`,
`harmony`, `phrases` (with cadences), `shape` (form), `motifs`, `contour`, `rhythm`, `degrees`,
`difficulty`, `style`, `passage`; `words` says a fact.
"""

from abc_tools.analyse.contour import contour_facts
from abc_tools.analyse.degrees import degree_facts
from abc_tools.analyse.difficulty import difficulty_facts
from abc_tools.analyse.fact import Fact
from abc_tools.analyse.harmony import harmony_facts
from abc_tools.analyse.keys import HeardKey, heard_keys, key_facts, other_judge
from abc_tools.analyse.line import Material
from abc_tools.analyse.modulation import modulation_facts
from abc_tools.analyse.motifs import motif_facts
from abc_tools.analyse.passage import passage_facts, touching
from abc_tools.analyse.phrases import phrase_facts
from abc_tools.analyse.rhythm import rhythm_facts
from abc_tools.analyse.shape import shape_facts
from abc_tools.analyse.style import style_facts
from abc_tools.analyse.summary import Analysis, Cadence, analyse, cadence, chord_at
from abc_tools.tune import Tune

__all__ = [
    "ROOMS", "Analysis", "Cadence", "Fact", "HeardKey", "analyse", "cadence", "chord_at", "facts",
    "facts_of", "heard_keys",
]  # fmt: skip

ROOMS = {
    "key": key_facts, "modulation": modulation_facts, "form": shape_facts, "phrases": phrase_facts,
    "harmony": harmony_facts, "motifs": motif_facts, "contour": contour_facts,
    "rhythm": rhythm_facts, "degrees": degree_facts, "style": style_facts,
    "difficulty": difficulty_facts,
}  # fmt: skip
"""Subject → the function that finds its facts."""


def facts(
    tune: Tune, subjects: tuple[str, ...] = tuple(ROOMS), *, second_opinion: bool = False
) -> list[Fact]:
    """All facts about a tune, by subject in the order given.

    `second_opinion` adds what music21's key analysis finds (half a second for its first call).

    ValueError if the tune has no notes or a subject is not in ROOMS.

    >>> from abc_tools.parse import parse_tune
    >>> tune = parse_tune("X:1\\nM:2/4\\nL:1/4\\nK:G\\nGA|Bc|dB|G2|]\\n")
    >>> facts(tune, ("contour",))[0].sentence()
    'The melody ranges from G4 (bars 1 and 4) to D5 (bar 3): a perfect fifth.'
    """
    unknown = [name for name in subjects if name not in ROOMS]
    if unknown:
        raise ValueError(f"There is no subject {unknown[0]!r}; there are {', '.join(ROOMS)}.")
    material = Material(tune)
    if not material.notes:
        raise ValueError("There are no notes to analyse.")
    found = [fact for name in subjects for fact in ROOMS[name](material)]
    return [*found, *other_judge(material)] if second_opinion else found


def facts_of(tune: Tune, first: int, last: int) -> list[Fact]:
    """What is special in bars `first` to `last` (printed numbers; a pickup is bar 0).

    ValueError if the tune has no such bars.

    >>> from abc_tools.parse import parse_tune
    >>> tune = parse_tune('X:1\\nM:2/4\\nL:1/4\\nK:C\\n"C"EG|"Fm"_AF|"C"E2|]\\n')
    >>> [f.sentence() for f in facts_of(tune, 2, 2) if f.kind == "bar accidental"]
    ['In bar 2 A♭4 is the lowered degree 6 of C major: a note borrowed from the parallel mode.']
    """
    numbers = tune.bar_numbers
    if not numbers or first > last or first not in numbers or last not in numbers:
        known = f"it has bars {numbers[0]} to {numbers[-1]}" if numbers else "it has none"
        raise ValueError(f"The tune has no bars {first} to {last}; {known}.")
    material = Material(tune)
    about = [*modulation_facts(material), *phrase_facts(material), *harmony_facts(material),
             *motif_facts(material), *contour_facts(material), *rhythm_facts(material)]  # fmt: skip
    return [*passage_facts(material, first, last), *touching(about, first, last)]
