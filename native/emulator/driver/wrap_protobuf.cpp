// SPDX-License-Identifier: Apache-2.0

// XRT shuts the protobuf library of the whole process down when it closes a device, though a device
// may be opened again and others may use the library. Here it stays up.

// google::protobuf::ShutdownProtobufLibrary()
extern "C" void __wrap__ZN6google8protobuf23ShutdownProtobufLibraryEv() {}
