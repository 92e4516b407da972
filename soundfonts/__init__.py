"""Which General MIDI soundfont is used and where it is found; see README.md in this folder."""
