"""What a message wants, in a fixed order, from the tables of the other modules.

First what can only be one thing (nothing, undo, a greeting), then what leans on the message before it (an
answer to a question, "the second one", "no, only the ending"), then questions, changes of the tune and
new tunes. What is not understood is asked back, never guessed.
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from dataclasses import replace

from abc_tools.styles import STYLES
from abc_tools.theory import parse_meter
from abc_tools.tune import Tune
from chat.explain import read_question
from chat.phrases import language_of
from chat.requirements import MAX_BARS, Wishes
from chat.session import Session
from chat.suggest import suggestions
from chat.understand.brought_back import brought_back
from chat.understand.corrections import correction
from chat.understand.drills import drill_of
from chat.understand.elliptic import same_question
from chat.understand.followup import (
    after_question,
    choice,
    chord_instead,
    repeated,
)
from chat.understand.going_back import restoring, undone_and, went_back
from chat.understand.history import Step, read_step
from chat.understand.intents import Intent, edit_of, lost
from chat.understand.liking import DISLIKE, asks_for_style, asks_for_taste, feedback, wants_more
from chat.understand.operation import PICKED, Operation
from chat.understand.operations import Around, free_wish, read_operations
from chat.understand.parts import several
from chat.understand.place import bars_of
from chat.understand.plainly import plainly, settled
from chat.understand.pointing import bars_added, voice_before, with_them_named
from chat.understand.put_right import corrects
from chat.understand.second import Said, weighed
from chat.understand.seeds import read_seed
from chat.understand.smalltalk import (
    asks_for_check,
    asks_for_files,
    asks_for_help,
    asks_for_ideas,
    asks_for_tunes,
    is_about_other_things,
    is_insult,
    is_praise,
    looks_like_code,
)
from chat.understand.straight import straight
from chat.understand.sung_changes import read_sung_change
from chat.understand.text import normalise, spelled
from chat.understand.wishes import read

_COMPOSE = re.compile(
    r"\b(?:write|compose|create|generate|invent|improvise|make up|come up with|produce|draft|whip up|cook up|knock (?:up|out)|sketch|do)\b(?!\s+(?:bars?|the|this|it|that|these|those|you|not|i\b|out|lyrics|words))"
    r"|\b(?:give|make|show|play|get|bring|write|compose|sing) (?:me|us)\b|\b(?:i|we)(?:'d| would) (?:like|love)\b|\bwe(?:'re| are)? (?:want|need|looking for|after)\b|\bi(?:'m| am)? (?:want|need|looking for|after)\b|\blet's (?:have|hear|try)\b|\bcan i (?:have|get)\b|\bhow about an?\b|\bwhat about an?\b|\bgot any\b"
    r"|\b(?:another|new|fresh) (?:tune|song|piece|melody|one|waltz|jig|reel|march)\b|^(?:some )?music (?:for|about|to)\b|\bsurprise me\b|随便来|随便写"
    r"|(?:写|作|创作|谱|来|生成|编|想听|想要|给我|需要|要|做|整(?!首|段|支|个)|搞|弄)\s*(?:出|上|一下|点)?\s*(?:[一两二三四五几\d]\s*)?(?:首|段|支|个曲|曲|点音乐|点曲|一个)|作曲|谱曲|想听|来点|来个"
)
_PIECE = re.compile(
    r"\b(?:tune|song|piece|melody|music|composition|lead ?sheet|ditty|jingle|theme|soundtrack|anthem|etude|exercise|study|canon|round|duet|trio|quartet|blues|solo|"
    + "|".join(re.escape(w) for s in STYLES.values() for w in (s.name, *s.words) if w.isascii())
    + r")(?:e?s)?\b|\b(?:melodies|lullabies)\b|曲|歌(?!词|手)|旋律|音乐|乐曲|小调(?!\S{0,2}(?:改|变))|"
    + "|".join(w for s in STYLES.values() for w in s.words if not w.isascii())
)
_PART = re.compile(
    r"\b(?:a|an|another|new|different|better|nicer|the|this|that)\s+(?:\w+\s+){0,2}(?:bridge|ending|beginning|opening|chorus|verse|intro|introduction|outro|coda|section|part|strain|bars?|measures?|phrase|pick-?up|harmony|bass|left hand|voice|descant|chords?|words|lyrics)\b|(?:新的?|换个|更好的)(?:桥段|结尾|开头|副歌|主歌|前奏)"
)
_ORDER = re.compile(
    r"(?:please |now |then |and |also |can you |could you |would you )*(?:make|turn|change|put|set|add|give|convert|arrange|move|play|use|remove|take|keep|write (?:it|this)|end|finish|start|begin|only|just|no\b|not\b|more|less|without|with)\b|(?:请)?(?:把|将|改|变|加|去|删|换|给|用|不|再)"
)
_ASKS = re.compile(
    r"(?:i(?:'d| would) (?:like|love) to know|i (?:want|need) to know|i(?:'m)? wonder(?:ing)?|(?:can|could) you (?:please )?tell (?:me|us)|do you know) (?:if|whether|what|which|how|why|where|who)\b|(?:so |and |but |ok(?:ay)?,? |please |can you |could you )*(?:what|why|which|how|where|when|who|is|are|does|do|did|has|explain|analy[sz]e|describe|tell|compare|show)\b|为|什么|分析|解释|请问|比较|讲"
)
_THIS = re.compile(
    r"\b(?:it|this|that|them|these|those)\b|\b(?:i wish|what if|maybe|perhaps) the (?:tune|song|piece|melody|music|ending|beginning)\b|这首|这个|这段|它|把"
)


_WHAT_I_WANT = re.compile(
    r"^what (?:i(?:'m| am)? (?:really )?(?:missing|need|want|lack|would like)|i'd (?:like|love)|we need|we want|would be (?:nice|lovely|great)|'?s missing|is missing) (?:here )?is ",
    re.IGNORECASE,
)
"""A wish in the shape of a question."""


def understand(
    message: str, session: Session, tune: Tune | None, selection: tuple[int, int] | None = None
) -> Intent:
    """The intent of a message in a conversation; `selection` are the bars chosen on the score."""

    def read(text: str) -> Intent:
        return _understand(text, session, tune, selection)

    def is_question(text: str) -> bool:
        return read_question(text, tune, selection) is not None

    if not session.memory.pending[0]:
        again = same_question(normalise(message), session.memory.question, tune)
        if again is not None:
            return Intent("question", question=again)
    found = (
        several(normalise(message).strip(), read, is_question, tune) if tune is not None else None
    )
    return found if found is not None else read(message)


def _understand(
    message: str, session: Session, tune: Tune | None, selection: tuple[int, int] | None
) -> Intent:
    """The intent of a message that is taken as one."""
    text = _WHAT_I_WANT.sub("I want ", normalise(message).strip())
    text = with_them_named(settled(text, session), session)
    text = straight(text) if tune is not None else text
    lower = spelled(text.lower())
    if not re.search(r"\w", text):
        return Intent("refuse", problem=("empty", ""))
    if tune is not None and asks_for_style(lower):
        return Intent("recommend")
    if corrects(text):
        if (back := gone_back(text, lower, tune, session)) is not None:
            return back
        if meant := correction(text, tune, session):
            return Intent("edit", operations=meant, redo=True)
    plain = plainly(text, lower, tune, selection)
    if plain is not None and not (
        plain.kind == "question" and tune is not None and (
            (_REQUEST.search(lower) and read_operations(text, tune, selection))
            or _orders_notes(lower, read_operations(text, tune, selection))
        )
    ):  # fmt: skip
        return plain
    memory = session.memory
    if (seed := read_seed(text)) is not None:
        new = _composition(seed.rest, seed.rest.lower(), tune, again=True)
        return replace(new, kind="seed", seed=seed) if new.kind == "compose" else new
    if asks_for_taste(lower) or _tells_taste(lower, len(memory.found)):
        return Intent("recommend")
    offered = max(len(memory.choices), len(memory.ideas), len(memory.found))
    if offered:
        number = choice(lower, offered)
        if number:
            return Intent("choose", number=number)
    if tune is not None and asks_for_ideas(lower) and _ABOUT_IT.search(lower):
        return _advice(text, tune)
    if _KEEPS.fullmatch(lower) and tune is not None:
        return Intent("refuse", problem=("cancelled", ""))
    if _ASSENT.fullmatch(lower) and tune is not None and not session.memory.pending[0]:
        return Intent("refuse", problem=("nothing-open", ""))
    if _CANCELLED.search(lower):
        return Intent("refuse", problem=("cancelled", ""))
    if (back := gone_back(text, lower, tune, session)) is not None:
        return back
    if tune is not None and _WAS_BETTER.match(lower):
        return lost(tune)  # nothing of the kind was changed; "better" is no wish for new music
    if sung := read_sung_change(text, lower, tune, session):
        return Intent("edit", operations=tuple(sung))
    step = read_step(lower, session)
    instead = undone_and(text, tune, session)
    if instead:
        return Intent("edit", operations=instead, redo=True)
    if step is not None and not (step.kind == "undo" and correction(text, tune, session)):
        return Intent("history", step=step)
    for found in (_talk(lower), _leaning(text, lower, session, tune, selection)):
        if found is not None:
            return found
    if tune is not None and asks_for_check(lower):
        return Intent("check")
    if _TRANSLATES.search(lower):
        return Intent("refuse", problem=("no-translation", ""))
    fresh = _is_new_tune(lower)
    around = _around(session, tune, selection)
    found = _by_tables(text, lower, tune, around, fresh)
    return weighed(found, Said(text, lower, tune, around, fresh, _asks(lower)))


def gone_back(text: str, lower: str, tune: Tune | None, session: Session) -> Intent | None:
    """The intent of a message that wants one thing as it was before; None for all others."""
    if restored := restoring(text, lower, tune, session):
        return Intent("edit", operations=restored)
    step = read_step(lower, session)
    several_steps = step is not None and step.kind == "undo" and step.number > 1
    back = None if several_steps else brought_back(text, tune, session)
    back = back or went_back(text, lower, tune, session)
    if isinstance(back, Step):
        return Intent("history", step=back)
    return Intent("edit", operations=tuple(back)) if back else None


def _around(session: Session, tune: Tune | None, selection: tuple[int, int] | None) -> Around:
    """What the words of a message may point at."""
    memory = session.memory
    if tune is None:
        return Around(selection, memory.place, memory.asked)
    voice, added = voice_before(session, tune)
    return Around(selection, memory.place, memory.asked, bars_added(session), voice, added)


_TRANSLATES = re.compile(
    r"\btranslat\w+\b[^.;]{0,30}\b(?:words|lyrics|song|text|verse|it|them)\b|\b(?:words|lyrics|text|verse)\b[^.;]{0,20}\btranslat|(?:歌?词|它|唱词)[^,.;]{0,6}(?:翻译|翻成|译成)|(?:翻译|翻成|译成)[^,.;]{0,10}(?:歌?词|中文|英文|英语)"
)
_ABOUT_IT = re.compile(
    r"\b(?:it|this|that|here|my (?:tune|song|piece|melody))\b|\bimprove|\bnext\b|建议|怎么改|改进|单调|无聊|平淡|接下来|这首|它"
)


def _advice(text: str, tune: Tune) -> Intent:
    """What could be done with the tune that is open, to choose from."""
    found = suggestions(tune, language_of(text))[:3]
    return Intent("refuse", problem=("advice", ""), options=found)


_WAS_BETTER = re.compile(
    r"(?:hm+,? |no,? |nah,? |actually,? |i think )*(?:the |my )?(?:original|old|previous|earlier|former|first) (?!(?:version|one|tune|draft|song|piece)\b)[\w ]{2,24} (?:was|were|sounded|is) (?:\w+ )?(?:better|nicer)\b|(?:还是)?(?:原来|之前|以前|刚才)的?(?!版|那版|那个|曲|$)[^,.;版]{1,8}(?:更|比较)好"
)
_KEEPS = re.compile(
    r"(?:ok(?:ay)?|yes|good|great|fine|right|perfect)?[,.! ]*(?:i(?:'ll| will| want to)? |let's |please )?(?:keep|leave|stick with|go with|stay with|take) (?:this|it|that)(?: one| version)?(?: as it is| like that| like this| now| please)*[ .!]*|(?:好的?|行|嗯)?[,，]?(?:就|那就)?(?:用|要|保留|留|定)(?:这个|这版|这一版|它)(?:版本)?(?:了|吧)?[.!]*"
)
"""What is there is to stay."""
_ASSENT = re.compile(
    r"(?:yes|yeah|yep|sure|ok(?:ay)?|fine|good|great|please|go on|right)?[,.! ]*(?:please )?(?:do (?:that|it|so)|go ahead|go for it|yes please|let's do (?:it|that)|please do|make it so)[ .!]*(?:please|then|thanks)?[ .!]*|(?:好的?|行|可以|嗯|对)?[,，]?(?:就)?(?:这么|这样)(?:办|改|做|来)(?:吧)?[.!]*"
)
"""A yes where nothing was asked."""
_CANCELLED = re.compile(
    r"(?:\.{2,}|…|,|-|;|[.!?])\s*(?:oh |ah |hm+ |actually,? |no,? |or )*(?:never ?mind|nvm|forget (?:it|that|about it)|scrap that|don'?t bother|leave it(?: (?:as it is|be))?|let'?s not)[\s.!]*$"
    r"|(?:\.{2,}|…|,|[.!?])\s*(?:还是)?(?:算了|不改了|不用了|当我没说|先不改)[^,.]{0,6}(?:,(?:还是)?(?:不改了|不用了))?[\s.!]*$"
)
"""What is taken back in the same breath."""


def _tells_taste(lower: str, found: int) -> bool:
    """Whether tunes that were recommended are liked or disliked. "I like the second one" alone opens it;
    said of several, or with a wish for more, it tells a taste.
    """
    told = feedback(lower, found) if found else ()
    return bool(told) and (wants_more(lower) or len(told) > 1 or told[0][1] == DISLIKE)


def _by_tables(
    text: str, lower: str, tune: Tune | None, around: Around, fresh: bool
) -> Intent:  # fmt: skip
    """Questions, changes and new tunes, as far as the tables know their words."""
    operations = [] if tune is None or fresh else read_operations(text, tune, around=around)
    question = read_question(text, tune, around.selection)
    if _orders_notes(lower, operations):
        question = None
    if (
        question is not None
        and not _CHORDS_PLEASE.match(lower)
        and (
            _asks(lower, writes=fresh and _COMPOSE.search(lower) is not None)
            or not (
                operations
                or fresh
                or (tune is None and (_says_much(text) or _WRITES_ONE.search(lower)))
            )
        )
    ):
        return Intent("question", question=question)
    if asks_for_tunes(lower):
        return Intent("recommend")
    if tune is not None and not fresh:
        operations = operations or free_wish(text, tune, around.selection)
    if operations and _MEANING.search(lower) and not _REQUEST.search(lower):
        return lost(tune)
    if operations:
        return lost(tune) if _ASKS_FOR_FACTS.match(lower) else edit_of(operations)
    others = is_about_other_things(lower) and not (fresh or (tune is None and _says_much(text)))
    if others or looks_like_code(lower):
        return Intent("refuse", problem=("only-music", ""))
    return _composition(text, lower, tune)


_NOTE_ORDER = re.compile(
    r"(?:^|[.,;:!?-] *|\band |\bso )(?:please |just |then )*(?:make|change|turn|put|take|swap|remove|delete|drop|hold|fill|join|tie|raise|lower|move|replace|let|lengthen|shorten)\b[^?]*$"
)
_NOTE_WISH = re.compile(
    rf"{_NOTE_ORDER.pattern}"
    r"|^(?!.*\b(?:why|how|what|which|where|who|when)\b).*\b(?:can|could|may|might|would|should)\b[^?]{0,60}\b(?:be|become|go|have|get|make|sound|ring|fill|last)\b"
    r"|[改换变成][成为]|去掉|删|升高|降低|对调|换一下|填|加(?:个|上|一)"
)
"""An order, or a wish in the form of a question."""


def _orders_notes(lower: str, operations: list[Operation]) -> bool:
    """Whether exact changes of single notes were read, from words that are an order or a wish."""
    exact = bool(operations) and all(
        o.name in PICKED or o.name in ("alter-notes", "left-aside") for o in operations
    )
    single = any(o.name in PICKED for o in operations)
    return exact and (_NOTE_WISH if single else _NOTE_ORDER).search(lower) is not None


_MEANING = re.compile(
    r"什么意思|有(?:啥|什么)区别|是干(?:啥|什么)的|是什么东西|\bwhat(?:'s| is) the difference\b|\bwhat (?:does|do) [^?]{1,30} mean\b"
)
"""Questions about signs and words, whatever values stand in them."""
_CHORDS_PLEASE = re.compile(r"^(?:any |some )?chords? (?:for|on|to) (?:this|it|that)\b")


_WRITES_ONE = re.compile(
    r"\b(?:put|write|make|need|want|compose|come up with) (?:me |us )?(?:an?|some) (?:\w+ ){0,2}(?:tune|melody|song|piece)\b|(?:写|配|编|来)[^,.;]{0,6}(?:旋律|曲子?|歌)"
)
_WHAT = re.compile(
    r"是[^,.?把]{1,12}还是|^[^,.?把改换用要给]{1,8}(.)还是[^,.?]{1,8}\1(?:更?(?:好|合适|好听))?(?:[吗呢?]|$)|哪[些个一里]|差在哪|什么|(?<![这那])几个|几首|多少|为什么|为何|怎么|如何|区别|吗[?!.]?$|呢[?!.]?$|\?\s*$"
)


def _says_much(text: str) -> bool:
    """Whether a text names so much of a tune that it can only ask for one."""
    wishes = read(text)
    count = wishes.telling + bool(wishes.genre) + bool(wishes.mood) + (wishes.count > 1)
    telling = {
        "bars",
        "rhythm",
        "meter",
        "instrument",
        "voices",
        "form",
        "difficulty",
        "lyrics",
        "tempo",
    } & set(wishes.values)
    return count >= 2 and (
        bool(telling)
        or wishes.count > 1
        or any(words.search(text.lower()) for words in (_PIECE, _COMPOSE))
    )


_TELLS = re.compile(
    r"(?:please )?(?:do not|don't|do it|do that)\b|(?:请|帮我|再)?(?:加|把|改|删|去掉|写|给我|换|升|降|移|填|配|来|做)(?!.*吗[?.!]?$)"
)


_ASKS_FOR_FACTS = re.compile(
    r"(?:so |and |but |ok(?:ay)?,? |hmm,? )*(?:when|who|whose|where|why|which|what|how)(?:'s)? (?:(?:\w+ ){0,3})?(?:is|are|was|were|do|does|did|has|have|can|could|should|would|might|come|long|many|much|often|old)\b(?! about)(?!.*\b(?:please|can you|could you|instead)\b)"
    r"|if (?:i|we|he|she|they|my \w+) [^?]*\b(?:what|which|how (?:many|much|high|low|long|hard))\b(?! about)"
    r"|(?:\w+,? ){1,3}(?:which|what|how (?:long|many|much|often|old)) (?:\w+ ){0,2}(?:is|are|was|were|do|does|did)\b[^?]*\?"
    r"|(?!.*(?:请|帮我|把|能不能))[^,]*(?:合适吗|适合吗|会不会|是不是|够不够|算不算|是[^,.?]{1,12}还是|(?<![^,])[^,.?改换用要给]{1,8}(.)还是[^,.?]{1,8}\1|([高低快慢强弱长短难多少大小响亮暗稳像准对])不\2)"
)
"""A question that nothing here can answer is no order to change the tune."""
_REQUEST = re.compile(
    r"\bnothing (?:wider|bigger|larger|greater|higher|lower|longer|shorter|faster) than\b[^?]*$|\b(?:can|could|may|might) (?:we|i) (?:please |also |just |maybe )?(?:get|have) (?:an?|some|the|two|three|more|fewer|guitar|piano|chords?|words|lyrics)\b(?! (?:look|idea|question|word|explanation|name|list|copy of))|\b(?:can|could|may) (?:we|i|you) (?:please )?(?:have|get|do|put) (?:it|this|that|the (?:tune|song|whole thing)) (?:in|up|down|an?|with|without)\b|^(?:please,? |ok(?:ay)?,? |then |now |and |so |just )*(?:smooth|simplify|fix|mend|trim|shorten|lengthen|soften|thin|ease|transpose|rewrite|repeat|double|halve|swap|split|slur|raise|lower|shift|drop)\b[^?]*$|[?!.,] *[^?]*\b(?:i|we) (?:do not|don'?t|dont|really don'?t) (?:want|need) (?:them|it|those|any)\b[^?]*$|[?,.][^?]*我们?(?:都)?(?:不想要|不要|不需要)(?:了|它们?)?[^?吗]*$|^(?:please,? |can you |could you |just )*(?:no|get rid of|remove|delete|take out|drop|lose|ditch|scrap) (?:the |all |those |any |more )*\w+[^?]*$|^(?:just |only )+one (?:plain |single )?ending\b[^?]*$|^(?:an? )?(?:first|1st) (?:and|&) (?:second|2nd)[- ](?:time )?(?:endings?|bars?) (?:for|on|in|to|at)\b[^?]*$|\b(?:please|pls),? (?:transpose|add|make|change|put|move|write|remove|take|give|raise|lower)\b|(?:^|[.;!?] *)(?:up|down) (?:a|an|by|one|two|three|another)\b[^.;?]*\?$|(?:^|[.,;!?-] *)(?:up|down) (?:a|an|one|two|three|by an?) (?:(?:major|minor|perfect|whole|half) )?(?:tone|step|semitone|second|third|fourth|fifth|sixth|octave)s?\b[^?]*$|(?:^|[.,;!?-] *|\band |\bbut |\bso )(?:could|can|would|will) (?:you|we|it|that|this|the \w+(?: \w+)?) (?:please |maybe |also |perhaps |just |be )?"
    r"(?!tell|explain|say|describe|show|analy|compare|find|help|hear|see|count|name|list|play|sing|manage|go |sound)(?:make|made|change|add|put|give|move|shift|bring|drop|raise|lower|take|remove|turn|write|come up|compose|creat|invent|draft|sketch|improvis|generat|produc|think up|swap|simplif|avoid|replace|skip|leave out|get rid|rewrite|transpos|slow|speed|quiet|loud|higher|short|long|fit|wander|modulat|drift|climb|rise|end\b|finish|start|begin|repeat|lose|become|swing|rest\b|drop|build|grow|fade)"
    r"|(?:简化|改|换|移|降|升|删|缩短|延长|加快|放慢|改写|重写)(?:一下|掉|吧)(?!.*(?:[吗?]|什么|怎么|区别|哪))|[改换变移升降删加写配调](?:成|到|掉|为|一下|高|低)?[^,.;?什么哪多几会]{0,16}(?:好吗|行吗|可以吗|好不好|行不行|可不可以|好么)|(?:能不能|能否|可不可以|可否|可以|能)(?:请|帮我|给我|帮忙|把|再|在|从|让)?[^,.;?]{0,10}(?:加|添|改|写|换|去掉|删|移|升|降|配|变|调|拆|合并|缩短|延长)(?!.{0,4}(?:什么|哪|多少))"
)
"""A wish in the form of a question: "could you make the second part climb higher?"."""


def _asks(lower: str, *, writes: bool = False) -> bool:
    """Whether a message has the form of a question; a polite request to write has a question mark, too."""
    if _TELLS.match(lower) or _REQUEST.search(lower):
        return False
    return _ASKS.match(lower) is not None or (not writes and _WHAT.search(lower) is not None)


def _talk(lower: str) -> Intent | None:
    """Greetings, praise, insults, a wish for ideas."""
    if asks_for_help(lower):
        return Intent("answer", topic="help")
    if is_praise(lower):
        return Intent("answer", topic="praise")
    if is_insult(lower):
        return Intent("answer", topic="insult")
    if asks_for_files(lower):
        return Intent("answer", topic="files")
    return (
        Intent("ideas", topic=lower) if asks_for_ideas(lower) and not _orders_much(lower) else None
    )


def _orders_much(lower: str) -> bool:
    """Whether a message says what it wants although somebody is stuck: key, meter, length."""
    return (
        len(
            {"key", "meter", "bars", "range", "note_values", "instrument", "rhythm"}
            & set(read(lower).values)
        )
        >= 3
    )


def _leaning(
    text: str, lower: str, session: Session, tune: Tune | None, selection: tuple[int, int] | None
) -> Intent | None:
    """What only makes sense after the message before it."""
    code, asked = session.memory.pending
    if code:
        joined = after_question(code, asked, text, lower)
        if joined is not None:
            plain = replace(session, memory=replace(session.memory, pending=("", "")))
            return understand(joined, plain, tune, selection)
    if tune is None:
        return None
    corrected = correction(text, tune, session)
    if corrected:
        return Intent("edit", operations=corrected, redo=True)
    again = chord_instead(text, tune, session) or repeated(text, lower, tune, session)
    if again:
        return Intent("edit", operations=again)
    if session.memory.before is not None and _NO_ALONE.fullmatch(lower):
        return Intent(
            "refuse", problem=("which-of", text), options=(_UNDO_SAID[language_of(text)],)
        )
    if session.memory.request and _SAME.search(lower) and not _OF_A_PART.search(lower):
        return _composition(
            f"{session.memory.request}. {_SAME.sub(' ', text)}", lower, tune, again=True
        )
    return None


_NO_ALONE = re.compile(
    r"(?:oh |hm+,? |ah,? |um,? )*(?:no+|nope|nah|no no|no thanks?|not that|wrong|that'?s (?:wrong|not (?:it|right|what i (?:meant|wanted)))|not what i (?:meant|wanted|asked for))[.!, ]*|(?:不|不对|不行|不好|不是|不是这样|不是我要的|错了|不喜欢)[.!吧啊,]*"
)
"""A change is not liked, and nothing is said of what shall be instead."""
_UNDO_SAID = {"en": "undo", "zh": "撤销"}
_OF_A_PART = re.compile(
    r"\b(?:line|verse|chorus|bridge|bars?|measures?|ending|intro|words?|lyrics|chords?|left hand|bass|part|section|notes?|rhythm|title)\b|句|词|小节|结尾|前奏|和弦|左手|段|节奏|标题"
)
"""What is to be tried again is a part of the tune, not the tune."""
_SAME = re.compile(
    r"\b(?:the )?same (?:again|thing|one|tune|song|piece|style|kind)?(?: again)?,?\s*(?:but|only|except|in|with)\b|\banother (?:one|like (?:that|this|it)|version|try)(?:,? (?:but|in|with|please))?|\b(?:try|do) (?:it )?again\b|\bone more(?: like (?:that|this|it))?(?! time)\b|\bmake another\b|\ba new one\b|\bstart (?:over|again|fresh)\b"
    r"|再(?:来|写|作|做)一(?:首|个|段|遍)(?:类似的|一样的)?|同样的?(?:曲子|风格)?(?:但|不过|只是|,)|换一首|重新来(?:一首|过)?",
    re.IGNORECASE,
)


_SHOWS = re.compile(
    r"(?:please |can you |could you |now |and |ok(?:ay)?,? )*(?:show|tell|point out to|remind|give) (?:me|us) (?:again )?(?:where|what|which|how|why|when|who)\b"
)
"""A question in the form of an order."""
_AS_IT_IS = re.compile(
    r"\b(?:leave|keep) the (?:\w+ ){1,3}(?:as (?:it|they) (?:is|are)|alone|unchanged|untouched)\b|\b(?:leave|keep) (?:the |my |this )?(?:original |existing |whole )?(?:tune|melody|notes|music)\b.{0,20}\b(?:alone|as|the same|unchanged|intact)\b|\bthe (?:original|existing) (?:tune|melody)\b|\b(?:don'?t|do not|without) (?:touch|chang|alter|mov)\w* (?:a |any |the |a single |single |one )*(?:notes?|melody|tune)\b|\b(?:got|have|has|had|wrote|written|finished) (?:the|a|my|our) (?:tune|melody|music)\b[^.;]{0,12}[.;,-]|\b(?:tune|melody|song|piece)(?:'s| is) (?:already |all )*(?:done|finished|ready|fixed|written|complete|there)\b|\b(?:tune|melody|notes|rhythm|music|rest) (?:can |should |must |is to |has to )?(?:stays?|remains?)\b|(?:旋律|曲子|曲调|调子|谱子|歌)(?:已经|都|就|也)*(?:写好|做好|编好|定|完成|有|弄好)了|(?:原来|原有|原本)的?(?:旋律|曲|音)|(?:旋律|曲子|音符|别的|其他|其余)(?:都|地方)?(?:保持|照旧|不要?|别)?(?:不变|不动|原样|照旧|别动)|(?:旋律|曲子|音符|谱子|别的|其他|其余)(?:都|地方)?(?:不要|别|不用|不能)(?:再)?(?:动|改|变|碰)"
)
"""What is there shall stay: of the tune that is open."""


def _is_new_tune(lower: str) -> bool:
    """Whether a message asks for a whole new tune although there is one."""
    if drill_of(lower):
        return True
    if _SHOWS.match(lower):
        return False
    lower = lower.replace("歌词", "词")  # words of a song that is there
    if re.search(r"扩(?:展|充|写)?(?:成|到|为)|[加缩补]到\s*\S{1,3}小节|缩短|延长|加长", lower):
        return False
    if re.search(r"[a-h]段|第.{1,4}小节|左手|右手|伴奏", lower) and not re.search(
        r"[首支]|曲子|歌|舞曲", lower
    ):
        return False
    if re.match(
        r"(?:(?:歌)?词(?:里|要|就|请|全|都)?[写讲唱改换]|(?:the )?(?:lyrics|words)\b)", lower
    ):
        return False
    if _AS_IT_IS.search(lower) and not re.search(r"\bnew (?:tune|song|piece)\b|[一首]首", lower):
        return False
    part, piece = _PART.search(lower), _PIECE.search(lower)
    whole = re.search(r"\bnew (?:tune|song|piece)\b|一首", lower)
    if part and not whole and (piece is None or part.start() <= piece.start()):
        return False
    if _COMPOSE.search(lower) is not None and _PIECE.search(lower) is not None:
        made = re.search(
            r"\b(?:make|turn|change|convert|arrange|transform|play|rewrite|give|set|put) (?:it|this|that|the)\b(?! to (?:an? (?:\w+ )?(?:tune|melody)|music))|(?:把|将)(?:它|这)|改[成编为]|变成",
            lower,
        )
        return made is None
    if re.search(r"\bset (?:these|this|the following|my)\b.*\bto music\b|谱曲|谱成", lower):
        return True
    if not (_THIS.search(lower) or _CHANGE.search(lower) or _THE_TUNE.search(lower)):
        wishes = read(lower)
        if _ORDER.match(lower) and not {"key", "bars"} <= set(wishes.values):
            return False
        count = wishes.telling + bool(wishes.genre) + bool(wishes.mood)
        if count >= (2 if piece else 3) and (
            piece or {"bars", "rhythm", "seconds"} & set(wishes.values)
        ):
            return True
    return (
        re.match(r"(?:now |ok(?:ay)?,? |then |next,? |please,? |and now )*(?:an?|one|some|another)\s", lower) is not None
        and _PIECE.search(lower) is not None and not re.match(r"a (?:bit|little|tad|touch|lot)\b", lower)
    )  # fmt: skip


_THE_TUNE = re.compile(
    r"\bthe (?:tune|melody|theme|song|piece)\b|\bfrom (?:bar|measure) \d|\b(?:in|at|on) (?:bars?|measures?) \d|第\s*\d+\s*(?:到\d+)?小节"
)
"""Words of the tune that is open."""


# -- new tunes --------------------------------------------------------------------------------


def _composition(text: str, lower: str, tune: Tune | None, again: bool = False) -> Intent:
    wishes = read(text)
    if wishes.problems:
        code, said = wishes.problems[0]
        return Intent("refuse", wishes, problem=(code, said), details={"limit": str(MAX_BARS)})
    clash = contradiction(wishes)
    if clash is not None:
        return clash
    intent = Intent("compose", wishes, request=text)
    if again:
        return intent
    asked = _COMPOSE.search(lower) is not None or _PIECE.search(lower) is not None
    hinted = bool(wishes.mood or wishes.genre) or "theme" in wishes.values
    asked_for = wishes.telling if tune is not None else len(wishes.values)
    specific = asked_for - ("theme" in wishes.values)
    if tune is None and _ADDS.match(lower) and not _PIECE.search(lower.replace("歌词", "词")):
        return lost(None)
    if tune is None:
        if _wonders(lower, wishes):
            return Intent("refuse", wishes, problem=("not-understood", ""))
        if asked or hinted or specific or _like_a_theme(lower):
            return intent if not _refers(lower) or specific or asked or hinted else lost(tune)
        return Intent("refuse", wishes, problem=("not-understood", ""))
    if _THIS.search(lower) and not _is_new_tune(lower):
        return Intent("refuse", wishes, problem=("not-understood", ""))
    if (_SPEAKS_OF_IT.search(lower) or _ORDERS_CHANGE.match(lower)) and not _is_new_tune(lower):
        return Intent("refuse", wishes, problem=("not-understood", ""))
    if (
        (asked and (hinted or specific or _COMPOSE.search(lower)))
        or (specific > 1 and not _refers(lower))
        or (specific and hinted)
    ):
        return intent
    place, wrong = bars_of(text, tune)
    if place is not None or wrong is not None:
        return Intent("refuse", wishes, problem=("not-understood", ""))  # it speaks of bars
    if hinted or _like_a_theme(lower):
        return Intent("refuse", wishes, problem=("new-or-change", ""))
    return Intent("refuse", wishes, problem=("not-understood", ""))


_ADDS = re.compile(
    r"(?:please |can you |could you |now |and |ok,? |just )*(?:add|append|insert|put (?:in|on)|attach|(?:write|make|do|give it)(?= (?:an? |some |the |me )*(?:left hand|second voice|chords?|words|lyrics|bass|harmony|descant)\b))\b(?! (?:me|us|up)\b)|(?:请|帮我|再|给它|给这首)*(?:加上?|添上?|配上?)(?:一?[个些条段]|点)?(?:左手|伴奏|第二声部|低声部|和弦|歌词|低音|装饰音|前奏|尾声|力度|换气)"
)
"""What is put to a tune that is there."""
_WONDERS = re.compile(
    r"(?:so |and |but |ok(?:ay)?,? |hey,? |hi,? )*(?:what|which|why|how|who|when|where|is|are|does|do (?:i|you|we|they)|did|has|have)(?:'s|'re)?\b(?! about\b)"
    r"|.*(?:有什么|有哪些|是什么|什么是|怎么|如何|为什么|为何|哪个|哪些|哪里|(?<![这那])几个|多少|什么关系|什么区别)"
)
_WOULD_SOUND = re.compile(
    r"\bsounds? like\b|\bdo you have\b|\bhave you got\b|\bis it possible\b|\bare you able\b|听起来"
)


def _wonders(lower: str, wishes: Wishes) -> bool:
    """Whether a message without a tune asks about something, and for nothing to be written: a key that is named in a
    question is no wish for a tune in it.
    """
    if _COMPOSE.search(lower) or _WRITES_ONE.search(lower) or _WOULD_SOUND.search(lower):
        return False
    if _WONDERS.match(lower):
        return True
    bare = not (wishes.mood or wishes.genre or _PIECE.search(lower)) and set(wishes.values) <= {
        "key",
        "scale",
    }
    return bare and re.search(r"\?\s*$|吗$|呢$", lower) is not None and bool(wishes.values)


_ORDERS_CHANGE = re.compile(
    r"(?:please |can you |could you |now |and |just |ok,? )*(?:swap|replace|change|remove|take|lose|keep|leave|double|halve|raise|lower|fix|move|cut|drop|shorten|shift|delete|mark|tie|slur|fill|smooth|repeat|copy|turn|convert|harmoni[sz]e)\b"
)
_SPEAKS_OF_IT = re.compile(
    r"\b(?:hates?|can't|cannot|don't like|dislike|anything else|there|(?:fix|correct|change) the|the (?:title|lyrics|words) (?:is|are|should|say|says)|no longer|any ?more|the (?:accompaniment|bass(?: line)?|left hand|right hand|harmony|(?:upper|lower|top|bottom) (?:voice|part|line)))\b|不(?:需要|用|要)了|用不着|歌词里|词里的|[a-h]段|第.{1,4}小节|左手|右手|伴奏|结尾|最后",
    re.IGNORECASE,
)
"""Complaints and places: of the tune that is open, not of one to come."""


_CHANGE = re.compile(
    r"\b(?:do not|don'?t|only add|just add|transpose|undo|redo|delete|remove|insert|move|copy|repeat|swap|rename|faster|slower|louder|quieter|higher|lower|simpler|easier|shorter|longer|rewrite|reharmoni[sz]e)\b|(?:升高|降低|移调|移到|删|去掉|拿掉|撤销|快一点|慢一点|改成|变成|改为|换成|换掉|换一下|换过来|对换|填上|填词|配上|插入|复制|交换|调换|对调|互换|保留|只留|只要旋律|重写|重新)"
)


def _refers(lower: str) -> bool:
    """Whether a message speaks of a tune that is to be there already."""
    return _CHANGE.search(lower) is not None


def _like_a_theme(lower: str) -> bool:
    """Whether a message without any musical word can be taken as a theme: words, not noise or markup."""
    if re.search(
        r"[<>{}\\=;$|]|https?:|\b(?:select|drop table|import|sudo|ignore (?:all|previous))\b", lower
    ):
        return False
    if re.search(
        r"\?\s*$|吗$|^(?:what|why|who|where|when|how|which|is|are|do|does|can|could|tell)\b", lower
    ):
        return False
    chinese = re.findall(r"[\u4e00-\u9fff]", lower)
    words = re.findall(r"[a-z]{3,}", lower)
    vowels = [
        w
        for w in words
        if re.search(r"[aeiouy]", w) and not re.search(r"(.)\1\1|[bcdfghjklmnpqrstvwxz]{5}", w)
    ]
    return (len(chinese) >= 4 and len(set(chinese)) > max(2, len(chinese) // 2)) or (
        len(vowels) >= 2 and len(vowels) >= 0.8 * len(words) and len(set(vowels)) > 1
    )


def contradiction(wishes: Wishes) -> Intent | None:
    """Two wishes that cannot both be met: a waltz in 4/4, an AABA of 3 bars, two keys."""
    values = wishes.values
    style = STYLES.get(values.get("rhythm", ""))
    meter = parse_meter(values["meter"]) if "meter" in values else None
    free = (
        "song",
        "folk song",
        "air",
        "lullaby",
        "ballad",
        "hymn",
        "carol",
        "nursery rhyme",
        "shanty",
    )
    if style is not None and meter is not None and style.name not in free:
        usual = [parse_meter(text) for text in style.meters]
        if not any(u is not None and u.length == meter.length and u.compound == meter.compound
                   for u in usual):  # fmt: skip
            return Intent("refuse", wishes, problem=("contradiction", ""), details={
                "rhythm": style.name, "usual": style.meters[0], "meter": meter.text})  # fmt: skip
    if "form" in values and "bars" in values and int(values["bars"]) < len(values["form"]):
        return Intent("refuse", wishes, problem=("form-too-long", values["form"]),
                      details={"bars": values["bars"]})  # fmt: skip
    if "other-key" in wishes.details and "modulation" not in values:
        return Intent("refuse", wishes, problem=("two-keys", values["key"]),
                      details={"other": wishes.details["other-key"]})  # fmt: skip
    return None
