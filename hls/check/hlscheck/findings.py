# SPDX-License-Identifier: Apache-2.0
"""What the checks have to say, each thing once and in the order of the sources."""

import os
from collections import namedtuple

from hlscheck.rules import RULES

# path as clang has it; line and column from 1.
Location = namedtuple("Location", "path line column")

Finding = namedtuple("Finding", "location rule what")


def location_of(cursor):
    """Where a cursor (or token) is; for what a macro made, where the macro is used."""
    place = cursor.location
    return Location(place.file.name if place.file else "", place.line, place.column)


class Findings:
    """A set of findings: headers are seen once per kernel, templates once per instantiation."""

    def __init__(self):
        self._found = set()

    def report(self, rule, location, what):
        """Adds a finding. `what` is a clause without a full stop that names the value."""
        if rule not in RULES:
            raise KeyError(rule)
        place = location._replace(path=os.path.realpath(location.path))
        self._found.add(Finding(place, rule, what))

    def __iter__(self):
        return iter(sorted(self._found))

    def __len__(self):
        return len(self._found)


def line_of(finding):
    """A finding as a line: path:line:column: rule: what, what Vitis HLS does, remedy."""
    path = os.path.relpath(finding.location.path)
    if path.startswith(os.pardir + os.sep):
        path = finding.location.path
    rule = RULES[finding.rule]
    return (f"{path}:{finding.location.line}:{finding.location.column}: {finding.rule}: "
            f"{finding.what}. {rule.why} {rule.remedy}")
