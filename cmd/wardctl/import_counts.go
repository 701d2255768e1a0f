package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/wardlight/wardlight/app/hl7"
)

// printCounts says what an import came to.
func (r *importRun) printCounts(ctx context.Context, out io.Writer, report hl7.Report) error {
	observations, waiting := many(report.Observations, "observation"), ""
	if report.Had > 0 {
		observations += fmt.Sprintf(" (%d new)", report.Observations-report.Had)
	}
	if report.Waiting > 0 {
		waiting = fmt.Sprintf(", %d still waiting", report.Waiting)
	}
	_, err := fmt.Fprintf(out, "%s, %s, %s, %s, %s, %d parked%s\n", many(report.Messages, "message"),
		many(report.Patients, "patient"), observations, many(report.Warnings, "warning"),
		many(report.Refusals, "refusal"), report.Parked-report.Waiting, waiting)
	if err != nil {
		return err
	}
	if n := report.Unread; n > 0 {
		fmt.Fprintf(out, "%s of vital signs not read as such: kept as sent, and no score counts them\n",
			areMany(n, "value"))
	}
	if n := report.Unplaced; n > 0 {
		fmt.Fprintf(out, "%s to no ward: who was admitted stood on no board then; see the warnings\n",
			many(n, "admission"))
	}
	printResults(out, report.Results)
	switch n := report.Known; {
	case n == 1:
		fmt.Fprintf(out, "1 of %s was taken before: nothing of it is changed\n", messages(report.Messages))
	case n > 1:
		fmt.Fprintf(out, "%d of %s were taken before: nothing of them is changed\n", n, messages(report.Messages))
	}
	for _, event := range slices.Sorted(maps.Keys(report.NoRule)) {
		fmt.Fprintf(out, "no rule for %s: %s\n", event, many(report.NoRule[event], "message"))
	}
	if r.site == nil {
		return nil
	}
	known, err := r.site.Record.ParkedKnown(ctx)
	switch {
	case err != nil:
		return err
	case known == 1:
		_, err = fmt.Fprintln(out, "1 parked message names a number that is known now: wardctl parked list")
	case known > 1:
		_, err = fmt.Fprintf(out, "%d parked messages name numbers that are known now: wardctl parked list\n", known)
	}
	return err
}

func messages(n int) string { return fmt.Sprintf("%d messages", n) }

// areMany is "1 message is", "2 messages are".
func areMany(n int, what string) string {
	if n == 1 {
		return many(n, what) + " is"
	}
	return many(n, what) + " are"
}

// notAll is an error with its exit status where something was not taken.
func notAll(report hl7.Report, empty []string) error {
	var parts []string
	for _, p := range []struct {
		n    int
		text string
	}{{report.Refusals, "refused"}, {report.Parked - report.Waiting, "parked (`wardctl parked list`)"},
		{report.Waiting, "parked before and still waiting (`wardctl parked list`)"},
		{report.Training, "for training, or with an MSH-11 that nobody knows, and not taken (--training takes them)"}} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", p.n, p.text))
		}
	}
	for _, name := range empty {
		parts = append(parts, name+": no message in it")
	}
	if len(parts) == 0 {
		return nil
	}
	return exitError{3, "not all messages were taken: " + strings.Join(parts, ", ")}
}
