// Package staff holds who works on the ward, what they may do, and their
// sessions.
package staff

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/tongue"
)

// Role is what a person is on the ward.
type Role string

// The roles.
const (
	Nurse         Role = "nurse"
	ChargeNurse   Role = "charge-nurse"
	CareAssistant Role = "care-assistant"
	Doctor        Role = "doctor"
	IT            Role = "it"
)

// Roles lists them all, those that do more for patients first.
func Roles() []Role { return []Role{ChargeNurse, Nurse, Doctor, CareAssistant, IT} }

// Title is the role in words.
func (r Role) Title() string {
	switch r {
	case Nurse:
		return tongue.T("Nurse")
	case ChargeNurse:
		return tongue.T("Charge nurse")
	case CareAssistant:
		return tongue.T("Care assistant")
	case Doctor:
		return tongue.T("Doctor")
	case IT:
		return tongue.T("IT")
	}
	return string(r)
}

// Permission is one thing a role may do.
type Permission string

// The permissions that operations of app ask for.
const (
	ViewBoard Permission = "view-board"
	ViewChart Permission = "view-chart"
	EditChart Permission = "edit-chart"
	// GiveMedicine is to say that a medicine was given, or was not. A registered nurse
	// may, and so may a doctor, who gives what needs one; a care assistant may not, nor
	// does emergency access make a nurse of one.
	GiveMedicine Permission = "give-medicine"
	RaiseAlert   Permission = "raise-alert"
	// AnswerAlert is to answer alerts at all; which ones, and how, is for
	// alert.RightsTo to say.
	AnswerAlert  Permission = "answer-alert"
	TakeOverLock Permission = "take-over-lock"
	// AssignPatients gives a patient to another; one's own are taken by EditChart.
	AssignPatients Permission = "assign-patients"
	// RecordDecisions is to record a prescriber's decision, such as the SpO2 scale,
	// and to keep the problem list.
	RecordDecisions Permission = "record-decisions"
	AdminStaff      Permission = "admin-staff"
	// RunWard changes how a ward works: its alert policy.
	RunWard Permission = "run-ward"
	// BreakGlass takes emergency access: see [Service.BreakGlass].
	BreakGlass Permission = "break-glass"
)

var grants = map[Role][]Permission{
	CareAssistant: {ViewBoard, ViewChart, EditChart, RaiseAlert, AnswerAlert, BreakGlass},
	Nurse: {ViewBoard, ViewChart, EditChart, GiveMedicine, RaiseAlert, AnswerAlert,
		RecordDecisions, BreakGlass},
	ChargeNurse: {ViewBoard, ViewChart, EditChart, GiveMedicine, RaiseAlert, AnswerAlert, TakeOverLock,
		AssignPatients, RecordDecisions, RunWard, BreakGlass},
	Doctor: {ViewBoard, ViewChart, GiveMedicine, RaiseAlert, AnswerAlert, RecordDecisions, BreakGlass},
	IT:     {AdminStaff},
}

// May reports whether a role holds a permission. Unknown roles hold none.
func (r Role) May(p Permission) bool {
	for _, g := range grants[r] {
		if g == p {
			return true
		}
	}
	return false
}

// Staff is a person who may sign in. ID is immutable: audit rows carry it.
type Staff struct {
	ID      string   `json:"id"` // what they type: "achen"
	Surname string   `json:"surname"`
	Given   string   `json:"given"`
	Role    Role     `json:"role"`
	Wards   []string `json:"wards"` // ward IDs they work on
	Active  bool     `json:"active"`
	// Known is what a person who is signed in is called in short, where another of their wards
	// would be taken for them; "" where nobody would.
	Known string `json:"known,omitempty"`
}

// Name is "Surname, Given".
func (s Staff) Name() string { return strings.TrimSuffix(s.Surname+", "+s.Given, ", ") }

// Short is "Surname, G", as holders and acceptors are shown, or Known.
func (s Staff) Short() string {
	if s.Known != "" {
		return s.Known
	}
	return s.brief()
}

func (s Staff) brief() string {
	for _, r := range s.Given {
		return s.Surname + ", " + string(r)
	}
	return s.Surname
}

// ByName sorts people by surname, then given name.
func ByName(people []Staff) {
	slices.SortStableFunc(people, func(a, b Staff) int {
		return cmp.Or(cmp.Compare(strings.ToUpper(a.Surname), strings.ToUpper(b.Surname)),
			cmp.Compare(a.Given, b.Given))
	})
}

// Works reports whether the person works on a ward.
func (s Staff) Works(ward string) bool {
	for _, w := range s.Wards {
		if w == ward {
			return true
		}
	}
	return false
}

// Session is a person at a station. Token is the bearer secret: it is kept in
// the OS keyring and in memory, never written elsewhere.
type Session struct {
	Token   string    `json:"-"`
	ID      string    `json:"id"` // public handle of the session; safe to log
	Staff   Staff     `json:"staff"`
	Station string    `json:"station"`
	Started time.Time `json:"started"`
	// Ends is the absolute limit; no activity moves it.
	Ends time.Time `json:"ends"`
}

// Errors of sign-in and of every operation that checks the live session.
var (
	// ErrBadCredentials covers wrong password, unknown ID and inactive staff
	// alike: nobody learns whether an ID exists.
	ErrBadCredentials = errors.New("staff: ID or password not accepted")
	// ErrTooManyTries means sign-in for this ID or station must wait.
	ErrTooManyTries = errors.New("staff: too many tries")
	// ErrSessionEnded means the session is over (idle, limit, revoked).
	ErrSessionEnded = errors.New("staff: session ended")
	// ErrSessionsAway means sessions cannot be checked: Redis is away.
	ErrSessionsAway = errors.New("staff: sessions cannot be checked now")
	// ErrNotAllowed means the role lacks the permission or the ward.
	ErrNotAllowed = errors.New("staff: not allowed")
)
