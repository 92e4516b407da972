"""How people ask for titles, composers and sung words."""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from abc_tools import numbers
from abc_tools.places import Place
from chat.understand.rules.base import ADD, REMOVE, WORDS, Clause, N, Rule, group_of, rule
from chat.understand.sung_names import must_words

_TITLE = re.compile(
    r"(?:rename(?: it| this| the (?:tune|song|piece))?(?: to| as)?|call (?:it|this|the (?:tune|song|piece))|(?:change|set) the (?:title|name) to|re-?title(?: it)?(?: to)?|title it|name it"
    r"|give it the (?:title|name)(?: of)?|(?:(?:make )?the title(?: should be| is|:)|title\s*[=:])|(?:标题|题目|名字|曲名|歌名|title)(?:改[成为]?|换成|叫|是|为|=)|改名[为叫成]?|取名[为叫]?|命名为?|起名[叫为]?|叫它|就叫)"
    r"\s*[:\"《']?\s*([^\"》]{1,60}?)\s*(?:[\"》.!]|(?<!s)')*$",
    re.IGNORECASE,
)
_COMPOSER = re.compile(
    r"(?:credit(?:ed)?(?: it| this| the (?:tune|song|piece))?(?: to)?|attribute (?:it|this|the (?:tune|song|piece)) to|(?:list|name|put|show) (?:me|my name))[,:]?\s*(?:me,?\s*)?[\"(]?(?P<as>[^\"(),]{2,60}?)[\")]?,?\s+as (?:the |its )?composer\W*$"
    r"|(?:credit(?:ed)?(?: it| this| the (?:tune|song|piece))? to|attribute (?:it|this|the (?:tune|song|piece)) to)\s+(?:me,?\s*)?(?P<to>[^\",]{2,60}?)\W*$"
    r"|\b(?:it was|was|it's by|it is by) (?:my |our )?(?:\w+ )?(?P<who>(?-i:[A-Z])[\w'-]+(?: (?-i:[A-Z])[\w'-]+){0,2}) (?:who|that) (?:wrote|composed|made) (?:it|this|that)\b.*|\b(?:pop|put|add|write|stick|list|show|have) (?:my |our )?(?:\w+ )?(?P<name>(?-i:[A-Z])[\w'-]+(?: (?-i:[A-Z])[\w'-]+){0,2}?)(?:'s name)?(?: on| in| down)? as (?:the |its )?composer\b.*|\b(?:written|composed) by (?:my |our )?(?:\w+ )?(?P<wby>(?-i:[A-Z])[\w'-]+(?: (?-i:[A-Z])[\w'-]+){0,2})\W*$|(?:是|由)(?:我)?(?:外公|外婆|爷爷|奶奶|姥爷|姥姥|爸爸?|妈妈?|叔叔|伯伯|阿姨|舅舅|姑姑|老师|朋友)?(?P<zwho>[\u4e00-\u9fff]{2,4}?)(?:写|作|谱)的(?:曲)?[,.]?.{0,8}(?:作曲|署名|名字|写上|加上)"
    r"|(?:composer(?: is| to|:| as)?|composed by|作曲(?:者|家)?(?:是|为|:|改成|写成|写|署名|填)|by line)\s*[:\"]?\s*(?P<by>[^\"]{2,60}?)\s*[\".]*$",
    re.IGNORECASE,
)


_QUOTED = re.compile(r"\"([^\"]{1,60})\"|《([^》]{1,60})》|(?<![A-Za-z])'([^']{1,60})'(?![A-Za-z])")
_NO_TITLE = re.compile(
    r"\b(?:no|without(?: a| any)?|remove the|delete the|drop the|clear the) (?:title|name)\b|(?:不要|去掉|删掉|删除)(?:标题|题目|曲名|名字)"
)
_AFTER_SOMEONE = re.compile(
    r"\b(?:call|name|title) (?:it|this)(?: the \w+)? after (?:my |our |the |his |her )?(?:\w+ ?){0,3}?(?:,\s*|(?<= ))((?-i:[A-Z])[\w' -]{1,40})",
    re.IGNORECASE,
)


