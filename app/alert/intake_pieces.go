package alert

import (
	"bytes"
	"encoding/json"
	"errors"
	"regexp"
)

// mostPieces is how many objects of one message are alerts of their own; what follows
// them is one that cannot be read.
const mostPieces = 100

// pieces are the objects of a message, each of which is an alert: the members of a
// list, or one object after the other. What is one is handed on as it is.
func pieces(payload []byte) [][]byte {
	if len(payload) > MaxRequest {
		return [][]byte{payload}
	}
	b := unwrapped(payload)
	var list []json.RawMessage
	switch {
	case len(b) == 0:
		return [][]byte{payload}
	case b[0] == '[' && json.Unmarshal(b, &list) == nil:
	case b[0] == '[':
		list = parted(b[1:])
	case b[0] == '{':
		if _, err := members(b); !errors.Is(err, errTwo) && json.Valid(b) {
			return [][]byte{payload}
		}
		list = parted(b)
	}
	var out [][]byte
	for _, one := range list {
		if one = trimmed(one); len(one) > 0 && string(one) != "null" {
			out = append(out, one)
		}
	}
	if len(list) < 2 || len(out) == 0 {
		return [][]byte{payload}
	}
	if len(out) > mostPieces {
		out = append(out[:mostPieces], bytes.Join(out[mostPieces:], nil))
	}
	return out
}

// between is where one object ends and the next begins.
var between = regexp.MustCompile(`\}[\s,;]*\{`)

// parted parts objects that are no list, or a broken one. A brace in a text parts
// nothing: if what would be cut off is no object by itself, but is with what follows.
func parted(b []byte) (out []json.RawMessage) {
	for len(b) > 0 {
		cuts := between.FindAllIndex(b, mostPieces)
		if len(cuts) == 0 {
			break
		}
		cut := cuts[0][0] + 1
		for _, c := range cuts {
			if json.Valid(b[:c[0]+1]) {
				cut = c[0] + 1
				break
			}
		}
		out = append(out, b[:cut])
		b = bytes.TrimLeft(b[cut:], " \t\r\n,;")
	}
	if len(b) > 0 {
		out = append(out, bytes.TrimRight(b, "] \t\r\n"))
	}
	return out
}
