"""What was done, edit by edit, in English and Chinese. `{where}` is the bars, the others are values."""

# ruff: noqa: E501 - a wrapped sentence is harder to read than a long line
from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from abc_tools.metrics import changed_bars
from abc_tools.theory import parse_key
from abc_tools.tune import Tune
from chat.phrases import counted, key_name, plain, requirement_name, say, value_text
from chat.requirements import Requirement

INTERVAL_NAMES = {
    1: ("a semitone", "半音"), 2: ("a whole tone", "全音"), 3: ("a minor third", "小三度"),
    4: ("a major third", "大三度"), 5: ("a perfect fourth", "纯四度"), 6: ("a tritone", "三全音"),
    7: ("a perfect fifth", "纯五度"), 8: ("a minor sixth", "小六度"), 9: ("a major sixth", "大六度"),
    10: ("a minor seventh", "小七度"), 11: ("a major seventh", "大七度"), 12: ("an octave", "八度"),
}  # fmt: skip
STEP_NAMES = (
    ("", ""), ("a second", "二度"), ("a third", "三度"), ("a fourth", "四度"), ("a fifth", "五度"),
    ("a sixth", "六度"), ("a seventh", "七度"), ("an octave", "八度"),
)  # fmt: skip
SIGN_NAMES_ZH = {
    "trill": "颤音", "mordent": "波音", "turn": "回音", "roll": "滚音", "fermata": "延长记号",
    "staccato": "跳音", "accent": "重音", "grace": "倚音", "breath": "换气记号",
}  # fmt: skip

