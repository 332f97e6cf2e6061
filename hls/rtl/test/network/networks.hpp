// SPDX-License-Identifier: Apache-2.0
#pragma once

// The networks of the tests: those of MLPerf Tiny and others by their shapes, and random ones. All
// weights are random.

#include "network.hpp"

namespace network {

Network mlp();          // 784-128-64-10
Network autoencoder();  // AD, 640-128-128-128-128-8-128-128-128-128-640
Network kws();          // DS-CNN for keyword spotting, 49 x 10
Network resnet8();      // 32 x 32 x 3
Network vww();          // MobileNet v1 0.25, 96 x 96 x 3
Network small_cnn();    // convolutions, depthwise ones, a sum, an average, and a dense layer
Network corner();  // needs a corner of its image, most of which is still to come when it has ended
Network pools();   // maximum pools, tables, a 5 x 5 depthwise window, a 7 x 7 one as dense layer

/// One to four layers of any kind and size.
Network random_network(std::uint32_t seed);

}  // namespace network
