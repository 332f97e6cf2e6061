// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.fabriq.InvalidArgumentException;
import org.fabriq.integer.IntegerLayer;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.integer.WeightedIntegerLayer;
import org.fabriq.overlay.OverlayParts;
import org.fabriq.overlay.OverlayTarget;
import org.fabriq.overlay.ProgramPart;
import org.fabriq.runtime.Device;

/** The parts of a network whose layers are placed on devices. */
final class PlacedParts {
  private final Placement<Device> place;
  private final List<Device> devices;
  private final OverlayParts parts;

  PlacedParts(IntegerNetwork network, Placement<Device> place) {
    this.place = place;
    this.devices =
        network.weightedLayers().stream()
            .map(place::of)
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    this.parts = OverlayParts.of(network, this::target);
  }

  /** Whether one of the layers is on a device that takes whole networks. */
  static boolean possible(IntegerNetwork network, Placement<Device> place) {
    return network.weightedLayers().stream()
        .map(place::of)
        .anyMatch(device -> device != null && device.overlay().isPresent());
  }

  OverlayParts parts() {
    return parts;
  }

  /** The device of a program's layers with weights. */
  Device device(ProgramPart part) {
    return place.of(part.network().weightedLayers().get(0));
  }

  private OverlayTarget target(List<IntegerLayer> layers) {
    List<Device> own =
        layers.stream()
            .filter(WeightedIntegerLayer.class::isInstance)
            .map(layer -> place.of(layer.name()))
            .distinct()
            .toList();
    if (own.size() > 1) {
      throw new InvalidArgumentException(
          "its layers are on %s and %s, and a program is on one device"
              .formatted(text(own.get(0)), text(own.get(1))));
    }
    // What has no weights goes where its neighbours are.
    List<Device> asked = own.isEmpty() ? devices : own;
    return asked.stream()
        .filter(Objects::nonNull)
        .map(Device::overlay)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(() -> new InvalidArgumentException(without(asked)));
  }

  private static String without(List<Device> asked) {
    return asked.isEmpty()
        ? "none of the network's layers is on a device"
        : "%s takes no whole networks".formatted(text(asked.get(0)));
  }

  private static String text(Device device) {
    return device == null ? "no device" : device.address();
  }
}
