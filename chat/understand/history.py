"""Going back and forth: undo, redo, a version by number or by what it was, the list of versions."""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from dataclasses import dataclass

from abc_tools import numbers
from chat.session import Session

_N = numbers.NUMBER
_UNDO = re.compile(
    r"^(?:please |can you |could you |no+,? |oops,? |oh no,? |wait,? |hm+,? |actually,? |ugh,? |sorry,? |nah,? |nope,? |i (?:really )?(?:don't|dont|do not) (?:like|want) (?:that|it|this)(?: (?:one|at all|after all|much))?[,.;!]* |don't like (?:that|it)[,.;!]* |not keen(?: on (?:that|it))?[,.;!]* )*(?:take (?:that|it|them|those|this) (?:out|off|away)(?: again)?(?= please|\W*$)|undo|undo that|take (?:that|it) back|revert|roll ?back|go back|back|ctrl-?z|never ?mind(?: that)?|nvm|cancel(?: that)?(?! (?:all|the|every|any|those|both)\b)|put it back(?: how it was)?|restore)\b(?!.*\bversion\s*\d)"
    r"|^(?:actually |ok,? |no,? |please |and |now )*(?:remove|delete|drop|scrap|get rid of|lose) (?:that|it|them)(?: again| please)?[.!]*$|[,.;!-]\s*(?:please |just |let's |so )?undo(?: please| now)?\W*$|\b(?:the )?(?:previous|last|old|earlier|other) (?:version|one) (?:was|is|sounded) (?:much |a lot |way |actually )?(?:better|nicer|best|prettier)\b|(?:前|上)一(?:个|版)(?:版本)?(?:更|比较|还是)?好|\bundo (?:that|it|this|the|those|these|my|everything|all|last)|\b(?:it|that) was better before\b|\bi liked (?:it|that) (?:better )?before\b|\bi preferred (?:it|that)(?: how it was| the way it was)? before\b|[.!,] ?go back\W*$|\bliked the (?:previous|old|last|earlier) (?:one|version)|\bchange it back\b|[,.;!] *one (?:step )?back(?: please)?\W*$|\bback to (?:how|what|the way) it was\b|\b(?:go |take me |let's go )?back (?:a|one) step\b|\bprevious version\b|\bthe one before\b|\bgo back to before\b"
    r"|撤销|撤回|^取消(?!锁)|恢复原样|退回|还原(?!号|记号|音|[A-Ga-g])|改回去|改回来|回到(?:上一|之前|刚才|原来)|不要刚才|还是(?:用|要|回到)?(?:之前|原来|刚才)(?:的|那)"
)
_REDO = re.compile(
    r"^(?:please |ok,? |no,? |actually,? )*redo\b(?! the| bars?)|\bredo (?:that|it)\b|\b(?:go )?forward (?:again|one)\b|\bundo the undo\b|重做|恢复撤销|前进一步"
)
_FIRST = re.compile(
    r"\b(?:like|as|how|what|the way|back to (?:how|what|the way)) (?:it|this|the (?:tune|song|piece)|things) (?:was|were|looked|sounded) (?:at|in|from) the (?:very )?(?:start|beginning|outset|first)\b|\b(?:what|how|the way|as|like) i (?:first |originally |initially )?(?:gave|sent|pasted|posted|brought|uploaded|typed|wrote|had)\b(?: (?:it|you|this))*(?: to you| in| at first| originally)*|\bsquare one\b|\b(?:(?:right|all the way) back to the (?:very )?|back to the very )(?:beginning|start|first)\b|\b(?:forget|drop|scrap|cancel|throw away|lose|discard) (?:all|everything)(?: (?:of )?(?:the|my|these|those|your|that|we|i)(?: (?:changes|edits|did|changed))*)?\W*$|(?:恢复|还原|变回|回到|改回|换回|退回|要|用)(?:到|成|为)?(?:我)?(?:最|一)?(?:开始|初|早|先)(?:给你|发你|发给你|写|贴)?的?(?:样子|状态|那样|版本|曲子|时候|那个|模样)?|(?:恢复|还原|变回|回到|改回)(?:到|成|为)?我(?:发|给|贴|写)(?:给)?(?:你)?的|(?:恢复|还原|变回|回到|改回)(?:到|成|为)?(?:原样|原状|本来的样子|原来的样子)(?=.{0,4}$)(?<!恢复原样)|\bwhere (?:we|i|it|this|all this) (?:all )?(?:started|began|begun)\b|\bhow it (?:was|were) (?:at first|in the beginning|originally|when i (?:came|started))\b|^(?:我|这些|那些|刚才的?|改动|修改)?(?:全|都|全都|统统)(?:部)?不要了?[.!]*$|(?:改动|修改)(?:全|都)(?:不要|撤)|\b(?:first|original|initial|very first) (?:version|one|tune|draft|state)\b|\bthe original\b|\bstart over\b(?! with)|\bundo (?:everything|all)|(?<!loop )(?<!loops )(?<!lead )(?<!leads )(?<!leading )(?<!bring )(?<!comes )\bback to the (?:beginning|start|original)\b|最初(?:的)?(?:版本|那版)?|(?:最早|最开始|一开始|最初|第一次)(?:写|给|做|生成|出来)?的?(?:那|这)(?:一|个)?(?:版|个|份|首|稿)|(?:最早|最开始|一开始|第一次)(?:写|给|做)?的(?:版本|版)?|\b(?:the|that) (?:one|version|tune) (?:we|you|i|it) (?:started|began|opened|kicked off|came) (?:out |off )?with\b|\bthe very first(?: one)?\b|第一(?:个)?版|原版|原始版本|全部撤销|撤销所有|原来的(?:版本|曲子)?$"
)
_NUMBERED = re.compile(
    rf"\b(?:version|v|draft|revision)\s*\.?\s*(?:number |no\.? )?#?({_N})\b|版本\s*({_N})|第\s*({_N})\s*(?:个)?版(?:本)?"
)
_GOING = re.compile(
    r"\b(?:go|back|show|return|open|use|load|restore|take|branch|start|continue|switch|from)\b|回|到|看|用|打开|恢复|^v|^version|^版本|^第"
)
_BEFORE = re.compile(
    r"\b(?:version|one|how it was|state|tune|back to)?\s*(?:right |just )?before\s+(?:the |it was |it became |you (?:made it |changed it to |added |removed )|we |i )?(.{2,60}?)(?:[.!?]|$|,? and show\b)|(?:回到|恢复到)?(?:改成|变成|加上?|加了|变|改)(.{1,12}?)(?:之前|以前)(?:的)?(?:版本|那版|那个)?"
)
_NAMED = re.compile(
    r"\b(?:go |get |take me |switch |back )*(?:back )?to the (.{2,30}?) (?:version|one)\b|(?:回到|用)(.{1,12}?)(?:的)?(?:版本|那版|那一版|那首)"
)
_BACK_TO = re.compile(
    r"\bback to (?:the |my |that )?(.{2,30}?)(?: please)?[.!]?$|回到(.{1,10}?)(?:吧)?[.!]?$"
)
_LIST = re.compile(
    r"\b(?:what|which|list|show)(?: me)?(?: all)?(?: the| my)? versions\b|\bversion history\b|\bshow (?:me )?(?:the )?history\b|有哪些版本|版本(?:列表|历史)|历史记录"
)
_STEPS = re.compile(
    rf"\b(?:undo|take back|revert|remove|cancel|drop|scrap|roll back|reverse) (?:the |those |these |my |all )*(?:last |previous |latest |past |final |most recent )*({_N})(?: (?:last|previous|latest))?(?: (?:changes?|steps?|times|edits?|things?|ones|moves|of (?:them|those|these)))?\W*(?:please|again|now|then)?\W*$|\bundo (?:the |those |these |my )*(?:last |previous )*({_N}) (?:changes?|steps?|times|edits?|things?)|\bgo back ({_N}) (?:steps?|versions?)|(?:撤销|撤回|取消|退回)(?:掉)?(?:最后|最近|刚才|前面|这|那|上)*的?({_N})(?:步|次|个|处)|(?:最后|最近|刚才|前面|这|那|上)+的?({_N})(?:步|次|个|处)(?:改动|修改|操作|变化|更改)?(?:都|全)?(?:给我)?(?:不要|撤销|撤回|取消|作废|退回|撤|不算)|({_N}) (?:steps?|versions?) back|退回?({_N})步|twice|both|两(?:步|次|个)都?"
)