DONE: dict[str, tuple[str, str]] = {
    "mode": ("{Where} now: {key}.", "{where}现在是{key}。"),
    "key": ("I moved {where} to {key}.", "我把{where}移到了{key}。"),
    "octave": ("I moved {where} {direction} by {count} octave(s).", "我把{where}{direction}移了{count}个八度。"),
    "instrument": ("The tune is now written for {name}: {key}.", "曲子现在是为{name}写的：{key}。"),
    "meter": ("{Where} now: {meter}.", "{where}现在是{meter}拍。"),
    "double": ("All note values are doubled: the meter is now {meter}.", "所有时值加倍，现在是{meter}拍。"),
    "halve": ("All note values are halved: the meter is now {meter}.", "所有时值减半，现在是{meter}拍。"),
    "swing": ("Pairs of notes in {where} are now uneven: {shape}.", "{where}的成对音符改成了{shape}。"),
    "straighten": ("Uneven pairs in {where} are now even.", "{where}的附点节奏改均匀了。"),
    "simplify-rhythm": ("The rhythm of {where} is simpler: {notes} notes where there were {before}.",
                        "{where}的节奏简化了：从{before}个音变成{notes}个音。"),
    "add-ornaments": ("I added signs ({kind}) in {where}.", "我在{where}加了{kind}。"),
    "remove-ornaments": ("I took the ornaments out of {where}.", "我去掉了{where}的装饰记号。"),
    "dynamic": ("{Where} now: {level}.", "{where}现在的力度是{level}。"),
    "delete-bars": ("I deleted {where}.", "我删去了{where}。"),
    "insert-bars": ("I put in {count} empty bar(s).", "我插入了{count}个空小节。"),
    "replace-bars": ("I replaced {where}.", "我换掉了{where}。"),
    "duplicate-bars": ("I put a copy of {where} right behind.", "我把{where}紧接着复制了一遍。"),
    "copy-bars": ("I copied {where} to after bar {after}.", "我把{where}复制到了第{after}小节之后。"),
    "move-bars": ("I moved {where} to after bar {after}.", "我把{where}移到了第{after}小节之后。"),
    "repeat-bars": ("Played twice now: {where}.", "{where}现在演奏两遍。"),
    "write-out-repeats": ("The repeats are written out: {bars} bars.", "反复已经写出来：共{bars}小节。"),
    "bars-per-line": ("Each line of the score has {count} bar(s) now; the last one of a part may have fewer.", "现在每行{count}小节；每段的最后一行可能少一些。"),
    "intro": ("I added an intro of {bars} bar(s), {made}.", "我加了{bars}小节前奏，{made}。"),
    "ending": ("I put one bar more at the end, with the tonic held.", "我在最后加了一小节，停在主音上。"),
    "ending-tag": ("A tag of {tag} bar(s) follows, made of the last ones.", "我加了{tag}小节尾声，用的是最后几小节。"),
    "ending-first-second": ("The repeat has two endings now; the second one {second}.", "反复现在有两个结尾；第二个{second}。"),
    "ending-held": ("The last bar now holds the tonic.", "最后一小节现在停在长的主音上。"),
    "ending-cadence": ("Two bars more close the tune: the dominant, then the tonic held.", "结尾加了两小节：属和弦到主和弦，停在长的主音上。"),
    "add-pickup": ("The tune now begins with a pickup; the last bar is shorter by it.", "曲子现在以弱起开始，最后一小节相应变短。"),
    "remove-pickup": ("The pickup is gone; the last bar is filled.", "弱起去掉了，最后一小节补满。"),
    "remove-chords": ("I removed the chord symbols of {where}.", "我去掉了{where}的和弦。"),
    "simplify-chords": ("The chords of {where} are simpler now.", "{where}的和弦简化了。"),
    "set-chords": ("I set {set}.", "我写上了{set}。"),
    "remove-words": ("I took the words away.", "我去掉了歌词。"),
    "set-words": ("The words are under the notes.", "歌词已经写在音符下面。"),
    "set-lyrics": ("The words are under the notes.", "歌词已经写在音符下面。"),
    "add-comment": ("I added the comment.", "我加上了注释。"),
    "remove-comments": ("I took the comments away.", "我去掉了注释。"),
    "extract-voice": ("Only that voice is left.", "现在只剩这一个声部。"),
    "remove-voice": ("I took that voice away.", "我去掉了这个声部。"),
    "add-chords": ("I added chords to {where}: {chords}.", "我给{where}配了和弦：{chords}。"),
    "reharmonise": ("{Where} has other chords now: {chords}.", "{where}换了和弦：{chords}。"),
    "add-bass": ("I added a left hand made from the chords.", "我根据和弦加了左手声部。"),
    "add-drone": ("I added a drone of tonic and fifth.", "我加了主音和五音的持续低音。"),
    "add-choir": ("I added alto, tenor and bass under the melody.", "我在旋律下面加了女低音、男高音和男低音。"),
    "alter-notes": ("I changed the notes you named in {where}.", "我改了{where}中您指定的音。"),
    "limit-range": ("I brought the notes of {where} that were outside into the range{range}.", "我把{where}中超出范围的音移进了音域{range}。"),
    "smooth": ("I made the wide leaps of {where} smaller.", "我把{where}的大跳改小了。"),
    "fill-leaps": ("I filled the leaps of {where} with steps.", "我用级进的音填了{where}的跳进。"),
    "in-notes": ("{Where} now in {length} notes: {notes} notes where there were {before}.", "{where}现在用{length}音符：从{before}个音变成{notes}个音。"),
    "repeat-notes": ("Every note of {where} is now repeated: {notes} notes where there were {before}.", "{where}的每个音都重复了：从{before}个音变成{notes}个音。"),
    "embellish": ("I put figures between the notes of {where}: {notes} notes where there were {before}.", "我在{where}的音与音之间加了花：从{before}个音变成{notes}个音。"),
    "invert": ("{Where} now: the melody upside down, around its first note.", "{where}的旋律以第一个音为轴做了倒影。"),
    "retrograde": ("{Where} now: read backwards.", "{where}现在倒着进行。"),
    "slur": ("I wrote a slur over each bar of {where}.", "我在{where}的每一小节写了连线。"),
    "slur-several": ("I wrote a slur over every {every} bars of {where}.", "我在{where}每{every}小节写了一条连线。"),
    "mark-notes": ("I marked the {length} notes of {where} ({sign}).", "我给{where}的{length}音加了{sign}。"),
    "copy-over": ("The music of {where} now also stands from bar {first} on, in place of what was there.", "{where}的音乐现在也写在从第{first}小节起的地方，代替了原来的。"),
    "middle-voice": ("I added a voice between the two: {name}.", "我在两个声部之间加了一个声部：{name}。"),
    "second-voice": ("I added a second voice, mostly in {interval}s.", "我加了第二声部，以{interval}为主。"),
}  # fmt: skip
"""Edit → what is said of it; the edits with sentences of their own are in `said_of`."""

