"""Numbers about tunes that the model wrote, and about the tunes it learned from.

`statistics` (features of one tune, and the band in which real ones lie), `judge` (what is true of a
sample), `memory` (what is quoted), `classify` (real or made), `dances` (which dance is heard), `controls` (what the
model is measured beside); `lm.evaluate` puts them together. `choice` takes the best of several drafts.
"""
