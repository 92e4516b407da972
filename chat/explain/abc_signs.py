"""What the characters of ABC notation mean, sign by sign and field by field: "what does (3 mean in bar 2?", L:是什么意思.

After the ABC 2.1 standard. A sign is read as it is typed or by its name ("the tilde", 波浪号).
"""

# ruff: noqa: E501 - a wrapped sentence is harder to read than a long line
from __future__ import annotations

import re

from abc_tools.analyse.fact import Fact
from chat.explain.asked_names import Asked
from chat.explain.statement import Statement
from chat.explain.terms import exact_term
from chat.explain.theory import Said

SIGNS: dict[str, tuple[str, str]] = {
    "(3": ("opens a triplet: the next three notes are played in the time of two", "表示三连音：后面三个音在两个音的时间里奏完"),
    "(2": ("opens a duplet: the next two notes are played in the time of three (in compound time)", "表示二连音：后面两个音占三个音的时间（用于复拍子）"),
    "(4": ("opens a quadruplet: the next four notes are played in the time of three", "表示四连音：后面四个音占三个音的时间"),
    "(5": ("opens a quintuplet: the next five notes are played in the time of two, in compound time of three", "表示五连音：后面五个音占两个音的时间，复拍子里占三个"),
    "(6": ("opens a sextuplet: the next six notes are played in the time of two", "表示六连音：后面六个音占两个音的时间"),
    "|:": ("begins a repeat: what follows, up to :|, is played twice", "是反复开始：从这里到 :| 奏两遍"),
    ":|": ("ends a repeat: go back to |: (or to the beginning) and play it once more", "是反复结束：回到 |: （没有就回到开头）再奏一遍"),
    "::": ("ends one repeat and begins the next", "表示前一段反复结束、后一段反复开始"),
    "|": ("is a bar line", "是小节线"), "||": ("is a double bar line: a section ends", "是双小节线：一段结束"), "|]": ("is the final bar line", "是终止线：全曲结束"),
    "[|": ("is a thick bar line at a beginning", "是开头的粗小节线"),
    "|1": ("begins the first ending: it is played the first time only", "是第一结尾（一房子）：只在第一遍奏"), "|2": ("begins the second ending: it is played the second time, instead of the first one", "是第二结尾（二房子）：第二遍奏它，跳过第一结尾"),
    "z": ("is a rest; a number behind it is its length, as with notes", "是休止符，后面的数字是时值，和音符一样"), "Z": ("is a rest of a whole bar; Z4 is four bars of rest", "是整小节休止，Z4就是休止四小节"),
    "x": ("is a rest that is not printed", "是不印出来的休止符"), "y": ("is a little space and no note", "只是空一点地方，不是音"),
    "^": ("before a note is a sharp: ^F is F sharp", "写在音前是升号：^F就是升F"), "_": ("before a note is a flat: _B is B flat", "写在音前是降号：_B就是降B"), "=": ("before a note is a natural: =B is B natural", "写在音前是还原号：=B就是还原B"),
    "^^": ("before a note is a double sharp", "写在音前是重升号"), "__": ("before a note is a double flat", "写在音前是重降号"),
    ">": ("between two notes makes the first longer by half and the second shorter by half (a dotted pair): A>B is a dotted note and a short one", "写在两个音之间，前一个加长一半、后一个缩短一半，就是附点节奏：A>B先长后短"),
    "<": ("between two notes makes the first shorter by half and the second longer by half (a Scotch snap): A<B is a short note and a dotted one", "写在两个音之间，前一个缩短一半、后一个加长一半，先短后长：A<B"),
    "~": ("before a note is a roll, the ornament of Irish music", "写在音前是滚音，爱尔兰音乐的装饰音"), ".": ("before a note is staccato: short and detached", "写在音前是跳音（断奏）：短而分离"),
    "-": ("ties two notes of one pitch into one long note; under w: it joins the syllables of a word", "把两个同音高的音连成一个长音（延音线）；在 w: 行里连接一个词的音节"),
    "()": ("round brackets are a slur: the notes inside are played smoothly, joined", "圆括号是连音线：括住的音要连贯地奏"), "{}": ("curly brackets hold grace notes: small quick notes before the next note", "花括号里是倚音：下一个音之前的小音"),
    "[]": ("square brackets hold notes that sound together, a chord: [CEG]", "方括号里的音同时发声，是和弦：[CEG]"),
    "'": ("after a note puts it an octave higher: c' is above c", "写在音后表示高八度：c'比c高八度"), ",": ("after a note puts it an octave lower: C, is below C", "写在音后表示低八度：C,比C低八度"),
    "/": ("after a note halves it: A/ (or A/2) has half the unit length", "写在音后把时值减半：A/（即A/2）是单位时值的一半"),
    "2": ("after a note doubles it: A2 lasts two unit lengths (L:)", "写在音后表示时值加倍：A2占两个单位时值（L:）"), "3": ("after a note makes it three unit lengths (L:) long", "写在音后表示占三个单位时值（L:）"),
    "*": ("under w: leaves a note without a syllable", "在 w: 行里表示这个音不唱字"), "_w": ("in a line of words holds the syllable before for one note more", "在歌词行里表示前一个音节多唱一个音"),
    "%": ("begins a comment: players and programs pass over it", "开始一条注释，程序和演奏者都略过"), "!": ("encloses the name of a sign, such as !f! (loud) or !fermata!", "括住一个记号的名字，例如 !f!（强）、!fermata!（延长）"),
    '"': ("encloses a chord symbol over the note that follows, such as \"Am\"; with ^ or _ it is plain text", "括住后面那个音上方的和弦名，例如\"Am\"；带 ^ 或 _ 的是文字"),
    "T": ("before a note is a trill", "写在音前是颤音"), "u": ("before a note is an up-bow", "写在音前是上弓"), "v": ("before a note is a down-bow", "写在音前是下弓"), "H": ("before a note is a fermata (pause)", "写在音前是延长记号"),
    "X:": ("is the number of the tune in its file; every tune begins with it", "是曲子在文件里的编号，每首都以它开头"), "T:": ("is the title", "是标题"), "C:": ("is the composer", "是作曲者"),
    "M:": ("is the meter (time signature), such as 3/4; M:C is 4/4, M:C| is 2/2", "是拍号，例如3/4；M:C是4/4，M:C|是2/2"), "L:": ("is the unit length: what a note without a number lasts; with L:1/8 a plain A is an eighth note", "是单位时值：不带数字的音有多长；L:1/8时单写一个A就是八分音符"),
    "Q:": ("is the tempo: Q:1/4=120 means 120 quarter notes a minute", "是速度：Q:1/4=120表示每分钟120个四分音符"), "K:": ("is the key; it ends the head of the tune, and the music follows", "是调，也是曲头的最后一行，后面就是音乐"),
    "R:": ("is the rhythm or kind of dance, such as reel", "是节奏或舞曲种类，例如reel"), "P:": ("names a part (section), or in the head the order of the parts", "给段落起名，写在曲头是各段的顺序"), "V:": ("begins or names a voice", "开始或命名一个声部"),
    "w:": ("is a line of words under the notes, a syllable for each note", "是音符下的歌词，一个音一个音节"), "W:": ("is a line of words below the tune", "是写在曲子后面的歌词"), "N:": ("is a note (remark)", "是备注"), "S:": ("is the source", "是来源"),
    "O:": ("is the origin: where the tune comes from", "是出处，曲子来自哪里"), "B:": ("is the book", "是出自哪本书"), "D:": ("is the recording", "是唱片"), "F:": ("is a file or address", "是文件或网址"), "G:": ("is a group that the tune is filed under", "是归类"),
    "H:": ("is the history of the tune", "是曲子的来历"), "I:": ("is an instruction to programs", "是给程序的指示"), "Z:": ("is who wrote the ABC down", "是ABC的记谱人"), "A:": ("is the area where the tune comes from", "是地区"),
}  # fmt: skip
"""A sign or field of ABC → what it is or does, in both languages."""

