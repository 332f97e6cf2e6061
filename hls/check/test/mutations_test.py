# SPDX-License-Identifier: Apache-2.0
"""mutations_test.py KERNEL.cpp: spoils a shipped kernel and its headers in memory, in many
places at once, and expects the checker to find each."""

import os
import sys
from collections import Counter

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.realpath(__file__))))

from hlscheck.binding import Binding
from hlscheck.command import check_kernel
from hlscheck.findings import Findings, location_of
from hlscheck.kernel import Kernel


class Mutation:
    """Replacements in files, and the (rule, path, line) that must be found after them. All leave
    the lines where they are."""

    def __init__(self):
        self.edits = {}
        self.expected = set()

    def replace(self, path, start, end, text):
        self.edits.setdefault(path, set()).add((start, end, text))

    def expect(self, rule, location):
        self.expected.add((rule, os.path.realpath(location.path), location.line))

    def unsaved(self):
        for path, edits in self.edits.items():
            with open(path, "rb") as file:
                text = file.read()
            for start, end, new in sorted(edits, reverse=True):
                text = text[:start] + new.encode() + text[end:]
            yield path, text.decode()


def words_of(kernel, pragma):
    """The tokens of a pragma's line, from `#`."""
    tokens = kernel.sources.tokens(pragma.path)
    return tokens.directive(tokens.starts.index(pragma.offset))


def misspell_directives(mutation, kernel, bound):
    for pragma, _, _ in bound:
        word = words_of(kernel, pragma)[3]
        mutation.replace(pragma.path, word.extent.start.offset, word.extent.start.offset, "X")
        mutation.expect("pragma-directive", pragma.location)


def misspell_values(mutation, kernel, bound, option, rule, new):
    """Replaces the first word of an option's value."""
    for pragma, _, _ in bound:
        words = words_of(kernel, pragma)
        for name, value in zip(words, words[2:]):
            if name.spelling == option:
                extent = value.extent
                mutation.replace(pragma.path, extent.start.offset, extent.end.offset, new)
                mutation.expect(rule, pragma.option(option).location)


def remove(mutation, kernel, bound, directive, rule, places):
    """Removes the pragmas of a directive. `places` are the cursors where that must be found."""
    for pragma, function, compound in bound:
        if pragma.directive == directive:
            for word in words_of(kernel, pragma):
                extent = word.extent
                blank = " " * (extent.end.offset - extent.start.offset)
                mutation.replace(pragma.path, extent.start.offset, extent.end.offset, blank)
            for cursor in places(function, compound):
                mutation.expect(rule, location_of(cursor))


def allocate(mutation, kernel):
    """Puts `delete new int` into every function that is written out, constexpr ones apart."""
    for function in kernel.reached.own():
        body = function.tree.body()
        if body is None or function.cursor.is_default_method():
            continue
        head = kernel.tokens(function).between(function.tree.start, body.start)
        if all(each.spelling != "constexpr" for each in head):
            mutation.replace(function.path, body.start + 1, body.start + 1, " delete new int;")
            mutation.expect("dynamic-memory", location_of(body.cursor))


def main(path):
    kernel = Kernel(path)
    bound = Binding(kernel).bound
    mutations = [Mutation(), Mutation(), Mutation()]
    misspell_directives(mutations[0], kernel, bound)

    misspell_values(mutations[1], kernel, bound, "variable", "pragma-variable", "none")
    misspell_values(mutations[1], kernel, bound, "port", "interface-port", "none")
    misspell_values(mutations[1], kernel, bound, "impl", "pragma-binding", "none")
    remove(mutations[1], kernel, bound, "loop_tripcount", "loop-tripcount",
           lambda function, compound: [compound.parent.cursor])

    misspell_values(mutations[2], kernel, bound, "dim", "pragma-dimension", "9")
    remove(mutations[2], kernel, bound, "interface", "interface-missing",
           lambda function, compound: [function.cursor] + function.parameters())
    allocate(mutations[2], kernel)

    failed = 0
    for mutation in mutations:
        findings = Findings()
        check_kernel(findings, path, unsaved=list(mutation.unsaved()))
        found = {(each.rule, each.location.path, each.location.line) for each in findings}
        for rule, count in sorted(Counter(rule for rule, _, _ in mutation.expected).items()):
            print(f"{rule}: {count} places")
        for rule, file, line in sorted(mutation.expected - found):
            print(f"{file}:{line}: {rule} was not found")
            failed += 1
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
