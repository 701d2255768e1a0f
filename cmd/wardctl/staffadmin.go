package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wardlight/wardlight/app/alarmload"
	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/cmd/internal/site"
	"github.com/wardlight/wardlight/redisx"
)

var roles = []staff.Role{staff.Nurse, staff.ChargeNurse, staff.CareAssistant, staff.Doctor, staff.IT}

func readRole(name string) (staff.Role, error) {
	if !slices.Contains(roles, staff.Role(name)) {
		return "", fmt.Errorf("role %q: use nurse, charge-nurse, care-assistant, doctor or it", name)
	}
	return staff.Role(name), nil
}

// put changes people and writes it down, both or neither.
func put(ctx context.Context, s *site.Site, hashes map[string]string, reason string, people ...staff.Staff) error {
	return s.Record.Batch(ctx, func(ctx context.Context, b *records.Batch) error {
		for _, p := range people {
			if err := b.PutStaff(ctx, p, hashes[p.ID]); err != nil {
				return err
			}
			if err := b.Audit(ctx, audit.Event{Actor: station, Station: s.Config.Station, Action: audit.ChangeStaff,
				Object: p.ID, Outcome: audit.Done, Reason: reason}); err != nil {
				return err
			}
		}
		return nil
	})
}

// endSessions signs a person out everywhere. Stations ask the record, too: one
// that cannot reach Redis ends the session by itself within seconds.
func endSessions(cmd *cobra.Command, s *site.Site, id string) error {
	if s.Redis == nil {
		fmt.Fprintln(cmd.OutOrStdout(), "no Redis: stations on this record end the session within 5 seconds")
		return nil
	}
	err := redisx.NewSessions[staff.Value](s.Redis,
		redisx.SessionOptions{Idle: staff.IdleLimit, Absolute: staff.AbsoluteLimit}).
		RevokeAll(cmd.Context(), id)
	if err != nil {
		return fmt.Errorf(
			"the record is changed, and stations that reach it end the session within 5 seconds; Redis could not be told: %w", explained(err))
	}
	fmt.Fprintf(cmd.OutOrStdout(), "%s is signed out everywhere\n", id)
	return nil
}

// endAll signs people out everywhere whose role or wards are others than before.
func endAll(cmd *cobra.Command, s *site.Site, ids []string) error {
	if len(ids) > 0 && s.Redis == nil {
		return endSessions(cmd, s, "")
	}
	var failed []error
	for _, id := range ids {
		failed = append(failed, endSessions(cmd, s, id))
	}
	return errors.Join(failed...)
}

// change is a command that changes one person and ends their sessions.
func (t *tool) change(use, short, reason string, args cobra.PositionalArgs,
	f func(cmd *cobra.Command, args []string, p *staff.Staff) (hash string, err error)) *cobra.Command {
	return &cobra.Command{Use: use, Short: short, Args: args, RunE: func(cmd *cobra.Command, args []string) error {
		return t.with(cmd, func(ctx context.Context, s *site.Site) error {
			p, _, err := s.Record.StaffByID(ctx, args[0])
			if errors.Is(err, staff.ErrUnknownStaff) {
				return fmt.Errorf("nobody has the ID %q: `wardctl staff list` shows all", args[0])
			} else if err != nil {
				return err
			}
			hash, err := f(cmd, args, &p)
			if err != nil {
				return err
			}
			if err := put(ctx, s, map[string]string{p.ID: hash}, reason, p); err != nil {
				return err
			}
			return endSessions(cmd, s, p.ID)
		})
	}}
}

