package patient_test

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/canvas"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/screentest"
)

// said is what the chart says on a tab, every line of it in one.
func said(t *testing.T, p chart.Page, tab patient.Tab) string {
	t.Helper()
	s, _, _ := open(t)
	s.Open(fixture.Sickest)
	if !s.Show(view(p)) {
		t.Fatal("the page was not drawn")
	}
	s.ShowTab(tab)
	return strings.Join(strings.Fields(screentest.Texts(s.Content())), " ")
}

// What was corrected, withdrawn, preliminary or read twice stands beside its value as a
// shape, and below in words with what stood there, when and by whom. Seen red with the
// shapes left out of the table, with the words left out below it, and with a pressure as
// large as without a shape: the shape was cut.
func TestWhatChangedStandsBesideTheValue(t *testing.T) {
	p := fixture.CorrectedChart()
	*p.Observations[1].DBP = 180 // as wide as a pressure gets
	text := said(t, p, patient.Observations)
	for _, want := range []string{"91\u2009 Δ", "–\u2009 ✕", "38.4\u2009 ○", "118\u2009 ≠", "93\u2009 ✓", "101/180Δ",
		"Δ 13:51 SpO₂ 91, corrected: was 97 · Lab OAK, 13:58",
		"RR withdrawn: was 12 · Lab OAK, 12:58", "temperature 38.4 is preliminary",
		"pulse 118, also read as 96: the worse one counts · sensor 2 · oximeter",
		"SpO₂ 93 is final, preliminary was 95"} {
		if !strings.Contains(plain(text), plain(want)) {
			t.Errorf("%q is not said:\n%s", want, text)
		}
	}
	text = said(t, fixture.CorrectedChart(), patient.Summary)
	if want := "SpO₂ 91, corrected: was 97 · Lab OAK, 13:58"; !strings.Contains(text, want) {
		t.Errorf("the summary does not say %q:\n%s", want, text)
	}
	text = said(t, fixture.CorrectedChart(), patient.History)
	for _, want := range []string{"Lab OAK corrected SpO₂: was 97, now 91", "Lab OAK withdrew RR: was 12"} {
		if !strings.Contains(text, want) {
			t.Errorf("the history does not say %q:\n%s", want, text)
		}
	}
}

// What no person of the ward changed says which system did, and a set that was taken
// back says so. Seen red with the line of a person's correction for all of them.
func TestTheHistoryNamesEverybody(t *testing.T) {
	p := fixture.Chart()
	at := fixture.Now.Add(-time.Hour)
	p.History = []chart.Change{
		{At: at, Patient: fixture.Sickest, By: "LAB OAK", What: chart.SourceAmendedSet, Reason: chart.BySource},
		{At: at, Patient: fixture.Sickest, By: "Nguyen, T", What: chart.TookBackSet,
			Reason: "charted for the wrong patient"},
		{At: at, Patient: fixture.Sickest, What: chart.SourceAmendedSet, Reason: chart.BySource}}
	text := said(t, p, patient.History)
	for _, want := range []string{"LAB OAK corrected a set of observations",
		"Nguyen, T took back a set of observations: it was charted on the wrong patient",
		"Another system corrected a set"} {
		if !strings.Contains(text, want) {
			t.Errorf("the history does not say %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "because corrected by the source") {
		t.Error("the stored reason is shown")
	}
}

// The head of the chart says what the board says of the bed. Seen red with the mark
// left out of the banner.
func TestTwoInOneBedAreSaidInTheChart(t *testing.T) {
	s, _, _ := open(t)
	v := view(fixture.Chart())
	v.TwoInBed = true
	s.Open(fixture.Sickest)
	s.Show(v)
	if text := screentest.Texts(s.Content()); !strings.Contains(text, "Two in bed 07") {
		t.Errorf("not said:\n%s", text)
	}
}

// The head of a future set names its whole day. Seen red with year and time alone.
func TestAFutureSetNamesItsDay(t *testing.T) {
	p := fixture.OfADayChart()
	last := &p.Observations[len(p.Observations)-1]
	last.Taken = fixture.Now.Add(8 * time.Hour) // today, too
	text := said(t, p, patient.Observations)
	if want := last.Taken.Format("02\u00a0Jan\u00a02006 15:04"); !strings.Contains(text, want) &&
		!strings.Contains(plain(text), plain(strings.ReplaceAll(want, "\u00a0", ""))) {
		t.Errorf("%q is not said:\n%s", want, text)
	}
}

// plain is a text without the thin spaces and line ends between its parts.
func plain(s string) string { return strings.NewReplacer("\u2009", "", " ", "").Replace(s) }

// A set dated in the future stands last and marked, whatever its time; a 0 is said in
// words and is no value; the banner scores by both and says so. Seen red with the sets
// drawn as they come, and with the 0 drawn as a dash.
func TestFutureAndZeroAreSaidInTheChart(t *testing.T) {
	p := fixture.OfADayChart()
	// Also where the record hands it over first, as the newest.
	p.Observations = append([]vitals.Observation{p.Observations[len(p.Observations)-1]},
		p.Observations[:len(p.Observations)-1]...)
	s, _, _ := open(t)
	s.Open(fixture.Sickest)
	s.Show(view(p))
	var heads []string
	zeros := 0
	for _, x := range screentest.All[*canvas.Text](s.Content()) {
		switch {
		case x.Text == "13:59" || x.Text == "13:51" || strings.HasPrefix(x.Text, "⚠ future"):
			heads = append(heads, x.Text)
		case x.Text == "0 sent":
			zeros++
		}
	}
	if len(heads) != 3 || !strings.HasPrefix(heads[2], "⚠ future") {
		t.Errorf("the table's columns: %v", heads)
	}
	if zeros != 6 {
		t.Errorf("%d times \"0 sent\": want one in each of three cells of the table and of the trend", zeros)
	}
	text := strings.Join(strings.Fields(screentest.Texts(s.Content())), " ")
	for _, want := range []string{"0 sent for RR, SpO₂, pulse. Check the patient.",
		"Dated in the future, 11 Mar 2027, 14:03", "Born 1952 (~74)", "Room R12, no bed",
		"No known drug allergies", "To 7S 03 planned", "Name held hidden characters", "newest 12 min ago",
		"future date"} {
		if !strings.Contains(plain(strings.ReplaceAll(text, "\u00a0", " ")), plain(want)) {
			t.Errorf("%q is not said:\n%s", want, text)
		}
	}
	for _, never := range []string{"0 s ago", "No known allergies", "01 Jan 1952"} {
		if strings.Contains(text, never) {
			t.Errorf("the chart says %q", never)
		}
	}
}
