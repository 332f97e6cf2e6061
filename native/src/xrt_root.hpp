// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "board_address.hpp"

namespace fabriq {

/// The directory that XRT takes for its own, and in an emulation for Vitis's; Debian's XRT has
/// none.
///
///   lib/            XRT's libraries (links), in an emulation with its relinked driver
///
/// And in an emulation:
///
///   data/.../genericpciemodel   the device process of sw_emu (a link)
///   vendors/        names XRT's OpenCL for the ICD loader
///   run/            what XRT writes
///   emconfig.json   the devices that XRT finds
///   xrt.ini         XRT's settings
///
/// It lies in TMPDIR, else /tmp, as fabriq-xrt-PROCESS-XXXXXX, and is locked while its process
/// lives.
class XrtRoot {
 public:
  /// Makes the directory, to be removed when this process exits, and removes those of this user
  /// whose processes ended without doing so. Throws FABRIQ_UNAVAILABLE if XRT or a part of FabriQ
  /// is not installed, or if the directory cannot be made.
  static XrtRoot make(Emulation emulation);

  /// Makes again, at the same path, what somebody has removed: XRT keeps the path.
  void repair() const;

  const std::string &path() const { return path_; }

 private:
  /// What lies outside of the directory.
  struct Parts {
    std::string xrt;       // directory of XRT's libraries
    std::string driver;    // of the emulation, or ""
    std::string emulator;  // of the emulation, or ""
  };

  XrtRoot(std::string path, Parts parts) : path_(std::move(path)), parts_(std::move(parts)) {}

  void link(const std::string &target, const std::string &name) const;
  void write(const std::string &name, const std::string &text) const;
  void link_xrt() const;
  void add_emulation() const;
  void fill() const;

  std::string path_;
  Parts parts_;
};

}  // namespace fabriq