func (t *tool) staffChanges() []*cobra.Command {
	return []*cobra.Command{
		t.change("disable ID", "Let a person in no more, and sign them out everywhere", "disabled", cobra.ExactArgs(1),
			func(_ *cobra.Command, _ []string, p *staff.Staff) (string, error) { p.Active = false; return "", nil }),
		t.change("enable ID", "Let a person in again, with their old password", "enabled", cobra.ExactArgs(1),
			func(_ *cobra.Command, _ []string, p *staff.Staff) (string, error) { p.Active = true; return "", nil }),
		t.change("role ID ROLE", "Give a person another role; they sign in anew", "role", cobra.ExactArgs(2),
			func(_ *cobra.Command, args []string, p *staff.Staff) (_ string, err error) {
				p.Role, err = readRole(args[1])
				return "", err
			}),
		t.change("reset ID", "Give a person a new password, read from the standard input; they sign in anew",
			"password", cobra.ExactArgs(1),
			func(cmd *cobra.Command, _ []string, _ *staff.Staff) (string, error) {
				password, err := readPassword(cmd)
				if err != nil {
					return "", err
				}
				return staff.Hash(password)
			}),
		t.staffImport(),
	}
}

func (t *tool) staffImport() *cobra.Command {
	var passwords string
	c := &cobra.Command{Use: "import FILE",
		Short: "Add or change people from a CSV file: all of them or, if a line is wrong, none",
		Args:  cobra.ExactArgs(1),
		Long: `Read a CSV file with the columns id, surname, given, role and wards (with ";" between
several), in UTF-8. Each line that is wrong is named and nobody is taken. Who is there is changed and keeps their password; who is disabled stays so. New people get a first
password each, written to the file of --passwords, which nobody else may read: hand
them out one by one, then remove it. Who gets another role or other wards is signed
out everywhere. IDs that look alike are named: they are different people.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			people, marked, err := readPeople(args[0])
			for _, m := range marked {
				fmt.Fprintln(cmd.ErrOrStderr(), m)
			}
			if err != nil {
				return err
			}
			return t.with(cmd, func(ctx context.Context, s *site.Site) error {
				alike, err := likeOthers(ctx, s, people)
				for _, a := range alike {
					fmt.Fprintln(cmd.ErrOrStderr(), a)
				}
				if err != nil {
					return err
				}
				if err := unknownWards(ctx, cmd.ErrOrStderr(), s, people); err != nil {
					return err
				}
				var changed []string
				hashes, list := map[string]string{}, []string{}
				for i, p := range people {
					if err := wardIDs(p.Wards, s); err != nil {
						return fmt.Errorf("%s: %w", p.ID, err)
					}
					if now, _, err := s.Record.StaffByID(ctx, p.ID); err == nil {
						people[i].Active = now.Active // a list does not let in who was disabled
						if now.Role != p.Role ||
							!slices.Equal(slices.Sorted(slices.Values(now.Wards)),
								slices.Sorted(slices.Values(p.Wards))) {
							changed = append(changed, p.ID)
						}
						continue
					} else if !errors.Is(err, staff.ErrUnknownStaff) {
						return err
					}
					if passwords == "" {
						return fmt.Errorf("%s is new: say with --passwords FILE where the first passwords go", p.ID)
					}
					word := rand.Text()[:16]
					if hashes[p.ID], err = staff.Hash(word); err != nil {
						return err
					}
					list = append(list, alarmload.Cell(p.ID)+","+word+"\n")
				}
				if len(list) > 0 {
					// First: a password that nobody can read would be in force otherwise.
					if err := writeNew(passwords, strings.Join(list, "")); err != nil {
						return err
					}
				}
				if err := put(ctx, s, hashes, "import", people...); err != nil {
					if len(list) > 0 { // passwords that do not hold
						err = errors.Join(err, os.Remove(passwords))
					}
					return err
				}
				fmt.Fprintf(cmd.OutOrStdout(), "%d people, %d of them new\n", len(people), len(list))
				return endAll(cmd, s, changed)
			})
		}}
	c.Flags().StringVar(&passwords, "passwords", "", "a new `file` for the first passwords")
	return c
}

func writeNew(file, text string) error {
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.WriteString(f, text)
	return errors.Join(err, f.Close())
}
