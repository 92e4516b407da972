"""What a message can only mean one way, whatever the tables would make of its words: questions of a fixed shape, who we
are, other languages, wishes that exclude each other, abuse, a yes to what was offered.

Asked before anything else, so it must be narrow: what is said here is never a wish for a tune or a change that can be met.
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from abc_tools.numbers import NUMBER
from abc_tools.theory import ALTER_NAMES
from abc_tools.tune import Tune
from chat.explain import fixed_question, read_question
from chat.explain.asked_names import SIGNS, key_in
from chat.session import Session
from chat.understand.followup import choice
from chat.understand.in_talk import in_talk
from chat.understand.intents import Intent
from chat.understand.smalltalk import asks_of_life
from chat.understand.text import without_titles
from chat.understand.tongues import is_foreign


def plainly(
    text: str, lower: str, tune: Tune | None, selection: tuple[int, int] | None
) -> Intent | None:
    """The intent of such a message; None for all others."""
    if is_foreign(without_titles(text)):
        return Intent("answer", topic="tongues")
    if about := _about_us(lower):
        return Intent("answer", topic=about)
    if (wrong := impossible(lower)) is not None:
        return wrong
    if is_abuse(lower):
        return Intent("answer", topic="insult")
    if _copies(lower):
        return Intent("answer", topic="copies")
    if _PROMPT.search(lower):
        return Intent("answer", topic="prompt")
    if is_vague(lower):
        return Intent("answer", topic="vague")
    if tune is None and asks_of_life(lower) and read_question(text, None) is None:
        return Intent("refuse", problem=("only-music", ""))
    if _RECOMMEND.search(lower):
        return Intent("recommend")
    question = fixed_question(text, tune, selection)
    if question is not None:
        return Intent("question", question=question)
    if tune is None and _REASON.match(lower) and not _WRITES.search(lower):
        asked = read_question(text, None)
        return Intent("question", question=asked) if asked is not None else lost_reason()
    return None


_COPY = re.compile(
    r"\bnote[- ]for[- ]note\b|\b(?:exact|actual|real|original|complete|full|whole) (?:melody|tune|notes|song|music|score|sheet music|chords|transcription)\b.{0,24}\b(?:of|to|from|for|by)\b|\btranscri(?:be|ption)\b|\bplay(?:s)? exactly\b|一模一样|原样(?:写|抄|照)|照抄|照搬|扒(?:谱|一下|出)|(?:完整|原版)的?(?:乐谱|曲谱|谱子|旋律)|原曲(?:的)?(?:旋律|谱|乐谱)"
)
_KNOWN_SONG = re.compile(
    r"\b(?:by|of|from|to) (?:the )?(?:newest|latest|new|famous|current|last|original|hit)?\s?(?:\w+ ){0,3}(?:single|album|hit|song|movie|film|soundtrack|theme song|band|artist)\b|\b(?:taylor swift|beatles|adele|coldplay|ed sheeran|queen|abba|bts|disney|star wars|harry potter|frozen|let it go|zelda|billie eilish|drake|bob dylan|elton john|rihanna|beyonc[eé]|michael jackson|hans zimmer|john williams|pokemon|game of thrones)\b|周杰伦|邓丽君|林俊杰|五月天|陈奕迅|王菲|李荣浩|薛之谦|毛不易|青花瓷|稻香|晴天|久石让|千与千寻|原神|歌手|流行歌曲|那首歌|这首歌的原|最新单曲|新歌"
)
_LIKE = re.compile(
    r"\b(?:like|style|styled|inspired|reminiscent|in the (?:style|manner|spirit|vein)|similar|sounds? like|vibe|feel)\b|风格|类似|像|感觉|味道"
)


def _copies(lower: str) -> bool:
    """Whether a known song is wanted as it is, and not one like it."""
    if _LIKE.search(lower) or re.search(
        r"\b(?:bars?|measures?|小节) ?\d|第.{1,3}小节|\bthis\b|\bmy\b|这首|这段", lower
    ):
        return False
    return _COPY.search(lower) is not None and _KNOWN_SONG.search(lower) is not None


_PROMPT = re.compile(
    r"\b(?:ignore|disregard|forget) (?:everything|all|any|the|your|what)\b.{0,30}\b(?:above|before|previous|prior|instructions?|rules|told)\b|\b(?:your|the|system|hidden) (?:system )?(?:prompt|instructions?|password|api keys?|secrets?)\b(?=.{0,60}(?:print|show|tell|reveal|repeat|output|$|[?.!,]))(?<!follow the instructions)|\b(?:print|show|reveal|repeat|output|tell me) (?:the (?:text|content) of )?your (?:system )?(?:prompt|instructions|password|rules)\b|(?:忽略|无视|忘掉)(?:以上|上面|之前|前面|所有)|(?:系统)?提示词|(?:你的|系统)(?:密码|指令|密钥)"
)
_FILLER = re.compile(
    r"\b(?:um+|uh+|hm+|er+m?|well|so|like|you know|sort of|kind of|kinda|sorta|i mean|how (?:do|should|can) i (?:say|put) (?:it|this|that)|just|maybe|could you|can you|would you|please|that|the|a|an|some|it|this|is|feeling|feel|vibe|vibes|thing|thingy|stuff|something|somehow|whatever|if you (?:get|know) what i mean|know what i mean|get me|right|and|or|i|want|need|do|more|with|more of|make|be|of|in|way|one|bit|a bit)\b|[\s,.;:!?…~-]"
    r"|怎么说(?:呢|好|才好)?|你(?:懂|知道|明白)(?:的|吧|吗|我意思)?|那种|那个|这种|这个|感觉|就是|就|嗯+|呃+|额+|啊|吧|呢|嘛|哦|的|了|有点|有那么点|一点|点|说不(?:清|上来|出)|反正|大概|可能|某种|什么的|之类|我|想|要|它|有|是|，|。|？|！"
)
_HINT = re.compile(
    r"\b(?:you know|sort of|kind of|kinda|sorta|vibe|thing(?:y)?|know what i mean|feeling)\b|那种感觉|你懂|怎么说|说不(?:清|上来|出)|这种感觉|那个感觉"
)


_THAT_THERE = re.compile(
    r"(?:请|帮我|把|就|再|给)*(?:这|那)(?:个|一)?(?:地方|部分|东西|里|块|边|处)(?:再|也|就|给我)*(?:这样|那样|像那样|像之前那样)(?:弄|搞|整|改|做|来)(?:一下|一弄|吧|一遍)?[.!。,]*|(?:please |can you |just )*(?:do|make|fix|change) (?:that|the) (?:thing|bit|stuff) (?:there |over there |like that |again )*(?:like that|that way|you know)[.!]*"
)


def is_vague(lower: str) -> bool:
    """Whether a message hints at something and says nothing.

    >>> is_vague("嗯……怎么说呢，就那种感觉你懂吧"), is_vague("you know, that vibe thing"), is_vague("that sad feeling")
    (True, True, False)
    """
    if _THAT_THERE.fullmatch(lower):
        return True
    return len(lower) < 80 and _HINT.search(lower) is not None and not _FILLER.sub("", lower)


_REASON = re.compile(r"(?:so |and |but )?(?:why\b|how come\b)|为什么|为何|为啥|怎么会")
_WRITES = re.compile(
    r"\bwhy (?:not|don'?t)\b|\b(?:write|compose|make|create|give|sing|play|do) (?:me|us|one|an?|some|it)\b|[写作谱编来]一?[首段支个]"
)


def lost_reason() -> Intent:
    """A reason is asked for that nothing here knows: never a wish for a tune."""
    return Intent("refuse", problem=("not-understood", ""))


_RECOMMEND = re.compile(
    r"\brecommend\w*\b.{0,60}\b(?:tunes?|songs?|pieces?|jigs?|reels?|waltz(?:es)?|marches|polkas?|hornpipes?|airs?|music|repertoire|something (?:to|for|like))\b"
    r"|\b(?:any|some|find|know|are there|got|have you)\b.{0,24}\b(?:tunes?|songs?|pieces?)\b.{0,24}\b(?:easier|simpler|harder|like this|similar)\b|\b(?:tunes?|songs?|pieces?|jigs?|reels?|waltzes|marches|polkas?|hornpipes?|airs?)\b.{0,60}\b(?:recommend|suggest)\b|推荐.{0,16}(?:[首支]|曲|歌|练习)|有(?:没有|什么).{0,10}(?:更简单|容易|类似).{0,8}(?:曲|歌)"
)
_ABOUT: tuple[tuple[str, str], ...] = (
    ("made", r"\bwho (?:made|built|created|wrote|programmed|developed|designed|trained|invented) (?:you|u|this (?:app|bot|thing|program|site|chat))\b|\bwho(?:'s| is) (?:behind (?:you|this)|your (?:maker|creator|author|developer|boss|owner))\b|\bare you (?:chat ?gpt|gpt|an? ai|ai|a robot|human|a (?:real )?(?:person|human)|a bot|openai|claude|gemini|real)\b|\b(?:which|what) (?:ai|model|llm|language model) (?:are you|is this|do you use)\b|你是(?:由)?谁(?:做|造|写|开发|创造|设计|训练)|谁(?:做|造|开发|创造|设计|训练|发明)(?:的|了|出)?你|你的(?:开发者|作者|主人|创造者)|你是(?:不是)?(?:一个)?(?:chatgpt|gpt|ai|人工智能|机器人|真人|人类)|你(?:是|用)(?:的)?什么(?:大)?模型"),
    ("remember", r"\b(?:do|will|can|did|would|are) you (?:still |ever |going to |able to )?(?:remember|recogni[sz]e|know) (?:me|us|who i am|my name|our|what (?:i|we) (?:said|did|wrote|made))\b|\b(?:do|will|are) you (?:\w+ )?(?:stor|sav|keep|record|collect|shar)\w*\b.{0,30}\b(?:my|our|me|what (?:i|we)|data|messages?|conversations?|chats?)\b|\bis (?:this|our|my) (?:chat|conversation|data) (?:private|saved|stored|kept|recorded|safe)\b|\bwhat do you know about me\b|\bwhat happens (?:to|with) my (?:data|messages|tunes)\b|(?:能|会|还)?(?:不能|不会)?记(?:得|住|着)(?:我|我们)(?!的(?:曲|旋律|和弦))|(?:保存|存储|记录|收集|泄露).{0,4}(?:我的|聊天|对话|数据|隐私)|(?:聊天|对话).{0,6}(?:保密|会保存|被保存)|隐私"),
)  # fmt: skip


def _about_us(lower: str) -> str:
    """ "made", "remember" or both, where a message asks who made us, or what is kept of people."""
    if len(lower) > 120:
        return ""
    return " ".join(name for name, pattern in _ABOUT if re.search(pattern, lower))


# -- wishes that exclude each other ------------------------------------------------------------------------

OPPOSITES: tuple[tuple[str, str, str], ...] = (
    ("loudness", r"\b(?:louder|forte|fortissimo)\b|大声|响一?[点些]|更响|[变加]强|强一?[点些]", r"\b(?:softer|quieter|piano|pianissimo)\b|小声|轻一?[点些]|更轻|[变减]弱|弱一?[点些]"),
    ("speed", r"\b(?:faster|quicker|speed(?:ed)? up)\b|快一?[点些]|更快|加快|又快", r"\b(?:slower|slow(?:ed)? down)\b|慢一?[点些]|更慢|放慢|又慢"),
    ("pitch", r"\b(?:higher)\b|高一?[点些]|更高|升高|又高", r"\b(?:lower)\b(?! (?:voice|part|hand))|低一?[点些]|更低|降低|又低"),
    ("length", r"\b(?:longer|lengthen)\b|长一?[点些]|更长|加长|又长", r"\b(?:shorter|shorten)\b|短一?[点些]|更短|缩短|又短"),
    ("difficulty", r"\b(?:simpler|easier)\b|简单一?[点些]|更简单|更容易|又简单", r"\b(?:harder|more (?:difficult|complex|complicated))\b|难一?[点些]|更难|更复杂|又难|又复杂"),
)  # fmt: skip
_AT_ONCE = re.compile(
    r"\bat the same time\b|\bsimultaneously\b|\bboth\b|\bat once\b|\beverywhere\b|\bthroughout\b|同时|一边.{1,8}一边|[又既].{1,8}又"
)
_APART = re.compile(
    r"\bthen\b|\bbars? \d|\b(?:first|second|third|last) (?:half|part|section|phrase|time|verse)\b|\bmelody\b.*\b(?:bass|chords?|left hand)\b|\bstart\b|\bend\b|\bgradual|先|然后|再|第.{1,4}[小段句半]|前半|后半|渐|旋律.*(?:伴奏|低音|左手)"
)
_NO_NOTES = re.compile(
    r"\b(?:with(?:out)?|that has|which has|having|contains?|containing)\b (?:no|any|zero|(?:not )?a single|0) (?:single )?(?:notes?|pitches|sounds?)(?: in it| in there| at all| whatsoever)?(?: please)?[\s.!?]*$|\b(?:tune|song|piece|melody|music|waltz|jig|reel)\b.{0,24}\b(?:without|with no|with zero|that has no|with 0) (?:any |single )*(?:notes?|sound|pitches)\b(?! (?:longer|shorter|above|below|higher|lower|outside|other|but|except|in|on|of))|(?:没有|不含|不带|零个|一个也没有|不要)(?:任何)?(?:一个)?(?:音符|音)的?(?:曲|歌|旋律|音乐|乐)"
)
_ENDLESS = re.compile(
    r"(?<![\d.])(\d{5,}|\d{1,3}(?:,\d{3})+)[ -]*(?:bars?\b|measures?\b|个?小节)|\b((?:an? |one |two |five |ten )?(?:thousand|hundred thousand|million|billion|trillion|gazillion|zillion)s?(?: of)?)[ -](?:bars?|measures?)\b|\b(?:an? )?(infinite|endless|unlimited)(?: number of)? (?:bars|measures)\b|([一二三五十两几]?[百千]?[万亿])个?小节"
)
_SLOW = re.compile(
    r"\bsnail'?s? pace\b|\b(?:very|extremely|really|dead|super) slow\w*\b|\bas slow as\b|\b(?:largo|grave|larghissimo)\b|\bcrawl(?:ing)?\b|非常慢|很慢|极慢|特别慢|慢吞吞|广板"
)
_FAST = re.compile(
    r"\b(?:very|extremely|really|super) fast\b|\bas fast as\b|\bpres(?:to|tissimo)\b|\blightning\b|非常快|很快|极快|特别快|飞快|急板"
)
_BPM = re.compile(
    r"\b(\d{2,3}) ?(?:bpm|beats (?:a|per) minute)\b|(?:♩|四分音符) ?= ?(\d{2,3})|每分钟 ?(\d{2,3}) ?拍"
)


def _tempo_clash(lower: str) -> bool:
    """Whether words of speed and a number say opposite things: at a snail's pace, 200 bpm."""
    match = _BPM.search(lower)
    if match is None:
        return False
    rate = int(next(g for g in match.groups() if g))
    return bool((_SLOW.search(lower) and rate >= 150) or (_FAST.search(lower) and rate <= 60))


