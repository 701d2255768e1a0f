package main

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/hl7"
	"github.com/wardlight/wardlight/app/parked"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/cmd/internal/site"
)

// parkedDetail is an entry as `parked show --json` says it.
type parkedDetail struct {
	waits
	Name   string     `json:"name,omitempty"`
	Born   string     `json:"born,omitempty"`
	Erased *time.Time `json:"erased,omitempty"`
	// Part is which of the patients of the message it is, from 1, and Parts of how many.
	Part  int `json:"part"`
	Parts int `json:"parts,omitempty"`
	// Message is what the message says of this patient: one segment a line.
	Message string `json:"message,omitempty"`
}

func (t *tool) parkedShow() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{Use: "show ID", Short: "Show one parked message: the part of it that is one patient's",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return t.onParked(cmd, args[0], func(ctx context.Context, s *site.Site, id int64) error {
				e, err := s.Record.ParkedMessage(ctx, id)
				if err != nil {
					return err
				}
				list, err := newWaits(ctx, s, []parked.Entry{e})
				if err != nil {
					return err
				}
				d := parkedDetail{waits: list[0], Name: e.Name, Born: e.Born, Erased: whenKnown(e.Erased),
					Part: e.Group + 1}
				if len(e.Raw) > 0 {
					lines, of, err := hl7.Part(e.Raw, e.Group)
					if err != nil {
						return err
					}
					d.Message, d.Parts = strings.Join(lines, "\r"), of
				}
				line := parkedLine(s, audit.ViewParked, args[0])
				line.Patient = e.Patient
				if err := s.Record.Audit(ctx, line); err != nil {
					return err
				}
				if asJSON {
					return printJSON(cmd.OutOrStdout(), d)
				}
				return printParked(cmd.OutOrStdout(), d)
			})
		}}
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	return c
}

// printParked is one entry for a person. All of it comes from other systems:
// nothing in it may act on a terminal.
func printParked(w io.Writer, d parkedDetail) error {
	out := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	line := func(what, text string) {
		if text != "" {
			fmt.Fprintf(out, "%s\t%s\n", what, alert.Clean(text, 400))
		}
	}
	line("Parked message", strconv.FormatInt(d.ID, 10))
	if d.Parts > 1 {
		line("Patient", fmt.Sprintf("part %d of %d: the other patients' parts are not shown", d.Part, d.Parts))
	}
	line("State", string(d.State))
	line("Received", tongue.Here(d.Received).Format("2006-01-02 15:04:05"))
	line("Since", tongue.Here(d.Since).Format("2006-01-02 15:04:05"))
	line("From", d.Source)
	line("Kind", d.Kind+", MSH-10 "+d.Control)
	line("Why", d.why())
	line("Number sent", numbersText(d.Numbers))
	line("Name sent", d.Name)
	line("Born, as sent", d.Born)
	line("Ward", d.Ward)
	line("Has it now", d.HasItNow)
	line("Assigned to", d.AssignedTo)
	if d.At != nil {
		line("Decided", tongue.Here(*d.At).Format("2006-01-02 15:04:05")+" by "+d.By)
	}
	line("Reason", d.waits.Why)
	if d.Erased != nil {
		line("Text", "erased "+tongue.Here(*d.Erased).Format("2006-01-02"))
	}
	if err := out.Flush(); err != nil || d.Message == "" {
		return err
	}
	fmt.Fprintln(w)
	for segment := range strings.SplitSeq(d.Message, "\r") {
		if _, err := fmt.Fprintln(w, "  "+alert.Clean(segment, 2000)); err != nil {
			return err
		}
	}
	return nil
}