NOTE_WORDS = {
    "1/1": ("whole", "全"), "1/2": ("half", "二分"), "1/4": ("quarter", "四分"), "1/8": ("eighth", "八分"),
    "1/16": ("sixteenth", "十六分"),
}  # fmt: skip
INTROS = {
    "ending": ("made of the tune's own bars", "取自曲子本身"), "tonic": ("the tonic on every beat", "每拍都是主音"),
    "fanfare": ("a fanfare on the tonic chord", "用主和弦的号角音型"),
}  # fmt: skip
UNEVEN = {
    "dotted": ("long–short (3:1)", "附点（长短3:1）"), "snap": ("short–long (1:3)", "前短后长（1:3）"),
    "triplet": ("long–short as in a triplet (2:1)", "三连音式的长短（2:1）"),
}  # fmt: skip


def said_of(
    name: str, values: Mapping[str, str], where: str, before: Tune, after: Tune, language: str
) -> str:
    """The sentence for an edit that was made."""
    zh = language == "zh"
    if name in ("transpose", "transpose-diatonic"):
        return _moved(name, values, where, before, after, language)
    if name == "set-field":
        return _field(values, language)
    known: dict[str, object] = {**values, "where": where, "Where": where[0].upper() + where[1:]}
    known["key"] = _key(name, values, before, after, language)
    known["meter"] = values.get("meter") or (after.meter.text if after.meter else "")
    known["bars"] = values.get("bars") or after.bar_count
    known["notes"], known["before"] = (
        sum(1 for v in t.voices for e in v.events if e.notes) for t in (after, before)
    )
    if where != say(language, "whole"):
        bars = set(changed_bars(before, after))
        known["notes"], known["before"] = (
            sum(
                1
                for v in t.voices
                for m in v.measures
                if m.number in bars
                for e in m.events
                if e.notes
            )
            for t in (after, before)
        )
    known["tag"] = values.get("bars", "2")
    leads = values.get("lead") == "yes"
    rests = ("rests on the tonic", "停在主音上")
    known["second"] = (("leads on to the next bar", "引到下一小节") if leads else rests)[zh]
    known["chords"] = (
        ", ".join(dict.fromkeys(_chords(after, set(changed_bars(before, after)))))
        if "chord" in name or name == "reharmonise" else ""
    )  # fmt: skip
    if name == "set-chords":
        known["set"] = _chords_set(values.get("at", ""), language)
    if name == "octave":
        count = int(values["octaves"])
        known |= {"count": abs(count), "direction": say(language, "up" if count > 0 else "down")}
    if zh:
        known["kind"] = SIGN_NAMES_ZH.get(values.get("kind", ""), values.get("kind", ""))
        known["interval"] = {"third": "三度", "sixth": "六度", "octave": "八度"}.get(
            values.get("interval", "third")
        )
    known["made"] = INTROS.get(values.get("kind", "ending"), INTROS["ending"])[zh]
    known["shape"] = UNEVEN.get(values.get("style", "dotted"), UNEVEN["dotted"])[zh]
    ends = [values[n] for n in ("low", "high") if values.get(n)]
    only = "" if len(ends) != 1 else "high" if values.get("high") else "low"
    said_range = {"high": "up to {}", "low": "from {} up"}[only] if only and not zh else "{}"
    if zh and only:
        said_range = {"high": "不高于{}", "low": "不低于{}"}[only]
    shown = "–".join(end.replace("#", "♯").replace("b", "♭") for end in ends)
    known["range"] = f" ({said_range.format(shown)})" if ends else ""
    if zh and name == "mark-notes":
        known |= {"length": {"long": "长", "short": "短"}[values.get("length", "long")],
                  "sign": {"tenuto": "保持音记号", "staccato": "跳音记号"}[values.get("sign", "tenuto")]}  # fmt: skip
    if name == "in-notes":
        known["length"] = NOTE_WORDS[values["length"]][zh]
    known.setdefault("length", "long")
    known.setdefault("sign", "tenuto")
    known.setdefault("interval", "third")
    known.setdefault("count", "1")
    known.setdefault("kind", "trill")
    kind = "several" if values.get("every", "1") != "1" else values.get("kind", "")
    sentence = DONE.get(f"{name}-{kind}", DONE[name])
    return counted(sentence[zh].format(**known))


