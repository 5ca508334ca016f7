// Package tmux runs taizhang in a real terminal, for the e2e tests: tmux is the
// terminal, with a server of its own for each test. The tests press keys and
// wait until the screen says something; nothing is timed.
package tmux
