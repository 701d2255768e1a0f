package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/parked"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/cmd/internal/site"
)

// waits is an entry as `parked list --json` says it: it names nobody.
type waits struct {
	ID       int64                `json:"id"`
	State    parked.State         `json:"state"`
	Since    time.Time            `json:"since"`
	Received time.Time            `json:"received"`
	Source   string               `json:"source"`
	Kind     string               `json:"kind"`
	Control  string               `json:"control"`
	Numbers  []patient.Identifier `json:"numbers"`
	Ward     string               `json:"ward,omitempty"`
	Reason   string               `json:"reason"`
	// HasItNow is the MRN of the patient who has the number now, if exactly one has.
	HasItNow string `json:"hasItNow,omitempty"`

	AssignedTo string     `json:"assignedTo,omitempty"` // MRN
	By         string     `json:"by,omitempty"`         // who decided last
	At         *time.Time `json:"at,omitempty"`
	Why        string     `json:"why,omitempty"`
}

// newWaits are entries with who has their numbers now, and to whom they were assigned.
func newWaits(ctx context.Context, s *site.Site, entries []parked.Entry) ([]waits, error) {
	owners, err := s.Record.OwnersNow(ctx, entries)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, e := range entries {
		if e.Patient != "" {
			ids = append(ids, e.Patient)
		}
	}
	patients, err := s.Record.Summaries(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := []waits{}
	for _, e := range entries {
		w := waits{ID: e.ID, State: e.State, Since: e.Since, Received: e.Received, Source: e.Source, Kind: e.Kind,
			Control: e.Control, Numbers: e.Numbers, Ward: e.Ward, Reason: e.Reason, HasItNow: owners[e.ID],
			AssignedTo: patients[e.Patient].Patient.MRN, By: e.By, At: whenKnown(e.At), Why: e.Why}
		if w.Numbers == nil {
			w.Numbers = []patient.Identifier{}
		}
		out = append(out, w)
	}
	return out, nil
}

// why is why it was parked, and what has become of that.
func (w waits) why() string {
	if w.HasItNow == "" {
		return alert.Clean(w.Reason, 120)
	}
	return alert.Clean(w.Reason, 120) + "; now " + alert.Clean(w.HasItNow, 40) + " has it"
}

// stands is where it stands: "assigned to K300 by achen: as the ward says".
func (w waits) stands() string {
	out := string(w.State)
	if w.AssignedTo != "" {
		out += " to " + w.AssignedTo
	}
	if w.By != "" {
		if w.State == parked.Waits {
			out += ", taken back"
		}
		out += " by " + w.By
	}
	if w.Why != "" {
		out += ": " + w.Why
	}
	return alert.Clean(out, 300)
}

func (t *tool) parkedList() *cobra.Command {
	var asJSON, all bool
	c := &cobra.Command{Use: "list", Short: "List what waits to be assigned, the longest first", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return t.with(cmd, func(ctx context.Context, s *site.Site) error {
				ctx, cancel := context.WithTimeout(ctx, limit)
				defer cancel()
				lookAtParked(ctx, cmd, s)
				entries, err := s.Record.ParkedMessages(ctx, all)
				if err != nil {
					return err
				}
				list, err := newWaits(ctx, s, entries)
				if err != nil {
					return err
				}
				if err := s.Record.Audit(ctx, parkedLine(s, audit.ListParked, "")); err != nil {
					return err
				}
				if asJSON {
					return printJSON(cmd.OutOrStdout(), list)
				}
				return printWaits(cmd.OutOrStdout(), list, all)
			})
		}}
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON array")
	c.Flags().BoolVar(&all, "all", false, "also what was assigned or discarded: to whom, by whom and why")
	return c
}

func printWaits(w io.Writer, list []waits, all bool) error {
	if len(list) == 0 {
		_, err := fmt.Fprintln(w, "nothing waits")
		return err
	}
	out := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	head := "ID\tSINCE\tFROM\tKIND\tNUMBER SENT\tWARD\tHAS IT NOW\tWHY"
	if all {
		head += "\tSTATE"
	}
	fmt.Fprintln(out, head)
	for _, e := range list {
		fmt.Fprintf(out, "%d\t%s\t%s\t%s\t%s\t%s\t%s\t%s", e.ID, tongue.Here(e.Since).Format("2006-01-02 15:04"),
			alert.Clean(e.Source, 40), alert.Clean(e.Kind, 20), numbersText(e.Numbers), dash(e.Ward), dash(e.HasItNow),
			e.why())
		if all {
			fmt.Fprintf(out, "\t%s", e.stands())
		}
		fmt.Fprintln(out)
	}
	return out.Flush()
}

func dash(s string) string {
	if s == "" {
		return "–"
	}
	return alert.Clean(s, 40)
}

// numbersText is how the numbers of an entry were sent: "OAK MRN K300".
func numbersText(all []patient.Identifier) string {
	var out []string
	for _, i := range all {
		out = append(out, strings.Join(strings.Fields(i.Authority+" "+i.Type+" "+i.Value), " "))
	}
	return dash(strings.Join(out, ", "))
}