def _chords_set(at: str, language: str) -> str:
    """`2:1=Dm 6:3=G` in words: Dm in bar 2, G in bar 6 on beat 3."""
    zh = language == "zh"
    said = []
    for bar, beat, chord in re.findall(r"(\d+):(\S+?)=(\S+)", at):
        first = beat == "1"
        if zh:
            said.append(f"第{bar}小节{'' if first else f'第{beat}拍'}的{chord}")
        else:
            said.append(f"{chord} in bar {bar}{'' if first else f' on beat {beat}'}")
    return ("、" if zh else ", ").join(said) or ("您指定的和弦" if zh else "the chords you named")


def _chords(tune: Tune, bars: set[int]) -> list[str]:
    return [
        e.chord_symbol for m in tune.measures if m.number in bars for e in m.events if e.chord_symbol
    ]  # fmt: skip


def _key(name: str, values: Mapping[str, str], before: Tune, after: Tune, language: str) -> str:
    if name == "mode":
        return key_name(language, before.key.with_mode(values["mode"])) if before.key.tonic else ""
    key = parse_key(values["key"]) if len(values.get("key", "").split()) > 1 else after.key
    return key_name(language, key or after.key)


def _moved(
    name: str, values: Mapping[str, str], where: str, before: Tune, after: Tune, language: str
) -> str:
    zh = language == "zh"
    if name == "transpose":
        count = int(values["semitones"])
        names = INTERVAL_NAMES.get(abs(count))
        interval = (
            names[zh] if names else f"{abs(count)}个半音" if zh else f"{abs(count)} semitones"
        )
    else:
        count = int(values["steps"])
        interval = STEP_NAMES[abs(count)][zh] if abs(count) < len(STEP_NAMES) else str(abs(count))
    new = after.key != before.key and before.key.tonic
    key = say(language, "new-key", key=key_name(language, after.key)) if new else ""
    return say(language, "transposed", where=where, interval=interval, key=key,
               direction=say(language, "up" if count > 0 else "down"))  # fmt: skip


def _field(values: Mapping[str, str], language: str) -> str:
    if values["name"] == "T":
        return say(language, "titled", title=plain(values["value"]))
    return say(language, "composer-set", name=plain(values["value"]))


def requirement_list(language: str, requirements: Sequence[Requirement]) -> str:
    """✓ and ✗ in one Markdown list, empty for none."""
    if not requirements:
        return ""
    lines = []
    for item in requirements:
        sign = "✓" if item.met else "✗"
        name = requirement_name(language, item.name)
        value = value_text(language, item.name, item.value)
        lines.append(
            f"- {sign} {name}: {value}" if language == "en" else f"- {sign} {name}：{value}"
        )
    return say(language, "requirements") + "\n" + "\n".join(lines)
