package window

import (
	"context"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/ward"
	"github.com/wardlight/wardlight/ui/ask"
	"github.com/wardlight/wardlight/ui/shell"
)

// Signing out with alerts in hand asks once, names each with its bed, and the answer is
// recorded: given back they are open again, kept it is in the trail.
func TestSigningOutWithAlertsInHandAsks(t *testing.T) {
	o := open(t)
	o.enters("chen")
	o.raise("a", "p1", "01", alert.Low)
	take := func() {
		o.wait("open", func() bool { return len(o.shown().Cards) == 1 && o.shown().Cards[0].State == alert.Open })
		o.drawn("a")
		o.accept("a")
		o.wait("hers", func() bool { return len(o.inHandHere(o.session())) == 1 })
	}
	take()
	o.user()
	o.choose("Sign out")
	for _, want := range []string{"You have 1 alert in hand.", "OKOYE, Ada", "MRN 700 1001", "bed 01",
		"Okoye, Ada fell"} {
		o.untilOver(want)
	}
	o.choose("Stay signed in")
	if len(o.inHandHere(o.session())) != 1 {
		t.Fatal("staying changed something")
	}
	o.signOut()
	o.wait("asked", o.shell.Modal)
	o.choose("Give back and sign out")
	o.wait("signed out", func() bool { return o.shell.Place() == shell.SignIn })
	if l := o.life("a"); !l.Stage.Open() || l.Back == nil {
		t.Fatalf("%+v", l)
	}
	o.enters("chen")
	take()
	o.signOut()
	o.wait("asked", o.shell.Modal)
	o.choose("Keep in hand and sign out")
	o.wait("signed out", func() bool { return o.shell.Place() == shell.SignIn })
	o.inTrail(audit.KeepAlert, "")
	if l := o.life("a"); l.Stage != alert.InHand {
		t.Errorf("%+v", l)
	}
	o.enters("diaz")
	o.signOut()
	o.settle()
	if o.shell.Modal() || o.shell.Place() != shell.SignIn {
		t.Error("somebody without any is asked")
	}
}

// takes raises an alert on any ward and has it accepted in somebody's name, as the record has it.
func (o *opened) takes(id, wardID, patientID, by string) alert.Alert {
	o.t.Helper()
	a := alert.Alert{ID: id, Ward: wardID, Patient: patientID, Bed: "01", Priority: alert.Low, Text: "Somebody fell",
		Received: time.Now().UTC()}
	for _, m := range []alert.Move{{Kind: alert.Raised},
		{Kind: alert.Accepted, By: by, ByName: by, Claim: &alert.Claim{Ward: wardID, Reach: alert.ToEveryone}}} {
		m.ID, m.Alert, m.At = uuid.NewString(), a, time.Now().UTC()
		_, err := o.store.AppendMove(o.t.Context(), m)
		must(o.t, err)
	}
	return a
}

// inHandLines is what the question says of each alert in hand.
func (o *opened) inHandLines() (all []string) {
	o.t.Helper()
	held, known := o.inHand(o.t.Context(), o.session())
	if !known {
		o.t.Fatal("the record cannot say")
	}
	for _, p := range ask.SignOut(ask.Leaving{Held: held}, nil, nil).Pairs {
		all = append(all, strings.ReplaceAll(p.Right, "\u00a0", " "))
	}
	return all
}

