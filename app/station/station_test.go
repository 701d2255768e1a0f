package station_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"go.uber.org/goleak"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/live"
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

func TestMain(m *testing.M) {
	if order := os.Getenv(stormOf); order != "" {
		redisx.LogTo(recordtest.Quiet)
		source(order)
		return
	}
	slog.SetDefault(recordtest.Quiet)
	redisx.LogTo(recordtest.Quiet)
	flag.Parse()
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == "test.parallel" })
	if !given {
		// What runs side by side here waits for faults to pass, and not for a
		// processor.
		_ = flag.Set("test.parallel", "6")
	}
	code := recordtest.Main(m)
	if err := goleak.Find(); code == 0 && err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// hospital is one record and one Redis, on which stations are opened.
type hospital struct {
	zone   *time.Location // of the site; nil: this computer's
	t      *testing.T
	path   string
	redis  *redistest.TestServer
	logger *slog.Logger // of the stations that are opened next; nil: none
}

func build(t *testing.T) *hospital {
	h := &hospital{t: t, path: recordtest.SQLite(t).Options.Path,
		redis: redistest.Start(t, redistest.Options{AppendOnly: true})}
	store := h.store()
	ctx := t.Context()
	cheap, err := argon2id.CreateHash("correct horse",
		&argon2id.Params{Memory: 1024, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32})
	must(t, err)
	must(t, store.PutWard(ctx, ward.Ward{ID: "4B", Name: "4B Medicine"}))
	for _, b := range []string{"01", "02"} {
		must(t, store.PutBed(ctx, ward.Bed{Ward: "4B", Name: b, State: ward.BedFree}))
	}
	must(t, store.PutPatient(ctx,
		patient.Summary{Patient: patient.Patient{ID: "p1", Surname: "Okoye", Given: "Ada", MRN: "7001001",
			Born: time.Date(1960, 1, 2, 0, 0, 0, 0, time.UTC)}, Ward: "4B", Bed: "01",
			Allergy: patient.NoKnownAllergies}))
	for _, p := range []staff.Staff{
		{ID: "chen", Surname: "Chen", Given: "Amy", Role: staff.ChargeNurse, Wards: []string{"4B"}, Active: true},
		{ID: "khan", Surname: "Khan", Given: "Bo", Role: staff.ChargeNurse, Wards: []string{"4B"}, Active: true},
		{ID: "diaz", Surname: "Diaz", Given: "Mia", Role: staff.Nurse, Wards: []string{"4B"}, Active: true},
		{ID: "park", Surname: "Park", Given: "Jo", Role: staff.CareAssistant, Wards: []string{"4B"}, Active: true},
		{ID: "gone", Surname: "Gone", Given: "X", Role: staff.Nurse, Wards: []string{"4B"}},
	} {
		must(t, store.PutStaff(ctx, p, cheap))
	}
	return h
}

func (h *hospital) store() *records.Store {
	s, err := records.Open(h.t.Context(), records.Options{Path: h.path})
	must(h.t, err)
	h.t.Cleanup(func() { s.Close() })
	return s
}

// desk is an open station with what its window would have been given.
type desk struct {
	*station.Station
	picture atomic.Pointer[live.Picture]
	mu      sync.Mutex
	moves   []alert.Move
	heardAt map[string]time.Time
	seenAt  map[string]time.Time // when an alert was in a picture, by its ID
	close   func()
	blind   bool          // moves are not kept, so that memory can be measured
	news    chan struct{} // closed at the next picture or move; guarded by mu
}

// tell wakes all who wait; the caller holds mu.
func (d *desk) tell() {
	if d.news != nil {
		close(d.news)
		d.news = nil
	}
}

// wait returns true once ok is, which is asked after each picture and each move;
// false at the end.
func (d *desk) wait(end time.Time, ok func() bool) bool {
	timer := time.NewTimer(time.Until(end))
	defer timer.Stop()
	for {
		d.mu.Lock()
		if d.news == nil {
			d.news = make(chan struct{})
		}
		news := d.news
		d.mu.Unlock()
		if ok() {
			return true
		}
		select {
		case <-news:
		case <-timer.C:
			return ok()
		}
	}
}

// shows is a screen that shows all it is given.
func shows(w *live.Ward, p live.Picture) {
	now := time.Now().UTC()
	for _, c := range p.Cards {
		w.Proof().Shown(c.Alert.ID, now)
	}
	for _, g := range p.Groups {
		for _, id := range g.Unseen {
			w.Proof().Shown(id, now)
		}
	}
}

func (d *desk) forget() {
	d.mu.Lock()
	d.moves, d.heardAt, d.seenAt = nil, map[string]time.Time{}, map[string]time.Time{}
	d.mu.Unlock()
}

