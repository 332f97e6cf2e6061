// SPDX-License-Identifier: Apache-2.0
package org.fabriq.xclbin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.api.Test;

class ProvenanceTest {
  @Test
  void theBuildTellsItsCommit() {
    assertThat(Provenance.sourceCommit()).matches("[0-9a-f]{40}(-dirty)?|unknown");
  }

  @Test
  void changedFilesAreTold() {
    Properties source = new Properties();
    assertThat(Provenance.commit(source)).isEqualTo("unknown");
    source.setProperty("git.commit.id.full", "0123abcd");
    source.setProperty("git.dirty", "false");
    assertThat(Provenance.commit(source)).isEqualTo("0123abcd");
    source.setProperty("git.dirty", "true");
    assertThat(Provenance.commit(source)).isEqualTo("0123abcd-dirty");
  }
}