_BANNED = re.compile(
    r"(?:\bwithout(?: using)?(?: any of)?|\bno|\b(?:don'?t|do not|never|not) (?:use|have|play|include)|\bavoid(?:ing)?|\bleav(?:e|ing) out|\bexcept|不(?:许|要|能|准|可以?|得)?(?:出现|用|有|含|使用)|没有|去掉|避开) ?(?:the |any |of |notes? |its |音)*(?P<n>[a-g](?:[#b]| flat| sharp)?(?:(?:\s*[,、/]\s*|\s*,?\s*(?:and|or|nor|和|与|跟|或)\s*|\s+)[a-g](?:[#b]| flat| sharp)?(?![a-z]))*)(?![a-z]|\s*(?:major|minor|大调|小调))"
)


def _without_tonic(lower: str) -> bool:
    """Whether a tune is wished for in a key all of whose tonic chord is forbidden."""
    match, key = _BANNED.search(lower), key_in(lower)
    if match is None or key is None:
        return False
    letters = {
        m[1].upper() + SIGNS.get(m[2].strip(), "")
        for m in re.finditer(r"(?<![a-z])([a-g])([#b]| flat| sharp|)(?![a-z])", match["n"])
    }
    chord = {
        f"{step}{ALTER_NAMES[round(alter)]}" for step, alter in (key.scale[n] for n in (0, 2, 4))
    }
    return chord <= letters


