"""Replies taken apart: is every sentence that the chat says about music true of the notes?

Questions in both languages, of all topics, are asked about tunes of music21's corpus and about our own. Each
reply is cut into its sentences; a sentence must be what a fact says (nothing else may stand in a reply
but the frames of `chat.explain.answer`), and the fact must be right by a second
computation (`explanations_checks`). Counted are sentences that are supported, those whose
kind is checked for its bars only (judgements such as phrases and style), and those that are not supported;
the last are listed. As a check that cannot fail proves nothing, a copy of each supported fact is made false in one
thing (a count, a note, a key), and it is counted how many of these the second computation catches.

Run: `python -m benchmarks.explanations [--tunes N]`.
"""

# ruff: noqa: E501 - tables of questions
from __future__ import annotations

import argparse
import json
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from abc_tools.analyse.fact import Fact
from abc_tools.edit.registry import run
from abc_tools.parse import parse, parse_tune
from abc_tools.text import apply
from abc_tools.tune import Tune
from benchmarks.data import corpus_files
from benchmarks.explanations_checks import CHECKS, WEAK, Line, has_bars
from benchmarks.explanations_more_checks import MORE, NUMBERED
from benchmarks.explanations_plain_checks import PLAIN
from benchmarks.explanations_player_checks import PLAYER
from benchmarks.explanations_theory_checks import THEORY
from chat.explain import Answer, answer, read_question
from chat.explain.analysis import HEADINGS
from chat.explain.frames import SENTENCES

