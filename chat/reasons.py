"""Why an edit cannot be made, in the user's language: the sentences of `abc_tools`, worded in Chinese.

`abc_tools` says its refusals in English. `reason` gives them as they are, or in Chinese by this table;
a sentence that the table does not know becomes a general one, never a mixture.
"""

from __future__ import annotations

import re

_ZH: tuple[tuple[str, str], ...] = (
    (r"There is no such note in these bars\.", "这几小节里没有这样的音。"),
    (
        r"(?:The words have|Verse \d+ has) (\d+) syllables, but there are only (\d+) notes for them\.",
        r"歌词有\1个字，那里只有\2个音",
    ),
    (r"Only notes next to each other .*", "只有同一小节里相邻的音才能合成一个。"),
    (r"There are several such notes .*", "这几小节里有好几个这样的音，请说明是第几个音。"),
    (r"There is no triplet in these bars\.", "这几小节里没有三连音。"),
    (r"There is no rest in these bars\.", "这几小节里没有休止。"),
    (r"Such notes do not fill the rest in bar (.+)\.", r"这样的音填不满第\1小节的休止。"),
    (r"There are not as many notes as names\.", "音的个数和音名的个数不一样。"),
    (r"(\d+) equal notes do not fill bar (.+)\.", r"\1个一样长的音填不满第\2小节。"),
    (r"These lengths do not fill bar (.+)\.", r"这些时值加起来不等于第\1小节。"),
    (
        r"Bar (\d+) has (?:\d+ notes, and )?(?:its )?words, ties.*",
        r"第\1小节有歌词、连音线、和弦音或三连音，不能这样改写。",
    ),
    (r"These notes are so already\.", "这些音本来就是这样。"),
    (r"A note that is sung or tied would have to go\.", "这样会丢掉有歌词或有延音线的音。"),
    (r"Bar (.+) is shorter than that note\.", r"第\1小节没有这个音那么长。"),
    (r"Bars are put in for one voice alone .*", "有几个声部时，不能只给一个声部加小节。"),
    (r"Only the last note of a bar can be held .*", "只有小节的最后一个音才能延长成整小节。"),
    (r"That note is held into other bars\.", "这个音延续到了别的小节。"),
    (r"“.+” is no note.*", "没有这个音名。"),
    (r"A range of less than a fifth .*", "音域不足五度，放不下旋律。"),
    (r"A line has between 1 and (\d+) bars\.", r"一行可以有1到\1小节。"),
    (r"The words stand under the lines.*", "歌词是按现在的行写的，所以行不能改。"),
    (r"Each line has that many bars already\.", "每行本来就是这么多小节。"),
    (
        r"(?:A bar stands on two lines|Something stands between the lines).*",
        "行与行之间还有别的内容，所以行不能改。",
    ),
    (r"The voices take turns line by line.*", "各声部是一行一行交替写的，所以行不能改。"),
    (r"Every note is within that range already\.", "所有的音本来就在这个范围里。"),
    (r"There is no note of the scale within that range\.", "这个范围里没有合适的音。"),
    (r"There is no leap .*", "这里没有这样的跳进。"),
    (
        r"(?:Upside down|Backwards) these bars .*|Nothing would change in these bars\.",
        "这几小节这样改也还是原样。",
    ),
    (
        r"Bars with chords, tuplets, ties or words .*",
        "有和弦、连音、连音线或歌词的小节没法倒着来。",
    ),
    (r"Only bars of the same length .*", "只有一样长的小节才能一起倒着来。"),
    (r"There is nothing to slur in these bars\.", "这几小节没有可以加连线的音。"),
    (r"There are not so many bars to write over\.", "后面没有那么多小节可以替换。"),
    (r"Those bars overlap, so one .*", "这些小节重叠了，不能互相替换。"),
    (
        r"Those bars (?:differ in length or key|are written in ways .*)\.",
        "这些小节长度、调或写法不同，不能替换。",
    ),
    (r"A bar of (.+) is not as long as one of (.+)\.", r"\1的小节和\2的小节不一样长。"),
    (
        r"A barline would fall into a group of notes in bar (.+)\.",
        r"第\1小节里的一组音会被小节线切开。",
    ),
    (
        r"A choir is made from one voice.*",
        "合唱由一个声部写成；这首曲子有多个声部，请先去掉其他声部。",
    ),
    (r"A meter of (.+) is not singable\.", r"\1拍没法唱。"),
    (r"A pickup is shorter than a bar\.", "弱起要比一小节短。"),
    (r"A tempo between 10 and 400 .*", "每分钟10到400拍可以演奏。"),
    (
        r"A tune without a key .*|The tune names no key.*|These bars have no key.*|Music without a key.*",
        "这首曲子没有写明调，所以做不到。",
    ),
    (r"Music in free meter .*", "这是自由节拍的音乐，没有固定的小节。"),
    (r"No note can be left out.*", "节奏已经很简单了，没有可以省去的音。"),
    (r"No note in these bars takes an? (.+)\.", r"这几小节里没有适合加这种记号的音。"),
    (r"Say which bars are meant\.", "请说明是哪几小节。"),
    (r"That would leave no (?:music|tune)\.", "那样就什么也不剩了。"),
    (
        r"That would make notes too short.*|The notes would become too short.*",
        "那样音符会短得没法写。",
    ),
    (
        r"That would make the tune wrong\. (\d+) syllables have no note.*",
        r"那样有\1个字没有音可唱。",
    ),
    (
        r"That would make the tune wrong\. Bar.*(?:long|short|too|beats).*",
        "那样小节的长度就不对了。",
    ),
    (r"That would make the tune wrong\..*", "那样曲子里就有错了。"),
    (r"That would take notes out of the range.*", "那样会超出可以记写的音域。"),
    (r"The bars must follow each other\.", "这些小节必须是连续的。"),
    (r"The bars of a tune that changes its meter .*", "这首曲子中途换拍，小节对不齐。"),
    (r"The bars stand there already\.", "这些小节已经在那里了。"),
    (
        r"The endings from bar (.+) on belong together.*",
        r"第\1小节起的几个结尾是一组，要么全删，要么都不删。",
    ),
    (
        r"The last note of bar (.+) cannot make room for the pickup\.",
        r"第\1小节的最后一个音让不出弱起的位置。",
    ),
    (
        r"The last section is too short for two endings\.|The tune has two endings already.*",
        "最后一段太短，或者已经有两个结尾了。",
    ),
    (r"The melody lies too low for three voices.*", "旋律太低，下面放不下三个声部；请先升高八度。"),
    (r"The music is in (.+) already\.", r"现在已经是\1拍了。"),
    (
        r"The section from bar (.+) on does not come out even.*",
        r"从第\1小节开始的一段在这种拍子里凑不齐。",
    ),
    (r"The tune has a pickup already\.", "已经有弱起了。"),
    (r"The tune has bars (.+) to (.+)\.", r"这首曲子有第\1到第\2小节。"),
    (r"The tune has no pickup\.", "这首曲子没有弱起。"),
    (r"The tune has (.+) bars; the (?:intro|tag) needs.*", r"这首曲子只有\1小节，不够用。"),
    (
        r"The tune has (.+) verses; the next one is verse (.+)\.",
        r"现在有\1段歌词，下一段是第\2段。",
    ),
    (r"The tune's range is too wide for the (.+)\.", r"这首曲子的音域对\1来说太宽了。"),
    (r"The tuplet in bar (.+) cannot take.*", r"第\1小节的连音写不成新的时值。"),
    (r"The voices are not equally long.*|The voices' pickups.*", "各声部不一样长。"),
    (r"There are no chords in these bars.*", "这里没有和弦，请先加和弦。"),
    (r"There (?:are no notes|is no note).*", "这里没有音符。"),
    (r"There are no such bars\.", "没有这些小节。"),
    (r"There are no such words.*|There are no words.*", "没有这样的歌词。"),
    (r"There are no pairs of equal eighths.*", "没有可以改成摇摆的成对八分音符。"),
    (
        r"No bar can be written in such notes.*",
        "没有小节能这样写：要么已经是这样，要么音上有歌词。",
    ),
    (
        r"No note in these bars can be repeated.*",
        "这些小节里没有可以重复的音：它们有歌词、被连着，或在连音里。",
    ),
    (r"There is no note in these bars that a figure.*", "这些小节里没有可以加花的音。"),
    (r"There are no pairs of equal quarters.*", "没有可以改成附点的成对四分音符。"),
    (r"There are no uneven pairs.*", "没有不均匀的音可以改匀。"),
    (r"There are too many notes in a bar for that meter\.", "一小节里的音太多，放不进这种拍子。"),
    (r"There is a repeat at these bars already\.", "这几小节已经有反复记号了。"),
    (r"There is no repeat in this tune\.", "这首曲子里没有反复。"),
    (r"There is no voice (.+?)\. There are: (.+)\.", r"没有声部\1，只有：\2。"),
    (r"There is no place for “(.+)” in bar (.+)\.", r"第\2小节里放不下“\1”。"),
    (r"Those bars hold only one.*", "这些小节只包含反复或结尾的一半。"),
    (r"Voices share a line.*", "各声部写在同一行，没法分开。"),
    (r"Bar (.+) lies inside a repeat.*", r"第\1小节在反复之内，反复不能嵌套。"),
    (r"Bar (.+) is not as long as.*", r"第\1小节的长度没法这样写。"),
    (r"Bar (.+) has no beat (.+)\.", r"第\1小节没有第\2拍。"),
    (r"[Tt]he tune has no bars (.+) to (.+)", r"这首曲子没有第\1到第\2小节。"),
    (r"[Tt]hese bars are in free meter.*", "这几小节是自由节拍，没有固定的长度。"),
    (r"“(.+)” is no instrument.*", r"我不认识“\1”这种乐器。"),
    (r"“(.+)” is no key\.", r"“\1”不是一个调。"),
    (r"“(.+)” is (?:no|not a) chord.*", r"“\1”不是和弦。"),
    (r"Styles cannot be told apart yet.*", "还分不清风格：曲库里至少要有两种风格各40首曲子。"),
    (r"What is left is in two pieces\.", "剩下的部分不连续。"),
)
GENERAL = {"zh": "这首曲子的写法不允许这样改。"}


def reason(sentence: str, language: str) -> str:
    """A refusal of `abc_tools` in a language.

    >>> reason("The tune has no pickup.", "zh")
    '这首曲子没有弱起。'
    """
    if language == "en":
        return sentence[:1].upper() + sentence[1:]
    for pattern, chinese in _ZH:
        match = re.fullmatch(pattern, sentence.strip(), re.DOTALL)
        if match:
            return match.expand(chinese)
    return GENERAL["zh"]
