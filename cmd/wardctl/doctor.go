package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/wardlight/wardlight/app/desktop/keyring"
	"github.com/wardlight/wardlight/app/desktop/notify"
	"github.com/wardlight/wardlight/cmd/internal/site"
	"github.com/wardlight/wardlight/redisx"
)

func (t *tool) channelsCommand() *cobra.Command {
	var ward string
	c := &cobra.Command{Use: "channels", Short: "Print the channels on which other systems publish", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return t.with(cmd, func(_ context.Context, s *site.Site) error {
				ward, err := needWard(ward, s)
				if err != nil {
					return err
				}
				client := s.Redis
				if client == nil { // the names do not depend on the server
					if client, err = redisx.Open(redisx.Config{}); err != nil {
						return err
					}
					defer client.Close()
				}
				_, err = fmt.Fprintf(cmd.OutOrStdout(), "intake\t%s\n", site.IntakeChannel(client.Keys(), ward))
				return err
			})
		}}
	c.Flags().StringVar(&ward, "ward", "", "which ward")
	return c
}

func (t *tool) doctorCommand() *cobra.Command {
	return &cobra.Command{Use: "doctor", Short: "Check the site and say what to do", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return t.with(cmd, func(ctx context.Context, s *site.Site) error {
				sick := 0
				for _, f := range examine(ctx, s) {
					if f.problem == "" {
						fmt.Fprintf(cmd.OutOrStdout(), "ok       %-14s %s\n", f.name, f.fact)
						continue
					}
					sick++
					fmt.Fprintf(cmd.OutOrStdout(), "problem  %-14s %s\n         %-14s next: %s\n", f.name, f.problem, "", f.next)
				}
				if sick > 0 {
					return fmt.Errorf("%d of the checks found a problem", sick)
				}
				return nil
			})
		}}
}

// finding is the outcome of one check.
type finding struct{ name, fact, problem, next string }

func examine(ctx context.Context, s *site.Site) []finding {
	ctx, cancel := context.WithTimeout(ctx, 3*limit)
	defer cancel()
	return []finding{checkRecord(ctx, s), checkAtRest(s), checkBackup(ctx, s), checkRedis(ctx, s), checkKeyring(ctx, s), checkNotifications(ctx)}
}

func checkRecord(ctx context.Context, s *site.Site) finding {
	f := finding{name: "record", next: "check the disk and the folder's owner; restore the last backup if it is damaged"}
	if err := s.Record.Check(ctx); err != nil {
		f.problem = err.Error()
		return f
	}
	n, err := s.Record.Count(ctx)
	if err != nil {
		f.problem = err.Error()
		return f
	}
	f.fact = fmt.Sprintf("%d patients, %d observation sets", n.Patients, n.Observations)
	return f
}

// skewLimit is how far the station's clock may be from the server's before
// times on the screen mislead.
const skewLimit = 2 * time.Second

func checkRedis(ctx context.Context, s *site.Site) finding {
	f := finding{name: "redis"}
	if s.Redis == nil {
		f.fact = "none configured: alerts come from the record alone"
		return f
	}
	rtt, err := s.Redis.Ping(ctx)
	var now time.Time
	if err == nil {
		now, err = s.Redis.ServerTime(ctx)
	}
	if err != nil {
		f.problem, f.next = err.Error(), "check that the server runs at the address in "+site.ConfigName+" and lets this station's network in"
		if errors.Is(err, redisx.ErrNoPermission) {
			f.next = "check the user in " + site.ConfigName + " and its password in the keyring"
		}
		return f
	}
	skew := time.Since(now).Abs()
	if skew > skewLimit {
		f.problem = fmt.Sprintf("this computer's clock and the server's are %s apart", skew.Round(time.Millisecond))
		f.next = "set up time synchronisation (NTP) on both"
		return f
	}
	f.fact = fmt.Sprintf("answers in %s, clocks %s apart", rtt.Round(10*time.Microsecond), skew.Round(time.Millisecond))
	return f
}

func checkKeyring(ctx context.Context, s *site.Site) finding {
	f := finding{name: "keyring"}
	state := keyring.Probe(ctx, s.Vault)
	if state == keyring.OK {
		f.fact = string(state)
		return f
	}
	f.problem = string(state)
	f.next = map[keyring.State]string{
		keyring.Locked:  "unlock the login keyring, or sign in to the desktop with a password",
		keyring.Absent:  "install and start a Secret Service (gnome-keyring) in this login",
		keyring.Hanging: "answer the keyring's unlock prompt; restart the keyring if there is none",
	}[state]
	return f
}

func checkNotifications(ctx context.Context) finding {
	f := finding{name: "notifications"}
	sink := notify.New("Wardlight", "wardlight")
	defer sink.Stop() //nolint:errcheck // nothing was shown
	switch state := sink.State(ctx); state.Kind {
	case notify.OK:
		f.fact = state.Server + " " + state.Version
	default:
		f.problem = string(state.Kind)
		if state.Reason != "" {
			f.problem += ": " + state.Reason
		}
		f.next = "turn on the desktop's notification service; the station's own banner and tone work without"
	}
	return f
}
