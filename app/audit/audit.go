// Package audit holds the words of the audit trail: who did what to which
// record, from where, and how it ended. Events carry IDs only; a name, a value
// or typed text never stands in one, so that the trail can be read and shipped
// without showing a patient.
package audit

import "time"

// Action is what was done. Its words are stable: reports search for them.
type Action string

// The actions that are written down.
const (
	SignIn  Action = "sign-in"
	SignOut Action = "sign-out"
	Lock    Action = "lock"
	Unlock  Action = "unlock"
	Denied  Action = "denied" // an operation that the role or session may not do

	ViewBoard  Action = "view-board"
	ViewChart  Action = "view-chart"
	EditBegin  Action = "edit-begin"
	EditEnd    Action = "edit-end"
	SaveChart  Action = "save-chart"
	TakeOver   Action = "take-over"
	Merge      Action = "merge-patients"
	Discharge  Action = "discharge"
	RaiseAlert Action = "raise-alert"

	AcceptAlert   Action = "accept-alert"
	RejectAlert   Action = "reject-alert"
	ResolveAlert  Action = "resolve-alert"
	EscalateAlert Action = "escalate-alert"

	ChangeStaff  Action = "change-staff"
	ImportFile   Action = "import"
	ReadAudit    Action = "read-audit"
	BreakGlass   Action = "break-glass"
	ChangeConfig Action = "change-settings"
)

// Outcome is how an action ended.
type Outcome string

// The outcomes. Refused means a rule said no; Failed that it could not be done.
const (
	Done    Outcome = "done"
	Refused Outcome = "refused"
	Failed  Outcome = "failed"
)

// Event is one line of the trail. Empty fields do not apply to the action.
type Event struct {
	Seq int64     // place in the trail, given by the record
	At  time.Time // UTC

	Actor   string // staff ID, or the name of a machine ("simulator")
	Role    string
	Station string
	Session string // public session handle, never the token

	Action  Action
	Patient string // record ID
	Object  string // what was touched: a section, an alert ID, a staff ID
	Version int64  // the object's version after the action, if it has one
	Outcome Outcome
	// Reason is a short code ("conflict", "stale-fence"), or the ID of where
	// a typed reason is kept. Typed text itself does not belong here.
	Reason string
}
