package window

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/widgets"
)

// typedAgo puts a draft into the record, as it was left behind a while ago.
func (o *opened) typedAgo(ago time.Duration, d chart.Draft) chart.Draft {
	o.t.Helper()
	d.Staff, d.Key = "chen", "left "+string(d.Section)
	d.Typed = time.Now().UTC().Add(-ago)
	d.Saved = d.Typed.Add(time.Minute)
	must(o.t, o.store.SaveDraft(o.t.Context(), d))
	return d
}

// saidNow is a moment as the ward says it now: yesterday's, as in the hour after midnight, with its day.
func saidNow(at time.Time) string {
	form := "15:04"
	if today := time.Now().Local(); at.Local().YearDay() != today.YearDay() || at.Local().Year() != today.Year() {
		form = "02 Jan 15:04"
	}
	return at.Local().Format(form)
}

// A set that was typed 80 minutes ago is not saved as of now without a word: its nurse
// chooses, by the keyboard, and the chosen time stands in the record. The chart says that
// it is there.
//
// Seen red with the offer not standing in the way of obsCard.save: the set was of now.
func TestDraftsOfferTheTimeOfASet(t *testing.T) {
	o := open(t)
	d := o.typedAgo(80*time.Minute, chart.Draft{Patient: "p1", Section: chart.Observations,
		Fields: map[string]string{"rr": "24", "pulse": "110"}})
	o.signIn("chen", password)
	o.until("OKOYE")
	o.until("1 draft")
	p := &typist{opened: o}
	p.press(fyne.KeyReturn)
	clock := tongue.Clock(d.Typed)
	o.wait("the mark", func() bool {
		return strings.Contains(o.said(), "Your own text of") && strings.Contains(o.said(), clock+" is here, not saved")
	})
	p.write("o")
	o.wait("the form", func() bool { return o.chart.Phase(chart.Observations) == patient.Editing })
	o.wait("the time of typing", func() bool { return strings.Contains(o.text(), "Taken "+saidNow(d.Typed)) })
	o.until("When was this?")
	p.ctrl(fyne.KeyReturn)
	o.until("Choose when it was")
	if o.chart.Phase(chart.Observations) != patient.Editing || len(o.sets()) != 0 {
		t.Fatal("saved without a word")
	}
	p.press(fyne.KeySpace) // the focus is on the time at which it was typed
	p.ctrl(fyne.KeyReturn)
	o.wait("saved", func() bool { return o.chart.Phase(chart.Observations) == patient.Saved })
	got := o.sets()
	if len(got) != 1 || !got[0].Taken.Equal(d.Typed.Truncate(time.Minute)) || got[0].ID != d.Key {
		t.Errorf("in the record: %+v, typed %v", got, d.Typed)
	}
	o.wait("no draft", func() bool { return !strings.Contains(o.text(), "1 draft") })
}

// Of a note, too; "now" is now. Seen red with WrittenField left out of the entry.
func TestDraftsOfferTheTimeOfANote(t *testing.T) {
	for _, then := range []bool{true, false} {
		o := open(t)
		d := o.typedAgo(80*time.Minute, chart.Draft{Patient: "p1", Section: chart.Notes,
			Fields: map[string]string{patient.NoteField: "left leg"}})
		p := o.writing("chen", chart.Notes)
		o.wait("the time of typing", func() bool { return strings.Contains(o.text(), "Written "+saidNow(d.Typed)) })
		p.ctrl(fyne.KeyReturn)
		o.until("Choose when it was")
		if !then {
			p.press(fyne.KeyRight)
		}
		p.press(fyne.KeySpace)
		p.ctrl(fyne.KeyReturn)
		o.wait("saved", func() bool { return o.chart.Phase(chart.Notes) == patient.Saved })
		notes, err := o.store.Notes(t.Context(), "p1", 5)
		must(t, err)
		want := time.Now()
		if then {
			want = d.Typed
		}
		if len(notes) != 1 || notes[0].Written.Sub(want).Abs() > 5*time.Minute || notes[0].Received.IsZero() == then {
			t.Errorf("then %v: %+v", then, notes)
		}
		if then {
			o.until(", entered ")
		}
	}
}

// A text that is emptied and written anew is another, begun now, however fast: no empty one was written down between.
// Seen red with the first text's time kept: the note of just now was offered the time of yesterday's.
func TestDraftsBegunAnewAreOfNow(t *testing.T) {
	o := open(t)
	o.typedAgo(26*time.Hour, chart.Draft{Patient: "p1", Section: chart.Notes,
		Fields: map[string]string{patient.NoteField: "ab"}})
	p := o.writing("chen", chart.Notes)
	p.press(fyne.KeyBackspace)
	p.press(fyne.KeyBackspace)
	p.write("fell just now")
	o.wait("the draft", func() bool {
		left, err := o.store.Drafts(t.Context(), "chen")
		return err == nil && len(left) == 1 && left[0].Fields[patient.NoteField] == "fell just now"
	})
	left, err := o.store.Drafts(t.Context(), "chen")
	must(t, err)
	if ago := time.Since(left[0].Typed); ago > time.Hour {
		t.Errorf("it was begun %v ago", ago)
	}
}

