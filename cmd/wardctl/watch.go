package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/outbox"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/cmd/internal/site"
	"github.com/wardlight/wardlight/redisx"
)

func (t *tool) watchCommand() *cobra.Command {
	var ward, from string
	var asJSON bool
	c := &cobra.Command{Use: "watch", Short: "Print a ward's alert moves as a station shows them", Args: cobra.NoArgs,
		Long: "Prints each move of the ward's alerts the moment a station would show it, until interrupted.\n" +
			"--from replays from a move on, that one included: its number (seq), its ID, or its alert's ID.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return t.with(cmd, func(ctx context.Context, s *site.Site) error {
				ward, err := needWard(ward, s)
				if err != nil {
					return err
				}
				pos, err := startAt(ctx, s.Record, ward, from)
				if err != nil {
					return err
				}
				w := &watch{out: cmd.OutOrStdout(), ward: ward, json: asJSON}
				return w.run(ctx, s, pos)
			})
		}}
	c.Flags().StringVar(&ward, "ward", "", "which ward")
	c.Flags().StringVar(&from, "from", "", "replay from this move or alert on")
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON object a line")
	return c
}

// startAt is the position after which moves are printed.
func startAt(ctx context.Context, rec *records.Store, ward, from string) (int64, error) {
	if from == "" {
		return rec.LastSeq(ctx)
	}
	if n, err := strconv.ParseInt(from, 10, 64); err == nil && n >= 0 {
		return max(n-1, 0), nil
	}
	m, err := rec.MoveByID(ctx, from)
	if err == nil {
		return m.Seq - 1, nil
	} else if !errors.Is(err, records.ErrNotFound) {
		return 0, err
	}
	for pos := int64(0); ; {
		page, err := rec.MovesAfter(ctx, ward, pos, 500)
		if err != nil {
			return 0, err
		}
		for _, m := range page {
			if m.Alert.ID == from {
				return m.Seq - 1, nil
			}
			pos = m.Seq
		}
		if len(page) == 0 {
			return 0, fmt.Errorf("no move or alert %q on ward %s: --from takes a seq, a move's ID or an alert's ID",
				from, ward)
		}
	}
}

// moves is the record's list of a ward's alert moves. It goes past what the
// outbox has dropped: moves are never dropped.
type moves struct {
	*records.Store
	ward string
}

// ChangesAfter implements [outbox.Log].
func (l moves) ChangesAfter(ctx context.Context, seq int64, limit int) ([]outbox.Change, error) {
	page, err := l.MovesAfter(ctx, l.ward, seq, limit)
	changes := make([]outbox.Change, 0, len(page))
	for _, m := range page {
		payload, err := json.Marshal(m)
		if err != nil {
			return nil, err
		}
		changes = append(changes, outbox.Change{Seq: m.Seq, Kind: outbox.Alert, Ward: l.ward, Patient: m.Alert.Patient,
			Payload: payload, At: m.At})
	}
	return changes, err
}

// watch prints moves.
type watch struct {
	out  io.Writer
	ward string
	json bool
	seen map[string]bool // moves heard before the record took them

	once sync.Once
	err  error // why printing ended
}

func (w *watch) run(ctx context.Context, s *site.Site, pos int64) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	w.seen = map[string]bool{}
	// The record is near: asking it five times a second is cheap, and covers a
	// site where nobody relays.
	f := (&outbox.Follower{Log: moves{s.Record, w.ward}, Poll: 200 * time.Millisecond, PollDown: 200 * time.Millisecond,
		On: func(c outbox.Change, _ bool) {
			if err := w.print(c); err != nil {
				w.once.Do(func() { w.err = err })
				cancel()
			}
		}}).Init(pos)
	var feed sync.WaitGroup
	if s.Redis != nil {
		feed.Go(func() {
			// It ends with ctx; until then it replaces broken links by itself.
			_ = site.Events(s.Redis, w.ward).Follow(ctx, redisx.FromNow, redisx.FeedHandler{
				Event: func(e redisx.Event) {
					var c outbox.Change
					if json.Unmarshal(e.Payload, &c) == nil {
						f.Hear(c)
					}
				},
				Gap:  func(_, _ redisx.Position) { f.Kick() },
				Link: func(up bool, _ time.Time) { f.Link(up) },
			})
		})
	}
	f.Run(ctx)
	cancel()
	feed.Wait()
	return w.err
}

// print writes one move as one line in one write, so that a reader at the end of
// a pipe has it at once.
func (w *watch) print(c outbox.Change) error {
	if c.Kind != outbox.Alert || c.Ward != w.ward {
		return nil
	}
	var m alert.Move
	if err := json.Unmarshal(c.Payload, &m); err != nil {
		return fmt.Errorf("move %d: %w", c.Seq, err)
	}
	if w.seen[m.ID] {
		delete(w.seen, m.ID)
		return nil
	}
	if c.Seq == 0 {
		w.seen[m.ID] = true
	}
	if w.json {
		return printJSON(w.out, m)
	}
	_, err := fmt.Fprintf(w.out, "%s  %-9s %-9s bed %-4s %s  (%s)\n", tongue.Here(m.At).Format(time.TimeOnly), m.Kind,
		m.Alert.Priority,
		alert.Clean(m.Alert.Bed, 20), alert.Clean(m.Alert.Text, alert.MaxText), m.Alert.ID)
	return err
}
