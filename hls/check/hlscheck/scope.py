# SPDX-License-Identifier: Apache-2.0
"""Which variables a pragma may name, and what they are."""

from collections import namedtuple

from hlscheck.libclang import cindex, template_of
from hlscheck.nodes import Kind

Type = cindex.TypeKind
REFERENCES = (Type.LVALUEREFERENCE, Type.RVALUEREFERENCE)

# cursor: of the variable or field. dimensions: the array's, outermost first; None for a pointer's.
Variable = namedtuple("Variable", "cursor dimensions element")


def value_type(kind):
    """A type without typedefs and references."""
    kind = kind.get_canonical()
    return kind.get_pointee().get_canonical() if kind.kind in REFERENCES else kind


def described(cursor):
    """What a variable's or field's declaration says of it."""
    dimensions = []
    element = value_type(cursor.type)
    if element.kind == Type.POINTER:
        dimensions.append(None)
        element = element.get_pointee().get_canonical()
    while element.kind == Type.CONSTANTARRAY:
        dimensions.append(element.element_count)
        element = element.element_type.get_canonical()
    return Variable(cursor, dimensions, element)


def is_stream(kind):
    """True for hls::stream and arrays of it."""
    while kind.kind == Type.CONSTANTARRAY:
        kind = kind.element_type.get_canonical()
    return kind.kind == Type.RECORD and kind.get_declaration().spelling == "stream" and \
        kind.get_declaration().semantic_parent.spelling == "hls"


def visible(function, compound, offset, global_variables):
    """The variables that are in scope at an offset in a compound statement of a function, by
    name."""
    found = {}
    for node in [compound, *compound.ancestors()]:
        statements = node.of_kind(Kind.DECL_STMT) + [node]
        for each in (each for statement in statements for each in statement.children):
            if each.kind in (Kind.VAR_DECL, Kind.PARM_DECL) and each.start < offset:
                found.setdefault(each.cursor.spelling, each.cursor)
    record = function.cursor.semantic_parent
    if record is not None and record.kind in (Kind.STRUCT_DECL, Kind.CLASS_DECL):
        for field in record.type.get_fields():
            found.setdefault(field.spelling, field)
    return {**global_variables, **found}


def resolve(path, variables):
    """The Variable that `name` or `name.field` stands for, None if there is none."""
    first, *fields = path.replace("this->", "").replace("->", ".").split(".")
    cursor = variables.get(first.lstrip("&*"))
    for name in fields:
        if cursor is None:
            return None
        record = described(cursor).element
        cursor = next((each for each in record.get_fields() if each.spelling == name), None)
    return None if cursor is None else described(cursor)


def template_constants(function):
    """The names of the numbers that a function or its class is a template of."""
    names = set()
    for cursor in (function.cursor, function.cursor.semantic_parent):
        template = template_of(cursor)
        if template is not None:
            names.update(each.spelling for each in template.get_children()
                         if each.kind == Kind.TEMPLATE_NON_TYPE_PARAMETER)
    return names
