"""What marks the music of a place, a time or a kind, as `terms` reads them; asked as "what makes a tune sound Irish?"."""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

TERMS = r"""
= what sounds Irish | 什么是爱尔兰风格
E Irish dance tunes are mostly two parts of eight bars, each repeated; jigs in 6/8, reels and hornpipes in 4/4; in major, dorian or
  mixolydian; running eighth notes, broken chords, and ornaments (cuts, rolls, triplets) instead of harmony.
Z 爱尔兰舞曲多为两个八小节的段落，各反复一次；吉格是6/8拍，里尔和角笛舞是4/4拍；大调、多利亚或混合利底亚调式；连续的八分音符、
  分解和弦，靠装饰音（切音、滚音、三连音）而不是和声。
> M:6/8 L:1/8 K:D; FAA AFA|dfe dBA|]

= what sounds Scottish | 什么是苏格兰风格
E Scottish tunes like the Scotch snap (a short note before a long one), double tonics (a bar on A, the next on G), gapped scales and the
  drone of the pipes; strathspeys, reels and slow airs.
Z 苏格兰曲调常有苏格兰节奏（前短后长）、双主音（一小节在A，下一小节在G）、缺音音阶和风笛的持续低音；有斯特拉斯佩、里尔和慢板曲调。
> M:4/4 L:1/8 K:Am; A<A c>A e2 c>A|G<G B>G d2 B>G|]

= what sounds Chinese | 什么是中国风格
E Much Chinese folk music is pentatonic (gong, shang, jue, zhi, yu) without semitones; melodies move by steps and thirds of that scale,
  slide and linger, are played in heterophony rather than in chords, and often end on gong, zhi or yu.
Z 许多中国民间音乐用五声音阶（宫、商、角、徵、羽），没有半音；旋律以这个音阶的级进和三度为主，有滑音和延长，常用支声而不是和弦，
  多结束在宫、徵或羽。
> M:4/4 L:1/4 K:G; GABd|B2 AG|E2 GA|G4|]

= what sounds Japanese | 什么是日本风格
E Much Japanese music uses five notes with semitones, such as E, F, A, B, C (miyako-bushi) or, in folk songs, the minor pentatonic; few
  notes, long ones, and silence between them.
Z 日本音乐常用带半音的五声音阶，例如E、F、A、B、C（都节），民歌也用小调五声；音少而长，中间有留白。
> M:4/4 L:1/4 K:C; EFA2|BAF2|E4|]

= what sounds Spanish | 什么是西班牙风格
E Spanish and flamenco colour comes from the phrygian mode with a major chord on its tonic, the descent Am–G–F–E, quick turns around a note
  and the change of 3/4 and 6/8.
Z 西班牙和弗拉门戈的色彩来自弗里几亚调式而主和弦为大三和弦、Am–G–F–E的下行、围绕一个音的快速回旋，以及3/4和6/8的交替。
> M:3/4 L:1/4 K:Am; "Am"ecA|"G"dBG|"F"cAF|"E"^GFE|]

= what sounds Jewish | 什么是犹太风格
E Klezmer tunes use the freygish scale (E, F, G sharp, A, B, C, D), with its step of three semitones, sighing ornaments and dances in 2/4 that
  grow faster.
Z 克莱兹默音乐用弗里几亚属音阶（E、F、升G、A、B、C、D），其中有三个半音的增二度；叹息般的装饰音，2/4拍的舞曲越来越快。
> M:2/4 L:1/8 K:Am; EF^GA|BAGF|E4|]

= what sounds Arabic | 什么是阿拉伯风格
E Arabic melodies move in maqamat, many with an augmented second (D, E flat, F sharp, G) or quarter tones that no piano has, in small steps
  and with rich ornament, without chords.
Z 阿拉伯旋律用木卡姆，许多带增二度（D、降E、升F、G）或钢琴没有的四分之一音，多级进，装饰丰富，没有和弦。
> M:4/4 L:1/4 K:C; D_E^FG|A_BAG|^F_ED2|]

= what sounds medieval | 什么是中世纪风格
E Medieval colour: church modes, above all dorian and mixolydian, one line or open fifths and a drone, no leading notes at the close, and rhythms
  of long and short.
Z 中世纪的色彩：教会调式，多为多利亚和混合利底亚；单声部，或空五度加持续低音；结尾不用导音；长短交替的节奏。
> M:3/4 L:1/4 K:Ddor; D2E|F2G|A2G|E2D|]

= what sounds baroque | 什么是巴洛克风格
E Baroque music runs on: one figure is spun out in even notes over a moving bass, in sequences round the circle of fifths, with trills before the
  cadence; Bach, Handel and Vivaldi.
Z 巴洛克音乐连绵不断：一个音型以均匀的音符在流动的低音上展开，沿五度圈作模进，终止前有颤音；巴赫、亨德尔、维瓦尔第。
> M:4/4 L:1/8 K:C; cBAG FEDC|dcBA GFED|]

= what sounds classical | 什么是古典时期风格
E The classical style of Haydn and Mozart speaks in balanced phrases of four and eight bars, question and answer, light accompaniment such as Alberti
  bass, and clear cadences.
Z 海顿和莫扎特的古典风格：四小节、八小节的对称乐句，一问一答，轻巧的伴奏（如阿尔贝蒂低音），清楚的终止。
> M:4/4 L:1/4 K:C; c2eg|f2d2|B2df|e4|]

= what sounds romantic | 什么是浪漫主义风格
E Romantic music sings in long lines with wide leaps, uses chromatic and borrowed chords, far keys, rubato and large swells.
Z 浪漫主义音乐有长线条和宽大的跳进，用半音和弦和借用和弦、远关系调、自由速度和大起大落的力度。
> M:3/4 L:1/4 K:C; "C"G e2|"Fm"_A f2|"C"g3|]

= what sounds jazzy | 什么是爵士风格
E Jazz swings its eighth notes, puts accents off the beat, adds sevenths and ninths to the chords, moves them ii–V–I, and bends the third, fifth and
  seventh into blue notes.
Z 爵士的八分音符摇摆，重音在弱拍，和弦加七音、九音，按ii–V–I进行，三、五、七级音降成蓝音。
> M:4/4 L:1/8 K:C; "Dm7"A2FD "G7"B,DFA|"Cmaj7"G4 z4|]

= what sounds bluesy | 什么是布鲁斯风格
E Blues has twelve bars on I7, IV7 and V7, a call and its answer, swung rhythm, and blue notes: lowered third, fifth and seventh over major chords.
Z 布鲁斯是十二小节，用I7、IV7、V7，一呼一应，摇摆节奏，以及蓝音：在大和弦上用降低的三、五、七级音。
> M:4/4 L:1/8 K:C; "C7"G2_B2 c2_e2|c2_B2 G4|]

= what sounds magical | 什么是梦幻的声音
E Music for magic and dreams likes the lydian mode (its raised fourth), whole tones, chords a third apart such as C–E–A flat, high bells, and no firm
  cadence.
Z 梦幻、神奇的音乐喜欢利底亚调式（升高的四级）、全音、相隔三度的和弦（如C–E–降A）、高处的钟声，没有坚定的终止。
> M:3/4 L:1/4 K:Flyd; FAB|c2B|A3|]

= what sounds scary | 什么是恐怖的声音
E Scary music uses minor, tritones and semitones, low notes, held dissonances, silence, and sudden loudness.
Z 恐怖的音乐用小调、三全音和半音、低音、长时间的不协和、静默和突然的强音。
> M:4/4 L:1/4 K:Am; A,2_E2|A,2 B,C|_E4|]

= what sounds like a sea shanty | 什么是水手号子风格
E A sea shanty is a working song: one sings a line, all answer on a strong beat for pulling; 4/4 or 6/8, often dorian or mixolydian, few chords,
  a range that all can sing.
Z 水手号子是劳动歌：一人领唱，众人在重拍上应和用力；4/4或6/8拍，多为多利亚或混合利底亚，和弦不多，音域人人能唱。
> M:4/4 L:1/8 K:Ador; A2A2 A2e2|d2B2 A4|]
"""