func (h *hospital) open(name string) *desk { return h.openWith(name, shows) }

func (h *hospital) openWith(name string, screen func(*live.Ward, live.Picture)) *desk {
	return h.start(name, h.redis.Addr(), h.store(), screen, nil)
}

// start opens a station over its own way to Redis and to the record.
func (h *hospital) start(name, addr string, record station.Record, screen func(*live.Ward, live.Picture),
	set func(*live.Ward)) *desk {
	h.t.Helper()
	return h.connect(name, redisx.Config{Addrs: []string{addr}, Name: name}, record, screen, set)
}

func (h *hospital) connect(name string, cfg redisx.Config, record station.Record, screen func(*live.Ward, live.Picture),
	set func(*live.Ward)) *desk {
	h.t.Helper()
	client, err := redisx.Open(cfg)
	must(h.t, err)
	d := &desk{heardAt: map[string]time.Time{}, seenAt: map[string]time.Time{}}
	d.Station = station.New(station.Options{Name: name, Record: record, Client: client, Logger: h.logger, Zone: h.zone,
		NotFound: func(err error) bool { return errors.Is(err, records.ErrNotFound) }})
	ctx, cancel := context.WithCancel(context.Background())
	w := d.Ward("4B")
	w.OnPicture = func(p live.Picture) {
		d.picture.Store(&p)
		screen(w, p)
		d.mu.Lock()
		if !d.blind {
			d.sees(p)
		}
		d.tell()
		d.mu.Unlock()
	}
	w.OnMove = func(m alert.Move, _ bool) {
		d.mu.Lock()
		if !d.blind {
			d.moves = append(d.moves, m)
			d.heardAt[m.Alert.Text+string(m.Kind)] = time.Now()
		}
		d.tell()
		d.mu.Unlock()
	}
	if set != nil {
		set(w)
	}
	var group sync.WaitGroup
	group.Go(func() { d.Run(ctx) })
	group.Go(func() { w.Run(ctx) })
	var once sync.Once
	d.close = func() { once.Do(func() { cancel(); group.Wait(); client.Close() }) }
	h.t.Cleanup(d.close)
	d.until(h.t, "the stream is heard", func(p live.Picture) bool { return p.Links.Hearing && !p.Board.Loading })
	return d
}

func (d *desk) until(t *testing.T, what string, ok func(live.Picture) bool) live.Picture {
	t.Helper()
	var got live.Picture
	patience := 15 * time.Second
	if raceOn { // how fast a station is, others measure
		patience = time.Minute
	}
	if !d.wait(time.Now().Add(patience), func() bool {
		p := d.picture.Load()
		if p != nil && ok(*p) {
			got = *p
			return true
		}
		return false
	}) {
		t.Fatalf("%s: not within %v: %s", d.Name, patience, what)
	}
	return got
}

func (d *desk) signIn(t *testing.T, id string) staff.Session {
	t.Helper()
	s, err := d.Staff.SignIn(t.Context(), id, "correct horse")
	must(t, err)
	return s
}

// Seen red with an unknown ID's own error handed on, with Require not asking for
// the ward, and with SignOut not revoking the session.
func TestSignInTellsNobodyWhoExists(t *testing.T) {
	d := build(t).open("WS-1")
	for _, id := range []string{"chen", "nobody", "gone"} {
		if _, err := d.Staff.SignIn(t.Context(), id, "wrong"); !errors.Is(err, staff.ErrBadCredentials) {
			t.Errorf("%s: %v", id, err)
		}
	}
	s := d.signIn(t, "chen")
	must(t, d.Staff.Require(t.Context(), s, staff.AnswerAlert, "4B"))
	if err := d.Staff.Require(t.Context(), s, staff.AnswerAlert, "5A"); !errors.Is(err, staff.ErrNotAllowed) {
		t.Errorf("another ward: %v", err)
	}
	must(t, d.Staff.SignOut(t.Context(), s))
	if err := d.Staff.Alive(t.Context(), s); !errors.Is(err, staff.ErrSessionEnded) {
		t.Errorf("after sign-out: %v", err)
	}
}

// Guesses sent at the same moment count one by one, from whatever station they
// come, and the station's own count rises with them. Seen red with Try asking
// without counting: all of them were looked at.
func TestGuessesAtOnceAreCounted(t *testing.T) {
	h := build(t)
	a, b := h.open("WS-1"), h.open("WS-2")
	var looked, waiting atomic.Int64
	var group sync.WaitGroup
	for i := range 40 {
		d := []*desk{a, b}[i%2]
		group.Go(func() {
			_, err := d.Staff.SignIn(t.Context(), "chen", "a guess")
			switch {
			case errors.Is(err, staff.ErrBadCredentials):
				looked.Add(1)
			case errors.Is(err, staff.ErrTooManyTries):
				waiting.Add(1)
			default:
				t.Error(err)
			}
		})
	}
	group.Wait()
	if looked.Load() > 5 || looked.Load()+waiting.Load() != 40 {
		t.Errorf("%d of 40 guesses were looked at, %d had to wait", looked.Load(), waiting.Load())
	}
	if _, err := a.Staff.SignIn(t.Context(), "diaz", "correct horse"); err != nil {
		t.Errorf("somebody else at that station: %v", err)
	}
}

