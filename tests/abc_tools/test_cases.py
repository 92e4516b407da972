"""Case files: the text before `% ---` is read; the lines after it say what must come out.

`% error: RULE BAR` and `% warning: RULE BAR` are the diagnostics (bar `-` where there is none), no line
means none; `% repaired:` is followed by the text that repair must give, each line after `%|`. A bug
report is such a file. `info` diagnostics are not compared.
"""

from pathlib import Path

import pytest

from abc_tools.parse import parse
from abc_tools.repair import repair
from abc_tools.validate import RULES, validate

CASES = sorted(Path(__file__).with_name("cases").glob("*.abc"))


def read_case(path: Path) -> tuple[str, list[tuple[str, str, str]], str | None]:
    text, _, expected = path.read_text(encoding="utf-8").partition("% ---\n")
    lines = expected.splitlines()
    diagnostics = []
    for line in lines:
        for severity in ("error", "warning"):
            if line.startswith(f"% {severity}: "):
                rule, bar = line.removeprefix(f"% {severity}: ").split()
                diagnostics.append((severity, rule, bar))
    repaired = None
    if "% repaired:" in lines:
        repaired = "".join(li.removeprefix("%|") + "\n" for li in lines if li.startswith("%|"))
    return text, sorted(diagnostics), repaired


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_case(path):
    text, expected, repaired = read_case(path)
    tune = parse(text).tunes[0]
    found = sorted(
        (d.severity, d.rule, "-" if d.bar is None else str(d.bar))
        for d in validate(tune) if d.severity != "info"
    )  # fmt: skip
    assert found == expected
    result = repair(text)
    if repaired is not None:
        assert result.abc == repaired
    assert repair(result.abc).abc == result.abc, "a second repair changes nothing"
    if repaired is None and not any(severity == "error" for severity, _, _ in expected):
        assert result.log == (), "what is right is left alone"


def test_every_rule_has_a_case():
    rules = {rule for path in CASES for _, rule, _ in read_case(path)[1]}
    silent = {"pickup-complement"}  # an info; its case is `pickup-without-complement`
    assert set(RULES) - silent == rules
