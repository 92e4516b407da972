"""Mending: `mend` decides and applies, the other rooms propose.

`bars` knows what a bar of the wrong length may have been, `header` meters, unit lengths and keys, `signs` lost brackets
and quotation marks; `fixes` says what could be done about a diagnostic, unasked or only if a person agrees.
"""

from abc_tools.repair.mend import (
    Repair,
    Repaired,
    accidentals_needed,
    key_proposal,
    repair,
    repair_in,
)

__all__ = ["Repair", "Repaired", "accidentals_needed", "key_proposal", "repair", "repair_in"]
