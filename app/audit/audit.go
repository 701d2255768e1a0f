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

	ViewBoard Action = "view-board"
	ViewChart Action = "view-chart"
	EditBegin Action = "edit-begin"
	EditEnd   Action = "edit-end"
	SaveChart Action = "save-chart"
	MakeTask  Action = "make-task"  // Object is the task's ID
	CloseTask Action = "close-task" // Reason is the outcome
	// TakeBackTask: a closing was entered in error. Reason is the outcome taken back; the
	// typed reason is kept with the task.
	TakeBackTask Action = "take-back-task"
	TakeOver     Action = "take-over"

	SetScale2      Action = "set-spo2-scale-2" // Object is the decision's ID
	EndScale2      Action = "end-spo2-scale-2" // Object is the decision's ID
	NoteProblem    Action = "note-problem"     // Object is the problem's ID
	ResolveProblem Action = "resolve-problem"

	Merge      Action = "merge-patients"
	Unmerge    Action = "unmerge-patients" // Object is who is a patient of their own again, Reason the merge's ID
	Discharge  Action = "discharge"
	RaiseAlert Action = "raise-alert"

	LinkPatients   Action = "link-patients" // Object is the other one
	UnlinkPatients Action = "unlink-patients"
	ChangeNumber   Action = "change-number" // the number by which a patient is known

	AssignPatient  Action = "assign-patient" // Object is the staff ID of who looks after the patient
	ReleasePatient Action = "release-patient"

	AcceptAlert   Action = "accept-alert"
	RejectAlert   Action = "reject-alert"
	ResolveAlert  Action = "resolve-alert"
	EscalateAlert Action = "escalate-alert"
	TakeBackAlert Action = "take-back-alert"
	ForwardAlert  Action = "forward-alert"
	OnWayToAlert  Action = "on-way-to-alert" // said to be going there; the alert stays open
	// KeepAlert: signed out and kept it in hand, asked whether to give it back.
	KeepAlert Action = "keep-alert"
	// NotComingToAlert takes the way there back.
	NotComingToAlert Action = "not-coming-to-alert"

	ChangeStaff  Action = "change-staff"
	ImportFile   Action = "import"
	ReadAudit    Action = "read-audit"
	ChangeConfig Action = "change-settings"

	// What waits for a person to say whose it is; Object is the entry's number.
	ListParked     Action = "list-parked"
	ViewParked     Action = "view-parked"
	AssignParked   Action = "assign-parked"
	TakeBackParked Action = "take-back-parked"
	DiscardParked  Action = "discard-parked" // the typed reason is kept with the entry

	BreakGlass       Action = "break-glass"        // Object is the ward, Reason the emergency's ID
	BreakGlassUse    Action = "break-glass-use"    // Object is the emergency's ID, Reason the permission
	BreakGlassEnd    Action = "break-glass-end"    // Reason is why it ended
	BreakGlassReview Action = "break-glass-review" // Reason is the finding

	SoundTest   Action = "sound-test"  // Reason says whether it was heard
	PauseSound  Action = "pause-sound" // Version is for how many seconds
	Search      Action = "search"
	Print       Action = "print"
	Export      Action = "export"
	Override    Action = "override" // a warning was seen and gone past
	Backup      Action = "backup"
	Restore     Action = "restore"
	NewSealKey  Action = "new-seal-key" // Object is the key's ID: see [KeyID]
	Broken      Action = "trail-broken" // a program found its own last line gone
	SpoolFailed Action = "spool-failed" // Version lines were lost: see [Spool]
)

// Outcome is how an action ended.
type Outcome string

// The outcomes. Refused means a rule said no; Failed that it could not be done.
const (
	Done    Outcome = "done"
	Refused Outcome = "refused"
	Failed  Outcome = "failed"
)

// Purpose is why a patient's data was used, by its code of HL7's v3 ActReason.
type Purpose string

// The purposes. An empty one reads as [Treat] where a patient is named.
const (
	Treat      Purpose = "TREAT"
	Emergency  Purpose = "BTG" // break the glass
	Operations Purpose = "HOPERAT"
	SystemRun  Purpose = "HSYSADMIN"
)

// Event is one line of the trail. Empty fields do not apply to the action.
type Event struct {
	Seq int64     // place in the trail, given by the record
	At  time.Time // UTC
	// Writer is the station whose program wrote the line, given by the record:
	// the keys of [Checkpoint] belong to writers.
	Writer string
	// ID is set for a line that was kept aside while the record was away: the
	// record takes it once, however often it is brought.
	ID string

	Actor   string // staff ID, or the name of a machine ("simulator")
	Role    string
	Station string
	// Address is where the station was when the line was written, given by the
	// record: its network address as the record's server saw it, or the name of
	// the machine where no network is between them.
	Address string
	Session string // 16 hex digits of the token's hash, never the token

	Action  Action
	Patient string // record ID
	Object  string // what was touched: a section, an alert ID, a staff ID
	Version int64  // the object's version after the action, if it has one
	Outcome Outcome
	Purpose Purpose
	// Reason is a short code ("conflict", "stale-fence"), or the ID of where
	// a typed reason is kept. Typed text itself does not belong here.
	Reason string
}
