# SPDX-License-Identifier: Apache-2.0
"""DATAFLOW regions in canonical form, and one producer and one consumer to each stream."""

from hlscheck.findings import location_of
from hlscheck.loops import ForLoop
from hlscheck.nodes import Kind
from hlscheck.scope import Type, is_stream, value_type

WRITES = {"write", "write_nb", "operator<<"}
READS = {"read", "read_nb", "operator>>"}


def check(kernel, binding, findings):
    for pragma, function, compound in binding.bound:
        if pragma.directive == "dataflow":
            counter = None
            if compound.parent.kind == Kind.FOR_STMT:
                loop = ForLoop(compound.parent, kernel.tokens(function))
                counter = loop.counter()
                _check_loop(loop, location_of(compound.parent.cursor), findings)
            _check_body(kernel, function, compound, counter, findings)


def _check_loop(loop, where, findings):
    bound = loop.bound()
    what = None
    if loop.start is None or loop.start.kind != Kind.DECL_STMT or loop.counter() is None:
        what = "its head does not declare one counter"
    elif bound is None:
        what = "its condition does not compare the counter with a bound"
    elif bound.constant() is None and \
            (bound.variable() is None or bound.variable().kind != Kind.PARM_DECL):
        what = "its bound is neither a constant nor a parameter"
    elif loop.step is None or loop.step.kind != Kind.UNARY_OPERATOR:
        what = "its counter does not go up by 1"
    if what is not None:
        findings.report("dataflow-loop", where, f"a DATAFLOW loop, but {what}")


def _check_body(kernel, function, compound, counter, findings):
    processes = []
    local = [each.cursor for statement in compound.of_kind(Kind.DECL_STMT)
             for each in statement.of_kind(Kind.VAR_DECL)]
    for statement in compound.children:
        call = statement.plain()
        where = location_of(statement.cursor)
        if call.kind == Kind.CALL_EXPR:
            if call.cursor.type.get_canonical().kind != Type.VOID:
                findings.report("dataflow-body", where, f"{call.cursor.spelling}() returns a value")
            processes.append(call)
            for argument in _arguments(call):
                if not _canonical(argument, local + [counter]):
                    findings.report("dataflow-body", location_of(argument.cursor),
                                    "an argument that is no variable, parameter or constant")
        elif statement.kind == Kind.DECL_STMT:
            for each in statement.of_kind(Kind.VAR_DECL):
                if each.cursor.storage_class.name == "STATIC" and \
                        not is_stream(value_type(each.cursor.type)):
                    findings.report("dataflow-body", where, f"{each.cursor.spelling} is static")
        elif statement.kind not in (Kind.NULL_STMT, Kind.RETURN_STMT):
            findings.report("dataflow-body", where, "neither a declaration nor a call")
    for variable in local:
        if is_stream(value_type(variable.type)):
            _check_channel(kernel, function, variable, processes, findings)


def _arguments(call):
    return [each for each in call.children[1:] if each.kind.is_expression()]


def _canonical(argument, variables):
    node = argument.plain()
    while node.kind in (Kind.CALL_EXPR, Kind.MEMBER_REF_EXPR, Kind.ARRAY_SUBSCRIPT_EXPR):
        copied = node.kind != Kind.CALL_EXPR or node.cursor.referenced is not None and \
            node.cursor.referenced.kind == Kind.CONSTRUCTOR
        if not copied or not node.children:
            return False
        node = node.children[0].plain()
    if node.constant() is not None:
        return True
    variable = node.variable()
    return variable is not None and (variable.kind == Kind.PARM_DECL or
                                     any(node.names(each) for each in variables))


def _check_channel(kernel, function, variable, processes, findings):
    roles = []
    for call in processes:
        for at, argument in enumerate(_arguments(call)):
            if argument.names(variable):
                roles.append(_role(kernel, function, call, at, set()))
    if len(roles) != 2 or roles[0] != {"writes"} or roles[1] != {"reads"}:
        said = ", then ".join(" and ".join(sorted(each)) or "ignores it" for each in roles)
        findings.report("dataflow-channel", location_of(variable),
                        f"what processes do with {variable.spelling}: {said or 'nothing'}")


def _role(kernel, function, call, position, seen):
    """What a callee does with the stream that is an argument of a call."""
    keys = [callee for node, callee in function.calls if node is call]
    if not keys or (keys[0], position) in seen:
        return set()
    seen.add((keys[0], position))
    callee = kernel.reached.functions[keys[0]]
    if position >= len(callee.parameters()):
        return set()
    parameter = callee.parameters()[position]
    role = set()
    for node in callee.tree.walk():
        called = node.kind in (Kind.MEMBER_REF_EXPR, Kind.CALL_EXPR) and node.children
        if called and _element(node.children[0]).names(parameter):
            role |= {"writes"} if node.cursor.spelling in WRITES else set()
            role |= {"reads"} if node.cursor.spelling in READS else set()
        elif node.kind == Kind.CALL_EXPR:
            for at, argument in enumerate(_arguments(node)):
                if _element(argument).names(parameter):
                    role |= _role(kernel, callee, node, at, seen)
    return role


def _element(expression):
    """The array that an element is of, or the expression."""
    node = expression.plain()
    while node.kind == Kind.ARRAY_SUBSCRIPT_EXPR:
        node = node.children[0].plain()
    return node
