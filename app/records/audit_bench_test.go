package records_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/records/recordtest"
)

// BenchmarkVerifyAudit prints how many lines a second are verified, with a
// signed checkpoint for each thousand.
func BenchmarkVerifyAudit(b *testing.B) {
	for engine, empty := range map[string]func(testing.TB) *recordtest.Record{"sqlite": recordtest.SQLite,
		"postgres": recordtest.Postgres} {
		b.Run(engine, func(b *testing.B) {
			const lines = 100_000
			r := empty(b)
			r.Options.Seal, r.Options.Writer = newSeal(), "WS-1"
			s := r.Open(b)
			for done := 0; done < lines; done += records.SealLines {
				ok(b, s.Batch(b.Context(), func(ctx context.Context, t *records.Batch) error {
					for n := range records.SealLines {
						if err := t.Audit(ctx,
							audit.Event{At: noon.Add(time.Duration(done+n) * time.Second), Actor: "tnguyen",
								Role: "nurse", Station: "WS-1", Session: "8f3a0b6cc2d94410", Action: audit.ViewChart,
								Patient: fmt.Sprintf("0197a5c2-6f0e-7b13-9c40-%012d", n), Object: "notes",
								Outcome: audit.Done}); err != nil {
							return err
						}
					}
					return nil
				}))
				ok(b, s.SealAudit(b.Context()))
			}
			trust, err := s.AuditTrust(b.Context())
			ok(b, err)
			seen := int64(0)
			for b.Loop() {
				report, err := s.AuditReport(b.Context(), trust)
				ok(b, err)
				seen += report.Lines
			}
			b.ReportMetric(float64(seen)/b.Elapsed().Seconds(), "lines/s")
			b.ReportMetric(0, "ns/op")
		})
	}
}