// Two stations, one alert by PUBLISH on the intake channel, as IT types it: both
// show it within a second, once. Seen red with every station making alerts of
// what it hears, each under an ID of its own.
func TestIntakeReachesEveryStationOnce(t *testing.T) {
	h := build(t)
	a, b := h.open("WS-1"), h.open("WS-2")
	client, err := redisx.Open(redisx.Config{Addrs: []string{h.redis.Addr()}})
	must(t, err)
	defer client.Close()
	const tries = 100
	var took []time.Duration
	for i := range tries {
		text := fmt.Sprint("try ", i)
		began := time.Now()
		must(t, client.Publish(t.Context(), live.Intake(client.Keys(), "4B"),
			fmt.Appendf(nil, `{"mrn":"700 1001","priority":"high","text":%q}`, text)))
		for _, d := range []*desk{a, b} {
			took = append(took, d.heard(t, text+string(alert.Raised)).Sub(began))
		}
	}
	slices.Sort(took)
	p99 := took[len(took)*99/100]
	t.Logf("PUBLISH to the station, %d tries on 2 stations: median %v, p99 %v", tries, took[len(took)/2], p99)
	if p99 > time.Second {
		t.Errorf("p99 %v", p99)
	}
	for _, d := range []*desk{a, b} {
		p := d.until(t, "all cards", func(p live.Picture) bool { return len(p.Cards) == tries })
		if c := p.Cards[0]; c.Surname != "Okoye" || c.MRN != "7001001" || c.Alert.Bed != "01" {
			t.Errorf("card without its two identifiers: %+v", c)
		}
		d.mu.Lock()
		if len(d.moves) != tries {
			t.Errorf("%s: %d moves, want each once", d.Name, len(d.moves))
		}
		d.mu.Unlock()
	}
}

func (d *desk) heard(t *testing.T, what string) time.Time {
	t.Helper()
	var at time.Time
	if !d.wait(time.Now().Add(10*time.Second), func() (heard bool) {
		d.mu.Lock()
		defer d.mu.Unlock()
		at, heard = d.heardAt[what]
		return heard
	}) {
		t.Fatalf("%s never heard %q", d.Name, what)
	}
	return at
}

// Two charge nurses accept at once on two stations: exactly one wins, the other
// is told who, and both stations show the winner. Seen red with the record not
// looking for a winner before it takes an accept, and with the record
// not asking for the role.
func TestExactlyOneAccepts(t *testing.T) {
	h := build(t)
	a, b := h.open("WS-1"), h.open("WS-2")
	chen, khan, park := a.signIn(t, "chen"), b.signIn(t, "khan"), b.signIn(t, "park")
	for i := range 20 {
		m, err := a.Line.Raise(t.Context(),
			alert.Alert{Ward: "4B", Patient: "p1", Priority: alert.High, Text: fmt.Sprint("race ", i)})
		must(t, err)
		if _, err := b.Line.Accept(t.Context(), park, alert.Read{Alert: m.Alert}); !errors.Is(err,
			staff.ErrNotAllowed) {
			t.Fatalf("a care assistant accepted: %v", err)
		}
		var group sync.WaitGroup
		errs := make([]error, 2)
		group.Go(func() { _, errs[0] = a.Line.Accept(t.Context(), chen, alert.Read{Alert: m.Alert}) })
		group.Go(func() { _, errs[1] = b.Line.Accept(t.Context(), khan, alert.Read{Alert: m.Alert}) })
		group.Wait()
		var taken *alert.TakenError
		if (errs[0] == nil) == (errs[1] == nil) || !errors.As(errors.Join(errs...), &taken) {
			t.Fatalf("accepts: %v", errs)
		}
		for _, d := range []*desk{a, b} {
			d.until(t, "who accepted", func(p live.Picture) bool {
				for _, c := range p.Cards {
					if c.Alert.ID == m.Alert.ID {
						return c.TakenBy == taken.Move.ByName
					}
				}
				return false
			})
		}
	}
}

