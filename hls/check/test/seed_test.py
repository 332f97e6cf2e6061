# SPDX-License-Identifier: Apache-2.0
"""seed_test.py SEED.cpp: the checker finds what the seed's comments `// finds: rule, rule` say, on
their lines, and nothing else."""

import os
import sys

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.realpath(__file__))
sys.path.insert(0, os.path.dirname(HERE))

from hlscheck.command import check_kernel
from hlscheck.findings import Findings, line_of


def expected(path):
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            _, mark, rules = line.partition("// finds: ")
            if mark:
                yield from ((number, rule.strip()) for rule in rules.split(","))


def main(path):
    findings = Findings()
    check_kernel(findings, path, os.path.join(os.path.dirname(path), "seed.json"))
    wanted = set(expected(path))
    found = {(each.location.line, each.rule) for each in findings}
    for each in findings:
        print(line_of(each))
    for line, rule in sorted(wanted - found):
        print(f"{path}:{line}: {rule} was not found")
    for line, rule in sorted(found - wanted):
        print(f"{path}:{line}: {rule} was found, but is not there")
    return 0 if wanted == found else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
