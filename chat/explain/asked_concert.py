"""Questions of players who read otherwise than they sound: "concert F: what key is that for the alto sax?", 我吹降B单簧管，
钢琴是C大调，我吹什么调, "capo 3 and C shapes, what key am I in?". The terms are those of `concert`.

A key or a note must be named, or a tune be open; who plays must be named, too. Wishes to write for an instrument are left alone.
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from abc_tools.numbers import NUMBER
from abc_tools.numbers import value as number
from abc_tools.theory import ALTER_NAMES, Key
from abc_tools.tune import Tune
from chat.explain.asked_names import SIGNS, Asked, player_in

_SIGN = r"(?:[ -]?(?:flat|sharp)|[#b♯♭](?![a-z]))"
_OTHERS = (
    ("tenor horn", r"\b(?:tenor|alto) horns?\b|次中音号|中音号"), ("baritone horn", r"\bbaritone horns?\b|上低音号"),
    ("instrument in b-flat", rf"\bb{_SIGN} (?:instruments?|players?|parts?)\b|降b调?(?:的)?(?:移调)?乐器"),
    ("instrument in e-flat", rf"\be{_SIGN} (?:instruments?|players?|parts?)\b|降e调?(?:的)?(?:移调)?乐器"),
    ("instrument in f", r"\bf (?:instruments?|players?)\b|\binstruments? in f\b|f调(?:的)?(?:移调)?乐器"),
)  # fmt: skip
_NAMED = re.compile(
    rf"\b(?:(?:in )?(?:the )?[a-g]{_SIGN}?[ -])(?=(?:(?:soprano|alto|tenor|baritone|bari|bass|french) )?(?:clarinet|trumpet|cornet|horn|sax|saxophone|instrument|player|part|flute|flugelhorn)s?\b)|(?<=\bclarinet )in [a-g]{_SIGN}?|(?<=\btrumpet )in [a-g]{_SIGN}?|(?<=\bhorn )in [a-g]{_SIGN}?|(?<=\bhorns )in [a-g]{_SIGN}?|(?<=\bsax )in [a-g]{_SIGN}?|(?<=\binstrument )in [a-g]{_SIGN}?|降?[a-g]调?(?=(?:高音|中音|次中音|上低音|低音)?(?:单簧管|小号|圆号|萨克斯|黑管|移调乐器|乐器))"
)
"""The key of an instrument's name, which is no key of the music."""


def player_said(lower: str) -> str:
    """Who plays, by the table of instruments and by what bands call theirs; "" for nobody."""
    return next((name for name, words in _OTHERS if re.search(words, lower)), "") or player_in(
        lower
    )


# -- keys and notes that are named --------------------------------------------------------------------

_KEY = re.compile(
    rf"(?<![a-z])(?P<n>[a-g])(?P<s>{_SIGN})?(?:[ -]+(?P<m>major|minor|maj|min|m)(?![a-z])|(?= (?:shapes?|chords?|fingering|forms?)\b)|(?![a-z'#]))|(?P<zs>升|降)?(?P<z>[a-g])(?P<zm>大调|小调|调)"
)
_ARTICLE = re.compile(
    r"\ba (?=(?:tenor|alto|soprano|baritone|bari|b|e|f|trumpet|clarinet|cornet|horn|french|sax\w*|capo|guitar|player|piano|band|choir|song|tune|piece|singer|friend|written|concert|sounding|low|high)\b)"
)


def _key_of(match: re.Match[str]) -> str:
    letter, said = match["n"] or match["z"], (match["s"] or match["zs"] or "").strip(" -")
    sign = SIGNS.get(said, "")
    minor = (match["m"] or match["zm"] or "") in ("minor", "min", "m", "小调")
    key = Key(letter.upper(), {"#": 1, "b": -1, "": 0}[sign], "minor" if minor else "major")
    return key.name if abs(key.sharps) <= 7 else ""


def _music(lower: str) -> str:
    """A text without the keys of instruments' names and the article a."""
    return _ARTICLE.sub("", _NAMED.sub("", lower))


