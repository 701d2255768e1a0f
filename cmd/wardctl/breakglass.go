package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/cmd/internal/site"
)

func (t *tool) breakGlass() *cobra.Command {
	c := &cobra.Command{Use: "breakglass", Short: "Emergency access: who took it, why, and what a review found"}
	c.AddCommand(t.breakGlassList(), t.breakGlassReview())
	return c
}

func (t *tool) breakGlassList() *cobra.Command {
	var all, asJSON bool
	c := &cobra.Command{Use: "list", Short: "List what nobody has reviewed, the newest first; the look is audited",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return t.with(cmd, func(ctx context.Context, s *site.Site) error {
				if err := s.Record.Audit(ctx,
					audit.Event{Actor: station, Station: s.Config.Station, Action: audit.ReadAudit,
						Object: "breakglass", Outcome: audit.Done, Purpose: audit.Operations}); err != nil {
					return err
				}
				if err := s.Record.EndOverdueEmergencies(ctx); err != nil {
					return err
				}
				list, err := s.Record.Emergencies(ctx, all)
				if err != nil {
					return err
				}
				for _, e := range list {
					if asJSON {
						if err := printJSON(cmd.OutOrStdout(), e); err != nil {
							return err
						}
						continue
					}
					state := "to be reviewed"
					switch {
					case e.Ended.IsZero():
						state = fmt.Sprintf("runs, %d min left", int(e.Left/time.Minute)+1)
					case !e.Reviewed.IsZero():
						state = string(e.Finding) + " (" + e.Reviewer + ")"
					}
					fmt.Fprintf(cmd.OutOrStdout(), "%s\t%s\t%s\tward %s\t%s\t%d uses\t%s\t%s\n", e.ID,
						tongue.Here(e.Began).Format(time.DateTime),
						e.Staff, e.Ward, e.Station, e.Uses, state, e.Reason)
				}
				return nil
			})
		}}
	c.Flags().BoolVar(&all, "all", false, "also what was reviewed")
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON object a line")
	return c
}

func (t *tool) breakGlassReview() *cobra.Command {
	var by, finding string
	c := &cobra.Command{Use: "review ID", Short: "Write down what a charge nurse found", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			f := staff.Finding(finding)
			if !slices.Contains(staff.Findings(), f) {
				return fmt.Errorf("--finding %q: say %s", finding, words(staff.Findings()))
			}
			return t.with(cmd, func(ctx context.Context, s *site.Site) error {
				return s.Record.ReviewEmergency(ctx, args[0], by, f)
			})
		}}
	c.Flags().StringVar(&by, "by", "", "the staff `ID` of the charge nurse who reviewed")
	c.Flags().StringVar(&finding, "finding", "", words(staff.Findings()))
	_ = c.MarkFlagRequired("by")      // fails for an unknown flag only
	_ = c.MarkFlagRequired("finding") // likewise
	return c
}

// words lists findings as a sentence does.
func words(list []staff.Finding) string {
	var out []string
	for _, f := range list {
		out = append(out, string(f))
	}
	return strings.Join(out[:len(out)-1], ", ") + " or " + out[len(out)-1]
}
