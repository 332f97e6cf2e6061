# SPDX-License-Identifier: Apache-2.0
"""The functions that a kernel's top function reaches: what is synthesized. Templates are seen as
instantiated, for the references of an instantiation lead to its own definitions."""

from hlscheck.findings import location_of
from hlscheck.nodes import FUNCTIONS, Kind, Node

REFERENCES = {Kind.CALL_EXPR, Kind.DECL_REF_EXPR, Kind.MEMBER_REF_EXPR}


class Function:
    """A reached definition.

    own      true if it is written in the kernel's own files
    site     where to report what is in it: the own call that reached it, or None if it is own
    calls    (node, callee): callee is a key of Reached.functions
    outside  (node, cursor) of what has no definition here
    """

    def __init__(self, cursor, own, site):
        self.cursor = cursor
        self.own = own
        self.site = site
        self.tree = Node(cursor)
        self.path = cursor.location.file.name
        self.name = cursor.spelling
        self.calls = []
        self.outside = []

    def where(self, node):
        return self.site or location_of(node.cursor)

    def parameters(self):
        return list(self.cursor.get_arguments())


class Reached:
    """The call graph below a top function. `functions` maps keys to Function, the top first."""

    def __init__(self, top, sources):
        self._sources = sources
        self.functions = {}
        pending = [(top, None)]
        while pending:
            cursor, site = pending.pop()
            if cursor.hash not in self.functions:
                function = Function(cursor, sources.own(cursor.location.file.name), site)
                self.functions[cursor.hash] = function
                pending.extend(self._references(function))

    def own(self):
        return [each for each in self.functions.values() if each.own]

    def callers(self, key):
        """(function, node) of each reference to a function."""
        return [(function, node) for function in self.functions.values()
                for node, callee in function.calls if callee == key]

    def _references(self, function):
        found = []
        for node in function.tree.walk():
            for cursor in self._named(node):
                definition = cursor.get_definition()
                place = (definition or cursor).location.file
                if definition is None or place is None:
                    function.outside.append((node, cursor))
                elif not self._sources.vendors(place.name):
                    function.calls.append((node, definition.hash))
                    site = None
                    if not self._sources.own(place.name):
                        site = function.where(node)
                    found.append((definition, site))
        return found

    @staticmethod
    def _named(node):
        """The functions that a node calls or names; for a variable, its destructor."""
        if node.kind in REFERENCES:
            cursor = node.cursor.referenced
            if cursor is not None and cursor.kind in FUNCTIONS and not _named_by_call(node, cursor):
                yield cursor
        elif node.kind == Kind.VAR_DECL:
            record = node.cursor.type.get_canonical().get_declaration()
            for member in record.get_children():
                if member.kind == Kind.DESTRUCTOR:
                    yield member


def _named_by_call(node, cursor):
    """True for the name inside of a call: the call stands for it."""
    call = node.parent
    while call is not None and call.kind == Kind.UNEXPOSED_EXPR:
        call = call.parent
    called = call.cursor.referenced if call is not None and call.kind == Kind.CALL_EXPR else None
    return called is not None and called == cursor
