package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/cmd/internal/site"
)

func (t *tool) parkedTakeBack() *cobra.Command {
	var d decision
	c := &cobra.Command{Use: "take-back ID", Short: "Undo an assignment, or a discard: the message waits again",
		Args: cobra.ExactArgs(1),
		Long: "What the assignment charted is withdrawn from the chart: it stays readable there as withdrawn, as charted for the\n" +
			"wrong patient, and by whom. The message waits again since it came: the wards hear of it at once if that is long ago.",
		RunE: func(cmd *cobra.Command, args []string) error {
			return t.onParked(cmd, args[0], func(ctx context.Context, s *site.Site, id int64) error {
				by, err := d.hand(ctx, s)
				if err != nil {
					return err
				}
				e, err := s.Record.TakeBackParked(ctx, id, by)
				if err != nil {
					return err
				}
				fmt.Fprintf(cmd.OutOrStdout(), "it waits again, since %s\n",
					tongue.Here(e.Received).Format("2006-01-02 15:04"))
				lookAtParked(ctx, cmd, s)
				kick(ctx, cmd, s)
				return nil
			})
		}}
	d.flags(c, "`why` it was wrong; kept with it")
	return c
}

func (t *tool) parkedDiscard() *cobra.Command {
	var d decision
	c := &cobra.Command{Use: "discard ID", Short: "End a parked message that is nobody's here",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return t.onParked(cmd, args[0], func(ctx context.Context, s *site.Site, id int64) error {
				by, err := d.hand(ctx, s)
				if err != nil {
					return err
				}
				if err := s.Record.DiscardParked(ctx, id, by); err != nil {
					return err
				}
				fmt.Fprintln(cmd.OutOrStdout(), "discarded")
				kick(ctx, cmd, s)
				return nil
			})
		}}
	d.flags(c, "`why` it is nobody's here; kept with it")
	return c
}
