"""Messages → questions about the tune or about theory; None for everything else.

Read by tables: requests to compose or to change come first and are left alone, however politely they
are asked ("could you make bar 5 minor?"); then comparisons, what-ifs, moods, the topics of `topics`,
and theory. What is asked about is kept as plain text in `term`.
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from abc_tools.numbers import in_digits
from abc_tools.places import Place
from abc_tools.tune import Tune
from chat.explain import (
    asked_here,
    asked_limits,
    asked_names,
    asked_theory,
    topics,
)
from chat.explain.asked_comparison import comparison
from chat.explain.counts import letter, what_counted
from chat.explain.leftover import MUCH, leftover
from chat.explain.moods import asked_mood, find_mood
from chat.explain.placing import place_of
from chat.explain.requests import is_request
from chat.explain.terms import find_term
from chat.explain.wishes import wish_of
from chat.explain.wording import normalised

TOPICS: tuple[str, ...] = (
    "analysis", *(t.name for t in topics.TOPICS), "mood", "what-if", "compare", "several", "scale here", "blue",
    *asked_here.KINDS, *asked_theory.KINDS, "unknown", "no-place",
)  # fmt: skip
"""Every topic that a question can have."""


@dataclass(frozen=True)
class Question:
    """What is asked: `place` None is the whole tune; `term` and `other` are explained in `answer`; `yes` says that
    it is to be answered with yes or no, `beyond` that it asks what cannot be reached; `loose` that much of what was said is not accounted for by the topic;
    `voice` is the id of the voice that is meant where it is not the leading one.
    """

    topic: str
    place: Place | None = None
    term: str = ""
    depth: str = "student"
    other: str = ""
    yes: bool = field(default=False, repr=False, compare=False)
    beyond: bool = field(default=False, repr=False, compare=False)
    loose: bool = field(default=False, repr=False, compare=False)
    voice: str = field(default="", repr=False)


ASKING = re.compile(
    r"\?|^(?:so |and |but |ok(?:ay)?,? |well,? |also,? |hey,? |hi,? |please,? )*(?:what|why|which|how|where|when|who|is|are|was|does|do|did|has|have|can|could|would|"
    r"explain|analy[sz]e|describe|tell|name|list|identify|find|label|point|show|give|spell|count|state|compare|define|discuss|outline|summari[sz]e|help me understand)\b"
    r"|\b(?:what|which|where|why|how)(?:'s|'re)?\b|\bi (?:wonder|don'?t (?:understand|get|know)|would like to know|want to know|need to know|'d like to know)|i'd like to know|\bmean(?:s|ing)?\b|\bexplain|\btell (?:me|us)\b"
    r"|什么|吗|哪|几|多少|多(?:大|高|低|快|慢|长|久|难)|怎么|怎样|为什么|为何|为啥|如何|是不是|还是|有没有|能不能|难不难|是否|解释|分析|说明|说说|讲讲|介绍|告诉|指出|找出|列出|标出|请问|呢|何谓|谁|啥|意思|区别|不同"
)  # fmt: skip


def read_question(
    text: str, tune: Tune | None, selection: tuple[int, int] | None = None
) -> Question | None:
    """The question that a message asks, or None if it asks none.

    >>> read_question("how many flats has Ab major?", None)
    Question(topic='key theory', place=None, term='Ab major', depth='student', other='')
    >>> read_question("could you make bar 5 minor?", None) is None
    True
    """
    plain = normalised(text)
    lower = plain.lower()
    if not lower or len(lower) > 2000:
        return None
    found = _fixed(plain, lower, tune)
    if found is None and not is_request(lower):
        found = _read(plain, lower, tune)
    if found is None and (tune is not None or is_request(lower) or not _WONDERS.search(lower)):
        return None
    if (
        tune is None
        and found is not None
        and found.topic not in asked_theory.KINDS
        and _PIECE_NAMED.search(lower)
        and not _WONDERS.search(lower)
    ):
        return None  # "a jig in A major?"
    if tune is None and (player := _player_alone(lower, found)):
        return Question("player", term=player)
    if tune is None and (term := _in_general(lower, found)):
        return Question("term", term=term, depth=topics.depth_of(lower))
    if found is None:
        return None
    wants_yes = EXISTS.search(lower) is not None and not _NEGATIVE.search(lower)
    beyond = _BEYOND.search(lower) is not None
    question = replace(found, depth=topics.depth_of(lower), yes=wants_yes, beyond=beyond)
    if question.topic in asked_theory.KINDS or question.topic == "unknown":
        return question
    return _placed(question, lower, tune, selection)


_PIECE_NAMED = re.compile(r"^(?:an?|some|one|something|maybe|perhaps|或许|来)\b|^[一来]")
_WONDERS = re.compile(
    r"^(?:so |and |but )?(?:what|which|why|how|when|where|who|is|are|does|did|can an?|explain|define|tell me)(?:'s|'re)?\b(?! about\b)|什么|怎么|如何|为何|几|多少|哪|一定|吗[?？]?$"
)
_OF_A_TUNE = re.compile(r"\b(?:it|this|that|my|bars?|measures?)\b|这|它|小节")


def _in_general(lower: str, found: Question | None) -> str:
    """The term that a question can only mean in general, because no tune is open; "" for none."""
    if found is not None and found.topic in asked_theory.KINDS:
        return ""
    if _OF_A_TUNE.search(lower) and not re.search(r"\b\d+[- ]bars? blues|小节线", lower):
        return ""
    return find_term(lower)


_REACHES = re.compile(
    r"\b(?:lowest|highest|range|reach|how (?:low|high)|bottom|top|low [a-g]\b|high [a-g]\b|can (?:an? |the )?\w+ play)|最低|最高|音域|够得到|拉到|吹到|弹到"
)


def _player_alone(lower: str, found: Question | None) -> str:
    """The instrument whose range is asked for where no tune is open; "" for none."""
    if found is not None and found.topic in asked_theory.KINDS and found.topic != "term":
        return ""
    if _OF_A_TUNE.search(lower) or not _REACHES.search(lower):
        return ""
    return asked_names.player_in(lower)


def fixed_question(
    text: str, tune: Tune | None, selection: tuple[int, int] | None = None
) -> Question | None:
    """The question of a message whose shape leaves no doubt that it is one; None for all others."""
    plain = normalised(text)
    if len(plain) > 400 or _fixed(plain, plain.lower(), tune) is None:
        return None
    return read_question(text, tune, selection)


def _fixed(plain: str, lower: str, tune: Tune | None) -> Question | None:
    found = asked_here.fixed(plain, lower, tune)
    if found is None:
        return None
    topic, term, other = found
    return Question(topic, term=term, other=other)


EXISTS = re.compile(
    r"^(?:so |and |but |ok,? )?(?:is there|are there|any\b|(?:does|do|has|have|can|could|did|is|are|will|would) (?:it|this|the|they|an?|i|we|my)\b)(?! .{0,40}\b(?:or|which|what|how|why|stay)\b)|有没有|有.{1,12}吗|是不是|能.{1,12}吗|会不会"
)
"""A question that wants yes or no."""
_NEGATIVE = re.compile(
    r"n't\b|\bnot\b|\bcannot\b|\bunable\b|\btoo (?:high|low)\b|\bbeyond\b|\bout of range\b|不了|不到|不能|超出|太高|太低|偏高|偏低"
)
"""Words that turn yes and no round: such a question gets the evidence alone."""


_BEYOND = re.compile(
    r"\b(?:are there|is there|has it|does it have|any)\b(?: any)? (?:\w+ )?notes?\b.{0,24}(?:can'?t|cannot|unable|beyond|out of|outside|too (?:high|low))|有(?:没有)?(?:什么|哪些|些)?.{0,10}(?:不到|不了|够不着|超出|太高|太低).{0,6}(?:音|地方|小节).{0,3}(?:吗|么|没|[?]|$)"
)
"""A question whether something lies outside somebody's reach."""


