"""Other formats: what a tune becomes, and what becomes a tune.

`convert` is the door: `import_text` makes ABC of a file's bytes, `export` a file's bytes of a tune. Behind
it stand MusicXML (`musicxml*` writes; `score_*` reads through music21), MIDI (`midi` writes; `midi_*`
reads), sound (`audio`, `accompaniment`), pictures (`engrave`, `engrave_worker`). Whatever is read becomes
a `sheet`, which `write` turns into ABC.
"""