_NEXT_WISH = re.compile(
    r"(?:,|;|,? and| then)+ (?:also |then |please )*(?:credit|add|transpose|move|give it|set it|put it|put me|put my|make it|make me|mark it|say it|list me|slow|speed|change|sign it|attribute)\b.*$"
    r"|[,;]\s*(?:再|并|然后|另外|还有|顺便|作曲|速度|调).*$"
)
"""Where a title that stands without quotes ends, because another wish begins."""


_IN_FRONT = re.compile(
    r"(?:标题|曲名|歌名|题目)前(?:面|边)?加|\b(?:in front of|before|to the front of) the title\b"
)
_WORD_TO_WORD = re.compile(
    r"\"[^\"]+\"\s*(?:to|into|with|for|by|改成|换成|改为)\s*\"[^\"]+\".*(?:\bwords\b|\blyrics\b|\bboth\b|歌?词)",
    re.IGNORECASE,
)


def title(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """A title that a clause gives."""
    if _NO_TITLE.search(clause.lower):
        return {"name": "T", "value": ""}
    if _WORD_TO_WORD.search(clause.text):
        return None  # a word for another, perhaps in the title, too
    found = (
        _QUOTED.search(clause.text)
        or _AFTER_SOMEONE.search(clause.text)
        or _TITLE.search(clause.text)
    )
    if found is None:
        return None
    value = re.sub(r"[%\\\r\n]", "", group_of(found)).strip()
    if _IN_FRONT.search(clause.lower):
        return {"name": "T", "value": f"{value} {clause.tune.title or ''}".strip()}
    if found.re is _TITLE:
        value = _NEXT_WISH.sub("", value).strip()
    return {
        "name": "T",
        "value": re.sub(
            r"(?:,\s*|\s+)(?:please|pls|thanks|instead|from now on|now)$|(?:吧|好吗)$", "", value
        ).strip(),
    }


_FIELD = re.compile(r"\bset ([TCROSZ]) to\s+(.+?)\s*$", re.IGNORECASE)


def _any_field(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    found = _FIELD.search(clause.text)
    if found is None:
        return None
    return {"name": found[1].upper(), "value": found[2].strip().strip("'\"").rstrip(".")}


def composer(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """A composer that a clause names."""
    found = _COMPOSER.search(clause.text)
    if found is None:
        return None
    return {"name": "C", "value": re.sub(r"[%\\\r\n]", "", group_of(found)).strip()}


_PUT_WORDS = re.compile(
    rf"(?:(?:set|put|add|use|write|with|sing|change)\s.*?)?{WORDS}(?:\s+(?:to|are|is|under|for|with|on)(?: (?:it|this|the (?:notes|tune|melody|music)))?|改成|改为|是|为|换成)?\s*[:]\s*(.+)$"
    rf"|(?:sing|set|put|underlay|配上|填上|唱)\s*(?:the )?(?:{WORDS}|text)?\s*[\"']([^\"']+)[\"']",
    re.IGNORECASE | re.DOTALL,
)


_LINE = re.compile(
    rf"\b(?:(?:first|second|third|fourth|last) (?:line|phrase|half)|line {N}|bars? \d+(?: ?(?:-|to) ?\d+)?)\b|第\s*{N}\s*(?:行|句|乐句)|最后一?[行句]|第\s*{N}(?:\s*(?:-|到|至)\s*第?{N})?\s*小节|[前后]半(?:段|部分|首)?"
)
"""Where words go that are for some of the tune only."""


def _given_words(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    found = _PUT_WORDS.search(clause.text)
    if found is None:
        return None
    values = {"text": (found[1] or found[2]).strip().strip('"')}
    start = found.start(1) if found[1] else found.start(2)
    line = _LINE.search(clause.text[:start].lower())
    if line and (place := clause.bars_in(line[0])) is not None:
        clause.place = place
        return {"": "words-at", "text": values["text"]}
    sung = any(s for v in clause.tune.voices for e in v.events for s in e.syllables)
    if sung and len(values["text"].split()) < 3 and values["text"].isascii():
        return None  # a word or two are no words for a tune that has its own
    if verse := _verse(clause.lower):
        values["verse"] = verse
    return values


def _verse(lower: str) -> str:
    if re.search(r"再(?:写|来|加|填)(?:上)?(?:一)?(?:段|首|遍)?(?:歌)?词", lower):
        return "2"
    if match := re.search(
        rf"(second|third|fourth|another|one more|further|new|extra|2nd|3rd) verse|verse ({N})|第\s*({N})\s*(?:段|遍)",
        lower,
    ):
        said = group_of(match)
        nth = {
            "second": 2,
            "third": 3,
            "fourth": 4,
            "2nd": 2,
            "3rd": 3,
            "another": 2,
            "one more": 2,
            "further": 2,
            "new": 2,
            "extra": 2,
        }.get(said)
        number = nth or numbers.value(said)
        return str(number) if number and 1 <= number <= 6 else ""
    return ""


_UNSUNG = r"\b(?:put|add|write|sing|use|have|set)\b[^\"]{0,20}\"[^\"]{1,80}\" (?:there|at the end|(?:on|under|to) (?:them|those|these|it|(?:the )?(?:last|remaining|other|empty|left-?over) (?:\w+ )?notes?))|(?:填|写|放|加|用)(?:上)?[^\"]{0,6}\"[^\"]{1,30}\"|\"[^\"]{1,30}\"(?:填|写|放|加)(?:上去|进去|在那里|到最后)"


def words_left(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Words for the notes at the end that have none yet, in a tune that is sung."""
    quoted = re.search(r'"([^"]{1,80})"', clause.text)
    bars: list[int] = []
    for measure in reversed(clause.tune.measures):
        notes = [e for e in measure.events if e.notes and not e.tied]
        if any(any(e.syllables) for e in notes):
            break
        bars += [measure.number] if notes else []
    if quoted is None or not bars or len(bars) >= clause.tune.bar_count:
        return None
    clause.place = Place(min(bars), max(bars))
    return {"": "words-at", "text": quoted[1].strip()}


def words_at(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Given words for a line, a part or some bars."""
    quoted = re.search(r'"([^"]{3,400})"', clause.text)
    before = clause.text[: quoted.start()].lower() if quoted else ""
    if quoted is None or re.search(r"\btitle\b|标题|\bword\b", before):
        return None
    clause.place = clause.bars_in(before) or clause.pointed()
    return {"text": quoted[1].strip()} if clause.place else None


_FOR_PART = re.compile(
    r"\b(?:for|to|on|in|under) (?:only |just )?(?:the )?(part [a-h]|[a-h] (?:part|section)|(?:first|second) half|bars? \d+(?: ?(?:-|to) ?\d+)?)\b|([a-h]段|前半(?:段|部分)|后半(?:段|部分)|第.{1,6}小节)"
)
"""Words for some of the tune only."""


def new_words(match: re.Match[str], clause: Clause) -> dict[str, str]:
    """What new words are about, and which verse they are."""
    values = {}
    if theme := re.search(
        r"\babout\s+([^,.;]{2,50}?)(?:,? (?:that|which|and|in|with|rhym\w+)\b|[,.;]|$)|\bfor\s+(?!it\b|this\b|that\b|them\b|me\b|us\b|(?:the|my|this) (?:tune|song|melody|music|piece|verse|chorus)\b|(?:the )?(?:part|section|bars?|[a-h]\b))([^,.;]{2,50})|(?:关于|主题是|主题为|题材是)\s*([^,.;的]{1,14})|(?:词|诗|歌)[^,.;]{0,6}?,?\s*(?:写|讲|唱)(?:的是|一下)?([\u4e00-\u9fff]{1,6}?)的?$",
        clause.text,
    ):
        values["theme"] = group_of(theme).strip()
    if must := must_words(clause.text):
        values["must"] = "\n".join(must)
    if verse := _verse(clause.lower):
        values["verse"] = verse
    if found := _FOR_PART.search(clause.lower):
        clause.place = clause.bars_in(group_of(found))
    if re.search(r"in chinese|chinese (?:lyrics|words)|中文", clause.lower):
        values["language"] = "zh"
    elif re.search(r"in english|english (?:lyrics|words)|英文|英语", clause.lower):
        values["language"] = "en"
    rhyme = re.search(r"\b([a-d]{4})\b", clause.lower)
    if rhyme and re.search(r"rhym|押韵|韵", clause.lower):
        values["rhyme"] = rhyme[1].upper()
    return values


def gone_words(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Which verse goes; none said: all. An intro that has no words loses none; notes without words tell what is there."""
    if re.search(
        r"\bnotes?\b[^.;]{0,24}\bwithout (?:any )?(?:words|lyrics)|\b(?:there(?:'s| are| is)|left) [^.;]{0,24}(?:without|no) (?:words|lyrics)|^(?!.*\b(?:should|want|let|make|leave)\b).*\b(?:bars?|notes?|lines?|parts?|end(?:ing)?|verse)\b[^.;]{0,16}\b(?:have|has|got|are|is)\b (?:still |left )?(?:no|without) (?:words|lyrics)|音[^,.;]{0,6}没有?(?:歌)?词",
        clause.lower,
    ):
        return None
    if re.search(
        r"\bno (?:words|lyrics) (?:over|on|under|for|in) (?:the (?:intro|introduction|tag|coda))\b|(?:前奏|尾声|引子)(?:里|上)?(?:不要|没有|别加)(?:歌)?词",
        clause.lower,
    ):
        return {"": "as-is"}
    verse = _verse(clause.lower)
    return {"verse": verse} if verse else {}


def _word_for_word(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """One quoted word for another."""
    old, new = match["old"] or match["old2"], match["new"] or match["new2"]
    return {"old": old.strip(), "new": new.strip()}


def _other_word(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """One sung word for another: only where the tune sings the first one."""
    old, new = (match[1], match[2]) if match[1] else (match[3], match[4])
    sung = " ".join(
        s.lower() for v in clause.tune.voices for e in v.events for s in e.syllables if s
    )
    plain = re.sub(r"[^\w\s]", "", re.sub(r"-\s*", "", sung))
    old = re.sub(r"['’]", "", old)
    there = (
        old.strip() in plain.replace(" ", "")
        if not old.isascii()
        else re.search(rf"\b{re.escape(old.strip())}\b", plain)
    )
    return {"old": old.strip(), "new": new.strip()} if there else None


RULES: tuple[Rule, ...] = (
    rule(
        "set-field",
        r"\b(?:rename|call (?:it|this|the)|title|name it|retitle|the name)|标题|题目|改名|取名|命名|起名|曲名|歌名|名字|叫它|就叫|title\s*=|(?:no|without|remove the) (?:title|name)\b",
        title,
    ),
    rule(
        "replace-word",
        r"\b(?:sing|say|use|put|write)\s+\"(?P<new>[^\"]{1,24})\" (?:instead of|in place of|rather than|for) (?:the word )?\"(?P<old>[^\"]{1,24})\"|\"(?P<old2>[^\"]{1,24})\" (?:should (?:be|become)|becomes?|->|→) \"(?P<new2>[^\"]{1,24})\"",
        _word_for_word,
    ),
    rule("set-field", r"\bset [tcrosz] to\b", _any_field),
    rule(
        "set-field",
        r"\bcompos(?:er|ed by)\b|\bwho (?:wrote|composed) (?:it|this)\b|\bwritten by\b|\bcredit(?:ed)? (?:it|this|me|the)\b|\battribute\b|作曲",
        composer,
    ),
    rule(
        "words-at",
        rf"(?:{WORDS}|\bline\b|\bverse\b|句|行)[^\"]*(?:\bmake it|\bshould (?:be|say|read|go)|\bchange (?:it |that |them )?to|\bto\b|\breplace (?:it|that|them)? ?with|\buse|\bsing|改成|改为|换成|唱|写成)\s*:?\s*\"",
        words_at,
    ),
    rule("words-at", _UNSUNG, words_left),
    rule("set-lyrics", rf"{WORDS}|\bsing\b|\btext\b|唱", _given_words),
    rule(
        "remove-words",
        rf"{REMOVE}\s*(?:all )?(?:the |these |those |any )?(?:\w+ )?(?:{WORDS}|verse \d|第.段词)|把?{WORDS}(?:我们?|就|都|全|先|可以|也)*(?:去掉|删掉|删除|拿掉|移除|不需要|不用|用不着|用不上|不要|没用)(?:了|吧|啦)*(?=[,.;!\s]|$)|\b(?:lyrics|words)\b(?: are| is|'re)? (?:no longer|not) (?:needed|wanted|required|necessary)\b|\b(?:do not|don'?t|no longer) (?:need|want) (?:the |any |these |those )*(?:lyrics|words)\b|\binstrumental\b(?! )",
        gone_words,
        more=True,
    ),
    rule(
        "write-words",
        r"^(?:and |now |then |please |a |an |the )*(?:second|third|fourth|another|new|next|2nd|3rd|one more|an extra|a further|a) verse\b"
        r"(?! (?:of|in|is|has|should|up|down|an? octave|minor|major|shorter|longer|higher|lower|louder|softer|faster|slower))"
        r"|^(?:请|帮我|给我|能不能|可以)*(?:换|重写|改写|重新写|另写|改)(?:一|1)?(?:套|段|首|版|下|个)?(?:新的?|别的)?歌词(?:吧|呗)?(?![^,.;]{0,6}(?:第|改成|换成|里的|中的|的第))|歌词(?:都|全部|整个)?(?:重新|重|另外?|再)(?:写|编|填|换|作|来)(?:一|1)?(?:段|套|遍|首|版|下|过)?|^歌词换(?:一套|一段|一下|掉|个?新的?)"
        r"|^(?:再)?(?:来|写|加)?第[二三四]段(?:歌)?词|再(?:写|来|加|填)(?:上)?(?:一)?(?:段|首|遍)?(?:歌)?词"
        rf"|{ADD}[^,.;]{{0,30}}?{WORDS}"
        # "Make the second verse minor" is about music; "write the second verse" is about words.
        rf"|(?!make the ){ADD}[^,.;]{{0,30}}?\bverses?\b(?! (?:of|minor|major)\b)"
        rf"|{WORDS}[^,.;]{{0,12}}\b(?:about|for)\b"
        r"|(?:歌)?词(?:全|都)?(?:换成|改成|重写成?|换个|改写成?)(?:写|关于|讲|唱)|^(?:歌)?词(?:要|就|请)?(?:写|讲|唱|关于)|(?:填|配|写|作)(?:上|一段|一下|点|些|几段|第.段)?(?:中文|英文|英语)?(?:歌)?词|第[二三]段(?:歌)?词|\bnew lyrics\b",
        new_words,
    ),
    rule(
        "replace-word",
        r"\b(?:change|replace|swap) (?:the )?(?:word |words? )?[\"']?([\w' ]{1,24}?)[\"']? (?:to|with|into|by|for) [\"']?([\w' ]{1,24}?)[\"']?(?: in (?:the )?(?:lyrics|words|text|song)(?: and (?:in )?the title)?(?: too| as well| please| also)*)?[.!]?$|把(?:歌词(?:里|中)的?|词里的?)?[\"“]?([\u4e00-\u9fff]{1,4})[\"”]?(?:改成|换成)[\"“]?([\u4e00-\u9fff]{1,4})[\"”]?$",
        _other_word,
    ),
)
