package window

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/alexedwards/argon2id"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/desktop/sound"
	"github.com/wardlight/wardlight/app/live"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/records/recordtest"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/station"
	"github.com/wardlight/wardlight/app/ward"
	"github.com/wardlight/wardlight/redisx"
	"github.com/wardlight/wardlight/ui/dispatch"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// opened is a window over a record with two wards and one patient in each. The
// test's goroutine is the window's.
type opened struct {
	*Window
	t     *testing.T
	queue *dispatch.Queue
	win   fyne.Window
	store *records.Store
	path  string // of the record's file
	// fronts counts how often the window was asked to the front.
	fronts *atomic.Int32
	// quits ends the window and waits for it.
	quits func()
}

// front is a window that counts.
type front struct {
	fyne.Window
	fronts atomic.Int32
}

func (f *front) RequestFocus() { f.fronts.Add(1); f.Window.RequestFocus() }

// five is the other ward of the record.
var five = ward.Ward{ID: "5A", Name: "5A Surgery"}

// turnsToFive turns to it, as the person who is signed in.
func (o *opened) turnsToFive() {
	o.t.Helper()
	o.turnTo(o.actOf(o.session(), "", ""), five)
	o.until("LINDQVIST")
}

const password = "correct horse"

// patience is how long a test waits for what must come, on a machine that others
// work on, too.
const patience = time.Minute

func init() { callLimit, handLimit = patience, patience }

func open(t *testing.T) *opened { return openAt(t, nil, func(*Options) {}) }

// openWith is open with options of the test's own.
func openWith(t *testing.T, set func(*Options)) *opened { return openAt(t, nil, set) }

// openOn is open with a Redis, and the record that another station can stand on.
func openOn(t *testing.T, client *redisx.Client) (*opened, *records.Store) {
	o := openAt(t, client, func(*Options) {})
	return o, o.store
}

func openAt(t *testing.T, client *redisx.Client, set func(*Options)) *opened {
	t.Helper()
	return openOver(t, client, func(r station.Record) station.Record { return r }, set)
}

// openOver is openAt with something between the station and its record.
func openOver(t *testing.T, client *redisx.Client, over func(station.Record) station.Record,
	set func(*Options)) *opened {
	t.Helper()
	ctx := t.Context()
	record := recordtest.SQLite(t).Options
	store, err := records.Open(ctx, record)
	must(t, err)
	cheap, err := argon2id.CreateHash(password,
		&argon2id.Params{Memory: 1024, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32})
	must(t, err)
	wards := []ward.Ward{{ID: "4B", Name: "4B Medicine"}, five}
	for i, who := range []patient.Patient{{ID: "p1", Surname: "Okoye", Given: "Ada", MRN: "7001001"},
		{ID: "p2", Surname: "Lindqvist", Given: "Bo", MRN: "7001002"}} {
		must(t, store.PutWard(ctx, wards[i]))
		must(t, store.PutBed(ctx, ward.Bed{Ward: wards[i].ID, Name: "01", State: ward.BedFree}))
		who.Born = time.Date(1960, 1, 2, 0, 0, 0, 0, time.UTC)
		must(t, store.PutPatient(ctx,
			patient.Summary{Patient: who, Ward: wards[i].ID, Bed: "01", Allergy: patient.NoKnownAllergies}))
	}
	for _, p := range []staff.Staff{
		{ID: "chen", Surname: "Chen", Given: "Amy", Role: staff.ChargeNurse, Wards: []string{"4B", "5A"}, Active: true},
		{ID: "diaz", Surname: "Diaz", Given: "Mia", Role: staff.Nurse, Wards: []string{"4B"}, Active: true},
		{ID: "tech", Surname: "Vo", Given: "Kim", Role: staff.IT, Wards: []string{"4B"}, Active: true},
		{ID: "away", Surname: "Roy", Given: "Lea", Role: staff.Nurse, Wards: []string{"5A"}, Active: true},
	} {
		must(t, store.PutStaff(ctx, p, cheap))
	}
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(theme.Day, 1))
	o := &opened{t: t, queue: &dispatch.Queue{}, win: test.NewTempWindow(t, nil)}
	o.win.Resize(fyne.NewSize(1600, 1000))
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	opt := Options{Ward: wards[0], Do: screentest.Watch(t, o.queue.Do),
		Station: station.New(station.Options{Name: "WS-1", Record: over(store), Client: client,
			NotFound: func(err error) bool { return errors.Is(err, records.ErrNotFound) }})}
	if client != nil { // others call by name only those whose station is heard
		opt.Sound, err = sound.NewPlayer(&room{state: sound.State{Kind: sound.OK, Volume: 100}}, sound.Options{})
		must(t, err)
	}
	set(&opt)
	t.Cleanup(func() { *widgets.Hand() = widgets.NewHand() }) // what a hand has just done is over with its window
	o.store, o.path = store, record.Path
	counted := &front{Window: o.win}
	o.fronts = &counted.fronts
	o.Window = New(ctx, counted, opt)
	ended := make(chan struct{})
	go func() { defer close(ended); o.Run() }()
	o.quits = func() { cancel(); <-ended }
	t.Cleanup(func() { o.quits(); o.Close(); _ = store.Close() })
	return o
}

