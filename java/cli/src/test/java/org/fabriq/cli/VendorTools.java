// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.fabriq.testing.ChildJvm;

/**
 * Stand-ins for the vendor's tools, on a PATH of their own: each refuses to run if a file that it
 * is given is missing, and writes the files it is asked for. v++'s link gives a ready xclbin.
 */
final class VendorTools {
  private static final String REQUIRE =
      """
      #!/bin/bash
      set -eu
      require() { for f in "$@"; do [ -e "$f" ] || { echo "${0##*/}: no file $f" >&2; exit 1; }; done; }
      after() { local name="$1"; shift; while [ "$1" != "$name" ]; do shift; done; echo "$2"; }
      """;

  private final Path folder;

  private VendorTools(Path folder) {
    this.folder = folder;
  }

  /**
   * @param version of v++
   * @param xclbin what its link gives
   */
  static VendorTools of(Path folder, String version, Path xclbin) throws IOException {
    VendorTools tools = new VendorTools(Files.createDirectories(folder.resolve("tools")));
    tools.write(
        "v++",
        """
        [ "$1" != --version ] || { echo "****** v++ v%s (64-bit)"; exit 0; }
        require "$(after --config "$@" --config /)"
        case "$1" in
          -c)
            if [[ " $* " == *" --mode hls "* ]]; then
              config="$(after --config "$@")"
              require "$(sed -n 's/^syn.file=//p' "$config")"
              touch "$(sed -n 's/^package.output.file=//p' "$config")"
            else
              require "${@: -1}"
              touch "$(after -o "$@")"
            fi ;;
          -l)
            for word in "$@"; do [[ "$word" != *.xo ]] || require "$word"; done
            cp '%s' "$(after -o "$@")"
            mkdir -p _x/link/int
            touch _x/link/int/system.bit ;;
          -p)
            require "${@: -1}"
            cp "${@: -1}" "$(after -o "$@")" ;;
          *) exit 1 ;;
        esac
        """
            .formatted(version, xclbin));
    tools.write(
        "vivado",
        """
        require "$(after -source "$@")"
        kernel="$(after -tclargs "$@")"
        require "$kernel.xml" "rtl/$kernel/registers_pkg.sv"
        touch "$kernel.xo"
        """);
    tools.write(
        "bootgen", "require \"$(after -image \"$@\")\" fabriq.bit\ntouch \"$(after -o \"$@\")\"\n");
    tools.write(
        "xsct",
        """
        [[ "$2" == *"createdts -hw $FABRIQ_XSA "* ]]
        require "$FABRIQ_XSA"
        mkdir -p devicetree/fabriq
        echo '/ { firmware-name = "kv260.bit.bin"; };' >devicetree/fabriq/pl.dtsi
        """);
    tools.write("dtc", "require \"${@: -1}\"\ncp \"${@: -1}\" \"$(after -o \"$@\")\"\n");
    tools.write("emconfigutil", "touch emconfig.json\n");
    return tools;
  }

  private void write(String name, String script) throws IOException {
    Files.writeString(folder.resolve(name), REQUIRE + script);
    Files.setPosixFilePermissions(
        folder.resolve(name), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** A fabriq command of this build. */
  static Path fabriq(Path folder) throws IOException {
    Path command = folder.resolve("fabriq");
    Files.writeString(
        command,
        "#!/bin/sh\nexec %s %s \"$@\"\n"
            .formatted(
                ChildJvm.quoted(ChildJvm.command("-XX:TieredStopAtLevel=1")),
                FabriqCommand.class.getName()));
    Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));
    return command;
  }

  Map<String, String> environment(Path fabriq, Path xsa) {
    return Map.of(
        "PATH",
        folder + ":/usr/bin:/bin",
        "FABRIQ",
        fabriq.toString(),
        "FABRIQ_XSA",
        xsa.toString());
  }
}
