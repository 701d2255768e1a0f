package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/assets/demo"
	"github.com/wardlight/wardlight/cmd/internal/site"
)

func (t *tool) staffCommand() *cobra.Command {
	parent := &cobra.Command{Use: "staff", Short: "Who may sign in"}
	parent.AddCommand(t.staffAdd(), &cobra.Command{Use: "list", Short: "List everybody", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return t.with(cmd, func(ctx context.Context, s *site.Site) error {
				all, err := s.Record.AllStaff(ctx)
				for _, p := range all {
					state := "active"
					if !p.Active {
						state = "inactive"
					}
					fmt.Fprintf(cmd.OutOrStdout(), "%s\t%s\t%s\t%s\t%s\n", p.ID, p.Name(), p.Role,
						strings.Join(p.Wards, ","), state)
				}
				return err
			})
		}})
	parent.AddCommand(t.staffChanges()...)
	parent.AddCommand(t.breakGlass())
	return parent
}

// minPassword is NIST SP 800-63B's least length of a password.
const minPassword = 8

func (t *tool) staffAdd() *cobra.Command {
	p := staff.Staff{Active: true}
	var role string
	c := &cobra.Command{Use: "add ID",
		Short: "Add a person or change one; the password is read from the standard input", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			var err error
			var steered bool
			p, steered, err = person([]string{args[0], p.Surname, p.Given, role, strings.Join(p.Wards, ";")})
			if err != nil {
				return err
			}
			if steered {
				fmt.Fprintln(cmd.ErrOrStderr(), "characters that cannot be seen were taken out of the name")
			}
			password, err := readPassword(cmd)
			if err != nil {
				return err
			}
			hash, err := staff.Hash(password)
			if err != nil {
				return err
			}
			return t.with(cmd, func(ctx context.Context, s *site.Site) error {
				if err := wardIDs(p.Wards, s); err != nil {
					return err
				}
				alike, err := likeOthers(ctx, s, []staff.Staff{p})
				for _, a := range alike {
					fmt.Fprintln(cmd.ErrOrStderr(), a)
				}
				if err != nil {
					return err
				}
				_, _, unknown := s.Record.StaffByID(ctx, p.ID)
				if err := put(ctx, s, map[string]string{p.ID: hash}, "", p); err != nil ||
					errors.Is(unknown, staff.ErrUnknownStaff) {
					return err
				}
				return endSessions(cmd, s, p.ID) // another password, and perhaps another role
			})
		}}
	f := c.Flags()
	f.StringVar(&p.Surname, "surname", "", "surname")
	f.StringVar(&p.Given, "given", "", "given name")
	f.StringVar(&role, "role", string(staff.Nurse), "nurse, charge-nurse, care-assistant, doctor or it")
	f.StringSliceVar(&p.Wards, "ward", nil, "a ward they work on; may be given several times")
	_ = c.MarkFlagRequired("surname") // fails for an unknown flag only
	return c
}

// readPassword reads one line: without echo from a terminal, as it is from a
// pipe. A password in an argument could be read by every user of the machine.
func readPassword(cmd *cobra.Command) (string, error) {
	var password string
	if f, ok := cmd.InOrStdin().(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		fmt.Fprint(cmd.ErrOrStderr(), "Password: ")
		typed, err := term.ReadPassword(int(f.Fd()))
		fmt.Fprintln(cmd.ErrOrStderr())
		if err != nil {
			return "", fmt.Errorf("password: %w", err)
		}
		password = string(typed)
	} else {
		line, err := bufio.NewReader(io.LimitReader(cmd.InOrStdin(), 1<<10)).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return "", fmt.Errorf("password: %w", err)
		}
		password = strings.TrimRight(line, "\r\n")
	}
	if len([]rune(password)) < minPassword {
		return "", fmt.Errorf("password: give at least %d characters on the standard input", minPassword)
	}
	return password, nil
}

func (t *tool) seedCommand() *cobra.Command {
	c := &cobra.Command{Use: "seed", Short: "Fill an empty record"}
	c.AddCommand(&cobra.Command{Use: "demo", Short: "Put the demonstration ward into the record", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return t.with(cmd, func(ctx context.Context, s *site.Site) error {
				return demo.Seed(ctx, s.Record, time.Now(), staff.Hash)
			})
		}})
	return c
}