def asked_about(
    topic: str, text: str, tune: Tune | None, selection: tuple[int, int] | None = None
) -> Question | None:
    """The question about a topic that is known otherwise; None where a detail that it needs is not said."""
    lower = normalised(text).lower()
    question = Question(topic, depth=topics.depth_of(lower))
    if topic == "mood":
        question = replace(question, term=find_mood(lower))
    elif topic == "compare":
        question = replace(question, other=lower)
    elif topic == "what-if":
        question = replace(question, term=_imagined(lower))
        if not question.term:
            return None
    elif topic in ("count", "playable", "key", "interval here"):
        found = _detailed(question, lower, tune)
        if found is None:
            return None
        question = found
    return _placed(question, lower, tune, selection)


def term_question(text: str, tune: Tune | None) -> Question | None:
    """The question about a term of theory that a text names; None for none."""
    lower = normalised(text).lower()
    term = find_term(lower)
    return Question("term", term=term, other="tune" if tune is not None else "") if term else None


def _imagined(lower: str) -> str:
    """The change that is imagined, whatever word says that it is."""
    return wish_of(lower, None) or wish_of(f"what if {lower}", None)


def _read(plain: str, lower: str, tune: Tune | None) -> Question | None:
    asking = bool(ASKING.search(lower))
    wish = wish_of(lower, tune)
    if wish:
        return Question("what-if", term=wish)
    if (here := _here(plain, lower, tune)) is not None:
        return here
    if tune is not None and (advice := _advice(lower, tune)) is not None:
        return advice
    if (compared := comparison(lower, tune)) is not None:
        return Question(compared[0], term=compared[1], other=compared[2])
    if (theory := asked_theory.about_theory(plain, lower, tune)) is not None and _general(
        lower, theory
    ):
        return Question(theory[0], term=_on_root(theory, plain), other=theory[2])
    mood = asked_mood(lower) if asking else None
    if mood and re.search(r"\bwhy\b|为什么|为何|为啥", lower):
        return Question("mood", term=mood)
    if topics.ANALYSIS.search(lower) and not _special(lower):
        return Question("analysis")
    if mood is not None:
        return Question("mood", term=mood)
    if _BOTH_ENDS.search(lower):
        return Question("range")
    if (several := _several(lower, asking)) is not None:
        return several
    if (named := _topic(lower, tune, asking)) is not None:
        return named
    if theory is not None:
        return Question(theory[0], term=theory[1], other="tune" if theory[2] == "tune" else "")
    if asking and (key := asked_names.key_in(lower)) is not None:
        return Question("key", term=key.name)
    return None