// What is typed and saved at once is of now, and nothing is asked.
func TestDraftsOfNowAreNotAskedAbout(t *testing.T) {
	o := open(t)
	p := o.writing("chen", chart.Observations)
	p.write("24")
	if strings.Contains(o.text(), "When was this?") {
		t.Error("asked when it was")
	}
	p.ctrl(fyne.KeyReturn)
	o.wait("saved", func() bool { return o.chart.Phase(chart.Observations) == patient.Saved })
	if got := o.sets(); len(got) != 1 || time.Since(got[0].Taken) > patience {
		t.Errorf("in the record: %+v", got)
	}
}

// My drafts lists what was left behind anywhere, by whom it is about, and opens it, on
// another ward, too; nobody reads another's.
//
// Seen red with openDraft turning to the chart without the ward.
func TestDraftsAreListedAndOpened(t *testing.T) {
	o := open(t)
	o.typedAgo(80*time.Minute, chart.Draft{Patient: "p1", Section: chart.Notes,
		Fields: map[string]string{patient.NoteField: "left leg"}})
	o.typedAgo(10*time.Minute, chart.Draft{Patient: "p2", Section: chart.Observations,
		Fields: map[string]string{"rr": "24"}})
	theirs := chart.Draft{Patient: "p1", Section: chart.Notes, Staff: "diaz", Key: "x", Saved: time.Now(),
		Fields: map[string]string{patient.NoteField: "hers"}}
	must(t, o.store.SaveDraft(t.Context(), theirs))
	o.signIn("chen", password)
	o.until("2 drafts")
	p := &typist{opened: o}
	p.ctrl(fyne.KeyD)
	o.wait("the list", o.shell.Modal)
	for _, want := range []string{"OKOYE, Ada · DOB", "MRN 700 1001 · 4B, bed 01",
		"LINDQVIST, Bo · DOB", "MRN 700 1002 · 5A, bed 01",
		"Notes, typed", "(1 h ago)", "Observations, typed"} {
		o.untilOver(want)
	}
	p.press(fyne.KeyReturn) // the newest: of the other ward
	o.wait("the form", func() bool { return o.chart.Phase(chart.Observations) == patient.Editing })
	if d := o.chart.Draft(chart.Observations); d.Patient != "p2" || d.Fields["rr"] != "24" || o.place().ID != "5A" {
		t.Fatalf("opened %+v on %s", d, o.place().ID)
	}
	o.until("LINDQVIST")
}

// Of a patient who is on a ward that is not hers any more a nurse reads no name, and her
// text is kept. Seen red without the look at the ward.
func TestDraftsOfAnotherWardNameNobody(t *testing.T) {
	o := open(t)
	o.typedAgo(80*time.Minute, chart.Draft{Patient: "p2", Section: chart.Notes,
		Fields: map[string]string{patient.NoteField: "left leg"}})
	must(t, o.store.PutStaff(t.Context(), staff.Staff{ID: "chen", Surname: "Chen", Given: "Amy",
		Role: staff.ChargeNurse, Wards: []string{"4B"}, Active: true}, ""))
	o.signIn("chen", password)
	o.until("1 draft")
	o.myDrafts()
	o.wait("the list", o.shell.Modal)
	o.untilOver("on which you do not work")
	if strings.Contains(o.overText(), "LINDQVIST") {
		t.Errorf("names a patient of another ward: %s", o.overText())
	}
}

// Esc says what becomes of what was typed, and nothing where nothing was.
func TestDraftsAreSpokenOfOnTheWayOut(t *testing.T) {
	o := open(t)
	p := o.writing("chen", chart.Notes)
	p.press(fyne.KeyEscape)
	o.wait("the board", func() bool { return o.shell.Place() == shell.Board })
	if strings.Contains(o.said(), "Your text is kept") {
		t.Error("nothing was typed")
	}
	p.press(fyne.KeyReturn)
	o.until("Edit notes")
	p.write("n")
	o.wait("the form", func() bool { return o.chart.Phase(chart.Notes) == patient.Editing })
	p.write("left leg")
	p.press(fyne.KeyEscape)
	o.wait("what is kept", func() bool { return strings.Contains(o.said(), "My drafts (Ctrl D)") })
	o.until("1 draft")
}

// Enter after the last field puts the keyboard on Save and saves nothing; pressing it
// once more does. Seen red with the line of reasons taking the Enter: it chose "Refused".
func TestDraftsEnterGoesToSave(t *testing.T) {
	o := open(t)
	p := o.writing("chen", chart.Observations)
	p.fill("16", "97", "120/80", "70", "37") // leaves the keyboard on the time
	p.press(fyne.KeyReturn)
	b, is := o.win.Canvas().Focused().(*widgets.Button)
	if !is || !strings.HasPrefix(b.SpotText(), "Save for OKOYE") {
		t.Fatalf("the keyboard is on %T", o.win.Canvas().Focused())
	}
	if d := o.chart.Draft(chart.Observations); d.Fields["notdone"] != "" || len(o.sets()) != 0 {
		t.Fatalf("saved %d sets, typed %+v", len(o.sets()), d.Fields)
	}
	p.press(fyne.KeyReturn)
	o.wait("saved", func() bool { return o.chart.Phase(chart.Observations) == patient.Saved })
	if got := o.sets(); len(got) != 1 || !vitals.NEWS2(got[0]).Complete {
		t.Errorf("in the record: %+v", got)
	}
}