_NAMES: tuple[tuple[str, str], ...] = (
    ("^", r"\b(?:carets?|upward arrows?|up arrows?|hats?|circumflex\w*)\b|尖(?:角)?号|脱字符|上箭头"), ("_", r"\bunderscores?\b|下划线"), ("=", r"\bequals? signs?\b|等号"),
    ("~", r"\btildes?\b|\bsquiggl\w*\b|\bwav(?:y|e) (?:line|sign)s?\b|波浪(?:号|线)"), (",", r"\bcommas?\b|逗号"), ("'", r"\bapostrophes?\b|撇号|单引号"), ("/", r"\b(?:forward )?slash(?:es)?\b|斜杠|斜线"),
    (">", r"\bgreater[- ]than signs?\b|大于号|\bright angle bracket"), ("<", r"\bless[- ]than signs?\b|小于号"), ("{}", r"\b(?:curly (?:brackets?|braces?)|braces)\b|花括号|大括号"), ("[]", r"\bsquare brackets?\b|方括号|中括号"),
    ("()", r"\b(?:round brackets?|parenthes[ie]s)\b|圆括号|小括号"), ("-", r"\b(?:hyphens?|dash(?:es)?)\b|连字符|短横"), ("*", r"\basterisks?\b|星号"), ("%", r"\bpercent signs?\b|百分号"), ("!", r"\bexclamation marks?\b|感叹号"),
    ('"', r"\b(?:double )?quotation marks?\b|双引号"), ("2", r"\bnumbers? (?:after|behind|next to) (?:the |a |each )?(?:notes?|letters?)\b|(?:音|字母)(?:符)?(?:后面|后|旁边)的?数字"),
)  # fmt: skip
"""Signs by the names of their characters."""