_BOTH_ENDS = re.compile(
    r"\b(?:lowest|bottom)\b.{0,16}\b(?:highest|top)\b|\b(?:highest|top)\b.{0,16}\b(?:lowest|bottom)\b|最高.{0,4}最低|最低.{0,4}最高"
)
ADVICE = ("interval here", "practice", "breathing", "bowing", "fingering", "improvise")
"""Topics of players: where a tune is open they are about this tune."""


def _advice(lower: str, tune: Tune) -> Question | None:
    """What a player asks about the tune that is open."""
    for topic in topics.TOPICS:
        if topic.name in ADVICE and re.search(topic.ask, lower):
            return _detailed(Question(topic.name), lower, tune)
    return None


_ROOT = re.compile(
    r"以\s*([A-G][#b]?)\s*(?:音)?(?:为例|为根音|作根音)|(?i:for example|e\.g\.|say|starting|built|beginning) ?,? (?:on|in|from)? ?([A-G][#b]?)\b(?! (?:major|minor))"
)


def _on_root(theory: tuple[str, str, str], plain: str) -> str:
    """The term of a chord question, on the root that is given as an example."""
    match = _ROOT.search(plain)
    if theory[0] != "chord theory" or match is None or not theory[1].startswith("C"):
        return theory[1]
    return (match[1] or match[2]) + theory[1][1:]


