"""One conversation about one tune: understood, kept to, explained. Knows nothing of pages or weights."""
