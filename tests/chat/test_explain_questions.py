"""Questions read: many ways of asking → topic, and requests that are no questions."""
# ruff: noqa: E501 - tables of phrasings

import pytest

from abc_tools.parse import parse_tune
from chat.explain import TOPICS, Question, read_question

TUNE = parse_tune(
    "X:1\nT:Bench\nM:4/4\nL:1/4\nQ:1/4=100\nK:Dm\nP:A\n"
    'A|"Dm"DFAF|"Gm"GBdB|"A7"^CEAG|"Dm"F2D2|"Dm"DFAF|"Gm"GBdB|"A7"AG^CE|"Dm"D3|]\n'
    'P:B\n|:"F"fcAc|"C"egec|"Gm"dBGB|"A7"A2^c2|"F"fcAc|"C"egec|"A7"Ae^cA|"Dm"d4:|\n'
)

QUESTIONS = [
    # the whole
    ("analyse it", "analysis"), ("Analyze this piece, please.", "analysis"), ("style analysis", "analysis"),
    ("can you do a style analysis for my homework?", "analysis"), ("tell me about this piece", "analysis"),
    ("tell me everything about it", "analysis"), ("What can you tell me about this tune?", "analysis"),
    ("give me an overview", "analysis"), ("describe the tune", "analysis"), ("what's going on in this piece", "analysis"),
    ("explain it like I'm eight", "analysis"), ("could you write a short analysis of it?", "analysis"),
    ("analysis in depth for a conservatory student", "analysis"), ("what makes this tune special?", "analysis"),
    ("分析一下这首曲子", "analysis"), ("请给小朋友讲讲这首曲子", "analysis"), ("专业地分析一下", "analysis"),
    ("这首曲子有什么特点？", "analysis"), ("帮我写一份作品分析", "analysis"), ("赏析", "analysis"),
    # key and mode
    ("what key is it in?", "key"), ("key?", "key"), ("Which key is this in", "key"), ("is it major or minor", "key"),
    ("what's the tonic?", "key"), ("what mode is this tune in?", "key"), ("what is the key signature of this piece", "key"),
    ("why is this in F major?", "key"), ("这是什么调？", "key"), ("是大调还是小调", "key"), ("调性", "key"),
    ("为什么是F大调？", "key"), ("这首曲子的主音是什么", "key"),
    # time
    ("what's the time signature", "meter"), ("which meter is it", "meter"), ("how many beats in a bar?", "meter"),
    ("这首曲子是几拍的", "meter"), ("拍号是什么", "meter"),
    ("what tempo is it?", "tempo"), ("how fast does it go?", "tempo"), ("what's the bpm", "tempo"), ("速度是多少", "tempo"),
    ("how long does it last", "lasting"), ("how many seconds long is it?", "lasting"), ("这首曲子有多长时间", "lasting"),
    ("is there a pickup and why?", "pickup"), ("does it start with an anacrusis?", "pickup"), ("有弱起吗？", "pickup"),
    ("is it syncopated?", "syncopation"), ("Where is the syncopation?", "syncopation"), ("有切分节奏吗", "syncopation"),
    ("are there triplets", "triplets"), ("what is the rhythm of bar 3", "rhythm"), ("describe the rhythm", "rhythm"),
    ("节奏有什么特点", "rhythm"),
    # form and motifs
    ("what form is it in?", "form"), ("what's the structure", "form"), ("how is it built?", "construction"), ("曲式是什么", "form"),
    ("where do the phrases end?", "phrases"), ("有几个乐句", "count"), ("what motifs are there", "motif"),
    ("where does the motif come back?", "motif"), ("主题在哪里再现", "motif"), ("which bars are alike?", "alike"),
    ("哪些小节相同", "alike"), ("is there a sequence?", "sequences"),
    # notes
    ("what's the highest note?", "highest"), ("Which note is the lowest?", "lowest"), ("highest note", "highest"),
    ("最高音是什么", "highest"), ("最低音在哪里", "lowest"), ("what is the range of the melody", "range"), ("音域多大", "range"),
    ("what is the longest note", "longest"), ("最长的音是哪个", "longest"), ("what note does it start on", "first note"),
    ("what's the last note?", "last note"), ("最后一个音是什么", "last note"), ("what notes are in bar 3?", "notes"),
    ("第3小节有哪些音", "notes"), ("where is the climax", "climax"), ("高潮在哪里？", "climax"),
    ("which scale degrees are in bar 2?", "degrees"), ("which notes are outside the key?", "outside"), ("有哪些调外音", "outside"),
    ("which notes of bar 3 are chord tones and which are passing notes", "chord tones"), ("第3小节哪些是和弦音", "chord tones"),
    ("does the melody move by step or by leap", "moves"), ("describe the melody", "melody"),
    # counts
    ("how many notes are there?", "count"), ("how many bars", "count"), ("how many G's are there in the tune?", "count"),
    ("how many crotchets does it have", "count"), ("how many quavers in bar 2?", "count"), ("count the rests", "count"),
    ("一共有多少小节", "count"), ("有多少个四分音符", "count"), ("how many different chords does it use", "count"),
    # harmony
    ("what chord is in bar 5?", "harmony"), ("what are the Roman numerals?", "harmony"), ("name the chords in bars 1-4", "harmony"),
    ("label the harmony of the B part", "harmony"), ("第5小节是什么和弦", "harmony"), ("和声怎么样", "harmony"),
    ("what cadence is at bar 8?", "cadence"), ("how does the A part end?", "cadence"), ("第8小节是什么终止", "cadence"),
    ("where does it modulate?", "modulation"), ("does it change key?", "modulation"), ("有没有转调", "modulation"),
    # players
    ("how hard is it?", "difficulty"), ("is it easy?", "difficulty"), ("难不难？", "difficulty"),
    ("can a beginner on recorder play it?", "playable"), ("is it playable on the flute", "playable"),
    ("小提琴能拉吗", "playable"), ("can I sing this? I'm an alto", "playable"),
    ("what kind of dance is it?", "style"), ("这是什么风格", "style"), ("what's it called?", "title"), ("谁写的这首曲子", "title"),
    # why
    ("why does bar 6 sound sad?", "mood"), ("Why does the ending sound unfinished", "mood"), ("what makes it sound Irish?", "mood"),
    ("how come bar 3 feels so tense?", "mood"), ("第6小节为什么听起来悲伤", "mood"), ("为什么听起来像中国音乐", "mood"),
    ("what is the mood of this piece?", "mood"),
    # what if
    ("what changes if I raise the seventh?", "what-if"), ("what would happen if it were in major?", "what-if"),
    ("how would it sound at 60 bpm?", "what-if"), ("what if it had no pickup", "what-if"), ("如果升高第七级会怎样", "what-if"),
    ("如果改成大调会有什么变化", "what-if"), ("what happens when you flatten the third", "what-if"),
    # compare
    ("compare these two", "compare"), ("what is different from version 1?", "compare"), ("what changed?", "compare"),
    ("compare the A part and the B part", "compare"), ("和之前的版本有什么不同", "compare"), ("比较前半和后半", "compare"),
    ("how is the second half different from the first half", "compare"),
    # theory
    ("what is a dorian mode?", "scale"), ("What is a Dorian mode? Show me in this tune.", "scale"), ("什么是多利亚调式", "scale"),
    ("notes of the D harmonic minor scale", "scale"), ("what is the blues scale", "scale"), ("什么是徵调式？", "scale"),
    ("how many flats has Ab major?", "key theory"), ("what's the relative minor of E flat major", "relation"),
    ("降E大调有几个降号", "key theory"), ("which key has three sharps", "key theory"),
    ("what is a minor third", "interval"), ("小三度是什么", "interval"), ("what's the interval between C and E flat?", "between"),
    ("what notes are in Cmaj7", "chord theory"), ("what is a diminished seventh chord", "chord theory"), ("什么是属七和弦", "chord theory"),
    ("chords in G major", "diatonic"), ("what is V7 in G major?", "relation"), ("what is the fifth degree of D major?", "degree"),
    ("what is 6/8?", "meter theory"), ("what is the range of the flute?", "player"),
    ("what is a cadence", "term"), ("What's a jig?", "term"), ("what does adagio mean", "term"), ("什么是弱起", "term"),
    ("切分是什么意思", "term"), ("what does |: mean?", "term"), ("define hemiola", "term"), ("explain the circle of fifths", "term"),
    ("how do I write a melody?", "term"), ("怎么写终止式", "term"), ("what is a syncopaton?", "term"), ("what is a crotchet?", "term"),
    ("what is the difference between a jig and a reel?", "terms"), ("大调和小调有什么区别", "terms"),
    ("what is a flumpet?", "unknown"), ("what is in bar 99?", "no-place"),
]  # fmt: skip

