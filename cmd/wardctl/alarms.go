package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/wardlight/wardlight/app/alarmload"
	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/cmd/internal/site"
)

func (t *tool) alarmsCommand() *cobra.Command {
	c := &cobra.Command{Use: "alarms", Short: "Report a ward's alarm load"}
	c.AddCommand(t.alarmsReport())
	return c
}

func (t *tool) alarmsReport() *cobra.Command {
	var wardID, since, until string
	var asCSV, asJSON bool
	c := &cobra.Command{Use: "report", Args: cobra.NoArgs,
		Short: "Count alerts per patient and 120 minutes, sources, response times and escalations; the report is audited",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if asCSV && asJSON {
				return errors.New("--csv or --json, not both")
			}
			q := alarmload.Query{In: time.Local}
			var err error
			now := time.Now()
			if q.Since, err = moment(since, now); err != nil {
				return fmt.Errorf("--since: %w", err)
			}
			if q.Until, err = moment(until, now); err != nil {
				return fmt.Errorf("--until: %w", err)
			}
			return t.with(cmd, func(ctx context.Context, s *site.Site) error {
				if q.Ward, err = needWard(wardID, s); err != nil {
					return err
				}
				if _, err := s.Record.Ward(ctx, q.Ward); err != nil {
					return err
				}
				r, err := alarmload.Make(ctx, s.Record, q)
				if err != nil {
					return err
				}
				if err := s.Record.Audit(ctx,
					audit.Event{Actor: station, Station: s.Config.Station, Action: audit.Export,
						Object: "alarm-load:" + q.Ward, Outcome: audit.Done, Purpose: audit.Operations}); err != nil {
					return err
				}
				switch {
				case asCSV:
					return r.CSV(cmd.OutOrStdout())
				case asJSON:
					return printJSON(cmd.OutOrStdout(), r)
				}
				return printLoad(cmd.OutOrStdout(), r)
			})
		}}
	c.Flags().StringVar(&wardID, "ward", "", "`ID` of the ward (default: the site's)")
	c.Flags().StringVar(&since, "since", "7d", "begin: a `time` ago (12h, 7d), a date (2026-11-23) or an RFC 3339 time")
	c.Flags().StringVar(&until, "until", "0h", "end, in the same way; it is not part of the period")
	c.Flags().BoolVar(&asCSV, "csv", false, "print a table for a spreadsheet; no cell can become a formula")
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	return c
}

// moment reads a time of the past: how long ago, a date by the local clock, or
// RFC 3339.
func moment(text string, now time.Time) (time.Time, error) {
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		return at, nil
	}
	if at, err := time.ParseInLocation(time.DateOnly, text, time.Local); err == nil {
		return at, nil
	}
	var days int
	if n, err := fmt.Sscanf(text, "%dd", &days); err == nil && n == 1 && days >= 0 && days < 10_000 &&
		text == fmt.Sprint(days, "d") {
		return now.AddDate(0, 0, -days), nil
	}
	if d, err := time.ParseDuration(text); err == nil && d >= 0 {
		return now.Add(-d), nil
	}
	return time.Time{}, fmt.Errorf("%q: say 12h, 7d, 2026-11-23 or 2026-11-23T07:00:00Z", text)
}

// printLoad is the report for a person.
func printLoad(w io.Writer, r alarmload.Report) error {
	fmt.Fprintf(w, "Ward %s, %s to %s\n%d alerts; %.2f per patient and 120 min, at most %d; %.0f %% escalated\n",
		r.Ward, tongue.Here(r.Since).Format("2006-01-02 15:04"), tongue.Here(r.Until).Format("2006-01-02 15:04"),
		r.Total.Alerts, r.Rate, r.Busiest, 100*r.Total.EscalatedShare())
	out := tabwriter.NewWriter(w, 2, 8, 2, ' ', tabwriter.AlignRight)
	section := func(title string, list []alarmload.Named, most int) {
		fmt.Fprintf(out,
			"\n%s\talerts\thigh\tmedium\taccepted\tunanswered\tescalated %%\tresponse median s\t90 %% s\tlongest s\t\n",
			title)
		for i, n := range list {
			if i == most {
				fmt.Fprintf(out, "and %d more\t\t\t\t\t\t\t\t\t\t\n", len(list)-most)
				break
			}
			fmt.Fprintf(out, "%s\t%d\t%d\t%d\t%d\t%d\t%.0f\t%.0f\t%.0f\t%.0f\t\n", alert.Clean(n.Name, 40), n.Alerts,
				n.High, n.Medium, n.Accepted,
				n.Unanswered, 100*n.EscalatedShare(), n.ResponseMedian, n.Response90, n.ResponseMost)
		}
	}
	section("ward", []alarmload.Named{{Name: r.Ward, Load: r.Total}}, 1)
	section("shift", r.Shifts, len(r.Shifts))
	section("source", r.Sources, 10)
	section("patient", r.Patients, 10)
	section("alerts before", r.Bins, len(r.Bins))
	return out.Flush()
}
