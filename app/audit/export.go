package audit

import (
	"strconv"
	"time"
)

func number(n int64) string { return strconv.FormatInt(n, 10) }

// Row is a line as it is exported, one JSON object each. Its names are stable.
type Row struct {
	Seq     int64     `json:"seq"`
	At      time.Time `json:"at"`
	Writer  string    `json:"writer,omitempty"`
	ID      string    `json:"id,omitempty"`
	Actor   string    `json:"actor,omitempty"`
	Role    string    `json:"role,omitempty"`
	Station string    `json:"station,omitempty"`
	Address string    `json:"address,omitempty"`
	Session string    `json:"session,omitempty"`
	Action  Action    `json:"action"`
	Event   string    `json:"dicom"`
	Kind    string    `json:"kind"` // C, R, U, D, E
	Patient string    `json:"patient,omitempty"`
	Type    string    `json:"object_type,omitempty"`
	Object  string    `json:"object,omitempty"`
	Version int64     `json:"version,omitempty"`
	Purpose Purpose   `json:"purpose,omitempty"`
	Outcome Outcome   `json:"outcome"`
	Reason  string    `json:"reason,omitempty"`
	Hash    string    `json:"hash"`
}

// Row is the line as it is exported.
func (l Line) Row() Row {
	m := l.Action.Meaning()
	return Row{Seq: l.Seq, At: l.At.UTC(), Writer: l.Writer, ID: l.ID, Actor: l.Actor, Role: l.Role, Station: l.Station,
		Address: l.Address, Session: l.Session, Action: l.Action, Event: m.Code, Kind: m.Action, Patient: l.Patient,
		Type: m.Object, Object: l.Object,
		Version: l.Version, Purpose: l.Purpose, Outcome: l.Outcome, Reason: l.Reason, Hash: l.Hash}
}
