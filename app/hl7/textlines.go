package hl7

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/result"
	"github.com/wardlight/wardlight/app/vitals"
)

// lineKey is what the lines of one text have in common within their order: the code,
// the time and, where it does not count the lines, the sub-ID.
type lineKey struct {
	code, system, sub string
	at                time.Time
}

// openText is a text to which further lines may come.
type openText struct {
	at      int  // of the reporter's results
	line    int  // the last sub-ID, if these count
	counted bool // they do: 1, 2, 3; else all lines have the same
	lines   int
}

// textual reports whether an OBX is of a type whose lines senders put into several OBX.
// A short text (ST) that is a number, or has a unit or a range, is a value of its own.
func textual(v result.Result) bool {
	switch {
	case v.Sign != "" || slices.Contains([]result.Status{result.Live, result.None}, v.Effect):
		return false
	case v.Type == "TX" || v.Type == "FT":
		return true
	}
	_, err := vitals.Number(v.Value)
	return v.Type == "ST" && v.Unit == "" && v.Range == "" && err != nil
}

// addLine adds what an OBX says to the text that it is a line of. A report is one value:
// its correction may have fewer lines, or more.
func (r *reporter) addLine(v result.Result) bool {
	if !textual(v) {
		return false
	}
	key := lineKey{v.Code, v.System, v.SubID, v.Taken}
	line, err := strconv.Atoi(v.SubID)
	counts := err == nil && v.Type != "ST"
	if counts {
		key.sub = "#"
	}
	t := r.texts[key]
	if t != nil && counts {
		next := line == t.line+1 && (t.counted || t.lines == 1)
		if !next && (line != t.line || t.counted) {
			t = nil // another text of this code
		}
	}
	if t == nil {
		t = &openText{at: len(r.results), line: line, lines: 1}
		r.texts[key], r.lastText = t, t
		return false
	}
	t.counted = counts && line != t.line
	t.line, t.lines, r.lastText = line, t.lines+1, t
	join(&r.results[t.at], v)
	r.spoken = []int{t.at}
	return true
}

// join adds a line to a text. One line that is preliminary leaves the whole so, one that
// is corrected corrects it; a line that was withdrawn is no longer in it.
func join(text *result.Result, line result.Result) {
	gone := func(r result.Result) bool { return r.Effect == result.Withdrawn || r.Effect == result.NotObtained }
	either := func(s result.Status) bool { return text.Effect == s || line.Effect == s }
	effect, status := text.Effect, text.Status
	switch {
	case gone(*text) && gone(line):
	case gone(*text), gone(line):
		effect, status = result.Corrected, "C"
		if either(result.Preliminary) {
			effect, status = result.Preliminary, "P"
		}
	case either(result.Preliminary):
		effect, status = result.Preliminary, "P"
	case either(result.Corrected):
		effect, status = result.Corrected, "C"
	case text.Effect != line.Effect: // confirmed, and sent anew
		effect, status = result.Final, "F"
	}
	switch {
	case gone(*text) && !gone(line):
		text.Value, text.Raw = line.Value, line.Raw
	case !gone(line) || gone(*text):
		text.Value = strings.TrimPrefix(text.Value+"\n"+line.Value, "\n")
		if text.Raw+line.Raw != "" {
			text.Raw = strings.TrimPrefix(text.Raw+"\n"+line.Raw, "\n")
		}
	}
	text.Effect, text.Status = effect, status
	if line.Flag != "" && !slices.Contains(strings.Split(text.Flag, "~"), line.Flag) {
		text.Flag = strings.TrimPrefix(text.Flag+"~"+line.Flag, "~")
	}
}

// blankLine takes an OBX without a value behind a line of a report: it is a blank line.
func (r *reporter) blankLine(obx Segment) bool {
	kind := strings.ToUpper(obx.Text(2, 1))
	status, known := result.Effective(obx.Text(11, 1), r.obr.Text(25, 1))
	t := r.lastText
	if t == nil || kind != "TX" && kind != "FT" || obx.Null(5) || obx.lines(5) != "" || !known || len(flags(obx)) > 0 {
		return false
	}
	text := &r.results[t.at]
	if text.Code != obx.Component(3, 0, 1) || text.Effect != status ||
		!slices.Contains([]result.Status{result.Preliminary, result.Final, result.Corrected}, status) {
		return false
	}
	if sub := obx.Whole(4, 0); sub != text.SubID {
		if line, err := strconv.Atoi(sub); err != nil || line != t.line+1 {
			return false
		}
		t.line, t.counted = t.line+1, true
	}
	t.lines++
	text.Value += "\n"
	r.spoken = []int{t.at}
	return true
}

// finish ends a message's values.
func (r *reporter) finish() {
	r.halfPressures()
	for i := range r.results {
		r.results[i].Value = strings.TrimRight(r.results[i].Value, "\n")
	}
}
