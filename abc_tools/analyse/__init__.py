"""Facts about a tune, each computed, each with the bars it rests on and a sentence in two languages.

`analyse` is the short summary that replies are made of; `facts` is everything that is known, one `Fact`
each; `facts_of` is what is special in some bars.
"""

from abc_tools.analyse.summary import Analysis, Cadence, analyse, cadence, chord_at

__all__ = ["Analysis", "Cadence", "analyse", "cadence", "chord_at"]
