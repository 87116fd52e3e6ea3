"""A scoring rule as a service writes it: arithmetic over answers, and nothing else.

    sum(items)        mean(items) * 10        item("q1") + 2 * item("q2")        sum(items) - item("q10") + reverse("q3")

A rule is read into a tree of a few known shapes before it is kept; it is never run as code.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, DivisionByZero, InvalidOperation, localcontext

from django.utils.translation import gettext as _

LONGEST, MOST_PARTS = 500, 120
LARGEST = Decimal(1_000_000)


class NotArithmetic(ValueError):
    """The rule is not one; its sentence says what was not understood."""


@dataclass(frozen=True, slots=True)
class Range:
    """Between which answers a question lies: reversing counts from its other end."""

    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that was read. `used` are the questions it asks for, in order."""

    text: str
    used: tuple[str, ...]
    _tree: ast.expr
    _ranges: Mapping[str, Range]

    @property
    def has_mean(self) -> bool:
        """Whether one more answer changes what the others count."""
        calls = (node for node in ast.walk(self._tree) if isinstance(node, ast.Call))
        return any(isinstance(each.func, ast.Name) and each.func.id == "mean" for each in calls)

    def value(self, answers: Mapping[str, Decimal]) -> Decimal:
        """The score of these answers. A question that was not asked is not among them, and does not count."""
        with localcontext() as context:
            context.prec = 28
            try:
                found = _number(_Reckoner(answers, self._ranges).visit(self._tree))
            except (DivisionByZero, InvalidOperation, ZeroDivisionError) as error:
                raise NotArithmetic(_("With these answers the rule divides by 0.")) from error
        if abs(found) > LARGEST:
            raise NotArithmetic(_("With these answers the rule comes to a number that is too large."))
        return found


def read_rule(text: str, ranges: Mapping[str, Range]) -> Rule:
    """Read a rule over the scored questions `ranges`; NotArithmetic with a kind sentence when it isn't one."""
    written = " ".join(text.split())
    if not written:
        raise NotArithmetic(_("Please write how the score is worked out, for example sum(items)."))
    if len(written) > LONGEST:
        sentence = _("This rule is too long. Please write it in at most %(most)s characters.")
        raise NotArithmetic(sentence % {"most": LONGEST})
    try:
        tree = ast.parse(written, mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise NotArithmetic(
            _("This rule cannot be read. Is a bracket missing, or a sign too many?")
        ) from error
    if sum(1 for _node in ast.walk(tree)) > MOST_PARTS:
        raise NotArithmetic(_("This rule has too many parts. Please make it simpler."))
    used: dict[str, None] = {}
    _check(tree, ranges, used)
    if isinstance(tree, ast.Name):
        raise NotArithmetic(_("A rule ends in one number: write sum(items) or mean(items)."))
    return Rule(written, tuple(used), tree, ranges)


_SIGNS = (ast.Add, ast.Sub, ast.Mult, ast.Div)


def _check(node: ast.expr, ranges: Mapping[str, Range], used: dict[str, None]) -> bool:
    """Refuse what is no arithmetic; answers whether there is an answer to a question in it."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, _SIGNS):
        return _check_sides(node, ranges, used)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
        _no_list(node.operand)
        return _check(node.operand, ranges, used)
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        if not abs(float(str(node.value))) <= LARGEST:
            raise NotArithmetic(_("A number in the rule is too large."))
        return False
    if isinstance(node, ast.Name) and node.id == "items":
        used.update(dict.fromkeys(ranges))
        return True
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.keywords:
        return _check_call(node.func.id, node.args, ranges, used)
    sentence = _(
        "“%(part)s” is not arithmetic. A rule is made of numbers, + − * /, brackets, sum, mean, item and reverse."
    )
    raise NotArithmetic(sentence % {"part": ast.unparse(node)[:60]})


def _check_sides(node: ast.BinOp, ranges: Mapping[str, Range], used: dict[str, None]) -> bool:
    """Weights are numbers: answers are not multiplied with each other. So the ends of the score are known exactly."""
    for side in (node.left, node.right):
        _no_list(side)
    left, right = (_check(side, ranges, used) for side in (node.left, node.right))
    if isinstance(node.op, ast.Mult) and left and right:
        raise NotArithmetic(_("An answer can be multiplied by a number, but not by another answer."))
    if isinstance(node.op, ast.Div) and right:
        raise NotArithmetic(_("An answer can be divided by a number, but nothing by an answer."))
    return left or right


def _check_call(name: str, args: list[ast.expr], ranges: Mapping[str, Range], used: dict[str, None]) -> bool:
    if name in ("item", "reverse"):
        given = args[0] if len(args) == 1 else None
        if not isinstance(given, ast.Constant) or not isinstance(given.value, str):
            sentence = _('Write %(name)s with one linkId in quotation marks: %(name)s("q1").')
            raise NotArithmetic(sentence % {"name": name})
        if given.value not in ranges:
            raise NotArithmetic(
                _("There is no scored question with the linkId “%(id)s”.") % {"id": given.value[:60]}
            )
        used[given.value] = None
        return True
    if name in ("sum", "mean") and args:
        found = [_check(each, ranges, used) for each in args]
        return any(found)
    sentence = _("A rule knows sum, mean, item and reverse, but not “%(name)s”.")
    raise NotArithmetic(sentence % {"name": name[:60]})


def _no_list(node: ast.expr) -> None:
    if isinstance(node, ast.Name):
        raise NotArithmetic(_("Say what is done with all items: write sum(items) or mean(items)."))


def _number(value: Decimal | list[Decimal] | None) -> Decimal:
    assert not isinstance(value, list)
    return Decimal(0) if value is None else value


class _Reckoner(ast.NodeVisitor):
    """Works out a tree that was checked: there is nothing else in it. None is an answer that was not asked for."""

    def __init__(self, answers: Mapping[str, Decimal], ranges: Mapping[str, Range]) -> None:
        self.answers, self.ranges = answers, ranges

    def visit_Constant(self, node: ast.Constant) -> Decimal:
        return Decimal(str(node.value))

    def visit_Name(self, node: ast.Name) -> list[Decimal]:
        return [self.answers[link_id] for link_id in self.ranges if link_id in self.answers]

    def visit_UnaryOp(self, node: ast.UnaryOp) -> Decimal | None:
        value = self.visit(node.operand)
        if value is None:
            return None
        return -_number(value) if isinstance(node.op, ast.USub) else _number(value)

    def visit_BinOp(self, node: ast.BinOp) -> Decimal | None:
        left, right = self.visit(node.left), self.visit(node.right)
        if isinstance(node.op, ast.Add | ast.Sub):
            if left is None and right is None:
                return None
            left, right = _number(left), _number(right)
            return left + right if isinstance(node.op, ast.Add) else left - right
        if left is None or right is None:
            return None
        left, right = _number(left), _number(right)
        return left * right if isinstance(node.op, ast.Mult) else left / right

    def visit_Call(self, node: ast.Call) -> Decimal | None:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name in ("item", "reverse"):
            given = node.args[0]
            link_id = str(given.value) if isinstance(given, ast.Constant) else ""
            if link_id not in self.answers:
                return None
            value, ends = self.answers[link_id], self.ranges[link_id]
            return ends.low + ends.high - value if name == "reverse" else value
        values: list[Decimal] = []
        for each in node.args:
            found = self.visit(each)
            values += found if isinstance(found, list) else [] if found is None else [found]
        total = sum(values, Decimal(0))
        return total / len(values) if name == "mean" else total
