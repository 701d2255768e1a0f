package board

import (
	"math"
	"strconv"
	"time"

	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/app/vitals"
)

// A value of a bedside monitor is drawn as old after MonitorOld without a newer
// one, and not at all after MonitorGone: a monitor sends every few seconds, and
// who needs to know more looks at the patient.
const (
	MonitorOld  = 30 * time.Second
	MonitorGone = 5 * time.Minute
)

// Reading is what a patient's monitor showed, and how long ago.
type Reading struct {
	vitals.Reading
	Age time.Duration
}

// MonitorValue is one sign of a row as its monitor showed it. It was charted by
// nobody and is in no score: it is never drawn among the cells.
type MonitorValue struct {
	Label string // "HR"
	Text  string // "118"
	// Age is how old it is, in words: "now", "15 s", "2 min"; rounded up.
	Age string
	Old bool
}

// monitor makes the values of a row: the newest of each sign, in their order.
func monitor(readings []Reading) (out []MonitorValue) {
	for _, sign := range vitals.Signs {
		newest := -1
		for i, r := range readings {
			if r.Sign == sign && r.Age <= MonitorGone && (newest < 0 || r.Age < readings[newest].Age) {
				newest = i
			}
		}
		if newest >= 0 {
			r := readings[newest]
			out = append(out,
				MonitorValue{Label: sign.Text(), Text: strconv.FormatFloat(math.Round(r.Value), 'f', 0, 64),
					Age: monitorAge(r.Age), Old: r.Age > MonitorOld})
		}
	}
	return out
}

// monitorAge moves in steps, so that a row is not drawn anew each second.
func monitorAge(age time.Duration) string {
	up := func(step time.Duration) time.Duration { return (age + step - 1) / step * step }
	switch {
	case age <= 5*time.Second:
		return tongue.T("now")
	case age <= 55*time.Second:
		return Span(up(5 * time.Second))
	}
	return Span(up(time.Minute))
}
