#!/usr/bin/env bash
# Takes the READMEs' pictures from the running program: the sample ledger in a
# real terminal (tmux), one SVG for each screen and language, beside this file.
# usage: take.sh TAIZHANG
set -euo pipefail
program=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'tmux -L "$session-zh" kill-server 2>/dev/null; tmux -L "$session-en" kill-server 2>/dev/null; rm -rf "$work"' EXIT
session=taizhang-pictures-$$
export LC_ALL=C.UTF-8
go build -o "$work/picture" "$here"

for lang in zh en; do
	tmux -L "$session-$lang" -f /dev/null -u new-session -d -x 110 -y 32 \
		-e TERM=xterm-256color -e COLORTERM=truecolor \
		"'$program' demo --dir '$work/$lang' --lang $lang"
	tmux -L "$session-$lang" set -g default-terminal xterm-256color
	sleep 2
	for screen in 1-overview 2-tasks 5-year 6-sync 7-registers; do
		tmux -L "$session-$lang" send-keys "${screen%%-*}"
		sleep 1
		tmux -L "$session-$lang" capture-pane -e -N -p | "$work/picture" >"$here/${screen#*-}.$lang.svg"
	done
	tmux -L "$session-$lang" kill-server
done
ls "$here"/*.svg
