# SPDX-License-Identifier: Apache-2.0
"""The files of a translation unit: which are the kernel's own, and their tokens."""

import bisect
import os

from hlscheck.libclang import cindex, skipped_ranges

CHECK = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
HLS = os.path.dirname(CHECK)
VENDOR = os.path.join(CHECK, "vendor")


class Tokens:
    """The tokens of one file, comments left out, with where each ends a logical line."""

    def __init__(self, unit, path, text):
        end = len(text)
        start_of = cindex.SourceLocation.from_offset
        file = cindex.File.from_name(unit, path)
        extent = cindex.SourceRange.from_locations(start_of(unit, file, 0),
                                                   start_of(unit, file, end))
        every = list(unit.get_tokens(extent=extent))
        self.all = [each for each in every if each.kind != cindex.TokenKind.COMMENT]
        self.starts = [each.extent.start.offset for each in self.all]
        self.ends = [each.extent.end.offset for each in self.all]
        self._text = text

    def between(self, start, end):
        """The tokens that begin in [start, end)."""
        return self.all[bisect.bisect_left(self.starts, start):bisect.bisect_left(self.starts, end)]

    def begins_line(self, index):
        """True if no token of the same logical line is before this one: the preprocessor's `#`."""
        if index == 0:
            return True
        gap = self._text[self.ends[index - 1]:self.starts[index]]
        return b"\n" in gap.replace(b"\\\r\n", b"").replace(b"\\\n", b"")

    def directive(self, index):
        """The tokens of the preprocessor line that begins at an index."""
        end = index + 1
        while end < len(self.all) and not self.begins_line(end):
            end += 1
        return self.all[index:end]


class Sources:
    """The files below hls/ (or beside the kernel) that a translation unit is made of."""

    def __init__(self, unit, kernel, unsaved):
        self._unit = unit
        self._roots = (HLS + os.sep, os.path.dirname(os.path.realpath(kernel)) + os.sep)
        self._unsaved = {os.path.realpath(path): text for path, text in unsaved}
        self._tokens = {}
        self._own = {}
        self._skipped = skipped_ranges(unit)
        included = [kernel] + [each.include.name for each in unit.get_includes() if each.include]
        self.own_files = sorted({path for path in included if self.own(path)})

    def own(self, path):
        """True for the kernel and its headers; false for the system's and the vendor's."""
        if path not in self._own:
            real = os.path.realpath(path)
            self._own[path] = real.startswith(self._roots) and not self.vendors(path)
        return self._own[path]

    @staticmethod
    def vendors(path):
        """True for the stand-ins of the vendor's headers."""
        return os.path.realpath(path).startswith(VENDOR + os.sep)

    def tokens(self, path):
        if path not in self._tokens:
            self._tokens[path] = Tokens(self._unit, path, self._text(path))
        return self._tokens[path]

    def skips(self, path, line):
        """True if the preprocessor leaves a line out."""
        return any(path == file and first < line < last for file, first, last in self._skipped)

    def _text(self, path):
        text = self._unsaved.get(os.path.realpath(path))
        if text is not None:
            return text.encode()
        with open(path, "rb") as file:
            return file.read()