_TYPED = r"\(\d(?!\d)|\|:|:\||::|\|\]|\[\||\|\||\[?\|?[12](?= ending)|\|[12]|\[[12]|\^\^|__|[XTCMLQKRPVwWNSOBDFGHIZA]:(?![A-Za-z]{3})\S*|[\^_=~<>{}|%*]|\bz\d?\b|\bZ\d?\b"
_MEANS = re.compile(
    rf"\bwhat(?:'s|s| is| are| does| do)\b[^?]{{0,40}}?(?<![^\s\"'“‘(A-Ga-g])(?P<a>{_TYPED})[\"'”’]?(?P<rest>[^?]*)|(?<![A-Za-z\d])(?P<b>{_TYPED})[\"'”’]?\s*(?:这个|那个|这种)?(?:符号|记号|字母|标记|东西)?(?:是|代表|表示|指)?(?:什么|啥|干什么|干嘛|怎么读)"
)
_ASKS = re.compile(
    r"\b(?:mean(?:s|ing)?|stand(?:s)? for|for|do|does|indicate|tell|called|is|are|'s)\b|意思|代表|表示|什么|干嘛|怎么"
)


def asked(plain: str, lower: str) -> Asked | None:
    """The sign of ABC whose meaning is asked.

    >>> asked("what does the (3 mean in bar 2?", "what does the (3 mean in bar 2?"), asked("波浪号是什么意思", "波浪号是什么意思")
    (('relation', 'abc sign:(3', ''), ('relation', 'abc sign:~', ''))
    >>> asked("what does A minor mean?", "what does a minor mean?") is None
    True
    """
    match = _MEANS.search(plain)
    if match is not None and not re.search(r"(?i)\bK:\s*\w|\bC\||M:\s*C", plain):
        said = match["a"] or match["b"]
        if term := exact_term(said):
            return "term", term, ""
        if (sign := _sign(said)) and _ASKS.search(lower):
            return "relation", f"abc sign:{sign}", ""
    if re.search(
        r"\bmeans?\b|\bstand(?:s)? for\b|\bwhat(?:'s|s| is| are| do| does)\b[^?]{0,20}\b(?:for|do|doing|about)\b|\bwhat are the\b[^?]{0,40}\bfor\b|什么意思|代表什么|表示什么|干什么|干嘛|什么用",
        lower,
    ):
        found = next((sign for sign, words in _NAMES if re.search(words, lower)), "")
        if found:
            return "relation", f"abc sign:{found}", ""
    return None


def _sign(said: str) -> str:
    """The key of SIGNS that something typed is."""
    said = said.strip("\"'“”‘’ ")
    if re.match(r"[A-Za-z]:", said):
        return said[:2] if said[:2] in SIGNS else ""
    said = {"[1": "|1", "[2": "|2", "{": "{}", "}": "{}"}.get(said, said)
    bare = re.sub(r"(?<=^[zZ])\d$", "", said)
    return bare if bare in SIGNS else ""


def meaning(sign: str) -> Said:
    """What a sign means."""
    found: list[Fact] = [
        Statement(
            "theory abc sign", {"sign": sign.replace("_w", "_"), "text": list(SIGNS[sign])}, ()
        )
    ]
    return found, ""


SAYINGS: dict[str, tuple[str, str]] = {
    "abc sign": ("In ABC `{sign}` {text:word}.", "ABC里的 `{sign}` {text:word}。")
}
