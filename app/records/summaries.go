package records

import (
	"context"
	"database/sql"

	"github.com/wardlight/wardlight/app/patient"
)

// Summaries reads what board tiles and banners show of the given patients, all
// of one moment. IDs that the record does not know are left out of the map. It
// takes the same six queries for one patient as for a ward.
func (s *Store) Summaries(ctx context.Context, patientIDs []string) (map[string]patient.Summary, error) {
	out := make(map[string]patient.Summary, len(patientIDs))
	if len(patientIDs) == 0 {
		return out, nil
	}
	// A summary's revision and content belong together.
	err := s.reader.snapshot(ctx, func(q querier) error {
		return summaries(ctx, q, s.d, s.d.among, s.d.list(patientIDs), true, out)
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// WardSummaries reads the summaries of all who are on a ward, as [Store.Summaries]
// does, without asking first who they are.
func (s *Store) WardSummaries(ctx context.Context, wardID string) (map[string]patient.Summary, error) {
	out := map[string]patient.Summary{}
	err := s.reader.snapshot(ctx, func(q querier) error {
		return summaries(ctx, q, s.d, `IN (SELECT id FROM patients WHERE ward = ?)`, wardID, true, out)
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// summaries adds to out the patients whose ID is among those that arg names;
// sets says whether with observation sets.
func summaries(ctx context.Context, q querier, d *dialect, among string, arg any, sets bool,
	out map[string]patient.Summary) error {
	found := map[string]*patient.Summary{}

	rows, err := q.QueryContext(ctx, `SELECT id, surname, given, born, sex, mrn, deceased, pregnant, merged_into,
		ward, bed_name, room, leave_since, planned, admitted,
		reason, allergy, revision, born_in, cleaned, died, `+leftAt+`
		FROM patients WHERE id `+among, arg)
	err = each(rows, err, func(r *sql.Rows) error {
		p := &patient.Summary{}
		err := r.Scan(&p.Patient.ID, &p.Patient.Surname, &p.Patient.Given, clock{&p.Patient.Born}, &p.Patient.Sex,
			&p.Patient.MRN, &p.Patient.Deceased, &p.Patient.Pregnant, text{&p.Patient.MergedInto},
			text{&p.Ward}, text{&p.Bed}, &p.Room, clock{&p.Leave}, planned{&p.Planned}, clock{&p.Admitted}, &p.Reason,
			&p.Allergy, &p.Revision,
			&p.Patient.BornIn, &p.Patient.Cleaned, clock{&p.Patient.Died}, clock{&p.Left})
		found[p.Patient.ID] = p
		return err
	})
	if err != nil {
		return err
	}
	var id string
	rows, err = q.QueryContext(ctx, `SELECT patient, authority, type, value, former FROM identifiers
		WHERE patient `+among+` UNION ALL `+linked+among+` ORDER BY 1, 2, 3, 4`, arg, arg)
	if err = each(rows, err, func(r *sql.Rows) error {
		var i patient.Identifier
		if err := r.Scan(&id, &i.Authority, &i.Type, &i.Value, &i.Former); err != nil {
			return err // also where the time ends between a row and its reading
		}
		if who := &found[id].Patient; i.Type == linkRow {
			who.Linked = append(who.Linked, i.Value)
			return nil
		}
		found[id].Patient.Identifiers = append(found[id].Patient.Identifiers, i)
		return nil
	}); err != nil {
		return err
	}
	rows, err = q.QueryContext(ctx,
		`SELECT patient, substance, reaction, severity, type, code, system, since FROM allergies
		WHERE patient `+among+` ORDER BY patient, pos`, arg)
	if err = each(rows, err, func(r *sql.Rows) error {
		var a patient.Allergy
		if err := r.Scan(&id, &a.Substance, &a.Reaction, &a.Severity, &a.Type, &a.Code, &a.System,
			clock{&a.Since}); err != nil {
			return err
		}
		found[id].Allergic = append(found[id].Allergic, a)
		return nil
	}); err != nil {
		return err
	}
	// Scale 2 is no flag that anybody can send: it is a decision that holds.
	var pos int64
	rows, err = q.QueryContext(ctx, `SELECT patient, kind, text, pos FROM flags WHERE patient `+among+`
		UNION ALL SELECT patient, '`+string(patient.FlagScale2)+`', prescriber, 1000000 FROM oxygen_targets
			WHERE ended IS NULL AND patient `+among+`
		ORDER BY 1, 4`, arg, arg)
	if err = each(rows, err, func(r *sql.Rows) error {
		var f patient.Flag
		if err := r.Scan(&id, &f.Kind, &f.Text, &pos); err != nil {
			return err
		}
		found[id].Flags = append(found[id].Flags, f)
		return nil
	}); err != nil {
		return err
	}
	rows, err = q.QueryContext(ctx, `SELECT patient, section, version FROM sections
		WHERE patient `+among, arg)
	if err = each(rows, err, func(r *sql.Rows) error {
		var section string
		var version int64
		if err := r.Scan(&id, &section, &version); err != nil {
			return err
		}
		if found[id].Versions == nil {
			found[id].Versions = map[string]int64{}
		}
		found[id].Versions[section] = version
		return nil
	}); err != nil {
		return err
	}
	if sets {
		if err := recent(ctx, q, d, among, arg, found); err != nil {
			return err
		}
	}
	for id, p := range found {
		out[id] = *p
	}
	return nil
}
