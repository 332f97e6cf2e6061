# SPDX-License-Identifier: Apache-2.0
"""Pragmas in the functions and statements that they stand in, and whether that is their place."""

from hlscheck.directives import (ANYWHERE, DIRECTIVES, FOR_OR_FUNCTION, FUNCTION, LOOP,
                                 LOOP_OR_FUNCTION, REGION, TOP)
from hlscheck.nodes import FUNCTIONS, Kind, LOOPS

FITTING = {LOOP: ("loop", "for"), LOOP_OR_FUNCTION: ("loop", "for", "function"),
           FOR_OR_FUNCTION: ("for", "function"), REGION: ("loop", "for", "region"),
           FUNCTION: ("function",), TOP: ("function",), ANYWHERE: None}


class Binding:
    """bound holds (pragma, function, compound statement) for each instantiation."""

    def __init__(self, kernel):
        self._kernel = kernel
        self._pragmas = [each for each in kernel.pragmas if each.family == "HLS" and not each.macro]
        self.bound = []
        self._within = {}
        for function in kernel.reached.own():
            for pragma in self._pragmas:
                if pragma.path == function.path:
                    compound = function.tree.innermost(pragma.offset)
                    if compound is not None:
                        self.bound.append((pragma, function, compound))
                        self._within.setdefault((compound, pragma.directive), pragma)

    def within(self, compound, directive):
        """The pragma of a directive that stands directly in a compound statement, else None."""
        return self._within.get((compound, directive))

    def check(self, findings):
        for pragma, function, compound in self.bound:
            directive = DIRECTIVES.get(pragma.directive)
            if directive is None:
                continue
            place = _kind(compound)
            fitting = FITTING[directive.place]
            wrong_function = directive.place == TOP and function.cursor != self._kernel.top
            if wrong_function or fitting is not None and place not in fitting:
                findings.report("pragma-place", pragma.location,
                                f"{pragma.directive.upper()} must stand in {directive.place}")
        for pragma in self._pragmas:
            if self._outside(pragma):
                title = pragma.directive.upper() or "a pragma"
                findings.report("pragma-place", pragma.location,
                                f"{title} stands outside of functions")

    def _outside(self, pragma):
        if self._kernel.sources.skips(pragma.path, pragma.location.line):
            return False
        return not any(each.location.file.name == pragma.path and
                       each.extent.start.offset <= pragma.offset < each.extent.end.offset
                       for each in self._kernel.definitions)


def _kind(compound):
    parent = compound.parent
    if parent.kind in LOOPS:
        return "for" if parent.kind == Kind.FOR_STMT else "loop"
    return "function" if parent.kind in FUNCTIONS else "region"