RESULTS = Path(__file__).with_name("results")
OWN = (
    ("X:1\nT:Pickup in D minor\nM:4/4\nL:1/4\nQ:1/4=100\nK:Dm\nP:A\n"
    'A|"Dm"DFAF|"Gm"GBdB|"A7"^CEAG|"Dm"F2D2|"Dm"DFAF|"Gm"GBdB|"A7"AG^CE|"Dm"D3|]\n'
    'P:B\n|:"F"fcAc|"C"egec|"Gm"dBGB|"A7"A2^c2|"F"fcAc|"C"egec|"A7"Ae^cA|"Dm"d4:|\n'),
    "X:1\nT:Dorian\nR:reel\nM:4/4\nL:1/8\nQ:1/4=180\nK:Ddor\n|:D2FA d2cB|A2GE C2E2|D2FA B2dc|AFGE D4:|\n",
    "X:1\nT:Five notes\nM:2/4\nL:1/8\nK:C\nCDEG|AGED|EGAc|A2G2|CDEG|AGED|E2D2|C4|]\n",
    ("X:1\nT:Jig\nR:jig\nM:6/8\nL:1/8\nQ:3/8=116\nK:G\nP:A\n"
    '|:"G"GAB d2B|"C"c2e "D7"dcA|"G"GAB dBG|"D7"AFD "G"G3:|\nP:B\n'
    '|:"Em"efg "D"f2d|"C"edc "G"B2G|"Am"ABc "D7"dcA|"D7"AFD "G"G3:|\n'),
    ("X:1\nT:Waltz with a turn\nM:3/4\nL:1/4\nQ:1/4=70\nK:C\n"
    '"C"EGc|"Fm"_AFc|"C"E2G|"D7"A^Fd|"G"BGz|"E7"^GBe|"Am"c2A|"G7"BdF|"C"E3|]\n'),
    ("X:1\nT:Blue\nM:4/4\nL:1/8\nQ:1/4=140\nK:G\n"
    '"G7"G2_B2 =B2d2|"C7"_e2c2 G4|"G7"d3f dB_BG|z2 "D7"A>d "G7"G4|]\n'),
)  # fmt: skip
ENGLISH = (
    "what's the dominant seventh of D?", "what is the leading note in E minor", "relative minor of Ab?", "what's the parallel minor of F major",
    "what is a major sixth above F", "enharmonic of G sharp", "is E the same as F?", "how are Am and C related", "what's the 5th of F#m",
    "how do I modulate from C to G", "what's a good chord progression for a sad song", "what are the chords of a 12 bar blues in A",
    "how many beats does a dotted minim last", "how many semiquavers in a minim", "whats the V chord in E flat", "what makes music sound Irish?",
    "if I capo at 2 what chords do I play?", "where should I put a capo?", "how long does it take at 60 bpm?", "how long are bars 1-2 at 90?",
    "what is the last word?", "which syllable gets the longest note?", "where are the first and second endings?", "what does Ador mean?",
    "analyse it", "analyse it in depth", "explain it like I'm eight", "what key is it in?", "why is it in F major?",
    "what's the time signature?", "what tempo is it?", "how long does it last?", "is there a pickup and why?", "is it syncopated?",
    "what form is it in?", "where do the phrases end?", "what motifs are there?", "which bars are alike?", "does it repeat?",
    "what's the highest note?", "what's the lowest note?", "what is the range?", "what is the longest note?", "what's the last note?",
    "where is the climax?", "what notes are in bar 3?", "which scale degrees are in bar 2?", "which notes are outside the key?",
    "which notes of bar 3 are chord tones and which are passing notes?", "steps or leaps?", "describe the melody",
    "how many bars are there?", "how many notes are there?", "how many G's are there?", "how many quavers are there?", "how many rests?",
    "how many chords?", "how many different notes does it use?", "what are the Roman numerals?", "what chord is in bar 3?",
    "which bars have a minor chord?", "what cadence is at bar 4?", "find the cadences", "does it modulate?", "where is the leading note?",
    "how hard is it?", "can a beginner on recorder play it?", "can I play it on the cello?", "what kind of dance is it?",
    "what's it called?", "what is happening in bar 2?", "why does bar 3 sound sad?", "why does bar 2 sound happy?",
    "why does the ending sound unfinished?", "what makes it sound Irish?", "why does it sound Chinese?", "why is bar 3 so tense?",
    "why does bar 1 sound surprising?", "why does it sound calm?", "why does it sound so lively?", "why does it sound jazzy?",
    "what changes if I raise the seventh?", "what happens if I lower the third?", "what would it sound like in major?",
    "what would it sound like in minor?", "what would happen at 60 bpm?", "what if it were an octave higher?",
    "what if there were no pickup?", "what would happen in 3/4?", "what is different from version 1?", "compare the first half and the second half",
    "compare bars 1-2 and bars 3-4", "what is a Dorian mode? Show me in this tune.", "is this pentatonic?", "does it use a blues scale?",
    "what is a half cadence? show me in this tune", "what is syncopation? is there any in this piece?", "what is in bar 99?",
    "what notes are in Cmaj7?", "how many flats has Ab major?", "what is a minor third?", "what is the interval between C and Ab?",
    "chords in E minor", "what is V7 in Bb major?", "what is the fifth degree of D major?", "what is the D blues scale?",
    "which note comes most often?", "which chord is used most often?", "how should I practise this?", "where should I breathe?", "what bowing would you use?", "what fingering for bars 1-2?",
    "what scale could I improvise with?", "what interval is the leap in bar 2?", "what is the interval between the last note of bar 1 and the first of bar 2?",
    "what is a jig?", "what's the difference between a jig and a reel?", "what is 6/8?", "what does adagio mean?", "what is a flumpet?",
    "natural or harmonic minor?", "what interval do the voices make on the first beat of bar 2?", "how far apart are the voices at most?",
    "does anything clash?", "which words fall on the strong beats?", "is any syllable sung to two notes?", "do the words still fit?",
    "is the D7 a mistake?", "what's the function of the A7?", "what if bar 3 had an Am instead?", "why not an F in bar 2?",
    "what chord would be nicer in bar 3?", "why does bar 3 want to go to bar 4?", "any leaps bigger than a fifth?", "which bars come back?",
    "where is the tension greatest?", "how do I teach 4/4 to my class?", "explain the form to a six year old", "explain the chords to a child",
    "what if the last note of bar 2 were a G?", "is that C sharp a misprint?", "can a D whistle play it?", "does it fit the guitar?",
    "do the melody notes match the chords?", "do the notes of bar 3 go with the chord there?", "which bars are the trickiest on the trumpet?",
    "how could my daughter practise bar 2?", "where would a flute player stumble?", "which part is trickier, the first or the second?",
    "which section lies higher?", "what age group could sing this?", "is it right for year 5 to sing?", "where are the wide jumps that singers miss?",
    "how many bars do we play in all with the repeats?", "are there any parallel octaves between the voices?", "does it have exactly 16 bars?",
    "who has the tune?", "what key is each section in?", "why are there sharps in bar 3?", "which chords do I need to learn?",
    "are the chords easy for a learner on guitar?", "how is this tune put together?", "did that change anything in bar 2?", "what did you actually change in the first half?",
    "why does it feel less settled now?", "what could we call it?", "for a birthday, would you take the major or the minor?",
    "in which order are the parts played?", "when was it composed?", "is it minor all the way through?", "what scale should I warm up with?",
    "where do the chords change fastest?", "does the clarinet cross the break?", "do both voices have the same rhythm anywhere?",
    "do the two voices move in opposite directions?", "do the voices imitate each other?", "is it in the yu mode?", "do the two sections end the same way?",
    "can I sing it if I only go up to C?", "which word is on the highest note?", "how often does A7 come?", "how many times does each of the chords come?",
    "what key does the alto sax play in if the piano is in F?", "our trumpet part is in D major, what's the concert key?", "if a clarinet reads a C, what note sounds?",
    "what note does the horn read for concert G?", "capo on 3 with G shapes, what key does it sound in?", "which fret for the capo to play in Bb with G shapes?", "what does (3 mean?",
    "what does the tilde mean?", "what are the strings of a cello?", "is F sharp in D major?", "is B flat in G major?", "which note of E7 isn't in C major?", "does the A minor chord belong to F major?",
    "does it go below the A string?", "is first position enough on the violin?", "do I need to shift on the viola?", "which strings do I need on the violin?", "is the G string needed?",
    "does it end on the tonic?", "is the first note the dominant?", "which degree does it start on?", "does it begin on the first beat?", "does it use fa or ti?", "does it use the fourth degree?",
    "what is the last note in solfa?", "how do I count it?", "what's the second chord?", "roman numeral for the last chord please", "can an alto sing it?", "is it in F major or D minor?", "are there any sharps?",
    "how many times do I play bar 2?", "which bars share the same rhythm?", "are there dotted notes?", "any sequences?", "what key would suit an alto singer?", "which key suits the trumpet?", "which beats are strong?",
    "what's the interval at the start?", "how long is one beat?", "what clef is it in?", "does it end on the same chord?", "does any bar have no chord?", "does it end on a strong beat?", "what's the dominant chord?", "what are the solfa names for bar 1?", "is that fast or slow?", "does the melody go up or down?", "does bar 2 rise or fall?", "are there any repeated notes?", "which line lies highest?", "can I play it with just three chords?",
    "how many beats does the last note get?", "is it good for a funeral?", "where is the chorus?", "in which bars is there a G?", "which bars have a G7 chord?", "which note do the phrases end on?", "why does a dominant seventh want to resolve?", "why do parallel fifths sound bad?", "reel vs hornpipe?", "does the opening ever come back?",
    "what is the accompaniment pattern called?", "what is that rhythm called?", "does the melody move mostly by step?", "what's the relative major?",
    "what do I do wrong between the two voices?", "add roman numerals", "how does it build tension?", "compare the first four with the last 4", "is the D7 a major or minor chord?",
)  # fmt: skip
CHINESE = (
    "B大调的属和弦是哪个", "降E大调的关系小调", "附点二分音符几拍", "一个全音符等于几个八分音符", "降A的等音是什么", "比G低一个小三度是什么音",
    "Am和C有什么关系", "从C大调怎么转到G大调", "变调夹夹2品怎么按", "按每分钟80拍演奏要多久", "一房子二房子分别是哪几小节", "适合欢快歌曲的和弦进行有哪些",
    "左手的伴奏音型叫什么", "反复出现的那个节奏叫什么", "旋律以级进为主吗", "它的关系小调是什么", "什么叫三全音，为什么听着不舒服", "1=降B有几个降号",
    "分析一下这首曲子", "专业地分析一下", "给小朋友讲讲这首曲子", "这是什么调？", "为什么是F大调？", "拍号是什么？", "速度是多少？", "这首曲子有多长时间？",
    "有弱起吗？", "有切分音吗？", "曲式是什么？", "有几个乐句？", "有哪些动机？", "哪些小节相同？", "有反复吗？", "最高音是什么？", "最低音是什么？",
    "音域多大？", "最长的音是哪个？", "最后一个音是什么？", "高潮在哪里？", "第3小节有哪些音？", "第2小节是哪些音级？", "有哪些调外音？",
    "第3小节哪些是和弦音，哪些是经过音？", "是级进还是跳进？", "旋律有什么特点？", "一共有多少小节？", "有多少个音符？", "有多少个G？", "有多少个八分音符？",
    "有几个休止符？", "罗马数字是什么？", "第3小节是什么和弦？", "第4小节是什么终止？", "有没有转调？", "难不难？", "竖笛能吹吗？", "大提琴能拉吗？",
    "这是什么风格？", "曲子叫什么？", "第3小节为什么听起来悲伤？", "第2小节为什么听起来快乐？", "结尾为什么听起来没有结束？", "为什么听起来像中国音乐？",
    "第3小节为什么这么紧张？", "为什么听起来平静？", "为什么听起来有爵士的感觉？", "如果升高第七级会怎样？", "如果降低第三级会怎样？", "如果改成大调会怎样？",
    "如果快一倍会怎样？", "如果没有弱起会怎样？", "和版本1有什么不同？", "比较前半和后半", "什么是多利亚调式？在这首曲子里指出来", "这是五声音阶吗？",
    "什么是半终止？在这首曲子里有吗？", "Cmaj7由哪些音组成？", "降A大调有几个降号？", "什么是小三度？", "C和E之间是什么音程？", "什么是徵调式？", "什么是弱起？",
    "大调和小调有什么区别？", "怎么练？", "在哪里换气？", "弓法怎么安排？", "指法怎么安排？", "即兴用什么音阶？", "第2小节的跳进是几度？",
    "自然小调还是和声小调？", "第2小节第一拍两个声部是什么音程？", "两个声部之间最宽的距离是多少？", "声部有没有冲突？", "哪些字在强拍上？",
    "有没有一字多音的？", "歌词对得上吗？", "D7是不是写错了？", "A7起什么作用？", "要是把第3小节的和弦换成Am会怎样？", "第3小节换成什么和弦更好听？",
    "第3小节为什么要到第4小节？", "有没有超过五度的大跳？", "哪些小节再现了？", "哪里最紧张？", "怎么跟学生讲4/4拍？", "给小朋友讲讲曲式",
    "第2小节最后一个音要是G会怎样？", "旋律和和弦对得上吗？", "第3小节的音都是和弦音吗", "小号吹的话哪几小节最难？", "第2小节应该怎么练？", "哪一段更难，为什么？", "哪段音更高？",
    "几年级的孩子能唱？", "哪里的大跳容易跑调？", "算上反复一共要吹多少小节？", "有没有平行五度？", "是不是正好16小节？", "旋律在哪个声部？",
    "两段分别是什么调？", "第3小节为什么有升号？", "一共要会哪些和弦？", "这些和弦难不难按？", "这首曲子是怎么构成的？", "第2小节变了没有？",
    "你到底改了哪些地方？", "为什么现在没那么想回家了？", "叫什么名字好？", "生日会上弹大调还是小调更合适？", "每段演奏几遍？", "是什么年代写的？",
    "从头到尾都是小调吗？", "先练什么音阶？", "哪里换和弦最快？", "单簧管要跨音区吗？", "两个声部节奏一样吗？", "两个声部是反向进行吗？", "两个声部有模仿吗？",
    "是羽调式还是宫调式？", "钢琴是C大调，降B单簧管吹什么调", "中音萨克斯按D大调吹，实际是什么调", "小号吹C，实际是哪个音", "变调夹夹3品，用C调指法，实际是什么调", "用G调指法弹A调，变调夹夹几品", "波浪号是什么意思",
    "小提琴的空弦是什么音", "升F在G大调里吗", "以B为根音的减七和弦有哪几个音", "有没有低于D弦的音", "小提琴第一把位够吗", "要换把吗", "用到G弦了吗", "最后一个音是主音吗", "第一个音是几级",
    "是从强拍开始的吗", "有没有用到fa和si", "按1=F，第一个音唱几", "这个拍子怎么数", "第二个和弦是什么", "女低音唱得了吗", "到底是F大调还是d小调", "有没有升号", "第2小节要奏几遍",
    "哪些小节节奏相同", "哪里有附点", "有没有模进", "什么调适合女低音唱", "哪些小节有降B", "速度是快还是慢", "旋律是往上走还是往下走", "有没有同音反复", "哪一句最低", "只用两个和弦能弹吗",
    "最长的音有几拍", "适合婚礼上用吗", "副歌在哪里", "开头是几度", "一拍多长", "高音谱号还是低音谱号", "主和弦是哪个", "第2小节的唱名是什么", "好学吗",
    "最高只能唱到d，哪些小节有问题？", "哪个字唱得最高？", "各个和弦分别出现几次？", "每句都落在什么音上？",
    "属七和弦为什么要解决到主和弦？", "里尔和号笛舞怎么区分？",
)  # fmt: skip


