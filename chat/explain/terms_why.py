"""Why things in music are as they are, as `terms` reads them; `WHY` has the words by which each is asked for."""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

TERMS = r"""
= why a dominant seventh resolves | 属七和弦为什么解决到主和弦
E The dominant seventh has the leading note, a semitone below the tonic, and a seventh, a semitone above the third
  of the tonic chord (a tone above it in minor); between the two lies a tritone, the most restless interval. The leading
  note goes up, the seventh down, and the root falls a fifth: in C major B–C, F–E, G–C.
Z 属七和弦里有导音（比主音低半音）和七音（比主和弦的三音高半音，小调里高全音），两者之间是三全音，最不安定的音程。
  导音向上、七音向下，根音下行五度：C大调里B到C、F到E、G到C。
> M:4/4 L:1/2 K:C; "G7"[GBdf]2|"C"[Gcce]2|]

= why the leading note rises | 导音为什么上行
E The leading note is only a semitone below the tonic, nearer than any other note of the scale, and in the dominant chord
  it is the third; the ear hears it as unfinished and the tonic as its end. In C major B goes to C.
Z 导音比主音只低半音，比音阶里别的音都近，又是属和弦的三音；听起来没有完，到主音才算结束。C大调里B到C。
> M:4/4 L:1/4 K:C; GABB|c4|]

= why the seventh is raised in minor | 小调为什么升高七级音
E Natural minor has a whole tone below the tonic, so the chord on its fifth degree is minor and pulls little. Raising the
  seventh makes a leading note and a major dominant: in A minor G becomes G sharp and Em becomes E. That is the harmonic minor.
Z 自然小调的七级音比主音低全音，五级和弦是小三和弦，倾向不强。升高七级音就有了导音和大三和弦的属和弦：A小调里G变成升G，
  Em变成E。这就是和声小调。
> M:4/4 L:1/4 K:Am; "Em"EG"Am"A2|"E"E^G"Am"A2|]

= why parallel fifths are avoided | 为什么避免平行五度
E In a fifth or octave two notes blend so well that two voices moving in parallel fifths or octaves are heard as one; the
  independence of the voices is lost. Styles that want such a colour (folk drones, power chords, medieval organum) use them on purpose.
Z 五度和八度里两个音非常融合，两个声部作平行五度或八度进行时听起来像一个声部，失去独立性。需要这种色彩的风格（民间的
  持续低音、强力和弦、中世纪的奥尔加农）则有意使用。
> M:4/4 L:1/2 K:C; [CG][DA]|[EB][CG]|]

= why minor sounds sad | 小调为什么听起来悲伤
E Minor has its third a semitone lower than major, so the third and often the sixth and seventh lie lower; that minor is heard
  as darker is mostly a custom of Western listening. Tempo, register and loudness matter as much: many quick minor dances are merry.
Z 小调的三音比大调低半音，六级和七级音也常常更低；听起来较暗主要是西方听觉的习惯。速度、音区和力度同样重要：许多快速的
  小调舞曲很欢快。
> M:4/4 L:1/4 K:C; "C"CEGE|"Cm"C_EG_E|]

= why a tune ends on its tonic | 曲子为什么结束在主音
E The other notes of a key are heard in relation to the tonic: it comes often and on strong beats, and the dominant leads to it.
  Ending there sounds complete; ending on the fifth or second degree sounds open, as at a half cadence.
Z 调里的其他音都以主音为中心：主音出现多、常在强拍，属和弦也引向它。结束在主音就完整；停在五级或二级音就像半终止，
  听起来没有完。
> M:4/4 L:1/4 K:C; "G"GFED|"C"C4|]

= why a tritone is restless | 三全音为什么不安定
E A tritone is half an octave, six semitones, and its notes share almost no overtones: it is a dissonance and sounds tense. In a key
  it lies between the fourth and the seventh degree, which both stand a semitone from a note of the tonic chord: it opens to a sixth
  or closes to a third.
Z 三全音是半个八度，六个半音，两个音几乎没有共同的泛音，是不协和音程，听起来紧张。在调里它位于四级和七级音之间，两音离
  主和弦的音都只有半音，要求解决：或向外到六度，或向内到三度。
> M:4/4 L:1/2 K:C; [Fb][Ec']|[Bf][ce]|]

= why relative keys share a signature | 关系大小调为什么调号相同
E Relative keys have the same seven notes and start from another: the minor scale begins on the sixth degree of its major. So the same
  sharps or flats are written, and only the tonic differs: C major and A minor have none.
Z 关系大小调用的是同样的七个音，只是起点不同：小调从大调的六级音开始。所以升降号一样，只有主音不同：C大调和A小调都没有
  升降号。
> M:4/4 L:1/4 K:C; CDEF|GABc|ABcd|efga|]

= why there are enharmonic names | 同一个音为什么有两个名字
E The name tells what a note does: C sharp is a raised C and leads up to D, D flat is a lowered D and leads down to C. On a keyboard
  they are one key. A scale takes each letter once, so D major has C sharp and never D flat.
Z 名字说明音的作用：升C是升高的C，向上引到D；降D是降低的D，向下引到C。在键盘上是同一个键。音阶里每个字母只用一次，所以
  D大调写升C，不写降D。
> M:4/4 L:1/4 K:C; C^CD2|D_DC2|]

= why blues uses seventh chords | 布鲁斯为什么用七和弦
E In blues the seventh is a colour and need not resolve: I7, IV7 and V7 all have one, and the flat sevenths are near the blue notes that
  singers bend. So even the last chord may be a seventh.
Z 布鲁斯里的七音是色彩，不必解决：I7、IV7、V7都有七音，降低的七音接近歌手滑动的蓝音。所以最后一个和弦也可以是七和弦。
> M:4/4 L:1/4 K:C; "C7"CEG_B|"F7"FAc_e|]

= why pentatonic tunes never clash | 五声音阶为什么不冲突
E The major pentatonic leaves out the fourth and the seventh degree, so it has no semitone and no tritone: its five notes may sound in
  any order, and even together, without a sharp dissonance.
Z 大调五声音阶没有四级和七级音，所以没有半音，也没有三全音：五个音按任何顺序，甚至同时发响，都没有尖锐的不协和。
> M:4/4 L:1/4 K:C; CDEG|AGED|C4|]

= why a deceptive cadence surprises | 阻碍终止为什么出人意料
E After the dominant the ear expects the tonic; in a deceptive cadence the sixth degree comes. It has two notes of the tonic chord, so
  the melody can end as planned, and only the bass goes elsewhere.
Z 属和弦之后耳朵期待主和弦，阻碍终止却来了六级和弦。它和主和弦有两个共同音，旋律照样可以收住，只有低音去了别处。
> M:4/4 L:1/4 K:C; "G7"GFED|"Am"C4|]

= why music modulates to the dominant | 为什么常转到属调
E The key a fifth higher shares six of seven notes with the first, so it is near, and its one new note (a raised fourth degree) is the
  leading note to the new tonic. The move adds tension, and coming home releases it.
Z 高五度的调和原调有六个相同的音，关系最近；唯一的新音（升高的四级）正是新调的导音。转过去增加紧张，回来就放松。
> M:4/4 L:1/4 K:C; "C"EGcG|"D7"^FAdc|"G"B4|]

= why a pickup shortens the last bar | 弱起为什么让最后一小节变短
E A pickup is the end of a bar that was not begun. By custom the last bar leaves out just as much, so that both make one bar together and
  the tune can be repeated without a gap.
Z 弱起是一个没有从头开始的小节的末尾。习惯上最后一小节少掉同样多，两者合成一小节，反复时才不会断开。
> M:3/4 L:1/4 K:C; G|cde|f2d|c2|]

= why instruments transpose | 为什么有移调乐器
E Instruments of one family are built in several sizes. So that a player has the same fingering for the same written note on each, the
  music is written for the fingers and sounds at another pitch: a written C sounds as B flat on a B flat clarinet.
  Guitar and double bass are written an octave higher than they sound, the tin whistle an octave lower, to spare
  ledger lines.
Z 同一族乐器有不同大小。为了让演奏者在每一种上看到同一个音都用同样的指法，乐谱按指法写，实际发出别的音高：降B调单簧管
  写C，发出降B。吉他和低音提琴的记谱比实际高八度，锡笛的记谱比实际低八度，这样可以少用加线。

= why a scale has semitones where it does | 大调音阶的半音为什么在那里
E The major scale can be put together from the three triads on its first, fourth and fifth degree (C–E–G, F–A–C, G–B–D); in a row these
  seven notes leave semitones between 3 and 4 and between 7 and 8.
Z 大调音阶可以看作一、四、五级三个三和弦的音（C–E–G、F–A–C、G–B–D）；把七个音排起来，半音就在三四级和七八级之间。
> M:4/4 L:1/4 K:C; CDEF|GABc|]

= why four chords suit most songs | 为什么几个和弦就够伴奏
E The chords on the first, fourth and fifth degree hold all seven notes of the key among them, so each note of a simple melody belongs to
  at least one; the sixth degree stands in for the first. That is why I, IV, V and vi go so far.
Z 一、四、五级和弦合起来包含了本调的七个音，简单旋律的每个音至少属于其中一个；六级可以代替一级。所以I、IV、V、vi就够用。
> M:4/4 L:1/4 K:C; "C"CE"F"FA|"G"GB"C"c2|]

= why songs have verses and choruses | 歌曲为什么有主歌和副歌
E The verses tell the story, with new words each time; the chorus comes back the same, says the main thought and is easily sung along.
  The return gives the ear a home, the verse the contrast that makes it welcome.
Z 主歌讲故事，每次歌词不同；副歌每次相同，说出中心思想，容易跟着唱。副歌的回来让耳朵有家可归，主歌的对比使回来受欢迎。

= why parts are repeated | 曲子为什么要反复
E A repeat lets listeners recognise a melody that they heard once, gives dancers the bars that their figures need, and players a second
  time to vary and ornament it; it also makes a short tune longer.
Z 反复让听众认出听过一次的旋律，给舞者足够的小节，也让演奏者第二遍可以变化和加装饰；短小的曲子也因此变长。

= why music has keys | 音乐为什么有不同的调
E A key puts the tune where a voice or an instrument reaches it and lies well; between two keys of one mode only the height differs. Going
  from one to another inside a piece adds tension and freshness.
Z 选调是为了让人声或乐器够得着、顺手；同一调式的两个调之间只有高低不同。曲中换调则带来紧张和新鲜感。
"""