def _keys(text: str) -> list[tuple[str, re.Match[str]]]:
    found = [(_key_of(m), m) for m in _KEY.finditer(text)]
    return [(name, m) for name, m in found if name]


# -- transposing instruments ----------------------------------------------------------------------------

_ASKS_KEY = re.compile(
    r"\b(?:what|which)(?:'s| is| are| would be| will be)?(?: (?:the|my|our|his|her|their|its))?(?: (?:concert|written|right|actual|real|sounding))? (?:key|pitch)\b|\bwhat (?:do|does|should|would|must|will) (?:i|we|it|they|he|she|the \w+(?: \w+)?) (?:play|read|be) in\b(?! (?:the |an? |this |that )?(?:bars?|measures?|parts?|sections?|\d|first|second|last))|\bin (?:what|which) key\b|(?:什么|哪个|哪一个|几个?)(?:实际)?(?:的)?调|(?:是|为)什么调|调是(?:什么|哪)"
)
_ASKS_NOTE = re.compile(
    r"\b(?:what|which)(?:'s| is| would be)?(?: (?:the|my|our))?(?: (?:concert|written|actual|real|sounding))? (?:note|pitch)\b|\bwhat (?:does|do|would|will) (?:it|that|this|he|she|i|we|the \w+(?: \w+)?|an? \w+(?: \w+)?) (?:sound|come out)|(?:哪个|什么)(?:实际)?(?:的)?音(?!阶|域|程|乐|色)|音(?:高)?是(?:什么|哪)"
)
_ASKS_EDGE = re.compile(
    r"\bwhat (?:will|would|does|is|'s)\b[^?]{0,16}\b(?:first|opening|starting|last|final) note\b|(?:第一个|开头的?|最后一?个?|结尾的?)音[^,?]{0,6}(?:什么|哪)"
)
_PLAYS = re.compile(
    r"\b(?:play\w*|read\w*|written|write|sees?|part|parts|sound\w*|concert|pitch|transpos\w*|in)\b|[吹奏拉弹读看写记]|实际|听到|音高|对应|相当"
)
_SOUNDS = re.compile(
    r"\b(?:what|which)(?:'s| is)?(?: the)?(?: actual| real)? (?:concert|sounding) (?:key|pitch|note)\b|\bconcert (?:pitch|key)\b(?=[^.?!,;]*\?)|\b(?:does|do|will|would|is|are)\b[^.?!,;]{0,40}(?<!\bto )\b(?:sound(?:s|ing)?|in concert|heard?|come out)\b|\b(?:note|pitch|key)\b[^.?!,;]{0,20}\b(?:sounds|do (?:people|we|you) hear|comes out|(?:on|at) (?:the )?piano|for (?:the )?piano)\b"
    r"|实际(?:是|为|音高|听到|发出|上)?[^,.;?]{0,8}(?:什么|哪)|听(?:到|起来|上去)[^,.;?]{0,6}(?:什么|哪)|(?:钢琴|音乐会)[^,.;?]{0,6}(?:是|弹|对应|音高)?(?:什么|哪)"
)
_ORDERS = re.compile(
    r"^(?:please |now |then |and |can you |could you |would you )*(?:transpose|write|put|make|arrange|change|move|set|give|rewrite|convert|add)\b|^(?:请|帮我)?(?:把|将|改|写|移|转)|(?:改成|移成|移到|写成)"
)
_OTHER_KEY = re.compile(
    r"\bsuits?\b|\bfit(?:s|ting)?\b|\bbest\b|\beas(?:y|ier|iest)\b|\bcomfortabl\w*|\bgood key\b|\brange\b|\btuned?\b|适合|合适|好吹|容易|音域|定弦|调音"
)