_MINUS = re.compile(
    rf"(?:\b(minus|negative) ({NUMBER})|(?:^|\s)(-)(\d+)|(负)({NUMBER}))[\s-]*(?:bars?\b|measures?\b|小节)"
)
_KEY_KEPT = re.compile(
    r"(?:chang|switch|mov|put|set|transpos)\w*.{0,24}\b(?:key|to [a-g](?: (?:flat|sharp))? (?:major|minor))\b.{0,40}(?:(?:don'?t|do not|without|not) (?:chang|touch|mov|alter)\w* (?:any |a single |one |the |of the |its )*(?:notes?|pitch(?:es)?)|(?:keep|leav)\w* (?:all |every |the )*(?:of the )?(?:notes?|pitch(?:es)?))|(?:换|改|变|移)(?:个|一个|成.{1,5})?调.{0,12}(?:音符?|音高)(?:都|一个)?(?:都)?(?:不要|不能|别|不|保持)(?:动|变|改|不变)?"
)


def impossible(lower: str) -> Intent | None:
    """A wish that cannot be met because it excludes itself, asked back."""
    if re.search(r"no wait|不对,", lower):
        return None
    if match := _MINUS.search(lower):
        said = f"{match[1] or match[3] or match[5]} {match[2] or match[4] or match[6]}"
        said = re.sub(r"(?<=[-负]) ", "", said)
        return Intent("refuse", problem=("no-such-length", said), details={"limit": "96"})
    if match := _ENDLESS.search(lower):
        return Intent(
            "refuse",
            problem=("no-such-length", next(g for g in match.groups() if g)),
            details={"limit": "96"},
        )
    if _NO_NOTES.search(lower):
        return Intent("answer", topic="no-notes")
    if _without_tonic(lower):
        return Intent("answer", topic="no-tonic")
    if _tempo_clash(lower) and not _APART.search(lower):
        return Intent("answer", topic="tempo clash")
    if _KEY_KEPT.search(lower):
        return Intent("answer", topic="key-kept")
    if _AT_ONCE.search(lower) and not _APART.search(lower):
        for name, one, other in OPPOSITES:
            if re.search(one, lower) and re.search(other, lower):
                return Intent("answer", topic=f"opposite {name}")
    return None