_CHORD_IN = re.compile(
    r"(?i:explain|what(?:'s| is)|why(?: is there)?|how does|function of|解释|为什么|什么是).{0,16}?\b([A-G][#b]?(?:maj7|maj|min|m7|m|dim7?|aug|sus[24]?|7|6|9)?)(?: chord)?\s+(?:in|at|on|of)\s+(?:bar|measure)|第.{1,4}小节的?([A-G][#b]?(?:maj7|m7|m|dim|aug|7|6)?)(?:和弦)?(?:是|怎么|为什么|有什么|起)"
)
_VOICE_RANGE = re.compile(
    r"\b(?:range|compass|ambitus|highest|lowest)\b.{0,20}\b(?:of|in|for) (?:the )?([\w ]{3,24}?) ?(?:part|voice|line)\b|(第[一二三四]声部|低音?声部|高音?声部|左手|右手).{0,6}(?:音域|最低|最高|多高|多低)"
)


def _here(plain: str, lower: str, tune: Tune | None) -> Question | None:
    """What only the tune at hand can tell: one chord where it stands, the range of one of its voices."""
    if tune is None:
        return None
    if match := _CHORD_IN.search(plain):
        symbol = match[1] or match[2]
        if any(e.chord_symbol == symbol for m in tune.measures for e in m.events):
            return Question("chord here", term=symbol)
    if len(tune.voices) > 1 and (match := _VOICE_RANGE.search(lower)):
        nth = {"first": 0, "top": 0, "upper": 0, "melody": 0, "second": 1, "lower": -1, "bottom": -1, "bass": -1, "third": 2, "fourth": 3,
               "第一": 0, "第二": 1, "第三": 2, "第四": 3, "高": 0, "低": -1, "左": -1, "右": 0}  # fmt: skip
        said = match[1] or match[2]
        named = next((v for v in tune.voices if v.name and v.name.lower() in said), None)
        place = next((n for word, n in nth.items() if word in said), None)
        if named is None and place is not None and place < len(tune.voices):
            named = tune.voices[place]
        if named is not None:
            return Question("voice range", term=named.id)
    return None


SEVERAL = ("key", "form", "harmony", "rhythm", "meter", "tempo", "range", "cadence", "melody", "motif", "modulation",
           "style", "difficulty", "phrases", "syncopation", "highest", "lowest", "pickup")  # fmt: skip
"""Topics that may be asked for together: "the form and the harmony"."""


def _several(lower: str, asking: bool) -> Question | None:
    """Two or more topics that are asked for side by side."""
    joined = [p for p in re.split(r"\band\b|&|,|、|和|与|以及|还有|;", lower) if p.strip()]
    if not asking or len(joined) < 2 or re.search(r"\bwhy\b|为什么|\bplay\b", lower):
        return None
    names: list[str] = []
    for piece in joined:
        bare = piece.replace("和声", "harmony") if "和声" in piece else piece
        found = next((t.name for t in topics.TOPICS if t.name in SEVERAL
                      and any(p and re.search(p, bare) for p in (t.ask, t.noun))), "")  # fmt: skip
        if not found:
            return None
        names.append(found)
    names = list(dict.fromkeys(names))
    return Question("several", term=" ".join(names)) if len(names) > 1 else None


def _general(lower: str, theory: tuple[str, str, str]) -> bool:
    """Whether a message that names a term asks what it is, not what it is in this tune."""
    return theory[2] != "weak"


def _special(lower: str) -> bool:
    """Whether an analysis is asked of one subject only: "analyse the harmony"."""
    return bool(re.search(
        r"(?:harmon|chord|cadenc|form\b|structure|rhythm|melod|key\b|phras|roman|和声|和弦|曲式|结构|节奏|旋律|调性|终止)", lower
    )) and not re.search(r"style|风格|全面|whole|full|complete", lower)  # fmt: skip


def _topic(lower: str, tune: Tune | None, asking: bool) -> Question | None:
    terse = (
        len(re.findall(r"[a-z']+", lower)) <= 3 and len(re.findall(r"[\u4e00-\u9fff]", lower)) <= 6
    )
    for topic in topics.TOPICS:
        if topic.ask and re.search(topic.ask, lower):
            return _detailed(Question(topic.name), lower, tune)
        if topic.noun and (match := re.search(topic.noun, lower)):
            bare = terse and _bare(lower, match)
            if asking or topics.ANALYSIS.search(lower) or bare:
                loose = leftover(lower, topic.noun) >= MUCH
                return _detailed(Question(topic.name, loose=loose), lower, tune)
    return None


