# SPDX-License-Identifier: Apache-2.0
"""The checker as a command: exits with 0 without findings, 1 with some, 2 for wrong input."""

import argparse
import sys

from hlscheck import (arithmetic, calls, dataflow, interface, language, loops, spelling,
                      variables)
from hlscheck.binding import Binding
from hlscheck.findings import Findings, line_of
from hlscheck.kernel import Kernel
from hlscheck.unusable import Unusable


def check_kernel(findings, path, descriptor=None, arguments=(), unsaved=()):
    """Adds what is wrong with a kernel to findings. Arguments and errors: Kernel."""
    kernel = Kernel(path, descriptor, arguments, unsaved)
    for place, text in kernel.problems:
        findings.report("compiler", place, text)
    if not kernel.compiles:
        return
    binding = Binding(kernel)
    binding.check(findings)
    language.check(kernel, findings)
    calls.check(kernel, findings)
    arithmetic.check(kernel, findings)
    loops.check(kernel, binding, findings)
    spelling.check(kernel, findings)
    variables.check(kernel, binding, findings)
    dataflow.check(kernel, binding, findings)
    interface.check(kernel, binding, findings)


class _Parser(argparse.ArgumentParser):
    def error(self, message):
        raise Unusable(f"{message}; see --help")


def main(arguments):
    """Runs the command; returns its exit status."""
    parser = _Parser(
        prog="check-kernels", description="Finds what Vitis HLS rejects, ignores or pays dearly "
        "for in kernels. The rules: hls/check/README.md.")
    parser.add_argument("kernels", nargs="+", metavar="KERNEL.cpp",
                        help="its descriptor KERNEL.json stands beside it")
    parser.add_argument("--descriptor", metavar="FILE", help="another descriptor, for one kernel")
    parser.add_argument("-D", action="append", default=[], metavar="NAME[=VALUE]", dest="defines",
                        help="as for the compiler")
    findings = Findings()
    try:
        given = parser.parse_args(arguments)
        if given.descriptor and len(given.kernels) > 1:
            parser.error(f"--descriptor {given.descriptor} is for one kernel, not "
                         f"{len(given.kernels)}: check them one by one")
        for path in given.kernels:
            check_kernel(findings, path, given.descriptor, ["-D" + each for each in given.defines])
    except Unusable as error:
        print(f"check-kernels: {error}", file=sys.stderr)
        return 2
    for finding in findings:
        print(line_of(finding))
    print(f"kernels: {len(given.kernels)}, findings: {len(findings)}")
    return 1 if findings else 0

