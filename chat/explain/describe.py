"""One short paragraph about a new or an opened tune: what it is, its form, where it ends."""

from __future__ import annotations

from abc_tools.analyse.fact import Fact
from abc_tools.tune import Tune
from chat.explain import counts, timing, tonal
from chat.explain.scope import Scope, scope, signature_names
from chat.explain.statement import Statement, prose


def described(s: Scope) -> list[Fact]:
    """The facts of the paragraph: key, meter, bars, form, range, close."""
    found: list[Fact] = []
    if s.key.tonic:
        value = {"key": s.key.name, "signature": signature_names(s.key)}
        found.append(Statement("key signature", value, s.bars))
    else:
        found.append(Statement("no key", {}, s.bars))
    found += timing.meter(s)[:1]
    found += timing.tempo(s)[:1]
    found += [f for f in timing.form(s) if f.kind == "form"]
    found += counts.span(s)[:1]
    chords = counts.count(s, "chords")[0]
    if chords.kind == "count chords":
        found.append(chords)
    if s.key.tonic:
        found.append(tonal.final(s))
    return found


def describe(tune: Tune, language: str) -> str:
    """The paragraph, its title left out; a sentence that says so for a tune without notes.

    >>> from abc_tools.parse import parse_tune
    >>> tune = parse_tune("X:1\\nM:2/4\\nL:1/4\\nQ:1/4=90\\nK:G\\nGA|Bc|dB|G2|]\\n")
    >>> describe(tune, "en").split(". ")[0]
    'The tune is written in G major (bars 1–4), with 1 sharp (F♯)'
    """
    try:
        return prose(language, described(scope(tune, None)))
    except ValueError:
        return "The tune has no notes." if language == "en" else "这首曲子没有音符。"
