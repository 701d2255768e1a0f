package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/hl7"
	"github.com/wardlight/wardlight/app/parked"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/cmd/internal/site"
)

func (t *tool) parkedAssign() *cobra.Command {
	var mrn, born, name string
	var although bool
	var d decision
	c := &cobra.Command{Use: "assign ID", Short: "Bring a parked message to a patient, named by two identifiers",
		Args: cobra.ExactArgs(1),
		Example: "  wardctl parked assign 17 --mrn K300 --born 1948-02-03 --by achen\n" +
			"  wardctl parked assign 17 --mrn K300 --name \"Marsh, Ann\" --by achen --reason \"the monitor in bed 9 had the old number\"",
		Long: "The number and the date of birth (or the name) must both fit one patient of the record. What the message brings is then\n" +
			"charted as if it had come for them, with its own times. `wardctl parked take-back` undoes it. Where the message itself\n" +
			"names somebody who is plainly another it is refused, unless --although-named-otherwise and a --reason are given.\n\n" +
			"Only results can be assigned. What an ADT message says of who a patient is and where could not be taken back: have it\n" +
			"corrected where it came from and sent again, and discard this one.",
		RunE: func(cmd *cobra.Command, args []string) error {
			said := parked.Said{MRN: strings.ReplaceAll(mrn, " ", ""), Name: name, Although: although}
			if born != "" {
				day, err := time.Parse(time.DateOnly, born)
				if err != nil {
					return fmt.Errorf("--born %q: write it as 1948-02-03", born)
				}
				said.Born = day
			}
			return t.onParked(cmd, args[0], func(ctx context.Context, s *site.Site, id int64) error {
				by, err := d.hand(ctx, s)
				if err != nil {
					return err
				}
				if although && by.Reason == "" {
					return parked.ErrNoReason
				}
				who, charted, err := s.Record.AssignParked(ctx, id, said, by, replayOptions(s))
				if err != nil {
					line := parkedLine(s, audit.AssignParked, args[0])
					line.Actor, line.Outcome, line.Reason = by.By, audit.Refused, by.Account
					return errors.Join(assignRefused(err, said), s.Record.Audit(ctx, line))
				}
				others := ""
				if charted.Signs < charted.Observations {
					others = "; no screen shows the others yet"
				}
				fmt.Fprintf(cmd.OutOrStdout(),
					"parked message %d is assigned to %s: %s kept, %d of them as vital signs%s\n", id,
					alert.Clean(identified(who), 200), many(charted.Observations, "value"), charted.Signs, others)
				for _, w := range charted.Warnings {
					fmt.Fprintf(cmd.ErrOrStderr(), "warning: %s: %s\n", w.Segment, w.Text)
				}
				kick(ctx, cmd, s)
				return nil
			})
		}}
	f := c.Flags()
	f.StringVar(&mrn, "mrn", "", "the patient's `number`, or AUTHORITY:NUMBER where two authorities have given the same")
	f.StringVar(&born, "born", "", "the patient's date of birth, `YYYY-MM-DD`")
	f.StringVar(&name, "name", "", "the patient's `name`, instead of the date of birth: \"Surname, Given\"")
	f.BoolVar(&although, "although-named-otherwise", false, "assign it although the message names somebody else")
	d.flags(c, "`how` you know whose it is; kept with it")
	return c
}

// assignRefused says in a person's words why a patient was not taken.
func assignRefused(err error, said parked.Said) error {
	switch {
	case errors.Is(err, parked.ErrOneIdentifier):
		return errors.New("two identifiers are needed: --mrn, and --born or --name")
	case errors.Is(err, records.ErrNotFound) && said.MRN != "":
		return fmt.Errorf("not assigned: %w", err)
	case errors.Is(err, records.ErrAmbiguous):
		return fmt.Errorf("not assigned: several patients have the number %s, and the second identifier does not "+
			"tell which: write who gave it, --mrn AUTHORITY:%s", said.MRN, said.MRN)
	case errors.Is(err, parked.ErrNamesAnother):
		return errors.New(
			"not assigned: the message names somebody who is plainly another than the patient with this number: " +
				"`wardctl parked show` shows whom. If it is this patient's all the same, add --although-named-otherwise and --reason")
	}
	return err
}

// replayOptions are those with which the site imports.
func replayOptions(s *site.Site) hl7.ImportOptions {
	loc, _ := s.Config.Here.Location()
	return hl7.ImportOptions{Location: loc, Authority: s.Config.Here.Authority}
}
