# SPDX-License-Identifier: Apache-2.0
"""Arithmetic that takes more hardware than its author may think."""

from hlscheck.findings import location_of
from hlscheck.nodes import Kind, operator_of
from hlscheck.scope import Type, value_type

OPERATORS = {Kind.BINARY_OPERATOR, Kind.COMPOUND_ASSIGNMENT_OPERATOR}
WIDE = {Type.DOUBLE, Type.LONGDOUBLE}


def check(kernel, findings):
    for key, function in kernel.reached.functions.items():
        if not function.own:
            continue
        tokens = kernel.tokens(function)
        for node in function.tree.walk():
            if node.kind not in OPERATORS or node.constant() is not None:
                continue
            sign = operator_of(node, tokens)
            where = location_of(node.cursor)
            left, right = node.children
            kinds = {value_type(each.cursor.type).kind for each in (node, left, right)}
            if kinds & WIDE and sign != "=":
                findings.report("double-precision", where, f"`{sign}` computes in double")
            elif sign in ("/", "%", "/=", "%=") and Type.FLOAT not in kinds:
                _check_divisor(kernel, key, function, right, where, findings)


def _check_divisor(kernel, key, function, divisor, where, findings):
    value = divisor.constant()
    if value is None:
        text = _values_of_parameter(kernel, key, function, divisor)
        if text:
            findings.report("division", where, f"the divisor is {text}")
    elif not _power_of_two(value):
        findings.report("division", where, f"the divisor is {value}, no power of two")


def _values_of_parameter(kernel, key, function, divisor):
    """Empty if the divisor is a parameter that is a power of two in every call."""
    positions = [at for at, each in enumerate(function.parameters()) if divisor.names(each)]
    if not positions:
        return "no constant"
    name = function.parameters()[positions[0]].spelling
    for caller, node in kernel.reached.callers(key):
        if node.kind != Kind.CALL_EXPR:
            continue
        values = [each for each in node.children if each.kind.is_expression()]
        values = values[-len(function.parameters()):]
        value = values[positions[0]].constant()
        if value is None:
            return f"the parameter {name}, no constant where {caller.name}() calls"
        if not _power_of_two(value):
            return f"the parameter {name}, {value} where {caller.name}() calls"
    return ""


def _power_of_two(value):
    return isinstance(value, int) and value > 0 and value & (value - 1) == 0