# -- abuse, consent -----------------------------------------------------------------------------------------------

_ABUSE = re.compile(
    r"\b(?:useless|garbage|rubbish|trash|crap\w*|terrible|awful|horrible|suck\w*|stupid|idiot\w*|moron\w*|dumb|pathetic|hopeless|worthless|waste of (?:time|space)|piece of (?:junk|crap)|shit\w*)\b|垃圾|没用|难听(?:死|透)|太烂|糟透|废物|差劲|蠢|笨"
)
_OF_US = re.compile(
    r"\b(?:you|you're|your|u|ur|this (?:app|bot|thing|program|site|machine)|last (?:thing|one|tune|song))\b|你|这(?:个)?(?:软件|程序|机器人|东西)|刚才那|上一首"
)
_WANTS = re.compile(
    r"\b(?:make|write|change|try|add|transpose|rewrite|another|new|please|can you|could you|would you|instead|bars?|chords?|slower|faster|louder|softer|higher|lower|again|fix|undo|remove|delete|turn|play|sing|about)\b|写|改|换|再|请|重|来一|加|删|调|撤"
)


def is_abuse(lower: str) -> bool:
    """Whether a message only says that we are bad, or what we made was.

    >>> is_abuse("you're useless, last thing you gave me was garbage"), is_abuse("your last bar is awful, rewrite it")
    (True, False)
    """
    return (
        len(lower) <= 160
        and _ABUSE.search(lower) is not None
        and _OF_US.search(lower) is not None
        and _WANTS.search(lower) is None
    )


