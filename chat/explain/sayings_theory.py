"""What is said of theory in general: scales, intervals, chords and keys, from tables."""

from __future__ import annotations

SAYINGS: dict[str, tuple[str, str]] = {
    "scale": (
        "The {tonic:pitch} {scale:word} scale has the notes {notes:pitches}.",
        "{tonic:pitch}{scale:word}由{notes:pitches}组成。",
    ),
    "scale steps": (
        "From note to note up to the octave it goes {steps} semitones.",
        "相邻两音到八度为止的半音数是{steps}。",
    ),
    "scale like": (
        "It is {near:word} with {changes:words}.",
        "它就是{near:word}，其中{changes:words}。",
    ),
    "scale note": ("{text:word}", "{text:word}"),
    "interval": (
        (
            "{name:word} spans {letters:n letter name} and {semitones:n semitone}, such as {low:pitch} to "
            "{high:pitch}."
        ),
        "{name:word}跨{letters}个音名，共{semitones}个半音，例如{low:pitch}到{high:pitch}。",
    ),
    "interval sound": (
        "It counts as {kind:word}; turned upside down it becomes {inverse:word}.",
        "它属于{kind:word}；转位后成为{inverse:word}。",
    ),
    "interval sound wide": (
        "It is wider than an octave: an octave and {inner:word}.",
        "它超过八度：一个八度加{inner:word}。",
    ),
    "interval between": (
        "From {low:pitch} up to {high:pitch} is {name:word}: {semitones:n semitone}.",
        "从{low:pitch}向上到{high:pitch}是{name:word}，共{semitones}个半音。",
    ),
    "chord": (
        "{chord:signs} is {quality:word} with the notes {notes:notes}.",
        "{chord:signs}是{quality:word}，由{notes:notes}组成。",
    ),
    "chord plain": (
        "{chord:signs} has the notes {notes:notes}.",
        "{chord:signs}由{notes:notes}组成。",
    ),
    "chord steps": (
        "Above its root they lie {steps} semitones.",
        "它们在根音上方的半音数是{steps}。",
    ),
    "chord bass": (
        "{note:pitch} is its lowest note.",
        "最低音是{note:pitch}。",
    ),
    "chord in keys": (
        "It belongs to {keys:keys}.",
        "它属于{keys:keys}。",
    ),
    "key": (
        "{key:key} has {signature:signature} in its signature.",
        "{key:key}的调号有{signature:signature}。",
    ),
    "key plain": (
        "{key:key} has no sharps or flats in its signature.",
        "{key:key}的调号没有升降号。",
    ),
    "key notes": (
        "Its notes are {notes:pitches}.",
        "它的音是{notes:pitches}。",
    ),
    "relative": (
        "Its relative {mode:word} is {other:key}, with the same signature.",
        "它的关系{mode:word}是{other:key}，调号相同。",
    ),
    "parallel": (
        "Its parallel {mode:word}, on the same tonic, is {other:key}.",
        "它的同主音{mode:word}是{other:key}。",
    ),
    "fifths": (
        "On the circle of fifths its neighbours are {up:key} (a fifth up) and {down:key} (a fifth down).",
        "在五度圈上，它的邻调是{up:key}（上方五度）和{down:key}（下方五度）。",
    ),
    "diatonic": (
        "The triads of {key:key} are {chords:row}; in Roman numerals {numerals:row}.",
        "{key:key}的三和弦是{chords:row}，罗马数字为{numerals:row}。",
    ),
    "diatonic minor": (
        (
            "In minor the chord on degree 5 is usually made major, {chord:signs}, with the raised leading "
            "note {note:pitch}."
        ),
        "小调第五级和弦通常改为大和弦{chord:signs}，带升高的导音{note:pitch}。",
    ),
    "numeral": (
        "In {key:key} {numeral:signs} is {chord:signs}: {notes:notes}.",
        "{key:key}的{numeral:signs}是{chord:signs}：{notes:notes}。",
    ),
    "degree": (
        "Degree {degree} of {key:key} is {note:pitch}.",
        "{key:key}的第{degree}级音是{note:pitch}。",
    ),
    "instrument": (
        "The {player:word} is usually written from {low:pitch} to {high:pitch}.",
        "{player:word}的常用记谱音域是{low:pitch}到{high:pitch}。",
    ),
    "instrument plain": (
        "It sounds as written.",
        "它的实际音高与记谱相同。",
    ),
    "instrument sounds": (
        "It sounds {interval:interval} {way:word} than written.",
        "它的实际音高比记谱{way:word}{interval:interval}。",
    ),
    "accents": (
        "Its beats are {pattern:word}.",
        "拍子的强弱是{pattern:word}。",
    ),
    "meter is": (
        "{meter} is {kind:word}: {beats:n beat} of {beat:alength} in a bar.",
        "{meter}是{kind:word}：每小节{beats}拍，以{beat:length}为一拍。",
    ),
    "term": ("{title:word}: {text:word}", "{title:word}：{text:word}"),
    "unknown": (
        "I do not know the term “{said}”.",
        "我不认识“{said}”这个术语。",
    ),
    "near terms": (
        "Near to it in spelling are: {names:list}.",
        "拼写相近的有：{names:list}。",
    ),
}
