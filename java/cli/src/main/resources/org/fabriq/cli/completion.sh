
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# What picocli's functions above do not know: bash takes words apart at ':' and '=', where fabriq does
# not; and a list is completed behind its last comma.
function _fabriq() {
  local -a joined
  local n word last current colon="" list="" glued=""
  joined=()
  for ((n = 0; n <= COMP_CWORD; n++)); do
    word="${COMP_WORDS[n]}"
    last=$((${#joined[@]} - 1))
    if [ -z "${BASH_VERSION:-}" ]; then
      if [[ "$word" == --*=* ]]; then
        joined+=("${word%%=*}" "${word#*=}")
      else
        joined+=("$word")
      fi
    elif [[ "$word" == "=" ]]; then
      if ((n == COMP_CWORD)); then joined+=(""); fi
    elif [[ "$word" == :* || -n "$glued" && "$word" != -* ]]; then
      joined[last]+="$word"
    else
      joined+=("$word")
    fi
    if [[ "$word" == *: ]]; then glued=yes; else glued=""; fi
  done
  last=$((${#joined[@]} - 1))
  current="${joined[last]}"
  if [ -n "${BASH_VERSION:-}" ]; then colon="${current%"${current##*:}"}"; fi
  if [[ "$current" == *,* ]]; then list="${current%,*},"; fi
  joined[last]="${current#"$list"}"
  COMP_WORDS=("${joined[@]}")
  COMP_CWORD="$last"
  COMPREPLY=()
  _complete_fabriq
  for ((n = 0; n < ${#COMPREPLY[@]}; n++)); do
    word="$list${COMPREPLY[n]}"
    # A form of a scheme goes on behind its colon.
    if [[ -n "${BASH_VERSION:-}" && "$word" == *: ]]; then compopt -o nospace 2>/dev/null; fi
    COMPREPLY[n]="${word#"$colon"}"
  done
}

function _fabriq_as_ksh() {
  emulate -L ksh
  _fabriq
}

# zsh's own way to offer words and files.
function _fabriq_zsh() {
  local -a COMP_WORDS COMPREPLY ended open
  # shellcheck disable=SC2153,SC2154 # zsh sets CURRENT and words
  local COMP_CWORD="$((CURRENT - 1))" COMP_LINE="$words" word value=""
  COMP_WORDS=("${words[@]}")
  if compset -P '--*='; then value=yes; fi
  _fabriq_as_ksh
  for word in "${COMPREPLY[@]}"; do
    if [[ "$word" == *: ]]; then open+=("$word"); else ended+=("$word"); fi
  done
  if [[ -e "${ended[1]}" || -n "$value" && ${#COMPREPLY[@]} -eq 0 ]]; then
    _files
  else
    compadd -S '' -a open
    compadd -a ended
  fi
}

if [ -n "${BASH_VERSION:-}" ]; then
  complete -F _fabriq -o default fabriq
else
  compdef _fabriq_zsh fabriq
fi
