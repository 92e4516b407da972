"""One conversation about one tune: understood, kept to, explained. Knows nothing of pages or weights."""

from abc_tools.patterns import keep_compiled

keep_compiled()
