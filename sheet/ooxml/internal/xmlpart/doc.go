// Package xmlpart reads and rewrites the XML of a part without disturbing a byte
// that nobody meant to change.
//
// A [Scanner] walks the tokens of a part and knows the offsets of each, so that
// what it finds can be replaced in the very bytes that were read: one stretch by
// [Splice], several at once by [Apply], many in a large part by a [Splicer],
// which copies nothing that stays. [NewStream] scans a part while it is inflated.
// Elements go by their local names, for programs choose their prefixes freely.
//
// The package knows nothing of workbooks but how their parts write text: numbers
// ([Number]) and characters that XML forbids ([AppendXString], [DecodeXString]).
package xmlpart
