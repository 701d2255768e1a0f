package records

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/place"
)

// addPlaceEvent keeps what was said of where a patient is, and puts the patient
// where all that was said of them leads. The same event again changes nothing;
// it reports whether it is new.
func (t *tx) addPlaceEvent(ctx context.Context, patientID string,
	e place.Event) (h place.History, fresh bool, err error) {
	events, err := t.placeEvents(ctx, patientID)
	if err != nil {
		return h, false, err
	}
	if n, err := t.insertPlaceEvent(ctx, patientID, int64(len(events)), e); err != nil || n == 0 {
		return h, false, err
	}
	e.Of = patientID
	t.places[patientID] = append(events, e)
	h, err = t.settle(ctx, patientID)
	return h, true, err
}

func (t *tx) insertPlaceEvent(ctx context.Context, patientID string, n int64, e place.Event) (int64, error) {
	payload, err := json.Marshal(e)
	if err != nil {
		return 0, err
	}
	return t.exec(ctx, `INSERT INTO place_events (id, patient, charted_for, n, at, payload) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO NOTHING`, e.ID, patientID, patientID, n, e.At.UnixMicro(), string(payload))
}

// placeEvents are all that were said of a patient, in the order in which they
// came. They are read once a transaction.
func (t *tx) placeEvents(ctx context.Context, patientID string) ([]place.Event, error) {
	if events, read := t.places[patientID]; read {
		return events, nil
	}
	var out []place.Event
	rows, err := t.QueryContext(ctx,
		`SELECT id, payload, charted_for FROM place_events WHERE patient = ? ORDER BY n, id`, patientID)
	err = each(rows, err, func(r *sql.Rows) error {
		var e place.Event
		var payload []byte
		if err := r.Scan(&e.ID, &payload, &e.Of); err != nil {
			return err
		}
		out = append(out, e)
		return json.Unmarshal(payload, &out[len(out)-1])
	})
	if err == nil && len(out) == 0 {
		out, err = t.firstPlace(ctx, patientID)
	}
	if err != nil {
		return nil, err
	}
	if t.places == nil {
		t.places = map[string][]place.Event{}
	}
	t.places[patientID] = out
	return out, nil
}

// firstPlace makes an event of where a patient is of whom the record held the
// place before it held what was said of it.
func (t *tx) firstPlace(ctx context.Context, patientID string) ([]place.Event, error) {
	var id, reason string
	var e place.Event
	var pregnant bool
	err := t.QueryRowContext(ctx, `SELECT e.id, e.admitted, p.reason, p.pregnant, p.admitted, s.ward, s.bed, s.since
		FROM encounters e JOIN patients p ON p.id = e.patient JOIN stays s ON s.encounter = e.id AND s.until IS NULL
		WHERE e.patient = ? AND e.discharged IS NULL AND NOT e.folded`, patientID).
		Scan(&id, clock{&e.At}, &reason, &pregnant, clock{&e.Admitted}, &e.To.Ward, &e.To.Bed, clock{&e.Recorded})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	e.ID, e.Kind, e.Reason, e.Pregnant = "encounter:"+id, place.Put, &reason, &pregnant
	if _, err := t.exec(ctx, `UPDATE encounters SET folded = TRUE WHERE id = ?`, id); err != nil {
		return nil, err
	}
	if _, err := t.insertPlaceEvent(ctx, patientID, 0, e); err != nil {
		return nil, err
	}
	if _, err := t.exec(ctx, `UPDATE patients SET visit = ? WHERE id = ?`, e.ID, patientID); err != nil {
		return nil, err
	}
	return []place.Event{e}, nil
}

// put takes the word of a program of the house, as the newest there is; an empty
// ward is out of the house. was is what the record has.
func (t *tx) put(ctx context.Context, was standing, p patient.Summary) error {
	events, err := t.placeEvents(ctx, p.Patient.ID)
	if err != nil {
		return err
	}
	e := place.Event{ID: uuid.NewString(), Kind: place.Put, At: t.at,
		To: place.Where{Ward: p.Ward, Bed: p.Bed, Room: p.Room}}
	if e.To.Bed != "" {
		e.To.Room = ""
	}
	if len(events) == 0 && !p.Admitted.IsZero() && p.Admitted.Before(t.at) {
		e.At = p.Admitted
	}
	for _, other := range events {
		if !other.At.Before(e.At) { // a sender's clock is ahead of this one, or the same moment
			e.At = other.At.Add(time.Microsecond)
		}
	}
	if p.Ward != "" {
		e.Admitted, e.Reason, e.Pregnant = p.Admitted, &p.Reason, &p.Patient.Pregnant
	}
	if was.ward == "" && p.Ward == "" { // nothing is said of a visit
		_, err := t.exec(ctx, `UPDATE patients SET reason = ?, pregnant = ?, admitted = ? WHERE id = ?`,
			p.Reason, p.Patient.Pregnant, micros(p.Admitted), p.Patient.ID)
		return err
	}
	_, _, err = t.addPlaceEvent(ctx, p.Patient.ID, e)
	return err
}

