package station_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/records/recordtest"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/station"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/app/ward"
	"github.com/wardlight/wardlight/redisx"
	"github.com/wardlight/wardlight/redisx/redistest"
)

// lossy is a record whose answers get lost on the way: what it did stands, and who asked
// is told that it cannot be reached.
type lossy struct {
	*records.Store
	lose bool // the answer of the next save or change
}

func (l *lossy) Save(ctx context.Context, s chart.Save) (chart.Saved, error) {
	saved, err := l.Store.Save(ctx, s)
	return l.answer(saved, err)
}

func (l *lossy) Amend(ctx context.Context, s chart.Save, reason string) (chart.Saved, error) {
	saved, err := l.Store.Amend(ctx, s, reason)
	return l.answer(saved, err)
}

func (l *lossy) answer(saved chart.Saved, err error) (chart.Saved, error) {
	if l.lose && err == nil {
		saved, err = chart.Saved{}, chart.ErrRecordAway
	}
	l.lose = false
	return saved, err
}

// charting is a nurse at a station who types sets of one patient. The systolic pressure
// is which set it is; the temperature is what she types over it again.
type charting struct {
	*station.Station
	t       *testing.T
	record  *lossy
	s       staff.Session
	e       *chart.Editing
	typed   map[string]string
	amends  string
	pending bool // typed and not known to be saved
}

func (c *charting) entry() chart.Entry {
	var o vitals.Observation
	var sbp, temp float64
	_, _ = fmt.Sscan(c.typed["set"], &sbp)
	_, _ = fmt.Sscan(c.typed["temp"], &temp)
	o.SBP, o.Temp = &sbp, &temp
	return chart.Entry{Observation: &o}
}

// open takes the section, or charts beside who has it, or takes it over.
func (c *charting) open(r *rand.Rand) {
	if c.e != nil {
		return
	}
	ctx, d := c.t.Context(), c.Desk("4B")
	e, err := d.Edit(ctx, c.s, "4B", "p1", chart.Observations)
	var held *chart.HeldError
	if errors.As(err, &held) && r.IntN(2) == 0 {
		e, err = d.TakeOver(ctx, c.s, "4B", "p1", chart.Observations, held.Holder.Fence, "needed")
	}
	if errors.Is(err, chart.ErrHeld) || err == nil && e == nil {
		e, err = d.Beside(ctx, c.s, "4B", "p1", chart.Observations)
	}
	must(c.t, err)
	c.e = e
	if c.pending != e.HasDraft {
		// A save whose answer was lost has taken its draft along.
		if c.pending && c.stands() == 1 {
			c.pending, c.amends = false, ""
			return
		}
		c.t.Fatalf("typed %v, a draft %v: %+v", c.typed, e.HasDraft, e.Draft)
	}
	if e.HasDraft {
		c.typed = e.Draft.Fields
		c.amends = c.typed["amends"]
	}
}

func (c *charting) stands() (n int) {
	sets, err := c.record.Observations(c.t.Context(), "p1", time.Time{}, 10000)
	must(c.t, err)
	for _, o := range sets {
		if o.SBP != nil && fmt.Sprint(*o.SBP) == c.typed["set"] {
			n++
		}
	}
	return n
}

// write types a new set, or types over the one that is not saved yet.
func (c *charting) write(n int) {
	if c.e == nil {
		return
	}
	if !c.pending {
		c.typed, c.pending, c.amends = map[string]string{"set": fmt.Sprint(n)}, true, ""
	}
	fields := map[string]string{"set": c.typed["set"], "temp": fmt.Sprint(30 + n%10)}
	if c.amends != "" {
		fields["amends"] = c.amends
	}
	c.typed = fields
	must(c.t, c.e.Keep(c.t.Context(), c.typed))
}

func (c *charting) save() {
	if c.e == nil || !c.pending {
		return
	}
	ctx := c.t.Context()
	var err error
	if c.amends == "" {
		_, err = c.e.Save(ctx, c.typed, c.entry())
	} else {
		_, err = c.e.Amend(ctx, c.typed, c.entry(), c.amends, "typed on")
	}
	var before *chart.SavedBeforeError
	switch {
	case err == nil:
		c.pending, c.e, c.amends = false, nil, ""
	case errors.As(err, &before):
		c.amends = before.Entry
		c.typed = map[string]string{"set": c.typed["set"], "temp": c.typed["temp"], "amends": c.amends}
		must(c.t, c.e.Keep(ctx, c.typed))
	case errors.Is(err, chart.ErrRecordAway): // tried again, some time
	case c.amends != "" && (errors.Is(err, chart.ErrConflict) || errors.Is(err, chart.ErrStaleFence) ||
		errors.Is(err, chart.ErrLeaseLost)):
		c.leave() // and opens it again
	default:
		c.t.Fatalf("a typed set was refused: %v", err)
	}
}

