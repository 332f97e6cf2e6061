# SPDX-License-Identifier: Apache-2.0
"""What check-kernels says of wrong input: one line with the value and the remedy, and status 2."""

import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.realpath(__file__))
COMMAND = os.path.join(os.path.dirname(HERE), "check-kernels")
SEED = os.path.join(HERE, "seeds", "clean.cpp")
DESCRIPTOR = os.path.join(HERE, "seeds", "seed.json")
RUN = f"""
import runpy, sys
sys.argv = [{COMMAND!r}, {SEED!r}]
runpy.run_path({COMMAND!r}, run_name="__main__")
"""
WITHOUT_BINDINGS = "import sys; sys.modules['clang'] = None\n" + RUN
WITHOUT_LIBRARY = "from clang.cindex import Config; Config.set_library_path('/nowhere')\n" + RUN


def run(*arguments):
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False)


def wrong_inputs(folder):
    """(arguments, what the line must hold)"""
    def file(name, text):
        path = os.path.join(folder, name)
        with open(path, "w", encoding="utf-8") as made:
            made.write(text)
        return path

    other = file("other.cpp", 'extern "C" void other() {}')
    nameless = file("nameless.json", '{"control": "ap_ctrl_chain", "arguments": []}')
    flat = file("flat.json", '{"name": "seed", "control": "ap_ctrl_hs", "arguments": [1]}')
    return [
        ([COMMAND], ["KERNEL.cpp", "--help"]),
        ([COMMAND, "--fast", SEED], ["--fast", "--help"]),
        ([COMMAND, "nowhere.cpp"], ["nowhere.cpp", "C++ file"]),
        ([COMMAND, SEED], ["clean.json", "--descriptor"]),
        ([COMMAND, "--descriptor", "nowhere.json", SEED], ["nowhere.json", "--descriptor"]),
        ([COMMAND, "--descriptor", SEED, SEED], ["clean.cpp is no JSON", "mend"]),
        ([COMMAND, "--descriptor", nameless, SEED], ["nameless.json", "`name`", "control"]),
        ([COMMAND, "--descriptor", flat, SEED], ["flat.json", "argument 0", "object"]),
        ([COMMAND, "--descriptor", DESCRIPTOR, other], ["other.cpp", "seed", "one name"]),
        ([COMMAND, "--descriptor", DESCRIPTOR, SEED, other], ["seed.json", "one by one"]),
        (["-c", WITHOUT_BINDINGS], ["`clang`", "apt-get install python3-clang"]),
        (["-c", WITHOUT_LIBRARY], ["/nowhere", "apt-get install python3-clang"]),
    ]


def main():
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for arguments, parts in wrong_inputs(folder):
            result = run(*arguments)
            print(result.stderr, end="")
            if result.returncode != 2 or result.stdout or result.stderr.count("\n") != 1 or \
                    not all(each in result.stderr for each in parts):
                print(f"{arguments}: status {result.returncode}, expected one line with {parts}")
                failed += 1
    good = run(COMMAND, "--descriptor", DESCRIPTOR, SEED)
    if good.returncode != 0 or good.stdout != "kernels: 1, findings: 0\n":
        print(f"{SEED}: status {good.returncode}: {good.stdout}{good.stderr}")
        failed += 1
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