func (o *opened) text() string { return screentest.Texts(o.win.Canvas().Content()) }

func (o *opened) shown() live.Picture {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.glass.picture
}

// until draws until the window shows text, on one line or broken between words.
func (o *opened) until(text string) {
	o.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		o.queue.Drain()
		if shown := o.text(); strings.Contains(shown, text) ||
			strings.Contains(strings.Join(strings.Fields(shown), " "), text) {
			return
		}
	}
	o.t.Fatalf("never shown: %q. Shown:\n%s", text, o.text())
}

// wait draws until cond holds.
func (o *opened) wait(what string, cond func() bool) {
	o.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		if o.queue.Drain(); cond() {
			return
		}
	}
	o.t.Fatalf("never: %s. Shown:\n%s", what, o.text())
}

// choose presses the choice of the open dialog that has a text.
func (o *opened) choose(text string) {
	o.t.Helper()
	for _, over := range o.win.Canvas().Overlays().List() {
		o.tap(over, text)
	}
}

// tap presses the first button with a text.
func (o *opened) tap(in fyne.CanvasObject, text string) {
	o.t.Helper()
	for _, b := range screentest.All[*widgets.Button](in) {
		if b.SpotText() == text {
			test.Tap(b)
			return
		}
	}
	o.t.Fatalf("no button %q", text)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (o *opened) raise(id, patient, bed string, p alert.Priority) alert.Alert {
	o.t.Helper()
	m, err := o.opt.Station.Line.Raise(o.t.Context(),
		alert.Alert{ID: id, Ward: "4B", Patient: patient, Bed: bed, Priority: p, Text: "Okoye, Ada fell"})
	must(o.t, err)
	return m.Alert
}

func (o *opened) session() staff.Session {
	o.t.Helper()
	s, ok := o.signed()
	if !ok {
		o.t.Fatal("nobody is signed in")
	}
	return s
}

// enters signs somebody in and waits for the board.
func (o *opened) enters(id string) staff.Session {
	o.t.Helper()
	o.signIn(id, password)
	o.until("OKOYE")
	return o.session()
}

// said is what the window shows, in one line.
func (o *opened) said() string { return strings.Join(strings.Fields(o.text()), " ") }

// be puts a session at the station at once, with all that is on the screen left as it is.
func (o *opened) be(s staff.Session, locked bool) {
	o.mu.Lock()
	o.who.session, o.who.locked = &s, locked
	o.mu.Unlock()
}

// settle draws until all that a press began is done, and all that came of it is drawn.
func (o *opened) settle() {
	o.t.Helper()
	o.wait("all is done", func() bool { return len(o.acts.now()) == 0 && o.queue.Drain() == 0 })
}
