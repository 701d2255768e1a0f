package main

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/cmd/internal/site"
)

func (t *tool) merges() *cobra.Command {
	c := &cobra.Command{Use: "merges", Short: "Records that were merged, and undoing a wrong merge"}
	c.AddCommand(t.mergesList(), t.mergesUndo())
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
					if !m.Undone.IsZero() {
						state = fmt.Sprintf("undone %s by %s: %s", tongue.Here(m.Undone).Format(time.DateTime), m.UndoneBy,
							m.Reason)
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
	return p.MRN + " (" + p.Name() + ", " + born + ")"
}

func (t *tool) mergesUndo() *cobra.Command {
	var by, reason, survivor, merged string
	c := &cobra.Command{Use: "undo ID", Short: "Make two patients again of who was merged; audited",
		Args: cobra.ExactArgs(1),
		Long: `Makes two patients again of who was merged. What was charted for the merged
record, its numbers, bed, alerts and drafts are its own again. What was charted
after the merge stays with the survivor, but for results that came by the merged
number: look through it, and amend what is the other's. An allergy that the merged
number brought after the merge stays with both: check the allergies of both.
Both are named, so that a slip of the ID parts nobody else.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return t.with(cmd, func(ctx context.Context, s *site.Site) error {
				if _, _, err := s.Record.StaffByID(ctx, by); err != nil {
					return fmt.Errorf("--by %q: %w", by, err)
				}
				list, err := s.Record.Merges(ctx, true)
				if err != nil {
					return err
				}
				for _, m := range list {
					if m.ID != args[0] {
						continue
					}
					if m.Survivor.MRN != survivor || m.Merged.MRN != merged {
						return fmt.Errorf("merge %s is of other numbers: see wardctl merges list", m.ID)
					}
					if err := s.Record.Unmerge(ctx, m.ID, patient.Signed{Staff: by, Station: s.Config.Station},
						reason); err != nil {
						return err
					}
					_, err := fmt.Fprintf(cmd.OutOrStdout(), "%s and %s are two patients again\n"+
						"check the allergies of both: what the merged number brought since stays with both\n",
						identified(m.Survivor), identified(m.Merged))
					return err
				}
				return fmt.Errorf("no merge %q holds: see wardctl merges list", args[0])
			})
		}}
	c.Flags().StringVar(&survivor, "survivor", "", "the `MRN` under which both stand")
	c.Flags().StringVar(&merged, "merged", "", "the `MRN` that was merged into it")
	c.Flags().StringVar(&by, "by", "", "the staff `ID` of who decides")
	c.Flags().StringVar(&reason, "reason", "", "why the two are not one person")
	for _, name := range []string{"survivor", "merged", "by", "reason"} {
		_ = c.MarkFlagRequired(name) // fails for an unknown flag only
	}
	return c
}
