package main

import (
	"slices"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/ward"
)

// `wardctl show` says of whoever was admitted and not observed what the board does.
func TestShowSaysWhoWasNotObserved(t *testing.T) {
	now := time.Now().UTC()
	s := patient.Summary{Patient: patient.Patient{ID: "p", Surname: "New"}, Admitted: now.Add(-3 * time.Hour)}
	rows := board.Build(board.Input{Ward: ward.Ward{ID: "4B"}, Beds: []ward.Bed{{Name: "01", Patient: "p"}}, Now: now,
		Patients: map[string]board.Known{"p": {Summary: s, Confirmed: now}}}).Rows
	r := newRow(rows[0], s, now)
	if r.Due == nil || !r.Due.Equal(now.Add(-2*time.Hour)) || r.Overdue != 7200 ||
		!slices.Contains(r.Marks, board.Unobserved) ||
		r.NEWS2 != nil {
		t.Errorf("%+v", r)
	}
	if lines := marks(r); !slices.Contains(lines, string(board.Unobserved)) {
		t.Errorf("%q", lines)
	}
}