// standing is what a patient's row says of where they are and of their visit.
type standing struct {
	ward, bed, room, reason, planned, visit, mergedInto string
	leave, admitted                                     time.Time
	pregnant                                            bool
}

func (t *tx) standing(ctx context.Context, patientID string) (s standing, err error) {
	err = t.QueryRowContext(ctx,
		`SELECT ward, bed_name, room, reason, planned, visit, leave_since, admitted, pregnant, merged_into
		FROM patients WHERE id = ?`, patientID).Scan(text{&s.ward},
		text{&s.bed}, &s.room, &s.reason, &s.planned, &s.visit,
		clock{&s.leave}, clock{&s.admitted}, &s.pregnant, text{&s.mergedInto})
	if errors.Is(err, sql.ErrNoRows) {
		return s, fmt.Errorf("patient %s: %w", patientID, ErrNotFound)
	}
	return s, err
}

// settle brings a patient's place and encounters to what all that was said of them
// comes to.
func (t *tx) settle(ctx context.Context, patientID string) (place.History, error) {
	events, err := t.placeEvents(ctx, patientID)
	if err != nil {
		return place.History{}, err
	}
	h := place.Fold(events)
	was, err := t.standing(ctx, patientID)
	if err != nil {
		return h, err
	}
	if len(events) == 0 && was.ward == "" {
		return h, nil // nobody said anything
	}
	now := stands(h)
	now.mergedInto = was.mergedInto
	if err := t.turnVisit(ctx, patientID, was, now, h); err != nil {
		return h, err
	}
	if v := h.Of(was.visit); v != nil && h.Current >= 0 && v.Began == now.visit {
		now.visit = was.visit // the same visit, by an event told later
	}
	if err := t.putEncounters(ctx, patientID, h); err != nil {
		return h, err
	}
	if now == was {
		return h, nil
	}
	left := was.ward != "" && now.ward == ""
	if left {
		if _, err := t.touch(ctx, patientID); err != nil { // told to the ward it leaves
			return h, err
		}
	}
	if _, err := t.exec(ctx, `UPDATE patients SET ward = ?, bed_name = ?, room = ?, reason = ?, planned = ?, visit = ?,
			leave_since = ?, admitted = ?, pregnant = ? WHERE id = ?`,
		orNull(now.ward), orNull(now.bed), now.room, now.reason,
		now.planned, now.visit, micros(now.leave), micros(now.admitted), now.pregnant, patientID); err != nil {
		return h, fmt.Errorf("patient %s: %w", patientID, err)
	}
	if was.ward != now.ward || was.bed != now.bed || was.room != now.room {
		if err := t.wardChanged(ctx, was.ward, now.ward); err != nil {
			return h, err
		}
	}
	if left {
		return h, t.audit(ctx,
			audit.Event{Action: audit.Discharge, Patient: patientID, Object: was.ward, Outcome: audit.Done})
	}
	t.later[patientID] = true
	return h, nil
}

// stands is what a history says of the patient now.
func stands(h place.History) (s standing) {
	plan := h.Planned
	if h.Current >= 0 {
		v := h.Visits[h.Current]
		at := v.Now()
		s.ward, s.bed, s.room, s.visit = at.Ward, at.Bed, at.Room, v.Began
		s.reason, s.pregnant, s.admitted, s.leave = v.Reason, v.Pregnant, v.Admitted, v.Leave
		if v.Planned != nil {
			plan = v.Planned
		}
	}
	if plan != nil {
		// texts and a time always marshal
		b, _ := json.Marshal(patient.Planned{What: plannedMoves[plan.Kind], To: plan.To, At: plan.At})
		s.planned = string(b)
	}
	return s
}

var plannedMoves = map[place.Kind]patient.PlannedMove{place.PlanAdmission: patient.PlannedAdmission,
	place.PlanTransfer: patient.PlannedTransfer, place.PlanDischarge: patient.PlannedDischarge}

// turnVisit parts the flags of two visits: what held in the one that is over stays
// with it, and a patient who comes again comes without. Where the older visit turns out to go
// on, its flags are there again.
func (t *tx) turnVisit(ctx context.Context, patientID string, was, now standing, h place.History) error {
	if was.visit == "" || now.visit == "" || was.visit == now.visit {
		return nil
	}
	if v := h.Of(was.visit); v != nil && v.Began == now.visit {
		return nil
	}
	if err := t.keepVisitFlags(ctx, patientID, was.visit, h); err != nil {
		return err
	}
	then, err := t.visitFlags(ctx, h.Visits[h.Current].Events)
	if err != nil {
		return err
	}
	if err := t.putFlags(ctx, patientID, then); err != nil {
		return err
	}
	// A prescriber decides on scale 2 for a visit: the next one asks again.
	_, err = t.exec(ctx,
		`UPDATE oxygen_targets SET ended = ?, reason = 'readmitted' WHERE patient = ? AND ended IS NULL
			AND recorded < ?`,
		t.at.UnixMicro(), patientID, must(now.admitted, t.at))
	return err
}
