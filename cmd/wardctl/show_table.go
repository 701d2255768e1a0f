package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/tongue"
)

// clockOf is a time with its date, unless that is today's.
func clockOf(t, now time.Time) string {
	if t.Format(time.DateOnly) == tongue.Here(now).Format(time.DateOnly) {
		return t.Format("15:04")
	}
	return t.Format("2006-01-02 15:04")
}

// place is the bed, or "-" for a patient without one, with the room if it is known.
func place(r row) string {
	switch {
	case r.Bed != "":
		return r.Bed
	case r.Room != "":
		return "- (" + r.Room + ")"
	}
	return "-"
}

// marks are lines of what a nurse must know before she acts, none of them long.
func marks(r row) (lines []string) {
	var words []string
	for _, m := range r.Marks {
		words = append(words, string(m))
	}
	if r.NameLike != "" {
		words = append(words, "name like "+alert.Clean(r.NameLike, 10))
	}
	for _, w := range words {
		if n := len(lines) - 1; n >= 0 && len(lines[n])+len(w) < marksWide {
			lines[n] += ", " + w
			continue
		}
		lines = append(lines, w)
	}
	return lines
}

// The columns whose texts come from other systems, so that a line fits on a terminal.
// A number is never cut: it says who somebody is.
const (
	placeWide = 12
	nameWide  = 28
	marksWide = 16
)

func printRows(w io.Writer, rows []row) error {
	tw := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	line := func(cells ...string) {
		cells = append(cells, make([]string, 9-len(cells))...) // or the columns fall apart
		fmt.Fprintln(tw, strings.Join(cells, "\t"))
	}
	line("BED", "NAME", "MRN", "NEWS2", "RISK", "TAKEN", "LATE", "ALERT", "MARKS")
	for _, r := range rows {
		if r.Patient == "" {
			line(alert.Clean(r.Bed, placeWide), "("+alert.Clean(r.Empty, nameWide)+")")
			continue
		}
		news, taken, late := "–", "–", ""
		if r.NEWS2 != nil {
			if news = fmt.Sprint(*r.NEWS2); !r.Complete {
				news = "≥" + news
			}
			if r.Future {
				news += " (future date)"
			}
		}
		if r.Taken != nil {
			taken = clockOf(tongue.Here(*r.Taken), time.Now())
		}
		if r.Overdue > 0 {
			late = board.Span(time.Duration(r.Overdue) * time.Second)
		}
		first, rest := "", marks(r)
		if len(rest) > 0 {
			first, rest = rest[0], rest[1:]
		}
		// Names come from other systems: nothing in them may act on a terminal.
		line(alert.Clean(place(r), placeWide), alert.Clean(r.Surname+", "+r.Given, nameWide),
			alert.Clean(r.MRN, 30), news, string(r.Risk), taken, late, string(r.Alert), first)
		for _, more := range rest {
			line("", "", "", "", "", "", "", "", more)
		}
	}
	return tw.Flush()
}
