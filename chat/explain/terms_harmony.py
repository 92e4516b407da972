"""Terms of harmony, scales and counterpoint, as `terms` reads them."""

TERMS = r"""
= tonic; tonic note; key note; keynote; home note | 主音
E The tonic is the first degree of a scale, the note of rest after which the key is named; the tonic chord (I)
  stands on it.
Z 主音是音阶的第一级，是给人安定感的音，调以它命名；建立在它上面的是主和弦（I）。
> M:4/4 L:1/4 K:C; CDEF|GFED|C4|]
@ key

= supertonic | 上主音
E The supertonic is the second degree of a scale, a step above the tonic; its chord (ii in major) usually leads
  to the dominant.
Z 上主音是音阶的第二级，比主音高一级；它的和弦（大调中为ii）通常进行到属和弦。

= two-five-one; ii-V-I; ii–V–I; two five one; 2-5-1; ii v i | 二五一; 二五一进行
E ii–V–I is the chord on the second degree, then the dominant, then the tonic: each root falls a fifth, and the
  strongest pull of harmony, the dominant's to the tonic, comes last.
Z 二五一是二级、属和弦、主和弦依次进行：每个根音都下行五度，最后由属和弦解决到主和弦，倾向最强。
> M:4/4 L:1/4 K:C; "Dm7"DFAc|"G7"BGFD|"C"E2C2|]
@ harmony

= mediant; submediant | 中音; 下中音
E The mediant is the third degree of a scale and the submediant the sixth; the chords on them share two notes
  with the tonic chord.
Z 中音是音阶的第三级，下中音是第六级；建立在它们上面的三和弦与主和弦有两个共同音。

= subdominant | 下属音; 下属和弦; 下属
E The subdominant is the fourth degree of a scale; its chord (IV) leads away from the tonic, to the dominant or
  back home.
Z 下属音是音阶的第四级；它的和弦（IV）离开主和弦，走向属和弦或回到主和弦。
> M:4/4 L:1/4 K:C; "C"EGcG|"F"A2F2|"C"G4|]
@ harmony

= dominant; dominant chord; V chord | 属音; 属和弦
E The dominant is the fifth degree of a scale; its chord (V, or V7 with a seventh) holds the leading note and
  pulls to the tonic chord.
Z 属音是音阶的第五级；属和弦（V，加七音为V7）含有导音，倾向主和弦。
> M:4/4 L:1/4 K:C; "C"EGcG|"G7"FDB,D|"C"C4|]
@ harmony

= leading note; leading tone | 导音
E The leading note is the seventh degree of a scale when it lies a semitone under the tonic, to which it pulls.
Z 导音是位于主音下方半音的第七级音，强烈倾向主音。
> M:4/4 L:1/4 K:C; EDCB,|C4|]
@ leading

= subtonic | 下主音
E The subtonic is the seventh degree of a scale when it lies a whole tone under the tonic, as in natural minor,
  dorian and mixolydian.
Z 下主音是位于主音下方全音的第七级音，见于自然小调、多利亚和混合利底亚调式。
> M:4/4 L:1/4 K:Dmix; DEFG|A2=c2|d4|]

= scale degree; degree of the scale; degrees | 音级
E A scale degree is the place of a note in its scale, counted from the tonic, which is 1; in C major G is degree
  5.
Z 音级是音在音阶中的位置，从主音（第1级）数起；C大调里G是第5级。
@ degrees

= cadence; cadences; close | 终止式; 终止; 收束
E A cadence is the way a phrase closes, usually by two chords: V–I closes (authentic), a stop on V stays open
  (half), IV–I is plagal, V–vi deceives.
Z 终止式是乐句收束的方式，通常由两个和弦构成：V–I是正格终止，停在V上是半终止，IV–I是变格终止，V–vi是阻碍终止。
> M:4/4 L:1/4 K:C; "C"EGcG|"G7"FDB,D|"C"C4|]
@ cadence

= perfect cadence; authentic cadence; full close; perfect authentic cadence; PAC | 正格终止; 完满终止; 完全终止;
  全终止
E An authentic (British: perfect) cadence is V–I, the strongest close; it is perfect in the American sense if
  both chords are in root position and the melody ends on the tonic.
Z 正格终止是V–I，是最有力的收束；两个和弦都是原位且旋律停在主音上时称为完满正格终止。
> M:4/4 L:1/4 K:C; "F"A2F2|"G7"GFDB,|"C"C4|]
@ cadence:authentic

= half cadence; half close; imperfect cadence; semicadence | 半终止; 不完全终止
E A half cadence (British: imperfect cadence) stops on the dominant chord V, so that the music asks to go on.
Z 半终止停在属和弦V上，音乐仿佛在提问，需要继续。
> M:4/4 L:1/4 K:C; "C"EGcG|"F"AGFE|"G"D4|]
@ cadence:half

= plagal cadence; amen cadence | 变格终止; 阿门终止
E A plagal cadence is IV–I, the close of many hymns on the word Amen; it has no leading note.
Z 变格终止是IV–I，许多赞美诗的“阿门”就是这样结束；它没有导音。
> M:4/4 L:1/2 K:C; "F"A2|"C"G2|]
@ cadence:plagal

= deceptive cadence; interrupted cadence; false cadence | 阻碍终止; 意外终止; 假终止
E A deceptive (British: interrupted) cadence goes from V not to I but to another chord, usually vi, and so
  surprises.
Z 阻碍终止从V不到I，而到别的和弦，通常是vi，令人意外。
> M:4/4 L:1/4 K:C; "F"A2F2|"G7"GFED|"Am"C4|]
@ cadence:deceptive

= phrygian cadence | 弗里几亚终止
E A Phrygian cadence is a half cadence in minor, iv6–V, whose bass falls by a semitone to the dominant.
Z 弗里几亚终止是小调里的半终止iv6–V，低音以半音下行到属音。

= modal cadence | 调式终止
E A modal cadence reaches the tonic from the chord a whole tone below it (bVII–I) or from a minor dominant,
  without a leading note.
Z 调式终止从主音下方全音的和弦（bVII–I）或小属和弦到主和弦，没有导音。
> M:4/4 L:1/4 K:Dmix; "C"EGEC|"D"D4|]
@ cadence:modal

= roman numeral; roman numerals | 罗马数字; 罗马数字标记
E A Roman numeral names a chord by the degree on which it stands: capital for a major third, small for a minor
  third, ° for diminished, 7 for a seventh.
Z 罗马数字按和弦所在的音级命名和弦：大写表示大三度，小写表示小三度，°表示减和弦，7表示七和弦。
@ harmony

= harmonic function; functional harmony; function of a chord | 和声功能; 功能和声; 和弦功能
E Harmonic function sorts chords into three: tonic (rest: I, vi, iii), subdominant (departure: IV, ii) and
  dominant (tension: V, vii°).
Z 和声功能把和弦分为三类：主功能（安定：I、vi、iii）、下属功能（离开：IV、ii）和属功能（紧张：V、vii°）。
@ harmony

= triad; triads | 三和弦
E A triad is a chord of three notes in thirds: root, third and fifth; it is major, minor, diminished or
  augmented.
Z 三和弦由三个按三度叠置的音组成：根音、三音、五音；有大、小、减、增四种。
> M:4/4 L:1/2 K:C; "C"[CEG]2|"Dm"[DFA]2|"Bdim"[Bdf]2|]
@ harmony

= seventh chord; sevenths chord; 7th chord | 七和弦
E A seventh chord is a triad with one more third on top, the seventh above its root.
Z 七和弦是在三和弦上再叠一个三度，即加上根音上方的七度音。
> M:4/4 L:1/2 K:C; "G7"[GBdf]2|"C"[Gce]2|]
@ harmony

= inversion; inverted chord; first inversion; second inversion; inversions | 转位; 和弦转位; 第一转位; 第二转位
E A chord is inverted when another note than its root is lowest: the third (first inversion, 6) or the fifth
  (second inversion, 6/4).
Z 当最低音不是根音时，和弦就是转位：三音在低音是第一转位（6），五音在低音是第二转位（6/4）。
> M:4/4 L:1/4 K:C; "C"[CEG]2"C/E"[EGc]2|"C/G"[Gce]4|]

= root position | 原位
E A chord is in root position when its root is the lowest note.
Z 根音在最低处时，和弦是原位。

= secondary dominant; applied dominant; applied chord | 副属和弦; 重属和弦
E A secondary dominant is a major or dominant seventh chord a fifth above a chord other than the tonic, to which
  it leads: V/V is the dominant of the dominant.
Z 副属和弦是主和弦以外某个和弦上方五度的大三或属七和弦，导向该和弦：V/V是属和弦的属和弦。
> M:4/4 L:1/4 K:C; "C"EGcG|"D7"A^FDF|"G"G4|"C"C4|]
@ secondary

= borrowed chord; modal mixture; mode mixture; modal interchange | 借用和弦; 调式混合; 调式互换
E A borrowed chord comes from the parallel mode on the same tonic, such as the minor iv in a major key.
Z 借用和弦来自同主音的另一调式，例如大调中的小下属和弦iv。
> M:4/4 L:1/4 K:C; "C"EGcG|"Fm"_AFcF|"C"E4|]
@ secondary

= modulation; modulate; key change; change of key | 转调; 移调式转调
E A modulation is a change of key within a piece: another note becomes the tonic, told by new accidentals and a
  cadence there.
Z 转调是乐曲中改变调：另一个音成为主音，由新的变音和在那里的终止来确定。
> M:4/4 L:1/4 K:C; "C"EGcG|"D7"A^FDF|"G"G2"D7"^FA|"G"G4|]
@ modulation

= relative key; relative minor; relative major; relative keys | 关系调; 关系小调; 关系大调; 平行调
E Relative keys share a key signature and differ in the tonic: the relative minor stands a minor third (three semitones)
  below its major key, on its sixth degree (C major and A minor).
Z 关系大小调调号相同而主音不同：关系小调的主音比大调低小三度（三个半音），就是大调的第六级音（C大调与A小调）。

= parallel key; parallel minor; parallel major; tonic minor; tonic major | 同主音调; 同主音小调; 同主音大调;
  同名调
E Parallel keys share a tonic and differ in mode: C major and C minor.
Z 同主音大小调主音相同而调式不同：C大调与C小调。

= circle of fifths; cycle of fifths | 五度圈; 五度循环
E The circle of fifths puts the keys in a ring, each a fifth above the one before: from C one way G, D, A …, each with
  one sharp more, the other way F, Bb, Eb …, each with one flat more. Neighbours share six of their seven notes.
Z 五度圈把各调排成一圈，每个调比前一个高五度：从C往一边是G、D、A……每步多一个升号，往另一边是F、降B、降E……每步多一个
  降号。相邻的调七个音里有六个相同。

= key signature; key signatures | 调号
E A key signature is the row of sharps or flats behind the clef; they hold for the whole line in every octave.
Z 调号是谱号后面的一排升号或降号，对整行各个八度的同名音都有效。
@ key

= key; tonality | 调; 调性
E A key is a tonic together with its scale, such as D minor; the music is heard in relation to that tonic.
Z 调是主音及其音阶的总称，例如D小调；音乐以这个主音为中心。
@ key

= mode; modes; church mode; church modes; ecclesiastical modes | 调式; 教会调式; 中古调式
E A mode is an order of whole tones and semitones above a tonic; the church modes are ionian, dorian, phrygian,
  lydian, mixolydian, aeolian and locrian.
Z 调式是主音上方全音和半音的排列次序；教会调式有伊奥尼亚、多利亚、弗里几亚、利底亚、混合利底亚、爱奥利亚和洛克利
  亚。
@ key

= chinese modes; chinese pentatonic modes; gong shang jue zhi yu; wusheng | 中国调式; 民族调式; 五声调式;
  宫商角徵羽
E The Chinese modes gong, shang, jue, zhi and yu share five notes without semitones (1 2 3 5 6 in numbers; on C: C D E
  G A) and differ in which of them is the tonic: C, D, E, G or A.
Z 中国五声调式宫、商、角、徵、羽共用五个没有半音的音（简谱1 2 3 5 6；以C为宫：C D E G A），区别在于以哪个音为主音：
  C、D、E、G或A。
> M:4/4 L:1/4 K:C; CDEG|AGED|C4|]

= consonance; dissonance; consonant; dissonant | 协和; 不协和; 协和音程; 不协和音程
E Consonant intervals sound at rest (unison, third, fifth, sixth, octave); dissonant ones (second, seventh,
  tritone) want to move on.
Z 协和音程听起来稳定（一度、三度、五度、六度、八度）；不协和音程（二度、七度、三全音）要求继续进行。

= suspension; suspended note | 延留音; 挂留音
E A suspension is a note held over from the chord before that clashes with the new chord and then falls by step
  into it.
Z 延留音是从前一和弦保持下来的音，与新和弦冲突，然后级进下行解决。
> M:4/4 L:1/2 K:C; "C"c2-|"G"cB|"C"c2|]

= appoggiatura; leaning note | 倚音; 强拍倚音
E An appoggiatura is a dissonant note on the beat that leans on and resolves by step to a chord note.
Z 倚音是落在拍上的不协和音，级进解决到和弦音。

= passing note; passing tone; passing notes; passing tones | 经过音
E A passing note fills the gap between two notes by step in one direction and does not belong to the chord.
Z 经过音以级进同向填满两个音之间的空隙，不属于当时的和弦。
> M:4/4 L:1/4 K:C; "C"CDEF|G4|]
@ chord tones:passing notes

= neighbour note; neighbor note; neighbour tone; neighbor tone; auxiliary note | 辅助音; 邻音
E A neighbour note goes a step away from a note and comes back to it.
Z 辅助音离开某音一级后又回到该音。
> M:4/4 L:1/4 K:C; "C"EFED|E4|]
@ chord tones:neighbour notes

= chord tone; chord tones; chord note; non-chord tone; non-harmonic note | 和弦音; 和弦外音
E Chord tones are the notes of the chord that sounds; the others are non-chord tones: passing notes, neighbours,
  suspensions.
Z 和弦音是当时和弦中的音；其他是和弦外音，如经过音、辅助音、延留音。
@ chord tones

= pedal point; pedal; drone; organ point | 持续音; 固定低音音
E A pedal point, or drone, is one note held or repeated while the harmony above it changes.
Z 持续音是一个保持或反复的音，上方和声变化而它不变。

= picardy third; tierce de picardie | 皮卡第三度; 辟卡迪三度
E A Picardy third is a major third in the last chord of a piece in minor.
Z 皮卡第三度是小调乐曲最后一个和弦用大三度。
> M:4/4 L:1/4 K:Am; "E7"E^GBG|"A"A2^c2|"A"A4|]

= twelve-bar blues; 12-bar blues; 12 bar blues; blues form | 十二小节布鲁斯; 布鲁斯曲式; 12小节布鲁斯
E The twelve-bar blues has three lines of four bars: I I I I, IV IV I I, V IV I I.
Z 十二小节布鲁斯分三行，每行四小节：I I I I，IV IV I I，V IV I I。

= tritone; devil's interval; diabolus in musica | 三全音; 魔鬼音程
E A tritone is an interval of three whole tones, six semitones: an augmented fourth or diminished fifth.
Z 三全音是由三个全音（六个半音）构成的音程：增四度或减五度。

= semitone; half step; half tone | 半音
E A semitone (American: half step) is the smallest usual interval, from one piano key to the very next.
Z 半音是通常最小的音程，即钢琴上相邻两键的距离。

= whole tone; whole step | 全音
E A whole tone (American: whole step) is two semitones.
Z 全音等于两个半音。

= interval; intervals | 音程
E An interval is the distance between two notes, named by the letters it spans (third, fifth) and its kind
  (major, minor, perfect).
Z 音程是两个音之间的距离，按跨越的音名数（三度、五度）和性质（大、小、纯）命名。
@ moves

= enharmonic; enharmonic equivalent; enharmonics | 等音; 等音调
E Enharmonic notes sound alike and are spelled differently, such as F sharp and G flat.
Z 等音是听起来相同而写法不同的音，例如升F和降G。

= accidental; accidentals | 临时记号; 变音记号; 变音
E An accidental is a sharp, flat or natural before a note; it raises, lowers or restores it until the end of the
  bar.
Z 临时记号是音符前的升号、降号或还原号，使它升高、降低或复原，到小节末为止有效。
@ outside

= sharp; sharp sign; sharps | 升号; 升记号
E A sharp (♯) raises a note by a semitone: F sharp is the key just above F. Before a note it holds to the end of the
  bar; in the key signature it holds throughout.
Z 升号（♯）把音升高半音：升F就是紧挨在F上方的键。写在音前管到小节末，写在调号里一直有效。

= flat; flat sign; flats | 降号; 降记号
E A flat (♭) lowers a note by a semitone: B flat is the key just below B. Before a note it holds to the end of the
  bar; in the key signature it holds throughout.
Z 降号（♭）把音降低半音：降B就是紧挨在B下方的键。写在音前管到小节末，写在调号里一直有效。

= natural sign; natural; naturals | 还原号; 还原记号
E A natural (♮) takes a sharp or flat back: the note is the plain white key again, to the end of the bar.
Z 还原号（♮）取消升号或降号：这个音恢复为原来的音（白键），管到小节末。

= voice leading; part writing; part-writing | 声部进行; 声部连接
E Voice leading is how each voice moves from chord to chord: by short steps, common notes kept, without parallel
  fifths and octaves between two voices.
Z 声部进行是各声部从一个和弦到下一个和弦的走法：尽量级进，保留共同音，两声部间避免平行五度和八度。

= parallel fifths; parallel octaves; consecutive fifths | 平行五度; 平行八度
E Parallel fifths or octaves arise when two voices a fifth or octave apart move to the same interval; classical
  part writing avoids them because the voices fuse.
Z 平行五度或八度是两个相距五度或八度的声部同向进行到同样的音程；古典写法避免它们，因为两声部会融为一体。

= counterpoint; contrapuntal; polyphony | 对位; 对位法; 复调
E Counterpoint is the art of joining melodies that are independent in rhythm and line and still sound well
  together.
Z 对位是把几条在节奏和线条上各自独立的旋律结合得和谐的技法。

= contrary motion; oblique motion; parallel motion; similar motion | 反向进行; 斜向进行; 平行进行; 同向进行
E Two voices move in contrary motion (apart or together), in oblique motion (one stays), in similar or in
  parallel motion (the same way, by the same interval).
Z 两声部的进行有反向、斜向（一个不动）、同向和平行（同方向且音程相同）。

= canon; round | 卡农; 轮唱
E In a canon the second voice sings the same melody as the first, begun later; a round goes back to its start
  without end.
Z 卡农中第二声部稍后模仿第一声部的同一旋律；轮唱则可以不断从头循环。

= fugue; fugal | 赋格
E A fugue is built on one subject that enters in each voice in turn, at the tonic and at the dominant.
Z 赋格建立在一个主题上，主题依次在各声部、以主调和属调进入。

= imitation | 模仿
E Imitation is the taking up of one voice's figure by another.
Z 模仿是一个声部的音型由另一声部接过来重复。

= chord progression; progression; progressions | 和弦进行; 和声进行
E A chord progression is a row of chords, named by Roman numerals, such as I–IV–V–I or I–V–vi–IV.
Z 和弦进行是一串和弦，用罗马数字表示，例如I–IV–V–I或I–V–vi–IV。
> M:4/4 L:1/1 K:C; "C"c|"F"c|"G"B|"C"c|]
@ harmony

= arpeggio; broken chord; arpeggios | 琶音; 分解和弦
E An arpeggio is a chord whose notes are played one after another.
Z 琶音是把和弦的音依次奏出。
> M:4/4 L:1/8 K:C; CEGc GECE|C8|]

= alberti bass | 阿尔贝蒂低音
E An Alberti bass breaks each chord in the order lowest, highest, middle, highest.
Z 阿尔贝蒂低音按最低、最高、中间、最高的次序分解和弦。
> M:4/4 L:1/8 K:C; CGEG CGEG|DGFG CGEG|]

= slash chord | 斜线和弦; 低音和弦
E A slash chord names a chord and its lowest note: C/E is C major with E in the bass.
Z 斜线和弦标明和弦及其最低音：C/E是以E为低音的C大三和弦。

= power chord; fifth chord | 强力和弦; 五和弦
E A power chord has root and fifth and no third, so that it is neither major nor minor.
Z 强力和弦只有根音和五音，没有三音，因此不分大小。

= chromaticism; chromatic; chromatic note | 半音化; 变化音
E Chromatic notes lie outside the scale of the key.
Z 变化音是调的音阶之外的音。
@ outside

= diatonic | 自然音; 自然音的
E Diatonic notes and chords belong to the scale of the key, without accidentals.
Z 自然音和自然音和弦属于调的音阶，不带临时记号。
@ outside

= atonal; atonality; twelve-tone; serialism | 无调性; 十二音; 序列音乐
E Atonal music has no tonic; twelve-tone music orders all twelve notes in a row instead.
Z 无调性音乐没有主音；十二音音乐则把十二个音排成序列。

= gamut; tessitura; range; ambitus; compass | 音域; 音区
E The range is the distance from the lowest to the highest note; the tessitura is where most of the notes lie.
Z 音域是最低音到最高音的距离；常用音区是多数音所在的范围。
@ range

= texture; homophony; homophonic; monophony; monophonic; polyphonic | 织体; 主调音乐; 单声部音乐; 主调; 单音音乐
E Texture is how voices are layered: monophony is one line, homophony a melody with chords, polyphony several
  independent lines.
Z 织体是声部的组合方式：单音音乐是一条线，主调音乐是旋律加和弦，复调音乐是几条独立的线。
@ voices

= blue note; blue notes | 布鲁斯音; 蓝音
E A blue note is the third, fifth or seventh degree lowered against a major background.
Z 布鲁斯音是在大调背景下降低的三、五或七级音。
@ blue
"""
