// SPDX-License-Identifier: Apache-2.0
/** Opens model files of every form that FabriQ reads. */
package org.fabriq.files;
