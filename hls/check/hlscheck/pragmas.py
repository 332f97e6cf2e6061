# SPDX-License-Identifier: Apache-2.0
"""HLS pragmas, read from clang's tokens: they are not in its syntax tree."""

from hlscheck.findings import location_of
from hlscheck.libclang import cindex

FOREIGN = {"once", "GCC", "clang", "STDC", "pack", "message", "push_macro", "pop_macro"}
LITERAL = cindex.TokenKind.LITERAL
PUNCTUATION = cindex.TokenKind.PUNCTUATION


class Option:
    """`name` or `name = value`; the value's tokens stand in `words`, None without `=`."""

    def __init__(self, name, location, words):
        self.name = name.lower()
        self.location = location
        self.words = words

    def text(self):
        """The value without spaces."""
        return "".join(self.words or [])

    def items(self):
        """The parts of a list a,b."""
        return self.text().split(",")


class Pragma:
    """A pragma of the kernel.

    family     `HLS`, or what stands there instead
    directive  in lower case; empty if there is none
    macro      true for what a macro's definition holds
    """

    def __init__(self, path, first, words, quoted=False, macro=False):
        self.path = path
        self.location = location_of(first)
        self.offset = first.extent.start.offset
        self.macro = macro
        self.family = words[0].spelling if words else ""
        self.directive = words[1].spelling.lower() if len(words) > 1 else ""
        self.options = list(_options(words[2:], self.location if quoted else None))

    def option(self, name):
        return next((each for each in self.options if each.name == name), None)

    def text(self, name, default=None):
        """The value of an option."""
        option = self.option(name)
        return default if option is None else option.text()


def _options(words, place):
    """`place` is where the options are if their tokens do not tell."""
    index = 0
    while index < len(words):
        name = words[index]
        index += 1
        value = None
        if index < len(words) and words[index].spelling == "=":
            value = []
            index += 1
            while index < len(words) and _continues(value, words[index]):
                value.append(words[index])
                index += 1
        yield Option(name.spelling, place or location_of(name),
                     None if value is None else [each.spelling for each in value])


def _continues(value, word):
    """Values end where two words follow each other without an operator between."""
    if not value or word.kind == PUNCTUATION:
        return True
    return value[-1].kind == PUNCTUATION and value[-1].spelling not in (")", "]")


def _quoted(tokens):
    """The tokens in the string of `_Pragma ( "..." )`, none if it is no string."""
    if len(tokens) < 3 or tokens[2].kind != LITERAL:
        return []
    text = tokens[2].spelling[1:-1].replace('\\"', '"')
    unit = cindex.Index.create().parse("pragma.cpp", args=["-x", "c++"],
                                       unsaved_files=[("pragma.cpp", text)])
    return list(unit.get_tokens(extent=unit.cursor.extent))


def _in_file(path, tokens):
    """The pragmas of a file: `#pragma`, `_Pragma`, and `_Pragma` in macros."""
    index = 0
    while index < len(tokens.all):
        token = tokens.all[index]
        line = [token]
        if token.spelling == "#" and tokens.begins_line(index):
            line = tokens.directive(index)
        if [each.spelling for each in line[1:2]] == ["pragma"]:
            yield Pragma(path, token, line[2:])
        elif [each.spelling for each in line[1:2]] == ["define"]:
            for at, each in enumerate(line):
                if each.spelling == "_Pragma":
                    yield Pragma(path, each, _quoted(line[at:]), quoted=True, macro=True)
        elif token.spelling == "_Pragma":
            yield Pragma(path, token, _quoted(tokens.all[index:index + 4]), quoted=True)
        index += len(line)


def read_pragmas(sources):
    """The pragmas of the own files that are HLS's or of an unknown family."""
    return [pragma for path in sources.own_files
            for pragma in _in_file(path, sources.tokens(path)) if pragma.family not in FOREIGN]
