package window

import (
	"strings"
	"testing"

	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/widgets"
)

// give answers the open dialog's question for a reason.
func (o *opened) give(reason, button string) {
	o.t.Helper()
	o.wait("a question", o.shell.Modal)
	over := o.win.Canvas().Overlays().Top()
	for _, f := range screentest.All[*widgets.Field](over) {
		f.Entry.SetText(reason)
	}
	o.tap(over, button)
}

// A nurse of another ward is asked at the door whether it is an emergency; with a
// reason she sees the ward, with the banner on it, until it ends, and then is out.
// Cancel leaves nobody signed in. Seen red with emergencyOver not called (the board
// stayed), and with the dialog's OnCancel empty (her session stayed).
func TestEmergencyAccessAtTheDoor(t *testing.T) {
	o := open(t)
	sessions := func() staff.Session {
		o.mu.Lock()
		defer o.mu.Unlock()
		if o.who.session == nil {
			return staff.Session{}
		}
		return *o.who.session
	}
	o.signIn("away", password)
	o.wait("a question", o.shell.Modal)
	if o.shell.Place() != shell.SignIn || strings.Contains(o.text(), "OKOYE") {
		t.Fatal("the board stands behind the question")
	}
	o.choose("Cancel")
	o.wait("the trail's sign-out", func() bool {
		events, err := o.store.AuditTail(t.Context(), 1)
		return err == nil && len(events) == 1 && events[0].Action == "sign-out"
	})

	o.signIn("away", password)
	o.give("arrest in bed 01", "Take emergency access")
	o.until("OKOYE")
	o.until("Emergency access to 4B: 60 min left.")
	o.until("EMERGENCY 60 min · Roy, Lea")
	s := sessions()
	must(t, o.store.EndEmergencies(t.Context(), s.ID, "time"))
	o.until("Emergency access has ended.")
	if o.shell.Place() != shell.SignIn || strings.Contains(o.text(), "OKOYE") || sessions().ID != "" {
		t.Errorf("after its end:\n%s", o.text())
	}
}

// Whoever may see the ward but not take over what another edits, nor answer what calls
// others, can, in an emergency; another
// ward is offered as such, with a reason of its own.
func TestEmergencyAccessFromTheBoard(t *testing.T) {
	o := open(t)
	o.signIn("diaz", password)
	o.until("OKOYE")
	s, _ := o.signed()
	if o.inEmergency(s) || o.may(s, staff.TakeOverLock) {
		t.Fatal("a nurse may already")
	}
	o.user()
	o.choose("Emergency access")
	o.give("nobody in charge is here", "Take emergency access")
	o.until("Emergency access to 4B")
	if !o.inEmergency(s) || !o.may(s, staff.TakeOverLock) || o.may(s, staff.AssignPatients) {
		t.Error("what it opens")
	}
	o.pickWard()
	o.wait("the wards", o.shell.Modal)
	o.choose("5A Surgery: emergency access")
	o.give("arrest there", "Take emergency access")
	o.until("LINDQVIST")
	o.until("Emergency access to 5A")
	must(t, o.opt.Station.Staff.SignOut(t.Context(), s))
	if list := o.opt.Station.Staff.Emergency(s); len(list) != 0 {
		t.Error("after sign-out", list)
	}
}
