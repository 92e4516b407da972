"""Terms of notation, of ABC, of playing, as `terms` reads them."""

TERMS = r"""
= whole note; semibreve | 全音符
E A whole note (British: semibreve) lasts four quarter notes.
Z 全音符的时值等于四个四分音符。
@ count:1

= half note; minim | 二分音符
E A half note (British: minim) lasts two quarter notes, half of a whole note.
Z 二分音符的时值等于两个四分音符，即全音符的一半。
@ count:1/2

= quarter note; crotchet | 四分音符
E A quarter note (British: crotchet) is a quarter of a whole note, the usual beat in 2/4, 3/4 and 4/4.
Z 四分音符是全音符的四分之一，在2/4、3/4、4/4拍中通常为一拍。
@ count:1/4

= eighth note; quaver; eighth notes; quavers | 八分音符
E An eighth note (British: quaver) is half of a quarter note.
Z 八分音符是四分音符的一半。
@ count:1/8

= sixteenth note; semiquaver; sixteenth notes; semiquavers | 十六分音符
E A sixteenth note (British: semiquaver) is a quarter of a quarter note.
Z 十六分音符是四分音符的四分之一。
@ count:1/16

= dotted note; dot; dotted; dotted rhythm; dotted quarter; dotted crotchet | 附点; 附点音符; 附点节奏
E A dot behind a note makes it half as long again: a dotted quarter note lasts three eighth notes.
Z 音符后的附点使它延长一半：附点四分音符等于三个八分音符。

= triplet; triplets; tuplet | 三连音; 连音
E A triplet is three notes in the time of two.
Z 三连音是在两个音的时间里奏三个音。
> M:2/4 L:1/8 K:C; (3CDE (3FGA|G4|]
@ triplets

= rest; rests | 休止符; 休止
E A rest is a silence of a certain length; in ABC it is the letter z.
Z 休止符表示一定时值的静默；ABC记谱用字母z。
@ count:rests

= tie; tied note | 延音线; 连结线
E A tie joins two notes of the same pitch into one longer note; in ABC it is a hyphen: G-G.
Z 延音线把两个同音高的音连成一个更长的音；ABC记谱用连字符：G-G。
> M:4/4 L:1/4 K:C; CDEG-|G4|]

= slur; legato; phrase mark | 连音线; 连奏; 连线
E A slur is an arc over different notes that are played legato, smoothly joined; in ABC it is round brackets:
  (GAB).
Z 连音线是不同音高的音上的弧线，要连贯地演奏（连奏）；ABC记谱用圆括号：(GAB)。
> M:4/4 L:1/4 K:C; (CDEF)|G4|]

= staccato; detached | 断奏; 跳音
E Staccato notes, marked by a dot above or below, are played short and detached; in ABC a dot stands before the
  note.
Z 断奏音上方或下方有一个点，要奏得短而分离；ABC记谱在音前写一个点。
> M:4/4 L:1/4 K:C; .C.D.E.F|G4|]

= accent; marcato; tenuto; sforzando; sfz | 重音; 保持音; 突强; 重音记号
E An accent (>) stresses a note, a tenuto line holds it for its full length, sforzando (sfz) is a sudden strong
  accent.
Z 重音记号（>）加强一个音，保持音记号要求奏足时值，突强（sfz）是突然的强音。

= fermata; pause sign; hold; corona | 延长记号; 延长号; 自由延长记号
E A fermata, an arc over a dot, means that the note is held longer than written.
Z 延长记号（弧线下一个点）表示该音要比记谱时值更长。
> M:4/4 L:1/4 K:C; EDCD|!fermata!C4|]

= dynamics; dynamic; forte; piano dynamic; mezzo forte; mezzo piano; pianissimo; fortissimo; ff; pp; mf; mp |
  力度; 力度记号; 强; 弱; 中强; 中弱; 很强; 很弱
E Dynamics say how loud: pp very soft, p (piano) soft, mp fairly soft, mf fairly loud, f (forte) loud, ff very
  loud.
Z 力度记号表示强弱：pp很弱，p弱，mp中弱，mf中强，f强，ff很强。

= crescendo; cresc; diminuendo; decrescendo; dim; hairpin | 渐强; 渐弱
E Crescendo means gradually louder, diminuendo or decrescendo gradually softer; hairpins show the same.
Z crescendo是渐强，diminuendo或decrescendo是渐弱；楔形线的意思相同。

= ornament; ornaments; ornamentation; embellishment | 装饰音; 装饰
E Ornaments are small added notes that decorate a main note: trill, mordent, turn, grace note, roll.
Z 装饰音是点缀主音的小音：颤音、波音、回音、倚音、滚音。

= trill; trills; shake | 颤音
E A trill is a quick change between a note and the next note above it.
Z 颤音是本音与上方邻音的快速交替。
> M:4/4 L:1/4 K:C; CDE!trill!D|C4|]

= mordent; pralltriller | 波音
E A mordent goes once quickly from the note to its neighbour below and back; the upper mordent goes to the one
  above.
Z 波音是本音与邻音快速交替一次再回本音：下波音用下方音，上波音用上方音。

= turn; gruppetto | 回音
E A turn circles a note: the note above, the note, the note below, the note.
Z 回音环绕本音：上方音、本音、下方音、本音。

= grace note; grace notes; acciaccatura | 短倚音; 装饰小音; 前倚音
E A grace note is a small note without a length of its own before a main note; in ABC it stands in braces: {g}a.
Z 短倚音是主音前不占自身时值的小音符；ABC记谱写在花括号里：{g}a。
> M:4/4 L:1/4 K:C; C{E}DE{G}F|G4|]

= roll; irish roll; cut; tap; cran | 滚音; 爱尔兰滚音
E A roll in Irish music circles a long note with a cut from above and a tap from below.
Z 爱尔兰音乐的滚音以上方的切音和下方的点音环绕一个长音。

= glissando; portamento; slide between notes; gliss | 滑音; 刮奏
E A glissando slides from one note to another through those between.
Z 滑音从一个音滑向另一个音，经过中间的音。

= vibrato; tremolo | 揉弦; 震音; 颤吟
E Vibrato is a slight wavering of the pitch; tremolo is quick repetition of a note.
Z 揉弦（vibrato）是音高的轻微波动；震音（tremolo）是同音的快速反复。

= staff; stave; ledger line; ledger lines | 五线谱; 谱表; 加线
E The staff (British: stave) has five lines; notes beyond it stand on short ledger lines.
Z 五线谱有五条线；超出范围的音写在短的加线上。

= clef; treble clef; bass clef; alto clef; g clef; f clef | 谱号; 高音谱号; 低音谱号; 中音谱号
E A clef fixes the notes of the staff: the treble clef puts G4 on the second line, the bass clef F3 on the
  fourth, the alto clef middle C on the middle line.
Z 谱号确定谱表上的音：高音谱号把G4定在第二线，低音谱号把F3定在第四线，中音谱号把中央C定在第三线。

= bar line; barline; bar lines; double bar; final bar line; double barline | 小节线; 双小节线; 终止线
E Bar lines divide the music into bars; a double bar ends a section, a thin and a thick line (ABC: |]) end the
  piece.
Z 小节线把音乐分成小节；双小节线结束一段，一细一粗的终止线（ABC：|]）结束全曲。

= bar; measure; bars; measures | 小节
E A bar (American: measure) is the stretch of music between two bar lines.
Z 小节是两条小节线之间的一段音乐。
@ count:bars

= repeat sign; repeat; repeats; repeat marks; |:; :|; repeat bar | 反复记号; 反复; 重复记号
E Repeat signs enclose music that is played twice; in ABC |: opens and :| closes the repeat.
Z 反复记号之间的音乐演奏两遍；ABC记谱用 |: 开始、:| 结束。
> M:4/4 L:1/4 K:C; |:CDEF|G2E2:|C4|]
@ repeats

= first ending; second ending; first and second ending; volta; first time bar; volta bracket; prima volta; 1st
  ending; |1; |2 | 第一结尾; 第二结尾; 跳房子; 房子
E The first ending (first-time bar) is played the first time, the second ending instead of it the second time;
  in ABC |1 and :|2.
Z 第一结尾在第一遍演奏，第二遍跳过它改奏第二结尾；ABC记谱用 |1 和 :|2。
> M:4/4 L:1/4 K:C; |:CDEF|1 G2D2:|2 G2C2|]

= da capo; D.C.; dal segno; D.S.; al fine; fine | 从头反复; 从记号反复; 反复到结束
E Da capo (D.C.) means play again from the beginning, dal segno (D.S.) from the sign, al fine until the word
  Fine.
Z D.C.表示从头反复，D.S.表示从记号处反复，al fine表示到Fine处结束。

= octave; octaves | 八度
E An octave is the distance from a note to the next of the same name, twelve semitones.
Z 八度是一个音到下一个同名音的距离，共十二个半音。

= middle c; C4; middle-c | 中央C; 中央c
E Middle C is C4, MIDI note 60, the C nearest the middle of the piano; in ABC it is the capital C.
Z 中央C是C4（MIDI 60），即钢琴中部的C；ABC记谱写作大写C。

= transposition; transpose; transposing | 移调
E Transposing moves all notes by the same interval into another key; the tune keeps its shape.
Z 移调是把所有的音移动相同的音程到另一个调，曲调形状不变。

= transposing instrument; concert pitch; transposing instruments; written pitch | 移调乐器; 实际音高; 记谱音高
E A transposing instrument sounds another note than is written: a B-flat clarinet or trumpet sounds a tone
  lower, an E-flat alto saxophone a major sixth lower, a horn in F a fifth lower.
Z 移调乐器的实际音高与记谱不同：降B调单簧管、小号低一个全音，降E调中音萨克斯低大六度，F调圆号低纯五度。

= ABC notation; abc; abc music | ABC记谱法; abc谱
E ABC notation writes music as text: letters are notes (C to B, then c to b an octave higher), numbers are
  lengths, | divides bars; fields such as K: (key) and M: (meter) stand above.
Z ABC记谱法用文字写音乐：字母是音（C到B，小写c到b高八度），数字是时值，|分隔小节；上面是K:（调）、M:（拍号）等栏
  。
> M:4/4 L:1/4 K:C; CDEF|GABc|]

= X field; x: ; reference number | X栏
E The field X: is the number of the tune in its file; it comes first.
Z X: 栏是曲子在文件中的编号，写在最前面。

= T field; t: ; title field | T栏; 标题栏
E The field T: is the title.
Z T: 栏是标题。

= K field; k: ; key field | K栏
E The field K: is the key and ends the header, such as K:Am or K:Ddor.
Z K: 栏是调，并结束标题部分，例如K:Am或K:Ddor。

= M field; m: ; meter field | M栏
E The field M: is the meter, such as M:6/8; M:C is 4/4 and M:C| is 2/2.
Z M: 栏是拍号，例如M:6/8；M:C是4/4，M:C|是2/2。

= L field; l: ; unit note length | L栏; 单位音长
E The field L: is the unit note length: with L:1/8 a letter alone is an eighth note, G2 a quarter note, G/2 a
  sixteenth.
Z L: 栏是单位音长：L:1/8时单独一个字母是八分音符，G2是四分音符，G/2是十六分音符。

= Q field; q: ; tempo field | Q栏
E The field Q: is the tempo: Q:1/4=120 means 120 quarter notes a minute.
Z Q: 栏是速度：Q:1/4=120表示每分钟120个四分音符。

= R field; r: ; rhythm field | R栏
E The field R: names the kind of tune, such as reel or jig.
Z R: 栏是曲子的体裁，例如reel或jig。

= w field; w: ; lyrics field | w栏; 歌词栏
E The field w: stands below a line of notes and holds its words; a hyphen divides syllables, * skips a note, _
  holds a syllable.
Z w: 栏写在一行音符下面，是歌词；连字符分音节，*跳过一个音，_延长一个音节。

= V field; v: ; voice field | V栏; 声部栏
E The field V: opens a voice, such as V:1 and V:2.
Z V: 栏开始一个声部，例如V:1和V:2。

= P field; p: ; part field | P栏
E The field P: names a part, such as P:A.
Z P: 栏给段落命名，例如P:A。

= caret in abc; ^; underscore in abc; _; = sign in abc | 脱字符
E In ABC ^ before a note is a sharp, _ a flat, = a natural; doubled they are double sharp and double flat.
Z ABC记谱中，音前的 ^ 是升号，_ 是降号，= 是还原号；写两次是重升、重降。

= comma in abc; apostrophe in abc; octave marks; ' ; , | 八度记号
E In ABC a comma behind a note lowers it by an octave and an apostrophe raises it: C, is C3, c' is C6.
Z ABC记谱中，音后的逗号低八度，撇号高八度：C, 是C3，c' 是C6。

= broken rhythm; > sign; < sign; greater than sign | 附点缩写
E In ABC A>B makes the first note half as long again and halves the second; A<B the other way round.
Z ABC记谱中，A>B使第一个音延长一半、第二个音减半；A<B相反。

= chord symbol; chord symbols; chords in quotes | 和弦标记; 和弦符号
E A chord symbol is a chord name above the notes, such as Am7; in ABC it stands in quotation marks before a
  note.
Z 和弦标记是写在音符上方的和弦名，如Am7；ABC记谱写在音前的引号里。
@ harmony

= chord in brackets; square brackets; [CEG] | 方括号
E In ABC square brackets sound notes together: [CEG] is a chord of three notes.
Z ABC记谱中，方括号内的音同时发声：[CEG]是三个音的和弦。

= lyrics; words; syllable; melisma; syllabic | 歌词; 一字多音; 一字一音
E Words are set syllabic with a note for each syllable, or as a melisma with several notes on one.
Z 歌词可以一字一音，也可以一字多音（花腔）。

= sight-reading; sight reading; solfege; solfège; do re mi; movable do | 视唱; 视奏; 唱名; 首调唱名; 简谱
E Solfège names the degrees of a scale do re mi fa sol la ti; with movable do the tonic of a major key is do.
  Numbered notation (jianpu) writes them 1 to 7.
Z 唱名法用do re mi fa sol la ti称呼音级；首调唱名以大调主音为do。简谱用数字1到7记这些音级。
@ degrees

= soprano; alto; tenor; bass; SATB; four-part harmony; choir | 女高音; 女低音; 男高音; 男低音; 四部和声; 合唱;
  混声四部
E SATB are the four voices of a choir from high to low: soprano, alto, tenor, bass.
Z SATB是合唱的四个声部，从高到低为女高音、女低音、男高音、男低音。
@ voices

= unison; in unison; tutti; solo | 齐奏; 齐唱; 独奏; 合奏
E In unison all play the same notes; tutti means all together, solo one alone.
Z 齐奏是大家奏同样的音；tutti是全体，solo是独奏。

= timbre; tone colour; tone color | 音色
E Timbre is the colour of a sound, by which one tells a flute from a violin on the same note.
Z 音色是声音的色彩，使人能分辨同一音高的长笛和小提琴。

= pitch; frequency; A440; concert a | 音高; 频率; 标准音
E Pitch is how high a note is; concert A (A4) has 440 vibrations a second, and an octave higher twice as many.
Z 音高是音的高低；标准音A4每秒振动440次，高八度则加倍。

= dolce; cantabile; espressivo; con brio; maestoso; giocoso; tranquillo; animato | 柔和地; 如歌地; 有表情地;
  有精神地; 庄严地; 表情术语
E Words of expression: dolce sweetly, cantabile in a singing way, espressivo with expression, con brio with
  spirit, maestoso majestically, giocoso playfully, tranquillo calmly, animato lively.
Z 表情术语：dolce柔和地，cantabile如歌地，espressivo有表情地，con brio有精神地，maestoso庄严地，giocoso诙谐地，
  tranquillo安静地，animato生动地。

= pizzicato; arco; con sordino; double stop | 拨弦; 拨奏; 弱音器; 双音
E Pizzicato means plucked, arco with the bow again, con sordino with the mute; a double stop sounds two strings
  at once.
Z pizzicato是拨弦，arco是恢复用弓，con sordino是加弱音器；双音是两根弦同时发声。
"""
