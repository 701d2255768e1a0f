package redisx

import (
	"strconv"
	"strings"
	"time"
)

// Position is a place in a feed: the stream ID "milliseconds-sequence" of an
// event. Positions of one feed are ordered by [Position.Compare]. They are
// opaque to callers: keep one and give it back to [Feed.Follow].
type Position string

// Where to begin to follow a feed.
const (
	FromNow   Position = ""  // only what is appended from now on
	FromStart Position = "0" // everything that is kept
)

// parse reads both halves; a missing or unreadable half is 0.
func (p Position) parse() (ms, seq uint64) {
	head, tail, _ := strings.Cut(string(p), "-")
	ms, _ = strconv.ParseUint(head, 10, 64)
	seq, _ = strconv.ParseUint(tail, 10, 64)
	return ms, seq
}

func (p Position) valid() bool {
	head, tail, found := strings.Cut(string(p), "-")
	if _, err := strconv.ParseUint(head, 10, 64); err != nil {
		return false
	}
	if !found {
		return true
	}
	_, err := strconv.ParseUint(tail, 10, 64)
	return err == nil
}

func (p Position) zero() bool {
	ms, seq := p.parse()
	return ms == 0 && seq == 0
}

// Compare is negative when p lies before q, 0 when they are equal and positive
// when p lies after q.
func (p Position) Compare(q Position) int {
	pm, ps := p.parse()
	qm, qs := q.parse()
	switch {
	case pm < qm:
		return -1
	case pm > qm:
		return 1
	case ps < qs:
		return -1
	case ps > qs:
		return 1
	}
	return 0
}

// Time is the server's time when the event was appended, to milliseconds.
func (p Position) Time() time.Time {
	ms, _ := p.parse()
	return time.UnixMilli(int64(ms)).UTC()
}