_STYLES: tuple[tuple[str, str], ...] = (
    ("what sounds Irish", r"irish|ireland|celtic|爱尔兰|凯尔特"), ("what sounds Scottish", r"scottish|scotland|scots|苏格兰"),
    ("what sounds Chinese", r"chinese|china|oriental|中国|国风|古风|民乐|东方"), ("what sounds Japanese", r"japanese|japan|日本|和风"),
    ("what sounds Spanish", r"spanish|spain|flamenco|西班牙|弗拉门戈"), ("what sounds Jewish", r"jewish|klezmer|犹太|克莱兹默"),
    ("what sounds Arabic", r"arab\w*|middle[- ]eastern|eastern|egyptian|阿拉伯|中东"), ("what sounds medieval", r"medieval|renaissance|中世纪"),
    ("what sounds baroque", r"baroque|bach|handel|vivaldi|巴洛克|巴赫"), ("what sounds classical", r"classical|mozart|haydn|古典|莫扎特|海顿"),
    ("what sounds romantic", r"romantic|chopin|schumann|浪漫|肖邦"), ("what sounds jazzy", r"jazz\w*|爵士"), ("what sounds bluesy", r"blues\w*|布鲁斯|蓝调"),
    ("what sounds magical", r"magic\w*|dream\w*|fairy\w*|梦幻|神奇|魔法"), ("what sounds scary", r"scary|spooky|creepy|horror|恐怖|吓人"),
    ("what sounds like a sea shanty", r"(?:sea )?shant(?:y|ies)|水手|号子"),
)  # fmt: skip
_SOUNDS = re.compile(
    r"\b(?:what|how)\b.{0,30}\b(?:makes?|gives?|do(?:es)?|would|can|to make|mak(?:e|ing))\b.{0,40}\b(?:sounds?|feels?|typical|typically)\b|\bwhat (?:is|are|makes)\b.{0,30}\b(?:typical|characteristic|special|marks?|features?|different)\b|\bwhat(?:'s| is) (?:the )?\S+ (?:music|style|sound)(?: like)?\b|\bcharacteristics? of\b|\bfeatures of\b"
    r"|有(?:什么|哪些)特[点征色]|怎么(?:才能|样)?(?:写出|做出|听起来)|特点是什么"
)
_THIS_TUNE = re.compile(r"\b(?:it|this|these|bars?|measures?)\b|这首|这段|它|小节")


def style_asked(lower: str) -> str:
    """The style whose marks a message asks for; "" for none.

    >>> style_asked("what makes a tune sound irish?"), style_asked("中国风的音乐有什么特点"), style_asked("make it sound irish")
    ('what sounds Irish', 'what sounds Chinese', '')
    """
    if not _SOUNDS.search(lower) or _THIS_TUNE.search(lower):
        return ""
    return next(
        (n for n, words in _STYLES if re.search(rf"(?<![a-z])(?:{words})(?![a-z])", lower)), ""
    )
