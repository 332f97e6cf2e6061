# SPDX-License-Identifier: Apache-2.0
"""What of C++ is not synthesized: the statements and types of all that a kernel reaches."""

from hlscheck.nodes import Kind
from hlscheck.scope import Type, value_type

FORBIDDEN = {
    Kind.CXX_NEW_EXPR: ("dynamic-memory", "`new` allocates memory"),
    Kind.CXX_DELETE_EXPR: ("dynamic-memory", "`delete` frees memory"),
    Kind.CXX_THROW_EXPR: ("exceptions", "`throw` raises an exception"),
    Kind.CXX_TRY_STMT: ("exceptions", "`try` handles exceptions"),
    Kind.CXX_TYPEID_EXPR: ("run-time-types", "`typeid` asks for a run-time type"),
    Kind.CXX_DYNAMIC_CAST_EXPR: ("run-time-types", "`dynamic_cast` asks for a run-time type"),
    Kind.ASM_STMT: ("inline-assembly", "`asm` is for another processor"),
    Kind.MS_ASM_STMT: ("inline-assembly", "`asm` is for another processor"),
}
CASTS = {Kind.CXX_REINTERPRET_CAST_EXPR, Kind.CSTYLE_CAST_EXPR}
DECLARATIONS = {Kind.VAR_DECL, Kind.PARM_DECL}

# Classes of namespace std that hold values alone.
SYNTHESIZED_CLASSES = {"complex", "array", "pair", "tuple", "integral_constant", "numeric_limits",
                       "initializer_list", "is_same", "ratio"}


def check(kernel, findings):
    for function in kernel.reached.functions.values():
        for node in function.tree.walk():
            if node.kind in FORBIDDEN:
                rule, what = FORBIDDEN[node.kind]
                _report(function, node, findings, rule, what)
            elif function.own:
                _check_types(function, node, findings)
        if function.cursor.kind == Kind.CXX_METHOD and function.cursor.is_virtual_method():
            _report(function, function.tree, findings, "virtual-function",
                    f"{function.name}() is virtual")


def _report(function, node, findings, rule, what):
    if not function.own:
        what += f" in {function.cursor.displayname}, which is reached from here"
    findings.report(rule, function.where(node), what)


def _check_types(function, node, findings):
    where = function.where(node)
    field = node.kind == Kind.MEMBER_REF_EXPR and node.cursor.referenced is not None and \
        node.cursor.referenced.kind == Kind.FIELD_DECL
    if node.kind in DECLARATIONS or field:
        name = node.cursor.spelling
        kind = value_type(node.cursor.type)
        while kind.kind == Type.CONSTANTARRAY:
            kind = value_type(kind.element_type)
        if kind.kind == Type.VARIABLEARRAY:
            findings.report("dynamic-memory", where, f"the size of the array {name} is no constant")
        if kind.kind == Type.MEMBERPOINTER or _points_to_function(kind):
            findings.report("function-pointer", where, f"{name} points to a function")
        elif kind.kind == Type.POINTER and value_type(kind.get_pointee()).kind == Type.POINTER:
            findings.report("pointer-to-pointer", where, f"{name} points to a pointer")
        _check_class(kind, where, findings)
    elif node.kind in CASTS:
        _check_cast(node, where, findings)
    elif node.kind in (Kind.DECL_REF_EXPR, Kind.CALL_EXPR):
        _check_class(value_type(node.cursor.type), where, findings)


def _points_to_function(kind):
    pointee = kind.get_pointee().get_canonical() if kind.kind == Type.POINTER else kind
    return pointee.kind in (Type.FUNCTIONPROTO, Type.FUNCTIONNOPROTO)


def _check_class(kind, where, findings):
    if kind.kind != Type.RECORD:
        return
    record = kind.get_declaration()
    if _in_std(record) and record.spelling not in SYNTHESIZED_CLASSES:
        findings.report("std-library", where, f"an object of std::{record.spelling}")
    for member in record.get_children():
        if member.kind in (Kind.CXX_METHOD, Kind.DESTRUCTOR) and member.is_virtual_method():
            findings.report("virtual-function", where,
                            f"an object of {record.spelling}, which has virtual functions")
            break


def _in_std(cursor):
    parent = cursor.semantic_parent
    while parent is not None and parent.kind == Kind.NAMESPACE:
        if parent.spelling == "std":
            return True
        parent = parent.semantic_parent
    return False


def _check_cast(node, where, findings):
    to = value_type(node.cursor.type)
    operand = next((each for each in node.children if each.kind.is_expression()), None)
    origin = value_type(operand.cursor.type) if operand is not None else to
    if Type.POINTER not in (to.kind, origin.kind):
        return
    pointees = [value_type(each.get_pointee()).kind for each in (to, origin)
                if each.kind == Type.POINTER]
    if len(pointees) < 2 or any(each in (Type.RECORD, Type.VOID, Type.POINTER)
                                for each in pointees):
        findings.report("pointer-cast", where, f"a cast from {origin.spelling} to {to.spelling}")