OTHERS = [
    "write a waltz in D minor", "can you write a waltz?", "could you compose a jig in G for me", "what about a jig in G?",
    "how about a slow air?", "give me a reel", "I'd like a march in B flat", "I want something sad", "can I have another one?",
    "could you make bar 5 minor?", "why not raise it an octave", "can you transpose it up?", "would you please add chords",
    "make it sadder", "transpose to D major", "change the key to G minor", "let's hear it faster", "shall we try it in 3/4?",
    "please raise the seventh", "why don't you add a bridge", "can we have the second half in major?", "slower please",
    "undo", "go back to version 2", "rewrite bars 5-8", "add a pickup", "remove the chords", "delete bar 3", "put it up an octave",
    "is it possible to make it easier?", "would you mind changing the ending", "can it be faster?", "could the ending be happier?",
    "more exciting", "another one", "turn it into a waltz", "hello", "thanks!", "great, I love it", "ok", "hi there",
    "a lively jig in G major, 16 bars, with chords", "music for my cat's birthday", "a waltz in 3/4, 16 bars", "in D minor",
    "写一首圆舞曲", "帮我写一首欢快的曲子", "能不能把它改成小调？", "可以慢一点吗", "把第5小节改成小调", "升高八度", "加上和弦",
    "来一首吉格舞曲", "我想要一首悲伤的歌", "撤销", "再写一首", "你好", "谢谢", "春天的气息弥漫在空气中", "能移高一个八度吗",
    "Can the melody go higher at the end?", "How about D major instead?", "can you end it on a half cadence?",
    "show me the ABC", "可以转调到G大调吗", "能不能简单一点，给初学者用", "I don't like bar 5, change it", "换成3/4拍",
    "去掉弱起", "快一点", "请把结尾重写一下好吗", "可以给我写个副歌吗", "replace bar 4 with a rest", "harmonise it",
    "how about making it longer?", "what about in 6/8?", "can you finish it with a perfect cadence?", "use only I, IV and V",
]  # fmt: skip


