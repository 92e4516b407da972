"""Terms of form, rhythm, meter, tempo and dances, as `terms` reads them."""

TERMS = r"""
= binary form; binary; AB form; two-part form | 二部曲式; 单二部曲式; 二段式
E Binary form has two sections, A and B, usually each repeated (AABB); A often leads to the dominant or relative
  key, B comes home.
Z 二部曲式有A、B两段，通常各自反复（AABB）；A段常走向属调或关系调，B段回到主调。
@ form

= ternary form; ternary; ABA form; three-part form | 三部曲式; 单三部曲式; 三段式
E Ternary form has three sections: A, a contrasting B, and A again.
Z 三部曲式有三段：A、对比的B，再回到A。
@ form

= rondo; rondo form; ABACA | 回旋曲; 回旋曲式
E In a rondo a refrain A returns between other sections: ABACA.
Z 回旋曲中，主部A在不同插部之间反复出现：ABACA。
@ form

= song form; AABA; AABA form; 32-bar form; thirty-two-bar form | 歌曲体; 三十二小节曲式
E AABA has a section A, its repeat, a bridge B that differs, and A again; with eight bars each it is the 32-bar
  song form.
Z AABA先是A段及其重复，再是不同的B段（桥段），最后回到A；每段八小节就是三十二小节歌曲体。
@ form

= strophic; strophic form | 分节歌; 分节歌形式
E In strophic form every verse is sung to the same music.
Z 分节歌的每段歌词都用同样的音乐演唱。
@ form

= through-composed; through composed | 通谱体; 通谱歌
E Through-composed music has new music for every section.
Z 通谱体的每一段都是新的音乐。
@ form

= verse; chorus; verse-chorus; verse chorus form; refrain | 主歌; 副歌; 主副歌曲式; 主歌副歌
E In verse–chorus form the verse tells with new words each time, and the chorus returns with the same words and
  music.
Z 主副歌曲式中，主歌每次换词叙述，副歌以同样的词曲反复出现。
@ form

= bridge; middle eight | 桥段; 过渡句
E A bridge is a contrasting section, often of eight bars, that leads back to the main section.
Z 桥段是一个对比性的段落，常为八小节，再引回主要段落。
@ form

= coda; codetta; outro; tail | 尾声; 结束段
E A coda is an added section that closes a piece.
Z 尾声是附加在最后、用来结束全曲的段落。

= introduction; intro; prelude | 引子; 前奏; 前奏曲
E An introduction comes before the first main section and prepares it.
Z 引子在第一个主要段落之前，为它作准备。

= sonata form; sonata; exposition; recapitulation; development section | 奏鸣曲式; 奏鸣曲; 呈示部; 再现部;
  发展部
E Sonata form sets out two key areas (exposition), works on the themes (development), and brings both back in
  the home key (recapitulation).
Z 奏鸣曲式先在两个调呈示主题（呈示部），再加以发展（展开部），最后都在主调再现（再现部）。

= theme and variations; variations; variation | 主题与变奏; 变奏曲; 变奏
E A theme with variations repeats one theme each time with changes in melody, rhythm, harmony or mode.
Z 主题与变奏多次重复同一主题，每次改变旋律、节奏、和声或调式。

= phrase; phrases | 乐句
E A phrase is a musical thought as long as a breath, often four bars, that closes with a cadence.
Z 乐句是一口气长短的音乐句子，常为四小节，以终止收束。
@ phrases

= period; antecedent; consequent; question and answer; call and response; question and answer phrase | 乐段;
  前句; 后句; 问答; 问答句
E A period is two phrases that begin alike: the first (antecedent) stays open, the second (consequent) closes,
  like question and answer.
Z 乐段由两个开头相似的乐句组成：前句开放，后句收束，如同一问一答。
@ form

= motif; motive; motifs; motives; figure | 动机; 音型
E A motif is the smallest figure of notes that is recognised again when it returns.
Z 动机是再次出现时能被认出的最小音型。
@ motif

= sequence; melodic sequence; sequences | 模进
E A sequence repeats a figure at once on a higher or lower step.
Z 模进是把一个音型紧接着移到更高或更低的音级上重复。
> M:4/4 L:1/8 K:C; cBcA G2E2|BABG F2D2|AGAF E2C2|]
@ motif

= ostinato; riff | 固定音型; 顽固音型
E An ostinato is a figure that is repeated again and again without change.
Z 固定音型是不断原样反复的音型。

= augmentation; diminution; retrograde; melodic inversion | 扩大; 缩小; 逆行; 倒影
E A figure can return in longer notes (augmentation), in shorter ones (diminution), backwards (retrograde) or
  upside down (inversion).
Z 音型可以时值拉长（扩大）、缩短（缩小）、倒着（逆行）或上下颠倒（倒影）再现。
@ motif

= climax; high point; culmination | 高潮
E The climax of a melody is its point of greatest tension, usually its highest note.
Z 旋律的高潮是张力最大的地方，通常是最高音。
@ climax

= melody; tune; contour; melodic contour | 旋律; 曲调; 旋律线; 旋律轮廓
E A melody is a row of single notes heard as one line; its contour is how it rises and falls.
Z 旋律是连成一条线的一串单音；它的起伏就是旋律轮廓。
@ melody

= step; leap; conjunct; disjunct; stepwise; skip | 级进; 跳进
E A step goes to the next note of the scale; a leap (or skip) is wider.
Z 级进走到音阶的相邻音；跳进则更宽。
@ moves

= form; musical form; structure | 曲式; 曲式结构; 结构
E Form is the order of the sections of a piece, which of them return and which contrast; letters name them:
  AABB, ABA.
Z 曲式是乐曲各段的次序：哪些再现，哪些对比；用字母表示，如AABB、ABA。
@ form

= harmony | 和声
E Harmony is the chords of a piece and how they follow one another.
Z 和声是乐曲中的和弦及其前后连接。
@ harmony

= rhythm | 节奏
E Rhythm is the order of long and short notes and rests.
Z 节奏是长短音符和休止的组织。
@ rhythm

= meter; metre; time signature | 拍号; 节拍; 拍子
E The meter says how beats are grouped into bars: the upper number of a time signature counts the notes in a
  bar, the lower says which note is counted.
Z 节拍说明拍子如何组成小节：拍号上面的数字是每小节的单位数，下面的数字是以几分音符为单位。
@ meter

= simple meter; simple time; simple metre; duple meter; triple meter; quadruple meter; duple; triple meter |
  单拍子; 二拍子; 三拍子; 四拍子
E In simple meters each beat falls into two; duple, triple and quadruple count two, three and four beats in a
  bar: 2/4, 3/4, 4/4.
Z 单拍子的每一拍分为两份；二拍子、三拍子、四拍子每小节有二、三、四拍：2/4、3/4、4/4。
@ meter

= compound meter; compound time; compound metre; 6/8; 9/8; 12/8; six-eight | 复拍子; 复合拍子; 八六拍
E In compound meters each beat falls into three: 6/8 has two beats of a dotted quarter note, 9/8 three, 12/8
  four.
Z 复拍子的每一拍分为三份：6/8有两拍（每拍附点四分音符），9/8三拍，12/8四拍。
> M:6/8 L:1/8 K:G; G2B d2B|A3 G3|]
@ meter

= irregular meter; odd meter; asymmetric meter; 5/8; 7/8; 5/4; irregular metre; additive meter | 混合拍子;
  不规则拍子; 五拍子; 七拍子
E In irregular meters the beats are of unequal length or come in fives or sevens: 5/4, or 7/8 as 2+2+3.
Z 混合拍子的拍长不等，或每小节五拍、七拍：如5/4，或7/8（2+2+3）。
@ meter

= cut time; alla breve; common time; 2/2 | 二二拍; 切分拍号; 普通拍子
E Common time (C) is 4/4; cut time (alla breve, C|) is 2/2: the same notes counted in two.
Z C表示4/4拍；C|（alla breve）表示2/2拍：同样的音符按两大拍来数。
@ meter

= hemiola; hemiolas | 黑米奥拉; 三对二节奏; 赫米奥拉
E A hemiola sets three beats against two in the same time: two bars of 3/4 are accented as one of 3/2, or a bar
  of 6/8 as 3/4.
Z 黑米奥拉是在同样的时间里以三对二：两小节3/4按一小节3/2来强调，或一小节6/8按3/4强调。
> M:6/8 L:1/8 K:C; C3 E3|C2E2G2|c6|]

= syncopation; syncopated; off-beat; offbeat | 切分; 切分音; 切分节奏
E Syncopation begins a note on a weak place and holds it over a stronger one, so that the accent shifts.
Z 切分从弱位开始一个音并延续过更强的拍，使重音移位。
> M:4/4 L:1/8 K:C; CE2G2E2C|D3E F4|]
@ syncopation

= polyrhythm; cross rhythm; cross-rhythm | 复节奏; 交错节奏
E A polyrhythm joins different divisions of the same time, such as three notes against two.
Z 复节奏是把同一时间的不同划分结合起来，例如三对二。

= beat; pulse; downbeat; upbeat beat | 拍; 拍点; 强拍; 重拍
E The beat is the regular pulse that one taps; the downbeat is the first and strongest of a bar.
Z 拍是人们随之打拍子的规律脉动；强拍是小节的第一拍，也是最强的一拍。
@ meter

= pickup; anacrusis; upbeat; pick-up; pickup bar | 弱起; 弱起小节; 起拍
E A pickup (anacrusis, upbeat) is one or more notes before the first downbeat; the last bar is often shorter by
  as much.
Z 弱起是第一个强拍之前的一个或几个音；最后一小节往往相应缩短。
> M:4/4 L:1/4 K:C; G|c2ed|c3|]
@ pickup

= tempo; bpm; beats per minute; metronome; metronome mark | 速度; 节拍器; 速度标记
E The tempo is how fast the beats go, counted in beats a minute (bpm).
Z 速度是拍子的快慢，以每分钟拍数（bpm）计。
@ tempo

= largo; grave; larghissimo | 广板; 庄板
E Largo means broad and very slow, about 40 to 60 beats a minute; grave is slow and solemn.
Z 广板（Largo）宽广而很慢，约每分钟40到60拍；庄板（Grave）缓慢庄严。

= lento; larghetto | 慢板; 小广板
E Lento means slow, about 45 to 60 beats a minute; larghetto is a little quicker than largo.
Z 慢板（Lento）约每分钟45到60拍；小广板（Larghetto）比广板略快。

= adagio | 柔板
E Adagio means slow and at ease, about 66 to 76 beats a minute.
Z 柔板（Adagio）缓慢从容，约每分钟66到76拍。

= andante; andantino | 行板; 小行板
E Andante means at a walking pace, about 76 to 108 beats a minute.
Z 行板（Andante）如步行的速度，约每分钟76到108拍。

= moderato | 中板; 中速
E Moderato means at a moderate speed, about 108 to 120 beats a minute.
Z 中板（Moderato）速度适中，约每分钟108到120拍。

= allegretto | 小快板
E Allegretto means fairly quick, about 112 to 120 beats a minute, a little slower than allegro.
Z 小快板（Allegretto）稍快，约每分钟112到120拍，比快板略慢。

= allegro | 快板
E Allegro means quick and lively, about 120 to 168 beats a minute.
Z 快板（Allegro）快速而活跃，约每分钟120到168拍。

= vivace; vivo | 活板; 活泼的快板
E Vivace means lively and quick, about 140 to 176 beats a minute.
Z 活板（Vivace）快速而有生气，约每分钟140到176拍。

= presto; prestissimo | 急板; 最急板
E Presto means very quick, about 168 to 200 beats a minute; prestissimo is quicker still.
Z 急板（Presto）很快，约每分钟168到200拍；最急板（Prestissimo）更快。

= ritardando; rit; rallentando; rall; ritenuto | 渐慢; 突慢
E Ritardando and rallentando mean gradually slower; ritenuto means held back at once.
Z ritardando和rallentando是渐慢；ritenuto是立即放慢。

= accelerando; accel; stringendo | 渐快
E Accelerando means gradually faster.
Z accelerando是渐快。

= a tempo; tempo primo | 回原速; 原速
E A tempo means back at the former speed; tempo primo means at the first speed.
Z a tempo是回到原来的速度；tempo primo是回到最初的速度。

= rubato; tempo rubato | 自由速度; 弹性速度
E Rubato means freely: the player hurries and lingers and gives the stolen time back.
Z rubato是弹性速度：演奏者时快时慢，借来的时间再还回去。

= jig; double jig; jigs | 吉格; 吉格舞曲; 基格舞曲
E A jig is a lively dance in 6/8 from Britain and Ireland: two beats of three eighth notes in a bar, at about
  116 beats a minute, usually AABB with eight bars each.
Z 吉格舞曲是英国和爱尔兰的6/8拍活泼舞曲：每小节两拍，每拍三个八分音符，约每分钟116拍，通常为AABB，每段八小节。
> R:jig; M:6/8 L:1/8 K:G; GBd gdB|ABA AGE|GBd gdB|AGF G3|]
@ style

= slip jig; hop jig | 滑步吉格
E A slip jig is an Irish dance in 9/8: three beats of three eighth notes in a bar, light and flowing.
Z 滑步吉格是爱尔兰的9/8拍舞曲：每小节三拍，每拍三个八分音符，轻盈流畅。
> R:slip jig; M:9/8 L:1/8 K:G; GBd gdB c2A|GBd gdB AFD|]
@ style

= reel; reels | 里尔; 里尔舞曲
E A reel is a quick dance in 4/4 or 2/2 that runs in even eighth notes, usually AABB with eight bars each.
Z 里尔舞曲是4/4或2/2拍的快速舞曲，以均匀的八分音符流动，通常为AABB，每段八小节。
> R:reel; M:4/4 L:1/8 K:D; DFAF dFAF|EGBG eGBG|DFAF dAFA|GFED D4|]
@ style

= hornpipe; hornpipes | 号笛舞; 角笛舞; 号笛舞曲
E A hornpipe is a dance in 4/4 with dotted or swung eighth notes and three firm closing beats at the end of a
  section.
Z 号笛舞是4/4拍的舞曲，用附点或摇摆的八分音符，段落末尾有三个稳固的收束拍。
> R:hornpipe; M:4/4 L:1/8 K:D; D>FA>F d>AF>A|G>BA>G F2D2|]
@ style

= strathspey; scotch snap; lombard rhythm | 斯特拉斯佩; 斯特拉斯佩舞曲; 苏格兰短长节奏
E A strathspey is a stately Scottish dance in 4/4, marked by the Scotch snap: a short note on the beat before a
  long one.
Z 斯特拉斯佩是4/4拍的苏格兰舞曲，以短长节奏（Scotch snap）为特征：拍上先短后长。
> R:strathspey; M:4/4 L:1/8 K:D; D<FA>F d<AF<A|G>BA<G F2D2|]
@ style

= polka; polkas | 波尔卡
E A polka is a lively Bohemian couple dance in 2/4, at about 120 beats a minute, with short phrases.
Z 波尔卡是源于波希米亚的2/4拍活泼双人舞，约每分钟120拍，乐句短小。
> R:polka; M:2/4 L:1/8 K:D; FA AB|AF FE|FA AB|d2 d2|]
@ style

= waltz; waltzes; valse | 圆舞曲; 华尔兹
E A waltz is a turning couple dance in 3/4 with a strong first beat and two lighter ones, oom-pah-pah in the
  bass.
Z 圆舞曲（华尔兹）是3/4拍的旋转双人舞，第一拍强，后两拍轻，低音伴奏如“蓬嚓嚓”。
> R:waltz; M:3/4 L:1/4 K:G; "G"G B d|"C"e2 c|"D7"A c F|"G"G3|]
@ style

= mazurka | 玛祖卡
E A mazurka is a Polish dance in 3/4 with a dotted first beat and accents on the second or third beat.
Z 玛祖卡是3/4拍的波兰舞曲，第一拍常为附点，重音落在第二或第三拍。
@ style

= minuet; menuet | 小步舞曲
E A minuet is a graceful French dance in 3/4 at a moderate speed, in binary form, often with a trio.
Z 小步舞曲是优雅的法国3/4拍舞曲，速度适中，二部曲式，常带三声中部（trio）。
@ style

= polonaise | 波罗乃兹; 波兰舞曲
E A polonaise is a stately Polish dance in 3/4 whose first beat holds an eighth and two sixteenths.
Z 波罗乃兹是庄重的3/4拍波兰舞曲，第一拍是一个八分音符加两个十六分音符。

= march; marches | 进行曲
E A march is music to walk to, in 2/4, 4/4 or 6/8, at about 112 beats a minute, with dotted rhythms.
Z 进行曲是供行进用的音乐，2/4、4/4或6/8拍，约每分钟112拍，多附点节奏。
@ style

= sarabande; gavotte; bourree; bourrée; allemande; gigue; courante; baroque suite; suite | 萨拉班德; 加沃特;
  布列舞曲; 阿勒曼德; 库朗特; 组曲; 巴洛克组曲
E A baroque suite is a row of dances: allemande (4/4, moderate), courante (3/2 or 3/4, running), sarabande (3/4,
  slow, second beat stressed), gavotte (2/2, begun on the half bar), bourrée (2/2, short pickup), gigue (6/8,
  quick).
Z 巴洛克组曲是一串舞曲：阿勒曼德（4/4，中速）、库朗特（3/2或3/4，流动）、萨拉班德（3/4，慢，重音在第二拍）、加沃
  特（2/2，从半小节起）、布列（2/2，短弱起）、吉格（6/8，快）。

= tango; habanera | 探戈; 哈巴涅拉
E A tango is an Argentine dance in 2/4 or 4/4 with syncopated accompaniment; the habanera rhythm is dotted
  eighth, sixteenth, two eighths.
Z 探戈是阿根廷的2/4或4/4拍舞曲，伴奏带切分；哈巴涅拉节奏是附点八分、十六分、两个八分音符。

= ragtime; rag | 拉格泰姆
E Ragtime sets a syncopated melody over a steady bass in 2/4.
Z 拉格泰姆在稳定的2/4拍低音上演奏切分旋律。

= lullaby; berceuse; cradle song | 摇篮曲; 催眠曲
E A lullaby is a gentle slow song with a rocking rhythm, in 6/8 or 3/4.
Z 摇篮曲是缓慢轻柔、节奏摇曳的歌，多为6/8或3/4拍。

= barcarolle | 船歌
E A barcarolle is a boat song in 6/8 or 12/8 whose rhythm rocks like a boat.
Z 船歌为6/8或12/8拍，节奏如小船摇荡。

= hymn; chorale | 圣歌; 赞美诗; 众赞歌
E A hymn is a song of worship, plain in rhythm, usually in four voices, with a pause at each line's end.
Z 圣歌（赞美诗）是礼拜用的歌，节奏平稳，通常四声部，每行末停顿。
@ style

= air; slow air; lament | 慢歌; 歌调; 挽歌
E An air is a song-like slow tune; a lament is one of mourning.
Z 歌调（air）是歌唱性的慢曲；挽歌是哀悼的曲子。

= ballad; folk song; folksong | 叙事曲; 民歌; 民谣
E A folk song is handed down by singing; a ballad is one that tells a story in verses to the same tune.
Z 民歌靠口头传唱；叙事歌（ballad）用同一曲调分节讲述故事。

= shanty; sea shanty | 水手号子; 船夫曲
E A shanty is a sailors' work song with a call for one voice and an answer for all.
Z 水手号子是船员的劳动歌，一人领唱，众人应和。

= swing; swung; shuffle; swing rhythm | 摇摆; 摇摆节奏
E Swing plays pairs of eighth notes long and short, about as two to one.
Z 摇摆节奏把成对的八分音符奏成一长一短，约为二比一。
"""