// A part of a set goes past the reasons, and Enter there chooses none; one beside a whole
// set is refused in a sentence, which stands whatever page of the chart comes, until the set is changed.
//
// Seen red with each page taking the sentence away, and with no change doing so.
func TestDraftsReasonBesideAWholeSet(t *testing.T) {
	o := open(t)
	p := o.writing("chen", chart.Observations)
	p.fill("16", "97", "120/80", "70", "37")
	for range 3 {
		o.win.Canvas().FocusNext() // to the reasons
		if b, is := o.win.Canvas().Focused().(*widgets.Button); is && b.SpotText() == "Refused" {
			break
		}
	}
	p.press(fyne.KeyReturn)
	if o.chart.Draft(chart.Observations).Fields["notdone"] != "" {
		t.Fatal("Enter chose a reason")
	}
	o.hit(t, "Refused")
	p.ctrl(fyne.KeyReturn)
	o.wait("the sentence", func() bool { return strings.Contains(o.said(), "All seven are measured") })
	if o.chart.Phase(chart.Observations) != patient.Editing {
		t.Fatal("saved a whole set with a reason for what was left out")
	}
	o.readPage(t.Context(), o.session(), "p1")
	o.queue.Drain()
	if !strings.Contains(o.said(), "All seven are measured") {
		t.Error("a page of the chart took the sentence away")
	}
	o.hit(t, "Refused")
	if strings.Contains(o.said(), "All seven are measured") {
		t.Error("changed, it is said still")
	}
	p.ctrl(fyne.KeyReturn)
	o.wait("saved", func() bool { return o.chart.Phase(chart.Observations) == patient.Saved })
}

// What was saved although nobody was told becomes a change of that entry once it is typed
// on, with its reason: the set stands once. Seen red with the window not looking for
// SavedBeforeError: it said that something went wrong, for ever.
func TestDraftsOfALostAnswerBecomeAChange(t *testing.T) {
	o := open(t)
	d := o.typedAgo(time.Minute, chart.Draft{Patient: "p1", Section: chart.Observations, Tried: true,
		Fields: map[string]string{"rr": "24"}})
	_, err := o.store.Save(t.Context(),
		chart.Save{Patient: "p1", Section: chart.Observations, Key: d.Key, Staff: "chen", Ward: "4B",
			Entry: chart.Entry{Observation: &vitals.Observation{ID: d.Key, By: "chen", Taken: d.Typed, RR: num(23)}}})
	must(t, err)
	p := o.writing("chen", chart.Observations)
	p.ctrl(fyne.KeyReturn)
	o.wait("what happened", func() bool { return strings.Contains(o.said(), "is in the record already") })
	p.ctrl(fyne.KeyReturn)
	o.wait("the reason", o.shell.Modal)
	p.write("typed on")
	p.press(fyne.KeyReturn)
	o.wait("saved", func() bool { return o.chart.Phase(chart.Observations) == patient.Saved })
	if got := o.sets(); len(got) != 1 || *got[0].RR != 24 {
		t.Errorf("in the record: %+v", got)
	}
}

// The draft that is chosen in the list is the one that opens, also where the patient has left and
// a late entry is asked about first: not the newest of the section.
//
// Seen red with the draft that was chosen forgotten.
func TestDraftsOfADepartedPatientOpenAsTheyWereChosen(t *testing.T) {
	o := open(t)
	o.typedAgo(30*time.Minute, chart.Draft{Patient: "p1", Section: chart.Notes, Writer: "w1", Station: "WS-7",
		Fields: map[string]string{patient.NoteField: "the older"}})
	o.typedAgo(10*time.Minute, chart.Draft{Patient: "p1", Section: chart.Notes, Writer: "w2", Station: "WS-8",
		Fields: map[string]string{patient.NoteField: "the newer"}})
	must(t, o.store.Discharge(t.Context(), "p1"))
	o.signIn("chen", password)
	o.until("2 drafts")
	p := &typist{opened: o}
	p.ctrl(fyne.KeyD)
	o.wait("the list", o.shell.Modal)
	o.untilOver("OKOYE, Ada")
	p.press(fyne.KeyDown)
	p.press(fyne.KeyReturn)
	o.untilOver("Discharged")
	o.choose("Write a late entry for OKOYE")
	o.wait("the form", func() bool { return o.chart.Phase(chart.Notes) == patient.Editing })
	if d := o.chart.Draft(chart.Notes); d.Patient != "p1" || d.Fields[patient.NoteField] != "the older" {
		t.Errorf("opened %+v", d)
	}
}