@pytest.mark.parametrize(("said", "topic"), QUESTIONS)
def test_a_question_has_its_topic(said, topic):
    found = read_question(said, TUNE)
    assert found is not None and found.topic == topic
    assert found.topic in TOPICS


@pytest.mark.parametrize("said", OTHERS)
def test_what_asks_for_music_or_changes_is_no_question(said):
    assert read_question(said, TUNE) is None


@pytest.mark.parametrize(
    ("said", "place"),
    [("what chord is in bar 5?", (5, 5)), ("第3小节有哪些音", (3, 3)), ("why do bars 2-4 sound sad?", (2, 4)),
     ("label the harmony of the B part", (9, 16)), ("how many notes are in the last two bars?", (15, 16)),
     ("最后四小节的和弦是什么", (13, 16)), ("what key is it in?", None)],
)  # fmt: skip
def test_the_bars_are_found(said, place):
    found = read_question(said, TUNE).place
    assert (None if found is None else (found.first, found.last)) == place


def test_a_selection_counts_where_the_message_points_or_names_no_bars():
    assert read_question("what chord is this?", TUNE, (3, 4)).place.first == 3
    assert read_question("analyse these bars", TUNE, (3, 4)).place.last == 4
    assert read_question("analyse the tune", TUNE, (3, 4)).place is None
    assert read_question("what chord is in bar 1", TUNE, (3, 4)).place.first == 1


@pytest.mark.parametrize(
    ("said", "depth"),
    [("explain it like I'm eight", "child"), ("analyse it for kids", "child"), ("给小朋友讲讲这首曲子", "child"),
     ("analyse it", "student"), ("analyse it in depth", "musician"), ("专业地分析一下", "musician")],
)  # fmt: skip
def test_the_depth_is_read(said, depth):
    assert read_question(said, TUNE).depth == depth


@pytest.mark.parametrize(
    ("said", "term"),
    [("how many G's are there?", "G"), ("how many f sharps are in the tune", "F#"), ("how many crotchets", "1/4"),
     ("多少个八分音符", "1/8"), ("how many bars", "bars"), ("有多少个升F", "F#"), ("how many rests are there", "rests"),
     ("can a beginner on the recorder play this?", "descant recorder"), ("why is it in F major?", "F major"),
     ("what would it sound like in 3/4?", "meter 3/4"), ("what if it were twice as fast", "tempo x2"),
     ("如果降低第三级会怎样", "degree 3 -1"), ("what if it were a fourth higher?", "transpose 5")],
)  # fmt: skip
def test_what_is_asked_about_is_read(said, term):
    assert read_question(said, TUNE).term == term


def test_a_question_needs_no_tune():
    assert read_question("what key is it in?", None) == Question("key")
    assert read_question("", TUNE) is None