_CONSENT = re.compile(
    r"(?:(?:ok(?:ay)?|yes|yeah|yep|sure|good|great|fine|alright|all right|nice|cool|right|hmm|well)[,.! ]*(?:then[,. ]*)?)*(?:(?:let's|let us|please|you can|i'd) ?)?(?:just )?(?:try|do|use|take|go with|go for|put|have|make|like|change|apply|go ahead with)(?: it| that| this)(?: one| chord)?(?: in| then| please| out| there| so| now| change)*[.! ]*"
    r"|(?:好|好的|好吧|行|可以|嗯|那)?[,. ]?(?:就)?(?:这样|那样)?(?:试试|试一下|试试看|换吧|改吧|就改|就换|换上|换|改|用这个|就用它|就它|照做|这么改|这样改)(?:吧|了|看)?[.! ]*"
)


def settled(text: str, session: Session) -> str:
    """The message that takes what was just offered, where this one says so; else the message itself,
    what is said in passing said plainly.
    """
    text = in_talk(text)
    code, asked = session.memory.pending
    if code != "which-of" or len(text) > 60:
        return text
    options = asked.split("\n")
    lower = text.lower().strip()
    if _CONSENT.fullmatch(lower):
        return options[0]
    bare = re.sub(r"^(?:ok(?:ay)?|yes|sure|good|then|well|hmm|好的?|那|嗯)[,. ]+", "", lower)
    number = choice(bare, len(options))
    return options[number - 1] if number else text