def corpus_tunes(count: int) -> Iterator[tuple[str, Tune]]:
    """Tunes of music21's corpus from as many files as can be, of at most 40 bars and with a key."""
    files = corpus_files()
    step = max(1, len(files) // (3 * count))
    found = 0
    for path in files[:: step or 1]:
        for tune in parse(path.read_text(errors="replace")).tunes[:40:13]:
            right = tune.key.tonic and 4 <= tune.bar_count <= 40 and tune.meter is not None
            if found < count and right and any(e.notes for m in tune.measures for e in m.events):
                found += 1
                yield f"{path.name}: {tune.title}", parse_tune(tune.text)
                break


def earlier(tune: Tune) -> Tune:
    """A version before: the same tune an octave lower in its second bar, where that can be done."""
    try:
        chosen = [m for m in tune.measures if m.number == 2]
        return parse_tune(apply(tune.source, run(tune, "octave", {"octaves": "-1"}, chosen)))
    except ValueError:
        return tune


def sentences(text: str) -> int:
    """How many sentences a text has."""
    return max(1, len(re.findall(r"[.?!](?=\s|$)|[。？！]", text)))


def leftover(reply: Answer, language: str) -> str:
    """What of a reply no fact says and is no frame."""
    text = NUMBERED.sub("", reply.text)
    for fact in sorted(reply.facts, key=lambda f: -len(f.sentence(language))):
        text = text.replace(fact.sentence(language), "", 1)
    for english, chinese in HEADINGS.values():
        text = text.replace(f"**{chinese if language == 'zh' else english}**", "")
    for name, pair in SENTENCES.items():
        pattern = re.sub(r"\\\{\w+\\\}", ".*", re.escape(pair[language == "zh"]))
        text = text if name == "no-place" and not reply.text.startswith(("The tune has", "这首曲子没有", "“")) else re.sub(
            pattern, "", text)  # fmt: skip
    return re.sub(r"[\s\-]+", " ", text).strip()


def spoiled(fact: Fact, line: Line) -> Fact | None:
    """The fact with one thing made false: a count, a pitch, a key or a bar; None where nothing can be."""
    value = dict(fact.value)
    for name, old in value.items():
        if isinstance(old, int) and not isinstance(old, bool) and name not in ("points", "letters"):
            return replace(fact, value={**value, name: old + 7})
        if name in ("note", "low", "high", "old", "chord", "tonic") and re.match(
            r"[A-G]", str(old)
        ):
            return replace(
                fact, value={**value, name: "ABCDEFG"["GABCDEF".index(old[0])] + old[1:]}
            )
        if name in ("key", "a") and re.match(r"[A-G][#b]? [a-z]", str(old)):
            return replace(
                fact, value={**value, name: "ABCDEFG"["GABCDEF".index(old[0])] + old[1:]}
            )
        if (
            name in ("notes", "chords", "degrees")
            and old
            and isinstance(old, list)
            and isinstance(old[0], str)
        ):
            return replace(fact, value={**value, name: [*old[:-1], "B#"]})
    return None


def judge(line: Line, fact: Fact) -> str:
    """supported, bars only, wrong, or unknown."""
    check = (
        THEORY.get(fact.kind)
        or PLAIN.get(fact.kind)
        or PLAYER.get(fact.kind)
        or MORE.get(fact.kind)
        or CHECKS.get(fact.kind)
    )
    if check is None:
        return "unknown"
    try:
        right = check(line, fact)
    except (KeyError, AssertionError, IndexError, ValueError, StopIteration) as problem:
        return f"unknown ({type(problem).__name__})"
    if not right or not set(fact.bars) <= set(line.tune.bar_numbers):
        return "wrong"
    return "bars only" if fact.kind in WEAK or check is has_bars else "supported"


def measure(tunes: list[tuple[str, Tune]]) -> dict[str, Any]:
    """Every question of both languages to every tune."""
    counts: Counter[str] = Counter()
    by_language: dict[str, Counter[str]] = {"en": Counter(), "zh": Counter()}
    topics: Counter[str] = Counter()
    failing: list[str] = []
    seconds: list[float] = []
    kinds: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for name, tune in tunes:
        before = earlier(tune)
        line = Line(tune, before)
        for language, messages in (("en", ENGLISH), ("zh", CHINESE)):
            for message in messages:
                start = time.perf_counter()
                question = read_question(message, tune)
                if question is None:
                    failing.append(f"no question: {message}")
                    counts["not read"] += 1
                    continue
                reply = answer(question, tune, language, [before])
                seconds.append(time.perf_counter() - start)
                topics[question.topic] += 1
                counts["replies"] += 1
                by_language[language]["replies"] += 1
                rest = leftover(reply, language)
                if rest:
                    counts["unsupported"] += sentences(rest)
                    failing.append(f"{name} | {message} | left: {rest[:120]}")
                for fact in reply.facts:
                    said = fact.sentence(language)
                    number = sentences(said)
                    verdict = judge(line, fact)
                    kinds[fact.kind] += 1
                    false = spoiled(fact, line) if verdict == "supported" else None
                    if false is not None:
                        counts["spoiled"] += 1
                        caught = judge(line, false) != "supported"
                        counts["caught"] += caught
                        missed[fact.kind] += not caught
                    counts["sentences"] += number
                    by_language[language]["sentences"] += number
                    if verdict == "supported" or verdict == "bars only":
                        counts[verdict] += number
                    else:
                        counts["unsupported"] += number
                        by_language[language]["unsupported"] += number
                        failing.append(f"{name} | {message} | {verdict} {fact.kind}: {said[:160]}")
    return {
        "tunes": len(tunes), **{k: counts[k] for k in ("replies", "sentences", "supported", "bars only", "unsupported",
                                                       "not read", "spoiled", "caught")},
        "by_language": {k: dict(v) for k, v in by_language.items()},
        "topics": dict(topics.most_common()), "kinds": len(kinds),
        "median_ms": round(1000 * statistics.median(seconds), 1), "most_ms": round(1000 * max(seconds), 1),
        "spoiled_and_missed": dict(missed.most_common(12)), "failing": failing[:80],
    }  # fmt: skip


def main() -> int:
    """Measure and write results/explanations.json."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument(
        "--tunes", type=int, default=6, help="tunes of music21's corpus beside our own"
    )
    chosen = options.parse_args()
    tunes = [(parse_tune(text).title, parse_tune(text)) for text in OWN] + list(
        corpus_tunes(chosen.tunes)
    )
    result = measure(tunes)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "explanations.json").write_text(
        json.dumps(result, indent=1, ensure_ascii=False) + "\n"
    )
    sys.stdout.write(
        json.dumps({k: v for k, v in result.items() if k not in ("failing", "topics")}, indent=1)
        + "\n"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
