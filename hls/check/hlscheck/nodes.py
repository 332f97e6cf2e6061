# SPDX-License-Identifier: Apache-2.0
"""A function's syntax tree with parents and offsets, which libclang's cursors lack."""

from hlscheck.libclang import cindex, constant

Kind = cindex.CursorKind

FUNCTIONS = {Kind.FUNCTION_DECL, Kind.CXX_METHOD, Kind.CONSTRUCTOR, Kind.DESTRUCTOR,
             Kind.CONVERSION_FUNCTION}
LOOPS = {Kind.FOR_STMT, Kind.WHILE_STMT, Kind.DO_STMT, Kind.CXX_FOR_RANGE_STMT}


class Node:
    """A cursor, its parent and its children. Offsets are of the file where it is written or, for
    what a macro makes, where the macro is used."""

    __slots__ = ("cursor", "kind", "parent", "children", "start", "end")

    def __init__(self, cursor, parent=None):
        self.cursor = cursor
        self.kind = cursor.kind
        self.parent = parent
        extent = cursor.extent
        self.start = extent.start.offset
        self.end = extent.end.offset
        self.children = [Node(child, self) for child in cursor.get_children()]

    def walk(self):
        yield self
        for child in self.children:
            yield from child.walk()

    def ancestors(self):
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def of_kind(self, *kinds):
        return [child for child in self.children if child.kind in kinds]

    def plain(self):
        """The expression without the casts and parentheses around it."""
        node = self
        while node.kind in (Kind.UNEXPOSED_EXPR, Kind.PAREN_EXPR) and len(node.children) == 1:
            node = node.children[0]
        return node

    def variable(self):
        """The declaration that an expression names alone, else None."""
        node = self.plain()
        return node.cursor.referenced if node.kind == Kind.DECL_REF_EXPR else None

    def names(self, declaration):
        """True if an expression names a declaration alone."""
        found = self.variable()
        return found is not None and declaration is not None and found == declaration

    def constant(self):
        """As libclang.constant()."""
        return constant(self.cursor) if self.kind.is_expression() else None

    def body(self):
        """The compound statement of a function or loop, None where it has none."""
        if not self.children:
            return None
        body = self.children[0 if self.kind == Kind.DO_STMT else -1]
        return body if body.kind == Kind.COMPOUND_STMT else None

    def innermost(self, offset):
        """The innermost compound statement around an offset, None outside of all."""
        for child in self.children:
            if child.start <= offset < child.end:
                inner = child.innermost(offset)
                if inner is not None:
                    return inner
        return self if self.kind == Kind.COMPOUND_STMT and self.start <= offset < self.end else None


def operator_of(node, tokens):
    """The operator of a binary expression by its token, as `<` or `+=`; None where a macro hides
    it."""
    if len(node.children) != 2:
        return None
    left, right = node.children
    return next((each.spelling for each in tokens.between(left.end, right.start)
                 if each.kind == cindex.TokenKind.PUNCTUATION), None)
