package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/hl7"
	"github.com/wardlight/wardlight/cmd/internal/site"
)

func (t *tool) importCommand() *cobra.Command {
	parent := &cobra.Command{Use: "import", Short: "Bring data from other systems to the record"}
	var asJSON bool
	var rebase, authority string
	c := &cobra.Command{
		Use: "hl7 FILE...", Short: "Import HL7 v2 messages; importing again changes nothing", Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, files []string) error {
			o := hl7.ImportOptions{Authority: authority}
			switch rebase {
			case "":
			case "now":
				o.RebaseTo = time.Now()
			default:
				return fmt.Errorf("--rebase %q: only \"now\" is known", rebase)
			}
			return t.with(cmd, func(ctx context.Context, s *site.Site) error {
				return importFiles(ctx, cmd, s, files, o, asJSON)
			})
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON object with the counts")
	c.Flags().StringVar(&rebase, "rebase", "", "\"now\" moves all times so that the newest is now, for showing")
	c.Flags().StringVar(&authority, "authority", "", "who gives the MRNs, where messages carry several")
	parent.AddCommand(c)
	return parent
}

func importFiles(ctx context.Context, cmd *cobra.Command, s *site.Site, files []string, o hl7.ImportOptions, asJSON bool) error {
	var sum hl7.Report
	for _, name := range files {
		r, err := importFile(ctx, s, name, o)
		sum.Messages += r.Messages
		sum.Patients += r.Patients
		sum.Observations += r.Observations
		sum.Warnings += r.Warnings
		sum.Refusals += r.Refusals
		for _, d := range r.Details {
			kind := "warning"
			if d.Refused {
				kind = "refused"
			}
			fmt.Fprintf(cmd.ErrOrStderr(), "%s: %s: %s\n", name, kind, d)
		}
		outcome := audit.Done
		if err != nil {
			outcome = audit.Failed
		}
		line := audit.Event{Actor: station, Station: s.Config.Station, Action: audit.ImportFile, Object: "hl7", Outcome: outcome}
		if err := s.Record.Audit(ctx, line); err != nil {
			return err
		}
		if err != nil {
			return fmt.Errorf("%s: %w (import it again to finish: nothing is taken twice)", name, err)
		}
	}
	if asJSON {
		return printJSON(cmd.OutOrStdout(), sum)
	}
	_, err := fmt.Fprintf(cmd.OutOrStdout(), "%d messages, %d patients, %d observations, %d warnings, %d refusals\n",
		sum.Messages, sum.Patients, sum.Observations, sum.Warnings, sum.Refusals)
	return err
}

func importFile(ctx context.Context, s *site.Site, name string, o hl7.ImportOptions) (hl7.Report, error) {
	f, err := os.Open(name)
	if err != nil {
		return hl7.Report{}, err
	}
	defer f.Close()
	return hl7.Import(ctx, f, s.Record, o)
}
