# SPDX-License-Identifier: Apache-2.0
"""The checker's one error."""


class Unusable(Exception):
    """What was given cannot be checked. The text names the value, the limit and the remedy."""