// Signing out asks about all that somebody has in hand, with the ward of each alert and where its
// patient lies, on the ward on the screen and on any other: moved is only who did. Given back, all of
// them are open again.
//
// Seen red with inHand asking the screen alone, with every patient moved, with nobody moved, and with the alert's own
// ward said to be another.
func TestSigningOutAsksAboutEveryWard(t *testing.T) {
	o := open(t)
	o.enters("chen")
	o.takes("far", "5A", "p2", "chen")
	says := func(want string) {
		t.Helper()
		if got := o.inHandLines(); len(got) != 1 || got[0] != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	says("LINDQVIST, Bo · MRN 700 1002 · 5A Surgery · bed 01 · Somebody fell")
	must(t, o.store.PutBed(t.Context(), ward.Bed{Ward: "5A", Name: "02", State: ward.BedFree}))
	all, err := o.store.Summaries(t.Context(), []string{"p2"})
	must(t, err)
	for _, at := range []struct{ ward, bed, want string }{
		{"4B", "", "LINDQVIST, Bo · MRN 700 1002 · 5A Surgery · raised in bed 01, now in 4B Medicine · Somebody fell"},
		{"", "", "LINDQVIST, Bo · MRN 700 1002 · 5A Surgery · raised in bed 01, on no ward now · Somebody fell"},
		{"5A", "02", "LINDQVIST, Bo · MRN 700 1002 · 5A Surgery · raised in bed 01, now in bed 02 · Somebody fell"},
		{"5A", "01", "LINDQVIST, Bo · MRN 700 1002 · 5A Surgery · bed 01 · Somebody fell"},
	} {
		s := all["p2"]
		s.Ward, s.Bed = at.ward, at.bed
		must(t, o.store.PutPatient(t.Context(), s))
		says(at.want)
	}
	o.takes("nobody", "5A", "unread", "chen")
	if got := o.inHandLines(); len(got) != 2 ||
		got[1] != "Identify the patient before you act. · 5A Surgery · bed 01 · Somebody fell" {
		t.Errorf("of one who cannot be read: %q", got)
	}
	o.signOut()
	for _, want := range []string{"You have 2 alerts in hand.", "LINDQVIST, Bo", "MRN 700 1002", "5A Surgery"} {
		o.untilOver(want)
	}
	o.choose("Give back and sign out")
	o.wait("signed out", func() bool { return o.shell.Place() == shell.SignIn })
	if l := o.life("far"); !l.Stage.Open() || l.Back == nil {
		t.Errorf("%+v", l)
	}
}

// Whoever is signed in at another station, too, is asked all the same, and reads where: a session at
// which nobody sits ends by itself, and what is in hand would call nobody.
//
// Seen red with whoever is signed in elsewhere signed out unasked.
func TestSigningOutHereAsksThoughSignedInThere(t *testing.T) {
	o, _ := connected(t, "chen")
	o.enters("chen")
	o.takes("a", "4B", "p1", "chen")
	o.signOut()
	o.wait("an answer", func() bool { return !o.door.leaving })
	if !o.shell.Modal() || !strings.Contains(strings.Join(strings.Fields(o.overText()), " "),
		"You are also signed in at WS-2.") {
		t.Fatalf("not asked:\n%s", o.text())
	}
	o.choose("Give back and sign out")
	o.wait("signed out", func() bool { return o.shell.Place() == shell.SignIn })
	if l := o.life("a"); !l.Stage.Open() {
		t.Errorf("%+v", l)
	}
}

// late accepts an alert of the ward on the screen, in the name of whoever is signed in, once it may.
func (o *opened) late(id string) (may chan struct{}) {
	o.t.Helper()
	a, s := o.raise(id, "p1", "01", alert.Low), o.session()
	may = make(chan struct{})
	o.off(func(ctx context.Context) {
		select {
		case <-may:
		case <-ctx.Done(): // the test failed
			return
		}
		if _, err := o.opt.Station.Line.Accept(ctx, s, alert.Read{Alert: a}); err != nil {
			o.t.Errorf("the accept was not recorded: %v", err)
		}
	})
	return may
}

// Signing out does not overtake an accept that is on its way: it waits, says on the screen that it
// looks, and asks about it once, however often it was pressed.
//
// Seen red with the look not waiting, and with the second press looking, too.
func TestSigningOutWaitsForWhatWasPressed(t *testing.T) {
	o := open(t)
	o.enters("chen")
	may := o.late("a")
	o.signOut()
	o.wait("it to wait, or to be over", func() bool {
		stacks := make([]byte, 1<<20)
		return !o.door.leaving || strings.Contains(string(stacks[:runtime.Stack(stacks, true)]), ".waitFor(")
	})
	if !strings.Contains(o.said(), "Looking up which alerts you have in hand.") {
		t.Errorf("it does not say that it looks:\n%s", o.said())
	}
	o.signOut()
	close(may)
	o.wait("asked", o.shell.Modal)
	o.untilOver("You have 1 alert in hand.")
	if strings.Contains(o.said(), "Looking up which alerts you have in hand.") {
		t.Error("it says still that it looks")
	}
	o.settle()
	o.choose("Stay signed in")
	o.settle()
	if o.shell.Modal() || o.session().Staff.ID != "chen" {
		t.Errorf("asked twice: %q", o.overText())
	}
}

// Where what was pressed takes too long to be recorded, or the record cannot say, whoever signs out is
// asked, and can look again.
//
// Seen red with nobody asked in doubt, and with what was pressed and is not recorded yet taken for nothing.
func TestSigningOutInDoubtAsks(t *testing.T) {
	o := open(t)
	o.enters("chen")
	may := o.late("a")
	handLimit = time.Millisecond
	t.Cleanup(func() { handLimit = patience })
	o.signOut()
	o.wait("an answer", func() bool { return !o.door.leaving })
	if !o.shell.Modal() {
		t.Fatalf("signed out:\n%s", o.text())
	}
	o.untilOver("It is not known whether you have an alert in hand.")
	handLimit = patience
	close(may)
	o.choose("Look again")
	o.untilOver("You have 1 alert in hand.")
	o.choose("Keep in hand and sign out")
	o.wait("signed out", func() bool { return o.shell.Place() == shell.SignIn })
}

// Of a patient on a ward that is not hers any more a nurse who signs out reads no name. What she has there
// she can give back all the same.
//
// Seen red with Withheld never set, and with the right to answer on the alert's ward asked for.
func TestSigningOutNamesNobodyOfAWardThatIsNotHers(t *testing.T) {
	o := open(t)
	o.enters("diaz")
	who, hash, err := o.store.StaffByID(t.Context(), "diaz")
	must(t, err)
	works := who.Wards
	who.Wards = []string{"4B", "5A"} // when she took it
	must(t, o.store.PutStaff(t.Context(), who, hash))
	o.takes("far", "5A", "p2", "diaz")
	who.Wards = works
	must(t, o.store.PutStaff(t.Context(), who, hash))
	o.takes("near", "4B", "p1", "diaz")
	o.signOut()
	o.untilOver("You have 2 alerts in hand.")
	far := "A patient of a ward on which you do not work · 5A Surgery · since "
	if got := o.inHandLines(); len(got) != 2 || !strings.HasPrefix(got[0], far) ||
		strings.Contains(o.overText(), "LINDQVIST") {
		t.Errorf("%q", got)
	}
	o.choose("Give back and sign out")
	o.wait("signed out", func() bool { return o.shell.Place() == shell.SignIn })
	for _, id := range []string{"near", "far"} {
		if l := o.life(id); !l.Stage.Open() || l.Back == nil {
			t.Errorf("%s: %+v", id, l)
		}
	}
}

// All that somebody has is tried to be given back, and they are asked again about what could not be.
//
// Seen red with giveAllBack ending at the first refusal.
func TestSigningOutTriesToGiveAllBack(t *testing.T) {
	o := open(t)
	o.enters("diaz")
	o.takes("near", "4B", "p1", "diaz")
	held, known := o.inHand(t.Context(), o.session())
	if !known || len(held) != 1 {
		t.Fatalf("%+v", held)
	}
	lost := held[0]
	lost.Alert.ID = "lost" // the record has no such alert
	a := o.actOf(o.session(), "", "")
	o.off(func(ctx context.Context) { o.giveAllBack(ctx, a, ask.Leaving{Held: []alert.Card{lost, held[0]}}) })
	o.untilOver("1 alert could not be given back, so you are still signed in.")
	if l := o.life("near"); !l.Stage.Open() || l.Back == nil {
		t.Errorf("what could be given back was not: %+v", l)
	}
	o.choose("Keep in hand and sign out")
	o.wait("signed out", func() bool { return o.shell.Place() == shell.SignIn })
}