_AGAIN_AFTER_ALL = re.compile(
    r"(?:ok(?:ay)?|no|hm+|actually|please|sorry|oh|and|but|well)?[,.! ]*(?:do (?:it|that) (?:again|after all)|(?:put|bring) (?:it|that) back(?: again| after all)?|i (?:do )?want (?:it|that) (?:back|after all)|(?:it|that) was (?:better|fine|good) (?:after all|with it))[.! ]*(?:please)?[.! ]*|(?:还是)?(?:再)?(?:改|加|放|弄|变)回(?:去|来)(?:吧)?[.!]*|还是(?:要|改)吧?[.!]*"
)
"""After something was taken back: what was undone comes again."""


@dataclass(frozen=True)
class Step:
    """`kind` is undo, redo, version, list or missing (no such version); `number` the version or steps."""

    kind: str
    number: int = 1
    said: str = ""


def read_step(lower: str, session: Session) -> Step | None:
    """Where a message wants to go in the history; None if nowhere."""
    if _LIST.search(lower):
        return Step("list")
    undone = session.versions and session.current != len(session.versions)
    if undone and _AGAIN_AFTER_ALL.fullmatch(lower):
        return Step("redo")
    if (match := _NUMBERED.search(lower)) and _GOING.search(lower) and not _asks(lower):
        number = numbers.value(next(g for g in match.groups() if g))
        if number is not None:
            return Step("version", number)
    if _asks(lower):
        return None
    if re.search(r"\bthen (?:it goes )?back to the (?:start|beginning|top)\b", lower):
        return None  # the course of a tune
    if match := _BEFORE.search(lower):
        found = _noted(session, match[1] or match[2])
        if found is not None and session.versions[found - 1].parent:
            return Step("version", session.versions[found - 1].parent or 1)
        if re.search(
            r"\bversion\b|\b(?:go|going|get|take (?:me|us|it)|bring it|switch) back\b|回到|恢复|版",
            lower,
        ) and not _UNDO.search(lower):
            return Step("missing", said=(match[1] or match[2]).strip())
    steps = _STEPS.search(lower)
    if steps and (
        any(steps.groups()) or _UNDO.search(lower) or re.search("undo|back|撤|退", lower)
    ):
        said = next((g for g in steps.groups() if g), "two")
        return Step("undo", numbers.value(said) or 1)
    if _FIRST.search(lower) and (
        re.search(
            r"\b(?:go|back|return|restore|undo|start|revert|show|take|can (?:i|we) have|give|use|like|liked|prefer|preferred|keep|stick|have)\b|\b(?:was|were|is|sounded|looked|felt) (?:much |a lot |way |actually |really |just )?(?:better|nicer|best|good|great|fine|prettier)\b|更?好(?:听|看|些|一点)?|回|撤|恢复|还原|用|(?<!不)要|不要",
            lower,
        )
    ):
        return Step("version", 1)
    if match := _NAMED.search(lower) or _BACK_TO.search(lower):
        found = _noted(session, match[1] or match[2])
        if found is not None:
            return Step("version", found)
    if _REDO.search(lower):
        return Step("redo")
    return Step("undo") if _UNDO.search(lower) else None


def _asks(lower: str) -> bool:
    if re.match(
        r"(?:please |can you |could you |let's )*(?:go|take (?:me|us|it)|bring (?:me|us|it)|return|revert|change it|put it) back\b|回到|恢复",
        lower,
    ):
        return False
    return (
        re.search(
            r"\bcompare\b|\bdifferen(?:t|ce)\b|\bwhat changed\b|\bvs\.?\b|比较|对比|区别|不同",
            lower,
        )
        is not None
    )


def _noted(session: Session, words: str) -> int | None:
    """The last version whose note says some words."""
    said = {
        w
        for w in re.findall(r"[a-z]{3,}", words)
        if w not in ("the", "version", "one", "made", "was", "and")
    }
    chinese = re.sub(r"[^\u4e00-\u9fff]", "", words)
    for version in reversed(session.versions):
        head = " ".join(re.findall(r"(?m)^[TRK]:(.*)$", version.abc))
        note = f"{version.note} {head}".lower()
        if (said and all(re.search(rf"\b{w}", note) for w in said)) or (
            len(chinese) > 1 and chinese in note
        ):
            return version.number
    return None
