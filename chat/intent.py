"""What kind of thing a message wants: compose, edit, history, analyse, recommend, answer, refuse.

Code decides, in a fixed order, from the tables of `requirements`, `operations` and `target`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from abc_tools.styles import STYLES
from abc_tools.theory import MODES, parse_meter
from abc_tools.tune import Tune
from chat import numbers
from chat.operations import Operation, read_operations, unsupported
from chat.phrases import language_of
from chat.requirements import Wishes, normalise, read
from chat.target import NoTarget, Target, find_target
from chat.vocabulary import MODES as MODE_WORDS
from chat.vocabulary import find


@dataclass(frozen=True)
class Intent:
    """What to do. `problem` is (sentence name, what was said) when asking back."""

    kind: str
    wishes: Wishes = field(default_factory=Wishes)
    operations: tuple[Operation, ...] = ()
    target: Target | NoTarget | None = None
    history: tuple[str, int] = ("", 0)
    topic: str = ""
    problem: tuple[str, str] = ("", "")
    details: dict[str, str] = field(default_factory=dict)


_UNDO = re.compile(r"^(?:please\s+|can you\s+|could you\s+)?(?:undo|take (?:that|it) back|revert|go back|back)\b(?!.*version \d)"
                   r"|undo (?:that|it|this|the last)|撤销|撤回|^取消|取消上一步|恢复原样|退回上一|还原")  # fmt: skip
_REDO = re.compile(r"^(?:please\s+)?redo\b(?! the)|重做|恢复撤销")
_VERSION = re.compile(
    rf"(?:version|v)\s*\.?\s*({numbers.NUMBER})\b|版本\s*({numbers.NUMBER})|第\s*({numbers.NUMBER})\s*(?:个)?版"
)
_RECOMMEND = re.compile(r"\brecommend|similar (?:tunes|songs|pieces)|tunes like|something like this|find (?:me )?(?:tunes|songs)"
                        r"|推荐|类似的(?:曲|歌)|相似的")  # fmt: skip
_HELP = re.compile(
    r"^(?:help|hi|hello|hey|what can you do|how does this work|你好|您好|帮助|你能做什么)[\s!.?]*$"
)
_PRAISE = frozenset(["thanks", "thank", "great", "nice", "good", "lovely", "beautiful", "perfect", "wonderful", "cool", "love", "like", "excellent", "amazing", "awesome", "brilliant"])  # fmt: skip
_PRAISE_COMPANY = frozenset(["that", "this", "is", "s", "it", "i", "so", "very", "really", "you", "wow", "oh", "much", "sounds", "the", "tune", "a", "lot", "and", "well", "done", "yes", "ok", "okay", "just", "what", "wanted", "song", "piece", "one", "for", "now"])  # fmt: skip
_PRAISE_ZH = re.compile(
    r"^(?:这|那|很|真|太|非常|个|首|曲子)*(?:好听|不错|好|棒|喜欢|谢谢|漂亮|优美|美)[了啊吧极您你！!。~]*$"
)
_QUESTION = re.compile(
    r"^(?:so |and |but |ok(?:ay)?,? )?(?:what|why|which|how|where|when|who|is|are|does|do|did|has|explain|analy[sz]e|describe|tell me|compare)\b"
    r"|\banaly[sz]e\b|\banalysis\b|为什么|为何|分析|解释|什么|哪[个些一]|多少|几个?小节\??$|是不是|吗[?]?$"
)
_POLITE = re.compile(r"^(?:can|could|would|will) you\b|^请|^能不能|^可以|^帮我|^把")
_COMPOSE = re.compile(
    r"\b(?:write|compose|create|generate|invent|improvise|make up|come up with)\b(?!\s+(?:bars?|the|this|it|these|those))"
    r"|\b(?:give|make|show|play|get|bring) (?:me|us)\b|\bi(?:'d| would) (?:like|love)\b|\bi (?:want|need)\b|\blet's have\b"
    r"|\b(?:another|new) (?:tune|song|piece|melody|one)\b"
    r"|(?:写|作|创作|谱|来|生成|做|编|想听|想要|给我|需要|要)\s*(?:出|上)?\s*[一两三]?\s*(?:首|段|支|个|曲)|作曲|谱曲"
)
_PIECE = re.compile(
    r"\b(?:tune|song|piece|melody|music|composition|lead sheet|"
    + "|".join(re.escape(w) for s in STYLES.values() for w in (s.name, *s.words) if w.isascii())
    + r")s?\b|曲|歌|旋律|音乐|"
    + "|".join(w for s in STYLES.values() for w in s.words if not w.isascii())
)
_SECTION_NOUN = re.compile(
    r"\b(?:a|an|another|new|different|better)\s+(?:\w+\s+){0,2}(?:bridge|ending|beginning|opening|chorus|verse|intro|outro|section|part|strain)\b"
)


def understand(message: str, tune: Tune | None, selection: tuple[int, int] | None) -> Intent:
    """The intent of a message in the presence (or absence) of a tune."""
    text = normalise(message).strip()
    lower = text.lower()
    if not re.search(r"\w", text):
        return Intent("refuse", problem=("empty", ""))
    history = _history(lower)
    if history is not None:
        return Intent("history", history=history)
    if _HELP.match(lower):
        return Intent("answer")
    if _praises(lower):
        return Intent("answer", topic="praise")
    if _RECOMMEND.search(lower):
        return Intent("recommend")
    question = _QUESTION.search(lower) is not None and not _POLITE.match(lower)
    if question and not _COMPOSE.search(lower):
        return _analysis(lower, tune, selection)
    if tune is not None and not _is_new_tune(lower):
        found = _edit(text, lower, tune, selection) or _not_yet(message, lower)
        if found is not None:
            return found
    return _composition(message, lower, tune)


def _praises(lower: str) -> bool:
    """Whether a message only says that something is liked."""
    words = re.findall(r"[a-z]+", lower)
    if re.search(r"[\u4e00-\u9fff]", lower):
        return _PRAISE_ZH.match(lower) is not None
    return bool(_PRAISE & set(words)) and set(words) <= _PRAISE | _PRAISE_COMPANY


def _history(lower: str) -> tuple[str, int] | None:
    if match := _VERSION.search(lower):
        number = numbers.value(next(g for g in match.groups() if g))
        if number is not None and re.search(r"go|back|show|return|open|use|回|到|看|用|^v", lower):
            return ("version", number)
    if _UNDO.search(lower):
        return ("undo", 0)
    return ("redo", 0) if _REDO.search(lower) else None


def _is_new_tune(lower: str) -> bool:
    """Whether a message asks for a whole new tune although there is one."""
    if _SECTION_NOUN.search(lower):
        return False
    if _COMPOSE.search(lower) is not None and _PIECE.search(lower) is not None:
        return True
    return re.match(r"(?:please,?\s+)?(?:an?|one|some|another)\s", lower) is not None and bool(
        _PIECE.search(lower)
    )


def _edit(text: str, lower: str, tune: Tune, selection: tuple[int, int] | None) -> Intent | None:
    operations = read_operations(text, lower)
    if not operations:
        return None
    impossible = next((o for o in operations if o.kind == "impossible-key"), None)
    if impossible is not None:
        return Intent("refuse", problem=("no-such-key", impossible.value))
    whole_only = all(operation.kind == "title" for operation in operations)
    target = None if whole_only else find_target(_without_key_words(lower), tune, selection)
    if re.search(
        r"whole (?:tune|song|piece|thing)|everything|all of it|entire|整首|全曲|全部", lower
    ):
        target = None
    return Intent("edit", operations=tuple(operations), target=target)


def _not_yet(message: str, lower: str) -> Intent | None:
    """A change of the tune that is understood but cannot be made yet: said plainly, nothing guessed."""
    names = unsupported(lower)
    if names is None:
        return None
    return Intent("refuse", problem=("not-yet", names[language_of(message) == "zh"]))


def _without_key_words(lower: str) -> str:
    """Intervals say "second" and "third" too; they are no sections."""
    return re.sub(r"\b(?:a|an|by a|minor|major|perfect) (?:second|third|fourth|fifth|sixth|seventh)\b"
                  r"(?! (?:part|section|half|strain|bar|measure))", " ", lower)  # fmt: skip


def _analysis(lower: str, tune: Tune | None, selection: tuple[int, int] | None) -> Intent:
    mode = find(lower, MODE_WORDS)
    if (
        mode
        and mode[0] in MODES
        and re.search(r"what(?:'s| is| are)|explain|什么是|是什么|解释", lower)
        and not (mode[0] in ("major", "minor") and tune is not None and "scale" not in lower)
    ):
        return Intent("analyse", topic=f"mode:{mode[0]}")
    if tune is None:
        return Intent("analyse")
    target = find_target(lower, tune, selection)
    topic = ""
    if re.search(r"\b(?:what|which) key\b|什么调|哪个调|调性", lower):
        topic = "key"
    elif re.search(r"how many (?:bars|measures)|how long|多少小节|几小节|几个小节", lower):
        topic = "bars"
    return Intent("analyse", target=target, topic=topic)


def _composition(message: str, lower: str, tune: Tune | None) -> Intent:
    wishes = read(message)
    if wishes.problems:
        return Intent("refuse", wishes, problem=wishes.problems[0])
    clash = _contradiction(wishes.values)
    if clash is not None:
        return clash
    asked = _COMPOSE.search(lower) is not None or _PIECE.search(lower) is not None
    mooded = bool(wishes.mood) or "theme" in wishes.values
    specific = len(wishes.values) >= (1 if tune is None else 2)
    if (
        asked
        or (tune is None and (mooded or specific or len(lower) >= 4))
        or (tune is not None and specific and mooded)
    ):
        if not asked and not mooded and not wishes.values and not _like_a_theme(lower):
            return Intent("refuse", wishes, problem=("not-understood", ""))
        return Intent("compose", wishes)
    return Intent("refuse", wishes, problem=("not-understood", ""))


def _like_a_theme(lower: str) -> bool:
    """Whether a message without any musical word can be taken as a theme: words, not noise or markup."""
    if re.search(r"[<>{}\\=;$]|https?:", lower):
        return False
    chinese = re.findall(r"[\u4e00-\u9fff]", lower)
    words = re.findall(r"[a-z]{3,}", lower)
    vowels = [w for w in words if re.search(r"[aeiouy]", w)]
    return len(chinese) >= 4 or (len(vowels) >= 3 and len(vowels) >= 0.8 * len(words))


def _contradiction(values: dict[str, str]) -> Intent | None:
    """Two wishes that cannot both be met: a waltz in 4/4."""
    style = STYLES.get(values.get("rhythm", ""))
    meter = parse_meter(values["meter"]) if "meter" in values else None
    if style is None or meter is None or style.name in ("song", "folk song", "air", "lullaby"):
        return None
    usual = [parse_meter(text) for text in style.meters]
    if any(u is not None and u.length == meter.length and (u.unit == meter.unit or u.unit == 2)
           for u in usual):  # fmt: skip
        return None
    return Intent("refuse", problem=("contradiction", ""),
                  details={"rhythm": style.name, "usual": style.meters[0], "meter": meter.text})  # fmt: skip
