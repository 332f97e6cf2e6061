# SPDX-License-Identifier: Apache-2.0
"""Every rule has a seed that it finds, and a row in the README's table."""

import glob
import os
import sys

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.realpath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
sys.path.insert(0, HERE)

from hlscheck.rules import RULES
from seed_test import expected


def main():
    seeded = {rule for path in glob.glob(os.path.join(HERE, "seeds", "*.cpp"))
              for _, rule in expected(path)}
    with open(os.path.join(HERE, os.pardir, "README.md"), encoding="utf-8") as file:
        _, _, table = file.read().partition("## Rules")
    documented = {line.split("`")[1] for line in table.splitlines() if line.startswith("| `")}
    failed = 0
    for what, rules in (("has no seed", set(RULES) - seeded),
                        ("is in a seed, but no rule", seeded - set(RULES)),
                        ("is not in README.md", set(RULES) - documented),
                        ("is in README.md, but no rule", documented - set(RULES))):
        for rule in sorted(rules):
            print(f"{rule} {what}")
            failed += 1
    print(f"{len(RULES)} rules")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
