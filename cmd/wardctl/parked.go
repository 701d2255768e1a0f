package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/parked"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/cmd/internal/site"
)

func (t *tool) parkedCommand() *cobra.Command {
	c := &cobra.Command{Use: "parked",
		Short: "Messages whose patient nobody could tell: list, show, assign, take back, discard",
		Long: "A message whose number is nobody's, several people's or plainly somebody else's is not guessed at: it is parked, whole,\n" +
			"until a person says whose it is. The ward that it names sees on its board that something waits, and after a time\n" +
			"(feed.parked_alert) hears a technical alert; where it names no ward, the charge nurses of all wards see it. What waits\n" +
			"is kept without an end; the text of what was assigned or discarded is erased after feed.parked_keep."}
	c.AddCommand(t.parkedList(), t.parkedShow(), t.parkedAssign(), t.parkedTakeBack(), t.parkedDiscard())
	return c
}

// onParked runs f with the number of an entry, and says in a person's words why an
// entry could not be found or changed.
func (t *tool) onParked(cmd *cobra.Command, arg string,
	f func(ctx context.Context, s *site.Site, id int64) error) error {
	id, err := strconv.ParseInt(arg, 10, 64)
	if err != nil {
		return fmt.Errorf("%q is no number of a parked message: `wardctl parked list` shows them", arg)
	}
	return t.with(cmd, func(ctx context.Context, s *site.Site) error {
		ctx, cancel := context.WithTimeout(ctx, limit)
		defer cancel()
		err := f(ctx, s, id)
		switch {
		case errors.Is(err, parked.ErrNotWaiting):
			return fmt.Errorf("%w; `wardctl parked take-back %d` lets it wait again", err, id)
		case errors.Is(err, parked.ErrNoReason):
			return errors.New("say why: --reason \"…\"")
		}
		return err
	})
}

// decision is who decides about a parked message, and why, as the flags say.
type decision struct{ by, reason string }

func (d *decision) flags(c *cobra.Command, why string) {
	c.Flags().StringVar(&d.by, "by", "", "the staff `ID` of who decides")
	c.Flags().StringVar(&d.reason, "reason", "", why)
	_ = c.MarkFlagRequired("by") // fails for an unknown flag only
}

// hand is the decision of somebody who is on the staff of the record.
func (d *decision) hand(ctx context.Context, s *site.Site) (records.Hand, error) {
	who, err := decides(ctx, s, d.by)
	if err != nil {
		return records.Hand{}, err
	}
	return records.Hand{By: who.ID, Name: cmp.Or(who.Name(), who.ID), Station: s.Config.Station,
		Reason: alert.Clean(d.reason, alert.MaxText), Account: operator()}, nil
}

// decides is the member of staff whom --by names. Whoever works here no more decides
// nothing.
func decides(ctx context.Context, s *site.Site, id string) (staff.Staff, error) {
	who, _, err := s.Record.StaffByID(ctx, id)
	if err == nil && !who.Active {
		err = errors.New("is not active")
	}
	if err != nil {
		return who, fmt.Errorf("--by %q: %w", id, err)
	}
	return who, nil
}

func parkedLine(s *site.Site, what audit.Action, object string) audit.Event {
	return audit.Event{Actor: operator(), Station: s.Config.Station, Action: what, Object: object, Outcome: audit.Done}
}

// lookAtParked raises what is overdue and erases what was kept long enough, at the
// end of a command that met parked messages. The stations do the same, so that its
// failure is said and fails nothing.
func lookAtParked(ctx context.Context, cmd *cobra.Command, s *site.Site) {
	limits := s.Config.Feed.Parked()
	raised, err := s.Record.AlertParked(ctx, limits.Alert, s.Config.Station)
	if err == nil {
		_, err = s.Record.EraseParked(ctx, limits.Keep)
	}
	if err != nil {
		fmt.Fprintf(cmd.ErrOrStderr(), "parked messages could not be looked at: %v\n", err)
	}
	if raised > 0 {
		kick(ctx, cmd, s)
	}
}
