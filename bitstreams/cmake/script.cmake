# SPDX-License-Identifier: Apache-2.0

# What is to be done, as a shell script in the variable `script`: what --dry-run prints is what
# runs.

# run(WORDS...): one command; words with spaces or shell characters are quoted.
function(run)
  set(command "")
  foreach(word ${ARGN})
    if(NOT word MATCHES "^[-A-Za-z0-9_./=:,+@%]+$")
      string(REPLACE "'" "'\\''" word "${word}")
      set(word "'${word}'")
    endif()
    list(APPEND command "${word}")
  endforeach()
  list(JOIN command " " command)
  set(script "${script}${command}\n" PARENT_SCOPE)
endfunction()

# shell(TEXT): a line of shell as it stands.
function(shell text)
  set(script "${script}${text}\n" PARENT_SCOPE)
endfunction()

# write_file(NAME CONTENT): a file in the xclbin's folder.
function(write_file name content)
  set(script "${script}cat >${name} <<'END'\n${content}END\n" PARENT_SCOPE)
endfunction()
