// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.fabriq.overlay.OverlayTarget;
import org.fabriq.quant.SchemeGrammar;
import org.fabriq.runtime.Device;
import org.fabriq.runtime.DeviceProvider;
import org.fabriq.runtime.EmulationModel;
import org.fabriq.synthesis.FpgaDevice;
import org.fabriq.xclbin.KernelDescriptor;
import org.fabriq.xclbin.XclbinTarget;
import picocli.CommandLine.Model.OptionSpec;

/** The words that a shell offers for the values of options. */
final class CompletionWords {
  private CompletionWords() {}

  /** The words of an option; none for numbers, files and what else cannot be listed. */
  static List<String> of(OptionSpec option) {
    Class<?> type = WordConverter.valueType(option);
    if (type.isEnum()) {
      return lowerCase(type.getEnumConstants());
    }
    if (type == OverlayTarget.class) {
      return List.copyOf(OverlayTarget.names());
    }
    if (option.paramLabel().contains(SchemeHelp.SYMBOL)) {
      return SchemeGrammar.ofWeights().get(0).rules().stream().map(CompletionWords::head).toList();
    }
    return switch (option.longestName()) {
      case DeviceOption.NAME, "--against", "--cycles-device" -> addresses();
      case "--kernels" -> KernelDescriptor.all().stream().map(KernelDescriptor::name).toList();
      case "--target" -> Arrays.stream(XclbinTarget.values()).map(XclbinTarget::label).toList();
      case "--model" -> lowerCase(EmulationModel.values());
      case "--part" -> lowerCase(FpgaDevice.values());
      default -> List.of();
    };
  }

  private static List<String> lowerCase(Object[] constants) {
    return Arrays.stream(constants).map(WordConverter::word).toList();
  }

  /** The beginning that says which form it is, as {@code fixed:} or {@code affine}. */
  private static String head(SchemeGrammar.Rule rule) {
    return rule.syntax().split("[\\[A-Z]", 2)[0];
  }

  private static List<String> addresses() {
    return Device.providers().stream().flatMap(CompletionWords::addresses).distinct().toList();
  }

  private static Stream<String> addresses(DeviceProvider provider) {
    Stream<String> first =
        provider.example().contains(":")
            ? Stream.of(XclbinTarget.SW_EMU, XclbinTarget.HW_EMU)
                .map(target -> provider.scheme() + ":" + target.label())
            : Stream.of(provider.scheme());
    return Stream.concat(first, provider.instances().stream());
  }
}
