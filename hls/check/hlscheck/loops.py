# SPDX-License-Identifier: Apache-2.0
"""Loops: whether the number of their rounds is a constant, and what asks that it is."""

from hlscheck.findings import location_of
from hlscheck.nodes import Kind, LOOPS, operator_of
from hlscheck.scope import Type, value_type

COMPARISONS = {"<", "<=", ">", ">=", "!="}
STEPS = {Kind.UNARY_OPERATOR, Kind.COMPOUND_ASSIGNMENT_OPERATOR}


class ForLoop:
    """The parts of a for statement, each a Node or None."""

    def __init__(self, node, tokens):
        self._tokens = tokens
        self.body = node.children[-1]
        limits = _semicolons(node, self.body, tokens)
        parts = [None, None, None]
        if len(limits) == 2:
            for each in node.children[:-1]:
                parts[sum(each.start > limit for limit in limits)] = each
        self.start, self.condition, self.step = parts
        self.comparison = None
        if self.condition is not None and self.condition.kind == Kind.BINARY_OPERATOR:
            self.comparison = operator_of(self.condition, tokens)

    def counter(self):
        """The declaration of the variable that the loop begins with, or None."""
        if self.start is None:
            return None
        if self.start.kind == Kind.DECL_STMT and len(self.start.children) == 1:
            return self.start.children[0].cursor
        if self.start.kind == Kind.BINARY_OPERATOR:
            return self.start.children[0].variable()
        return None

    def bound(self):
        """What the counter is compared with, None if the condition is no such comparison."""
        if self.comparison not in COMPARISONS or self.counter() is None:
            return None
        left, right = self.condition.children
        if left.names(self.counter()):
            return right
        return left if right.names(self.counter()) else None

    def is_static(self):
        """True if the rounds are known: start, bound and step are constants."""
        counter = self.counter()
        if self.bound() is None or self.bound().constant() is None or self.step is None:
            return False
        first = self.start.children[-1]
        if first.kind == Kind.VAR_DECL:
            first = first.children[-1] if first.children else None
        if first is None or first.constant() is None:
            return False
        if self.step.kind not in STEPS or not self.step.children[0].names(counter):
            return False
        if self.step.kind == Kind.COMPOUND_ASSIGNMENT_OPERATOR and \
                self.step.children[1].constant() is None:
            return False
        return not any(self._changes(each, counter) for each in self.body.walk())

    def _changes(self, node, variable):
        if node.kind == Kind.BINARY_OPERATOR:
            changed = operator_of(node, self._tokens) == "="
        elif node.kind == Kind.UNARY_OPERATOR:
            signs = {each.spelling for each in self._tokens.between(node.start, node.end)}
            changed = not signs.isdisjoint(("++", "--"))
        else:
            changed = node.kind == Kind.COMPOUND_ASSIGNMENT_OPERATOR
        return changed and node.children[0].names(variable)


def _semicolons(node, body, tokens):
    """Where the two semicolons of the loop's head are."""
    found = []
    depth = 0
    for each in tokens.between(node.start, body.start):
        depth += (each.spelling in "([{") - (each.spelling in ")]}")
        if each.spelling == ";" and depth == 1:
            found.append(each.extent.start.offset)
    return found


def is_static(node, tokens):
    """True if a loop's rounds are known when it is compiled."""
    if node.kind == Kind.FOR_STMT:
        return ForLoop(node, tokens).is_static()
    if node.kind == Kind.CXX_FOR_RANGE_STMT:
        return any(each.kind.is_expression() and
                   value_type(each.cursor.type).kind == Type.CONSTANTARRAY
                   for each in node.children)
    return False


def check(kernel, pragmas, findings):
    """`pragmas` is a Binding."""
    variable = {}
    for key, function in kernel.reached.functions.items():
        tokens = kernel.tokens(function) if function.own else None
        variable[key] = [node for node in function.tree.walk() if node.kind in LOOPS
                         and function.own and not is_static(node, tokens)]
        for loop in variable[key]:
            if loop.body() is None or not pragmas.within(loop.body(), "loop_tripcount"):
                findings.report("loop-tripcount", location_of(loop.cursor),
                                "the bounds of this loop are no constants")
            unroll = pragmas.within(loop.body(), "unroll") if loop.body() else None
            if unroll and unroll.option("factor") is None:
                findings.report("unroll-bound", unroll.location,
                                "UNROLL of a loop whose bounds are no constants")
    for pragma, function, compound in pragmas.bound:
        if pragma.directive == "pipeline" and pragma.option("off") is None:
            for each in _inner(kernel, function, compound, variable, set()):
                findings.report("pipeline-bound", location_of(each.cursor),
                                "the bounds of this loop, which is pipelined with what is around "
                                "it, are no constants")


def _inner(kernel, function, compound, variable, seen):
    """The loops with variable bounds inside of a compound statement or what it calls."""
    functions = kernel.reached.functions
    loops = variable[function.cursor.hash]
    yield from (each for each in loops if compound in each.ancestors())
    for node, callee in function.calls:
        if callee not in seen and compound in node.ancestors():
            seen.add(callee)
            body = functions[callee].tree.body()
            if body is not None:
                yield from _inner(kernel, functions[callee], body, variable, seen)

