package window

import (
	"strings"
	"testing"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/staff"
)

// Two colleagues of one name and one role are told apart wherever one is chosen, and wherever one
// is named for what she did: an alert goes to her who was meant, and every station reads who has
// it.
//
// Seen red with staff.Apart ending at the first form.
func TestTwinsAreToldApart(t *testing.T) {
	o := open(t)
	_, hash, err := o.store.StaffByID(t.Context(), "diaz")
	must(t, err)
	must(t, o.store.PutStaff(t.Context(), staff.Staff{ID: "mdiaz2", Surname: "Diaz", Given: "Mia", Role: staff.Nurse,
		Wards: []string{"4B"}, Active: true}, hash))
	o.enters("chen")
	o.raise("a", "p1", "01", alert.Low)
	o.wait("the alert", func() bool { return len(o.shown().Cards) == 1 })
	o.assign("p1")
	o.untilOver("Diaz, Mia, Nurse (diaz)")
	if text := o.overText(); !strings.Contains(text, "Diaz, Mia, Nurse (mdiaz2)") ||
		!strings.Contains(text, "Chen, Amy") || strings.Contains(text, "Chen, Amy, ") {
		t.Errorf("to give to: %s", text)
	}
	o.choose("Diaz, Mia, Nurse (mdiaz2)")
	o.wait("hers", func() bool {
		n := o.row("p1").Nurses
		return len(n) == 1 && n[0].Name == "Diaz, Mia (mdiaz2)"
	})
	o.drawn("a")
	o.forward("a")
	o.untilOver("Diaz, Mia, Nurse (diaz)")
	o.choose("Diaz, Mia, Nurse (mdiaz2)")
	o.untilOver("Forward to Diaz, Mia (mdiaz2)")
	o.types("drowsy")
	o.tap(o.win.Canvas().Overlays().Top(), "Forward for OKOYE, Ada")
	o.wait("forwarded", func() bool { c, _ := o.findCard("a"); return c.ForwardedID == "mdiaz2" })
	o.switchUser()
	o.enters("diaz")
	if got := o.session().Staff.Short(); got != "Diaz, Mia (diaz)" {
		t.Errorf("she is called %q", got)
	}
	o.raise("b", "p1", "01", alert.Low)
	o.wait("hers", func() bool { _, is := o.find("b"); return is })
	b, _ := o.find("b")
	_, err = o.opt.Station.Line.Accept(t.Context(), o.session(), alert.Read{Alert: b})
	must(t, err)
	o.wait("who has it", func() bool { c, _ := o.findCard("b"); return c.TakenBy == "Diaz, Mia (diaz)" })
}
