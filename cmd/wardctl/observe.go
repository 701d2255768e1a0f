package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/cmd/internal/site"
)

// observeCommand shows and sets how often a ward observes.
func (t *tool) observeCommand() *cobra.Command {
	var ward string
	c := &cobra.Command{Use: "observe [INTERVALS]", Short: "Show or set how often a ward observes by NEWS2",
		Args:    cobra.MaximumNArgs(1),
		Example: "  wardctl observe --ward 4B\n  wardctl observe --ward 4B 12h,4h,1h,30m,15m\n  wardctl observe --ward 4B chart4",
		Long: "How soon after a set of observations the next one is due, as five times: for a total of 0, of 1 to 4, for 3 in a\n" +
			"single parameter, for 5 to 6 and for 7 or more. \"chart4\" goes back to the national minimums (NEWS2 Chart 4):\n" +
			"12h,4h,1h,1h and, as \"continuous\" must be charted some time, 30m. A ward may observe more often. The most\n" +
			"it may set is 12h,6h,1h,1h,1h: the chart gives 4 to 6 hours for 1 to 4.",
		RunE: func(cmd *cobra.Command, args []string) error {
			return t.with(cmd, func(ctx context.Context, s *site.Site) error {
				ctx, cancel := context.WithTimeout(ctx, limit)
				defer cancel()
				id, err := needWard(ward, s)
				if err != nil {
					return err
				}
				if len(args) == 1 {
					var every vitals.Intervals
					if args[0] != "chart4" {
						if every, err = vitals.ParseIntervals(args[0]); err != nil {
							return err
						}
					}
					if err := s.Record.SetObserve(ctx, id, every, "wardctl", s.Config.Station); err != nil {
						return err
					}
				}
				w, err := s.Record.Ward(ctx, id)
				if err != nil {
					return err
				}
				from := "its own times"
				if w.Observe == (vitals.Intervals{}) {
					from = "NEWS2 Chart 4"
				}
				fmt.Fprintf(cmd.OutOrStdout(), "%s\t%v\t%s\n", w.ID, w.Observe.OrChart4(), from)
				return nil
			})
		}}
	c.Flags().StringVar(&ward, "ward", "", "which ward")
	return c
}
