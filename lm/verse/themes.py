"""What verse is often about, in both languages: a theme asked for in one can be sung in the other.

A row is English words and Chinese words, the first of each the plainest. Words of a theme that no row
has are taken as they are.
"""

from __future__ import annotations

import re

ROWS = (
    ("spring flowers", "春天 春日 春光 春 花 燕"), ("summer sun", "夏天 夏日 夏 荷 蝉"),
    ("autumn leaves", "秋天 秋日 秋 叶 雁"), ("winter snow", "冬天 冬日 冬 雪 梅 寒"),
    ("snow", "雪 下雪 白雪"), ("rain", "雨 下雨 雨天 细雨"), ("wind", "风 微风 清风"),
    ("sea waves ship", "大海 海洋 海 波 浪 舟 帆"), ("river stream", "江 河 河流 小河 溪 流水"),
    ("mountain hills", "山 高山 大山 青山"), ("moon night", "月亮 月光 月 明月 夜"),
    ("stars sky", "星星 星空 星 天河"), ("sun light", "太阳 阳光 日 朝阳"),
    ("night", "夜晚 晚上 夜 灯"), ("morning dawn", "早晨 清晨 早上 晓 晨"), ("evening", "傍晚 黄昏 夕阳 暮"),
    ("home", "家 回家 家乡 故乡 乡 归"), ("mother child", "妈妈 母亲 母 慈"), ("father", "爸爸 父亲 父"),
    ("baby sleep", "宝宝 摇篮 婴儿 睡 眠 梦"), ("friend friends", "朋友 友谊 友情 友 故人"),
    ("love heart", "爱 爱情 恋爱 相思 情 心"), ("dream", "梦 梦想 做梦"), ("hope", "希望 盼"),
    ("joy merry", "快乐 高兴 欢乐 开心 乐 欢 笑"), ("sorrow tears", "悲伤 难过 忧伤 悲 愁 泪"),
    ("parting farewell", "离别 告别 再见 毕业 别 送"), ("journey road", "旅行 旅途 路 远方 行 客"),
    ("dance", "舞 跳舞 舞蹈"), ("song music", "歌 唱歌 音乐 歌声 琴 曲 笛"),
    ("bird birds wings", "鸟 小鸟 飞 莺"), ("flower rose", "花 花朵 玫瑰 红 香"),
    ("tree forest", "树 森林 林 树林 木"), ("grass field", "草 草原 田野 野"), ("garden", "花园 园 庭"),
    ("birthday", "生日 寿"), ("wedding", "婚礼 结婚"), ("new year", "新年 春节 过年 新岁 春"),
    ("christmas", "圣诞 圣诞节"), ("cat", "猫 小猫 猫咪"), ("dog", "狗 小狗 犬"), ("horse", "马 骑马"),
    ("fish", "鱼 小鱼 钓"), ("butterfly", "蝴蝶 蝶"), ("cloud clouds", "云 白云 云彩"),
    ("school children", "学校 学生 老师 书"), ("city street", "城市 街 城"), ("boat", "船 小船 舟"),
    ("fire", "火 火焰"), ("tea", "茶"), ("wine", "酒"), ("time years", "时间 时光 岁月 年 光阴"),
    ("youth", "青春 少年 年少"), ("peace quiet", "和平 安静 宁静 静"), ("lonely", "孤独 寂寞 孤 独"),
    ("country land", "祖国 国家 国 江山"), ("work", "劳动 工作 耕"), ("harvest corn", "丰收 收获 稻 麦"),
)  # fmt: skip


def _parts(text: str) -> list[str]:
    return re.findall(r"[a-z]+|[\u3400-\u9fff]+", re.sub(r"['’]s?\b", "", text.lower()))


def english_words(theme: str) -> list[str]:
    """The English words of a theme, the Chinese ones put into English where a row has them.

    >>> english_words("the Sea"), english_words("关于春天的歌")
    (['the', 'sea'], ['spring', 'flowers', 'song', 'music'])
    """
    found: list[str] = []
    for part in _parts(theme):
        found += [part] if part.isascii() else _across(part, 1, 0)
    return found


def chinese_words(theme: str) -> list[str]:
    """The Chinese words of a theme, the English ones put into Chinese where a row has them.

    >>> chinese_words("the sea")[:3], chinese_words("月光")[0]
    (['大海', '海洋', '海'], '月光')
    """
    found: list[str] = []
    for part in _parts(theme):
        if not part.isascii():
            found += [part, *_across(part, 1, 1)]
            continue
        for form in (part, part.removesuffix("s"), part.removesuffix("es")):
            if more := _across(form, 0, 1):
                found += more
                break
    return list(dict.fromkeys(found))


def _across(part: str, own: int, other: int) -> list[str]:
    """The words of the rows that have a word, on the side `other`; Chinese words may lie inside it."""
    found: list[str] = []
    left = part
    if own == 0:
        for row in ROWS:
            words = row[0].split()
            if part == words[0]:
                return row[other].split()
            if part in words:
                found = found or row[other].split()
        return found
    for word, row in sorted(((w, r) for r in ROWS for w in r[1].split()), key=lambda x: -len(x[0])):
        if word in left and (len(word) > 1 or len(part) <= 2 or word in _TELLING):
            left = left.replace(word, " ")
            found += row[other].split()
    return found


_TELLING = frozenset("春夏秋冬雪雨风海江河山月星夜家梦花鸟鱼猫狗马树草云船茶酒歌舞爱")
"""Characters that say what a longer text is about by themselves."""
