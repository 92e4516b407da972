"""From the properties of a request to what the model is asked and what its grammar allows.

`plan_tune` completes a request (`properties`) and gives messages, grammar and the completed properties;
`plan_fill`, `plan_continue`, `plan_words`, `plan_melody` and `plan_voices` do so for what is missing of a
tune in canonical form. The properties are those of `lm.requests`, as the normalised lines write them: `key:
G major`, `sections: |:A8:| B8`, `range: D b`, `notes: 1/8 1/4`, `voices: 4`, `words: en`,
`progression: Am F C G`, `chromatic: some`. What it does not know: free words; the caller reads them and
names the properties.
"""

from __future__ import annotations

from lm.plan.notes import chord_symbols, note_step, read_progression, scale_pitches, tonic_notes
from lm.plan.plans import Plan, plan_tune, tune_spec
from lm.plan.properties import complete, default_sections, read_sections, write_section_specs
from lm.plan.rest import (
    fill_targets,
    plan_continue,
    plan_fill,
    plan_melody,
    plan_voices,
    plan_words,
)

__all__ = [
    "Plan", "chord_symbols", "complete", "default_sections", "fill_targets", "note_step",
    "plan_continue", "plan_fill", "plan_melody", "plan_tune", "plan_voices", "plan_words", "read_progression",
    "read_sections", "scale_pitches", "tonic_notes", "tune_spec", "write_section_specs",
]  # fmt: skip
