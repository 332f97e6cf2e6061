// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.fabriq.FabriqException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceAddressTest {
  @Test
  void aPlainNameHasTheDefaultDeadline() {
    assertThat(DeviceAddress.parse("emulation"))
        .isEqualTo(new DeviceAddress("emulation", "", Map.of(), DeviceAddress.DEFAULT_TIMEOUT));
  }

  @Test
  void instanceOptionsAndTimeoutAreTakenApart() {
    DeviceAddress address = DeviceAddress.parse("xrt:0000:03:00.1?xclbin=a.xclbin&timeout=5s&cu=2");
    assertThat(address.scheme()).isEqualTo("xrt");
    assertThat(address.instance()).isEqualTo("0000:03:00.1");
    assertThat(address.options())
        .containsExactly(Map.entry("xclbin", "a.xclbin"), Map.entry("cu", "2"));
    assertThat(address.timeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(address.deviceText()).isEqualTo("xrt:0000:03:00.1?xclbin=a.xclbin&cu=2");
  }

  @ParameterizedTest
  @CsvSource({"1us,1000", "20ms,20000000", "3s,3000000000", "2min,120000000000"})
  void unitsOfTimeouts(String text, long nanos) {
    assertThat(DeviceAddress.parse("cpu?timeout=" + text).timeout())
        .isEqualTo(Duration.ofNanos(nanos));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        ":0",
        "xrt:",
        "cpu?",
        "cpu?timeout",
        "cpu?timeout=",
        "cpu?=3",
        "cpu?a=1&a=2",
        "cpu?timeout=5",
        "cpu?timeout=-5s",
        "cpu?timeout=0s",
        "cpu?timeout=2000min",
        "cpu?timeout=five"
      })
  void malformedAddressesAreRefusedWithARemedy(String text) {
    assertThatThrownBy(() -> DeviceAddress.parse(text))
        .isInstanceOf(FabriqException.class)
        .message()
        .containsAnyOf("the form is", "give for instance");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpu", "emulation2", "EMULATION"})
  void unknownDevicesAreNamedWithTheKnownOnes(String text) {
    assertThatThrownBy(() -> Device.open(text))
        .isInstanceOf(UnknownDeviceException.class)
        .hasMessageContaining("'" + text + "'")
        .hasMessageContaining("cpu, emulation, opencl, reference, xrt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference:1", "reference?x=y"})
  void plainDevicesRefuseOptions(String text) {
    assertThatThrownBy(() -> Device.open(text))
        .isInstanceOf(UnknownDeviceException.class)
        .hasMessageContaining("no option but timeout");
  }

  @ParameterizedTest
  @CsvSource({
    "cpu:1, there are java",
    "cpu?x=y, options are threads and timeout",
    "cpu?threads=0, outside 1..1024",
    "cpu?threads=1025, outside 1..1024",
    "cpu:java?threads=2, computes with 1 thread"
  })
  void cpuLibrariesRefuseWrongOptions(String text, String message) {
    assertThatThrownBy(() -> Device.open(text))
        .isInstanceOf(UnknownDeviceException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "emulation?thread=2",
        "emulation?threads=0",
        "emulation?threads=65",
        "emulation?threads=x",
        "emulation?stall=5",
        "emulation:1"
      })
  void emulationRefusesWrongOptions(String text) {
    assertThatThrownBy(() -> Device.open(text)).isInstanceOf(UnknownDeviceException.class);
  }
}
