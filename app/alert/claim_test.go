package alert_test

import (
	"errors"
	"reflect"
	"testing"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/staff"
)

// A step is of what was read: an alert in another turn, or one of which its source has said
// something since, is refused, whichever of the two it is. Seen red with the turn alone compared,
// and with what was said alone.
func TestAStepIsOfWhatWasRead(t *testing.T) {
	now := alert.Life{Turn: 2, Update: &alert.Move{ID: "update"}}
	for _, c := range []struct {
		read alert.AsOf
		err  error
	}{
		{alert.AsOf{Turn: 2, Said: "update"}, nil},
		{alert.AsOf{Turn: 1, Said: "update"}, alert.ErrChanged},
		{alert.AsOf{Turn: 2, Said: "before"}, alert.ErrChanged},
		{alert.AsOf{Turn: 2}, alert.ErrChanged},
	} {
		m := alert.Move{Kind: alert.Accepted, By: "chen", Claim: &alert.Claim{Ward: "4B", Reach: alert.ToEveryone,
			AsOf: &c.read}}
		err := now.Check(m, staff.Nurse, alert.Alert{ID: "a", Ward: "4B"}, nil, alert.Rule{})
		if !errors.Is(err, c.err) {
			t.Errorf("%+v: %v, want %v", c.read, err, c.err)
		}
	}
}

// What is read of one alert is what its card says, after each move; of one that is not known,
// nothing. Seen red with the turn left out.
func TestAnAlertReadsAsItsCard(t *testing.T) {
	in := alert.NewInbox()
	worse := move(4, "m4", alert.Updated, "a", "")
	worse.Alert.Text, worse.Change = "worse", &alert.Change{Is: alert.Said{Priority: alert.High, Text: "worse"}}
	for _, m := range []alert.Move{move(1, "m1", alert.Raised, "a", ""), move(2, "m2", alert.Accepted, "a", "chen"),
		move(3, "m3", alert.TakenBack, "a", "chen"), worse} {
		in.Apply(m, t0, false)
		got, known := in.Read("a")
		if want := in.Cards()[0].Read(); !known || !reflect.DeepEqual(got, want) {
			t.Errorf("after %s: %+v as of %+v, want %+v", m.ID, got.Alert, got.AsOf, want.AsOf)
		}
	}
	if got, _ := in.Read("a"); *got.AsOf != (alert.AsOf{Turn: 1, Said: "m4"}) {
		t.Errorf("as of %+v", *got.AsOf)
	}
	if _, known := in.Read("b"); known {
		t.Error("one that nobody raised is read")
	}
}
