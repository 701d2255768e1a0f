package hl7

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
)

// envelopeLine reports whether a line is the header or trailer of a file or a
// batch.
func envelopeLine(text []byte) bool {
	for _, name := range []string{"FHS", "BHS", "BTS", "FTS"} {
		if bytes.HasPrefix(text, []byte(name)) && (len(text) == 3 || sign(text[3])) {
			return true
		}
	}
	return false
}

// envelope counts what the headers and trailers of files and batches enclose.
type envelope struct {
	file, batch bool // one is open
	messages    int  // since the batch, or else the file, began
	batches     int  // since the file began
}

// take notes one line. A count that does not agree means that something was
// lost on the way, or came twice.
func (e *envelope) take(text []byte) (warnings []Warning) {
	switch string(text[:3]) {
	case "FHS":
		warnings = e.open()
		*e = envelope{file: true}
	case "BHS":
		if e.batch {
			warnings = append(warnings, about("BHS", "a batch begins before the one before it has ended (BTS)"))
		}
		e.batch, e.messages = true, 0
		e.batches++
	case "BTS":
		warnings = compare(text, "BTS", "messages", e.messages)
		if !e.batch {
			e.batches++
		}
		e.batch, e.messages = false, 0
	case "FTS":
		if e.batch {
			warnings = append(warnings, about("FTS", "a file ends before its batch has ended (BTS)"))
		}
		if e.batches == 0 && e.messages > 0 {
			e.batches = 1 // the messages of a file without batches are one
		}
		warnings = append(warnings, compare(text, "FTS", "batches", e.batches)...)
		*e = envelope{}
	}
	return warnings
}

// open warns at the end of the stream of what has no trailer.
func (e *envelope) open() (warnings []Warning) {
	if e.batch {
		warnings = append(warnings, about("BHS", "a batch has no end (BTS): the file may be cut"))
	}
	if e.file {
		warnings = append(warnings, about("FHS", "a file has no end (FTS): it may be cut"))
	}
	return warnings
}

func compare(text []byte, name, what string, came int) []Warning {
	if len(text) < 5 {
		return nil
	}
	said, _, _ := strings.Cut(string(text[4:]), string(text[3]))
	if said = strings.TrimSpace(said); said == "" || said == `""` {
		return nil
	}
	n, err := strconv.Atoi(said)
	switch {
	case err != nil:
		return []Warning{about(name, name+"-1 is no number")}
	case n != came:
		return []Warning{{Kind: name + "-1 differs from what came", Segment: name,
			Text: fmt.Sprintf("%s-1 says %d %s, %d came", name, n, what, came)}}
	}
	return nil
}

func about(segment, text string) Warning { return Warning{Kind: text, Segment: segment, Text: text} }