def _bare(lower: str, match: re.Match[str]) -> bool:
    """Whether a message is only a subject: "key?", "the form", 调性."""
    if match[0].startswith("in "):
        return False
    left = (lower[: match.start()] + lower[match.end() :]).strip(" .!?,;:的和")
    return (
        re.fullmatch(r"(?:(?:the|its|and|mode|form|chords|signature|note|of|it|tune)\s*)*", left)
        is not None
    )


def _detailed(question: Question, lower: str, tune: Tune | None) -> Question | None:
    """What is counted, which instrument is meant, which key is claimed."""
    if question.topic == "count":
        what = what_counted(lower)
        return replace(question, term=what) if what else None
    if question.topic == "part":
        return replace(question, term=_part_name(lower))
    if question.topic == "playable":
        name = asked_names.player_in(lower)
        other = "players" if re.search(r"instrument|乐器", lower) else "difficulty"
        if not name and re.search(r"音域|\brange\b", lower):
            return replace(question, topic="range")
        if not name and re.search(r"用这首|用它|举.{0,3}例", lower):
            return None
        level = "level" if _BEGINNERS.search(lower) else ""
        return replace(question, term=name, other=level) if name else replace(question, topic=other)
    if question.topic == "commonest":
        return replace(question, term="chord" if re.search(r"chord|和弦", lower) else "note")
    if question.topic == "interval here":
        return replace(question, term=_over_barline(lower))
    if question.topic == "one note":
        return replace(
            question, term=letter(re.sub(r"\b(?:in|of) (?:bars?|measures?).*", "", lower))
        )
    if question.topic == "find chord":
        return replace(question, term=asked_names.chord_words(lower))
    if question.topic == "key":
        said = asked_names.key_in(lower)
        scale = asked_names.scale_word(lower)
        if (
            scale == "major pentatonic"
            and tune is not None
            and tune.key.tonic
            and tune.key.minor_third
            and not re.search(r"major|大调", lower)
        ):
            scale = "minor pentatonic"
        if scale and (said is None or said.mode != scale):
            return replace(question, topic="scale here", term=scale)
        return replace(question, term=said.name if said is not None else "")
    return question


_BEGINNERS = re.compile(
    r"beginner|easy|easily|hard|difficult|grade|level|learn|manage|comfortabl|child|kid|pupil|student|初学|容易|难|简单|学|孩子|小朋友|级"
)
_ACROSS = re.compile(
    r"last (?:note )?(?:of|in) (?:bar|measure) (\d+).{0,24}first (?:note )?(?:of|in) (?:bar|measure) (\d+)|第\s*(\d+)\s*小节.{0,4}最后.{0,10}第\s*(\d+)\s*小节.{0,4}第一"
)


def _over_barline(lower: str) -> str:
    """The two bars of "the last note of bar 4 and the first of bar 5"; "" for none."""
    match = _ACROSS.search(in_digits(lower))
    return " ".join(g for g in match.groups() if g) if match else ""


def _part_name(lower: str) -> str:
    """The part whose place is asked for."""
    pattern = next(t.ask for t in topics.TOPICS if t.name == "part")
    match = re.search(pattern, lower)
    said = next((g for g in match.groups() if g), "") if match else ""
    return {"主歌": "verse", "副歌": "chorus", "桥段": "bridge"}.get(said, said)


def _placed(
    question: Question, lower: str, tune: Tune | None, selection: tuple[int, int] | None
) -> Question:
    """The bars and the voice that are asked about; a topic of its own for bars that the tune has not."""
    if tune is None:
        return question
    if question.topic in asked_limits.VOICED:
        question = replace(question, voice=asked_limits.voice_named(lower, tune))
    place = place_of(question.topic, lower, tune, selection)
    if isinstance(place, str):
        return Question("no-place", depth=question.depth, other=place)
    return replace(question, place=place)
