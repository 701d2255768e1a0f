package window

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/alexedwards/argon2id"

	"github.com/wardlight/wardlight/app/live"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/station"
	"github.com/wardlight/wardlight/app/ward"
	"github.com/wardlight/wardlight/ui/dispatch"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/theme"
)

// opened is a window over a record with two wards and one patient in each. The
// test's goroutine is the window's.
type opened struct {
	*Window
	t     *testing.T
	queue *dispatch.Queue
	win   fyne.Window
}

const password = "correct horse"

func open(t *testing.T) *opened {
	t.Helper()
	ctx := t.Context()
	store, err := records.Open(ctx, records.Options{Path: filepath.Join(t.TempDir(), "record.db")})
	must(t, err)
	cheap, err := argon2id.CreateHash(password, &argon2id.Params{Memory: 1024, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32})
	must(t, err)
	wards := []ward.Ward{{ID: "4B", Name: "4B Medicine"}, {ID: "5A", Name: "5A Surgery"}}
	for i, who := range []patient.Patient{{ID: "p1", Surname: "Okoye", Given: "Ada", MRN: "7001001"}, {ID: "p2", Surname: "Lindqvist", Given: "Bo", MRN: "7001002"}} {
		must(t, store.PutWard(ctx, wards[i]))
		must(t, store.PutBed(ctx, ward.Bed{Ward: wards[i].ID, Name: "01", State: ward.BedFree}))
		who.Born = time.Date(1960, 1, 2, 0, 0, 0, 0, time.UTC)
		must(t, store.PutPatient(ctx, patient.Summary{Patient: who, Ward: wards[i].ID, Bed: "01", Allergy: patient.NoKnownAllergies}))
	}
	for _, p := range []staff.Staff{
		{ID: "chen", Surname: "Chen", Given: "Amy", Role: staff.ChargeNurse, Wards: []string{"4B", "5A"}, Active: true},
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
	o.Window = New(ctx, o.win, Options{Ward: wards[0], Do: o.queue.Do, Station: station.New(station.Options{Name: "WS-1", Record: store,
		NotFound: func(err error) bool { return errors.Is(err, records.ErrNotFound) }})})
	ended := make(chan struct{})
	go func() { defer close(ended); o.Run() }()
	t.Cleanup(func() { cancel(); <-ended; o.Close(); _ = store.Close() })
	return o
}

func (o *opened) text() string { return screentest.Texts(o.win.Canvas().Content()) }

// until draws until the window shows text.
func (o *opened) until(text string) {
	o.t.Helper()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		if o.queue.Drain() > 0 && strings.Contains(o.text(), text) {
			return
		}
	}
	o.t.Fatalf("never shown: %q. Shown:\n%s", text, o.text())
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// A right password does not open the board to somebody whose role or ward it is
// not. Seen red with mayEnter asking for the ward only (IT saw the patients),
// and for the role only.
func TestOnlyWhoMaySeesTheBoard(t *testing.T) {
	o := open(t)
	for _, id := range []string{"tech", "away"} {
		o.signIn(id, password)
		o.until("does not allow")
		if o.shell.Place() != shell.SignIn || strings.Contains(o.text(), "OKOYE") {
			t.Fatalf("%s sees the board:\n%s", id, o.text())
		}
	}
	o.signIn("chen", password)
	o.until("OKOYE")
}

// Once a nurse turned to another ward, a picture of the one before that was
// still under way is never drawn. Seen red with either check of the ward off.
func TestNothingOfTheWardBefore(t *testing.T) {
	o := open(t)
	o.signIn("chen", password)
	o.until("OKOYE")
	var old live.Picture
	o.mu.Lock()
	old = o.picture
	o.mu.Unlock()
	late := o.prepare(old)
	o.turnTo(ward.Ward{ID: "5A", Name: "5A Surgery"})
	o.until("LINDQVIST")
	for _, draw := range []func(){
		func() { o.onPicture("4B", old) },
		func() { o.draw(late) },
	} {
		draw()
		o.queue.Drain()
		if text := o.text(); strings.Contains(text, "OKOYE") || !strings.Contains(text, "LINDQVIST") {
			t.Fatalf("after turning to 5A:\n%s", text)
		}
	}
	// Who signs in next finds the station's own ward.
	o.switchUser()
	o.until("4B Medicine")
}

// A locked station shows no patient, whatever is drawn on it. Seen red with
// prepare and showFrame not asking whether somebody is signed in.
func TestLockedShowsNobody(t *testing.T) {
	o := open(t)
	o.signIn("chen", password)
	o.until("OKOYE")
	o.mu.Lock()
	p := o.picture
	o.mu.Unlock()
	ready := o.prepare(p)
	o.lock()
	o.draw(ready)
	o.onPicture("4B", p)
	o.until("Chen")
	if text := o.text(); strings.Contains(text, "OKOYE") || o.shell.Place() != shell.SignIn {
		t.Fatalf("locked:\n%s", text)
	}
}