func (c *charting) leave() {
	if c.e != nil {
		c.e.Close(c.t.Context())
		c.e = nil
	}
}

// Whatever two nurses do to each other's sets, with take-overs, lost leases, answers that
// get lost, stations that crash and saves that are sent twice: every set that was typed
// stands exactly once, and no draft of it is left.
//
// Seen red with a set's save under the guard of version and fence, with the lease asked
// for (refused after the other's take-over), and with another key once the text was
// changed after a try (sets stood twice and three times).
func TestSetsAppendWhateverTwoNursesDo(t *testing.T) {
	const rounds, steps = 2, 90
	recordtest.Each(t, func(t *testing.T, rec *recordtest.Record) {
		store := rec.Open(t)
		furnishSets(t, store)
		server := redistest.Start(t, redistest.Options{})
		for round := range rounds {
			r := rand.New(rand.NewPCG(8, uint64(round)))
			var both []*charting
			for i, id := range []string{"chen", "diaz"} {
				client, err := redisx.Open(redisx.Config{Addrs: []string{server.Addr()}, Name: id})
				must(t, err)
				t.Cleanup(func() { _ = client.Close() })
				record := &lossy{Store: store}
				c := &charting{t: t, record: record, Station: station.New(station.Options{Name: fmt.Sprint("WS-", i),
					Record: record, Client: client,
					NotFound: func(err error) bool { return errors.Is(err, records.ErrNotFound) }})}
				c.s, err = c.Staff.SignIn(t.Context(), id, "correct horse")
				must(t, err)
				both = append(both, c)
			}
			var all []string
			next := 1000 * (round + 1)
			for range steps {
				c := both[r.IntN(2)]
				switch r.IntN(8) {
				case 0, 1, 2:
					c.open(r)
					if c.e != nil && !c.pending {
						all = append(all, fmt.Sprint(next))
					}
					c.write(next)
					next++
				case 3, 4:
					c.save()
				case 5:
					c.record.lose = true
					c.save()
					c.record.lose = false
				case 6: // sent twice
					if e := c.e; e != nil && c.pending && c.amends == "" {
						fields, entry := c.typed, c.entry()
						c.save()
						if c.e == nil {
							if _, err := e.Save(t.Context(), fields, entry); err != nil {
								t.Fatalf("the same save again: %v", err)
							}
						}
					}
				case 7:
					if r.IntN(2) == 0 {
						c.e = nil // the station crashed
					} else {
						c.leave()
					}
				}
			}
			for _, c := range both {
				for c.pending {
					c.open(r)
					c.save()
				}
				c.leave()
			}
			once(t, store, all)
		}
	})
}

// once fails unless each of these sets stands in the record exactly once, in the order of
// time, and no draft is left.
func once(t *testing.T, store *records.Store, all []string) {
	t.Helper()
	sets, err := store.Observations(t.Context(), "p1", time.Time{}, 10000)
	must(t, err)
	count := map[string]int{}
	for i, o := range sets {
		count[fmt.Sprint(*o.SBP)]++
		if i > 0 && o.Taken.After(sets[i-1].Taken) {
			t.Errorf("set %v stands out of its time", *o.SBP)
		}
	}
	for _, id := range all {
		if count[id] != 1 {
			t.Errorf("set %s stands %d times", id, count[id])
		}
	}
	for _, id := range []string{"chen", "diaz"} {
		if left, err := store.Drafts(t.Context(), id); err != nil || len(left) > 0 {
			t.Errorf("drafts of %s: %+v %v", id, left, err)
		}
	}
	if len(all) < 10 {
		t.Errorf("only %d sets were typed", len(all))
	}
}

func furnishSets(t *testing.T, store *records.Store) {
	t.Helper()
	ctx := t.Context()
	must(t, store.PutWard(ctx, ward.Ward{ID: "4B", Name: "4B Medicine"}))
	must(t, store.PutBed(ctx, ward.Bed{Ward: "4B", Name: "01", State: ward.BedFree}))
	must(t, store.PutPatient(ctx, patient.Summary{Patient: patient.Patient{ID: "p1", Surname: "Okoye", Given: "Ada",
		MRN: "7001001", Born: time.Date(1960, 1, 2, 0, 0, 0, 0, time.UTC)}, Ward: "4B", Bed: "01",
		Allergy: patient.NoKnownAllergies}))
	cheap, err := argon2id.CreateHash("correct horse",
		&argon2id.Params{Memory: 1024, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32})
	must(t, err)
	for _, id := range []string{"chen", "diaz"} {
		must(t, store.PutStaff(ctx, staff.Staff{ID: id, Surname: id, Given: "A", Role: staff.ChargeNurse,
			Wards: []string{"4B"}, Active: true}, cheap))
	}
}
