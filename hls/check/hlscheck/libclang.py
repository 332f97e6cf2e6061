# SPDX-License-Identifier: Apache-2.0
"""clang's C interface: Debian's Python bindings, and three functions that these leave out."""

import ctypes

from hlscheck.unusable import Unusable

try:
    from clang import cindex
    LIBRARY = cindex.conf.lib
except ImportError as error:
    raise Unusable(f"Python has no module `{error.name}`; the checker needs clang's bindings: "
                   "apt-get install python3-clang, and run it with /usr/bin/python3") from error
except cindex.LibclangError as error:
    raise Unusable(f"libclang cannot be loaded ({str(error).splitlines()[0]}); the checker needs "
                   "one of version 14 or later: apt-get install python3-clang") from error

INTEGER_RESULT = 1  # CXEval_Int
FLOAT_RESULT = 2  # CXEval_Float


class _RangeList(ctypes.Structure):
    _fields_ = [("count", ctypes.c_uint), ("ranges", ctypes.POINTER(cindex.SourceRange))]


def _declare(name, result, *arguments):
    function = getattr(LIBRARY, name)
    function.restype = result
    function.argtypes = arguments
    return function


_evaluate = _declare("clang_Cursor_Evaluate", ctypes.c_void_p, cindex.Cursor)
_result_kind = _declare("clang_EvalResult_getKind", ctypes.c_int, ctypes.c_void_p)
_result_integer = _declare("clang_EvalResult_getAsLongLong", ctypes.c_longlong, ctypes.c_void_p)
_result_dispose = _declare("clang_EvalResult_dispose", None, ctypes.c_void_p)
_skipped = _declare("clang_getAllSkippedRanges", ctypes.POINTER(_RangeList), cindex.TranslationUnit)
_skipped_dispose = _declare("clang_disposeSourceRangeList", None, ctypes.POINTER(_RangeList))


def constant(cursor):
    """The value of an expression: an int, `float` for a binary constant of any value, or None where
    it is not a constant."""
    result = _evaluate(cursor)
    if not result:
        return None
    try:
        kind = _result_kind(result)
        if kind == INTEGER_RESULT:
            return _result_integer(result)
        return float if kind == FLOAT_RESULT else None
    finally:
        _result_dispose(result)


def template_of(cursor):
    """The template that a function or class is an instance of, None if it is of none."""
    return LIBRARY.clang_getSpecializedCursorTemplate(cursor)


def skipped_ranges(unit):
    """(path, first line, last line) of what #if leaves out of a translation unit."""
    ranges = _skipped(unit)
    try:
        return [(each.start.file.name, each.start.line, each.end.line)
                for each in ranges.contents.ranges[:ranges.contents.count]]
    finally:
        _skipped_dispose(ranges)
