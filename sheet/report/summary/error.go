package summary

import "errors"

// ErrTooMany is the class of the error that there are more tasks than a sheet
// has rows; the error itself is a *msg.Error.
var ErrTooMany = errors.New("too many tasks for a sheet")
