package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"sync/atomic"
	"time"

	"golang.org/x/term"

	"github.com/wardlight/wardlight/app/hl7"
)

// perKind is how many warnings of one kind are said before the rest is counted.
const perKind = 10

// printDetails says what was not taken as it stands. Of each kind the first ten are
// said, unless all are asked for; refusals always.
func printDetails(w io.Writer, report hl7.Report, all bool) {
	said := map[string]int{}
	var kinds []string
	for _, d := range report.Details {
		kind := kindOf(d)
		if !d.Refused {
			if said[kind]++; said[kind] == perKind+1 {
				kinds = append(kinds, kind)
			}
		}
		if all || d.Refused || said[kind] <= perKind {
			fmt.Fprintln(w, d)
		}
	}
	if all {
		return
	}
	for _, kind := range kinds {
		what, like := "warning", example(report, kind)
		if like.Parked {
			what = "parked message"
		}
		fmt.Fprintf(w, "and %s like: %s\n", many(said[kind]-perKind, "more "+what), like.Text)
	}
}

// kindOf is what details are folded by: parked messages by why they are.
func kindOf(d hl7.Detail) string {
	if d.Parked && d.Kind == "parked" {
		return "parked: " + d.Text
	}
	return d.Kind
}

// example is the last detail of a kind.
func example(report hl7.Report, kind string) hl7.Detail {
	for i := len(report.Details) - 1; i >= 0; i-- {
		if d := report.Details[i]; kindOf(d) == kind && !d.Refused {
			return d
		}
	}
	return hl7.Detail{}
}

// progress shows on a terminal how far an import is.
type progress struct {
	w     io.Writer // nil: no terminal
	total int64     // bytes of all files; below 0: not known
	began time.Time
	last  time.Time
	read  atomic.Int64
	width int
}

func newProgress(w io.Writer, total int64) *progress {
	p := &progress{total: total, began: time.Now()}
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		p.w = w
	}
	return p
}

// count counts what is read of a file.
func (p *progress) count(r io.Reader) *counted { return &counted{Reader: r, n: &p.read} }

// counted remembers why it could not be read: that is the file's fault, not the record's.
type counted struct {
	io.Reader
	n   *atomic.Int64
	err error
}

// Read implements io.Reader.
func (c *counted) Read(b []byte) (int, error) {
	n, err := c.Reader.Read(b)
	c.n.Add(int64(n))
	if err != nil && !errors.Is(err, io.EOF) {
		c.err = err
	}
	return n, err
}

func (p *progress) taken(r hl7.Report) {
	if p.w == nil || time.Since(p.last) < 200*time.Millisecond {
		return
	}
	p.last = time.Now()
	line := progressLine(r.Messages, time.Since(p.began), p.read.Load(), p.total)
	fmt.Fprintf(p.w, "\r%-*s", p.width, line)
	p.width = len(line)
}

// progressLine is "12400 messages, 530/s, 2m10s left".
func progressLine(messages int, took time.Duration, read, total int64) string {
	line := fmt.Sprintf("%d messages, %.0f/s", messages, float64(messages)/max(took.Seconds(), 0.001))
	if total > 0 && read > 0 {
		left := time.Duration(float64(took) * float64(max(total-read, 0)) / float64(read))
		line += fmt.Sprintf(", %v left", left.Round(time.Second))
	}
	return line
}

// end takes the line away.
func (p *progress) end() {
	if p.w != nil && p.width > 0 {
		fmt.Fprintf(p.w, "\r%-*s\r", p.width, "")
	}
}
