package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/spf13/cobra"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/app/ward"
	"github.com/wardlight/wardlight/cmd/internal/site"
)

func (t *tool) raiseCommand() *cobra.Command {
	var atWard, mrn, bed, priority, own string
	c := &cobra.Command{Use: "raise TEXT", Short: "Raise an alert and print its ID", Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, words []string) error {
			return t.with(cmd, func(ctx context.Context, s *site.Site) error {
				ctx, cancel := context.WithTimeout(ctx, limit)
				defer cancel()
				atWard, err := needWard(atWard, s)
				if err != nil {
					return err
				}
				a := alert.Alert{ID: uuid.NewString(), Ward: atWard, Priority: alert.Priority(priority), Source: station,
					Text: alert.Clean(strings.Join(words, " "), alert.MaxText), Raised: time.Now().UTC()}
				if a.Text == "" {
					return errors.New("an alert needs a text")
				}
				if !a.Priority.Known() {
					return fmt.Errorf("--priority %q: use high, medium, low or technical", priority)
				}
				switch own = alert.Clean(own, 64); {
				case own == "":
				case alert.NoID(own):
					fmt.Fprintf(cmd.ErrOrStderr(),
						"--id %q is what a program writes for want of an ID: the alert gets one of its own\n",
						own)
				default:
					a.ID = alert.IntakeID(atWard, own) // as a source on the intake channel that gives this ID
				}
				if a.Patient, a.Bed, err = whom(ctx, s.Record, atWard, mrn, bed); err != nil {
					return err
				}
				if mrn != "" {
					a.Sent, a.Holders = alert.Clean(mrn, 64), alert.One
				}
				m, err := s.Record.AppendMove(ctx, alert.Move{ID: uuid.NewString(), Kind: alert.Raised, Alert: a,
					Station: s.Config.Station, At: a.Raised})
				if err != nil {
					return err
				}
				if m.Kind == alert.Resolved {
					return fmt.Errorf("alert %s ended at %s, after this one was raised: nothing is raised",
						m.Alert.ID, tongue.Here(m.At).Format(time.DateTime))
				}
				fmt.Fprintln(cmd.OutOrStdout(), m.Alert.ID)
				if bed != "" && a.Patient == "" {
					fmt.Fprintf(cmd.ErrOrStderr(), "several patients lie in bed %s: the alert is raised for the bed, "+
						"and names nobody. Name the patient by --mrn\n", bed)
				}
				kick(ctx, cmd, s)
				return nil
			})
		}}
	f := c.Flags()
	f.StringVar(&atWard, "ward", "", "which ward")
	f.StringVar(&mrn, "mrn", "",
		"the patient's MRN, or AUTHORITY:MRN where two authorities have given the same")
	f.StringVar(&bed, "bed", "", "the bed in which the patient lies")
	f.StringVar(&own, "id", "",
		"your ID of the alert: said again with a higher priority it raises the alert that is there, with another text it updates it")
	f.StringVar(&priority, "priority", string(alert.High), "high, medium, low or technical")
	c.MarkFlagsMutuallyExclusive("mrn", "bed")
	return c
}

// whom finds the patient an alert is about. Without MRN and bed it is about
// nobody: a technical matter of the ward.
func whom(ctx context.Context, rec *records.Store, atWard, mrn, bed string) (patientID, bedName string, err error) {
	beds, err := rec.Beds(ctx, atWard)
	if err != nil {
		return "", "", err
	}
	if _, err := rec.Ward(ctx, atWard); errors.Is(err, records.ErrNotFound) {
		return "", "", fmt.Errorf("no ward %q in this record: `wardctl wards` lists them", atWard)
	} else if err != nil {
		return "", "", err
	}
	switch {
	case mrn != "":
		p, err := rec.FindPatient(ctx, strings.ReplaceAll(mrn, " ", ""))
		switch {
		case errors.Is(err, records.ErrNotFound):
			return "", "", fmt.Errorf("nobody has the MRN %s: `wardctl show --ward %s` lists the patients", mrn, atWard)
		case errors.Is(err, records.ErrAmbiguous):
			return "", "", fmt.Errorf(
				"several patients have the MRN %s: write who gave it, --mrn AUTHORITY:%s, or name one by --bed",
				mrn, mrn)
		case err != nil:
			return "", "", err
		}
		for _, b := range beds {
			if b.Patient == p.ID {
				return p.ID, b.Name, nil
			}
		}
		all, err := rec.Summaries(ctx, []string{p.ID})
		if err != nil {
			return "", "", err
		}
		switch where := all[p.ID].Ward; where {
		case atWard:
			return p.ID, "", nil
		case "":
			return "", "", fmt.Errorf("the patient with the MRN %s is on no ward", mrn)
		default:
			return "", "", fmt.Errorf("the patient with the MRN %s is on ward %s: use --ward %s", mrn, where, where)
		}
	case bed != "":
		return inBed(beds, atWard, bed)
	}
	return "", "", nil
}

// inBed is who lies in a bed. Two in one bed are nobody: the alert is of the bed, and
// the patient is not known.
func inBed(beds []ward.Bed, atWard, bed string) (patientID, bedName string, err error) {
	var here []string
	known := false
	for _, b := range beds {
		if b.Name != bed {
			continue
		}
		known = true
		if b.Patient != "" {
			here = append(here, b.Patient)
		}
	}
	switch {
	case !known:
		return "", "", fmt.Errorf("ward %s has no bed %s: `wardctl show --ward %s` lists the beds", atWard, bed, atWard)
	case len(here) == 0:
		return "", "", fmt.Errorf("nobody lies in bed %s: `wardctl show --ward %s` lists who lies where", bed, atWard)
	case len(here) > 1:
		return "", bed, nil
	}
	return here[0], bed, nil
}

// kick only hastens what is safe in the record already, so its failure is said
// and fails nothing.
func kick(ctx context.Context, cmd *cobra.Command, s *site.Site) {
	if err := s.Kick(ctx); err != nil {
		fmt.Fprintf(cmd.ErrOrStderr(), "recorded; stations hear of it a moment later: %v\n", err)
	}
}

func (t *tool) resolveCommand() *cobra.Command {
	return &cobra.Command{Use: "resolve ID", Short: "End an alert because its cause is over", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return t.with(cmd, func(ctx context.Context, s *site.Site) error {
				ctx, cancel := context.WithTimeout(ctx, limit)
				defer cancel()
				_, err := s.Record.AppendMove(ctx, alert.Move{ID: uuid.NewString(), Kind: alert.Resolved,
					Alert: alert.Alert{ID: args[0]}, Station: s.Config.Station, At: time.Now().UTC()})
				switch {
				case errors.Is(err, alert.ErrUnknown):
					return fmt.Errorf("no alert %s: `wardctl raise` and `wardctl watch --json` print the IDs", args[0])
				case errors.Is(err, alert.ErrResolved):
					return fmt.Errorf("alert %s has ended already", args[0])
				case err != nil:
					return err
				}
				kick(ctx, cmd, s)
				return nil
			})
		}}
}
