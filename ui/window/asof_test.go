package window

import (
	"testing"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/alert"
)

// What a person asks of an alert is asked of what they read when they pressed: while a question
// stands, the source says worse, and nothing is done with that. Seen red with the step taken of
// what the alert says when the question is answered.
func TestAnAnswerIsOfWhatWasRead(t *testing.T) {
	for name, press := range map[string]struct {
		key    fyne.KeyName
		answer string
		held   bool
	}{"reject": {fyne.KeyR, "Reject for OKOYE, Ada", false},
		"end": {fyne.KeyE, "End it for OKOYE, Ada", true}} {
		t.Run(name, func(t *testing.T) {
			o := open(t)
			chen := o.enters("chen")
			o.raise("a", "p1", "01", alert.Low)
			o.wait("it is open", func() bool { _, found := o.find("a"); return found })
			read, _ := o.find("a")
			if press.held {
				_, err := o.opt.Station.Line.Accept(t.Context(), chen, alert.Read{Alert: read})
				must(t, err)
				o.offers("a", alert.Rights{End: true, GiveBack: true, Forward: true})
			}
			o.press("a", press.key)
			o.wait("the question", o.shell.Modal)
			worse := read
			worse.Priority, worse.Text = alert.High, "SpO₂ 74 %"
			_, err := o.opt.Station.Line.Say(t.Context(), worse, "worse")
			must(t, err)
			o.wait("it says more", func() bool {
				c, _ := o.findCard("a")
				return c.Alert.Priority == alert.High
			})
			o.give("as before", press.answer)
			o.until("has changed since you read it")
			if l := o.life("a"); l.Stage == alert.Ended || len(l.Rejections) > 0 {
				t.Errorf("what nobody read was answered: %+v", l)
			}
		})
	}
}
