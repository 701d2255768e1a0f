package redisx

import (
	"strconv"
	"strings"
	"time"
)

// A lock's entry in Redis, a waiter's and their announcements are fields
// separated by 0x1f, so that a script can compare a prefix instead of decoding:
// fence, token, since, inbox, session, owner, name, station, reason. The fence
// of a waiter is 0 and its since is when it came.
const sep = "\x1f"

// clean keeps a caller's text from ending its field.
func clean(s string) string {
	if strings.IndexByte(s, sep[0]) < 0 {
		return s
	}
	return strings.ReplaceAll(s, sep, " ")
}

// rest is the part of an entry that its holder chooses.
func (h Holder) rest(inbox string) string {
	return inbox + sep + h.Session + sep + clean(h.Owner) + sep + clean(h.Name) + sep +
		clean(h.Station) + sep + clean(h.Reason)
}

// readEntry reads an entry; a shortened one (of a released lock) has what it has.
func readEntry(s string) (h Holder, token string) {
	var f [9]string
	for i := range f {
		f[i], s, _ = strings.Cut(s, sep)
	}
	return Holder{Fence: number(f[0]), Since: micros(f[2]), Session: f[4],
		Owner: f[5], Name: f[6], Station: f[7], Reason: f[8]}, f[1]
}

func number(s string) uint64 {
	n, _ := strconv.ParseUint(s, 10, 64)
	return n
}

func micros(s string) time.Time {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return time.Time{}
	}
	return time.UnixMicro(n).UTC()
}

func text(v any) string {
	s, _ := v.(string)
	return s
}