// With Redis gone an alert still reaches the other station, from the record;
// when Redis is back nothing comes twice. Seen red with the follower of the
// record off.
func TestAlertsWithoutRedis(t *testing.T) {
	h := build(t)
	a, b := h.open("WS-1"), h.open("WS-2")
	h.redis.Kill()
	b.until(t, "the lost link is shown", func(p live.Picture) bool { return !p.Links.Hearing })
	_, err := a.Line.Raise(t.Context(), alert.Alert{Ward: "4B", Patient: "p1", Priority: alert.High, Text: "no redis"})
	must(t, err)
	b.heard(t, "no redisraised")
	h.redis.Restart(false)
	b.until(t, "the link is back", func(p live.Picture) bool { return p.Links.Hearing })
	_, err = a.Line.Raise(t.Context(), alert.Alert{Ward: "4B", Patient: "p1", Priority: alert.High, Text: "redis back"})
	must(t, err)
	b.heard(t, "redis backraised")
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.moves) != 2 {
		t.Errorf("%d moves, want 2", len(b.moves))
	}
}

// What one station charts is on the other's board within a second, though that
// one reads from a cache that counts as fresh for a minute. Seen red with
// Reader.Refresh doing nothing.
func TestSaveShowsOnEveryBoard(t *testing.T) {
	h := build(t)
	a, b := h.open("WS-1"), h.open("WS-2")
	diaz := a.signIn(t, "diaz")
	ctx := t.Context()
	e, err := a.Desk("4B").Edit(ctx, diaz, "4B", "p1", chart.Observations)
	must(t, err)
	rate, air := 26.0, false
	began := time.Now()
	_, err = e.Save(ctx, map[string]string{"rr": "26"},
		chart.Entry{Observation: &vitals.Observation{RR: &rate, Oxygen: &air}})
	must(t, err)
	for _, d := range []*desk{a, b} {
		d.until(t, "the new score", func(p live.Picture) bool { return p.Board.Rows[0].Badge.Text == "≥3" })
		if took := time.Since(began); took > time.Second {
			t.Errorf("%s shows it after %v", d.Name, took)
		}
	}
}

// One edits, the other sees who and may not; nothing of a lost edit is saved. Seen red with
// a held section opened all the same, with a save that does not ask whether the
// lease still holds, with the draft dropped when it does not, and with changes of
// locks not heard (seen after 5 s, by the poll).
func TestOneEditsTheOtherSeesWho(t *testing.T) {
	h := build(t)
	a, b := h.open("WS-1"), h.open("WS-2")
	diaz, chen := a.signIn(t, "diaz"), b.signIn(t, "chen")
	ctx := t.Context()
	// Three times: a picture that was due anyway must not stand in for the push.
	var e *chart.Editing
	for range 3 {
		if e != nil {
			e.Close(ctx)
			b.until(t, "nobody edits", func(p live.Picture) bool { return len(p.Board.Rows[0].Editing) == 0 })
		}
		var err error
		e, err = a.Desk("4B").Edit(ctx, diaz, "4B", "p1", chart.Notes)
		must(t, err)
		began := time.Now()
		b.until(t, "who edits", func(p live.Picture) bool { return len(p.Board.Rows[0].Editing) == 1 })
		if took := time.Since(began); took > time.Second {
			t.Errorf("seen after %v", took)
		}
	}
	var held *chart.HeldError
	if _, err := b.Desk("4B").Edit(ctx, chen, "4B", "p1", chart.Notes); !errors.As(err, &held) ||
		held.Holder.Name != "Diaz, M" || held.Holder.Station != "WS-1" {
		t.Fatalf("second editor: %v", err)
	}
	text := map[string]string{"text": "Sat out for lunch."}
	must(t, e.Keep(ctx, text))
	over, err := b.Desk("4B").TakeOver(ctx, chen, "4B", "p1", chart.Notes, held.Holder.Fence, "holder went home")
	must(t, err)
	select {
	case <-e.Lost():
	case <-time.After(2 * time.Second):
		t.Fatal("the old holder was not told")
	}
	note := func(text string) chart.Entry { return chart.Entry{Note: &chart.Note{Text: text}} }
	if _, err := e.Save(ctx, text, note("late")); !errors.Is(err, chart.ErrLeaseLost) {
		t.Fatalf("save after the loss: %v", err)
	}
	_, err = over.Save(ctx, map[string]string{"text": "Taken over."}, note("Taken over."))
	must(t, err)
	again, err := a.Desk("4B").Edit(ctx, diaz, "4B", "p1", chart.Notes)
	must(t, err)
	if !again.HasDraft || again.Draft.Fields["text"] != text["text"] {
		t.Errorf("draft after the loss: %+v", again.Draft)
	}
	if again.Version != 1 {
		t.Errorf("version %d, want 1: the lost edit must not have been saved", again.Version)
	}
	must(t, again.Discard(ctx))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
