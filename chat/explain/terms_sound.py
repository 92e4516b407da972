"""Chords, sound, signs and kinds of pieces beside those of the other tables, as `terms` reads them."""

TERMS = r"""
= chord; chords in general | 和弦; 和弦是什么
E A chord is three or more notes that sound together, usually built in thirds on a root: C–E–G is the chord of C.
  Played one after the other they are a broken chord or arpeggio.
Z 和弦是三个或更多同时发响的音，通常在根音上按三度叠置：C–E–G是C和弦。一个接一个地奏出来就是分解和弦（琶音）。
> M:4/4 L:1/4 K:C; "C"[CEG]2 CE|G4|]

= pivot chord; common chord modulation; pivot | 共同和弦; 枢纽和弦
E A pivot chord belongs to two keys and is the door between them: Am is vi in C major and ii in G major, so after it
  D7 can lead to G.
Z 共同和弦同时属于两个调，是两调之间的门：Am在C大调是vi，在G大调是ii，所以它之后可以用D7进到G。
> M:4/4 L:1/4 K:C; "C"EGcG|"Am"A2E2|"D7"^FAdc|"G"B4|]

= Neapolitan chord; neapolitan; neapolitan sixth; flat two chord | 那不勒斯和弦; 那不勒斯六和弦
E The Neapolitan chord is the major triad on the lowered second degree, mostly in first inversion and in minor, before
  the dominant: in A minor it is B flat, D and F.
Z 那不勒斯和弦是降二级上的大三和弦，多用第一转位，多在小调里，在属和弦之前：A小调里是降B、D、F。
> M:4/4 L:1/4 K:Am; "Am"EAce|"Bb/D"d_Bfd|"E7"e^GBd|"Am"A4|]

= voicing; chord voicing; open voicing; close voicing | 和弦排列; 密集排列; 开放排列
E The voicing of a chord is how its notes are laid out: close within an octave or open over more, and which one is at
  the bottom, on top or doubled.
Z 和弦的排列是指各音如何摆放：密集（一个八度内）或开放（更宽），哪个音在最下、最上，重复哪个音。
> M:4/4 L:1/2 K:C; [CEGc][C,GEc]|]

= block chord; block chords | 柱式和弦; 柱式伴奏
E In block chords all notes of a chord are struck together, as in a hymn.
Z 柱式和弦是和弦的各音同时奏出，像赞美诗那样。
> M:4/4 L:1/2 K:C; [CEG][CFA]|[B,DG][CEG]|]

= turnaround | 回头和弦; 转回
E A turnaround is a short row of chords at the end of a section that leads back to its beginning, such as I–vi–ii–V.
Z 回头和弦是段落末尾的一小串和弦，引回段落开头，例如I–vi–ii–V。
> M:4/4 L:1/4 K:C; "C"c2"Am"A2|"Dm"d2"G7"B2|]

= vamp | 反复垫奏
E A vamp is a short figure of one to four chords that is repeated until something begins.
Z 垫奏是一到四个和弦的短小音型，一直反复到下一件事开始。

= walking bass | 行走低音
E A walking bass goes in even quarter notes, by steps and broken chords, from chord to chord.
Z 行走低音以均匀的四分音符，用级进和分解和弦从一个和弦走到下一个和弦。
> M:4/4 L:1/4 K:C; C,E,G,A,|C A,G,E,|F,A,CA,|G,F,E,D,|]

= hook; earworm | 记忆点; 钩子
E A hook is the short phrase of a song that stays in the ear, often its title at the start of the chorus.
Z 记忆点是歌里最容易记住的短句，常常是副歌开头的歌名。

= groove | 律动
E The groove is the steady pattern of rhythm that makes a piece feel like moving: which parts of the beat sound, and
  how even.
Z 律动是让人想跟着动的稳定节奏型：拍子的哪些部分发响，有多均匀。

= lick; riff and lick | 短句; 乐句套路
E A lick is a short ready-made phrase that players put into solos; a riff is one that is repeated as an accompaniment.
Z 短句（lick）是乐手在独奏里用的现成小乐句；反复作伴奏的叫即兴反复段（riff）。

= improvisation; improvise; improvising | 即兴; 即兴演奏
E Improvisation is making up the music while playing, mostly over a known form, scale or row of chords.
Z 即兴是边演奏边创作，多以熟悉的曲式、音阶或和弦进行为基础。

= descant | 高声部对唱; 迪斯康特
E A descant is an added part that is sung or played above the melody.
Z 迪斯康特是加在旋律之上的高声部。

= a cappella; acapella | 无伴奏合唱; 清唱
E A cappella means sung without instruments.
Z 无伴奏（a cappella）指只有人声，没有乐器。

= heterophony | 支声
E In heterophony several players play the same melody at once, each a little differently; much Chinese and Irish music
  is played so.
Z 支声是几个人同时奏同一旋律，各自略有变化；许多中国和爱尔兰音乐是这样演奏的。

= aria | 咏叹调
E An aria is a song for one voice in an opera or cantata, in which the action rests and a feeling is sung.
Z 咏叹调是歌剧或康塔塔里的独唱，剧情停下来抒发感情。

= recitative | 宣叙调
E A recitative is sung speech: free in rhythm, with few chords, telling what happens.
Z 宣叙调是像说话一样的演唱：节奏自由，和弦不多，交代情节。

= art song; lied; lieder | 艺术歌曲
E A lied (art song) sets a poem for voice and piano, in which the piano has a part of its own.
Z 艺术歌曲（Lied）为诗谱曲，由人声和钢琴演出，钢琴有独立的角色。

= etude; étude; study | 练习曲
E An étude is a piece written to practise one thing, such as arpeggios or leaps.
Z 练习曲是为练某一项技术而写的曲子，例如琶音或跳进。

= nocturne | 夜曲
E A nocturne is a quiet lyrical piece, mostly for piano, with a singing melody over broken chords.
Z 夜曲是安静抒情的曲子，多为钢琴而写，歌唱的旋律下面是分解和弦。

= bossa nova | 波萨诺瓦
E Bossa nova is a Brazilian style of soft syncopated song in 2/4 or 4/4 with rich seventh chords, at a moderate speed.
Z 波萨诺瓦是巴西的风格：柔和、切分，2/4或4/4拍，多用七和弦，中等速度。

= tonic sol-fa; sol-fa; solfa; solfege; movable do; do re mi | 唱名; 首调唱名法; 唱名法
E Sol-fa sings the degrees of a scale as do, re, mi, fa, sol, la, ti. With movable do, do is the tonic of every major
  key; with fixed do, do is always C.
Z 唱名把音阶各级唱作do、re、mi、fa、sol、la、si。首调唱名法中do是每个大调的主音；固定唱名法中do总是C。

= numbered notation; jianpu; cipher notation | 简谱
E Jianpu writes the degrees of the key as numbers, 1 for do; a dot above or below the number moves it by an octave, a
  line under it halves its length, a dash after it adds a beat.
Z 简谱用数字写调内各级，1是do；数字上下的点表示高低八度，下面的线使时值减半，后面的横线延长一拍。

= grand staff; great staff | 大谱表
E A grand staff is two staves with a brace, treble above and bass below, as for the piano.
Z 大谱表是用括号连起来的两行五线谱，上面高音谱号，下面低音谱号，用于钢琴。

= C clef; tenor clef | C谱号; 中音谱号; 次中音谱号
E A C clef marks the line of middle C: on the middle line it is the alto clef (viola), on the fourth line the tenor
  clef.
Z C谱号指出中央C所在的线：在第三线是中音谱号（中提琴），在第四线是次中音谱号。

= beam; beams; beaming | 符尾连线; 共用符尾
E A beam joins the stems of eighth notes and shorter ones, so that the groups show the beats.
Z 符尾连线把八分音符和更短的音连成组，让人看清拍子。

= stem; note stem | 符干
E The stem is the line at a note head: up on its right for low notes, down on its left for notes from the middle line
  upward.
Z 符干是符头上的竖线：低音向上，在右边；中线及以上的音向下，在左边。

= duplet | 二连音
E A duplet is two even notes in the time of three, in compound meters such as 6/8.
Z 二连音是在三个音的时间里均匀地奏两个音，用于6/8等复拍子。
> M:6/8 L:1/8 K:C; CEG c3|(2EG c3|]

= register; registers | 音区
E The register is the part of a range: low, middle or high; an instrument sounds different in each.
Z 音区是音域的一部分：低、中、高；乐器在每个音区的音色不同。

= overtone; overtones; harmonic series; overtone series; partials | 泛音; 泛音列
E A sounding string or pipe gives, above its own pitch, softer overtones at two, three, four … times its frequency:
  the octave, the twelfth, the second octave, the major third above that. Their strengths make the tone colour.
Z 弦或管发声时，在本音之上还有更弱的泛音，频率是它的两倍、三倍、四倍……：八度、十二度、两个八度、再高大三度。各泛
  音的强弱决定音色。
> M:4/4 L:1/4 K:C clef=bass; C,,C,G,C|EG3|]

= equal temperament; temperament; tempered tuning | 十二平均律; 平均律
E Equal temperament divides the octave into twelve equal semitones, so that every key sounds alike; only the octaves
  are quite pure.
Z 十二平均律把八度分成十二个相等的半音，所有的调听起来一样；只有八度完全纯。

= cent; cents | 音分
E A cent is a hundredth of a semitone of equal temperament; an octave has 1200.
Z 音分是平均律半音的百分之一；一个八度是1200音分。

= perfect pitch; absolute pitch | 绝对音感; 绝对音高
E Perfect (absolute) pitch is to name a note without hearing another one to compare.
Z 绝对音感是不借助别的音就能说出听到的音名。

= relative pitch | 相对音感; 相对音高
E Relative pitch is to hear how far one note is from another; it can be trained, and it is what most musicians use.
Z 相对音感是听出音与音之间的距离；可以训练，大多数乐手用的就是它。
"""
