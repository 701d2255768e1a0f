// Package simulate plays the bedside of a demonstration ward: patients whose
// vital signs wander around their condition, and now and then one who gets
// worse, raises an alert and recovers. It is for showing and testing; nothing
// that it writes is about anybody.
package simulate

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/vitals"
)

// Source is what alerts and observations of the simulator name as theirs.
const Source = "simulator"

// How the ward behaves.
const (
	alertMin = 30 * time.Second // between two alerts, at least
	alertMax = 90 * time.Second // and, while anybody is left to get worse, at most
	// monitored patients send a whole set this often.
	setEvery = 5 * time.Minute
	// An episode gets worse for rise, stays for a while, and ends.
	rise    = 20 * time.Second
	stayMin = 60 * time.Second
	stayMax = 240 * time.Second
)

// Ward is a simulated ward. Its steps follow from its seed, the patients and
// the times alone. It is not safe for concurrent use.
type Ward struct {
	rand *rand.Rand
	ids  *rand.ChaCha8
	beds map[string]*bed // by patient
	next time.Time       // when the next episode begins
}

// bed is one patient with a monitor.
type bed struct {
	patient, ward, name string
	scale2, scored      bool // scored: NEWS2 applies
	base, now           signs
	lastSet             time.Time
	lastScore           int
	monitored           bool
	episode             *episode
}

// Step is what one moment brings, each in the order in which it happened.
type Step struct {
	Observations []vitals.Observation
	Raised       []alert.Alert
	Ended        []Ended
}

// Ended is an alert whose cause is over.
type Ended struct{ Alert, Reason string }

// New makes a ward that behaves by its seed from now on.
func New(seed uint64, now time.Time) *Ward {
	w := &Ward{rand: rand.New(rand.NewPCG(seed, 0)), beds: map[string]*bed{}}
	var key [32]byte
	for n := range 8 {
		key[n] = byte(seed >> (8 * n))
	}
	// Alerts and sets of two runs must not share IDs, so that the start is in.
	stamp := now.UnixNano()
	for n := range 8 {
		key[8+n] = byte(stamp >> (8 * n))
	}
	w.ids = rand.NewChaCha8(key)
	w.next = now.Add(5*time.Second + time.Duration(w.rand.Int64N(int64(15*time.Second))))
	return w
}

// Admit tells the ward who lies where. Who is not named any more is forgotten;
// their alerts end with the next step. Who is known keeps their state.
func (w *Ward) Admit(all []patient.Summary, now time.Time) {
	here := map[string]bool{}
	all = slices.Clone(all)
	slices.SortFunc(all,
		func(a, b patient.Summary) int { return slices.Compare([]string{a.Patient.ID}, []string{b.Patient.ID}) })
	for _, p := range all {
		if p.Bed == "" {
			continue
		}
		here[p.Patient.ID] = true
		b := w.beds[p.Patient.ID]
		if b == nil {
			b = &bed{patient: p.Patient.ID, base: baseline(p)}
			b.now = b.base
			if o, have := p.Latest(); have {
				s := vitals.NEWS2(o)
				b.lastScore, b.lastSet = s.Total, o.Taken
				b.monitored = s.Complete && s.Total >= 3
			}
			w.beds[p.Patient.ID] = b
		}
		b.ward, b.name, b.scale2 = p.Ward, p.Bed, p.Has(patient.FlagScale2)
		b.scored = p.Scoring(now).Applies()
	}
	for id, b := range w.beds {
		b.episode = b.episode.endIf(!here[id], now)
		if !here[id] && b.episode == nil {
			delete(w.beds, id)
		}
	}
}

// Step moves the ward to now.
func (w *Ward) Step(now time.Time) Step {
	var out Step
	for _, id := range w.order() {
		b := w.beds[id]
		b.wander(w.rand)
		w.follow(b, now, &out)
		if b.monitored && b.episode == nil && now.Sub(b.lastSet) >= setEvery {
			out.Observations = append(out.Observations, w.set(b, now))
		}
	}
	if !now.Before(w.next) {
		w.next = now.Add(alertMin + time.Duration(w.rand.Int64N(int64(alertMax-alertMin-rise))))
		w.begin(now)
	}
	return out
}

// Readings is what the monitors of the ward show now.
func (w *Ward) Readings(now time.Time) (out []vitals.Reading) {
	for _, id := range w.order() {
		b := w.beds[id]
		if !b.monitored && b.episode == nil {
			continue
		}
		for sign, v := range map[vitals.Sign]float64{vitals.HeartRate: b.now.pulse, vitals.Saturation: b.now.spo2} {
			out = append(out, vitals.Reading{Monitor: b.name, Patient: id, Sign: sign, Value: math.Round(v),
				Unit: sign.Unit(), At: now})
		}
	}
	return out
}

// order is the patients in an order that does not depend on the map's.
func (w *Ward) order() []string {
	ids := make([]string, 0, len(w.beds))
	for id := range w.beds {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// set is a whole set of what the monitor shows now.
func (w *Ward) set(b *bed, now time.Time) vitals.Observation {
	o := b.now.observation()
	o.ID, o.Patient, o.Taken, o.Received = w.id(), b.patient, now, now
	o.Scale2, o.Source = b.scale2, "bedside monitor"
	b.lastSet, b.lastScore = now, vitals.NEWS2(o).Total
	return o
}

func (w *Ward) id() string {
	id, err := uuid.NewRandomFromReader(w.ids)
	if err != nil { // a ChaCha8 reader has no errors
		panic(fmt.Sprint("simulate: ", err))
	}
	return id.String()
}