def _transposing(lower: str, tune: Tune | None) -> Asked | None:
    if _OTHER_KEY.search(lower) or _ORDERS.search(lower):
        return None
    if (same := _same_sound(lower)) is not None:
        return same
    note = _ASKS_NOTE.search(lower)
    note = note or _ASKS_EDGE.search(lower)
    if not (note or _ASKS_KEY.search(lower)) or not _PLAYS.search(lower):
        return None
    player = player_said(lower)
    if not player:
        return None
    hears = _SOUNDS.search(lower) is not None
    said = _keys(_music(lower))
    concert = next((n for n, m in said if re.search(r"(?:\bconcert|\bsounding|实际(?:是|为)?) ?$", _music(lower)[: m.start()])), "")  # fmt: skip
    if note and not _ASKS_KEY.search(lower):
        return _of_note(lower, player, hears and not concert, tune)
    name = concert or next((n for n, _ in said), "")
    if not name:
        if tune is None or not tune.key.tonic:
            return None
        name = tune.key.name
    return "relation", f"{'hears' if hears and not concert else 'reads'}:{player}|{name}", ""


_NOTE = re.compile(
    rf"(?<![a-z])(?P<n>[a-g])(?P<s>{_SIGN})?(?![a-z'#])|(?P<zs>升|降)(?P<z>[a-g])|(?P<y>[a-g])(?=音|,|，|[\u4e00-\u9fff])"
)


_EDGE = re.compile(
    r"\b(first|opening|starting|last|final) note\b|(第一个|开头的?|最后一?个?|结尾的?)音"
)


def _edge_note(lower: str, tune: Tune | None) -> str:
    """The first or the last note of the tune, where one is asked about; "" for none."""
    match = _EDGE.search(lower)
    notes = [e for m in tune.measures for e in m.events if e.notes] if tune is not None else []
    if match is None or not notes:
        return ""
    first = re.match(r"first|opening|starting|第一|开头", match[1] or match[2])
    pitch = max((n.pitch for n in notes[0 if first else -1].notes), key=lambda p: p.midi)
    return f"{pitch.step}{ALTER_NAMES.get(round(pitch.alter), '')}"


_SAME_SOUND = re.compile(
    r"\bplays? (?:an? |the )?(?P<n>[a-g])(?P<s>[ -]?(?:sharp|flat)|#|b)?\b[^?]{0,16}\bpiano\b[^?]{0,30}\bwhat\b[^?]{0,50}\b(?:fingers?|play|plays|read|press|written|sound the same)\b|(?:钢琴|我)弹(?P<zs>升|降)?(?P<z>[a-g])(?!大调|小调|调)[^?]{0,12}(?:要|该|得)?(?:吹|按|读|用)(?:什么|哪个)"
)
_B_FLAT_KIND = re.compile(r"\b(?:clarinet|trumpet)s?\b[^?.]{0,12}\bb[ -]?flat\b")


def _same_sound(lower: str) -> Asked | None:
    """ "when I play a C on the piano, what does the clarinet finger?": the written note for a sounding one."""
    match, player = (
        _SAME_SOUND.search(lower),
        player_said(_B_FLAT_KIND.sub("b flat clarinet", lower)),
    )
    if match is None or not player:
        return None
    if _B_FLAT_KIND.search(lower):
        player = "clarinet in b-flat" if "clarinet" in lower else "trumpet in b-flat"
    sign = SIGNS.get((match["s"] or match["zs"] or "").strip(" -"), "")
    return "relation", f"reads note:{player}|{(match['n'] or match['z']).upper()}{sign}", ""


def _of_note(lower: str, player: str, hears: bool, tune: Tune | None) -> Asked | None:
    if edge := _edge_note(lower, tune):
        return "relation", f"{'hears' if hears else 'reads'} note:{player}|{edge}", ""
    match = next(_NOTE.finditer(_music(lower)), None)
    if match is None:
        return None
    letter = match["n"] or match["z"] or match["y"]
    sign = SIGNS.get((match["s"] or match["zs"] or "").strip(" -"), "")
    hears = hears or re.search(r"\bwritten [a-g]\b", lower) is not None
    return "relation", f"{'hears' if hears else 'reads'} note:{player}|{letter.upper()}{sign}", ""


# -- capo -----------------------------------------------------------------------------------------------

