package bulletin

import (
	"context"
	"slices"
	"time"

	"taizhang/sheet/ledger"
	"taizhang/sheet/supervise"
	"taizhang/sheet/syncer"
)

// History is what a bulletin is gathered from: one open ledger, or several that are
// open as one.
type History interface {
	AsOf(ctx context.Context, at time.Time) (l *ledger.Ledger, since time.Time, err error)
	Log(ctx context.Context, opt syncer.LogOptions) ([]syncer.Entry, error)
	CopiesBack(ctx context.Context, from, to time.Time) ([]syncer.Returned, error)
	Sendings() []syncer.Returned
}

// From gathers from an open ledger what its bulletin of a period says; rules are how the
// office supervises. A period that is not over yet ends today.
func From(ctx context.Context, s History, p Period, rules supervise.Rules) (*Bulletin, error) {
	in := Input{Period: p, Rules: rules}
	var err error
	start := startOf(p.From)
	var since time.Time
	if in.Start, since, err = s.AsOf(ctx, start); err != nil {
		return nil, err
	}
	if since.After(start) {
		in.Since = since
	}
	earlier := startOf(p.Before().From)
	if !since.After(earlier) {
		if in.Earlier, _, err = s.AsOf(ctx, earlier); err != nil {
			return nil, err
		}
	}
	end := startOf(p.To.AddDate(0, 0, 1))
	if in.End, _, err = s.AsOf(ctx, end); err != nil {
		return nil, err
	}
	if in.Log, err = s.Log(ctx, syncer.LogOptions{}); err != nil {
		return nil, err
	}
	for len(in.Log) > 0 && !in.Log[0].Time.Before(end) {
		in.Log = in.Log[1:]
	}
	if in.Copies, err = s.CopiesBack(ctx, start, end); err != nil {
		return nil, err
	}
	if in.CopiesAgo, err = s.CopiesBack(ctx, earlier, start); err != nil {
		return nil, err
	}
	if in.End.Supervised() {
		back, err := s.CopiesBack(ctx, time.Time{}, end)
		if err != nil {
			return nil, err
		}
		sent := slices.DeleteFunc(s.Sendings(), func(r syncer.Returned) bool { return !r.Sent.Before(end) })
		in.Facts = supervise.Gather(in.End, in.Log, sent, back)
	}
	return Make(in), nil
}

// Reaches reports whether a history, newest first, begins before a period is
// over: else a bulletin has only the ledger's own dates to go by.
func Reaches(log []syncer.Entry, p Period) bool {
	return len(log) > 0 && log[len(log)-1].Time.Before(startOf(p.To.AddDate(0, 0, 1)))
}

// startOf is the moment at which a day begins here.
func startOf(day time.Time) time.Time {
	return time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, time.Local)
}
