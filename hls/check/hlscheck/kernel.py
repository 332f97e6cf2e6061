# SPDX-License-Identifier: Apache-2.0
"""A kernel as Vitis HLS sees it: its source compiled for synthesis, and its descriptor."""

import json
import os

from hlscheck.findings import Location
from hlscheck.libclang import cindex
from hlscheck.nodes import FUNCTIONS, Kind
from hlscheck.pragmas import read_pragmas
from hlscheck.reached import Reached
from hlscheck.sources import HLS, VENDOR, Sources
from hlscheck.unusable import Unusable

# Functions of std that clang from 15 on takes for its own, and so does not look into.
BUILTIN = ("addressof", "__addressof", "as_const", "forward", "forward_like", "move",
           "move_if_noexcept")
ARGUMENTS = ["-x", "c++", "-std=c++14", "-D__SYNTHESIS__", "-Wall", "-Wextra",
             "-Wno-unknown-pragmas", "-Wno-unused-parameter", "-Wno-unused-label",
             "-Wno-vla-extension", *(f"-fno-builtin-std-{name}" for name in BUILTIN),
             "-I" + os.path.join(HLS, "include"), "-I" + VENDOR]
SCOPES = {Kind.NAMESPACE, Kind.LINKAGE_SPEC, Kind.UNEXPOSED_DECL}
RECORDS = {Kind.STRUCT_DECL, Kind.CLASS_DECL, Kind.UNION_DECL, Kind.CLASS_TEMPLATE,
           Kind.CLASS_TEMPLATE_PARTIAL_SPECIALIZATION}


class Kernel:
    """A parsed kernel.

    path        of its source
    descriptor  the parsed JSON
    top         cursor of the top function, named as the descriptor is
    sources     its own files
    reached     the functions that are synthesized
    pragmas     those of the own files, in order
    problems    (location, text) of clang's errors and warnings
    compiles    false if some are errors: then the syntax tree has gaps
    """

    def __init__(self, path, descriptor_path=None, arguments=(), unsaved=()):
        """`unsaved` are (path, text) to take instead of files.
        Raises Unusable for missing or malformed files."""
        if not os.path.isfile(path):
            raise Unusable(f"no kernel {path}: name a C++ file, as hls/kernels/matmul_i8i8.cpp")
        self.path = path
        self.descriptor = read_descriptor(descriptor_path or os.path.splitext(path)[0] + ".json")
        unit = cindex.Index.create().parse(
            path, args=ARGUMENTS + list(arguments), unsaved_files=list(unsaved),
            options=cindex.TranslationUnit.PARSE_DETAILED_PROCESSING_RECORD)
        self.unit = unit
        self.sources = Sources(unit, path, unsaved)
        self.problems = list(self._problems())
        self.compiles = all(each.severity < cindex.Diagnostic.Error for each in unit.diagnostics)
        self.definitions = list(self._definitions(unit.cursor))
        self.top = self._find_top()
        self.reached = Reached(self.top, self.sources)
        self.pragmas = read_pragmas(self.sources)

    def tokens(self, function):
        return self.sources.tokens(function.path)

    def globals(self):
        """The variables of the own files' namespaces, by name."""
        return {cursor.spelling: cursor for cursor in self._declarations(self.unit.cursor, SCOPES)
                if cursor.kind == Kind.VAR_DECL}

    def _problems(self):
        for each in self.unit.diagnostics:
            if each.severity >= cindex.Diagnostic.Warning:
                place = each.location
                path = place.file.name if place.file else self.path
                yield Location(path, place.line, place.column), each.spelling

    def _find_top(self):
        name = self.descriptor["name"]
        for cursor in self.definitions:
            if cursor.spelling == name and cursor.kind == Kind.FUNCTION_DECL:
                return cursor
        hint = "; ".join(f"{os.path.relpath(place.path)}:{place.line}: {text}"
                         for place, text in self.problems[:1])
        raise Unusable(f"{self.path} defines no function {name}, the name in its descriptor: "
                       "give both one name" + (f" ({hint})" if hint else ""))

    def _declarations(self, cursor, through):
        for child in cursor.get_children():
            if child.location.file is None or not self.sources.own(child.location.file.name):
                continue
            yield child
            if child.kind in through:
                yield from self._declarations(child, through)

    def _definitions(self, cursor):
        """All functions and function templates with a body in the own files."""
        for child in self._declarations(cursor, SCOPES | RECORDS):
            if child.kind in FUNCTIONS | {Kind.FUNCTION_TEMPLATE} and child.is_definition():
                yield child


def read_descriptor(path):
    """The kernel's descriptor. Raises Unusable if it is missing, no JSON or without a name."""
    try:
        with open(path, encoding="utf-8") as file:
            descriptor = json.load(file)
    except OSError as error:
        raise Unusable(f"no descriptor {path} ({error.strerror}): a kernel needs a JSON file "
                       "beside it, or --descriptor FILE") from error
    except ValueError as error:
        raise Unusable(f"{path} is no JSON ({error}): mend it") from error
    for key, kind in (("name", str), ("control", str), ("arguments", list)):
        if not isinstance(descriptor, dict) or not isinstance(descriptor.get(key), kind):
            raise Unusable(f"{path} has no `{key}` of type {kind.__name__}: a descriptor needs "
                           "name, control and arguments")
    for at, argument in enumerate(descriptor["arguments"]):
        if not isinstance(argument, dict):
            raise Unusable(f"{path}: argument {at} is {argument!r}: it must be an object with "
                           "name, type, kind and offset")
    return descriptor