WHY: tuple[tuple[str, str], ...] = (
    ("why a dominant seventh resolves", r"(?:dominant (?:seventh|7th|chord)s?|\bv7\b|\bg7\b).{0,40}(?:resolv|tonic|want|pull|go (?:back )?to|lead|home|\bi\b)|属七?和弦.{0,14}(?:解决|主和弦|倾向|回到|进行到|要到)|(?:resolv|解决).{0,24}(?:dominant seventh|属七)"),
    ("why the seventh is raised in minor", r"(?:seventh|7th).{0,16}(?:rais|sharpen).{0,30}minor|(?:rais|sharpen|sharp(?!s)).{0,30}(?:seventh|7th|leading (?:note|tone)).{0,30}minor|harmonic minor.{0,40}(?:rais|sharp|exist|use)|(?:use|need|have|there|point of|invent).{0,16}harmonic minor|和声小调.{0,8}(?:有什么用|存在|干)|(?:用|要|有)和声小调|minor.{0,40}(?:rais|sharpen).{0,24}(?:seventh|7th)|和声小调.{0,10}升|小调.{0,12}升高?.{0,4}(?:七|7|导音)"),
    ("why the leading note rises", r"leading (?:note|tone).{0,40}(?:resolv|rise|up|tonic|want|pull|lead|strong)|导音.{0,12}(?:解决|上行|主音|倾向|到)"),
    ("why parallel fifths are avoided", r"parallel (?:fifths?|octaves?|5ths?).{0,40}(?:avoid|forbid|forbidden|bad|wrong|not allowed|problem|banned|rule)|(?:avoid|forbid|bad|wrong|can'?t (?:i|we|you) use).{0,24}parallel (?:fifths?|octaves?|5ths?)|(?:避免|禁止|不能|不许|不可以|不要)(?:写|用|有|出现)?平行[五八]度|平行[五八]度.{0,8}(?:禁止|不好|不行|不可以|避免|不能)"),
    ("why minor sounds sad", r"minor (?:keys?|chords?|scales?|tunes?|music|thirds?)?.{0,16}(?:sad|dark|melanchol|gloom)|(?:sad|dark|gloomy).{0,24}minor|小(?:调|和弦|三和弦|三度).{0,14}(?:悲|忧|暗|难过|伤感)"),
    ("why a tune ends on its tonic", r"(?:tunes?|songs?|pieces?|music|melod(?:y|ies)).{0,24}(?:end|finish|stop)s?.{0,16}(?:tonic|home note|key ?note|first (?:note|degree)|doh?\b)|(?:曲子|歌|旋律|音乐).{0,8}(?:结束|收|停)(?:在|到)主音"),
    ("why a tritone is restless", r"tritone.{0,40}(?:uncomfortable|unpleasant|ugly|weird|strange|spooky|harsh|evil|creepy|sinister|tense|unstable|restless|dissonan|devil|resolv|bad|scary)|(?:devil'?s interval).{0,20}why|三全音.{0,10}(?:不舒服|难听|可怕|奇怪|不和谐|不协和|不安|不稳|紧张|刺耳|解决|魔鬼)"),
    ("why relative keys share a signature", r"(?:relative|major and (?:its |the )?relative minor|c major and a minor|a minor and c major).{0,40}(?:same|share).{0,16}(?:signature|notes|sharps|flats)|关系(?:大小调|小调|大调).{0,10}(?:调号|相同|一样)"),
    ("why there are enharmonic names", r"(?:[a-g] ?(?:sharp|#) .{0,16}[a-g] ?(?:flat|b)\b|enharmonic|two names|different names|same note).{0,40}(?:same|names?|both|call|different)|(?:同一个音|等音).{0,12}(?:两个|不同).{0,4}名|升[a-g].{0,6}降[a-g].{0,10}(?:一样|同一个|为什么)"),
    ("why blues uses seventh chords", r"blues.{0,30}(?:seventh|7th|dominant)|(?:布鲁斯|蓝调).{0,10}七和弦"),
    ("why pentatonic tunes never clash", r"pentatonic.{0,40}(?:clash|wrong|good|safe|easy|together|always)|五声(?:音阶|调式)?.{0,14}(?:不冲突|好听|不会错|和谐|协和)"),
    ("why a deceptive cadence surprises", r"(?:deceptive|interrupted|false) cadence.{0,40}(?:surpris|decei|work|unexpected|trick)|阻碍终止.{0,10}(?:意外|出人意料|惊)"),
    ("why music modulates to the dominant", r"modulat.{0,40}(?:dominant|fifth)|(?:转到?|转调).{0,6}属调"),
    ("why a pickup shortens the last bar", r"(?:last|final) bar.{0,30}(?:short|incomplete|missing|fewer|less).{0,40}|(?:pick-?\s?up|anacrusis|upbeat).{0,40}(?:last|final) bar|弱起.{0,14}最后一?小节|最后一?小节.{0,10}(?:短|不完整|少)"),
    ("why instruments transpose", r"(?:transposing instruments?|clarinets?|saxophones?|trumpets?|horns?).{0,40}(?:transpos|different key|written|in b|in e)|guitars?.{0,40}octave|octave.{0,30}guitar|移调乐器|吉他.{0,14}八度"),
    ("why a scale has semitones where it does", r"(?:major )?scale.{0,30}(?:semitones?|half steps?).{0,30}|音阶.{0,10}半音.{0,6}(?:在|位置)"),
    ("why songs have verses and choruses", r"(?:verses?|choruses|chorus|refrains?).{0,30}(?:and|,).{0,12}(?:verses?|chorus(?:es)?|refrains?)|(?:songs?|pop|music).{0,30}(?:have|has|need|use|with|got).{0,16}(?:chorus(?:es)?|refrains?|verses?)|(?:歌|歌曲|曲子).{0,8}(?:副歌|主歌)"),
    ("why parts are repeated", r"(?:tunes?|songs?|pieces?|music|parts?|sections?|jigs?|reels?|dances?|strains?|a and b).{0,30}\brepeat|\brepeat(?:ed|s)?\b.{0,30}(?:parts?|sections?|strains?|twice|each|every)|(?:曲子|舞曲|音乐|段落|每段|歌).{0,10}(?:反复|重复)"),
    ("why music has keys", r"(?:different|so many|various|many|several) keys|(?:不同的调|这么多调|那么多调|各种调)"),
    ("why four chords suit most songs", r"(?:three|four|same|few) chords.{0,40}(?:songs?|every|most|enough|work|all)|songs?.{0,30}(?:three|four|same) chords|(?:三|四|几)个和弦.{0,12}(?:够|伴奏|大部分|所有|很多)"),
)  # fmt: skip
"""Term → how people ask for it; only looked at in questions for a reason."""

REASON = re.compile(
    r"\bwhy\b|\bhow come\b|\bwhat makes\b|\bwhat's the (?:reason|point)\b|\breasons?\b|为什么|为何|为啥|怎么会|凭什么|原因|道理|干嘛"
)


def reason_asked(lower: str) -> str:
    """The term that gives the reason asked for; "" for none.

    >>> reason_asked("why does a dominant seventh want to resolve"), reason_asked("小调为什么听起来悲伤")
    ('why a dominant seventh resolves', 'why minor sounds sad')
    """
    if not REASON.search(lower):
        return ""
    return next((name for name, pattern in WHY if re.search(pattern, lower)), "")
