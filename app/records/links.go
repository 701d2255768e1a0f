package records

import (
	"context"
	"fmt"

	"github.com/wardlight/wardlight/app/audit"
)

// link notes that another system holds two records for one person's, or no longer
// does. The records stay apart. Rows keep the two that were named: where one was
// merged, its survivor is shown.
func (t *tx) link(ctx context.Context, a, b string, linked bool) error {
	if a == b {
		return fmt.Errorf("%w: a patient linked with itself", ErrInvalid)
	}
	var changed int64
	for _, pair := range [][2]string{{a, b}, {b, a}} {
		var n int64
		var err error
		if linked {
			n, err = t.exec(ctx,
				`INSERT INTO patient_links (patient, other, at) VALUES (?, ?, ?)
					ON CONFLICT (patient, other) DO NOTHING`,
				pair[0], pair[1], t.at.UnixMicro())
		} else { // also under a number that was merged since
			n, err = t.exec(ctx,
				`DELETE FROM patient_links WHERE patient IN (SELECT id FROM patients WHERE id = ? OR merged_into = ?)
				AND other IN (SELECT id FROM patients WHERE id = ?
				OR merged_into = ?)`, pair[0], pair[0], pair[1], pair[1])
		}
		if err != nil {
			return err
		}
		changed += n
	}
	if changed == 0 {
		return nil
	}
	for _, id := range []string{a, b} {
		if _, err := t.touch(ctx, id); err != nil {
			return err
		}
	}
	what := audit.LinkPatients
	if !linked {
		what = audit.UnlinkPatients
	}
	return t.audit(ctx, audit.Event{Action: what, Patient: a, Object: b, Outcome: audit.Done})
}

// linked reads the MRNs that a patient's record is linked with, as rows of the
// query for identifiers; its argument is the patients.
const linked = `SELECT COALESCE(a.merged_into, a.id), '', '` + linkRow + `', COALESCE(m.mrn, b.mrn), FALSE
	FROM patient_links l JOIN patients a ON a.id = l.patient JOIN patients b ON b.id = l.other LEFT JOIN patients m ON m.id = b.merged_into
	WHERE COALESCE(a.merged_into, a.id) <> COALESCE(b.merged_into, b.id) AND COALESCE(a.merged_into, a.id) `

// linkRow stands where a type does; no type begins with a space.
const linkRow = " link"
