package records_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/records/recordtest"
)

// Lines of a program that knew neither writers nor checkpoints stay what they
// were, and are verified together with the newer ones; what was added to them
// since is found, also in the columns that they did not have.
func TestOlderLinesAreVerified(t *testing.T) {
	t.Parallel()
	recordtest.EachEmpty(t, func(t *testing.T, r *recordtest.Record) {
		ok(t, records.MigrateTo(t.Context(), r.Options, 3))
		prev := ""
		for seq := int64(1); seq <= 3; seq++ {
			e := view("p1")
			e.Seq = seq
			prev = audit.Link(prev, e)
			ok(t, r.Exec(t,
				fmt.Sprintf(
					`INSERT INTO audit (seq, at, actor, role, station,
						session, action, patient, object, version, outcome, reason, hash)
				VALUES (%d, %d, '%s', '', '%s', '', '%s', '%s', '', 0, '%s', '', '%s')`,
					seq, e.At.UnixMicro(), e.Actor, e.Station, e.Action, e.Patient, e.Outcome, prev)))
		}
		r.Options.Upgrade, r.Options.Writer, r.Options.Seal = true, "WS-1", newSeal()
		s := r.Open(t)
		ok(t, s.Audit(t.Context(), view("p2")))
		ok(t, s.SealAudit(t.Context()))
		if n, err := s.VerifyAudit(t.Context()); err != nil || n != 5 {
			t.Fatal(n, err)
		}
		unguard(t, r)
		for _, change := range []string{"purpose = 'BTG'", "id = 'x'", "writer = 'WS-2'", "actor = 'mdiaz'"} {
			ok(t, r.Exec(t, `CREATE TABLE was AS SELECT * FROM audit`))
			ok(t, r.Exec(t, `UPDATE audit SET `+change+` WHERE seq = 2`))
			report, err := s.AuditReport(t.Context(), audit.Trust{})
			if !errors.Is(err, records.ErrAuditBroken) || report.Findings[0].Fault != audit.Edited ||
				report.Findings[0].From != 2 {
				t.Errorf("%s: %v %v", change, report.Findings, err)
			}
			ok(t, r.Exec(t, `DELETE FROM audit`))
			ok(t, r.Exec(t, `INSERT INTO audit SELECT * FROM was`))
			ok(t, r.Exec(t, `DROP TABLE was`))
		}
	})
}