_ORDINALS = {"first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6", "seventh": "7", "eighth": "8",
             "ninth": "9"}  # fmt: skip
_FRET = re.compile(
    rf"\bcapo\w*\b[^.?!]{{0,24}}?\b(?P<a>{NUMBER})(?:st|nd|rd|th)?\b(?! (?:chords|shapes|sharps|flats))|\b(?P<b>{NUMBER})(?:st|nd|rd|th)? fret\b|\bfret (?P<b2>{NUMBER})\b|变调夹[^,.?]{{0,8}}?(?P<c>{NUMBER})|(?P<d>{NUMBER})品"
)
_SHAPES = tuple(re.compile(words) for words in (
    rf"((?<![a-z])[a-g]{_SIGN}?(?:[ -](?:major|minor)|m)?) (?:shapes?|chords?|chord shapes?|fingerings?|forms?|position)\b",
    rf"\b(?:shapes?|chords?|as if) (?:of |in |from )+([a-g]{_SIGN}?(?: (?:major|minor))?)\b",
    r"(升?降?[a-g](?:大调|小调|调))(?:的)?(?:指法|按法|和弦|手型|指型)", r"(?:按|用)(升?降?[a-g](?:大调|小调|调))",
    rf"\b(?:play(?:ing)?|finger(?:ing)?) (?:it |like |as |in )*([a-g]{_SIGN}?(?: (?:major|minor)|m)?)\b",
))  # fmt: skip
"""Whose shapes are played, the plainest way of saying it first."""
_WHICH_FRET = re.compile(
    r"\b(?:which|what) fret\b|\bwhere\b[^?]{0,24}\bcapo\b|\bcapo\b[^?]{0,12}\bwhere\b|\bwhat capo\b|\bhow high\b[^?]{0,16}\bcapo|几品|哪一?品|夹(?:在)?(?:哪|几|多少)"
)


def _capo(lower: str, tune: Tune | None) -> Asked | None:
    if not re.search(r"\bcapo\w*\b|变调夹|夹(?:第)?.{1,2}品", lower):
        return None
    text = re.sub(r"\b(?:" + "|".join(_ORDINALS) + r")\b", lambda m: _ORDINALS[m[0]], _ARTICLE.sub("", lower))  # fmt: skip
    shapes, rest = "", text
    found = (match for words in _SHAPES if (match := words.search(text)) is not None)
    if (match := next(found, None)) is not None:
        said = match[1]
        shapes = next((n for n, _ in _keys(said if "调" in said else f"{said} ")), "")
        rest = text[: match.start()] + " ; " + text[match.end() :]
    own = tune.key.name if tune is not None and tune.key.tonic else ""
    sounding = next((n for n, m in _keys(rest) if re.search(r"(?:\b(?:in|key of|to|into|for|sounds?|want|get)(?: the)?(?: key of)?|实际(?:是|为)?|唱|要|成|弹|出|到) ?$", rest[: m.start()])), "")  # fmt: skip
    if _WHICH_FRET.search(text):
        sounding = sounding or own
        return ("relation", f"capo fret:{shapes}|{sounding}", "") if shapes and sounding else None
    match = _FRET.search(text)
    fret = number(next(g for g in match.groups() if g)) if match else None
    if fret is None or not 0 < fret <= 12 or not _ASKS_KEY.search(text):
        return None
    if sounding and not shapes:
        return "relation", f"capo shapes:{fret}|{sounding}", ""
    name = shapes or own
    return ("relation", f"capo sounds:{fret}|{name}", "") if name else None


def asked(lower: str, tune: Tune | None) -> Asked | None:
    """What a message asks of a transposing instrument or of a capo; None for every other message.

    >>> asked("concert f major: what key does the alto sax play in?", None)
    ('relation', 'reads:alto saxophone|F major', '')
    >>> asked("if i put a capo on the third fret and play c shapes what key am i really in?", None)
    ('relation', 'capo sounds:3|C major', '')
    """
    return _capo(lower, tune) or _transposing(lower, tune)
