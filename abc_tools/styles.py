"""Dances and song types: the meters they are written in, their usual tempo, in English and Chinese.

Tempi are beats a minute of the felt beat (a dotted quarter in 6/8), the middle of common practice.
Used to name what a person asks for, and to give a tune a tempo when nothing says one.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from abc_tools.theory import Meter


@dataclass(frozen=True)
class Style:
    """A dance or song type. The first meter is the usual one; `pickup` in whole notes."""

    name: str
    meters: tuple[str, ...]
    bpm: int
    words: tuple[str, ...] = ()
    beat: Fraction | None = None


STYLES: dict[str, Style] = {
    style.name: style
    for style in (
        Style("jig", ("6/8", "9/8", "12/8"), 116, ("double jig", "吉格", "吉格舞曲", "基格")),
        Style("slip jig", ("9/8",), 116, ("hop jig", "滑步吉格")),
        Style("slide", ("12/8",), 130, ()),
        Style("reel", ("4/4", "2/2"), 200, ("里尔", "里尔舞曲"), Fraction(1, 4)),
        Style("hornpipe", ("4/4", "2/2"), 160, ("号笛舞", "角笛舞"), Fraction(1, 4)),
        Style("polka", ("2/4",), 120, ("波尔卡",)),
        Style("strathspey", ("4/4",), 130, ("斯特拉斯佩",)),
        Style(
            "waltz",
            ("3/4",),
            140,
            ("valse", "圆舞曲", "华尔兹", "华尔滋", "圆舞", "兰德勒", "ländler", "landler"),
        ),
        Style("march", ("4/4", "6/8", "2/4"), 112, ("marching tune", "marching song", "进行曲")),
        Style("mazurka", ("3/4",), 130, ("玛祖卡",)),
        Style("minuet", ("3/4",), 116, ("menuet", "小步舞曲")),
        Style("gavotte", ("4/4",), 126, ("加沃特", "嘉禾舞曲")),
        Style("bourree", ("4/4",), 132, ("bourrée", "布列舞曲")),
        Style("sarabande", ("3/4",), 66, ("萨拉班德",)),
        Style("allemande", ("4/4",), 96, ("阿勒曼德",)),
        Style("gigue", ("6/8",), 112, ("吉格舞",)),
        Style("polonaise", ("3/4",), 96, ("波罗乃兹", "波兰舞曲")),
        Style("schottische", ("4/4",), 132, ()),
        Style("quadrille", ("2/4", "6/8"), 112, ()),
        Style("rant", ("4/4",), 180, (), Fraction(1, 4)),
        Style("tango", ("4/4",), 120, ("探戈",)),
        Style("ragtime", ("2/4",), 84, ("rag", "拉格泰姆")),
        Style("barcarolle", ("6/8",), 54, ("boat song", "船歌")),
        Style("lullaby", ("3/4", "6/8"), 84, ("cradle song", "berceuse", "摇篮曲", "催眠曲")),
        Style("hymn", ("4/4", "3/4"), 92, ("chorale", "psalm", "圣歌", "圣咏", "众赞歌", "赞美诗")),
        Style("carol", ("4/4", "6/8", "3/4"), 108, ("christmas song", "颂歌", "圣诞歌")),
        Style("air", ("4/4", "3/4"), 76, ("slow air", "lament", "elegy", "慢歌", "挽歌")),
        Style("ballad", ("4/4",), 80, ("叙事曲", "民谣", "情歌", "love song")),
        Style("folk song", ("4/4", "2/4", "3/4"), 100, ("folksong", "folk tune", "民歌", "民谣曲")),
        Style("nursery rhyme", ("4/4", "2/4", "6/8"), 108, ("children's song", "儿歌", "童谣")),
        Style("shanty", ("4/4", "6/8"), 112, ("sea shanty", "chantey", "水手号子")),
        Style("song", ("4/4", "3/4", "2/4", "6/8"), 100, ("歌", "歌曲")),
    )
}


def usual_tempo(rhythm: str, meter: Meter | None) -> tuple[Fraction, int]:
    """Beat (in whole notes) and beats a minute for a rhythm and meter when nothing says them."""
    beat = meter.beat if meter is not None else Fraction(1, 4)
    style = STYLES.get(rhythm.strip().lower())
    if style is not None:
        own = style.beat or beat
        return (own, style.bpm) if own == beat or style.beat else (beat, style.bpm)
    return beat, 100 if beat != Fraction(1, 2) else 80
