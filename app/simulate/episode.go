package simulate

import (
	"fmt"
	"math"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/vitals"
)

// episode is a time in which a patient is worse.
type episode struct {
	kind  *kind
	ends  time.Time
	since time.Time // when the limit was first breached; zero before
	alert string    // ID of the alert raised for it, "" before
}

// kind is one way to get worse. limit is nil for those that no single limit
// catches but the score does.
type kind struct {
	priority alert.Priority
	// target changes where the signs are drawn to.
	target func(s *signs)
	// breach says what is beyond its limit, or "".
	breach func(b *bed, held time.Duration) string
}

// spo2Limit is the lower alarm limit; lower for who is kept at 88-92 %.
func spo2Limit(b *bed) float64 {
	if b.scale2 {
		return 84
	}
	return 88
}

var kinds = []*kind{
	{alert.High, func(s *signs) { s.spo2 = 81 }, func(b *bed, held time.Duration) string {
		if limit := spo2Limit(b); math.Round(b.now.spo2) < limit && held >= 10*time.Second {
			return fmt.Sprintf("SpO₂ %.0f %% for %.0f s, limit %.0f", b.now.spo2, held.Seconds(), limit)
		}
		return ""
	}},
	{alert.Medium, func(s *signs) { s.pulse = max(s.pulse+10, 134) },
		above("Heart rate", func(s signs) float64 { return s.pulse }, 120)},
	{alert.High, func(s *signs) { s.pulse = 36 }, below("Heart rate", func(s signs) float64 { return s.pulse }, 40)},
	{alert.High, func(s *signs) { s.sbp, s.dbp = 82, 48 },
		below("Systolic pressure", func(s signs) float64 { return s.sbp }, 90)},
	{alert.Medium, func(s *signs) { s.rr = max(s.rr+3, 30) },
		above("Respiration rate", func(s signs) float64 { return s.rr }, 25)},
	{alert.Low, func(s *signs) { s.temp = 39.6 }, func(b *bed, _ time.Duration) string {
		if b.now.temp >= 39.05 {
			return fmt.Sprintf("Temperature %.1f °C, limit 39.0", b.now.temp)
		}
		return ""
	}},
	// Getting worse all over: no limit is passed, the score is.
	{alert.Medium, func(s *signs) {
		s.rr, s.spo2, s.pulse, s.temp = max(s.rr, 23), min(s.spo2, 93), max(s.pulse, 114), max(s.temp, 38.4)
	}, nil},
}

func above(name string, sign func(signs) float64, limit float64) func(*bed, time.Duration) string {
	return func(b *bed, _ time.Duration) string {
		if v := math.Round(sign(b.now)); v > limit {
			return fmt.Sprintf("%s %.0f, limit %.0f", name, v, limit)
		}
		return ""
	}
}

func below(name string, sign func(signs) float64, limit float64) func(*bed, time.Duration) string {
	return func(b *bed, _ time.Duration) string {
		if v := math.Round(sign(b.now)); v < limit {
			return fmt.Sprintf("%s %.0f, limit %.0f", name, v, limit)
		}
		return ""
	}
}

func (e *episode) target(base signs) signs {
	e.kind.target(&base)
	return base
}

// endIf lets an episode that must not go on end at once, nil if it has not
// been heard of yet.
func (e *episode) endIf(gone bool, now time.Time) *episode {
	if e == nil || !gone {
		return e
	}
	if e.alert == "" {
		return nil
	}
	e.ends = now
	return e
}

// begin lets somebody get worse who is well enough for it to be news.
func (w *Ward) begin(now time.Time) {
	var can []*bed
	for _, id := range w.order() {
		if b := w.beds[id]; b.episode == nil {
			can = append(can, b)
		}
	}
	if len(can) == 0 {
		return
	}
	b := can[w.rand.IntN(len(can))]
	choice := kinds[w.rand.IntN(len(kinds))]
	if choice.breach == nil && (!b.scored || b.lastScore >= 5) {
		choice = kinds[0] // the score says nothing here, or says it already
	}
	b.episode = &episode{kind: choice,
		ends: now.Add(rise + stayMin + time.Duration(w.rand.Int64N(int64(stayMax-stayMin))))}
}

// follow takes an episode one step on: raises its alert once its limit is
// passed, and ends both when its time is over.
func (w *Ward) follow(b *bed, now time.Time, out *Step) {
	e := b.episode
	if e == nil {
		return
	}
	if !now.Before(e.ends) {
		b.episode = nil
		if e.alert != "" {
			b.now = b.base
			out.Observations = append(out.Observations, w.set(b, now))
			out.Ended = append(out.Ended, Ended{Alert: e.alert, Reason: "Back within limits"})
		}
		return
	}
	if e.alert != "" {
		return
	}
	text, priority := w.cause(b, now)
	if text == "" {
		return
	}
	out.Observations = append(out.Observations, w.set(b, now))
	e.alert = w.id()
	out.Raised = append(out.Raised, alert.Alert{ID: e.alert, Ward: b.ward, Patient: b.patient, Bed: b.name,
		Priority: priority, Text: text, Source: Source, Raised: now, Received: now})
}

// cause is why an alert is due now, "" if it is not.
func (w *Ward) cause(b *bed, now time.Time) (string, alert.Priority) {
	e := b.episode
	if e.kind.breach != nil {
		if e.since.IsZero() && e.kind.breach(b, time.Hour) != "" {
			e.since = now
		}
		if e.since.IsZero() {
			return "", ""
		}
		return e.kind.breach(b, now.Sub(e.since)), e.kind.priority
	}
	o := b.now.observation()
	o.Scale2 = b.scale2
	score := vitals.NEWS2(o).Total
	if score < 5 || b.lastScore >= 5 {
		return "", ""
	}
	priority := e.kind.priority
	if score >= 7 {
		priority = alert.High
	}
	return fmt.Sprintf("NEWS2 rose %d → %d, clinical review due", b.lastScore, score), priority
}
