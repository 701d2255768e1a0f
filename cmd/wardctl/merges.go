package main

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/cmd/internal/site"
)

func (t *tool) merges() *cobra.Command {
	c := &cobra.Command{Use: "merges", Short: "Records that were merged, and undoing a wrong merge"}
	c.AddCommand(t.mergesList(), t.mergesUndo(), t.mergesRedo())
	return c
}

func (t *tool) mergesList() *cobra.Command {
	var all, asJSON bool
	c := &cobra.Command{Use: "list", Short: "List the merges that hold, the newest first; the look is audited",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return t.with(cmd, func(ctx context.Context, s *site.Site) error {
				if err := s.Record.Audit(ctx,
					audit.Event{Actor: station, Station: s.Config.Station, Action: audit.Search,
						Object: "merges", Outcome: audit.Done, Purpose: audit.Operations}); err != nil {
					return err
				}
				list, err := s.Record.Merges(ctx, !all)
				if err != nil {
					return err
				}
				for _, m := range list {
					if asJSON {
						if err := printJSON(cmd.OutOrStdout(), m); err != nil {
							return err
						}
						continue
					}
					state := "holds"
					if m.Reason != "" {
						state = alert.Clean("joined again by "+m.By+": "+m.Reason, 300)
					}
					if !m.Undone.IsZero() {
						state = alert.Clean(fmt.Sprintf("undone %s by %s: %s", tongue.Here(m.Undone).Format(time.DateTime),
							m.UndoneBy, m.Reason), 300)
					}
					fmt.Fprintf(cmd.OutOrStdout(), "%s\t%s\t%s into %s\t%s\n", m.ID, tongue.Here(m.At).Format(time.DateTime),
						identified(m.Merged), identified(m.Survivor), state)
				}
				return nil
			})
		}}
	c.Flags().BoolVar(&all, "all", false, "also what was undone")
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON object a line")
	return c
}

// identified names a patient by number, name and date of birth.
func identified(p patient.Patient) string {
	born := "born ?"
	switch {
	case p.Born.IsZero():
	case p.BornIn == patient.YearOnly:
		born = "born " + p.Born.Format("2006")
	case p.BornIn == patient.YearMonth:
		born = "born " + p.Born.Format("2006-01")
	default:
		born = "born " + p.Born.Format(time.DateOnly)
	}
	// Other systems gave it: nothing in it may act on a terminal.
	return alert.Clean(p.MRN+" ("+p.Name()+", "+born+")", 200)
}

// pair are the two patients of a merge as a person names them, so that a slip of the
// ID joins or parts nobody else.
type pair struct{ survivor, merged string }

func (p *pair) flags(c *cobra.Command) {
	c.Flags().StringVar(&p.survivor, "survivor", "", "the `MRN` under which both stand")
	c.Flags().StringVar(&p.merged, "merged", "", "the `MRN` that was merged into it")
	for _, name := range []string{"survivor", "merged", "by", "reason"} {
		_ = c.MarkFlagRequired(name) // fails for an unknown flag only
	}
}

// merge is the one of an ID that holds, or that was undone, and is of the two.
func (p *pair) merge(ctx context.Context, s *site.Site, id string, holds bool) (patient.Merge, error) {
	list, err := s.Record.Merges(ctx, holds)
	if err != nil {
		return patient.Merge{}, err
	}
	for _, m := range list {
		switch {
		case m.ID != id || m.Undone.IsZero() != holds:
		case m.Survivor.MRN != p.survivor || m.Merged.MRN != p.merged:
			return m, fmt.Errorf("merge %s is of other numbers: see wardctl merges list --all", m.ID)
		default:
			return m, nil
		}
	}
	if holds {
		return patient.Merge{}, fmt.Errorf("no merge %q holds: see wardctl merges list", id)
	}
	return patient.Merge{}, fmt.Errorf("no merge %q was undone: see wardctl merges list --all", id)
}

func (t *tool) mergesUndo() *cobra.Command {
	var d decision
	var of pair
	c := &cobra.Command{Use: "undo ID", Short: "Make two patients again of who was merged; audited",
		Args: cobra.ExactArgs(1),
		Long: `Makes two patients again of who was merged. What was charted for the merged
record, its numbers, bed, alerts and drafts are its own again. What was charted
after the merge stays with the survivor, but for results that came by the merged
number: look through it, and amend what is the other's. An allergy that the merged
number brought after the merge stays with both: check the allergies of both.
Both are named, so that a slip of the ID parts nobody else. A merge of the two that
another system sends again is parked.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return t.with(cmd, func(ctx context.Context, s *site.Site) error {
				by, err := d.hand(ctx, s)
				if err != nil {
					return err
				}
				m, err := of.merge(ctx, s, args[0], true)
				if err != nil {
					return err
				}
				if err := s.Record.Unmerge(ctx, m.ID, patient.Signed{Staff: by.By, Station: by.Station},
					by.Reason); err != nil {
					return err
				}
				_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s and %s are two patients again\n"+
					"check the allergies of both: what the merged number brought since stays with both\n",
					identified(m.Survivor), identified(m.Merged))
				return err
			})
		}}
	d.flags(c, "why the two are not one person")
	of.flags(c)
	return c
}

func (t *tool) mergesRedo() *cobra.Command {
	var d decision
	var of pair
	c := &cobra.Command{Use: "redo ID", Short: "Join again two patients whose merge was undone; audited",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return t.with(cmd, func(ctx context.Context, s *site.Site) error {
				by, err := d.hand(ctx, s)
				if err != nil {
					return err
				}
				m, err := of.merge(ctx, s, args[0], false)
				if err != nil {
					return err
				}
				if err := s.Record.Remerge(ctx, m.ID, patient.Signed{Staff: by.By, Station: by.Station},
					by.Reason); err != nil {
					return err
				}
				_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s is joined into %s again\n", identified(m.Merged),
					identified(m.Survivor))
				return err
			})
		}}
	d.flags(c, "why the two are one person after all")
	of.flags(c)
	return c
}
