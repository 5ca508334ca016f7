package xmlpart

import (
	"errors"
	"io"
)

// A part that is only read need not be in memory as a whole: NewStream scans it
// while it is inflated, through a window that moves along. Offsets are then
// those in the window, and hold until the next call of Next; what is kept of a
// token has to be copied before.
//
// A token that runs into the end of the window may go on behind it. It is
// scanned anew when more was read, so that every token is whole, and the window
// is as large as the longest one needs.

const (
	// Window is how much of a part a stream begins with: enough that to
	// move along costs nothing, and little enough for a processor's cache.
	Window = 256 << 10
	// streamAhead is how much is there at least when a token is scanned, unless
	// the part ends before: what Leaf reads in one go is shorter.
	streamAhead = 4 << 10
)

// NewStream scans a part of that many bytes as src gives it.
func NewStream(src io.Reader, size int64, window int) *Scanner {
	s := &Scanner{}
	s.Reset(make([]byte, 0, max(64, min(int64(window), size+1)))) // a byte order mark at least
	s.src, s.ahead, s.Size = src, streamAhead, size
	s.readOn()
	s.skipMark()
	return s
}

// again scans the token anew that ran into the end of the window, or that is
// wrong, which is known only when the part has ended.
func (s *Scanner) again() bool {
	s.pos = s.Start
	s.readOn()
	return s.Next()
}

// readOn moves the window along: it drops what lies before the next token,
// except for the names of the elements that are open, and fills up. A window
// that is still more than half full is made larger.
func (s *Scanner) readOn() {
	at := 0
	data := s.Data
	for i, n := range s.open {
		copy(data[at:], data[n.Start:n.End]) // never beyond n.start: names do not overlap
		s.open[i] = Span{at, at + n.End - n.Start}
		at += n.End - n.Start
	}
	rest := copy(data[at:], data[s.pos:])
	s.base += s.pos - at
	s.pos = at
	data = data[:at+rest]
	if 2*len(data) >= cap(data) {
		data = append(make([]byte, 0, 2*cap(data)+64), data...)
	}
	n, err := io.ReadFull(s.src, data[len(data):cap(data)])
	s.Data = data[:len(data)+n]
	switch {
	case err == nil:
	case err == io.EOF || err == io.ErrUnexpectedEOF:
		s.src, s.ahead = nil, 0
	default:
		s.src, s.ahead, s.fail, s.Kind = nil, 0, err, None
	}
}

// Cause is why reading stopped with err: what is wrong with the part as a whole,
// where that is what made it unreadable.
func (s *Scanner) Cause(err error) error {
	var syntax *SyntaxError
	if s.src == nil || !errors.As(err, &syntax) {
		return err
	}
	if _, e := io.Copy(io.Discard, s.src); e != nil {
		return e
	}
	return err
}
