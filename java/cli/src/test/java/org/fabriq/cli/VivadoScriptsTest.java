// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.fabriq.xclbin.KernelDescriptor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Tcl scripts of bitstreams/vivado in tclsh, where the vendor's commands are only logged. */
class VivadoScriptsTest {
  private static final Path SCRIPTS = BuildXclbin.ROOT.resolve("bitstreams/vivado");

  /** Every other command that Tcl does not know is a mistake. UG835, UG1118, UG1399. */
  private static final Set<String> VENDOR =
      Set.of(
          "add_files",
          "apply_bd_automation",
          "assign_bd_address",
          "close_project",
          "connect_bd_intf_net",
          "connect_bd_net",
          "create_bd_cell",
          "create_bd_design",
          "create_clock",
          "create_project",
          "csynth_design",
          "current_fileset",
          "current_project",
          "export_design",
          "get_bd_addr_segs",
          "get_bd_cells",
          "get_bd_intf_pins",
          "get_bd_pins",
          "get_files",
          "get_ipdefs",
          "get_property",
          "get_runs",
          "ipx::associate_bus_interfaces",
          "ipx::check_integrity",
          "ipx::create_xgui_files",
          "ipx::current_core",
          "ipx::get_bus_interfaces",
          "ipx::package_project",
          "ipx::save_core",
          "ipx::update_checksums",
          "launch_runs",
          "make_wrapper",
          "open_project",
          "open_run",
          "open_solution",
          "package_xo",
          "report_timing_summary",
          "report_utilization",
          "save_bd_design",
          "set_part",
          "set_property",
          "set_top",
          "update_ip_catalog",
          "validate_bd_design",
          "wait_on_runs");

  private static final String LOGGING =
      """
      proc unknown {name args} {
        puts "$name [join $args]"
        switch $name {
          get_property { return [expr {[lindex $args 0] eq "PROGRESS" ? "100%%" : "%1$s"}] }
          ipx::get_bus_interfaces { return {s_axi_control m_axi_gmem_a} }
          default { return "($name [join $args])" }
        }
      }
      proc exit {} {}
      set argv [list %2$s]
      info script %3$s
      source %3$s
      """;

  @TempDir private Path folder;

  @BeforeEach
  void requireTcl() {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/tclsh")), "skipped: tcl is not installed");
  }

  @Test
  void theBlockDesignConnectsEveryPort() throws Exception {
    Files.createFile(folder.resolve("fabriq_wrapper.bit"));
    List<String> calls =
        run(
            "block_design.tcl",
            folder
                + " xc7z020clg400-1 100 0x40000000 matmul_f32i8,network_i8"
                + " matmul_f32i8:gmem_a:HP0,matmul_f32i8:gmem_b:HP1,matmul_f32i8:gmem_p:HP1"
                + ",matmul_f32i8:gmem_c:HP3,network_i8:gmem_program:HP1"
                + ",network_i8:gmem_images:HP0,network_i8:gmem_results:HP3");
    List<String> kernels = List.of("matmul_f32i8", "network_i8");
    for (int i = 0; i < kernels.size(); i++) {
      String cell = kernels.get(i) + "_1";
      assertThat(calls)
          .contains(
              "connect_bd_net (get_bd_pins %s/interrupt) (get_bd_pins interrupts/In%d)"
                  .formatted(cell, i),
              "connect_bd_intf_net (get_bd_intf_pins control/M0%d_AXI)".formatted(i)
                  + " (get_bd_intf_pins %s/s_axi_control)".formatted(cell),
              "assign_bd_address -offset 0x400%d0000 -range 64K (get_bd_addr_segs %s/s_axi_control/*)"
                  .formatted(i, cell));
      for (KernelDescriptor.Argument argument : KernelDescriptor.of(kernels.get(i)).arguments()) {
        if (argument.isPointer()) {
          assertThat(calls)
              .filteredOn(
                  call ->
                      call.startsWith(
                          "connect_bd_intf_net (get_bd_intf_pins %s/m_axi_%s) "
                              .formatted(cell, argument.bundle())))
              .hasSize(1);
        }
      }
    }
    assertThat(calls)
        .contains("set_property -dict CONFIG.NUM_SI 3 CONFIG.NUM_MI 1 (get_bd_cells memory_HP1)");
    assertThat(calls).filteredOn(call -> call.startsWith("connect_")).doesNotHaveDuplicates();
    assertThat(folder.resolve("fabriq.bit")).exists();
  }

  @Test
  void anRtlKernelIsPackagedFromItsList() throws Exception {
    List<String> calls =
        run("package_kernel.tcl", "matmul_i8i8 zynq xc7z020clg400-1 " + folder + " xo");
    String sources =
        calls.stream().filter(call -> call.startsWith("add_files")).findFirst().orElseThrow();
    List<String> words = List.of(sources.split(" "));
    List<String> files = words.subList(2, words.size());
    assertThat(files.get(1)).isEqualTo(folder + "/rtl/matmul_i8i8/registers_pkg.sv");
    for (String file : files) {
      assertThat(file.startsWith(folder.toString()) || Files.exists(Path.of(file)))
          .as(file)
          .isTrue();
    }
    assertThat(files.get(files.size() - 1)).endsWith("int8/matmul_i8i8.sv");
    assertThat(calls)
        .anyMatch(
            call -> call.startsWith("package_xo -force -xo_path " + folder + "/matmul_i8i8.xo"));
    assertThat(run("package_kernel.tcl", "matmul_i8i8 zynq xc7z020clg400-1 " + folder + " ip"))
        .noneMatch(call -> call.startsWith("package_xo") || call.contains("sdx_kernel"));
  }

  @Test
  void anHlsKernelIsExported() throws Exception {
    assertThat(run("hls_ip.tcl", BuildXclbin.ROOT + " matmul_i8i8 xc7z020clg400-1 100 " + folder))
        .contains("set_top matmul_i8i8", "create_clock -period 100MHz")
        .anyMatch(call -> call.endsWith("-output " + folder + "/ip/matmul_i8i8.zip"));
  }

  private List<String> run(String script, String arguments) throws Exception {
    Process tcl = new ProcessBuilder("/usr/bin/tclsh").redirectErrorStream(true).start();
    String commands = LOGGING.formatted(folder, arguments, SCRIPTS.resolve(script));
    tcl.getOutputStream().write((commands + "\nputs done\n").getBytes(UTF_8));
    tcl.getOutputStream().close();
    List<String> lines = new String(tcl.getInputStream().readAllBytes(), UTF_8).lines().toList();
    assertThat(tcl.waitFor()).isZero();
    assertThat(lines.get(lines.size() - 1)).as(String.join("\n", lines)).isEqualTo("done");
    List<String> calls = lines.subList(0, lines.size() - 1);
    assertThat(calls).allSatisfy(call -> assertThat(VENDOR).contains(call.split(" ")[0]));
    return calls;
  }
}
