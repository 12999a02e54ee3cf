"""Lines of arithmetic, computed again from what is written."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Iterator
from itertools import pairwise

from scenes.kit.words.captions import plain
from scenes.kit.words.numbers import agrees

_NUMBER = re.compile(r"−?\d+(\.\d+)?(·10\^−?\d+)?")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789−")
_DOES = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


def wrong_sums(source: str) -> Iterator[str]:
    """Of a source with `$...$`, equations between numbers that are not what is written: not even but for rounding."""
    for formula in source.split("\x00")[0].split("$")[1::2]:
        sides = re.split(r"(=|\\approx)", formula.replace(r"\displaystyle", "").replace(r"\left", ""))
        for left, sign, right in zip(sides[::2], sides[1::2], sides[2::2], strict=False):
            one, other = _value(left), _value(right)
            if one is None or other is None:
                continue
            text = next((text for text in map(_text, (right, left)) if _NUMBER.fullmatch(text)), "")
            value = one if text == _text(right) else other
            about = max(map(_largest, (left, right)))
            if sign == "=" and not (agrees(value, text) if text else abs(one - other) <= 1e-9 * about):
                yield f"{_text(left)} = {_text(right)}"
            elif sign != "=" and abs(one - other) > 0.02 * about:
                yield f"{_text(left)} ≈ {_text(right)}"


def equations(source: str) -> int:
    """How many equations between numbers a source has."""
    count = 0
    for formula in source.split("$")[1::2]:
        values = [_value(side) for side in re.split(r"=|\\approx", formula.replace(r"\displaystyle", ""))]
        count += sum(one is not None and other is not None for one, other in pairwise(values))
    return count


def _text(side: str) -> str:
    """A side as `·`, `/` and `^` have it, its thousands together."""
    text = plain(f"${side.replace(chr(92) + 'left', '').replace(chr(92) + 'right', '')}$")
    text = re.sub(r"([⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)", lambda found: "^" + found[1].translate(_RAISED), text)
    return re.sub(r"\s", "", text)


def _value(side: str) -> float | None:
    text = _text(side)
    if not re.fullmatch(r"[−+\d.·/^()]+", text):
        return None
    text = text.replace("−", "-").replace("·10^", "e").replace("·", "*").replace("^", "**")
    # Numbers beside brackets are multiplied.
    text = re.sub(r"(?<=[\d)])\(", "*(", text)
    try:
        return _computed(ast.parse(text, mode="eval").body)
    except (SyntaxError, ZeroDivisionError):
        return None


def _computed(node: ast.expr) -> float:
    if isinstance(node, ast.UnaryOp):
        return -_computed(node.operand) if isinstance(node.op, ast.USub) else _computed(node.operand)
    if isinstance(node, ast.BinOp):
        does = operator.pow if isinstance(node.op, ast.Pow) else _DOES[type(node.op)]
        return float(does(_computed(node.left), _computed(node.right)))
    assert isinstance(node, ast.Constant), ast.dump(node)
    return float(node.value)


def _largest(side: str) -> float:
    """The largest term of a side, or the side."""
    terms = [_value(term) for term in re.split(r"(?<=\d)[+−]", _text(side).replace("(", "").replace(")", ""))]
    return max((abs(term) for term in terms if term is not None), default=0.0) or 1.0
