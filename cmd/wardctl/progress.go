package main

import (
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
// said, unless all are asked for; refusals and parked messages always.
func printDetails(w io.Writer, report hl7.Report, all bool) {
	said := map[string]int{}
	var kinds []string
	for _, d := range report.Details {
		folds := !d.Refused && !d.Parked
		if folds {
			if said[d.Kind]++; said[d.Kind] == perKind+1 {
				kinds = append(kinds, d.Kind)
			}
		}
		if all || !folds || said[d.Kind] <= perKind {
			fmt.Fprintln(w, d)
		}
	}
	if all {
		return
	}
	for _, kind := range kinds {
		fmt.Fprintf(w, "and %d more warnings like: %s\n", said[kind]-perKind, examples(report, kind))
	}
}

// examples is the text of the last warning of a kind.
func examples(report hl7.Report, kind string) string {
	for i := len(report.Details) - 1; i >= 0; i-- {
		if d := report.Details[i]; d.Kind == kind && !d.Refused && !d.Parked {
			return d.Text
		}
	}
	return kind
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
func (p *progress) count(r io.Reader) io.Reader { return counted{r, &p.read} }

type counted struct {
	io.Reader
	n *atomic.Int64
}

// Read implements io.Reader.
func (c counted) Read(b []byte) (int, error) {
	n, err := c.Reader.Read(b)
	c.n.Add(int64(n))
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
