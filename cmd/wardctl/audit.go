package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/cmd/internal/site"
)

func (t *tool) auditCommand() *cobra.Command {
	c := &cobra.Command{Use: "audit", Short: "Verify and export the audit trail"}
	c.AddCommand(t.auditVerify(), t.auditExport(), t.auditAnchor())
	return c
}

func (t *tool) auditVerify() *cobra.Command {
	var asJSON bool
	var anchors string
	c := &cobra.Command{Use: "verify", Short: "Find and name every edit, cut, swap or cut end of the trail",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return t.with(cmd, func(ctx context.Context, s *site.Site) error {
				trust, err := s.Record.AuditTrust(ctx)
				if err != nil {
					fmt.Fprintf(cmd.ErrOrStderr(),
						"note: the keyring cannot be asked (%v): a trail that was signed anew with another key would pass\n", err)
				}
				if anchors != "" {
					more, err := readAnchors(anchors)
					if err != nil {
						return err
					}
					trust.Anchors = append(trust.Anchors, more...)
				}
				began := time.Now()
				report, err := s.Record.AuditReport(ctx, trust)
				if err != nil && !errors.Is(err, records.ErrAuditBroken) {
					return err
				}
				if asJSON {
					return errors.Join(printJSON(cmd.OutOrStdout(), report), err)
				}
				return errors.Join(printReport(cmd.OutOrStdout(), report, time.Since(began)), err)
			})
		}}
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	c.Flags().StringVar(&anchors, "anchor", "",
		"a file of checkpoints that was kept elsewhere (`wardctl audit anchor`)")
	return c
}

func printReport(w io.Writer, r audit.Report, took time.Duration) error {
	for _, f := range r.Findings {
		fmt.Fprintf(w, "changed  %s\n", f)
	}
	if r.More {
		fmt.Fprintln(w, "changed  and more")
	}
	for _, id := range r.Unproven {
		fmt.Fprintf(w, "note     key %s is known from the record alone\n", id)
	}
	speed := float64(r.Lines) / max(took.Seconds(), 1e-6)
	_, err := fmt.Fprintf(w, "%d lines, %d checkpoints, %d lines not sealed yet, %d findings; %.0f lines/s\n",
		r.Lines, r.Checkpoints, r.Unsealed, len(r.Findings), speed)
	return err
}

func readAnchors(path string) ([]audit.Checkpoint, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // it was read
	var out []audit.Checkpoint
	for dec := json.NewDecoder(f); ; {
		var c audit.Checkpoint
		err := dec.Decode(&c)
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		out = append(out, c)
	}
}

// auditAnchor prints what should be kept where those who can change the record
// cannot: printed, mailed, in another system's log.
func (t *tool) auditAnchor() *cobra.Command {
	return &cobra.Command{Use: "anchor", Short: "Print the newest checkpoint of each key, to be kept elsewhere",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return t.with(cmd, func(ctx context.Context, s *site.Site) error {
				list, err := s.Record.AuditCheckpoints(ctx)
				for _, c := range list {
					err = errors.Join(err, printJSON(cmd.OutOrStdout(), c))
				}
				return err
			})
		}}
}

func (t *tool) auditExport() *cobra.Command {
	var format string
	var after int64
	c := &cobra.Command{Use: "export",
		Short: "Print the trail, one JSON object a line; the export itself is audited first", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			write := func(l audit.Line) any { return l.Row() }
			switch format {
			case "json":
			case "fhir":
				write = func(l audit.Line) any { return audit.FHIR(l) }
			default:
				return fmt.Errorf("--format %q: use json or fhir", format)
			}
			return t.with(cmd, func(ctx context.Context, s *site.Site) error {
				if err := s.Record.Audit(ctx,
					audit.Event{Actor: station, Station: s.Config.Station, Action: audit.ReadAudit,
						Object: "export-" + format, Outcome: audit.Done, Purpose: audit.Operations}); err != nil {
					return err
				}
				out := bufio.NewWriter(cmd.OutOrStdout())
				err := s.Record.AuditEach(ctx, after, func(l audit.Line) error { return printJSON(out, write(l)) })
				return errors.Join(err, out.Flush())
			})
		}}
	c.Flags().StringVar(&format, "format", "json", "json, or fhir: AuditEvent of FHIR R4")
	c.Flags().Int64Var(&after, "after", 0, "only lines after this one")
	return c
}
