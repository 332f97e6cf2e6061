// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import org.fabriq.integer.IntegerNetwork;
import org.fabriq.plan.Launch;
import org.fabriq.plan.NetworkPlan;
import org.fabriq.runtime.Device;
import org.fabriq.runtime.NetworkLibrary;
import org.fabriq.runtime.NetworkSession;
import org.fabriq.tensor.Int8Tensor;

/** A way of computing a whole network that is to be measured. */
public abstract sealed class NetworkSide {
  private NetworkSide() {}

  /** Places the network for a batch. */
  abstract WholeNetwork open(IntegerNetwork network, Int8Tensor images);

  /** All layers on one device. */
  public static final class OnDevice extends NetworkSide {
    private final Device device;
    private final Launch launch;

    /**
     * Names the way.
     *
     * @param launch whole networks, or layer by layer
     */
    public OnDevice(Device device, Launch launch) {
      this.device = device;
      this.launch = launch;
    }

    @Override
    WholeNetwork open(IntegerNetwork network, Int8Tensor images) {
      NetworkPlan plan = NetworkPlan.of(network, layer -> device, images.dimension(0), launch);
      return new NetworkContenders.Planned(device, launch, plan, images);
    }
  }

  /** One session of a library, with the network in the library's form. */
  public static final class InSession extends NetworkSide {
    private final NetworkLibrary library;
    private final byte[] model;
    private final int threads;

    /**
     * Names the way.
     *
     * @param model the network in the library's form; not copied
     * @param threads cores for one run, 1 or above
     */
    public InSession(NetworkLibrary library, byte[] model, int threads) {
      this.library = library;
      this.model = model;
      this.threads = threads;
    }

    /** What the session is called, as {@code onnxruntime?threads=2}. */
    public String address() {
      return library.name() + (threads == 1 ? "" : "?threads=" + threads);
    }

    /** Opens a session for a batch; the caller closes it. */
    public NetworkSession session(Int8Tensor images) {
      return library.open(model, images, threads);
    }

    @Override
    WholeNetwork open(IntegerNetwork network, Int8Tensor images) {
      return new NetworkContenders.InSession(address(), session(images));
    }
  }
}
