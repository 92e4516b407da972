"""Words as they are sung: syllables, stress and rhyme, in English and Chinese.

`syllables` cuts a line into syllables for notes, `rhyme` says how well two line ends rhyme. English
sounds come from a pronouncing dictionary, and by rules of spelling where it has no such word; Chinese
sounds come as pinyin. Other languages in Latin letters are cut by the same rules, roughly.
"""

from __future__ import annotations

from abc_tools.prosody.rhyme import line_end, rhyme
from abc_tools.prosody.syllables import Syllable, syllables

__all__ = ["Syllable", "line_end", "rhyme", "syllables"]
