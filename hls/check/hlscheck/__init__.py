# SPDX-License-Identifier: Apache-2.0
"""Checks kernels for what Vitis HLS rejects, ignores or pays dearly for; see ../README.md."""
