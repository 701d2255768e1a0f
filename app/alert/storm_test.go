package alert_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/alert"
)

// came is an alert of a patient that came so many seconds after the first.
type came struct {
	patient, text string
	priority      alert.Priority
	at            int
}

func inboxOf(list []came) *alert.Inbox {
	in := alert.NewInbox()
	for n, s := range list {
		m := move(int64(n+1), fmt.Sprint("m", n), alert.Raised, fmt.Sprint("a", n), "")
		m.Alert.Patient, m.Alert.Text, m.Alert.Priority = s.patient, s.text, s.priority
		m.Alert.Received = t0.Add(time.Duration(s.at) * time.Second)
		in.Apply(m, t0, false)
	}
	return in
}

// What is folded into a patient's card is named there: whatever came last, and the most urgent of
// what says something else. The rest is a number.
//
// Seen red with no words at all, with the oldest in place of the newest, and with one that says
// what is said already.
func TestAGroupSaysWhatIsFoldedIntoIt(t *testing.T) {
	for name, c := range map[string]struct {
		list []came
		want []string
	}{
		"alone": {[]came{{"p", "Storm call 18", alert.High, 0}}, nil},
		"a new one": {[]came{{"p", "Storm call 18", alert.High, 0}, {"p", "Cardiac arrest", alert.High, 780}},
			[]string{"Cardiac arrest"}},
		"the newest and the most urgent": {[]came{{"p", "Storm call 18", alert.High, 0},
			{"p", "Heart rate 128", alert.Medium, 5}, {"p", "Cardiac arrest", alert.High, 10},
			{"p", "Potassium", alert.Low, 20}}, []string{"Potassium", "Cardiac arrest"}},
		"of several as urgent the newest": {[]came{{"p", "Storm call 18", alert.High, 0},
			{"p", "Fell", alert.High, 5}, {"p", "Cardiac arrest", alert.High, 10}, {"p", "Potassium", alert.Low, 20}},
			[]string{"Potassium", "Cardiac arrest"}},
		"said once": {[]came{{"p", "SpO2 86", alert.High, 0}, {"p", "SpO2 86", alert.High, 5},
			{"p", "Potassium", alert.Low, 2}, {"p", "SpO2 86", alert.High, 9}}, []string{"SpO2 86", "Potassium"}},
		"another patient's": {[]came{{"p", "Storm call 18", alert.High, 0}, {"q", "Cardiac arrest", alert.High, 9}}, nil},
		"those of no patient": {[]came{{"", "Station 3", alert.Technical, 0}, {"", "Found on the floor", alert.High, 9}},
			[]string{"Station 3"}},
	} {
		groups := inboxOf(c.list).View().Groups
		n := slices.IndexFunc(groups, func(g alert.Group) bool { return g.Patient == c.list[0].patient })
		var got []string
		for _, a := range groups[n].Also {
			got = append(got, a.Text)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// The newest alert is one that waits for somebody, and no low one takes the place of a high one that
// came only just before it.
//
// Seen red with an accepted one taken for it, with the order of the list, and with the last one whatever its priority.
func TestTheNewestIsTheOneToRead(t *testing.T) {
	for name, c := range map[string]struct {
		list []came
		want string
	}{
		"none":                    {nil, ""},
		"the last":                {[]came{{"p", "old", alert.High, 0}, {"q", "new", alert.High, 600}}, "new"},
		"a low one right after":   {[]came{{"p", "high", alert.High, 0}, {"q", "low", alert.Low, 5}}, "high"},
		"a low one, long after":   {[]came{{"p", "high", alert.High, 0}, {"q", "low", alert.Low, 90}}, "low"},
		"two high ones, the last": {[]came{{"p", "b", alert.High, 3}, {"q", "a", alert.High, 2}}, "b"},
	} {
		if got, is := alert.Newest(inboxOf(c.list).Cards()); got.Alert.Text != c.want || is != (c.want != "") {
			t.Errorf("%s: %q, %v", name, got.Alert.Text, is)
		}
	}
	in := inboxOf([]came{{"p", "waits", alert.High, 0}, {"q", "taken", alert.High, 9}})
	in.Apply(move(9, "m9", alert.Accepted, "a1", "chen"), t0, false)
	if got, _ := alert.Newest(in.Cards()); got.Alert.Text != "waits" {
		t.Errorf("of one that is accepted: %q", got.Alert.Text)
	}
}

// Of those of no patient the same words from two beds are not the same: two people whom nobody knows. Seen red with
// the bed not compared.
func TestTwoUnknownInTwoBedsAreTwo(t *testing.T) {
	in := alert.NewInbox()
	for n, bed := range []string{"01", "02", "01"} {
		m := move(int64(n+1), fmt.Sprint("m", n), alert.Raised, fmt.Sprint("a", n), "")
		m.Alert.Patient, m.Alert.Bed, m.Alert.Text, m.Alert.Priority = "", bed, "SpO2 86", alert.High
		m.Alert.Received = t0.Add(time.Duration(n) * time.Second)
		in.Apply(m, t0, false)
	}
	beds := map[string]bool{}
	for _, g := range in.View().Groups {
		beds[g.Top.Alert.Bed] = true
		for _, a := range g.Also {
			beds[a.Bed] = true
		}
	}
	if !beds["01"] || !beds["02"] {
		t.Errorf("the card says those of %v", beds)
	}
}
