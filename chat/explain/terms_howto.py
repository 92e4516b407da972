"""How something is written or learned, as `terms` reads them."""

TERMS = r"""
= how to write a melody; write a melody; write a good melody; compose a melody; compose a tune; melody writing;
  write melodies | 写旋律; 作曲入门; 怎么写旋律; 如何写旋律; 写一条旋律; 旋律写作
E Take a short motif and repeat it with a change: same rhythm, other notes. Move mostly by step and turn back
  after a leap. Plan one highest point, about two thirds through. End the first phrase open (on degree 2, 5 or
  7) and the second on the tonic.
Z 先写一个短动机，再变化重复：节奏相同，音不同。以级进为主，跳进后反向回来。安排一个最高点，约在三分之二处。第一
  句停在开放的音（2、5、7级），第二句停在主音。
> M:4/4 L:1/4 K:C; EFGE|AGFE|DEFG|E2D2|EFGE|cBAG|FEDB,|C4|]

= how to write a cadence; write a cadence; make a cadence; end a phrase; write an ending | 写终止; 怎么写终止式;
  如何写终止; 写结尾
E Before the end use a chord that leads to the dominant (IV or ii), then V or V7, then I; let the melody go 2–1
  or 7–1 and put the tonic on a strong beat in a longer note. For an open end stop on V with degree 2, 5 or 7.
Z 结束前用导向属和弦的和弦（IV或ii），再用V或V7，最后I；旋律走2–1或7–1，主音落在强拍并用较长的音。要开放的结尾就
  停在V上，旋律用2、5或7级。
> M:4/4 L:1/4 K:C; "F"A2F2|"G7"GFED|"C"C4|]

= how to modulate; write a modulation; change key smoothly; get to another key | 怎么转调; 如何转调; 写转调
E Find a chord that both keys have (a pivot chord), go from it to the dominant seventh of the new key, and close
  there with V–I; the new accidental comes with that dominant.
Z 找一个两调共有的和弦（共同和弦），从它进行到新调的属七和弦，再以V–I在新调收束；新的变音随属和弦出现。
> M:4/4 L:1/4 K:C; "C"EGcG|"Am"A2E2|"D7"^FAdc|"G"B2G2|]

= how to harmonise; harmonise a melody; harmonize a melody; put chords to a melody; choose chords; find chords |
  配和弦; 怎么配和弦; 如何配和弦; 为旋律配和声
E Look at the notes on the strong beats of each bar and take the chord of the key that holds most of them; begin
  and end with I, put V before the final I, and change chords on the strong beat.
Z 看每小节强拍上的音，选包含这些音最多的调内和弦；以I开始和结束，最后的I之前用V，在强拍上换和弦。
@ harmony

= how to write a second voice; harmony line; write a harmony part; second voice | 写第二声部; 二声部; 和声声部
E Follow the melody a third or sixth below with notes of the scale, use chord notes on strong beats, and close
  on a third, sixth or octave.
Z 用音阶内的音在旋律下方三度或六度跟随，强拍用和弦音，最后停在三度、六度或八度上。

= how to write a bass line; bass line; bassline; write a bass line; easy left hand; simple left hand; easy bass line;
  simple accompaniment; easy accompaniment | 写低音; 低音线; 低音声部; 简单的左手; 左手伴奏怎么弹; 简单的伴奏
E Put the root of each chord on the strong beat, its fifth on the next, and join roots by step; move against the
  melody where it can be.
Z 强拍放和弦根音，下一拍放五音，根音之间用级进连接；尽量与旋律反向。
@ harmony

= how to write a variation; vary a melody; write variations; develop a motif; develop a melody | 写变奏;
  发展动机; 怎么变奏; 旋律发展
E Keep the strong-beat notes and fill between them with steps or neighbours; or keep the rhythm and change the
  notes; or change mode, meter or register.
Z 保留强拍的音，中间用级进音或辅助音填充；或保留节奏改变音；或改变调式、拍号、音区。

= how to practise; practise a piece; practice a piece; how to practice; learn a piece | 怎么练习; 如何练习;
  练习方法
E Play slowly with a beat, in stretches of two or four bars; repeat the hard bars alone; join the stretches;
  raise the tempo by small steps.
Z 跟着拍子慢练，每次两到四小节；难的小节单独重复；再连起来；速度一点一点加快。
@ difficulty

= how to find the key; find the key; find the key of a piece; tell the key; work out the key | 怎么判断调;
  如何判断调性; 怎么找调; 判断调性
E Count the sharps or flats of the signature: they leave a major key and its relative minor. Then look at the last
  note and chord, which is mostly the tonic, and for a raised seventh degree, which speaks for the minor key.
Z 先数调号里的升降号：剩下一个大调和它的关系小调。再看最后的音与和弦，多半是主音；有升高的七级音则多半是小调。

= how to count triplets; count triplets; play triplets | 三连音怎么数; 怎么数三连音; 三连音怎么打
E Say one word of three even syllables to each beat, such as “tri-po-let”, and clap the beat; the three notes
  fill the time of two. Then play the notes on the syllables.
Z 每拍念三个均匀的音节，例如“三连音”，同时拍手打拍子；三个音占两个音的时间。然后把音放到音节上。
> M:2/4 L:1/8 K:C; CE GE|(3CEG c2|]

= how to write a song; write a song; write songs; write a good song; compose a song; songwriting; write my own song |
  怎么写歌; 写一首歌; 如何写歌; 写歌; 歌曲创作; 怎么写一首歌
E Begin with a line of words that you like and say it aloud: its stressed syllables go on the strong beats. Make a
  verse of two or four lines of equal length, each a phrase of two or four bars, and a refrain that lies higher and
  repeats its first line. Take three or four chords of one key, and end verse and refrain on the tonic.
Z 先写一句喜欢的词，念出声来：重读的字放在强拍上。主歌写两句或四句，长短相近，每句两小节或四小节；副歌音区高一些，
  第一句要重复。和弦用同一个调里的三四个，主歌和副歌都收在主音上。

= how to write lyrics; write lyrics; come up with lyrics; write words to a melody; write words; put words to a tune |
  写歌词; 怎么写歌词; 如何填词; 填词; 怎么填词
E Count the notes of each phrase: that many syllables the line may have, fewer where syllables are held over several
  notes. Put stressed syllables on strong beats and open vowels on long and high notes, and let the lines that close
  alike rhyme.
Z 数一数每句有几个音，就大约有几个字；一字多音时字可以少些。重要的字放在强拍，长音和高音用开口的韵母，收法相同的
  句子押韵。

= how to read music; read sheet music; read notes; read music; learn to read music; read the staff; read a score |
  怎么识谱; 如何识谱; 怎么认五线谱; 看五线谱; 认五线谱; 识谱; 看懂乐谱; 读谱
E Each line and each space of the staff is a letter of the scale; in the treble clef the lines are E G B D F from
  below, the spaces F A C E. The key signature raises or lowers some letters throughout. The shape of a note is its
  length: hollow without a stem four beats, hollow with a stem two, black one, with a flag a half. Say the letters
  aloud, then clap the rhythm, then play both.
Z 五线谱的每条线、每个间各是一个音：高音谱号里五条线从下往上是E G B D F，四个间是F A C E。调号把某些音一律升高或降低。
  音符的样子是时值：空心无杆四拍，空心有杆两拍，实心一拍，带一条符尾半拍。先念音名，再拍节奏，最后合起来奏。

= how to tune a string instrument; tune a guitar; tune my guitar; tune a violin; tune a ukulele; tune an instrument;
  tune up | 怎么调弦; 吉他怎么调弦; 调弦; 小提琴怎么调弦; 怎么定弦; 定弦
E Take one string from a tuning fork, a piano or a tuner (A is 440 Hz) and tune it first, from below upwards. Tune
  the others from it: on the violin each string is a perfect fifth from the next (G D A E), on the guitar a fourth
  with one major third (E A D G B E). Check every string once more, since each pulls at the others.
Z 先按音叉、钢琴或调音器（A为440赫兹）调好一根弦，从低往上调准。再以它为准调其他弦：小提琴相邻两弦是纯五度（G D A E），
  吉他是四度，其中有一个大三度（E A D G B E）。最后每根弦再查一遍，因为弦的张力互相影响。

= easy keys; good key for beginners; easiest keys; easiest key; easy key; key for beginners; simplest key | 最容易的调;
  初学者用什么调; 容易的调; 适合初学者的调; 什么调最简单
E Usual first keys: on the piano C, G and F major with A minor; on the violin A, D and G major, which have open
  strings; on the guitar G, C, D, A and E with A minor and E minor; on clarinet and trumpet, as written, C, F and G
  major; on the descant recorder C, G and F major.
Z 通常先学的调：钢琴是C、G、F大调和A小调；小提琴是A、D、G大调（多用空弦）；吉他是G、C、D、A、E大调和A小调、E小调；
  单簧管和小号（按记谱）是C、F、G大调；高音竖笛是C、G、F大调。

= how to improve your ear; train my ear; ear training; play by ear; learn by ear | 练耳; 怎么练耳; 听音练习; 怎么练听力
E Sing a scale on do re mi, then single steps of it from do; name intervals by songs that begin with them; listen to
  four bars, sing them back, and only then look for the notes. A few minutes every day do more than an hour a week.
Z 用do re mi唱音阶，再从do出发唱单个音级；用歌曲的开头记音程；听四小节先唱回来，再找音。每天几分钟胜过每周一小时。
"""
